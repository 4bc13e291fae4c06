"""A program, run to its end, and what it cost."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Cost:
    """Wall and processor time in seconds, the largest resident memory in bytes, and what was printed if it was kept."""

    wall: float
    cpu: float
    memory: int
    output: bytes = b""


def run(words, stdin=None, keep_output=False, blocks=1):
    """Runs a program to its end, with a file once or several times as its input; ends the benchmark when it fails."""
    if blocks > 1:
        source = subprocess.Popen(["cat"] + [str(stdin)] * blocks, stdout=subprocess.PIPE).stdout
    else:
        source = open(stdin or os.devnull, "rb")
    with source:
        begin = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in words], stdin=source, stdout=subprocess.PIPE if keep_output else subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        # Both pipes carry a few lines at most, so neither can fill up while the other is read.
        output = process.stdout.read() if keep_output else b""
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()
    if process.returncode != 0:
        message = errors.decode(errors="replace").strip()
        sys.exit(f"bench: {' '.join(map(str, words))} ended with {process.returncode}: {message}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def best(times, words, stdin=None, before=None, blocks=1):
    """The least of each cost over several runs: what the program needs when nothing else wants the processor."""
    costs = []
    for _ in range(times):
        if before:
            before()
        costs.append(run(words, stdin, blocks=blocks))
    return Cost(
        wall=min(cost.wall for cost in costs), cpu=min(cost.cpu for cost in costs),
        memory=min(cost.memory for cost in costs))
