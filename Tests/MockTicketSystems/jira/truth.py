"""The complete state of the mock Jira, and many issues at once."""

from random import Random

from jira import adf
from jira.records import (CUSTOM, GROUP, LINK_TYPES, ORGANIZATIONS, PRIORITIES, STATUSES, Comment, Issue)
from server import words
from server.clock import iso
from server.people import domain

SEEDED_STATUSES = [id for id, status in STATUSES.items() if id < 10010]


def seed(desk, count: int, comments: tuple[int, int], number: int, days: float) -> int:
    """Makes issues of made-up text in the `days` before now in the project SUP; the number of comments made."""
    random, now = Random(number), desk.clock.milliseconds()
    times = sorted(now - int(random.random() * days * 86_400_000) for _ in range(count))
    agents = [desk.people.by_email["agent@example.com"].number, desk.people.by_email["admin@example.com"].number]
    made, total = [], 0
    for created in times:
        issue = seeded(desk, random, created)
        at = created
        for _ in range(random.randint(*comments)):
            at += random.randrange(60_000, 7_200_000)
            by_agent = random.random() < 0.6
            author = random.choice(agents) if by_agent else issue.reporter
            issue.comments.append(Comment(desk.next_id(), author, words.reply(random), min(at, now), by_agent
                                          and random.random() < 0.3))
        total += len(issue.comments)
        issue.updated = min(at, now)
        made.append(issue)
    desk.comment_count += total
    for issue in sorted(made, key=lambda issue: issue.updated):
        desk.changes.record(issue.updated, issue.id)
    desk.version += 1
    return total


def seeded(desk, random: Random, created: int) -> Issue:
    name, local, index = words.person(random)
    person = desk.people.add(f"{local}@{domain(index)}", name)
    subject = words.subject(random)
    issue = Issue(desk.next_id(), "SUP", desk.next_number("SUP"), random.choice(("Task", "Incident", "Question")),
                  subject,
                  person.number, created)
    issue.description = f"{subject}. {words.reply(random)}"
    issue.status = random.choice(SEEDED_STATUSES)
    if STATUSES[issue.status].category == "done":
        issue.resolution, issue.resolved = "Done", created
    issue.priority = random.choice(list(PRIORITIES))
    issue.labels = tuple(sorted(random.sample(words.TAGS, random.randrange(3))))
    issue.custom = {GROUP: "Escalations" if random.random() < 0.1 else "Support", ORGANIZATIONS: (index + 1,)}
    desk.issues[issue.id] = desk.by_key[issue.key] = issue
    return issue


def state(desk, ids: set[str] | None):
    """The issues by key, one at a time; then those deleted."""
    for issue in desk.issues.values():
        if ids is None or issue.key in ids or str(issue.id) in ids:
            yield shown(desk, issue)
    for id, key in desk.deleted.items():
        if ids is None or key in ids or str(id) in ids:
            yield {"id": str(id), "key": key, "number": key, "externalId": None, "status": None, "fields": {},
                   "comments": [],
                   "tags": [], "links": [], "attachments": [], "deleted": True, "mergedInto": None}


def shown(desk, issue: Issue) -> dict:
    def email(number: int | None) -> str | None:
        return None if number is None else desk.people.by_number[number].email
    held = [desk.attachments[id] for id in issue.attachments]
    links = [{"type": LINK_TYPES[name][2 if side == "outwardIssue" else 1], "to": desk.issues[other].key}
             for _, name, side, other in issue.links or ()]
    links += [{"type": "remote", "to": link["object"]["url"]} for link in issue.remote_links or ()]
    return {
        "id": str(issue.id), "key": issue.key, "number": issue.key, "externalId": issue.value("customfield_10100"),
        "status": STATUSES[issue.status].name, "fields": {
            "summary": issue.summary, "description": adf.text(issue.description), "priority": issue.priority,
            "issuetype": issue.type,
            "status": STATUSES[issue.status].name, "resolution": issue.resolution, "reporter": email(issue.reporter),
            "assignee": email(issue.assignee), "properties": issue.properties or {},
            **{name: issue.value(name) for name in CUSTOM}},
        "createdAt": iso(issue.created // 1000), "updatedAt": iso(issue.updated // 1000),
        "createdBy": email(issue.creator),
        "comments": [{"id": str(comment.id), "author": email(comment.author), "public": not comment.internal,
                      "text": adf.text(comment.body), "createdAt": iso(comment.created // 1000)}
                     for comment in issue.comments],
        "tags": list(issue.labels), "links": links, "attachments": [
            {"id": str(each.id), "name": each.name, "size": len(each.data), "sha256": each.sha256} for each in held],
        "deleted": False, "mergedInto": None,
    }
