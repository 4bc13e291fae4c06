"""The bodies of Zendesk's webhook calls: events, or a template that the customer wrote."""

import json
import re
from uuid import UUID, uuid4

from server.clock import iso
from server.people import Person
from server.webhooks import Webhook
from zendesk.records import Comment, Ticket

NAMES = {"status": "status_changed", "priority": "priority_changed", "type": "ticket_type_changed",
         "subject": "subject_changed",
         "external_id": "external_id_changed", "requester_id": "requester_changed",
         "assignee_id": "agent_assignment_changed",
         "group_id": "group_assignment_changed", "organization_id": "organization_changed", "tags": "tags_changed",
         "problem_id": "problem_link_changed", "due_at": "task_due_at_changed"}
PLACEHOLDER = re.compile(r"\{\{\s*ticket\.([a-z_]+)\s*\}\}")


def text(value) -> str | None:
    """Events write every id as a string."""
    return None if value is None else str(value)


def upper(value: str | None) -> str | None:
    return value.upper() if value else value


def detail(ticket: Ticket, user: Person) -> dict:
    return {
        "actor_id": text(user.number), "assignee_id": text(ticket.assignee), "brand_id": "1",
        "created_at": iso(ticket.created),
        "custom_status": None, "description": ticket.comments[0].text, "external_id": ticket.external_id,
        "form_id": None,
        "group_id": text(ticket.group), "id": str(ticket.id),
        "is_public": any(comment.public for comment in ticket.comments),
        "organization_id": text(ticket.organization), "priority": upper(ticket.priority),
        "requester_id": text(ticket.requester),
        "status": upper(ticket.status), "subject": ticket.subject, "submitter_id": text(ticket.submitter),
        "tags": list(ticket.tags), "type": upper(ticket.type), "updated_at": iso(ticket.updated),
        "via": {"channel": ticket.channel},
    }


def event(kind: str, ticket: Ticket, user: Person, time: int, content: dict, sequence: str, position: int) -> dict:
    return {
        "type": f"zen:event-type:ticket.{kind}", "account_id": 1, "id": str(uuid4()), "time": iso(time),
        "zendesk_event_version": "2022-11-06", "subject": f"zen:ticket:{ticket.id}", "detail": detail(ticket, user),
        "event": {**content, "meta": {"sequence": {"id": sequence, "position": position}}},
    }


def one(desk, kind: str, ticket: Ticket, user: Person, content: dict | None = None):
    """What `desk.publish` needs for an action that makes a single event."""
    return lambda: [event(kind, ticket, user, desk.clock.seconds(), content or {}, sequence_id(desk.next_id()), 1)]


def created(desk, ticket: Ticket, user: Person):
    return one(desk, "created", ticket, user)


def changed(desk, ticket: Ticket, user: Person, audit: int, changes: dict, comment: Comment | None):
    """What `desk.publish` needs for one update: an event a change, all with one sequence id."""
    def bodies() -> list[dict]:
        contents = []
        if comment is not None:
            contents.append(("comment_added", {"comment": {
                "id": str(comment.id), "body": comment.text, "is_public": comment.public,
                "author": {"id": str(comment.author), "is_staff": desk.people.by_number[comment.author].is_agent,
                           "name": desk.people.by_number[comment.author].name}}}))
        contents += [content(name, old, new) for name, (old, new) in changes.items()]
        sequence = sequence_id(audit)
        return [event(kind, ticket, user, desk.clock.seconds(), body, sequence, position)
                for position, (kind, body) in enumerate(contents, start=1)]
    return bodies


def content(name, old, new) -> tuple[str, dict]:
    if isinstance(name, int):
        return "custom_field_changed", {"current": new, "previous": old, "field": {"id": str(name)}}
    if name == "tags":
        return NAMES[name], {"tags_added": sorted(set(new) - set(old)), "tags_removed": sorted(set(old) - set(new))}
    if name in ("status", "priority", "type"):
        old, new = upper(old), upper(new)
    return NAMES.get(name, f"{name}_changed"), {"current": text(new), "previous": text(old)}


def sequence_id(number: int) -> str:
    return str(UUID(int=number << 64 | 0x4000 << 48 | 0x8000))


def for_hook(hook: Webhook, events: list[dict], ticket: Ticket) -> list[dict | bytes]:
    """The events, or, for a webhook of a trigger, its template filled in once."""
    if hook.options.template is None:
        return events
    values = {
        "id": str(ticket.id), "status": ticket.status, "title": ticket.subject, "description": ticket.comments[0].text,
        "external_id": ticket.external_id or "", "priority": ticket.priority or "", "tags": " ".join(ticket.tags),
        "updated_at": iso(ticket.updated), "latest_comment": ticket.comments[-1].text,
    }
    # Inside a string of the template, as a trigger that writes JSON needs it.
    return [PLACEHOLDER.sub(lambda hit: json.dumps(values.get(hit[1], ""))[1:-1], hook.options.template).encode()]
