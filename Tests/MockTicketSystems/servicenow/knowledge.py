"""kb_knowledge: the flow of an article."""

from server.people import Person
from servicenow import records
from servicenow.table import Table, stamp


def update(desk, table: Table, row: list[str], values: dict[str, str],
           user: Person) -> tuple[list[str], dict[str, str]]:
    """Changes an article: (the row that took the change, what changed). With versioning a published article stays as it is, and
    a new draft version, a row of its own, takes the change; with approval what is to be published waits in review."""
    if values.get("workflow_state") == "published" and table.get(row, "workflow_state") != "published":
        if desk.settings["knowledgeApproval"]:
            values["workflow_state"] = "review"
        else:
            values["published"] = stamp(desk.clock.seconds())
            retire_others(desk, table, row, user)
    is_text = any(name in values for name in ("short_description", "text"))
    if is_text and desk.settings["knowledgeVersioning"] and table.get(row, "workflow_state") == "published":
        return new_version(desk, table, row, values, user), values
    changed, _ = records.update(desk, table, row, values, user)
    return row, changed


def new_version(desk, table: Table, row: list[str], values: dict[str, str], user: Person) -> list[str]:
    """A draft with the number of `row` and the next version."""
    major, _, minor = table.get(row, "version").partition(".")
    kept = {name: table.get(row, name) for name in table.columns if not name.startswith("sys_")}
    return table.insert(desk.next_id(), desk.clock.seconds(), user.email, {
        **kept, **values, "workflow_state": "draft", "published": "", "version": f"{major}.{int(minor or 0) + 1}",
        "base_version": row[0]})


def retire_others(desk, table: Table, row: list[str], user: Person) -> None:
    """When a version is published the one before it is outdated."""
    for id in list(table.indexes["number"].get(table.get(row, "number"), ())):
        other = table.rows[id]
        if other is not row and table.get(other, "workflow_state") == "published":
            records.update(desk, table, other, {"workflow_state": "outdated"}, user)
