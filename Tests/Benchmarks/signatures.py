#!/usr/bin/env python3
"""How fast signatures are found, in lines a second of processor time, beside drain3 on the same lines.

The million lines are those of ../shared/peers/log_baselines.py; a second stream starts a new template with every tenth
line, and a third has nothing but new words. Our time is that of the whole program, reading and grouping included. A
missed target is printed and fails nothing.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from multiprocessing import Process
from pathlib import Path

from measured_process import best

ROOT = Path(__file__).resolve().parents[2]
CASEBOOK = ROOT / ".build-release" / "release" / "casebook"
BASELINES = ROOT.parent / "shared" / "peers" / "log_baselines.py"
REPEATS = 5
TARGET = 2_000_000


def words(generator, count):
    return " ".join("".join(generator.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(count))


def ours(path, repeats=REPEATS):
    """The number of lines and what the whole program cost."""
    with open(path, "rb") as lines:
        count = sum(1 for _ in lines)
    return count, best(repeats, [CASEBOOK, "signatures", "--messages", "--summary"], stdin=path)


def write(steady, tenth, noise):
    """Writes the three streams."""
    subprocess.run([sys.executable, BASELINES, "--write-repeat", steady], check=True)
    generator = random.Random(1)
    lines = steady.read_text(encoding="utf-8").split("\n")[:-1]
    tenth.write_text("".join(
        (words(generator, 8) if number % 10 == 0 else line) + "\n" for number, line in enumerate(lines)))
    noise.write_text("".join(words(generator, 8) + "\n" for _ in range(200_000)))


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if not BASELINES.exists():
        print("skipped: the lines of this benchmark are in ../shared, which is not here")
        return
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("steady", "tenth", "noise")]
        # A child inherits the memory of its parent for a moment, so the parent stays small.
        writer = Process(target=write, args=streams)
        writer.start()
        writer.join()
        steady, tenth, noise = streams
        print("| lines | lines/s of processor time | peak memory | |\n|---|---|---|---|")
        count, done = ours(steady)
        speed = count / done.cpu
        verdict = f"≥ {TARGET:,} lines/s: {'reached' if speed >= TARGET else 'missed'}"
        print(f"| a steady state, 1 million | {speed:,.0f} | {done.memory / 1e6:.0f} MB | {verdict} |", flush=True)
        for name, path in (("every tenth line a new template", tenth), ("nothing but new words", noise)):
            count, done = ours(path, 1)
            print(f"| {name}, {count:,} | {count / done.cpu:,.0f} | {done.memory / 1e6:.0f} MB | |", flush=True)
        peer = subprocess.run(
            [sys.executable, BASELINES, "--settings", "default", "--systems", "HDFS"], check=True,
            stdout=subprocess.PIPE, encoding="utf-8").stdout
        learning = next(line for line in peer.splitlines() if "learn" in line)
        drain3 = float(learning.split("learn ")[1].split(" lines/s")[0].replace(",", ""))
        ratio = f"we are {speed / drain3:.0f} times as fast"
        print(f"| drain3 0.9.11, default settings, the steady state | {drain3:,.0f} | | {ratio} |")


if __name__ == "__main__":
    main()
