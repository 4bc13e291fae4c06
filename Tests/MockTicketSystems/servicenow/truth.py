"""The complete state of the mock ServiceNow, and many incidents at once."""

from random import Random

from server import words
from server.people import digest, domain
from servicenow.schema import ESCALATIONS, LEVELS, PRIORITY, STATES
from servicenow.table import Table, stamp

SUPPORT = digest("sys_user_group", "Support")


def seed(desk, count: int, comments: tuple[int, int], number: int, days: float) -> int:
    """Makes incidents of made-up text in the `days` before now; the number of journal entries made."""
    random, now = Random(number), desk.clock.seconds()
    incidents, journal = desk.tables["incident"], desk.tables["sys_journal_field"]
    agents = ("agent@example.com", "admin@example.com")
    plan = []
    for _ in range(count):
        opened = now - int(random.random() * days * 86_400)
        gaps = [random.randrange(60, 7200) for _ in range(random.randint(*comments))]
        plan.append((min(now, opened + sum(gaps)), opened, gaps))
    total = 0
    # In order of the last change, which is the order the instance would have them in.
    for updated, opened, gaps in sorted(plan):
        row, person = seeded(desk, random, incidents, opened, updated)
        at = opened
        for gap in gaps:
            at += gap
            by_agent = random.random() < 0.6
            element = "work_notes" if by_agent and random.random() < 0.3 else "comments"
            journal.insert(desk.next_id(), min(at, now), random.choice(agents) if by_agent else person.email, {
                "name": "incident", "element": element, "element_id": row[0], "value": words.reply(random)})
            total += 1
        row[incidents.place["sys_mod_count"]] = str(len(gaps))
    return total


def seeded(desk, random: Random, incidents: Table, opened: int, updated: int):
    name, local, index = words.person(random)
    person = desk.person(f"{local}@{domain(index)}", name)
    subject, state = words.subject(random), random.choice(list(STATES))
    impact, urgency = random.choice(list(LEVELS)), random.choice(list(LEVELS))
    desk.last_incident += 1
    time = stamp(opened)
    over = {"resolved_at": stamp(updated)} if state in ("6", "7") else {}
    row = incidents.insert(desk.next_id(), updated, "agent@example.com", {
        "number": f"INC{desk.last_incident:07}", "short_description": subject,
        "description": f"{subject}. {words.reply(random)}",
        "state": state, "incident_state": state, "impact": impact, "urgency": urgency,
        "priority": PRIORITY[impact, urgency],
        "caller_id": person.sys_id, "company": desk.company(person), "opened_at": time, "opened_by": person.sys_id,
        "assignment_group": ESCALATIONS if random.random() < 0.1 else SUPPORT, "category": "inquiry",
        "reopen_count": "0",
        "active": "false" if state in ("7", "8") else "true", "sys_class_name": "incident", "sys_domain": "global",
        **over})
    row[incidents.place["sys_created_on"]] = time
    row[incidents.place["sys_created_by"]] = person.email
    return row, person


def iso(time: str) -> str | None:
    return time.replace(" ", "T") + "Z" if time else None


def state(desk, ids: set[str] | None):
    """The incidents, one at a time; then those deleted."""
    table = desk.tables["incident"]
    for row in table.rows.values():
        if ids is None or row[0] in ids:
            yield shown(desk, table, row)
    deleted = desk.tables["sys_audit_delete"]
    for row in deleted.rows.values():
        if deleted.get(row, "tablename") == "incident" and (ids is None or deleted.get(row, "documentkey") in ids):
            yield {"id": deleted.get(row, "documentkey"), "key": None, "number": deleted.get(row, "display_value"),
                   "externalId": None, "status": None, "fields": {}, "comments": [], "tags": [], "links": [],
                   "attachments": [], "deleted": True, "mergedInto": None}


def shown(desk, table: Table, row: list[str]) -> dict:
    journal, files = desk.tables["sys_journal_field"], desk.tables["sys_attachment"]
    entries = [journal.rows[id] for id in journal.indexes["element_id"].get(row[0], ())]
    held = [files.rows[id] for id in files.indexes["table_sys_id"].get(row[0], ())]
    fields = {name: value for name, value in zip(table.columns, row) if name not in table.journals}
    parent = fields["parent_incident"]
    return {
        "id": row[0], "key": None, "number": fields["number"], "externalId": fields["correlation_id"] or None,
        "status": fields["state"], "fields": fields, "createdAt": iso(fields["sys_created_on"]),
        "updatedAt": iso(fields["sys_updated_on"]), "createdBy": fields["sys_created_by"],
        "comments": [{"id": entry[0], "author": journal.get(entry, "sys_created_by"),
                      "public": journal.get(entry, "element") == "comments", "text": journal.get(entry, "value"),
                      "createdAt": iso(journal.get(entry, "sys_created_on"))} for entry in entries],
        "tags": [tag for tag in fields["sys_tags"].split(",") if tag],
        "links": [{"type": "parent", "to": parent}] if parent else [],
        "attachments": [{"id": each[0], "name": files.get(each, "file_name"),
                         "size": int(files.get(each, "size_bytes")),
                         "sha256": files.get(each, "hash")} for each in held],
        "deleted": False, "mergedInto": None,
    }


def articles(desk) -> list[dict]:
    table = desk.tables["kb_knowledge"]
    return [{"id": row[0], "title": table.get(row, "short_description"), "body": table.get(row, "text"),
             "state": table.get(row, "workflow_state"), "version": table.get(row, "version")}
            for row in table.rows.values()]
