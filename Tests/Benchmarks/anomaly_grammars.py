#!/usr/bin/env python3
"""Our detector of anomalies on the services of session_grammars.py, by share of anomalous sessions in the training.

usage: anomaly_grammars.py [--first SEED] [--seeds N] [--sessions N] [--each]

Each cell is the mean F1 over the seeds of a profile, at the prevalence of the training (3 % where the training has no
anomaly). The test has 1,500 normal and 400 anomalous sessions of its own. --each prints every service.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from session_grammars import PROFILES, Service

ROOT = Path(__file__).resolve().parents[2]
EVALUATE = ROOT / ".build-release" / "release" / "evaluate"
SHARES = (0, 0.005, 0.01, 0.03, 0.05, 0.1, 0.2)
CLEAN_PREVALENCE = 0.03


def measured(folder, service, sessions, share):
    """The measures of `evaluate anomaly` on a service."""
    mixed = round(share * sessions)
    parts = {
        "train": [service.normal() for _ in range(sessions - mixed)] + [service.anomalous() for _ in range(mixed)],
        "normal": [service.normal() for _ in range(1_500)], "anomalous": [service.anomalous() for _ in range(400)]}
    for name, part in parts.items():
        (folder / name).write_text("".join(" ".join(session) + "\n" for session in part), encoding="utf-8")
    (folder / "dataset.json").write_text(json.dumps({
        "name": "service", "kind": "sessions", "files": list(parts), "roles": {name: [name] for name in parts},
        "prevalence": share or CLEAN_PREVALENCE}))
    done = subprocess.run(
        [EVALUATE, "anomaly", "--dataset", folder, "--json"], stdout=subprocess.PIPE, check=True, encoding="utf-8")
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=1_500)
    parser.add_argument("--each", action="store_true")
    options = parser.parse_args()
    print(f"{'F1':10}" + "".join(f"{share:7.1%}" for share in SHARES) + "   mean  worst  AUROC")
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for profile in PROFILES:
            own = [[measured(Path(name), Service(profile, seed), options.sessions, share) for share in SHARES]
                   for seed in range(options.first, options.first + options.seeds)]
            if options.each:
                for seed, row in enumerate(own, start=options.first):
                    print_row(f"{profile} {seed}", [row])
            print_row(profile, own)
            rows += own
    print_row("all", rows)
    return 0


def print_row(name, rows):
    f1 = [[measures["f1"] for measures in row] for row in rows]
    every = [value for row in f1 for value in row]
    auroc = [measures["auroc"] for row in rows for measures in row]
    print(f"{name:10}" + "".join(f"{sum(column) / len(column):7.2f}" for column in zip(*f1))
          + f"{sum(every) / len(every):7.2f}{min(every):7.2f}{sum(auroc) / len(auroc):7.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
