"""Side conversations of a ticket: an add-on, with ids and outside ids of their own."""

from uuid import uuid4

from server.clock import iso
from server.messages import Reply, Request, reply_json
from server.routes import Routes

routes = Routes()


def of(desk, request: Request, id: str) -> list[dict]:
    if not desk.settings["sideConversations"]:
        raise desk.refuse(403, "Side conversations are not enabled on this account")
    return desk.side_conversations.setdefault(desk.ticket(id, request.user).id, [])


def one(desk, request: Request, id: str, side: str) -> dict:
    found = next((each for each in of(desk, request, id) if each["id"] == side), None)
    if found is None:
        raise desk.refuse(404, "Not found")
    return found


@routes.on("GET", "tickets/{id}/side_conversations")
def list_side_conversations(desk, request: Request, id: str) -> Reply:
    found = of(desk, request, id)
    return reply_json(200, {"side_conversations": found, "count": len(found), "next_page": None, "previous_page": None})


@routes.on("POST", "tickets/{id}/side_conversations")
def create_side_conversation(desk, request: Request, id: str) -> Reply:
    kept, body = of(desk, request, id), desk.object(request)
    message, outside = desk.object(request, "message"), body.get("external_ids") or {}
    if not (isinstance(outside, dict) and all(isinstance(value, str) for value in outside.values())):
        raise desk.refuse(400, "external_ids: a map of strings is needed")
    now, side = iso(desk.clock.seconds()), str(uuid4())
    kept.append({
        "url": f"{request.base}/api/v2/tickets/{id}/side_conversations/{side}.json", "id": side, "ticket_id": int(id),
        "subject": message.get("subject"), "preview_text": str(message.get("body", ""))[:100], "state": "open",
        "participants": [{"user_id": request.user.number, "name": request.user.name, "email": request.user.email}],
        "created_at": now, "updated_at": now, "message_added_at": now, "state_updated_at": now,
        "external_ids": outside})
    desk.wrote(request, id, "side conversation")
    return reply_json(201, {"side_conversation": kept[-1]})


@routes.on("GET", "tickets/{id}/side_conversations/{side}")
def show_side_conversation(desk, request: Request, id: str, side: str) -> Reply:
    return reply_json(200, {"side_conversation": one(desk, request, id, side)})


@routes.on("PUT", "tickets/{id}/side_conversations/{side}")
def update_side_conversation(desk, request: Request, id: str, side: str) -> Reply:
    found, given = one(desk, request, id, side), desk.object(request, "side_conversation")
    found.update({name: given[name] for name in ("state", "subject", "external_ids") if name in given})
    found["updated_at"] = iso(desk.clock.seconds())
    desk.wrote(request, id, "side conversation")
    return reply_json(200, {"side_conversation": found})


@routes.on("POST", "tickets/{id}/side_conversations/{side}/reply")
def reply_to_side_conversation(desk, request: Request, id: str, side: str) -> Reply:
    found, message = one(desk, request, id, side), desk.object(request, "message")
    found["preview_text"] = str(message.get("body", ""))[:100]
    found["message_added_at"] = found["updated_at"] = iso(desk.clock.seconds())
    desk.wrote(request, id, "side conversation")
    return reply_json(201, {"side_conversation": found})
