"""Incremental exports: by cursor, and by time with its known trap."""

import base64
from urllib.parse import urlencode

from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes
from zendesk.changing import is_hidden
from zendesk.records import organization_ids, shown_organization
from zendesk.showing import ticket_shown, user_shown
from zendesk.tickets import with_users

routes = Routes()


def start_time(desk, request: Request) -> int:
    """The time to start from, in seconds. Raises Refused with 400 when there is none or it is too young."""
    text = request.query.get("start_time", "")
    if not text.isdigit():
        raise refused("StartTimeMissing", "Missing parameter: start_time")
    if desk.settings["exportDelaySeconds"] and int(text) > desk.clock.now() - desk.settings["exportDelaySeconds"]:
        raise refused("StartTimeTooRecent", "Too recent start_time. Use a start_time older than 60 seconds")
    return int(text)


def refused(error: str, description: str) -> Refused:
    return Refused(reply_json(400, {"error": error, "description": description}))


def encoded(time: int, number: int) -> str:
    return base64.b64encode(f"{time}.0||{number}|".encode()).decode()


def decoded(cursor: str) -> tuple[int, int]:
    """(time, number of the change) of a cursor."""
    try:
        time, number = base64.b64decode(cursor, validate=True).decode().rstrip("|").split("||")
        return int(float(time)), int(number)
    except ValueError:
        raise refused("InvalidCursor", "Invalid cursor") from None


def exported(desk, changes, size: int, wanted) -> tuple[list, int | None, int | None, bool]:
    """At most `size` things in order of their last change, but for those younger than the delay:
    (things, time and number of the last change passed, whether the end was reached)."""
    newest = desk.clock.now() - desk.settings["exportDelaySeconds"]
    things, last_time, last_number = [], None, None
    for time, number, key in changes:
        if time > newest:
            break
        if len(things) == size:
            return things, last_time, last_number, False
        last_time, last_number = time, number
        if (thing := wanted(key)) is not None:
            things.append(thing)
    return things, last_time, last_number, True


def by_cursor(desk, request: Request, name: str, log, wanted, shown) -> Reply:
    if cursor := request.query.get("cursor"):
        time, number = decoded(cursor)
        changes = log.after(number)
    else:
        time, number = start_time(desk, request), 0
        changes = log.since(time)
    things, last_time, last_number, ended = exported(desk, changes, request.number("per_page", 1000, 1, 1000), wanted)
    after = encoded(time if last_time is None else last_time, number_before(log, time, number) if last_number is None
                    else last_number)
    kept = {key: request.query[key] for key in ("per_page", "include", "exclude_deleted") if key in request.query}
    before = request.query.get("cursor")
    path = request.base + request.raw_path
    reply = {name: [shown(thing) for thing in things], "end_of_stream": ended,
             "after_cursor": after, "after_url": f"{path}?{urlencode({**kept, 'cursor': after})}",
             "before_cursor": before, "before_url": f"{path}?{urlencode({**kept, 'cursor': before})}" if before
             else None}
    return reply_json(200, with_users(desk, request, reply, name) if name == "tickets" else reply)


def number_before(log, time: int, number: int) -> int:
    """The change before the first one at or after `time`, so that an empty page starts again from the same place."""
    if number:
        return number
    first = next(log.since(time), None)
    return log.last if first is None else first[1] - 1


def by_time(desk, request: Request, name: str, log, wanted, shown) -> Reply:
    """The next page starts at the time of the last thing: with a page full of one time it is the same page for ever."""
    time = start_time(desk, request)
    size = request.number("per_page", 1000, 1, 1000)
    things, last_time, _, ended = exported(desk, log.since(time), size, wanted)
    end = time if last_time is None else last_time
    kept = {key: value for key, value in request.query.items() if key != "start_time"}
    reply = {name: [shown(thing) for thing in things], "count": len(things), "end_of_stream": ended, "end_time": end,
             "next_page": f"{request.base}{request.raw_path}?{urlencode({**kept, 'start_time': end})}"}
    return reply_json(200, with_users(desk, request, reply, name) if name == "tickets" else reply)


def wanted_tickets(desk, request: Request):
    leaves_out_deleted = request.flag("exclude_deleted")

    def wanted(id: int):
        ticket = desk.tickets[id]
        skipped = is_hidden(ticket, request.user) or leaves_out_deleted and ticket.deleted is not None
        return None if skipped else ticket
    return wanted


@routes.on("GET", "incremental/tickets/cursor")
def tickets_by_cursor(desk, request: Request) -> Reply:
    return by_cursor(desk, request, "tickets", desk.changes, wanted_tickets(desk, request),
                     lambda ticket: ticket_shown(ticket, request.base))


@routes.on("GET", "incremental/tickets")
def tickets_by_time(desk, request: Request) -> Reply:
    return by_time(desk, request, "tickets", desk.changes, wanted_tickets(desk, request),
                   lambda ticket: ticket_shown(ticket, request.base))


@routes.on("GET", "incremental/users/cursor")
def users_by_cursor(desk, request: Request) -> Reply:
    return by_cursor(desk, request, "users", desk.people_changes, desk.people.by_number.get,
                     lambda person: user_shown(person, request.base))


@routes.on("GET", "incremental/users")
def users_by_time(desk, request: Request) -> Reply:
    return by_time(desk, request, "users", desk.people_changes, desk.people.by_number.get,
                   lambda person: user_shown(person, request.base))


@routes.on("GET", "incremental/organizations")
def organizations_by_time(desk, request: Request) -> Reply:
    """Organizations never change here: all of them at their creation."""
    time = start_time(desk, request)
    found = organization_ids() if time <= desk.started else []
    return reply_json(200, {
        "organizations": [shown_organization(request.base, id, desk.started_iso) for id in found], "count": len(found),
        "end_of_stream": True, "end_time": desk.started if found else time, "next_page": None})
