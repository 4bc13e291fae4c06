"""Writing rows: what the instance adds by itself, its history, its journal and its calls to the outside."""

from server.people import ORGANIZATIONS, Person
from servicenow.schema import KNOWLEDGE_BASE, PRIORITY, company_id
from servicenow.table import SYSTEM_COLUMNS, Table, stamp

JOURNAL = ("comments", "work_notes")
FOR_CUSTOMERS = ("short_description", "description", "comments", "urgency")
AUDITED = ("incident", "kb_knowledge")


def accepted(table: Table, values: dict[str, str], user: Person) -> dict[str, str]:
    """What of the given values a row takes: other columns, the system's own, and what the user may not write go unsaid."""
    kept = {name: value for name, value in values.items() if name in table.place and name not in SYSTEM_COLUMNS
            and name not in ("number", "comments_and_work_notes")}
    if user.limited:
        kept.pop("priority", None)
    if not user.is_agent:
        kept = {name: value for name, value in kept.items() if name in FOR_CUSTOMERS}
    return kept


def create(desk, table: Table, values: dict[str, str], user: Person) -> tuple[list[str], str | None]:
    """Makes a row: (the row, the id of the journal entry made)."""
    now = desk.clock.seconds()
    notes = {name: values.pop(name) for name in JOURNAL if name in values and name in table.journals}
    defaults = {"incident": new_incident, "kb_knowledge": new_article, "sys_user": new_user}[table.name]
    row = table.insert(desk.next_id(), now, user.email, defaults(desk, values, user, now))
    entry = note(desk, table, row, notes, user)
    publish(desk, table, row, user)
    return row, entry


def new_incident(desk, values: dict[str, str], user: Person, now: int) -> dict[str, str]:
    desk.last_incident += 1
    made = {"number": f"INC{desk.last_incident:07}", "state": "1", "impact": "3", "urgency": "3", "active": "true",
            "opened_at": stamp(now), "opened_by": user.sys_id, "sys_class_name": "incident", "sys_domain": "global",
            "reopen_count": "0", "category": "inquiry", "caller_id": user.sys_id, **values}
    made.setdefault("priority", PRIORITY.get((made["impact"], made["urgency"]), "5"))
    if "impact" in values or "urgency" in values:
        made["priority"] = PRIORITY.get((made["impact"], made["urgency"]), "5")
    return made | of_state("", made["state"], user, now)


def new_article(desk, values: dict[str, str], user: Person, now: int) -> dict[str, str]:
    desk.last_article += 1
    made = {"number": f"KB{desk.last_article:07}", "kb_knowledge_base": KNOWLEDGE_BASE, "workflow_state": "draft",
            "version": "1.0",
            "author": user.sys_id, "active": "true", "article_type": "text", "sys_class_name": "kb_knowledge", **values}
    if made["workflow_state"] == "published":
        made["workflow_state"] = "review" if desk.settings["knowledgeApproval"] else "published"
        made["published"] = stamp(now)
    return made


def new_user(desk, values: dict[str, str], user: Person, now: int) -> dict[str, str]:
    return {"active": "true", "user_name": values.get("email", ""), **values}


def of_state(old: str, new: str, user: Person, now: int) -> dict[str, str]:
    """What a state brings along."""
    if old == new:
        return {}
    brought = {"incident_state": new, "active": "false" if new in ("7", "8") else "true"}
    if new in ("6", "7"):
        brought |= {"resolved_at": stamp(now), "resolved_by": user.sys_id}
    if new in ("7", "8"):
        brought |= {"closed_at": stamp(now), "closed_by": user.sys_id}
    return brought


def update(desk, table: Table, row: list[str], values: dict[str, str], user: Person,
           is_silent: bool = False) -> tuple[dict[str, str], str | None]:
    """Changes a row: (the columns that changed, the id of the journal entry made)."""
    now = desk.clock.seconds()
    notes = {name: values.pop(name) for name in JOURNAL if name in values and name in table.journals}
    if desk.settings["dropsComments"]:
        notes = {}
    if table.name == "incident":
        values |= followed(table, row, values, user, now)
    changed = {name: value for name, value in values.items() if table.get(row, name) != value}
    if not changed and not any(notes.values()):
        return {}, None
    if table.name in AUDITED:
        audit(desk, table, row, {**changed, **notes}, user, now)
    table.update(row, now, user.email, changed, is_silent)
    entry = note(desk, table, row, notes, user)
    publish(desk, table, row, user)
    return changed, entry


def followed(table: Table, row: list[str], values: dict[str, str], user: Person, now: int) -> dict[str, str]:
    """Rules of an incident: priority follows from impact and urgency, times and activity from the state."""
    added = {}
    if "impact" in values or "urgency" in values:
        pair = tuple(values.get(name, table.get(row, name)) for name in ("impact", "urgency"))
        added["priority"] = PRIORITY.get(pair, "5")
    if "state" in values:
        old, new = table.get(row, "state"), values["state"]
        added |= of_state(old, new, user, now)
        if old in ("6", "7") and new not in ("6", "7"):
            added |= {"resolved_at": "", "resolved_by": "", "closed_at": "", "closed_by": "",
                      "reopen_count": str(int(table.get(row, "reopen_count") or "0") + 1)}
    return added


def note(desk, table: Table, row: list[str], notes: dict[str, str], user: Person) -> str | None:
    """Writes journal entries; the id of the last."""
    made = None
    for element, text in notes.items():
        if text:
            made = desk.next_id()
            desk.tables["sys_journal_field"].insert(made, desk.clock.seconds(), user.email, {
                "name": table.name, "element": element, "element_id": row[0], "value": text})
    return made


def audit(desk, table: Table, row: list[str], values: dict[str, str], user: Person, now: int) -> None:
    for name, value in values.items():
        desk.tables["sys_audit"].insert(desk.next_id(), now, user.email, {
            "tablename": table.name, "fieldname": name, "documentkey": row[0], "newvalue": value, "user": user.email,
            "oldvalue": "" if name in table.journals else table.get(row, name),
            "record_checkpoint": str(int(table.get(row, "sys_mod_count")) + 1)})


def publish(desk, table: Table, row: list[str], user: Person) -> None:
    """The business rule after an insert or update of an incident."""
    if table.name == "incident":
        body = {"sys_id": row[0], "number": table.get(row, "number"), "sys_mod_count": table.get(row, "sys_mod_count"),
                "table": table.name}
        desk.world.webhooks.publish(desk.name, user.email, lambda hook: [body])


def delete(desk, table: Table, row: list[str], user: Person) -> None:
    """The row is gone, with its journal and attachments; the audit of deletions remembers it."""
    desk.tables["sys_audit_delete"].insert(desk.next_id(), desk.clock.seconds(), user.email, {
        "tablename": table.name, "documentkey": row[0], "display_value": table.get(row, table.display),
        "user": user.email})
    for name, column in (("sys_journal_field", "element_id"), ("sys_attachment", "table_sys_id")):
        other = desk.tables[name]
        for id in list(other.indexes[column].get(row[0], ())):
            other.delete(other.rows[id])
            desk.files.pop(id, None)
    table.delete(row)


def person_row(desk, person: Person) -> None:
    """The row of a user."""
    first, _, last = person.name.partition(" ")
    company = "" if person.organization is None else company_id(ORGANIZATIONS[person.organization])
    desk.tables["sys_user"].insert(person.sys_id, desk.clock.seconds(), "system", {
        "user_name": person.email, "name": person.name, "first_name": first, "last_name": last, "email": person.email,
        "active": "true", "company": company})
