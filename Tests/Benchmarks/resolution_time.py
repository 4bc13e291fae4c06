#!/usr/bin/env python3
"""How fast the model of resolution times learns, answers and learns again, beside a ridge and LightGBM.

Makes a wide desk from a seed in a temporary folder, drives the release programs and the peers with the same rows, and
prints a Markdown table with the targets. A missed target is printed and fails nothing: it may be the machine's load.
Only a program that fails ends the benchmark with an error.
"""

import argparse
import csv
import json
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from measured_process import best, run

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build-release" / "release"
DESK = ROOT / "datasets" / "synthetic-desk"
WIDE_DESK = Path(__file__).with_name("wide_desk.py")
PEERS = Path(__file__).with_name("peers.py")
SEED = 20260101
REPEATS = 20
GIGABYTE = 1e9


def row(what, value, unit, target=None, at_most=True):
    """A line of the table; `target` is None where nothing was promised."""
    digits = 0 if value >= 1_000 else 1 if value >= 20 else 2
    verdict = "" if target is None else "reached" if (value <= target if at_most else value >= target) else "missed"
    wanted = "" if target is None else f"{'<' if at_most else '≥'} {target:,g} {unit}"
    print(f"| {what} | {value:,.{digits}f} {unit} | {wanted} | {verdict} |", flush=True)


def header():
    print("| what | measured | target | |\n|---|---|---|---|")


def train(dataset, models, *more):
    return run([PROGRAMS / "train", "resolution-time", "--dataset", dataset, "--models", models, *more])


def start(models, line, empty):
    """The wall time from start to answer of one ticket, and the processor time of the load, both in milliseconds.

    A small difference of two wall times would be the machine's load, not the model's.
    """
    score = [PROGRAMS / "score", "resolution-time", "--models", models]
    answer = best(REPEATS, score, stdin=line)
    nothing = best(REPEATS, score, stdin=empty)
    help_alone = best(REPEATS, [PROGRAMS / "score", "resolution-time", "--help"])
    return 1e3 * answer.wall, 1e3 * (nothing.cpu - help_alone.cpu)


def shipped_desk():
    """The rows of the shipped desk in the order of opening, and its descriptor."""
    descriptor = json.loads((DESK / "dataset.json").read_text(encoding="utf-8"))
    with open(DESK / descriptor["files"][0], newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda ticket: ticket["opened"]), descriptor


def write_shipped(folder, rows, descriptor):
    folder.mkdir()
    (folder / "dataset.json").write_text(json.dumps(descriptor))
    with open(folder / descriptor["files"][0], "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def moment(row):
    return datetime.fromisoformat(row["opened"]).strftime("%Y-%m-%dT%H:%M:%SZ")


def update_milliseconds(folder, rows, descriptor):
    """The processor time of one more ticket in a prequential evaluation, and the number of tickets it is a mean over.

    Two runs have the same cut and so the same training; one goes on for a few tickets, the other to the end. Their
    difference by ticket is predicting it, learning from it when it closes, its share of the refits and of the measures:
    an upper bound of an update.
    """
    cut, near = len(rows) * 6 // 10, len(rows) * 6 // 10 + 50
    seconds = []
    for name, tickets in (("near", rows[:near]), ("far", rows)):
        dataset = write_shipped(folder / name, tickets, descriptor)
        words = [
            PROGRAMS / "evaluate", "resolution-time", "--dataset", dataset, "--cutoff", moment(rows[cut]),
            "--protocol", "prequential"]
        seconds.append(run(words).cpu)
    return 1e3 * (seconds[1] - seconds[0]) / (len(rows) - near), len(rows) - near


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=200, help="columns beside the text, half words, half numbers")
    arguments = parser.parse_args()
    tickets, scored = arguments.tickets, arguments.tickets // 2
    # Threads of LightGBM that spin while they wait starve each other on a machine that others use too.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        folder = Path(name)
        # A child's peak memory starts at that of its parent, so the desk is made by a child too.
        run([sys.executable, WIDE_DESK, folder, tickets, arguments.columns, SEED])
        lines, line, empty = folder / "tickets.ndjson", folder / "one.ndjson", folder / "empty.ndjson"
        empty.touch()

        load = os.getloadavg()
        print(f"{tickets:,} tickets, text and {arguments.columns} columns, seed {SEED}; {os.cpu_count()} cores, "
              f"load {load[0]:.1f} before the first measurement (0 is an idle machine)\n")
        header()
        models = folder / "models"
        training = train(folder, models)
        row("train: wall", training.wall, "s", 10)
        row("train: processor", training.cpu, "s")
        row("train: peak memory", training.memory / GIGABYTE, "GB", 1)
        scoring = run([PROGRAMS / "score", "resolution-time", "--models", models], stdin=lines)
        throughput = scored / scoring.wall
        row(f"score: {scored:,} tickets, start and load included", throughput, "/s", 50_000, at_most=False)
        row("score: processor", 1e6 * scoring.cpu / scored, "µs a ticket")
        row("score: peak memory", scoring.memory / GIGABYTE, "GB")
        answer, loading = start(models, line, empty)
        row(f"score: start to answer of one ticket, best of {REPEATS}", answer, "ms")
        row("score: load of the model, processor (empty input minus --help)", loading, "ms", 10)

        rows, descriptor = shipped_desk()
        small = folder / "small"
        train(DESK, small)
        line.write_text(json.dumps({"id": "one", "openedAt": moment(rows[-1]), "subject": rows[-1]["subject"]}) + "\n")
        answer, loading = start(small, line, empty)
        row(f"shipped desk: start to answer of one ticket, best of {REPEATS}", answer, "ms")
        row("shipped desk: load of the model, processor", loading, "ms", 10)
        update, count = update_milliseconds(folder, rows, descriptor)
        row(f"shipped desk: one update, at most (mean of {count:,}; predicting and refits included)", update, "ms", 5)

        for peer, title in (("ridge", "scikit-learn ridge"), ("lightgbm", "LightGBM")):
            cost = run([sys.executable, PEERS, peer, folder, scored], keep_output=True)
            seconds = json.loads(cost.output)
            learning = seconds["read"] + seconds["fit"]
            row(f"{title}: read and fit", learning, "s")
            row(f"{title}: predict, rows in memory", scored / seconds["predict"], "/s")
            row(f"{title}: peak memory", cost.memory / GIGABYTE, "GB")
            row(f"{title}: its time to learn as a multiple of ours", learning / training.wall, "×")
            row(f"{title}: our throughput as a multiple of its", throughput * seconds["predict"] / scored, "×")
        print(f"\nLoad {os.getloadavg()[0]:.1f} after the last measurement.")


if __name__ == "__main__":
    main()
