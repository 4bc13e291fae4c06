#!/usr/bin/env python3
"""How fast trends are: 30 days of stored counts of 10,000 signatures and 5,000 accounts, and error logs from their bytes.

The counts are sparse: each signature has its own rate and its own accounts, and there are CELLS cells beside those of ordinary lines. `warnings` looks at
the last day with all before as its past. The raw log has LINES lines (a hundredth of 30 days at 10,000 a minute by default), so that what 43.2 million
take follows from their cost, which grows with the lines. Last, minutes with a line of each of 10,000 series are watched as they come. A missed target is printed and fails nothing.
"""

import argparse
import json
import os
import re
import struct
import subprocess
import tempfile
from multiprocessing import Process
from pathlib import Path

from measured_process import best

ROOT = Path(__file__).resolve().parents[2]
CASEBOOK = ROOT / ".build-release" / "release" / "casebook"
SIGNATURES, ACCOUNTS, DEPLOYMENTS, HOURS = 10_000, 5_000, 200, 720
FIRST = 490_992


def varints(numpy, values):
    """Numbers in seven bits a byte, each by itself."""
    values = values.astype(numpy.uint64)
    pieces = numpy.zeros((len(values), 5), dtype=numpy.uint8)
    used = numpy.zeros((len(values), 5), dtype=bool)
    rest = values.copy()
    for place in range(5):
        used[:, place] = (rest > 0) | (place == 0)
        pieces[:, place] = (rest & 0x7F).astype(numpy.uint8)
        rest >>= numpy.uint64(7)
    pieces[:, :-1][used[:, 1:]] |= 0x80
    return pieces, used


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def write(path, cells):
    import numpy

    generator = numpy.random.default_rng(3)
    rates = generator.lognormal(0, 1.5, SIGNATURES)
    signature = generator.choice(SIGNATURES, cells, p=rates / rates.sum())
    hour = generator.integers(0, HOURS, cells)
    account = generator.integers(0, ACCOUNTS, cells)
    ordinary = HOURS * DEPLOYMENTS
    signature = numpy.concatenate([numpy.full(ordinary, -1), signature])
    hour = numpy.concatenate([numpy.repeat(numpy.arange(HOURS), DEPLOYMENTS), hour])
    # Half of the deployments are upgraded in the last days, with their accounts.
    place = numpy.concatenate([ACCOUNTS + numpy.tile(numpy.arange(DEPLOYMENTS), HOURS), account])
    scope = 2 * place + ((place % 2 == 0) & (hour > 500))
    count = numpy.concatenate([generator.poisson(300, ordinary) + 1, generator.geometric(0.7, cells)])
    order = numpy.lexsort((scope, hour, signature))
    signature, hour, scope, count = signature[order], hour[order] + FIRST, scope[order], count[order]
    same = (numpy.diff(signature) == 0) & (numpy.diff(hour) == 0) & (numpy.diff(scope) == 0)
    kept = numpy.concatenate([[True], ~same])
    signature, hour, scope, count = signature[kept], hour[kept], scope[kept], count[kept]
    step = numpy.diff(signature, prepend=-1)
    before = numpy.where(step == 0, numpy.concatenate([[0], hour[:-1]]), 0)
    distance = hour - before
    zigzag = numpy.where(distance >= 0, 2 * distance, -2 * distance - 1)
    columns = [varints(numpy, values) for values in (step, zigzag, scope, count)]
    body = numpy.concatenate([pieces for pieces, _ in columns], axis=1)[numpy.concatenate([used for _, used in columns], axis=1)].tobytes()
    scopes = [[n // 2, n // 2 % DEPLOYMENTS, n % 2, 0] for n in range(2 * ACCOUNTS)] + [[-1, n // 2, n % 2, 0] for n in range(2 * DEPLOYMENTS)]
    names = json.dumps({
        "signatures": [{"id": f"s{n}", "template": f"failure {n} of <*>"} for n in range(SIGNATURES)],
        "accounts": [f"a{n}" for n in range(ACCOUNTS)], "deployments": [f"d{n}" for n in range(DEPLOYMENTS)],
        "versions": ["1.0", "1.1"], "environments": ["production"], "scopes": scopes}).encode()
    data = b"CASECNT1" + struct.pack("<Q", len(names)) + names + struct.pack("<Q", len(signature)) + body
    path.write_bytes(data + struct.pack("<Q", fnv(data)))


def in_child(function, *arguments):
    """A child inherits the memory of its parent for a moment, so the parent stays small."""
    writer = Process(target=function, args=arguments)
    writer.start()
    writer.join()
    assert writer.exitcode == 0


def write_log(folder, lines):
    import numpy

    generator = numpy.random.default_rng(4)
    messages = [f"cannot {verb} {noun} {{}}: {reason}" for verb in ("open", "write", "lock", "parse") for noun in ("invoice", "session", "index", "queue", "page")
                for reason in ("timeout after {} ms", "connection refused", "checksum mismatch at {}", "no space left")]
    with open(folder / "logs.ndjson", "w") as out:
        for number in range(lines):
            message = messages[int(generator.integers(len(messages)))].format(int(generator.integers(100_000)), int(generator.integers(5_000)))
            time = 1_767_571_200_000_000_000 + number * 30 * 86_400_000_000_000 // lines
            out.write(f'{{"timeUnixNano":"{time}","severityNumber":17,"body":"{message}","attributes":{{"tenant.id":"acct-{number % 5_000:05}"}}}}\n')
    with open(folder / "accounts.ndjson", "w") as out:
        for number in range(5_000):
            print(json.dumps({"id": f"acct-{number:05}"}), file=out)


def write_series(folder, series, minutes):
    """The log of 30 days of failures that have no word in common, so that each has a signature of its own, and the minutes after it.

    A minute has a line of each, many more than in the days before, and as many more ordinary lines: the product is used more, and nothing is worse.
    """
    import numpy

    generator = numpy.random.default_rng(5)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words = iter(generator.permutation(len(syllables) ** 3))

    def word():
        number = int(next(words))
        return syllables[number % 70] + syllables[number // 70 % 70] + syllables[number // 4_900]

    messages = [f"{word()} {word()} {word()} {word()}" for _ in range(series)]

    def text(out, number, seconds):
        time, account = (1_767_571_200 + seconds) * 1_000_000_000, int(generator.integers(5_000))
        severity, body = (17, messages[number]) if number < series else (9, "order accepted")
        out.write(f'{{"timeUnixNano":"{time}","severityNumber":{severity},"body":"{body}","attributes":{{"tenant.id":"acct-{account:05}"}}}}\n')

    chosen = generator.permutation(numpy.concatenate([numpy.tile(numpy.arange(series), 30), numpy.full(3 * series, series)]))
    with open(folder / "logs.ndjson", "w") as out:
        for place, number in enumerate(chosen):
            text(out, int(number), place * 30 * 86_400 // len(chosen))
    with open(folder / "minutes.ndjson", "w") as out:
        for minute in range(minutes):
            for number in generator.permutation(series + series // 10):
                text(out, int(number), 30 * 86_400 + 60 * minute)
    with open(folder / "accounts.ndjson", "w") as out:
        for number in range(5_000):
            print(json.dumps({"id": f"acct-{number:05}"}), file=out)


def watch(folder):
    """What `warnings --follow` says of the time that its looks took."""
    with open(folder / "minutes.ndjson") as lines:
        done = subprocess.run([CASEBOOK, "warnings", "--follow", "--json", "--desk", folder], stdin=lines, capture_output=True, text=True, check=True)
    return done.stderr.strip().splitlines()[-1].removeprefix("casebook warnings: ")


def verdict(is_reached):
    return "reached" if is_reached else "missed"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=3_000_000)
    parser.add_argument("--lines", type=int, default=4_320_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stored = folder / "stored.counts"
        os.environ["CASEBOOK_KEY"] = "the key of a benchmark"
        in_child(write, stored, arguments.cells)
        with open(stored, "rb") as file:
            file.seek(8)
            file.seek(struct.unpack("<Q", file.read(8))[0], os.SEEK_CUR)
            cells = struct.unpack("<Q", file.read(8))[0]
        print(f"{cells:,} cells in {stored.stat().st_size / 1e6:.0f} MB\n\n| from stored counts | seconds on the wall | peak memory |\n|---|---|---|")
        slowest = 0
        for command in (["trends", "--top", "20"], ["warnings", "--since", "2026-02-03T00:00:00Z"], ["regressions", "--all"]):
            cost = best(3, [CASEBOOK, *command, "--counts", stored, "--json"])
            slowest = max(slowest, cost.wall)
            print(f"| {command[0]} | {cost.wall:.2f} | {cost.memory / 1e6:.0f} MB |", flush=True)
        compared = subprocess.run([CASEBOOK, "regressions", "--all", "--counts", stored, "--json"], capture_output=True, check=True).stdout
        verdicts = compared.count(b'"verdict"')
        print(f"\n{verdicts:,} signatures compared over a roll-out")
        print(f"each in < 2 s: {verdict(slowest < 2)}")
        in_child(write_log, folder, arguments.lines)
        cost = best(3, [CASEBOOK, "trends", "--desk", folder, "--json"])
        whole = cost.wall * 43_200_000 / arguments.lines
        print(f"{arguments.lines:,} error lines from their bytes to trends: {cost.wall:.2f} s, {arguments.lines / cost.wall:,.0f} lines/s, "
              f"{cost.memory / 1e6:.0f} MB; 43.2 million at that rate: {whole:.0f} s; < 18 s: {verdict(whole < 18)}")
        in_child(write_series, folder, SIGNATURES, 30)
        said = watch(folder)
        slowest = float(re.search("within (.*) ms", said)[1])
        print(f"minutes with a line of each of {SIGNATURES:,} series: {said}; < 50 ms: {verdict(slowest < 50)}")


if __name__ == "__main__":
    main()
