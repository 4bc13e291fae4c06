"""The rules by which a ticket is made and changed."""

import re

from server.clock import iso
from server.messages import Refused, reply_json
from server.people import Person
from zendesk import events, uploads
from zendesk.records import (COMPONENT, COMPONENTS, CUSTOM, GROUPS, HIDDEN_GROUP, PRIORITIES, STATUSES, TYPES, Comment,
                             Ticket,
                             organization_id, organization_ids)

COMMENT_LIMIT = 65_535
TAGLESS = re.compile(r"<[^>]*>")
PICTURE = re.compile(r"<img [^>]*src=\"[^\"]*/attachments/token/([0-9a-f]+)")
CHOICES = {"status": STATUSES, "priority": (*PRIORITIES, None), "type": (*TYPES, None)}
# Name in the API: name in the record.
TEXTS = {"subject": "subject", "external_id": "external_id", "due_at": "due_at", "recipient": "recipient"}
NUMBERS = {"requester_id": "requester", "assignee_id": "assignee", "group_id": "group",
           "organization_id": "organization",
           "problem_id": "problem"}
PLACES = {**TEXTS, **NUMBERS, **{name: name for name in CHOICES}, "tags": "tags"}


def invalid(field: str, description: str, error: str = "InvalidValue") -> Refused:
    details = {field: [{"description": description, "error": error}]}
    return Refused(reply_json(422, {"error": "RecordInvalid", "description": "Record validation errors",
                                    "details": details}))


def as_tags(value) -> tuple[str, ...]:
    """Tags as Zendesk keeps them: lower case, without spaces, each once, in order of the alphabet."""
    words = value.split() if isinstance(value, str) else value
    if not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
        raise invalid("tags", "Tags: is invalid")
    return tuple(sorted({part for word in words for part in word.lower().split()}))


def guard(ticket: Ticket, given: dict) -> None:
    """The safe update: refuses with 409 when the ticket was updated after `updated_stamp`."""
    if given.get("safe_update") not in (True, "true"):
        return
    stamp = given.get("updated_stamp")
    if not isinstance(stamp, str):
        raise invalid("updated_stamp", "updated_stamp: is needed for a safe update")
    if stamp.replace("+00:00", "Z") != iso(ticket.updated):
        raise Refused(reply_json(409, {
            "error": "UpdateConflict", "description": "Safe Update prevented the update due to outdated ticket data. "
            "Please fetch the latest ticket data and try again."}))


def read_changes(desk, given: dict, user: Person) -> dict:
    """The values a request wants, by their names in the API; custom fields by number. Raises Refused with 422 or 403."""
    if "priority" in given and user.limited:
        raise desk.refuse(403, "You do not have permission to change the priority")
    wanted: dict = {}
    for name, choices in CHOICES.items():
        if name in given:
            if given[name] not in choices:
                raise invalid(name, f"{name.capitalize()}: {given[name]} is not valid")
            wanted[name] = given[name]
    for name in TEXTS:
        if name in given:
            if not isinstance(given[name], str | None):
                raise invalid(name, f"{name.capitalize()}: is invalid")
            wanted[name] = given[name]
    for name in NUMBERS:
        if name in given:
            wanted[name] = checked_number(desk, name, given[name])
    if isinstance(given.get("assignee_email"), str):
        person = desk.people.by_email.get(given["assignee_email"].lower())
        wanted["assignee_id"] = checked_number(desk, "assignee_id", person.number if person else -1)
    if "tags" in given:
        wanted["tags"] = as_tags(given["tags"])
    wanted.update(read_custom(given))
    return wanted


def checked_number(desk, name: str, value) -> int | None:
    """A reference that leads somewhere."""
    if value is None and name != "requester_id":
        return None
    known = {
        "assignee_id": lambda id: id in desk.people.by_number and desk.people.by_number[id].is_agent,
        "requester_id": lambda id: id in desk.people.by_number, "group_id": lambda id: id in GROUPS,
        "organization_id": lambda id: id in organization_ids(), "problem_id": lambda id: id in desk.tickets,
    }[name]
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = -1
    if not known(number):
        label = name.removesuffix("_id").capitalize()
        raise invalid(name.removesuffix("_id"), f"{label}: {value} does not exist or cannot be used")
    return number


def read_custom(given: dict) -> dict[int, object]:
    """Custom fields by number; numbers of no field are dropped without a word."""
    listed = given.get("custom_fields", given.get("fields", []))
    if isinstance(listed, dict):
        listed = [{"id": id, "value": value} for id, value in listed.items()]
    if not isinstance(listed, list):
        raise invalid("custom_fields", "Custom fields: is invalid")
    wanted = {}
    for field in listed:
        id = str(field.get("id")) if isinstance(field, dict) else ""
        if id.isdigit() and int(id) in CUSTOM:
            value = field.get("value")
            if int(id) == COMPONENT and value not in (None, "", *COMPONENTS):
                raise invalid("base", f"Component: {value} is not a valid value")
            wanted[int(id)] = None if value in (None, "") else str(value)
    return wanted


def read_comment(desk, given: dict, user: Person) -> dict | None:
    """Text, author, visibility and attachments of the comment in a ticket, or None when there is none."""
    comment = given.get("comment")
    if comment is None and isinstance(given.get("description"), str):
        comment = {"body": given["description"]}
    if comment is None:
        return None
    if isinstance(comment, str):
        comment = {"body": comment}
    if not isinstance(comment, dict):
        raise invalid("comment", "Comment: is invalid")
    text = comment.get("body") or comment.get("value")
    if text is None and isinstance(comment.get("html_body"), str):
        text = TAGLESS.sub("", comment["html_body"].replace("<br>", "\n").replace("</p>", "\n\n"))
    if not isinstance(text, str | None):
        raise invalid("comment", "Comment: is invalid")
    text = (text or "").strip()
    if len(text) > COMMENT_LIMIT:
        raise invalid("comment", "Comment: is too long (maximum is 65535 characters)")
    author = user.number
    if "author_id" in comment and user.is_agent:
        author = checked_number(desk, "requester_id", comment["author_id"])
    attachments = uploads.named(desk, comment.get("uploads", []))
    if not text and not attachments:
        raise invalid("comment", "Comment: cannot be blank", "BlankValue")
    is_public = comment.get("public", True) is not False or not desk.people.by_number[author].is_agent
    html = comment.get("html_body") if isinstance(comment.get("html_body"), str) else ""
    pictures = tuple(desk.contents[token].id for token in PICTURE.findall(html) if token in desk.contents)
    return {"text": text, "author": author, "public": is_public, "pictures": pictures,
            "attachments": attachments + tuple(id for id in pictures if id not in attachments),
            "by_customer": not desk.people.by_number[author].is_agent}


def requester(desk, given: dict, user: Person) -> Person:
    """Who asks: the requester of the request, made when new, or the user."""
    asked = given.get("requester")
    if isinstance(asked, dict) and isinstance(asked.get("email"), str) and "@" in asked["email"]:
        return desk.person(asked["email"], asked.get("name"))
    if "requester_id" in given:
        return desk.people.by_number[checked_number(desk, "requester_id", given["requester_id"])]
    return user


def create(desk, given: dict, user: Person, channel: str = "api") -> Ticket:
    """Makes a ticket. The submitter is the author of the first comment. Raises Refused with 422 and makes nothing when a
    value is wrong."""
    wanted = read_changes(desk, given, user)
    comment = read_comment(desk, given, user)
    if comment is None:
        raise invalid("description", "Description: cannot be blank", "BlankValue")
    source = followed(desk, given)
    asker = requester(desk, given, user)
    if given.get("submitter_id") is not None and user.is_agent:
        comment["author"] = checked_number(desk, "requester_id", given["submitter_id"])
    subject = wanted.pop("subject", None) or comment["text"][:80]
    ticket = Ticket(desk.next_ticket(), subject, asker.number, comment["author"], desk.clock.seconds(), channel)
    ticket.organization = organization_id(asker.organization)
    wanted.pop("requester_id", None)
    for name, value in ruled(ticket, wanted, None, user).items():
        put(ticket, name, value)
    add_comment(desk, ticket, comment, desk.next_id(), channel)
    if source is not None:
        ticket.followup_of, source.followups = source.id, (*source.followups, ticket.id)
        desk.touch(source, moves_updated=False)
    desk.add(ticket)
    desk.publish(user, events.created(desk, ticket, user), ticket)
    return ticket


def followed(desk, given: dict) -> Ticket | None:
    """The closed ticket that the new one follows up, if it names one."""
    number = given.get("via_followup_source_id")
    if number is None:
        return None
    source = desk.tickets.get(int(number) if str(number).isdigit() else -1)
    if source is None or source.status != "closed":
        raise invalid("via_followup_source_id", "Follow-up source: is not a closed ticket")
    return source


def update(desk, given: dict, ticket: Ticket, user: Person, channel: str = "api") -> tuple[int, dict, Comment | None]:
    """Changes a ticket: (id of the audit, changed values by name, comment made). Raises Refused with 409, 422 or 403."""
    guard(ticket, given)
    if ticket.status == "closed":
        raise invalid("status", "Status: closed prevents ticket update", "InvalidValue")
    comment = read_comment(desk, {"comment": given.get("comment")}, user)
    if comment is not None and user.is_agent and desk.settings["privateOnly"]:
        comment["public"] = False
    wanted = ruled(ticket, read_changes(desk, given, user), comment, user)
    return apply(desk, ticket, wanted, comment, user, channel)


def apply(desk, ticket: Ticket, wanted: dict, comment: dict | None, user: Person, channel: str = "api",
          moves_updated: bool = True) -> tuple[int, dict, Comment | None]:
    """Puts values and a comment in under one audit; nothing that is already so counts as a change."""
    audit, now = desk.next_id(), desk.clock.seconds()
    changed = {}
    for name, value in wanted.items():
        old = get(ticket, name)
        if old != value:
            changed[name] = (old, value)
            put(ticket, name, value)
    if not changed and comment is None:
        return audit, {}, None
    ticket.changes = ticket.changes or []
    for name, (old, new) in changed.items():
        ticket.changes.append((audit, now, user.number, str(name), listed(old), listed(new)))
        if name == "external_id":
            desk.index_external(ticket, old)
    made = add_comment(desk, ticket, comment, audit, channel) if comment else None
    desk.touch(ticket, moves_updated)
    desk.publish(user, events.changed(desk, ticket, user, audit, changed, made), ticket)
    return audit, changed, made


def ruled(ticket: Ticket, wanted: dict, comment: dict | None, user: Person) -> dict:
    """What is wanted and what follows from it: the status moves by itself, a drop-down's value is a tag."""
    wanted = dict(wanted)
    if COMPONENT in wanted:
        kept = set(wanted.get("tags", ticket.tags)) - {(ticket.custom or {}).get(COMPONENT)}
        wanted["tags"] = tuple(sorted(kept | ({wanted[COMPONENT]} if wanted[COMPONENT] else set())))
    if "status" not in wanted:
        if comment is not None and comment["by_customer"] and ticket.status in ("pending", "hold", "solved"):
            wanted["status"] = "open"
        elif wanted.get("assignee_id") is not None and ticket.status == "new":
            wanted["status"] = "open"
    elif wanted["status"] in ("solved", "closed") and wanted.get("assignee_id",
                                                                 ticket.assignee) is None and user.is_agent:
        wanted["assignee_id"] = user.number
    return wanted


def add_comment(desk, ticket: Ticket, comment: dict, audit: int, channel: str) -> Comment:
    made = Comment(desk.next_id(), audit, comment["author"], comment["text"], comment["public"], desk.clock.seconds(),
                   comment["attachments"], channel, comment["pictures"])
    for id in made.attachments:
        # A token is good once.
        desk.uploads.pop(desk.attachments[id].upload, None)
    ticket.comments.append(made)
    desk.comment_count += 1
    return made


def get(ticket: Ticket, name):
    return (ticket.custom or {}).get(name) if isinstance(name, int) else getattr(ticket, PLACES[name])


def put(ticket: Ticket, name, value) -> None:
    if isinstance(name, int):
        custom = {**(ticket.custom or {}), name: value}
        ticket.custom = {id: value for id, value in custom.items() if value is not None} or None
    else:
        setattr(ticket, PLACES[name], value)


def listed(value):
    return list(value) if isinstance(value, tuple) else value


def is_hidden(ticket: Ticket, user: Person) -> bool:
    return user.limited and ticket.group == HIDDEN_GROUP
