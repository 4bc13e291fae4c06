#!/usr/bin/env python3
"""Holds the names in Sources/ against the rules of the house: no catch-all names, no data set named in the code.

usage: names.py [--root DIR]
Prints one line a violation and exits with 1 when there is any.
"""

import argparse
import re
import sys
from pathlib import Path

CATCH_ALL_TYPE = re.compile(
    r"\b(?:struct|class|enum|actor|protocol|typealias)\s+"
    r"(\w*(?:Manager|Helpers?|Utils?|Utilit(?:y|ies)|Common|Misc)|\w*(?<![a-z])Core)\b")
CATCH_ALL_FILE = re.compile(r"(Manager|Helper|Util|Common|Misc|(?<![a-z])Core\b)")
CATCH_ALL_FOLDER = re.compile(r"(managers?|utils?|utilities|helpers?|common|core|misc|tools)", re.IGNORECASE)
# A program that knows the name of a data set can be written to please it.
DATA_SET = re.compile(
    r"uci[_-]?incident|boston[_-]?311|\bhelpdesk\b|loghub|logparser|zookeeper|openssh|proxifier|banking77|gitbugs"
    r"|presidio|\bhdfs\b|\bhadoop\b|\bbgl\b",
    re.IGNORECASE)
SOURCE_SUFFIXES = {".swift", ".c", ".cpp", ".h"}


def violations(root):
    """One sentence for each forbidden name below `root`/Sources."""
    found = []
    for file in sorted((root / "Sources").rglob("*")):
        if file.suffix not in SOURCE_SUFFIXES:
            continue
        place = file.relative_to(root)
        if CATCH_ALL_FILE.search(file.stem):
            found.append(f"{place}: the name of the file says nothing")
        for folder in place.parts[1:-1]:
            if CATCH_ALL_FOLDER.fullmatch(folder):
                found.append(f"{place}: the folder {folder} says nothing")
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if match := CATCH_ALL_TYPE.search(line):
                found.append(f"{place}:{number}: the name {match.group(1)} says nothing")
            if match := DATA_SET.search(line):
                found.append(f"{place}:{number}: names the data set or log system {match.group()}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2])
    found = violations(parser.parse_args().root)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
