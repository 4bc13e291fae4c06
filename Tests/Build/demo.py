#!/usr/bin/env python3
"""What Casebook does, shown on the synthetic desk that comes with it: simulate, train, score, evaluate.

Everything is written below .build-demo, so a demo can be repeated and leaves the repository as it was. Each command is
printed before it runs, so that it can be typed again.
"""

import csv
import json
import os
import shlex
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-release" / "release"
DESK = Path("datasets/synthetic-desk")
OUTPUT = Path(".build-demo")
MODELS = OUTPUT / "models"
SCORED = 3


def run(program, *arguments, stdin=None):
    """Runs a program from the root of the repository, and ends the demo when it fails."""
    words = [program, *map(str, arguments)]
    print(f"\n$ {shlex.join(words)}" + (f" < {stdin}" if stdin else ""), flush=True)
    with open(ROOT / stdin if stdin else os.devnull, encoding="utf-8") as lines:
        code = subprocess.run([PROGRAMS / program, *words[1:]], cwd=ROOT, stdin=lines).returncode
    if code != 0:
        sys.exit(f"demo: {program} ended with exit code {code}")


def say(text):
    print(f"\n== {text}", flush=True)


def tickets(descriptor):
    """The rows of the desk, in order of opening."""
    rows = []
    for name in descriptor["files"]:
        with open(ROOT / DESK / name, newline="", encoding="utf-8") as file:
            rows += csv.DictReader(file)
    return sorted(rows, key=lambda row: row[descriptor["columns"]["openedAt"]])


def as_json(row, columns):
    """A ticket as `score` reads it: roles by their names, attributes by the names of their columns."""
    outcome = {"resolvedAt", "hoursToResolution", "resolved", "attributes"}
    ticket = {role: row[name] for role, name in columns.items() if role not in outcome and name}
    ticket["openedAt"] = datetime.fromisoformat(row[columns["openedAt"]]).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({**ticket, **{name: row[name] for name in columns.get("attributes", [])}})


def main():
    descriptor = json.loads((ROOT / DESK / "dataset.json").read_text(encoding="utf-8"))
    rows = tickets(descriptor)
    opened = descriptor["columns"]["openedAt"]
    cutoff = datetime.fromisoformat(rows[int(0.7 * len(rows))][opened]).strftime("%Y-%m-%dT%H:%M:%SZ")
    shutil.rmtree(ROOT / OUTPUT, ignore_errors=True)
    (ROOT / OUTPUT).mkdir()

    say("A synthetic desk, made from a seed: customers, groups, tickets, and the truth behind them")
    run("casebook", "simulate", "--seed", 1, "--output", OUTPUT / "desk")

    say(f"Learn how long tickets take, from {DESK}, knowing only what was known at {cutoff}")
    run("train", "resolution-time", "--dataset", DESK, "--cutoff", cutoff, "--models", MODELS)

    say(f"Score {SCORED} tickets that the model has not seen: hours, intervals, difficulty, and what explains them")
    unseen = OUTPUT / "tickets.ndjson"
    (ROOT / unseen).write_text("".join(as_json(row, descriptor["columns"]) + "\n" for row in rows[-SCORED:]))
    run("score", "resolution-time", "--models", MODELS, stdin=unseen)

    protocols = (("fixed", "trained once"), ("prequential", "learning from each ticket once it is closed"))
    for protocol, meaning in protocols:
        say(f"How good is it on the tickets opened after {cutoff}? Protocol {protocol}: {meaning}")
        run("evaluate", "resolution-time", "--dataset", DESK, "--cutoff", cutoff, "--protocol", protocol)
    say(f"The model is in {MODELS}/resolution-time/1: read its card.md")


if __name__ == "__main__":
    main()
