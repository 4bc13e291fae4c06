"""Rows as the Table API shows them."""

from server.clock import local
from servicenow.query import is_time
from servicenow.table import STAMP, Table, seconds

LABELS = {"comments": "Additional comments", "work_notes": "Work notes"}


class View:
    """How one request wants its rows: `mode` is `false`, `true` or `all` (display values), `fields` None for all."""

    def __init__(self, desk, request) -> None:
        self.tables, self.base = desk.tables, request.base
        query = request.query
        self.mode = query.get("sysparm_display_value", "false").lower()
        self.without_link = request.flag("sysparm_exclude_reference_link")
        fields = query.get("sysparm_fields", "")
        self.fields = [field for field in fields.split(",") if field] or None
        self.zone = desk.settings.time_zone(request.user.email)

    def row(self, table: Table, row: list[str]) -> dict:
        """A row, or the fields asked for; a field that is none is left out."""
        shown = {}
        for name in self.fields or table.columns:
            if "." in name:
                shown[name] = self.walked(table, row, name)
            elif name in table.place:
                shown[name] = self.value(table, row, name)
        return shown

    def walked(self, table: Table, row: list[str], name: str):
        *steps, last = name.split(".")
        for step in steps:
            target = self.tables.get(table.references.get(step, ""))
            row = target.rows.get(table.get(row, step)) if target else None
            if row is None:
                return ""
            table = target
        return self.value(table, row, last) if last in table.place else ""

    def value(self, table: Table, row: list[str], name: str):
        raw = "" if name in table.journals else table.get(row, name)
        reference = table.references.get(name)
        if self.mode == "false":
            if reference and raw and not self.without_link:
                return {"link": self.link(reference, raw), "value": raw}
            return raw
        display = self.display(table, row, name, raw)
        if self.mode == "all":
            shown = {"display_value": display, "value": raw}
            if reference and raw and not self.without_link:
                shown["link"] = self.link(reference, raw)
            return shown
        if reference and raw and not self.without_link:
            return {"display_value": display, "link": self.link(reference, raw)}
        return display

    def link(self, table: str, sys_id: str) -> str:
        return f"{self.base}/api/now/table/{table}/{sys_id}"

    def display(self, table: Table, row: list[str], name: str, raw: str) -> str:
        """A value for people: names, labels, times in the zone of the user, the whole journal."""
        if name in table.journals:
            return self.journal(row, name)
        if name in table.references:
            target = self.tables[table.references[name]]
            found = target.rows.get(raw)
            return target.get(found, target.display) if found else ""
        if name in table.choices:
            return table.choices[name].get(raw, raw)
        if is_time(name) and raw and self.zone != "UTC":
            return local(seconds(raw), self.zone).strftime(STAMP)
        return raw

    def journal(self, row: list[str], name: str) -> str:
        """The entries of a journal field, the newest first."""
        journal = self.tables["sys_journal_field"]
        entries = [journal.rows[id] for id in journal.indexes["element_id"].get(row[0], ())]
        users = self.tables["sys_user"]
        text = []
        for entry in reversed(entries):
            element = journal.get(entry, "element")
            if name in (element, "comments_and_work_notes"):
                ids = users.indexes["user_name"].get(journal.get(entry, "sys_created_by"), ())
                author = users.get(users.rows[ids[0]], "name") if ids else journal.get(entry, "sys_created_by")
                time = local(seconds(journal.get(entry, "sys_created_on")), self.zone).strftime(STAMP)
                text.append(f"{time} - {author} ({LABELS[element]})\n{journal.get(entry, 'value')}\n\n")
        return "".join(text)
