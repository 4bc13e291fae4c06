#!/usr/bin/env python3
"""Models of anomalies of the first few training sessions of a data set: what they flag of its test.

usage: anomaly_first_hour.py DATASET_FOLDER COUNT [COUNT ...]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from anomaly import ROOT, SHARED, read

PROGRAMS = ROOT / ".build-release" / "release"


def flagged(models, sessions):
    """The share of sessions that a model flags, and its smallest p-value."""
    done = subprocess.run(
        [PROGRAMS / "score", "anomaly", "--models", models], input="".join(" ".join(s) + "\n" for s in sessions),
        stdout=subprocess.PIPE, check=True, encoding="utf-8")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return sum(answer["isAnomaly"] for answer in answers) / len(answers), min(answer["pValue"] for answer in answers)


def main(dataset, counts):
    descriptor = json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))
    roles, columns = descriptor["roles"], descriptor.get("columns")
    folders = [dataset, *(folder / descriptor["name"] for folder in SHARED.iterdir())]
    training = [s for file in roles["train"] for s in read(folders, columns, file)]
    normal = [s for file in roles["normal"] for s in read(folders, columns, file, anomalous=False)]
    anomalous = [s for file in roles["anomalous"] for s in read(folders, columns, file, anomalous=True)]
    print("sessions  false alarms  found  least p")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            first = Path(folder) / "first"
            first.write_text("".join(" ".join(s) + "\n" for s in training[:count]), encoding="utf-8")
            subprocess.run(
                [PROGRAMS / "train", "anomaly", "--sessions", first, "--models", folder], check=True,
                stderr=subprocess.DEVNULL)
            alarms, found = flagged(folder, normal), flagged(folder, anomalous)
            print(f"{count:8}  {alarms[0]:12.4f}  {found[0]:5.3f}  {min(alarms[1], found[1]):7.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(count) for count in sys.argv[2:]])
