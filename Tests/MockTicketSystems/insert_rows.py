#!/usr/bin/env python3
"""Puts many tickets with one time into the data base of a real Roundup or Request Tracker, as fast as no client can.

usage: insert_rows.py roundup|requesttracker DATABASE COUNT TIME

TIME is `2026-05-01 10:00:00`, UTC. In Roundup the tickets of a second have milliseconds that do not follow their ids.
"""

import sqlite3
import sys

ISSUE = ("insert into _issue (id, _title, _activity, _creation, _creator, _actor, __retired__) "
         "values (?, 'Issue', ?, ?, 1, 1, 0)")
TICKET = ("insert into Tickets (id, EffectiveId, Queue, Type, Owner, Subject, Status, Creator, LastUpdatedBy, Created, LastUpdated) "
          "values (?1, ?1, 1, 'ticket', 6, 'Ticket', 'new', 1, 1, ?2, ?3)")


def main() -> None:
    system, database, count, time = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    table, statement = ("_issue", ISSUE) if system == "roundup" else ("Tickets", TICKET)
    base = sqlite3.connect(database, timeout=30)
    first = base.execute(f"select coalesce(max(id), 0) + 1 from {table}").fetchone()[0]
    rows = []
    for number in range(count):
        if system == "roundup":
            second = "".join(digit for digit in time if digit.isdigit())
            rows.append((first + number, f"{second}.{(count - number) % 1000:03}", second))
        else:
            rows.append((first + number, time, time))
    base.executemany(statement, rows)
    base.commit()


main()
