"""/api/now/table: any table, by query or by sys_id."""

from datetime import datetime
from urllib.parse import urlencode

from server.clock import UTC, zone
from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes
from servicenow import knowledge, records
from servicenow.query import is_time
from servicenow.schema import ESCALATIONS
from servicenow.showing import View
from servicenow.table import STAMP, Table

routes = Routes()


def find_table(desk, name: str) -> Table:
    if name not in desk.tables:
        raise desk.refuse(400, f"Invalid table {name}")
    return desk.tables[name]


def is_hidden(desk, table: Table, row: list[str], user) -> bool:
    """Access rules: the limited user sees nothing of incidents of one group, a customer only their own and no work notes."""
    if user.is_agent and not user.limited:
        return False
    if table.name == "sys_journal_field":
        if not user.is_agent and table.get(row, "element") == "work_notes":
            return True
        table, row = desk.tables["incident"], desk.tables["incident"].rows.get(table.get(row, "element_id"))
    if row is None or table.name != "incident":
        return False
    if user.limited:
        return table.get(row, "assignment_group") == ESCALATIONS
    return table.get(row, "caller_id") != user.sys_id


def find_row(desk, table: Table, sys_id: str, user) -> list[str]:
    """A row by sys_id; what the user may not see looks like what is not there."""
    row = table.rows.get(sys_id)
    if row is None or is_hidden(desk, table, row, user):
        raise no_record(desk)
    return row


def no_record(desk) -> Refused:
    return desk.refuse(404, "No Record found")


@routes.on("GET", "table/{table}")
def list_rows(desk, request: Request, table: str) -> Reply:
    found = find_table(desk, table)
    rows = desk.results.rows(desk.tables, found, request.query.get("sysparm_query", ""),
                             desk.settings["invalidQueryReturnsNoRows"])
    rows = with_plain_parameters(found, request, rows)
    limit, offset = request.number("sysparm_limit", 10_000, 0, 10_000), request.number("sysparm_offset", 0)
    view = View(desk, request)
    # Cut first, checked for access after: a short page is not the last one.
    page = [row for row in rows[offset:offset + limit] if not is_hidden(desk, found, row, request.user)]
    headers = {}
    if not request.flag("sysparm_no_count"):
        headers["X-Total-Count"] = str(len(rows))
    if not request.flag("sysparm_suppress_pagination_header") and limit:
        headers["Link"] = links(request, limit, offset, len(rows))
    if not page and request.path.startswith("/api/now/v1/"):
        raise no_record(desk)
    return reply_json(200, {"result": [view.row(found, row) for row in page]}, headers)


def with_plain_parameters(table: Table, request: Request, rows: list) -> list:
    """`?column=value` beside sysparm_query; parameters that are no column are passed over."""
    for name, value in request.pairs:
        if name in table.place:
            place = table.place[name]
            rows = [row for row in rows if row[place] == value]
    return rows


def links(request: Request, limit: int, offset: int, total: int) -> str:
    """The Link header; the page before the first one has a negative offset, as seen on real instances."""
    last = (total - 1) // limit * limit if total else 0
    wanted = {"first": 0, "prev": offset - limit, "next": offset + limit, "last": last}
    if offset + limit >= total:
        del wanted["next"]
    kept = {name: value for name, value in request.query.items() if name != "sysparm_offset"}
    return ",".join(f'<{request.base}{request.raw_path}?{urlencode({**kept, "sysparm_offset": start})}>;rel="{name}"'
                    for name, start in wanted.items())


@routes.on("POST", "table/{table}")
def create_row(desk, request: Request, table: str) -> Reply:
    found = find_table(desk, table)
    values = given(desk, request, found)
    row, entry = records.create(desk, found, dict(values), request.user)
    desk.wrote(request, row[0], "create", values, entry)
    return reply_json(201, {"result": View(desk, request).row(found, row)},
                      {"Location": f"{request.base}/api/now/table/{table}/{row[0]}"})


@routes.on("GET", "table/{table}/{sys_id}")
def show_row(desk, request: Request, table: str, sys_id: str) -> Reply:
    found = find_table(desk, table)
    return reply_json(200, {"result": View(desk, request).row(found, find_row(desk, found, sys_id, request.user))})


@routes.on("PUT", "table/{table}/{sys_id}")
@routes.on("PATCH", "table/{table}/{sys_id}")
def update_row(desk, request: Request, table: str, sys_id: str) -> Reply:
    found = find_table(desk, table)
    row = find_row(desk, found, sys_id, request.user)
    values = given(desk, request, found)
    if table == "kb_knowledge":
        row, changed, entry = *knowledge.update(desk, found, row, dict(values), request.user), None
    else:
        changed, entry = records.update(desk, found, row, dict(values), request.user)
    what = "update" if not entry else "comment" if values.get("comments") else "note"
    desk.wrote(request, row[0], "article" if table == "kb_knowledge" else what, changed, entry)
    return reply_json(200, {"result": View(desk, request).row(found, row)})


@routes.on("DELETE", "table/{table}/{sys_id}")
def delete_row(desk, request: Request, table: str, sys_id: str) -> Reply:
    found = find_table(desk, table)
    row = find_row(desk, found, sys_id, request.user)
    if not found.writable:
        raise desk.refuse(403, "Operation Failed")
    records.delete(desk, found, row, request.user)
    desk.wrote(request, sys_id, "delete")
    return Reply(204)


def given(desk, request: Request, table: Table) -> dict[str, str]:
    """The values of a body as strings, as far as the table and the user take them."""
    if not table.writable:
        raise desk.refuse(403, "Operation Failed")
    values = {}
    for name, value in desk.object(request).items():
        if isinstance(value, dict):
            value = value.get("value", value.get("display_value", ""))
        values[name] = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    values = records.accepted(table, values, request.user)
    if request.flag("sysparm_input_display_value"):
        values = {name: from_display(desk, table, name, value, request.user) for name, value in values.items()}
    return values


def from_display(desk, table: Table, name: str, value: str, user) -> str:
    """The value that a text for people means: a name, a label, a time in the zone of the user."""
    if name in table.references:
        target = desk.tables[table.references[name]]
        return next((row[0] for row in target.rows.values() if target.get(row, target.display) == value), value)
    if name in table.choices:
        return next((key for key, label in table.choices[name].items() if label == value), value)
    if is_time(name) and value:
        try:
            time = datetime.strptime(value, STAMP).replace(tzinfo=zone(desk.settings.time_zone(user.email)))
        except ValueError:
            return value
        return time.astimezone(UTC).strftime(STAMP)
    return value
