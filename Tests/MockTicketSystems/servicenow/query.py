"""sysparm_query: read, and run over a table.

`a^b` is and, `a^ORb` or (it binds to the condition before it), `^NQ` starts another query whose rows are added. A part
that is not valid is passed over, so that more rows come back, unless the instance is set to give none.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable

from servicenow.table import Table, seconds, stamp

CONDITION = re.compile(
    r"([a-z0-9_.]+)(ISNOTEMPTY|ISEMPTY|NOT LIKE|NOT IN|STARTSWITH|ENDSWITH|CONTAINS|BETWEEN|LIKE|IN"
    r"|!=|>=|<=|=|>|<)(.*)", re.DOTALL)
# With one text for date and time, or one for each.
GENERATED = re.compile(
    r"javascript:\s*gs\.dateGenerate\(\s*['\"](\d{4}-\d\d-\d\d)['\"]?(?:,\s*['\"]| )(\d\d:\d\d:\d\d)['\"]\s*\)")
Test = Callable[[list[str]], bool]


class Query:
    """A query as read: `groups` is a list of queries to be joined, each a list of alternatives that must all be met."""

    def __init__(self, tables: dict[str, Table], table: Table, text: str) -> None:
        self.tables, self.table = tables, table
        self.order: list[tuple[str, bool]] = []
        self.groups: list[list[list[tuple[str, str, str]]]] = [[]]
        self.is_valid = True
        for part in text.split("^"):
            self.read(part)

    def read(self, part: str) -> None:
        if part in ("", "EQ"):
            return
        if part.startswith("ORDERBY"):
            descends = part.startswith("ORDERBYDESC")
            column = part.removeprefix("ORDERBYDESC" if descends else "ORDERBY")
            if column in self.table.place:
                self.order.append((column, descends))
            return
        if part.startswith("NQ"):
            self.groups.append([])
            part = part[2:]
        is_alternative = part.startswith("OR")
        condition = self.condition(part[2:] if is_alternative else part)
        if condition is None:
            self.is_valid = False
        elif is_alternative and self.groups[-1]:
            self.groups[-1][-1].append(condition)
        else:
            self.groups[-1].append([condition])

    def condition(self, text: str) -> tuple[str, str, str] | None:
        """(column, operator, value), or None when it is not valid."""
        match = CONDITION.fullmatch(text)
        if match is None:
            return None
        column, operator, value = match.groups()
        end = self.end_of(column)
        if end is None:
            return None
        if generated := GENERATED.fullmatch(value):
            value = f"{generated[1]} {generated[2]}"
        if is_time(end) and operator in (">", "<", ">=", "<=", "="):
            try:
                value = stamp(seconds(value if " " in value or operator == "=" and not value else value + " 00:00:00"))
            except ValueError:
                return None
        return column, operator, value

    def end_of(self, column: str) -> str | None:
        """The column at the end of a walk over references, or None when the walk leads nowhere."""
        table = self.table
        *walk, last = column.split(".")
        for step in walk:
            if step not in table.references:
                return None
            table = self.tables[table.references[step]]
        return last if last in table.place else None

    def value(self, row: list[str], column: str) -> str:
        """What stands in a column of a row, over references."""
        table = self.table
        *walk, last = column.split(".")
        for step in walk:
            target = self.tables[table.references[step]]
            row = target.rows.get(table.get(row, step))
            if row is None:
                return ""
            table = target
        return "" if last in table.journals else table.get(row, last)

    def test(self, condition: tuple[str, str, str]) -> Test:
        column, operator, wanted = condition
        check = CHECKS[operator](wanted)
        if "." in column or column in self.table.journals:
            return lambda row: check(self.value(row, column))
        place = self.table.place[column]
        return lambda row: check(row[place])

    def rows(self) -> list[list[str]]:
        """The rows that meet the query, in its order, else in the order of their making."""
        found: dict[str, list[str]] = {}
        for group in self.groups:
            tests = [[self.test(condition) for condition in alternatives] for alternatives in group]
            for row in self.candidates(group):
                if all(any(test(row) for test in alternatives) for alternatives in tests):
                    found[row[0]] = row
        rows = list(found.values())
        for column, descends in reversed(self.order):
            place = self.table.place[column]
            rows.sort(key=lambda row: sortable(row[place]), reverse=descends)
        return rows

    def candidates(self, group: list[list[tuple[str, str, str]]]) -> Iterable[list[str]]:
        """Rows that may meet a group: as few as an index or the order of changes can tell."""
        table = self.table
        for alternatives in group:
            if len(alternatives) > 1:
                continue
            column, operator, value = alternatives[0]
            if operator in ("=", "IN") and (column == "sys_id" or column in table.indexes):
                values = dict.fromkeys(value.split(",") if operator == "IN" else [value])
                ids = values if column == "sys_id" else [id for each in values
                                                         for id in table.indexes[column].get(each, ())]
                return [table.rows[id] for id in ids if id in table.rows]
        for alternatives in group:
            column, operator, value = alternatives[0]
            # A row is never updated before it is made, so the order of changes bounds the time of making too.
            is_bound = column in ("sys_updated_on", "sys_created_on") and operator in (">", ">=")
            if len(alternatives) == 1 and is_bound:
                return [table.rows[id] for _, _, id in table.changes.since(seconds(value))]
        return table.rows.values()


def is_time(column: str) -> bool:
    return column.endswith(("_on", "_at")) or column in ("published", "valid_to")


def sortable(value: str):
    return (0, int(value), "") if value.isascii() and value.isdigit() else (1, 0, value)


def compared(wanted: str, accept: Callable[[object, object], bool]) -> Callable[[str], bool]:
    goal = sortable(wanted)
    return lambda value: value != "" and accept(sortable(value), goal)


def between(wanted: str) -> Callable[[str], bool]:
    low, _, high = wanted.partition("@")
    return lambda value: value != "" and sortable(low) <= sortable(value) <= sortable(high)


CHECKS: dict[str, Callable[[str], Callable[[str], bool]]] = {
    "=": lambda wanted: lambda value: value == wanted,
    "!=": lambda wanted: lambda value: value != wanted,
    ">": lambda wanted: compared(wanted, lambda value, goal: value > goal),
    ">=": lambda wanted: compared(wanted, lambda value, goal: value >= goal),
    "<": lambda wanted: compared(wanted, lambda value, goal: value < goal),
    "<=": lambda wanted: compared(wanted, lambda value, goal: value <= goal),
    "LIKE": lambda wanted: lambda value: wanted.lower() in value.lower(),
    "CONTAINS": lambda wanted: lambda value: wanted.lower() in value.lower(),
    "NOT LIKE": lambda wanted: lambda value: wanted.lower() not in value.lower(),
    "STARTSWITH": lambda wanted: lambda value: value.lower().startswith(wanted.lower()),
    "ENDSWITH": lambda wanted: lambda value: value.lower().endswith(wanted.lower()),
    "IN": lambda wanted: frozenset(wanted.split(",")).__contains__,
    "NOT IN": lambda wanted: lambda value: value not in wanted.split(","),
    "ISEMPTY": lambda wanted: lambda value: value == "",
    "ISNOTEMPTY": lambda wanted: lambda value: value != "",
    "BETWEEN": between,
}


class Results:
    """The rows of the last queries, kept until their table changes, so that paging does not start over."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple, list] = OrderedDict()

    def rows(self, tables: dict[str, Table], table: Table, text: str, none_when_invalid: bool) -> list[list[str]]:
        versions = tuple(tables[name].version for name in {table.name, *table.references.values()})
        key = (table.name, text, none_when_invalid, versions)
        if key not in self.kept:
            query = Query(tables, table, text)
            self.kept[key] = [] if none_when_invalid and not query.is_valid else query.rows()
            while len(self.kept) > 16:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return self.kept[key]
