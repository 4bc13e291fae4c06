"""What a condition of JQL means for an issue."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import ge, gt, le, lt

from jira import adf
from jira.jql import Condition
from jira.records import (CATEGORIES, CUSTOM, EXTERNAL_ID, GROUP, ORGANIZATIONS, PRIORITIES, PROJECTS, RESOLUTIONS,
                          STATUSES, TYPES, Issue)
from server.clock import zone
from server.people import ORGANIZATIONS as NAMES

COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge}
TIMES = {"created": "created", "createddate": "created", "updated": "updated", "updateddate": "updated",
         "resolved": "resolved",
         "resolutiondate": "resolved"}
FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d %H:%M", "%Y/%m/%d")
RELATIVE = re.compile(r"([+-]?\d+)([wdhm])")
UNITS = {"w": 604_800, "d": 86_400, "h": 3600, "m": 60}
PROPERTY = re.compile(r"issue\.property\[([^\]]+)\]\.(\S+)")
ALIASES = {"issuekey": "key", "issue": "key", "id": "key", "type": "issuetype", "cf[10100]": EXTERNAL_ID,
           "external id": EXTERNAL_ID,
           "cf[10060]": GROUP, "support group": GROUP, "cf[10002]": ORGANIZATIONS, "organizations": ORGANIZATIONS}
TEXTS: dict[str, Callable[[Issue], str]] = {
    "summary": lambda issue: issue.summary, "description": lambda issue: adf.text(issue.description),
    "comment": lambda issue: "\n".join(adf.text(comment.body) for comment in issue.comments),
    EXTERNAL_ID: lambda issue: issue.value(EXTERNAL_ID) or "",
    "text": lambda issue: "\n".join((issue.summary, adf.text(issue.description),
                                     *(adf.text(comment.body) for comment in issue.comments)))}
SORTS: dict[str, Callable[[Issue], object]] = {
    "key": lambda issue: (issue.project, issue.number), "created": lambda issue: issue.created,
    "updated": lambda issue: issue.updated, "priority": lambda issue: -PRIORITIES[issue.priority],
    "status": lambda issue: issue.status, "resolved": lambda issue: issue.resolved or 0,
    "summary": lambda issue: issue.summary}


def field_of(name: str) -> str:
    return ALIASES.get(name.lower(), name if name in CUSTOM else name.lower())


def moment(desk, text: str, user) -> tuple[int, int]:
    """A time in JQL as (first millisecond, length): milliseconds since 1970 are exact; a date is of the user's zone and lasts
    a minute or a day."""
    if re.fullmatch(r"\d{9,}", text):
        return int(text), 1
    now = desk.clock.milliseconds()
    if text.lower() in ("now()", "currenttime()"):
        return now, 1
    if match := RELATIVE.fullmatch(text):
        return now // 60_000 * 60_000 + int(match[1]) * UNITS[match[2]] * 1000, 60_000
    home = zone(desk.settings.time_zone(user.email))
    if text.lower().startswith("startofday("):
        today = datetime.fromtimestamp(now / 1000, home).replace(hour=0, minute=0, second=0, microsecond=0)
        return int((today + shift(text[11:-1])).timestamp() * 1000), 1
    for form in FORMATS:
        try:
            day = datetime.strptime(text, form).replace(tzinfo=home)
        except ValueError:
            continue
        return int(day.timestamp() * 1000), 60_000 if "%H" in form else 86_400_000
    raise ValueError(f"Date value '{text}' for field is invalid. "
                     "Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm'.")


def shift(text: str) -> timedelta:
    match = RELATIVE.fullmatch(text.strip("\"'"))
    return timedelta(seconds=int(match[1]) * UNITS[match[2]]) if match else timedelta()


def test(desk, condition: Condition, user) -> Callable[[Issue], bool]:
    """The condition as a function. Raises ValueError for a field or a value that does not exist."""
    field, operator, values = field_of(condition.field), condition.operator, condition.values
    if operator in ("is", "is not"):
        empty = is_empty(field, condition.field)
        return empty if operator == "is" else lambda issue: not empty(issue)
    if operator in ("!=", "not in", "!~"):
        positive = {"!=": "=", "not in": "in", "!~": "~"}[operator]
        same, empty = test(desk, Condition(condition.field, positive, values), user), is_empty(field, condition.field)
        # As in Jira: what is empty is not unequal.
        return lambda issue: not same(issue) and not empty(issue)
    if field in TIMES:
        return time_test(desk, TIMES[field], operator, values, user)
    if field in TEXTS and operator == "~":
        words = [word.lower().strip("*") for word in values[0].strip('"').split()]
        return lambda issue: all(word in TEXTS[field](issue).lower() for word in words)
    if match := PROPERTY.fullmatch(condition.field):
        return property_test(match[1], match[2].split("."), values)
    if field == "priority" and operator in COMPARED:
        rank = -PRIORITIES[known(values[0], PRIORITIES, field)]
        return lambda issue: COMPARED[operator](-PRIORITIES[issue.priority], rank)
    if operator not in ("=", "in") or field not in EXACT:
        if field in EXACT or field in TEXTS:
            raise ValueError(f"The operator '{operator}' is not supported by the '{condition.field}' field.")
        raise ValueError(f"Field '{condition.field}' does not exist or you do not have permission to view it.")
    read, understand = EXACT[field]
    wanted = frozenset(each for value in values for each in understand(desk, value, user))
    if field in ("labels", ORGANIZATIONS):
        return lambda issue: not wanted.isdisjoint(read(issue))
    return lambda issue: read(issue) in wanted


def time_test(desk, place: str, operator: str, values: tuple[str, ...], user) -> Callable[[Issue], bool]:
    if operator in ("=", "in"):
        spans = [moment(desk, value, user) for value in values]
        return lambda issue: any(start <= (getattr(issue, place) or 0) < start + length for start, length in spans)
    start, _ = moment(desk, values[0], user)
    compare = COMPARED.get(operator)
    if compare is None:
        raise ValueError(f"The operator '{operator}' is not supported by the '{place}' field.")
    return lambda issue: getattr(issue, place) is not None and compare(getattr(issue, place), start)


def property_test(key: str, path: list[str], values: tuple[str, ...]) -> Callable[[Issue], bool]:
    def test(issue: Issue) -> bool:
        value = (issue.properties or {}).get(key)
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value is not None and str(value) in values
    return test


def is_empty(field: str, name: str) -> Callable[[Issue], bool]:
    if field in TIMES:
        return lambda issue: getattr(issue, TIMES[field]) is None
    if field in TEXTS:
        return lambda issue: not TEXTS[field](issue)
    if PROPERTY.fullmatch(name):
        return lambda issue: False
    if field not in EXACT:
        raise ValueError(f"Field '{name}' does not exist or you do not have permission to view it.")
    read = EXACT[field][0]
    return lambda issue: read(issue) in (None, ())


def known(value: str, names, field: str) -> str:
    """The name that a value means, by name in any case or by id."""
    for name in names:
        if value.lower() == name.lower() or isinstance(names, dict) and value == str(names[name]):
            return name
    raise ValueError(f"The value '{value}' does not exist for the field '{field}'.")


def statuses(desk, value: str, user) -> list[int]:
    found = [status.id for status in STATUSES.values() if value.lower() == status.name.lower()
             or value == str(status.id)]
    if not found:
        raise ValueError(f"The value '{value}' does not exist for the field 'status'.")
    return found


def categories(desk, value: str, user) -> list[str]:
    found = [key for key, (id, name, _) in CATEGORIES.items() if value.lower() in (key, name.lower())
             or value == str(id)]
    if not found:
        raise ValueError(f"The value '{value}' does not exist for the field 'statusCategory'.")
    return found


def accounts(desk, value: str, user) -> list[int]:
    if value.lower() == "currentuser()":
        return [user.number]
    person = desk.people.by_account.get(value) or desk.people.by_email.get(value.lower())
    return [person.number] if person else []


def keys(desk, value: str, user) -> list[int]:
    issue = desk.by_key.get(value.upper()) or desk.issues.get(int(value) if value.isdigit() else -1)
    if issue is None:
        raise ValueError(f"An issue with key '{value}' does not exist for field 'key'.")
    return [issue.id]


def projects(desk, value: str, user) -> list[str]:
    for project in PROJECTS.values():
        if value.lower() in (project.key.lower(), project.name.lower(), str(project.id)):
            return [project.key]
    raise ValueError(f"The value '{value}' does not exist for the field 'project'.")


EXACT: dict[str, tuple[Callable[[Issue], object], Callable]] = {
    "project": (lambda issue: issue.project, projects), "key": (lambda issue: issue.id, keys),
    "status": (lambda issue: issue.status, statuses),
    "statuscategory": (lambda issue: STATUSES[issue.status].category, categories),
    "issuetype": (lambda issue: issue.type, lambda desk, value, user: [known(value, TYPES, "issuetype")]),
    "priority": (lambda issue: issue.priority, lambda desk, value, user: [known(value, PRIORITIES, "priority")]),
    "resolution": (lambda issue: issue.resolution,
                   lambda desk, value, user: [None if value.lower() == "unresolved"
                                              else known(value, RESOLUTIONS, "resolution")]),
    "assignee": (lambda issue: issue.assignee, accounts), "reporter": (lambda issue: issue.reporter, accounts),
    "creator": (lambda issue: issue.creator, accounts), "labels": (lambda issue: issue.labels, lambda desk, value,
                                                                   user: [value]),
    "parent": (lambda issue: issue.parent, keys), GROUP: (lambda issue: issue.value(GROUP), lambda desk, value,
                                                          user: [value]),
    ORGANIZATIONS: (lambda issue: issue.value(ORGANIZATIONS) or (),
                    lambda desk, value, user: [index + 1 for index, name in enumerate(NAMES)
                                               if value in (name, str(index + 1))]),
}
