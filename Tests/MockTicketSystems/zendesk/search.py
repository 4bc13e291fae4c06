"""/api/v2/search: words and `field:value`, late by `indexLagSeconds`."""

import re
from operator import eq, ge, gt, le, lt

from server.clock import iso
from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes
from zendesk.changing import is_hidden
from zendesk.paging import page
from zendesk.records import Ticket
from zendesk.showing import ticket_shown, user_shown

routes = Routes()
PART = re.compile(r'(-?)(?:([a-z_]+)(<=|>=|<|>|:))?(?:"([^"]*)"|(\S+))')
COMPARED = {":": eq, "<": lt, ">": gt, "<=": le, ">=": ge}
RANKS = {"status": ("new", "open", "pending", "hold", "solved", "closed"),
         "priority": ("low", "normal", "high", "urgent")}
TIMES = {"created": "created", "created_at": "created", "updated": "updated", "updated_at": "updated"}


def matches(desk, ticket: Ticket, field: str, sign: str, value: str) -> bool:
    """Whether a ticket meets one part of a query. Raises Refused with 422 for a field that is none."""
    compare = COMPARED[sign]
    if field in RANKS:
        ranks, own = RANKS[field], getattr(ticket, field)
        return own in ranks and value in ranks and compare(ranks.index(own), ranks.index(value))
    if field in TIMES:
        stamp = iso(getattr(ticket, TIMES[field]))
        return compare(stamp[:len(value)], value)
    if field in ("tags", "tag"):
        return value in ticket.tags
    if field in ("external_id", "subject", "ticket_type"):
        own = {"external_id": ticket.external_id, "subject": ticket.subject, "ticket_type": ticket.type}[field]
        return own is not None and (value.lower() in own.lower() if field == "subject" else own == value)
    if field in ("requester", "assignee", "submitter"):
        person = desk.people.by_number.get(getattr(ticket, field))
        return value == "none" if person is None else value.lower() in (str(person.number), person.email,
                                                                        person.name.lower())
    if field in ("group", "organization"):
        return str(getattr(ticket, field)) == value
    raise Refused(reply_json(422, {"error": "invalid", "description": f"Invalid search: no field {field}"}))


def found(desk, request: Request) -> list:
    """What the query finds: tickets, or users when it asks for them."""
    query = request.query.get("query", "")
    parts = [(minus == "-", field, sign, quoted or word) for minus, field, sign, quoted, word in PART.findall(query)]
    kinds = [value for _, field, _, value in parts if field == "type"]
    parts = [part for part in parts if part[1] != "type"]
    if kinds == ["user"]:
        words = [value.lower() for _, field, _, value in parts]
        return [person for person in desk.people.by_number.values()
                if all(word in person.email or word in person.name.lower() for word in words)]
    newest = desk.clock.now() - desk.settings["indexLagSeconds"]
    external = next((value for minus, field, sign, value in parts if field == "external_id" and not minus), None)
    candidates = desk.tickets.values() if external is None else [desk.tickets[id]
                                                                 for id in desk.by_external.get(external, ())]
    return [ticket for ticket in candidates
            if ticket.deleted is None and ticket.created <= newest and not is_hidden(ticket, request.user)
            and all(minus != (matches(desk, ticket, field, sign, value) if field else has_word(ticket, value))
                    for minus, field, sign, value in parts)]


def has_word(ticket: Ticket, word: str) -> bool:
    word = word.lower().strip("*")
    return word in ticket.subject.lower() or any(word in comment.text.lower() for comment in ticket.comments)


@routes.on("GET", "search")
def search(desk, request: Request) -> Reply:
    def shown(thing) -> dict:
        if isinstance(thing, Ticket):
            return {**ticket_shown(thing, request.base), "result_type": "ticket"}
        return {**user_shown(thing, request.base), "result_type": "user"}
    things = found(desk, request)
    place = TIMES.get(request.query.get("sort_by", ""))
    if place and all(isinstance(thing, Ticket) for thing in things):
        things.sort(key=lambda ticket: getattr(ticket, place),
                    reverse=request.query.get("sort_order", "desc") == "desc")
    reply = page(request, "results", things, shown, lambda thing: thing.id if isinstance(thing, Ticket)
                 else thing.number)
    return reply_json(200, {**reply, "facets": None})


@routes.on("GET", "search/count")
def count(desk, request: Request) -> Reply:
    return reply_json(200, {"count": len(found(desk, request))})
