#!/usr/bin/env python3
"""How fast logs are taken in: JSON lines of 200 bytes, to records, signatures and counts in a store, redaction included.

The messages are the million lines of ../shared/peers/log_baselines.py, a thousand a second, from eight services. The run
of ten million is the same block ten times, through a pipe. A missed target is printed and fails nothing.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from multiprocessing import Process
from pathlib import Path

from measured_process import best

ROOT = Path(__file__).resolve().parents[2]
CASEBOOK = ROOT / ".build-release" / "release" / "casebook"
BASELINES = ROOT.parent / "shared" / "peers" / "log_baselines.py"
BEGIN = 1_772_360_130_000_000_000
TARGET, MOST_MEMORY = 1_000_000, 500e6


def write(messages, path):
    """Writes a JSON line a message, filled up to 200 bytes or more."""
    subprocess.run([sys.executable, BASELINES, "--write-repeat", messages], check=True)
    with open(messages, encoding="utf-8") as lines, open(path, "w", encoding="utf-8") as output:
        for number, line in enumerate(lines):
            record = {"timeUnixNano": str(BEGIN + number * 1_000_000), "severityText": "INFO", "body": line.rstrip("\n"),
                      "resource": {"service.name": f"service-{number % 8}"}, "thread": ""}
            text = json.dumps(record, separators=(",", ":"))
            record["thread"] = f"worker-{number % 64}".ljust(max(9, 199 - len(text)), "x")
            output.write(json.dumps(record, separators=(",", ":")) + "\n")


def row(name, path, folder, repeats, blocks=1):
    def fresh():
        for end in ("", "-wal", "-shm"):
            Path(f"{folder}/store{end}").unlink(missing_ok=True)

    command = [CASEBOOK, "ingest", "--store", f"{folder}/store", "-"]
    done = best(repeats, command, stdin=path, before=fresh, blocks=blocks)
    count = blocks * 1_000_000
    wall, cpu = count / done.wall, count / done.cpu
    return done, f"| {name} | {wall:,.0f} | {cpu:,.0f} | {done.memory / 1e6:.0f} MB |"


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if not BASELINES.exists():
        print("skipped: the lines of this benchmark are in ../shared, which is not here")
        return
    os.environ["CASEBOOK_KEY"] = "the key of a benchmark"
    with tempfile.TemporaryDirectory() as folder:
        messages, path = Path(folder) / "messages", Path(folder) / "lines.ndjson"
        # A child inherits the memory of its parent for a moment, so the parent stays small.
        writer = Process(target=write, args=(messages, path))
        writer.start()
        writer.join()
        print(f"{path.stat().st_size / 1e6:.0f} bytes a line on average\n")
        print("| lines | lines/s on two cores | lines/s of processor time | peak memory |\n|---|---|---|---|")
        done, text = row("1 million", path, folder, 3)
        print(text, flush=True)
        speed = 1e6 / done.wall
        done, text = row("10 million", path, folder, 1, blocks=10)
        print(text, flush=True)
        print(f"\n≥ {TARGET:,} lines/s: {'reached' if max(speed, 1e7 / done.wall) >= TARGET else 'missed'}; "
              f"< {MOST_MEMORY / 1e6:.0f} MB: {'reached' if done.memory < MOST_MEMORY else 'missed'}")


if __name__ == "__main__":
    main()
