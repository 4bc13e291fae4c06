"""Attachments of the platform API."""

from jira import history
from jira.issues import ISSUE
from jira.records import Attachment, Issue
from jira.showing import View
from server.messages import Reply, Request, reply_json
from server.multipart import Part, parts
from server.routes import Routes

routes = Routes()
KEPT_BYTES = 512 * 1024 * 1024


def files(desk, request: Request) -> list[Part]:
    """The parts named `file`. Raises Refused with 403 without the header against cross-site requests, and with 400."""
    if request.headers.get("x-atlassian-token") != "no-check":
        raise desk.refuse(403, "XSRF check failed")
    try:
        found = [part for part in parts(request.headers.get("content-type", ""), request.body) if part.name == "file"
                 and part.file]
    except ValueError as error:
        raise desk.refuse(400, str(error)) from error
    if not found:
        raise desk.refuse(400, "No part named file")
    if sum(len(each.data) for each in desk.attachments.values()) + len(request.body) > KEPT_BYTES:
        raise desk.refuse(413, "The site is full")
    return found


def keep(desk, request: Request, part: Part, issue: Issue | None) -> Attachment:
    made = Attachment(desk.next_id(), part.file, part.type, part.data, request.user.number, desk.clock.milliseconds(),
                      issue.id if issue else None)
    desk.attachments[made.id] = made
    return made


def attach(desk, request: Request, issue: Issue, made: list[Attachment]) -> None:
    """Puts attachments on an issue."""
    history.touch(desk, issue)
    for each in made:
        each.issue = issue.id
        issue.attachments = (*issue.attachments, each.id)
        history.record(desk, issue, request.user, (("Attachment", "attachment", None, None, str(each.id), each.name),),
                       request)
        desk.wrote(request, issue.key, "attachment", {"name": each.name, "size": len(each.data)})


@routes.on("POST", ISSUE + "/attachments")
def add_attachments(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    made = [keep(desk, request, part, issue) for part in files(desk, request)]
    attach(desk, request, issue, made)
    view = View(desk, request)
    return reply_json(200, [view.attachment(each) for each in made])


def find(desk, request: Request, id: str) -> Attachment:
    found = desk.attachments.get(int(id)) if id.isdigit() else None
    if found is None or found.issue is None or history.is_hidden(desk.issues[found.issue], request.user):
        raise desk.refuse(404, f"The attachment with id '{id}' does not exist")
    return found


@routes.on("GET", "rest/api/3/attachment/{id}")
def show_attachment(desk, request: Request, id: str) -> Reply:
    shown = View(desk, request).attachment(find(desk, request, id))
    return reply_json(200, {**shown, "id": int(id), "properties": {}})


@routes.on("GET", "rest/api/3/attachment/content/{id}")
def content(desk, request: Request, id: str) -> Reply:
    found = find(desk, request, id)
    return Reply(200, found.data, found.type)


@routes.on("DELETE", "rest/api/3/attachment/{id}")
def delete_attachment(desk, request: Request, id: str) -> Reply:
    found = find(desk, request, id)
    issue = desk.issues[found.issue]
    history.touch(desk, issue)
    issue.attachments = tuple(each for each in issue.attachments if each != found.id)
    history.record(desk, issue, request.user, (("Attachment", "attachment", id, found.name, None, None),), request)
    del desk.attachments[found.id]
    desk.wrote(request, issue.key, "delete attachment")
    return Reply(204)
