"""/rest/api/3/issue: making, reading, editing, moving, deleting; changelog and properties."""

from jira import changing, history
from jira.fields import refused
from jira.records import Issue
from jira.showing import View
from server.messages import Reply, Request, reply_json
from server.routes import Routes

routes = Routes()
ISSUE = "rest/api/3/issue/{key}"


def expansions(request: Request) -> frozenset[str]:
    return frozenset(request.values("expand"))


@routes.on("POST", "rest/api/3/issue")
def create_issue(desk, request: Request) -> Reply:
    given = desk.object(request)
    issue = changing.create(desk, given, request.user, request)
    desk.wrote(request, issue.key, "create", given.get("fields"))
    return reply_json(201, {"id": str(issue.id), "key": issue.key,
                            "self": f"{request.base}/rest/api/3/issue/{issue.id}"})


@routes.on("GET", ISSUE)
def show_issue(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    shown = View(desk, request).issue(issue, request.values("fields"), expansions(request))
    if names := request.values("properties"):
        kept = issue.properties or {}
        shown["properties"] = {name: value for name, value in kept.items() if name in names or "*all" in names}
    return reply_json(200, shown)


@routes.on("PUT", ISSUE)
def edit_issue(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    desk.may_write(request, issue)
    given = desk.object(request)
    changed, comments = changing.edit(desk, issue, given, request.user, request)
    note(desk, request, issue, "update", changed, comments)
    if request.flag("returnIssue"):
        return reply_json(200, View(desk, request).issue(issue, [], expansions(request)))
    return Reply(204)


def note(desk, request: Request, issue: Issue, what: str, changed: dict, comments: list[str]) -> None:
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in changed.items()}
    desk.wrote(request, issue.key, what, fields, comments[-1] if comments else None)


@routes.on("PUT", ISSUE + "/assignee")
def assign(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    desk.may_write(request, issue)
    changed, _ = changing.edit(desk, issue, {"fields": {"assignee": desk.object(request)}}, request.user, request)
    note(desk, request, issue, "update", changed, [])
    return Reply(204)


@routes.on("DELETE", ISSUE)
def delete_issue(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    children = desk.subtasks(issue)
    if children and not request.flag("deleteSubtasks"):
        raise refused(messages=[f"The issue '{issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter "
                                "to delete this issue and all its subtasks."])
    for each in [*children, issue]:
        history.publish(desk, request, request.user, each, "jira:issue_deleted")
        desk.remove(each)
        desk.wrote(request, each.key, "delete")
    return Reply(204)


@routes.on("GET", ISSUE + "/transitions")
def list_transitions(desk, request: Request, key: str) -> Reply:
    view = View(desk, request)
    return reply_json(200, {"expand": "transitions",
                            "transitions": [view.move(move) for move in desk.issue(key, request.user).moves()]})


@routes.on("POST", ISSUE + "/transitions")
def transition(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    desk.may_write(request, issue)
    given = desk.object(request)
    asked = given.get("transition")
    # A string in the description, a number from a well-known client.
    id = str(asked.get("id")) if isinstance(asked, dict) else ""
    move = next((move for move in issue.moves() if str(move.id) == id), None)
    if move is None:
        raise refused(messages=[f"It seems that you have tried to perform a workflow operation ({id}) that is not valid "
                                f"for the current state of this issue ({issue.key})."])
    changed, comments = changing.edit(desk, issue, given, request.user, request, move)
    note(desk, request, issue, "transition", changed, comments)
    return Reply(204)


def page_of(request: Request, items: list, default: int) -> tuple[list, dict]:
    """A page by `startAt` and `maxResults`, and what the reply says about it."""
    start, size = request.number("startAt", 0), request.number("maxResults", default, 0, 5000)
    return items[start:start + size], {"startAt": start, "maxResults": size, "total": len(items)}


@routes.on("GET", ISSUE + "/changelog")
def list_changelog(desk, request: Request, key: str) -> Reply:
    issue, view = desk.issue(key, request.user), View(desk, request)
    page, about = page_of(request, list(issue.changelog or ()), 100)
    place = f"{request.base}{request.raw_path}"
    return reply_json(200, {"self": place, **about, "isLast": about["startAt"] + len(page) >= about["total"],
                            "values": [view.change(change) for change in page]})


@routes.on("POST", ISSUE + "/changelog/list", writes=False)
def pick_changelog(desk, request: Request, key: str) -> Reply:
    issue, view = desk.issue(key, request.user), View(desk, request)
    ids = desk.items(desk.object(request), "changelogIds")
    found = [view.change(change) for change in issue.changelog or () if change.id in ids]
    return reply_json(200, {"startAt": 0, "maxResults": len(found), "total": len(found), "histories": found})


@routes.on("POST", "rest/api/3/changelog/bulkfetch", writes=False)
def bulk_changelog(desk, request: Request) -> Reply:
    given, view = desk.object(request), View(desk, request)
    names, size = given.get("issueIdsOrKeys"), given.get("maxResults", 1000)
    token, fields = str(given.get("nextPageToken") or "0"), given.get("fieldIds")
    if not (isinstance(names, list) and 0 < len(names) <= 1000 and isinstance(size, int) and token.isdigit()):
        raise refused(messages=["issueIdsOrKeys: 1 to 1000 are needed"])
    issues = {issue.id: issue for issue in (desk.find(str(name), request.user) for name in names) if issue}
    changes = [(issue, change) for issue in issues.values() for change in issue.changelog or ()
               if not fields or any(item[1] in fields for item in change.items)]
    changes.sort(key=lambda pair: (pair[1].time, pair[1].id))
    start = int(token)
    by_issue: dict[int, list] = {}
    for issue, change in changes[start:start + size]:
        by_issue.setdefault(issue.id, []).append(view.change(change))
    reply: dict = {"issueChangeLogs": [{"issueId": str(id), "changeHistories": found} for id,
                                       found in by_issue.items()]}
    if start + size < len(changes):
        reply["nextPageToken"] = str(start + size)
    return reply_json(200, reply)


@routes.on("GET", ISSUE + "/properties")
def list_properties(desk, request: Request, key: str) -> Reply:
    kept = desk.issue(key, request.user).properties or {}
    return reply_json(200, {"keys": [{"self": f"{request.base}{request.raw_path}/{name}", "key": name}
                                     for name in kept]})


@routes.on("GET", ISSUE + "/properties/{name}")
def show_property(desk, request: Request, key: str, name: str) -> Reply:
    kept = desk.issue(key, request.user).properties or {}
    if name not in kept:
        raise desk.refuse(404, f"The property with key {name} was not found")
    return reply_json(200, {"key": name, "value": kept[name]})


@routes.on("PUT", ISSUE + "/properties/{name}")
def set_property(desk, request: Request, key: str, name: str) -> Reply:
    issue = desk.issue(key, request.user)
    try:
        value = request.json()
    except ValueError as error:
        raise desk.refuse(400, "The value is no JSON") from error
    is_new = name not in (issue.properties or {})
    issue.properties = {**(issue.properties or {}), name: value}
    desk.version += 1
    desk.wrote(request, issue.key, "property", {name: value})
    return reply_json(201 if is_new else 200, {})


@routes.on("DELETE", ISSUE + "/properties/{name}")
def delete_property(desk, request: Request, key: str, name: str) -> Reply:
    issue = desk.issue(key, request.user)
    if name not in (issue.properties or {}):
        raise desk.refuse(404, f"The property with key {name} was not found")
    issue.properties = {other: value for other, value in issue.properties.items() if other != name} or None
    desk.version += 1
    desk.wrote(request, issue.key, "property", {name: None})
    return Reply(204)
