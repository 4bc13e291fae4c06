"""The complete state of the mock Zendesk, and many tickets at once."""

from random import Random

from server import words
from server.clock import iso
from server.people import domain
from zendesk.records import CUSTOM, GROUPS, VERSION, Comment, Ticket, organization_id

STATUSES = ("new", "open", "open", "pending", "hold", "solved", "solved", "closed")


def seed(desk, count: int, comments: tuple[int, int], number: int, days: float) -> int:
    """Makes tickets of made-up text in the `days` before now; the number of comments made, the first of each ticket too."""
    random, now = Random(number), desk.clock.seconds()
    times = sorted(now - int(random.random() * days * 86_400) for _ in range(count))
    agents = [desk.people.by_email["agent@example.com"].number, desk.people.by_email["admin@example.com"].number]
    made = []
    total = 0
    for time in times:
        ticket = seeded(desk, random, time)
        at = time
        for _ in range(random.randint(*comments)):
            at += random.randrange(60, 7200)
            by_agent = random.random() < 0.6
            author = random.choice(agents) if by_agent else ticket.requester
            is_public = not by_agent or random.random() < 0.7
            ticket.comments.append(Comment(desk.next_id(), desk.next_id(), author, words.reply(random), is_public,
                                           min(at, now)))
        total += len(ticket.comments)
        ticket.updated = ticket.generated = min(at, now)
        made.append(ticket)
    desk.comment_count += total
    for ticket in sorted(made, key=lambda ticket: ticket.generated):
        desk.changes.record(ticket.generated, ticket.id)
    return total


def seeded(desk, random: Random, time: int) -> Ticket:
    name, local, index = words.person(random)
    person = desk.person(f"{local}@{domain(index)}", name)
    subject = words.subject(random)
    ticket = Ticket(desk.next_ticket(), subject, person.number, person.number, time, "email")
    ticket.comments = [Comment(desk.next_id(), desk.next_id(), person.number, f"{subject}. {words.reply(random)}", True,
                               time, (), "email")]
    ticket.status = random.choice(STATUSES)
    ticket.priority = random.choice(words.PRIORITIES)
    ticket.group = 21 if random.random() < 0.1 else 20
    ticket.organization = organization_id(person.organization)
    ticket.tags = tuple(sorted(set(random.sample(words.TAGS, random.randrange(3)))))
    if ticket.status != "new":
        ticket.assignee = desk.people.by_email["agent@example.com"].number
    if random.random() < 0.3:
        ticket.custom = {VERSION: f"4.{random.randrange(10)}"}
    desk.tickets[ticket.id] = ticket
    return ticket


def state(desk, ids: set[str] | None):
    """The tickets, one at a time, whatever their state."""
    for ticket in desk.tickets.values():
        if ids is None or str(ticket.id) in ids:
            yield shown(desk, ticket)


def email(desk, number: int | None) -> str | None:
    return None if number is None else desk.people.by_number[number].email


def shown(desk, ticket: Ticket) -> dict:
    links = [{"type": "follow_up_of", "to": str(ticket.followup_of)}] if ticket.followup_of else []
    links += [{"type": "follow_up", "to": str(id)} for id in ticket.followups]
    if ticket.problem:
        links.append({"type": "problem", "to": str(ticket.problem)})
    held = [desk.attachments[id] for comment in ticket.comments for id in comment.attachments]
    return {
        "id": str(ticket.id), "key": None, "number": str(ticket.id), "externalId": ticket.external_id,
        "status": ticket.status,
        "fields": {"subject": ticket.subject, "description": ticket.comments[0].text, "priority": ticket.priority,
                   "type": ticket.type, "status": ticket.status, "requester": email(desk, ticket.requester),
                   "assignee": email(desk, ticket.assignee), "group": GROUPS.get(ticket.group),
                   "organization_id": ticket.organization, "custom_fields": {
                       str(id): (ticket.custom or {}).get(id) for id in CUSTOM}},
        "createdAt": iso(ticket.created), "updatedAt": iso(ticket.updated), "createdBy": email(desk, ticket.submitter),
        "comments": [{"id": str(comment.id), "author": email(desk, comment.author), "public": comment.public,
                      "text": comment.text, "createdAt": iso(comment.created)} for comment in ticket.comments],
        "tags": list(ticket.tags), "links": links, "attachments": [
            {"id": str(each.id), "name": each.name, "size": len(each.data), "sha256": each.sha256} for each in held],
        "deleted": ticket.deleted is not None, "mergedInto": None if ticket.merged_into is None
        else str(ticket.merged_into),
    }


def articles(desk) -> list[dict]:
    return [{"id": str(article.id), "title": text.title, "body": text.body, "version": article.version,
             "state": "archived" if article.is_archived else "draft" if text.draft else "published"}
            for article in desk.articles.values() for text in [article.translations[article.locale]]]
