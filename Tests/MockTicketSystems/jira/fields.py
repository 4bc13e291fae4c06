"""Reading the fields of a request, and writing them into an issue with an entry in its changelog."""

from jira import adf
from jira.records import (CUSTOM, EXTERNAL_ID, GROUP, GROUPS, ORGANIZATIONS, PRIORITIES, PROJECTS, RESOLUTIONS, TYPES,
                          Issue)
from server.messages import Refused, reply_json
from server.people import ORGANIZATIONS as NAMES
from server.people import Person

ADF_NEEDED = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
OFF_SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."
ONLY_AT_CREATION = ("project", "issuetype", "parent")


def refused(errors: dict[str, str] | None = None, messages: list[str] | None = None) -> Refused:
    return Refused(reply_json(400, {"errorMessages": messages or [], "errors": errors or {}}))


def read(desk, given: dict, user: Person, is_new: bool) -> dict:
    """The values that a `fields` object wants, by name of the field. Raises Refused with 400 naming each wrong field."""
    wanted, errors = {}, {}
    for name, value in given.items():
        try:
            if name == "priority" and user.limited:
                raise ValueError(OFF_SCREEN.format(name))
            if name in ONLY_AT_CREATION:
                if not is_new:
                    raise ValueError(OFF_SCREEN.format(name))
                continue
            if name not in READERS:
                raise ValueError(OFF_SCREEN.format(name))
            wanted[name] = READERS[name](desk, value)
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise refused(errors)
    return wanted


def summary(desk, value) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("You must specify a summary of the issue.")
    if "\n" in value or "\r" in value:
        raise ValueError("The summary is invalid because it contains newline characters.")
    if len(value) > 255:
        raise ValueError("Summary can't exceed 255 characters.")
    return value


def description(desk, value):
    if value is not None and not adf.is_document(value):
        raise ValueError(ADF_NEEDED)
    return value


def labels(desk, value) -> tuple[str, ...]:
    if not (isinstance(value, list) and all(isinstance(label, str) for label in value)):
        raise ValueError("data was not an array")
    for label in value:
        if " " in label:
            raise ValueError(f"The label '{label}' contains spaces which is invalid.")
    return tuple(dict.fromkeys(value))


def priority(desk, value) -> str:
    return one_of(PRIORITIES, value, "The priority selected is invalid.")


def resolution(desk, value) -> str | None:
    return None if value is None else one_of(RESOLUTIONS, value, "The resolution selected is invalid.")


def one_of(known: dict, value, message: str) -> str:
    """The name that {"id": …} or {"name": …} means."""
    if isinstance(value, dict):
        for name, id in known.items():
            if value.get("name") == name or str(value.get("id")) == str(id):
                return name
    raise ValueError(message)


def account(desk, value) -> int:
    id = value.get("accountId", value.get("id")) if isinstance(value, dict) else None
    person = desk.people.by_account.get(str(id))
    if person is None:
        raise ValueError(f"User '{id}' does not exist.")
    return person.number


def assignee(desk, value) -> int | None:
    if value is None or isinstance(value, dict) and value.get("accountId", "") is None:
        return None
    number = account(desk, value)
    if not desk.people.by_number[number].is_agent:
        raise ValueError("User cannot be assigned issues.")
    return number


def external_id(desk, value) -> str | None:
    if value is not None and not (isinstance(value, str) and len(value) <= 255):
        raise ValueError("Operation value must be a string")
    return value


def group(desk, value) -> str | None:
    if value is None:
        return None
    name = value.get("value") if isinstance(value, dict) else None
    if name in GROUPS:
        return name
    return one_of(GROUPS, value, "Option value is not valid")


def organizations(desk, value) -> tuple[int, ...]:
    if not (isinstance(value, list) and all(isinstance(id, int) and 1 <= id <= len(NAMES) for id in value)):
        raise ValueError("data was not an array of ids of organizations")
    return tuple(value)


READERS = {"summary": summary, "description": description, "labels": labels, "priority": priority, "assignee": assignee,
           "reporter": account, EXTERNAL_ID: external_id, GROUP: group, ORGANIZATIONS: organizations}


def project_of(desk, given: dict) -> str:
    asked = given.get("project")
    if isinstance(asked, dict):
        for project in PROJECTS.values():
            if asked.get("key") == project.key or str(asked.get("id")) == str(project.id):
                return project.key
    raise refused({"project": "valid project is required"})


def type_of(given: dict, project: str) -> str:
    asked = given.get("issuetype")
    if isinstance(asked, dict):
        for name in PROJECTS[project].types:
            if asked.get("name") == name or str(asked.get("id")) == str(TYPES[name]):
                return name
    raise refused({"issuetype": "Specify a valid issue type"})


def text_of(desk, name: str, value) -> tuple[str | None, str | None]:
    """(value, text) of a field for the changelog; None for what is empty."""
    if value in (None, (), ""):
        return None, None
    if name in ("assignee", "reporter"):
        person = desk.people.by_number[value]
        return person.account, person.name
    if name == "priority":
        return str(PRIORITIES[value]), value
    if name == "resolution":
        return str(RESOLUTIONS[value]), value
    if name == "description":
        return None, adf.text(value)
    if name == ORGANIZATIONS:
        return ",".join(str(id) for id in value), ",".join(NAMES[id - 1] for id in value)
    if name == GROUP:
        return GROUPS[value], value
    return None, " ".join(value) if isinstance(value, tuple) else str(value)


def get(issue: Issue, name: str):
    return issue.value(name) if name in CUSTOM else getattr(issue, name)


def put(issue: Issue, name: str, value) -> None:
    if name in CUSTOM:
        custom = {**(issue.custom or {}), name: value}
        issue.custom = {id: kept for id, kept in custom.items() if kept not in (None, ())} or None
    else:
        setattr(issue, name, value)


def item(desk, name: str, old, new) -> tuple:
    """An item of the changelog."""
    old_id, old_text = text_of(desk, name, old)
    new_id, new_text = text_of(desk, name, new)
    return (CUSTOM[name][0] if name in CUSTOM else name, name, old_id, old_text, new_id, new_text)
