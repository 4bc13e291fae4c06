#!/usr/bin/env python3
"""How fast the knowledge of a desk of 100,000 simulated tickets is: all article drafts, one suggestion, one ticket learnt.

A rival in the same run looks for similar tickets as scikit-learn does: the cosines of TF-IDF vectors of title and text, all cases for each question. The
ratios are what counts; seconds depend on the machine. A missed target is printed and fails nothing.
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

from measured_process import run

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("CASEBOOK_BIN", ROOT / ".build-release" / "release"))
REQUIRED, GOAL, MEMORY = 30, 10, 2e9
SUGGESTION, LEARNING = 10, 5


def verdict(is_reached):
    return "reached" if is_reached else "missed"


def rival(folder, asked):
    """Seconds to read all cases but the last, and milliseconds of the median and the 99th percentile of a question."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    with open(folder / "tickets.ndjson", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts = [f"{row['subject']} {row['body']}" for row in sorted(rows, key=lambda row: row["openedAt"])]
    begin = time.perf_counter()
    vectorizer = TfidfVectorizer(sublinear_tf=True)
    known = vectorizer.fit_transform(texts[:-asked]).T.tocsr()
    fitted = time.perf_counter() - begin
    times = []
    for text in texts[-asked:]:
        begin = time.perf_counter()
        scores = (vectorizer.transform([text]) @ known).toarray()[0]
        scores.argpartition(-3)[-3:]
        times.append((time.perf_counter() - begin) * 1_000)
    times.sort()
    return fitted, times[len(times) // 2], times[int(0.99 * len(times))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=1_000)
    options = parser.parse_args()
    os.environ["CASEBOOK_KEY"] = "the key of a benchmark"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name) / "desk"
        run([PROGRAMS / "casebook", "simulate", "--scenario", "knowledge", "--seed", 5, "--tickets", options.tickets, "--output", desk])
        drafts = run([PROGRAMS / "casebook", "articles", "--desk", desk, "--json"])
        train = run([PROGRAMS / "train", "issue-groups", "--desk", desk, "--models", Path(name) / "models"])
        loaded = run([PROGRAMS / "casebook", "articles", "--desk", desk, "--json", "--models", Path(name) / "models"])
        figures = json.loads(run(
            [PROGRAMS / "evaluate", "knowledge-speed", "--desk", desk, "--asked", options.asked, "--json"], keep_output=True).output)
        fitted, median, tail = rival(desk, min(options.asked, 200))
    print(f"| {options.tickets:,} tickets | wall | processor | memory |\n|---|---|---|---|")
    for label, cost in (("to all article drafts", drafts), ("with a model", loaded), ("train issue-groups", train)):
        print(f"| {label} | {cost.wall:.1f} s | {cost.cpu:.1f} s | {cost.memory / 1e6:.0f} MB |")
    print(f"| TF-IDF of the rival | {fitted:.1f} s | | |\n")
    print("| one question | median | 99th percentile |\n|---|---|---|")
    print(f"| articles, solutions and similar tickets | {figures['suggestionP50Ms']:.2f} ms | {figures['suggestionP99Ms']:.2f} ms |")
    print(f"| similar tickets of the rival | {median:.2f} ms | {tail:.2f} ms |")
    print(f"| a ticket learnt | {figures['learningP50Ms']:.2f} ms | {figures['learningP99Ms']:.2f} ms |\n")
    print(f"a question takes {figures['suggestionP50Ms'] / median:.2f} times what it takes the rival, drafts {drafts.wall / fitted:.1f} times its reading; "
          f"a ticket learnt {figures['learningMeanMs']:.2f} ms on average, grouping anew included")
    print(f"drafts in < {REQUIRED} s: {verdict(drafts.wall < REQUIRED)}, in < {GOAL} s: {verdict(drafts.wall < GOAL)}, "
          f"in < 2 GB: {verdict(drafts.memory < MEMORY)}; a suggestion in < {SUGGESTION} ms at the 99th percentile: "
          f"{verdict(figures['suggestionP99Ms'] < SUGGESTION)}; a ticket learnt in < {LEARNING} ms: {verdict(figures['learningMeanMs'] < LEARNING)}")


if __name__ == "__main__":
    main()
