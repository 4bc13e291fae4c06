#!/usr/bin/env python3
"""Holds the connectors against real systems: Roundup, Request Tracker 5 and MediaWiki, which it installs where they are missing.

Needs root and Debian's packages for the last two. Every server listens on this machine alone, and ends with this program.

usage: real_systems.py
Exits with 1 when anything fails.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOCKS = ROOT / "Tests" / "MockTicketSystems"
REAL = ROOT / ".real"
EVALUATE = ROOT / ".build-release" / "release" / "evaluate"


def served(stack, script, **environment):
    """Installs and starts a server of a script; returns the address of its first line."""
    environment = {**os.environ, **environment}
    subprocess.run(["sh", MOCKS / script, "install"], check=True, env=environment, stdout=sys.stderr)
    server = stack.enter_context(
        subprocess.Popen(
            ["sh", MOCKS / script], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"))
    stack.callback(server.terminate)
    return server.stdout.readline().split()[-1]


def passes(*command, **environment):
    """Whether a command ends well, after its lines were shown."""
    print("$", *command, flush=True)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}).returncode == 0


def chaos(system, address, account, changes):
    """Whether a sync with a real system loses, repeats and echoes nothing while it is killed."""
    return passes(
        str(EVALUATE), "sync", "--system", system, "--address", address, "--robot", account, "--agent", account,
        "--changes", str(changes), "--kills", "5", "--timed", "0", "--json")


def main():
    with ExitStack() as stack:
        roundup = served(stack, "roundup.sh", PREFIX=str(REAL / "roundup"), DATA=str(REAL / "roundup-chaos"), PORT="0")
        tracker = served(stack, "requesttracker.sh", DATA=str(REAL / "requesttracker"), PORT="0")
        wiki = served(stack, "mediawiki.sh", PREFIX=str(REAL / "mediawiki"), PORT="0")
        token = (REAL / "requesttracker" / "token").read_text(encoding="utf-8").strip()
        ends_well = [
            chaos("roundup", roundup, "admin:secretpw", 200),
            chaos("requesttracker", tracker, f":{token}", 60),
            passes(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "Tests/Acceptance/test_publish.py",
                   CASEBOOK_MEDIAWIKI=wiki),
            passes("swift", "test", "--enable-code-coverage", "--disable-xctest", "--filter", "RequestTrackerSystemTests|KnowledgeBaseTests",
                   CASEBOOK_MEDIAWIKI=wiki),
        ]
    return 0 if all(ends_well) else 1


if __name__ == "__main__":
    sys.exit(main())
