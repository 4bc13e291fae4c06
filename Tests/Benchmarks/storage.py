#!/usr/bin/env python3
"""How fast a tenant's store is: logs counted into it, a large tenant opened, tickets imported, an account erased.

The desk is generated: 100,000 tickets of 1,000 accounts with 10,000 contacts. A missed target is printed and fails nothing.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASEBOOK = Path(os.environ.get("CASEBOOK_BIN", ROOT / ".build-release" / "release")) / "casebook"
TICKETS, ACCOUNTS, CONTACTS, LINES = 100_000, 1_000, 10_000, 1_000_000
DATE = "2026-03-02T00:00:00Z"


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, separators=(",", ":")) + "\n")


def write(folder):
    write_rows(folder / "accounts.ndjson", (
        {"id": f"acct-{n}", "organization": f"org-{n // 2}", "name": f"Company {n} Ltd", "tier": "gold"}
        for n in range(ACCOUNTS)))
    write_rows(folder / "contacts.ndjson", (
        {"id": f"person-{n}", "account": f"acct-{n % ACCOUNTS}", "name": f"Ann Miller {n}",
         "email": f"ann{n}@company{n % ACCOUNTS}.example"} for n in range(CONTACTS)))
    write_rows(folder / "tickets.ndjson", (
        {"id": f"T{n}", "openedAt": f"2026-0{1 + n % 2}-{1 + n % 28:02}T{n % 24:02}:{n % 60:02}:00Z",
         "resolvedAt": "2026-03-01T00:00:00Z" if n % 20 else None, "account": f"acct-{n % ACCOUNTS}",
         "contact": f"person-{n % CONTACTS}", "channel": "email", "subject": f"export number {n} fails after the update",
         "body": "the export stops half way and the page says that something went wrong, " * 4, "priority": "normal",
         "group": f"team-{n % 12}", "assignee": f"agent-{n % 60}", "resolution": "cleared the cache and restarted the worker"}
        for n in range(TICKETS)))
    write_rows(folder / "logs.ndjson", (
        {"timeUnixNano": str(1_772_360_130_000_000_000 + n * 1_000_000), "severityText": "INFO",
         "body": f"request {n} of worker {n % 64} for item {n * 7919 % 100_003} took {n % 911} ms step {n % 40} done",
         "resource": {"service.name": f"service-{n % 8}"}, "account": f"acct-{n % ACCOUNTS}"} for n in range(LINES)))


def timed(*arguments):
    begin = time.perf_counter()
    done = subprocess.run([CASEBOOK, *map(str, arguments)], capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return time.perf_counter() - begin


def verdict(is_reached):
    return "reached" if is_reached else "missed"


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    os.environ["CASEBOOK_KEY"] = "the key of a benchmark"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "store"
        write(folder)
        print("| step | seconds | rate |\n|---|---|---|")
        seconds = timed("import", "--store", store, "--source", "crm", "--date", DATE, folder)
        print(f"| import of {TICKETS:,} tickets, {CONTACTS:,} contacts | {seconds:.2f} | {TICKETS / seconds:,.0f} tickets/s |")
        again = timed("import", "--store", store, "--source", "crm", "--date", DATE, folder)
        print(f"| the same again | {again:.2f} | {TICKETS / again:,.0f} tickets/s |")
        ingest = min(
            timed("ingest", "--store", folder / f"log{n}", folder / "logs.ndjson") for n in range(3))
        print(f"| ingest of {LINES:,} lines | {ingest:.2f} | {LINES / ingest:,.0f} lines/s |")
        timed("ingest", "--store", store, folder / "logs.ndjson")
        opened = statistics.median(timed("signatures", "--store", store, "--summary") for _ in range(9))
        started = statistics.median(timed("--help") for _ in range(9))
        print(f"| start of the program | {started:.3f} | |")
        print(f"| open, read the signatures | {opened:.3f} | |")
        check = timed("check", "--store", store)
        print(f"| check | {check:.2f} | |")
        size = store.stat().st_size / 1e6
        erase = timed("erase", "--store", store, "--account", "acct-7")
        print(f"| erase of one account of {size:.0f} MB | {erase:.2f} | |")
        person = timed("erase", "--store", store, "--contact", "person-8")
        print(f"| erase of one contact | {person:.2f} | |")
        print(f"\n>= 300,000 lines/s: {verdict(LINES / ingest >= 300_000)}; "
              f"open in < 100 ms: {verdict(opened < 0.1)}")


if __name__ == "__main__":
    main()
