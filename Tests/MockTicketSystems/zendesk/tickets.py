"""/api/v2/tickets: reading, writing, tags, deleting and restoring."""

from hashlib import sha256

from server.clock import iso
from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes
from zendesk import changing, events
from zendesk.paging import page
from zendesk.records import Ticket
from zendesk.showing import audits_shown, comment_shown, ticket_shown, user_shown

routes = Routes()
KEY_SECONDS = 7200
SORTS = {"id": "id", "created_at": "created", "updated_at": "updated"}


@routes.on("GET", "tickets")
def list_tickets(desk, request: Request) -> Reply:
    external = request.query.get("external_id")
    if external is None:
        found = [ticket for ticket in desk.tickets.values() if ticket.deleted is None]
    else:
        found = [desk.tickets[id] for id in desk.by_external.get(external, ()) if desk.tickets[id].deleted is None]
    found = [ticket for ticket in found if not changing.is_hidden(ticket, request.user)]
    if place := SORTS.get(request.query.get("sort_by", "")):
        found.sort(key=lambda ticket: (getattr(ticket, place), ticket.id),
                   reverse=request.query.get("sort_order") == "desc")
    shown = page(request, "tickets", found, lambda ticket: ticket_shown(ticket, request.base), lambda ticket: ticket.id)
    return reply_json(200, with_users(desk, request, shown, "tickets"))


def with_users(desk, request: Request, shown: dict, name: str) -> dict:
    """The reply with the users its tickets name, when `include=users` asks for them."""
    if "users" in request.values("include"):
        numbers = {ticket[key] for ticket in shown[name] for key in ("requester_id", "submitter_id", "assignee_id")}
        shown["users"] = [user_shown(desk.people.by_number[number], request.base)
                          for number in sorted(numbers - {None})]
    return shown


@routes.on("GET", "tickets/count")
def count_tickets(desk, request: Request) -> Reply:
    value = sum(ticket.deleted is None for ticket in desk.tickets.values())
    return reply_json(200, {"count": {"value": value, "refreshed_at": iso(desk.clock.seconds())}})


@routes.on("GET", "tickets/show_many")
def show_many(desk, request: Request) -> Reply:
    found = [desk.tickets.get(int(id)) for id in request.values("ids")[:100] if id.isdigit()]
    for external in request.values("external_ids")[:100]:
        found += [desk.tickets[id] for id in desk.by_external.get(external, ())]
    seen = [ticket for ticket in found if ticket and ticket.deleted is None
            and not changing.is_hidden(ticket, request.user)]
    shown = {"tickets": [ticket_shown(ticket, request.base) for ticket in seen], "count": len(seen),
             "next_page": None, "previous_page": None}
    return reply_json(200, with_users(desk, request, shown, "tickets"))


@routes.on("GET", "tickets/{id}")
def show_ticket(desk, request: Request, id: str) -> Reply:
    return reply_json(200, {"ticket": ticket_shown(desk.ticket(id, request.user), request.base)})


@routes.on("POST", "tickets")
def create_ticket(desk, request: Request) -> Reply:
    key = request.headers.get("idempotency-key")
    if key is None:
        return created(desk, request)
    if not 0 < len(key) <= 255:
        raise refused_key("Idempotency-Key must have 1 to 255 characters")
    now, hash = desk.clock.now(), sha256(request.body).digest()
    while desk.keys and next(iter(desk.keys.values()))[0] < now - KEY_SECONDS:
        del desk.keys[next(iter(desk.keys))]
    if key in desk.keys:
        _, known, reply, id = desk.keys[key]
        if known != hash:
            raise refused_key("Request parameters do not match the ones of the first request with this Idempotency-Key")
        desk.wrote(request, id, "create", is_replay=True)
        return Reply(reply.status, reply.body, headers={**reply.headers, "x-idempotency-lookup": "hit"})
    reply = created(desk, request)
    desk.keys[key] = (now, hash, reply, reply.headers["Location"].rpartition("/")[2].removesuffix(".json"))
    return Reply(reply.status, reply.body, headers={**reply.headers, "x-idempotency-lookup": "miss"})


def refused_key(description: str) -> Refused:
    return Refused(reply_json(400, {"error": "IdempotentRequestError", "description": description}))


def created(desk, request: Request) -> Reply:
    given = desk.object(request, "ticket")
    ticket = changing.create(desk, given, request.user)
    desk.wrote(request, str(ticket.id), "create", journalled(given), str(ticket.comments[0].id))
    audit = audits_shown(ticket, request.base, desk.attachments)[0]
    shown = ticket_shown(ticket, request.base)
    return reply_json(201, {"ticket": shown, "audit": audit}, {"Location": shown["url"]})


def journalled(given: dict) -> dict:
    return {name: value for name, value in given.items() if name not in ("comment", "safe_update", "updated_stamp")}


@routes.on("PUT", "tickets/{id}")
def update_ticket(desk, request: Request, id: str) -> Reply:
    ticket = desk.ticket(id, request.user)
    given = desk.object(request, "ticket")
    audit, changed, comment = changing.update(desk, given, ticket, request.user)
    note_update(desk, request, ticket, changed, comment)
    shown = [shown for shown in audits_shown(ticket, request.base, desk.attachments) if shown["id"] == audit]
    return reply_json(200, {"ticket": ticket_shown(ticket, request.base), "audit": shown[0] if shown else {
        "id": audit, "ticket_id": ticket.id, "created_at": iso(desk.clock.seconds()), "author_id": request.user.number,
        "metadata": {"system": {}, "custom": {}}, "events": []}})


def note_update(desk, request: Request, ticket: Ticket, changed: dict, comment) -> None:
    what = "update" if comment is None else "comment" if comment.public else "note"
    fields = {str(name): changing.listed(new) for name, (_, new) in changed.items()}
    desk.wrote(request, str(ticket.id), what, fields, None if comment is None else str(comment.id))


@routes.on("DELETE", "tickets/{id}")
def delete_ticket(desk, request: Request, id: str) -> Reply:
    delete(desk, request, desk.ticket(id, request.user))
    return Reply(204)


def delete(desk, request: Request, ticket: Ticket) -> None:
    """Deletes softly: gone for everything but the export, where it stays with the status `deleted`."""
    ticket.deleted, ticket.deleted_by = desk.clock.seconds(), request.user.number
    desk.touch(ticket, moves_updated=False)
    desk.publish(request.user, events.one(desk, "soft_deleted", ticket, request.user), ticket)
    desk.wrote(request, str(ticket.id), "delete")


@routes.on("GET", "deleted_tickets")
def list_deleted(desk, request: Request) -> Reply:
    found = [ticket for ticket in desk.tickets.values() if ticket.deleted is not None]
    return reply_json(200, page(request, "deleted_tickets", found, lambda ticket: {
        "id": ticket.id, "subject": ticket.subject, "description": ticket.comments[0].text,
        "previous_state": ticket.status,
        "actor": {"id": ticket.deleted_by, "name": desk.people.by_number[ticket.deleted_by].name},
        "deleted_at": iso(ticket.deleted)}, lambda ticket: ticket.id))


@routes.on("PUT", "deleted_tickets/restore_many")
def restore_many(desk, request: Request) -> Reply:
    for id in request.values("ids"):
        restore(desk, request, id)
    return Reply(200)


@routes.on("PUT", "deleted_tickets/{id}/restore")
def restore_ticket(desk, request: Request, id: str) -> Reply:
    restore(desk, request, id)
    return Reply(200)


def restore(desk, request: Request, id: str) -> None:
    ticket = desk.tickets.get(int(id)) if id.isdigit() else None
    if ticket is None or ticket.deleted is None:
        raise desk.refuse(404, "Not found")
    ticket.deleted = ticket.deleted_by = None
    desk.touch(ticket)
    desk.publish(request.user, events.one(desk, "undeleted", ticket, request.user), ticket)
    desk.wrote(request, id, "restore")


@routes.on("GET", "tickets/{id}/comments")
def list_comments(desk, request: Request, id: str) -> Reply:
    ticket = desk.ticket(id, request.user)
    comments = ticket.comments
    if request.query.get("sort_order") == "desc" or request.query.get("sort") == "-created_at":
        comments = comments[::-1]
    with_pictures = request.query.get("include_inline_images") == "true"
    return reply_json(200, page(request, "comments", comments, lambda comment: comment_shown(
        comment, request.base, desk.attachments, with_pictures), lambda comment: comment.id))


@routes.on("GET", "tickets/{id}/comments/count")
def count_comments(desk, request: Request, id: str) -> Reply:
    ticket = desk.ticket(id, request.user)
    return reply_json(200, {"count": {"value": len(ticket.comments), "refreshed_at": iso(desk.clock.seconds())}})


@routes.on("PUT", "tickets/{id}/comments/{comment}/make_private")
def make_private(desk, request: Request, id: str, comment: str) -> Reply:
    ticket = desk.ticket(id, request.user)
    found = next((each for each in ticket.comments if str(each.id) == comment), None)
    if found is None:
        raise desk.refuse(404, "Not found")
    found.public = False
    desk.touch(ticket)
    made_private = {"comment": {"id": str(found.id)}}
    desk.publish(request.user, events.one(desk, "comment_made_private", ticket, request.user, made_private), ticket)
    desk.wrote(request, id, "make private", comment=comment)
    return Reply(200)


@routes.on("GET", "tickets/{id}/audits")
def list_audits(desk, request: Request, id: str) -> Reply:
    audits = audits_shown(desk.ticket(id, request.user), request.base, desk.attachments)
    return reply_json(200, page(request, "audits", audits, lambda audit: audit, lambda audit: audit["id"]))


@routes.on("GET", "tickets/{id}/audits/{audit}")
def show_audit(desk, request: Request, id: str, audit: str) -> Reply:
    for shown in audits_shown(desk.ticket(id, request.user), request.base, desk.attachments):
        if str(shown["id"]) == audit:
            return reply_json(200, {"audit": shown})
    raise desk.refuse(404, "Not found")


@routes.on("GET", "tickets/{id}/tags")
def list_tags(desk, request: Request, id: str) -> Reply:
    return reply_json(200, {"tags": list(desk.ticket(id, request.user).tags)})


@routes.on("POST", "tickets/{id}/tags")
def set_tags(desk, request: Request, id: str) -> Reply:
    return change_tags(desk, request, id, 201, lambda old, given: given)


@routes.on("PUT", "tickets/{id}/tags")
def add_tags(desk, request: Request, id: str) -> Reply:
    return change_tags(desk, request, id, 200, lambda old, given: old | given)


@routes.on("DELETE", "tickets/{id}/tags")
def remove_tags(desk, request: Request, id: str) -> Reply:
    return change_tags(desk, request, id, 200, lambda old, given: old - given)


def change_tags(desk, request: Request, id: str, status: int, combined) -> Reply:
    """The tags end points: guarded only when their own body asks for it."""
    ticket = desk.ticket(id, request.user)
    given = desk.object(request)
    changing.guard(ticket, given)
    if ticket.status == "closed":
        raise changing.invalid("status", "Status: closed prevents ticket update")
    tags = combined(set(ticket.tags), set(changing.as_tags(given.get("tags"))))
    changing.apply(desk, ticket, {"tags": tuple(sorted(tags))}, None, request.user)
    desk.wrote(request, id, "tags", {"tags": list(ticket.tags)})
    return reply_json(status, {"tags": list(ticket.tags)})
