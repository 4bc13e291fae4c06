"""Comments: how they are read from a request, and what adding one brings about."""

from jira import adf, history
from jira.fields import ADF_NEEDED, refused
from jira.records import FOR_CUSTOMER, FOR_SUPPORT, PROJECTS, RESOLVED, Comment, Issue
from server.messages import Request
from server.people import Person

VISIBILITY = "sd.public.comment"


def read(given) -> dict:
    """Body and properties of a comment. Raises Refused with 400."""
    if not isinstance(given, dict) or not adf.is_document(given.get("body")):
        raise refused({"comment": ADF_NEEDED})
    listed = given.get("properties") or []
    if not isinstance(listed, list):
        raise refused({"properties": "An array is needed."})
    properties = {each["key"]: each.get("value") for each in listed
                  if isinstance(each, dict) and isinstance(each.get("key"), str)}
    return {"body": given["body"], "properties": properties}


def is_internal(properties: dict) -> bool:
    value = properties.get(VISIBILITY)
    return isinstance(value, dict) and value.get("internal") in (True, "true")


def add(desk, issue: Issue, given: dict, user: Person, request: Request | None = None) -> Comment:
    """Adds a comment. A customer's moves an issue that waits for them, or was resolved, back to support."""
    properties = given.get("properties") or {}
    internal = is_internal(properties) and PROJECTS[issue.project].type == "service_desk"
    history.touch(desk, issue)
    made = Comment(desk.next_id(), user.number, given["body"], issue.updated, internal, properties or None)
    issue.comments.append(made)
    desk.comment_count += 1
    history.publish(desk, request, user, issue, "comment_created", comment=made)
    history.publish(desk, request, user, issue, "jira:issue_updated", "issue_commented", comment=made)
    if not user.is_agent and issue.status in (FOR_CUSTOMER, RESOLVED):
        back = next(move for move in issue.moves() if move.target == FOR_SUPPORT)
        history.apply(desk, issue, {}, user, request, back)
    return made
