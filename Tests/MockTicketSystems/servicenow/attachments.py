"""/api/now/attachment: bytes on a record."""

from hashlib import sha256

from server.messages import Reply, Request, reply_json
from server.multipart import parts
from server.routes import Routes
from servicenow.showing import View
from servicenow.table_api import find_row, find_table, list_rows

routes = Routes()
KEPT_BYTES = 512 * 1024 * 1024


def shown(desk, request: Request, row: list[str]) -> dict:
    link = f"{request.base}/api/now/attachment/{row[0]}/file"
    return {**View(desk, request).row(desk.tables["sys_attachment"], row), "download_link": link}


def attach(desk, request: Request, table: str, sys_id: str, name: str, kind: str, data: bytes) -> Reply:
    find_row(desk, find_table(desk, table), sys_id, request.user)
    if sum(len(each) for each in desk.files.values()) + len(data) > KEPT_BYTES:
        raise desk.refuse(413, "The instance is full")
    row = desk.tables["sys_attachment"].insert(desk.next_id(), desk.clock.seconds(), request.user.email, {
        "file_name": name, "content_type": kind, "size_bytes": str(len(data)), "hash": sha256(data).hexdigest(),
        "table_name": table, "table_sys_id": sys_id, "state": "available"})
    desk.files[row[0]] = data
    desk.wrote(request, sys_id, "attachment", {"name": name, "size": len(data)})
    return reply_json(201, {"result": shown(desk, request, row)},
                      {"Location": f"{request.base}/api/now/table/sys_attachment/{row[0]}"})


@routes.on("POST", "attachment/file")
def post_file(desk, request: Request) -> Reply:
    query = request.query
    missing = [name for name in ("table_name", "table_sys_id", "file_name") if not query.get(name)]
    if missing:
        raise desk.refuse(400, f"Missing parameter: {missing[0]}")
    kind = request.headers.get("content-type", "application/octet-stream")
    return attach(desk, request, query["table_name"], query["table_sys_id"], query["file_name"], kind, request.body)


@routes.on("POST", "attachment/upload")
def post_form(desk, request: Request) -> Reply:
    try:
        form = {part.name: part for part in parts(request.headers.get("content-type", ""), request.body)}
    except ValueError as error:
        raise desk.refuse(400, str(error)) from error
    file = next((part for part in form.values() if part.file), None)
    if file is None or not {"table_name", "table_sys_id"} <= set(form):
        raise desk.refuse(400, "table_name, table_sys_id and a file are needed")
    table, sys_id = (form[name].data.decode("utf-8", "replace") for name in ("table_name", "table_sys_id"))
    return attach(desk, request, table, sys_id, file.file, file.type, file.data)


@routes.on("GET", "attachment")
def list_attachments(desk, request: Request) -> Reply:
    return list_rows(desk, request, "sys_attachment")


@routes.on("GET", "attachment/{sys_id}")
def show_attachment(desk, request: Request, sys_id: str) -> Reply:
    row = find_row(desk, desk.tables["sys_attachment"], sys_id, request.user)
    return reply_json(200, {"result": shown(desk, request, row)})


@routes.on("GET", "attachment/{sys_id}/file")
def content(desk, request: Request, sys_id: str) -> Reply:
    row = find_row(desk, desk.tables["sys_attachment"], sys_id, request.user)
    return Reply(200, desk.files[sys_id], desk.tables["sys_attachment"].get(row, "content_type"))


@routes.on("DELETE", "attachment/{sys_id}")
def delete_attachment(desk, request: Request, sys_id: str) -> Reply:
    table = desk.tables["sys_attachment"]
    row = find_row(desk, table, sys_id, request.user)
    desk.files.pop(sys_id, None)
    table.delete(row)
    desk.wrote(request, table.get(row, "table_sys_id"), "delete attachment")
    return Reply(204)
