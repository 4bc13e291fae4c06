#!/usr/bin/env python3
"""The error that nobody can avoid: of an oracle that knows the true conditional median of every ticket.

    python3 datasets/synthetic-desk/oracle.py [FOLDER]

FOLDER holds tickets.csv and truth.csv; without it, it is the easy tier. Judged are the resolved tickets that were opened at or
after the 70 % quantile of the opening times. A percentage error has max(hours, 1 h) below the line.
"""

import csv
import math
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def read(folder, name):
    with open(folder / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_part(tickets):
    """The resolved tickets opened at or after the 70 % quantile, and that quantile."""
    opened = sorted(ticket["opened"] for ticket in tickets)
    cutoff = opened[int(0.7 * len(opened))]
    return cutoff, [ticket for ticket in tickets if ticket["opened"] >= cutoff and ticket["closed"] == "1"]


def measures(pairs):
    """Errors of predicted hours, as pairs of (true, predicted)."""
    percentages = [100 * abs(y - p) / max(y, 1) for y, p in pairs]
    return {
        "MAPE %": statistics.fmean(percentages),
        "median APE %": statistics.median(percentages),
        "MAE h": statistics.fmean(abs(y - p) for y, p in pairs),
        "RMSLE": math.sqrt(statistics.fmean((math.log1p(y) - math.log1p(p)) ** 2 for y, p in pairs)),
    }


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "synthetic-desk-easy"
    cutoff, tickets = test_part(read(folder, "tickets.csv"))
    medians = {row["id"]: float(row["medianHours"]) for row in read(folder, "truth.csv")}
    pairs = [(float(ticket["hours"]), medians[ticket["id"]]) for ticket in tickets]
    print(f"oracle on {folder.name}: {len(pairs)} resolved tickets opened at or after {cutoff}")
    for name, value in measures(pairs).items():
        print(f"  {name:<13}{value:9.2f}")


if __name__ == "__main__":
    main()
