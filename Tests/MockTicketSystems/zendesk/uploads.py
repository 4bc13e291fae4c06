"""Uploads: bytes first, then their token in a comment."""

from secrets import token_hex

from server.messages import Reply, Request, reply_json
from server.routes import Routes
from zendesk import changing
from zendesk.records import Attachment
from zendesk.showing import attachment_shown

routes = Routes()
TOKEN_SECONDS = 3600
KEPT_BYTES = 512 * 1024 * 1024


@routes.on("POST", "uploads")
def upload(desk, request: Request) -> Reply:
    name = request.query.get("filename")
    if not name:
        raise desk.refuse(400, "filename: is needed")
    if desk.attachment_bytes + len(request.body) > KEPT_BYTES:
        raise desk.refuse(413, "The account is full")
    token = request.query.get("token") or token_hex(16)
    kind = request.headers.get("content-type", "application/octet-stream")
    made = Attachment(desk.next_id(), name, kind, request.body, token_hex(16), token, desk.clock.seconds())
    desk.attachments[made.id] = desk.contents[made.token] = made
    desk.uploads.setdefault(token, []).append(made.id)
    desk.attachment_bytes += len(request.body)
    desk.wrote(request, "", "attachment", {"name": name, "size": len(request.body)})
    shown = [attachment_shown(desk.attachments[id], request.base) for id in desk.uploads[token]]
    return reply_json(201, {"upload": {"token": token, "expires_at": None, "attachments": shown,
                                       "attachment": shown[-1]}})


def named(desk, tokens) -> tuple[int, ...]:
    """The attachments behind upload tokens. Raises Refused with 422 for a token that is unknown, used or over an hour old."""
    if isinstance(tokens, str):
        tokens = [tokens]
    if not (isinstance(tokens, list) and all(isinstance(token, str) for token in tokens)):
        raise changing.invalid("uploads", "Uploads: is invalid")
    found: list[int] = []
    for token in tokens:
        ids = desk.uploads.get(token)
        if not ids or desk.attachments[ids[0]].created < desk.clock.now() - TOKEN_SECONDS:
            raise changing.invalid("uploads", "Uploads: token is invalid or has expired")
        found += ids
    return tuple(found)


@routes.on("DELETE", "uploads/{token}")
def delete_upload(desk, request: Request, token: str) -> Reply:
    for id in desk.uploads.pop(token, ()):
        gone = desk.contents.pop(desk.attachments.pop(id).token)
        desk.attachment_bytes -= len(gone.data)
    return Reply(204)


@routes.on("GET", "attachments/{id}")
def show_attachment(desk, request: Request, id: str) -> Reply:
    found = desk.attachments.get(int(id)) if id.isdigit() else None
    if found is None:
        raise desk.refuse(404, "Not found")
    return reply_json(200, {"attachment": attachment_shown(found, request.base)})


@routes.on("GET", "content/{token}", is_open=True)
def content(desk, request: Request, token: str) -> Reply:
    found = desk.contents.get(token)
    if found is None:
        raise desk.refuse(404, "Not found")
    return Reply(200, found.data, found.type)
