#!/usr/bin/env python3
"""Line coverage by module, of the Swift tests and of the acceptance tests through the debug programs together.

usage: coverage.py --profile FILE [--threshold PERCENT] [--whole MODULE]
Prints a table, names each line of one module that nothing runs, and exits with 1 when the whole is below the threshold.
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


def by_file(lcov, root):
    """{path below `root`/Sources: {line: whether any program runs it}}."""
    files = defaultdict(dict)
    lines = {}
    for record in lcov.splitlines():
        name, _, value = record.partition(":")
        if name == "SF":
            path = Path(value)
            lines = files[path.relative_to(root / "Sources")] if path.is_relative_to(root / "Sources") else {}
        elif name == "DA":
            number, count = map(int, value.split(",")[:2])
            lines[number] = lines.get(number, False) or count > 0
    return dict(files)


def by_module(files):
    """{module: (covered lines, lines)}."""
    modules = defaultdict(lambda: (0, 0))
    for path, lines in files.items():
        covered, count = modules[path.parts[0]]
        modules[path.parts[0]] = (covered + sum(lines.values()), count + len(lines))
    return dict(modules)


def never_run(files, module):
    """The files of a module that have lines which nothing runs, with their numbers."""
    return {
        path: missing for path, lines in sorted(files.items())
        if path.parts[0] == module and (missing := sorted(number for number, is_run in lines.items() if not is_run))}


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
    parser.add_argument("--whole", default="Incidents", help="a module of which every line that nothing runs is named")
    arguments = parser.parse_args()
    files = by_file(exported(arguments.profile), ROOT)
    table, reached = report(by_module(files), arguments.threshold)
    print(table)
    for path, lines in never_run(files, arguments.whole).items():
        print(f"never run: {path}: {', '.join(map(str, lines))}")
    if not reached:
        print(f"Line coverage is below {arguments.threshold:g} %", file=sys.stderr)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
