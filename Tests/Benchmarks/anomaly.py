#!/usr/bin/env python3
"""Simple detectors of anomalies on a data set of kind `sessions`, and ours in the same run.

usage: anomaly.py DATASET_FOLDER [--seed N]

The protocol is that of `evaluate anomaly`: anomalous sessions are mixed into the training at the share that the descriptor
names, drawn by the seed, and precision is that at the descriptor's prevalence. Two kinds of threshold are shown: one that
looks at no label (flag what was never seen: a distance above zero), and the best of all thresholds on the test data, which no
user has. The draw is not ours, so figures of the mixed training differ from those of `evaluate` by that draw.
"""

import argparse
import csv
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"


def read(folders, columns, name, anomalous=None):
    """The sessions of a file as tuples; of a labelled one those that are anomalous or not."""
    path = next(folder / name for folder in folders if (folder / name).exists())
    if path.suffix != ".csv":
        return [tuple(line.split()) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row[columns["signatures"]].split()) for row in csv.DictReader(file)
                if anomalous is None or (row[columns["label"]] == "1") == anomalous]


def never_seen(training):
    """The number of different signatures that no training session has."""
    known = {signature for session in training for signature in session}
    return lambda session: len(set(session) - known)


def unseen_pairs(training):
    """The share of neighbouring pairs that no training session has."""
    def pairs(session):
        return set(zip(("",) + session, session + ("",)))
    known = set().union(*map(pairs, training))
    return lambda session: len(pairs(session) - known) / len(pairs(session))


def nearest_count_vector(training):
    """The Manhattan distance to the nearest training session in counts, over the sum of both lengths."""
    known = [Counter(dict(items)) for items in {frozenset(Counter(session).items()) for session in training}]
    memory = {}

    def distance(session):
        key = frozenset(Counter(session).items())
        if key not in memory:
            own = Counter(session)
            memory[key] = min(
                sum(abs(own[name] - other[name]) for name in own.keys() | other.keys())
                / (sum(own.values()) + sum(other.values())) for other in known)
        return memory[key]
    return distance


def measures(normal, anomalous, threshold, prevalence):
    recall = sum(score >= threshold for score in anomalous) / len(anomalous)
    alarms = sum(score >= threshold for score in normal) / len(normal)
    flagged = prevalence * recall + (1 - prevalence) * alarms
    precision = prevalence * recall / flagged if flagged else 0
    return (2 * precision * recall / (precision + recall) if precision + recall else 0), precision, recall, alarms


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    descriptor = json.loads((options.dataset / "dataset.json").read_text(encoding="utf-8"))
    name, roles, columns = descriptor["name"], descriptor["roles"], descriptor.get("columns")
    folders = [options.dataset, *(folder / name for folder in SHARED.iterdir())]
    training = [s for file in roles["train"] for s in read(folders, columns, file)]
    normal = [s for file in roles["normal"] for s in read(folders, columns, file, anomalous=False)]
    anomalous = [s for file in roles["anomalous"] for s in read(folders, columns, file, anomalous=True)]
    prevalence = descriptor.get("prevalence", len(anomalous) / (len(anomalous) + len(normal)))
    share = descriptor.get("contamination", 0)
    random.Random(options.seed).shuffle(anomalous)
    drawn = round(share / (1 - share) * len(training))

    print(f"prevalence {prevalence:.4f}, flagging everything F1 {2 * prevalence / (1 + prevalence):.3f}")
    print("training         detector                 F1     P     R  alarms   best F1 with the test's labels")
    for label, mixed in (("normal only", 0), (f"{drawn} mixed in", drawn)):
        given = training + anomalous[:mixed]
        for title, detector in (("event never seen", never_seen), ("nearest count vector", nearest_count_vector),
                                ("unseen pairs of events", unseen_pairs)):
            score = detector(given)
            known = {session: score(session) for session in {*normal, *anomalous}}
            low, high = [known[s] for s in normal], [known[s] for s in anomalous[mixed:]]
            f1, precision, recall, alarms = measures(low, high, 1e-12, prevalence)
            thresholds = sorted({*low, *high})
            best = max(measures(low, high, t, prevalence)[0] for t in thresholds[:: max(1, len(thresholds) // 500)])
            print(f"{label:16} {title:22} {f1:5.3f} {precision:5.3f} {recall:5.3f}  {alarms:.4f}   {best:.3f}")
    done = subprocess.run(
        [ROOT / ".build-release" / "release" / "evaluate", "anomaly", "--dataset", options.dataset, "--seed",
         str(options.seed), "--json"], stdout=subprocess.PIPE, check=True, encoding="utf-8")
    for result in json.loads(done.stdout)["sets"]:
        for label, key in (("normal only", "notMixed"), (f"{drawn} mixed in", "unlabelled")):
            ours = result.get(key) or result["unlabelled"]
            print(f"{label:16} {'ours':22} {ours['f1']:5.3f} {ours['precision']:5.3f} {ours['recall']:5.3f}  "
                  f"{ours['falseAlarmRate']:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
