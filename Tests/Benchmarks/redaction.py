#!/usr/bin/env python3
"""Speed of redaction on real text, beside other people's tools: MB per second of processor time on one core.

usage: redaction.py [--data FOLDER]
Bug reports and log lines of ../shared are read. Ours is the whole program on 50 MB of each, start and output included; the others read
as many bug reports as they manage in some seconds, through their own interfaces, after a warm-up. A tool that is not installed
is named and passed over.
"""

import argparse
import csv
import importlib.util
import os
import sys
import tempfile
import time
from pathlib import Path

from measured_process import best

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build-release" / "release" / "casebook"


def reports(data):
    csv.field_size_limit(10 ** 9)
    with open(data / "text" / "gitbugs_hadoop" / "hadoop_bugs.csv", encoding="utf-8", newline="") as file:
        return [f"{row['Summary']}\n{row['Description']}\n" for row in csv.DictReader(file)]


def ours(name, text):
    os.environ.update(CASEBOOK_KEY="a key for the benchmark", OPENBLAS_NUM_THREADS="1")
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(max(1, 50_000_000 // len(text))):
            file.write(text)
        file.flush()
        size = os.path.getsize(file.name)
        cost = best(5, [PROGRAM, "redact"], stdin=file.name)
    speed = size / 1e6 / cost.cpu
    print(f"casebook redact, {name:13s}{speed:10.3f} MB/s, {cost.memory / 1e6:.0f} MB of memory")
    return speed


def peers(data):
    """(name, function that finds personal data in a text); those of pii_baselines.py."""
    path = data.parent / "peers" / "pii_baselines.py"
    specification = importlib.util.spec_from_file_location("pii_baselines", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    for name, make in (("Presidio, patterns", lambda: module.presidio(.4)), ("scrubadub", module.scrubadub),
                       ("DataFog, patterns", module.datafog)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name}: not installed ({error.name})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    data = parser.parse_args().data
    if not data.exists():
        sys.exit(f"bench: {data} is not here")
    texts = reports(data)
    speed = ours("bug reports", "".join(texts).encode())
    ours("log lines", b"".join(path.read_bytes() for path in sorted((data / "loghub").glob("*/*_2k.log"))))
    for name, find in peers(data):
        find(texts[0])
        begin, read = time.process_time(), 0
        for text in texts:
            find(text)
            read += len(text.encode())
            if time.process_time() - begin > 5:
                break
        theirs = read / 1e6 / (time.process_time() - begin)
        print(f"{name:29s}{theirs:10.3f} MB/s, ours is {speed / theirs:.0f} times that")


if __name__ == "__main__":
    main()
