"""A plug-in for pytest: gathers what the instrumented programs write, one file a process, before it fills the disk.

The programs must not merge into one file themselves: a function that stands in several modules has several records of the same counters,
so that each process would multiply what is in the file.
"""

import os
import subprocess
from pathlib import Path

from coverage import tool

FOLDER = Path(os.environ["LLVM_PROFILE_FILE"]).parent
GATHERED = FOLDER / "acceptance.profdata"
MOST = 100


def gather():
    files = [*FOLDER.glob("*.profraw")]
    known = [GATHERED] if GATHERED.exists() else []
    # A program that was killed may have left half a file.
    subprocess.run(
        [tool("llvm-profdata"), "merge", "-sparse", "-failure-mode=all", *known, *files, "-o", GATHERED],
        check=True, capture_output=True)
    for file in files:
        file.unlink()


def pytest_runtest_teardown():
    if sum(1 for _ in FOLDER.glob("*.profraw")) >= MOST:
        gather()


def pytest_sessionfinish():
    gather()
