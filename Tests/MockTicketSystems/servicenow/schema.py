"""The tables of the mock ServiceNow and what stands in them at the start."""

from server.people import ORGANIZATIONS, digest
from servicenow.table import Table

STATES = {"1": "New", "2": "In Progress", "3": "On Hold", "6": "Resolved", "7": "Closed", "8": "Canceled"}
LEVELS = {"1": "1 - High", "2": "2 - Medium", "3": "3 - Low"}
PRIORITIES = {"1": "1 - Critical", "2": "2 - High", "3": "3 - Moderate", "4": "4 - Low", "5": "5 - Planning"}
# Of (impact, urgency).
PRIORITY = {("1", "1"): "1", ("1", "2"): "2", ("2", "1"): "2", ("1", "3"): "3", ("2", "2"): "3", ("3", "1"): "3",
            ("2", "3"): "4", ("3", "2"): "4", ("3", "3"): "5"}
HOLD_REASONS = {"1": "Awaiting Caller", "3": "Awaiting Problem", "4": "Awaiting Vendor", "5": "Awaiting Change"}
WORKFLOW = {"draft": "Draft", "review": "Review", "published": "Published", "outdated": "Outdated",
            "retired": "Retired"}
GROUPS = ("Support", "Escalations")
ESCALATIONS = digest("sys_user_group", "Escalations")
READ_ONLY = ("priority", "comments_and_work_notes", "reopen_count")
KNOWLEDGE_BASE = digest("kb_knowledge_base", "Casebook")

INCIDENT = (
    "number", "short_description", "description", "state", "incident_state", "impact", "urgency", "priority",
    "category",
    "subcategory", "contact_type", "caller_id", "company", "assigned_to", "assignment_group", "opened_at", "opened_by",
    "resolved_at",
    "resolved_by", "closed_at", "closed_by", "close_code", "close_notes", "hold_reason", "correlation_id",
    "correlation_display",
    "parent_incident", "problem_id", "active", "reopen_count", "comments", "work_notes", "comments_and_work_notes",
    "sys_class_name",
    "sys_domain", "sys_tags", "u_version", "u_casebook_note")
ARTICLE = (
    "number", "short_description", "text", "kb_knowledge_base", "workflow_state", "version", "author", "published",
    "valid_to",
    "active", "article_type", "base_version", "sys_class_name", "sys_tags", "correlation_id")


def tables() -> dict[str, Table]:
    choices = {"state": STATES, "incident_state": STATES, "impact": LEVELS, "urgency": LEVELS, "priority": PRIORITIES,
               "hold_reason": HOLD_REASONS}
    people = {"caller_id": "sys_user", "assigned_to": "sys_user", "opened_by": "sys_user", "resolved_by": "sys_user",
              "closed_by": "sys_user"}
    found = (
        Table("incident", INCIDENT, {**people, "company": "core_company", "assignment_group": "sys_user_group",
                                     "parent_incident": "incident"},
              choices, ("comments", "work_notes", "comments_and_work_notes"), ("number", "correlation_id"), "number",
              True),
        Table("kb_knowledge", ARTICLE, {"kb_knowledge_base": "kb_knowledge_base", "author": "sys_user",
                                        "base_version": "kb_knowledge"},
              {"workflow_state": WORKFLOW}, (), ("number", "correlation_id"), "number", True),
        Table("kb_knowledge_base", ("title", "active"), display="title"),
        Table("sys_user", ("user_name", "name", "first_name", "last_name", "email", "active", "company"),
              {"company": "core_company"}, indexed=("user_name", "email"), writable=True),
        Table("sys_user_group", ("name", "active", "description")),
        Table("core_company", ("name", "customer")),
        Table("sys_choice", ("name", "element", "value", "label", "sequence", "language", "inactive"), display="label"),
        Table("sys_dictionary", ("name", "element", "column_label", "internal_type", "read_only", "mandatory", "active"),
              display="column_label"),
        Table("sys_journal_field", ("name", "element", "element_id", "value"), indexed=("element_id",),
              display="value"),
        Table("sys_audit", ("tablename", "fieldname", "documentkey", "oldvalue", "newvalue", "user",
                            "record_checkpoint"),
              indexed=("documentkey",), display="fieldname"),
        Table("sys_audit_delete", ("tablename", "documentkey", "display_value", "user"), display="display_value"),
        Table("sys_attachment", ("file_name", "content_type", "size_bytes", "hash", "table_name", "table_sys_id",
                                 "state"),
              indexed=("table_sys_id",), display="file_name"),
    )
    return {table.name: table for table in found}


def fill(tables: dict[str, Table], now: int) -> None:
    for name in ORGANIZATIONS:
        tables["core_company"].insert(company_id(name), now, "system", {"name": name, "customer": "true"})
    for name in GROUPS:
        tables["sys_user_group"].insert(digest("sys_user_group", name), now, "system", {"name": name, "active": "true"})
    tables["kb_knowledge_base"].insert(KNOWLEDGE_BASE, now, "system", {"title": "Casebook", "active": "true"})
    for table in ("incident", "kb_knowledge"):
        for element, labels in tables[table].choices.items():
            for index, (value, label) in enumerate(labels.items()):
                tables["sys_choice"].insert(digest("sys_choice", table, element, value), now, "system", {
                    "name": table, "element": element, "value": value, "label": label, "sequence": str(index + 1),
                    "language": "en", "inactive": "false"})
    for table, columns in (("incident", INCIDENT), ("kb_knowledge", ARTICLE)):
        # The first row of a table is about the table itself.
        for element in ("", *columns):
            tables["sys_dictionary"].insert(digest("sys_dictionary", table, element), now, "system", {
                "name": table, "element": element, "column_label": element.removeprefix("u_").replace("_", " ").capitalize(),
                "internal_type": "string" if element else "collection", "mandatory": "false", "active": "true",
                "read_only": "true" if element in READ_ONLY else "false"})


def company_id(name: str) -> str:
    return digest("core_company", name)
