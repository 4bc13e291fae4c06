"""Links between issues; each stands in both of them."""

from jira import history
from jira.fields import refused
from jira.records import LINK_TYPES, Issue
from server.messages import Request
from server.people import Person


def link(desk, given: dict, user: Person, request: Request | None = None, issue: Issue | None = None) -> int:
    """Links `inwardIssue` with `outwardIssue`; the side that is not given is `issue`. The id of the link."""
    kind = given.get("type")
    name = kind.get("name") if isinstance(kind, dict) else None
    if name not in LINK_TYPES:
        name = next((each for each, (id, _, _) in LINK_TYPES.items()
                     if isinstance(kind, dict) and str(kind.get("id")) == str(id)), None)
    if name is None:
        raise refused(messages=["No issue link type with that name found."])
    inward, outward = (side_of(desk, given, side, user) or issue for side in ("inwardIssue", "outwardIssue"))
    if inward is None or outward is None or inward is outward:
        raise refused(messages=["An issue cannot be linked to itself or to nothing."])
    id, (_, inward_text, outward_text) = desk.next_id(), LINK_TYPES[name]
    for one, side, other, text in ((inward, "outwardIssue", outward, outward_text),
                                   (outward, "inwardIssue", inward, inward_text)):
        history.touch(desk, one)
        one.links = [*(one.links or ()), (id, name, side, other.id)]
        said = f"This issue {text} {other.key}"
        history.record(desk, one, user, (("Link", "issuelinks", None, None, other.key, said),), request)
    desk.links[id] = (inward.id, outward.id)
    return id


def side_of(desk, given: dict, side: str, user: Person) -> Issue | None:
    named = given.get(side)
    return desk.issue(str(named.get("key", named.get("id"))), user) if isinstance(named, dict) else None


def unlink(desk, id: int, user: Person, request: Request | None = None) -> None:
    for issue_id in desk.links.pop(id):
        issue = desk.issues.get(issue_id)
        if issue is None:
            continue
        history.touch(desk, issue)
        gone = next(link for link in issue.links if link[0] == id)
        issue.links = [link for link in issue.links if link[0] != id] or None
        other = desk.issues[gone[3]].key if gone[3] in desk.issues else None
        history.record(desk, issue, user, (("Link", "issuelinks", other, f"This issue was linked with {other}", None,
                                            None),), request)
