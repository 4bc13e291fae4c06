#!/usr/bin/env python3
"""Line coverage by module, of the Swift tests and of the acceptance tests through the debug programs together.

usage: coverage.py --profile FILE [--threshold PERCENT]
Prints a table and exits with 1 when the whole is below the threshold.
"""

import argparse
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEBUG = ROOT / ".build" / "debug"
PROGRAMS = ["train", "score", "evaluate", "casebook"]


def tool(name):
    """The LLVM tool of the Swift toolchain: another version cannot read its profiles."""
    return Path(shutil.which("swift")).resolve().parent / name


def exported(profile):
    """What llvm-cov tells of both test runs together, line by line, in the format of lcov."""
    data = profile.with_name("all.profdata")
    inputs = [DEBUG / "codecov" / "default.profdata", profile]
    subprocess.run([tool("llvm-profdata"), "merge", "-sparse", *inputs, "-o", data], check=True)
    tests, *more = [*sorted(DEBUG.glob("*.xctest")), *(DEBUG / name for name in PROGRAMS)]
    objects = [argument for binary in more for argument in ("-object", binary)]
    return subprocess.run(
        [tool("llvm-cov"), "export", "-format=lcov", tests, *objects, "-instr-profile", data],
        check=True, capture_output=True, text=True).stdout


def by_module(lcov, root):
    """{module: (covered lines, lines)} for the files below `root`/Sources; a line is covered when any program runs it."""
    lines = defaultdict(dict)
    file = {}
    for record in lcov.splitlines():
        name, _, value = record.partition(":")
        if name == "SF":
            path = Path(value)
            file = lines[path] if path.is_relative_to(root / "Sources") else {}
        elif name == "DA":
            number, count, *_ = value.split(",")
            file[number] = file.get(number, False) or int(count) > 0
    modules = defaultdict(lambda: (0, 0))
    for path, of_file in lines.items():
        module = path.relative_to(root / "Sources").parts[0]
        covered, count = modules[module]
        modules[module] = (covered + sum(of_file.values()), count + len(of_file))
    return dict(modules)


def report(modules, threshold):
    """The table, and whether the whole reaches the threshold."""
    covered, count = (sum(lines) for lines in zip((0, 0), *modules.values()))
    width = max(len(name) for name in [*modules, "all"])
    rows = [f"{'module':{width}}  lines  covered  percent"]
    for name, (part, whole) in [*sorted(modules.items()), ("all", (covered, count))]:
        rows.append(f"{name:{width}}  {whole:5d}  {part:7d}  {100 * part / max(whole, 1):6.1f}%")
    return "\n".join(rows), count > 0 and 100 * covered >= threshold * count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--threshold", type=float, default=90)
    arguments = parser.parse_args()
    table, reached = report(by_module(exported(arguments.profile), ROOT), arguments.threshold)
    print(table)
    if not reached:
        print(f"Line coverage is below {arguments.threshold:g} %", file=sys.stderr)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
