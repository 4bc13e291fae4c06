"""A table of strings, as ServiceNow keeps everything."""

from calendar import timegm
from time import gmtime, strftime, strptime

from server.changes import ChangeLog

STAMP = "%Y-%m-%d %H:%M:%S"
SYSTEM_COLUMNS = ("sys_id", "sys_created_on", "sys_created_by", "sys_updated_on", "sys_updated_by", "sys_mod_count")


def stamp(seconds: int) -> str:
    """2026-11-22 10:00:00, in UTC"""
    return strftime(STAMP, gmtime(seconds))


def seconds(text: str) -> int:
    """The time a stamp means. Raises ValueError for any other text."""
    return timegm(strptime(text, STAMP))


class Table:
    """Rows by sys_id, in order of their making; a row is a list of strings, one a column.

    `references` names the table a column leads to, `choices` the label of each value, `journals` the columns that
    are written and never read, `indexed` the columns that find rows fast, `display` the column that stands for a row.
    """

    def __init__(self, name: str, columns: tuple[str, ...], references: dict[str, str] | None = None,
                 choices: dict[str, dict[str, str]] | None = None, journals: tuple[str, ...] = (),
                 indexed: tuple[str, ...] = (), display: str = "name", writable: bool = False) -> None:
        self.name, self.display, self.writable = name, display, writable
        self.columns = SYSTEM_COLUMNS + columns
        self.place = {column: index for index, column in enumerate(self.columns)}
        self.references, self.choices, self.journals = references or {}, choices or {}, journals
        self.rows: dict[str, list[str]] = {}
        self.indexes: dict[str, dict[str, list[str]]] = {column: {} for column in indexed}
        self.changes = ChangeLog()
        self.version = 0

    def get(self, row: list[str], column: str) -> str:
        return row[self.place[column]]

    def insert(self, sys_id: str, now: int, user: str, values: dict[str, str]) -> list[str]:
        """Makes a row; columns that are not given are empty."""
        time = stamp(now)
        row = [""] * len(self.columns)
        row[:len(SYSTEM_COLUMNS)] = [sys_id, time, user, time, user, "0"]
        for column, value in values.items():
            row[self.place[column]] = value
        self.rows[sys_id] = row
        for column, index in self.indexes.items():
            index.setdefault(self.get(row, column), []).append(sys_id)
        self.changes.record(now, sys_id)
        self.version += 1
        return row

    def update(self, row: list[str], now: int, user: str, values: dict[str, str], is_silent: bool = False) -> None:
        """Changes a row. `is_silent`: who, when and how often stay as they were."""
        for column, value in values.items():
            if column in self.indexes:
                self.indexes[column][self.get(row, column)].remove(row[0])
                self.indexes[column].setdefault(value, []).append(row[0])
            row[self.place[column]] = value
        if not is_silent:
            row[self.place["sys_updated_on"]], row[self.place["sys_updated_by"]] = stamp(now), user
            row[self.place["sys_mod_count"]] = str(int(self.get(row, "sys_mod_count")) + 1)
            self.changes.record(now, row[0])
        self.version += 1

    def delete(self, row: list[str]) -> None:
        for column, index in self.indexes.items():
            index[self.get(row, column)].remove(row[0])
        del self.rows[row[0]]
        self.changes.forget(row[0])
        self.version += 1
