"""Comments of the platform API, and their properties."""

from jira import adf, commenting, history
from jira.issues import ISSUE, page_of
from jira.records import Comment, Issue
from jira.showing import View
from server.messages import Reply, Request, reply_json
from server.routes import Routes

routes = Routes()


def find(desk, issue: Issue, id: str) -> Comment:
    for comment in issue.comments:
        if str(comment.id) == id:
            return comment
    raise desk.refuse(404, f"Can not find a comment for the id: {id}.")


def shown(desk, request: Request, issue: Issue, comment: Comment) -> dict:
    made = View(desk, request).comment(issue, comment)
    if "properties" in request.values("expand"):
        made["properties"] = [{"key": key, "value": value} for key, value in (comment.properties or {}).items()]
    if "renderedBody" in request.values("expand"):
        made["renderedBody"] = adf.text(comment.body)
    return made


@routes.on("GET", ISSUE + "/comment")
def list_comments(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    comments = issue.comments[::-1] if request.query.get("orderBy") == "-created" else issue.comments
    page, about = page_of(request, comments, 100)
    return reply_json(200, {**about, "comments": [shown(desk, request, issue, comment) for comment in page]})


@routes.on("POST", ISSUE + "/comment")
def add_comment(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    desk.may_write(request, issue)
    comment = commenting.add(desk, issue, commenting.read(desk.object(request)), request.user, request)
    desk.wrote(request, issue.key, "note" if comment.internal else "comment", comment=str(comment.id))
    return reply_json(201, shown(desk, request, issue, comment))


@routes.on("GET", ISSUE + "/comment/{id}")
def show_comment(desk, request: Request, key: str, id: str) -> Reply:
    issue = desk.issue(key, request.user)
    return reply_json(200, shown(desk, request, issue, find(desk, issue, id)))


@routes.on("PUT", ISSUE + "/comment/{id}")
def edit_comment(desk, request: Request, key: str, id: str) -> Reply:
    issue = desk.issue(key, request.user)
    comment, given = find(desk, issue, id), commenting.read(desk.object(request))
    history.touch(desk, issue)
    comment.body, comment.updated, comment.editor = given["body"], issue.updated, request.user.number
    if given["properties"]:
        set_properties(comment, {**(comment.properties or {}), **given["properties"]})
    history.publish(desk, request, request.user, issue, "comment_updated", comment=comment)
    desk.wrote(request, issue.key, "edit comment", comment=id)
    return reply_json(200, shown(desk, request, issue, comment))


def set_properties(comment: Comment, properties: dict) -> None:
    comment.properties = properties or None
    comment.internal = commenting.is_internal(properties)


@routes.on("DELETE", ISSUE + "/comment/{id}")
def delete_comment(desk, request: Request, key: str, id: str) -> Reply:
    issue = desk.issue(key, request.user)
    comment = find(desk, issue, id)
    history.touch(desk, issue)
    issue.comments = [each for each in issue.comments if each is not comment]
    desk.comment_count -= 1
    history.publish(desk, request, request.user, issue, "comment_deleted", comment=comment)
    desk.wrote(request, issue.key, "delete comment", comment=id)
    return Reply(204)


def anywhere(desk, request: Request, id: str) -> Comment:
    """A comment by its id alone."""
    for issue in desk.issues.values():
        for comment in issue.comments:
            if str(comment.id) == id and not history.is_hidden(issue, request.user):
                return comment
    raise desk.refuse(404, f"Can not find a comment for the id: {id}.")


@routes.on("POST", "rest/api/3/comment/list", writes=False)
def pick_comments(desk, request: Request) -> Reply:
    ids = {str(id) for id in desk.items(desk.object(request), "ids")}
    found = [shown(desk, request, issue, comment) for issue in desk.issues.values() for comment in issue.comments
             if str(comment.id) in ids and not history.is_hidden(issue, request.user)]
    return reply_json(200, {"startAt": 0, "maxResults": 1000, "total": len(found), "isLast": True, "values": found})


@routes.on("GET", "rest/api/3/comment/{id}/properties")
def list_properties(desk, request: Request, id: str) -> Reply:
    kept = anywhere(desk, request, id).properties or {}
    return reply_json(200, {"keys": [{"self": f"{request.base}{request.raw_path}/{name}", "key": name}
                                     for name in kept]})


@routes.on("GET", "rest/api/3/comment/{id}/properties/{name}")
def show_property(desk, request: Request, id: str, name: str) -> Reply:
    kept = anywhere(desk, request, id).properties or {}
    if name not in kept:
        raise desk.refuse(404, f"The property with key {name} was not found")
    return reply_json(200, {"key": name, "value": kept[name]})


@routes.on("PUT", "rest/api/3/comment/{id}/properties/{name}")
def set_property(desk, request: Request, id: str, name: str) -> Reply:
    comment = anywhere(desk, request, id)
    try:
        value = request.json()
    except ValueError as error:
        raise desk.refuse(400, "The value is no JSON") from error
    is_new = name not in (comment.properties or {})
    set_properties(comment, {**(comment.properties or {}), name: value})
    desk.wrote(request, "", "property", {name: value}, id)
    return reply_json(201 if is_new else 200, {})
