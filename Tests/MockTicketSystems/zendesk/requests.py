"""/api/v2/requests: tickets as the customer sees them, public comments alone."""

from server.clock import iso
from server.messages import Reply, Request, reply_json
from server.routes import Routes
from zendesk import changing
from zendesk.paging import page
from zendesk.records import CUSTOM, Ticket
from zendesk.showing import comment_shown, via
from zendesk.tickets import journalled, note_update

routes = Routes()


def shown(ticket: Ticket, base: str) -> dict:
    custom = ticket.custom or {}
    return {
        "url": f"{base}/api/v2/requests/{ticket.id}.json", "id": ticket.id, "status": ticket.status,
        "priority": ticket.priority,
        "type": ticket.type, "subject": ticket.subject, "description": ticket.comments[0].text,
        "can_be_solved_by_me": True,
        "organization_id": ticket.organization, "via": via(ticket.channel, ticket.followup_of), "custom_fields": [
            {"id": id, "value": custom.get(id)} for id in CUSTOM], "requester_id": ticket.requester,
            "collaborator_ids": [],
        "email_cc_ids": [], "is_public": True, "due_at": ticket.due_at, "created_at": iso(ticket.created),
        "updated_at": iso(ticket.updated), "recipient": ticket.recipient, "followup_source_id": ticket.followup_of,
        "assignee_id": ticket.assignee, "ticket_form_id": None, "group_id": ticket.group,
        "solved": ticket.status == "solved",
    }


def own(desk, request: Request, id: str) -> Ticket:
    """The user's own request. Raises Refused with 404 for any other."""
    ticket = desk.ticket(id, request.user)
    if ticket.requester != request.user.number:
        raise desk.refuse(404, "Not found")
    return ticket


@routes.on("GET", "requests")
def list_requests(desk, request: Request) -> Reply:
    found = [ticket for ticket in desk.tickets.values() if ticket.requester == request.user.number
             and ticket.deleted is None]
    if statuses := request.values("status"):
        found = [ticket for ticket in found if ticket.status in statuses]
    return reply_json(200, page(request, "requests", found, lambda ticket: shown(ticket, request.base),
                                lambda ticket: ticket.id))


@routes.on("POST", "requests")
def create_request(desk, request: Request) -> Reply:
    given = desk.object(request, "request")
    ticket = changing.create(desk, given, request.user, "web")
    desk.wrote(request, str(ticket.id), "create", journalled(given), str(ticket.comments[0].id))
    return reply_json(201, {"request": shown(ticket, request.base)})


@routes.on("GET", "requests/{id}")
def show_request(desk, request: Request, id: str) -> Reply:
    return reply_json(200, {"request": shown(own(desk, request, id), request.base)})


@routes.on("PUT", "requests/{id}")
def update_request(desk, request: Request, id: str) -> Reply:
    ticket = own(desk, request, id)
    given = desk.object(request, "request")
    allowed = {"comment": given.get("comment")}
    if given.get("solved") is True:
        allowed["status"] = "solved"
    _, changed, comment = changing.update(desk, allowed, ticket, request.user, "web")
    note_update(desk, request, ticket, changed, comment)
    return reply_json(200, {"request": shown(ticket, request.base)})


@routes.on("GET", "requests/{id}/comments")
def list_request_comments(desk, request: Request, id: str) -> Reply:
    comments = [comment for comment in own(desk, request, id).comments if comment.public]
    return reply_json(200, page(request, "comments", comments, lambda comment: comment_shown(
        comment, request.base, desk.attachments), lambda comment: comment.id))
