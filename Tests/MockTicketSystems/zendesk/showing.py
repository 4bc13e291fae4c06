"""Tickets, comments, audits and users as the API shows them."""

from html import escape

from server.clock import iso
from server.people import Person
from zendesk.records import CUSTOM, Attachment, Comment, Ticket, organization_id


def via(channel: str, followup_of: int | None = None) -> dict:
    source = {"from": {}, "to": {}, "rel": None}
    if followup_of is not None:
        source = {"from": {"ticket_id": followup_of}, "to": {}, "rel": "follow_up"}
    return {"channel": channel, "source": source}


def ticket_shown(ticket: Ticket, base: str) -> dict:
    custom = ticket.custom or {}
    fields = [{"id": id, "value": custom.get(id)} for id in CUSTOM]
    return {
        "url": f"{base}/api/v2/tickets/{ticket.id}.json", "id": ticket.id, "external_id": ticket.external_id,
        "via": via(ticket.channel, ticket.followup_of), "created_at": iso(ticket.created),
        "updated_at": iso(ticket.updated),
        "generated_timestamp": ticket.generated, "type": ticket.type, "subject": ticket.subject,
        "raw_subject": ticket.subject,
        "description": ticket.comments[0].text, "priority": ticket.priority,
        "status": ticket.status if ticket.deleted is None else "deleted", "recipient": ticket.recipient,
        "requester_id": ticket.requester, "submitter_id": ticket.submitter, "assignee_id": ticket.assignee,
        "organization_id": ticket.organization, "group_id": ticket.group,
        "collaborator_ids": list(ticket.collaborators),
        "follower_ids": [], "email_cc_ids": [], "forum_topic_id": None, "problem_id": ticket.problem,
        "has_incidents": False,
        "is_public": any(comment.public for comment in ticket.comments), "due_at": ticket.due_at,
        "tags": list(ticket.tags),
        "custom_fields": fields, "satisfaction_rating": None, "sharing_agreement_ids": [], "fields": fields,
        "followup_ids": list(ticket.followups), "brand_id": 1, "allow_channelback": False, "allow_attachments": True,
        "from_messaging_channel": False,
    }


def attachment_shown(attachment: Attachment, base: str, is_picture: bool = False) -> dict:
    return {
        "url": f"{base}/api/v2/attachments/{attachment.id}.json", "id": attachment.id, "file_name": attachment.name,
        "content_url": f"{base}/attachments/token/{attachment.token}/", "content_type": attachment.type,
        "mapped_content_url": f"{base}/attachments/token/{attachment.token}/", "size": len(attachment.data),
        "width": None,
        "height": None, "inline": is_picture, "deleted": False, "malware_access_override": False,
        "malware_scan_result": "malware_not_found", "thumbnails": [],
    }


def comment_shown(comment: Comment, base: str, attachments: dict[int, Attachment], with_pictures: bool = False) -> dict:
    """A comment; the pictures within its text are among its files only where somebody asks for them."""
    html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in comment.text.split("\n\n"))
    html += "".join(f'<img src="{base}/attachments/token/{attachments[id].token}/">' for id in comment.pictures)
    return {
        "id": comment.id, "type": "Comment", "author_id": comment.author, "body": comment.text,
        "html_body": f'<div class="zd-comment" dir="auto">{html}</div>', "plain_body": comment.text,
        "public": comment.public,
        "attachments": [attachment_shown(attachments[id], base, id in comment.pictures) for id in comment.attachments
                        if with_pictures or id not in comment.pictures],
        "audit_id": comment.audit,
        "via": via(comment.channel), "created_at": iso(comment.created), "metadata": {"system": {}, "custom": {}},
    }


def first_values(ticket: Ticket) -> dict:
    """The fields a ticket had when it was made: those of now, with the changes undone."""
    values = {
        "subject": ticket.subject, "status": ticket.status, "priority": ticket.priority, "type": ticket.type,
        "requester_id": ticket.requester, "assignee_id": ticket.assignee, "group_id": ticket.group,
        "organization_id": ticket.organization, "external_id": ticket.external_id, "tags": list(ticket.tags),
        **{str(id): value for id, value in (ticket.custom or {}).items()},
    }
    for _, _, _, field, old, _ in reversed(ticket.changes or ()):
        values[field] = old
    return {field: value for field, value in values.items() if value not in (None, [])}


def audits_shown(ticket: Ticket, base: str, attachments: dict[int, Attachment]) -> list[dict]:
    """Every change of the ticket, in order; the first audit is its creation."""
    audits: dict[int, dict] = {}

    def audit(id: int, created: int, author: int, channel: str) -> list[dict]:
        if id not in audits:
            audits[id] = {"id": id, "ticket_id": ticket.id, "created_at": iso(created), "author_id": author,
                          "metadata": {"system": {}, "custom": {}}, "via": via(channel), "events": []}
        return audits[id]["events"]

    for comment in ticket.comments:
        events = audit(comment.audit, comment.created, comment.author, comment.channel)
        events.append(comment_shown(comment, base, attachments))
    created = audits[ticket.audit]
    created["author_id"] = ticket.submitter
    for field, value in first_values(ticket).items():
        created["events"].append({"id": event_id(created), "type": "Create", "field_name": field, "value": value})
    for id, time, author, field, old, new in ticket.changes or ():
        audit(id, time, author, "api").append(
            {"id": event_id(audits[id]), "type": "Change", "field_name": field, "value": new, "previous_value": old})
    return [audits[id] for id in sorted(audits)]


def event_id(audit: dict) -> int:
    return audit["id"] * 100 + len(audit["events"])


def user_shown(person: Person, base: str) -> dict:
    created = iso(person.created)
    return {
        "id": person.number, "url": f"{base}/api/v2/users/{person.number}.json", "name": person.name,
        "email": person.email,
        "created_at": created, "updated_at": created, "time_zone": "UTC", "iana_time_zone": "Etc/UTC", "phone": None,
        "shared_phone_number": None, "photo": None, "locale_id": 1, "locale": "en-US",
        "organization_id": organization_id(person.organization), "role": person.role, "verified": True,
        "external_id": None,
        "tags": [], "alias": "", "active": True, "shared": False, "shared_agent": False, "last_login_at": None,
        "signature": "", "details": "", "notes": "", "moderator": person.is_agent, "only_private_comments": False,
        "restricted_agent": person.limited, "suspended": False, "default_group_id": 20 if person.is_agent else None,
        "report_csv": False, "user_fields": {}, "ticket_restriction": None if person.is_agent else "requested",
    }


def group_shown(id: int, name: str, base: str, created: int) -> dict:
    return {"url": f"{base}/api/v2/groups/{id}.json", "id": id, "name": name, "description": "", "default": id == 20,
            "deleted": False, "is_public": True, "created_at": iso(created), "updated_at": iso(created)}
