#!/usr/bin/env python3
"""Our signatures under the evaluator of ../shared/peers/log_baselines.py, beside drain3 in the same run."""

import argparse
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASEBOOK = ROOT / ".build-release" / "release" / "casebook"
SHARED = ROOT.parent / "shared"
BASELINES = SHARED / "peers" / "log_baselines.py"


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if not BASELINES.exists():
        print("skipped: the lines of this benchmark are in ../shared, which is not here")
        return
    with tempfile.TemporaryDirectory() as folder:
        for labels in sorted((SHARED / "data" / "loghub").glob("*/*_2k.log_structured.csv")):
            with open(labels, encoding="utf-8", newline="") as rows:
                messages = "".join(row["Content"] + "\n" for row in csv.DictReader(rows))
            with open(Path(folder) / f"{labels.parent.name}.csv", "wb") as output:
                subprocess.run([CASEBOOK, "signatures", "--messages"], input=messages.encode(), stdout=output,
                               stderr=subprocess.DEVNULL, check=True)
        print("ours", flush=True)
        subprocess.run([sys.executable, BASELINES, "--score", folder], check=True)
    print("\ndrain3", flush=True)
    subprocess.run([sys.executable, BASELINES, "--settings", "both", "--lines", "0"], check=True)


if __name__ == "__main__":
    main()
