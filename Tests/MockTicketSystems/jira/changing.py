"""Making and editing issues."""

from jira import commenting, fields, history, linking
from jira.fields import refused
from jira.records import ORGANIZATIONS, PROJECTS, Issue, Move
from server.messages import Request
from server.people import Person


def create(desk, given: dict, user: Person, request: Request | None = None) -> Issue:
    """Makes an issue. Raises Refused with 400 and makes nothing when a field is wrong."""
    asked = inner(given, "fields")
    project = fields.project_of(desk, asked)
    kind = fields.type_of(asked, project)
    if "summary" not in asked:
        raise refused({"summary": "You must specify a summary of the issue."})
    wanted = fields.read(desk, asked, user, is_new=True)
    parent = parent_of(desk, asked, kind, user)
    wishes = operations(desk, given.get("update"), None, user)
    values = {**wanted, **wishes["fields"]}
    issue = Issue(desk.next_id(), project, desk.next_number(project), kind, values.pop("summary"), user.number,
                  desk.clock.milliseconds())
    issue.parent = parent
    reporter = desk.people.by_number[values.get("reporter", user.number)]
    if reporter.organization is not None and PROJECTS[project].type == "service_desk":
        issue.custom = {ORGANIZATIONS: (reporter.organization + 1,)}
    for name, value in values.items():
        fields.put(issue, name, value)
    set_properties(issue, given)
    desk.add(issue)
    history.publish(desk, request, user, issue, "jira:issue_created", "issue_created")
    wish(desk, issue, wishes, user, request)
    return issue


def inner(given: dict, name: str) -> dict:
    value = given.get(name) or {}
    if not isinstance(value, dict):
        raise refused(messages=[f"{name}: an object is needed"])
    return value


def set_properties(issue: Issue, given: dict) -> None:
    properties = given.get("properties") or []
    if not isinstance(properties, list):
        raise refused({"properties": "An array is needed."})
    for each in properties:
        if not (isinstance(each, dict) and isinstance(each.get("key"), str)):
            raise refused({"properties": "Each property needs a key."})
        issue.properties = {**(issue.properties or {}), each["key"]: each.get("value")}


def parent_of(desk, asked: dict, kind: str, user: Person) -> int | None:
    if kind != "Sub-task":
        return None
    parent = asked.get("parent")
    name = parent.get("key", parent.get("id")) if isinstance(parent, dict) else None
    if name is None:
        raise refused({"parent": "Issue type is a sub-task but parent issue key or id not specified."})
    return desk.issue(str(name), user).id


def operations(desk, given, issue: Issue | None, user: Person) -> dict:
    """What an `update` object wants: values of fields, comments to add and links to make."""
    values, comments, links = {}, [], []
    if given is not None and not isinstance(given, dict):
        raise refused(messages=["update: an object is needed"])
    for name, steps in (given or {}).items():
        if not (isinstance(steps, list) and all(isinstance(step, dict) for step in steps)):
            raise refused({name: "an array of operations is needed"})
        for verb, value in (pair for step in steps for pair in step.items()):
            if name == "comment" and verb == "add":
                comments.append(commenting.read(value))
            elif name == "issuelinks" and verb == "add" and isinstance(value, dict):
                links.append(value)
            elif name == "labels" and verb in ("add", "remove"):
                now = values.get(name, list(issue.labels) if issue else [])
                values[name] = [label for label in now if label != value] + ([value] if verb == "add" else [])
            elif verb == "set":
                values[name] = value
            else:
                raise refused({name: f"Field does not support update '{verb}'"})
    return {"fields": fields.read(desk, values, user, is_new=False), "comments": comments, "links": links}


def wish(desk, issue: Issue, wishes: dict, user: Person, request: Request | None) -> list[str]:
    """Makes the comments and links of an `update` object; the ids of the comments."""
    made = [str(commenting.add(desk, issue, comment, user, request).id) for comment in wishes["comments"]]
    for value in wishes["links"]:
        linking.link(desk, value, user, request, issue)
    return made


def edit(desk, issue: Issue, given: dict, user: Person, request: Request | None = None,
         move: Move | None = None) -> tuple[dict, list[str]]:
    """Edits an issue, and moves it when there is a transition: (values of the changed fields, ids of the comments made)."""
    wanted = fields.read(desk, inner(given, "fields") if move is None else resolvable(inner(given, "fields")), user,
                         is_new=False)
    if move is not None and "resolution" in inner(given, "fields"):
        wanted["resolution"] = fields.resolution(desk, given["fields"]["resolution"])
    wishes = operations(desk, given.get("update"), issue, user)
    changed = history.apply(desk, issue, {**wanted, **wishes["fields"]}, user, request, move)
    set_properties(issue, given)
    comments = wish(desk, issue, wishes, user, request)
    return {name: fields.get(issue, name) for name in changed}, comments


def resolvable(asked: dict) -> dict:
    """The fields of a transition without the resolution, which only a transition can set."""
    return {name: value for name, value in asked.items() if name != "resolution"}
