#!/usr/bin/env python3
"""How near to a ticket system's limit a backlog is read: the mock Zendesk with many old tickets, and `casebook sync run`.

Zendesk lets the tickets of a backlog be listed by the thousand ten times a minute, and what happened to each be asked for one by one
within the limit of the account. That limit is raised here, so that a backlog of hours takes minutes; the one of the lists is its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Acceptance"))
from mock_systems import SECRETS, MockSystems  # noqa: E402

CASEBOOK = Path(os.environ.get("CASEBOOK_BIN", ROOT / ".build-release" / "release")) / "casebook"


def read(mock, folder, seconds):
    """The report of a sync and the seconds that it took."""
    systems = folder / "systems.json"
    systems.write_text(json.dumps({"systems": [{
        "name": "desk", "kind": "zendesk", "address": mock.url, "user": "casebook@example.com",
        "secret": {"environment": "DESK_SECRET"}}]}))
    begin = time.perf_counter()
    done = subprocess.run(
        [CASEBOOK, "sync", "run", "--systems", systems, "--store", folder / "store", "--from", "2000-01-01T00:00:00Z",
         "--seconds", str(seconds)], capture_output=True, encoding="utf-8",
        env={**os.environ, "CASEBOOK_KEY": "a key of a benchmark alone", "DESK_SECRET": SECRETS["casebook"]})
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    return json.loads(done.stdout), time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--per-minute", type=int, default=9_000)
    arguments = parser.parse_args()
    mock = MockSystems()
    try:
        limits = {"zendesk": {"perMinute": arguments.per_minute, "incrementalPerMinute": 10, "ticketsIndexPerMinute": 100}}
        mock.set(rateLimits=limits)
        mock.control("POST", "seed", {"system": "zendesk", "tickets": arguments.tickets, "comments": [0, 3]})
        with tempfile.TemporaryDirectory() as folder:
            report, seconds = read(mock, Path(folder), 60 + 120 * arguments.tickets // arguments.per_minute)
        counts = mock.control("GET", "requests")
    finally:
        mock.stop()
    requests = counts["users"]["casebook@example.com"]["zendesk"]
    exports = sum(count for name, count in counts["requests"]["zendesk"].items() if "incremental" in name)
    share = (requests - exports) / (seconds / 60) / arguments.per_minute
    refused = counts["refused"].get("zendesk", 0)
    print(f"{report['ticketsNew']} of {arguments.tickets} tickets and {report['messagesIn']} messages in {seconds:.1f} s, "
          f"{requests} requests, {refused} refused for their rate")
    print(f"share of the account's limit of {arguments.per_minute} a minute: {share:.3f} "
          f"(goal 0.9: {'reached' if share >= 0.9 and refused == 0 else 'missed'})")


if __name__ == "__main__":
    main()
