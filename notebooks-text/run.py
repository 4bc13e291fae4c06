#!/usr/bin/env python3
"""Runs the notebooks again: every command of a ```console block, with its printed output below it.

In a block, a line that begins with `$ ` is a command (a line that ends with a backslash goes on in the next), and what
follows up to the next command is its output. Commands run in order, from the root of the repository, with the release
programs first on the PATH. The output replaces the old one in place; with --check nothing is written and any difference
fails, except in blocks whose opening line is ```console timing, where only the exit code counts.

usage: run.py [--check] [NOTEBOOK.md ...]
A notebook that uses ../shared is skipped, with a message, where that folder is absent. Exits with 1 when a command
fails or, with --check, when an output differs.
"""

import argparse
import difflib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / ".build-release" / "release"
FENCE = "```"


def commands(block):
    """The (command lines, output lines) pairs of a block; lines before the first command are the output of []."""
    pairs = [([], [])]
    continued = False
    for line in block:
        if line.startswith("$ "):
            pairs.append(([line], []))
        elif continued:
            pairs[-1][0].append(line)
        else:
            pairs[-1][1].append(line)
            continue
        continued = line.endswith("\\")
    return pairs if pairs[0][1] else pairs[1:]


def execute(lines):
    """Runs a command as it stands in the notebook; returns what it printed on either stream, and its exit code."""
    text = "\n".join(lines).removeprefix("$ ")
    environment = {
        **os.environ, "PATH": f"{PROGRAMS}:{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", text], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    return [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")] if done.stdout else [], done.returncode


def run_again(text, execute):
    """The text with fresh outputs, and [(line number, command, exit code, old output, new output, timing)]."""
    lines, fresh, runs = text.split("\n"), [], []
    block = opening = None
    for number, line in enumerate(lines, start=1):
        if block is None:
            fresh.append(line)
            if line.strip() == FENCE + "console" or line.startswith(FENCE + "console "):
                block, opening = [], number
        elif line != FENCE:
            block.append(line)
        else:
            for command, old in commands(block):
                fresh.extend(command)
                if command:
                    new, code = execute(command)
                    timing = "timing" in lines[opening - 1].split()
                    runs.append((opening, " ".join(command), code, old, new, timing))
                    fresh.extend(new)
                else:
                    fresh.extend(old)
            fresh.append(line)
            block = None
    if block is not None:
        raise ValueError(f"line {opening}: the block is never closed")
    return "\n".join(fresh), runs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK.md")
    arguments = parser.parse_args()
    failed = False
    for notebook in arguments.notebooks or sorted((ROOT / "notebooks-text").glob("[0-9]*.md")):
        text = notebook.read_text(encoding="utf-8")
        if "../shared" in text and not (ROOT.parent / "shared").exists():
            print(f"{notebook.name}: skipped, because it needs ../shared, which is not here")
            continue
        try:
            fresh, runs = run_again(text, execute)
        except ValueError as error:
            print(f"{notebook.name}: {error}", file=sys.stderr)
            failed = True
            continue
        for line, command, code, old, new, timing in runs:
            if code != 0:
                print(f"{notebook.name}:{line}: exit {code}: {command}", *new[-20:], sep="\n", file=sys.stderr)
                failed = True
            elif arguments.check and old != new and not timing:
                print(f"{notebook.name}:{line}: other output: {command}", file=sys.stderr)
                print(*difflib.unified_diff(old, new, "notebook", "now", lineterm=""), sep="\n", file=sys.stderr)
                failed = True
        if not arguments.check and all(code == 0 for _, _, code, *_ in runs):
            notebook.write_text(fresh, encoding="utf-8")
        print(f"{notebook.name}: {len(runs)} commands run")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
