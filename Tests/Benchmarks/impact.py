#!/usr/bin/env python3
"""How fast an outage is matched to its customers: 1,000,000 lines of about 330 bytes over 10,000 accounts with 30,000 aliases on 1,000 deployments,
after 100,000 lines of four ordinary days.

Half the lines name no account; the others name it by its id or an alias, in an attribute or in the message. The costs are the
processor times of `casebook formats` (reading), `signatures --summary` (reading and signatures), `accounts` (customers) and
`accounts --lines` (customers, reading and accounts). What finding accounts costs alone is the last less the first and the third. `impact` is
all of it, from the bytes of the log to the incident and its accounts, in seconds on the wall.

`correlate` is given 100,000 tickets, 5,000 of them open, four ordinary days, and then 100,000 lines of the outage and 1,000 new tickets; it measures
each by itself. A missed target is printed and fails nothing.
"""

import argparse
import json
import random
import re
import subprocess
import tempfile
from datetime import datetime, timezone
from multiprocessing import Process
from pathlib import Path

from measured_process import best, run

ROOT = Path(__file__).resolve().parents[2]
CASEBOOK = ROOT / ".build-release" / "release" / "casebook"
BEGIN = 1_772_360_130_000_000_000
TARGET = 0.5
WHOLE = 1
LIVE = 1
TICKETS, OPEN = 100_000, 5_000
MESSAGES = [
    "request {rid} finished with status 200 in {n} ms", "cannot reach upstream after {n} attempts, giving up on {rid}",
    "cache miss for object {n}, loading it from the store", "payment of order {rid} was declined by the provider",
    "export job {n} queued behind {m} others", "worker {m} picked up batch {n}",
]
NAMED = ["{line} for customer {name}", "tenant={name} {line}", "{line} (workspace {name})", "GET https://{name}.app.test/api/v2/items/{n}"]


def write(folder, lines):
    generator = random.Random(7)
    accounts, desk = [], Path(folder)
    with open(desk / "accounts.ndjson", "w") as out, open(desk / "aliases.ndjson", "w") as aliases:
        for index in range(10_000):
            id = f"acct-{index * 7 + 12:06d}"
            slug = "".join(generator.choice("bcdfghklmnprstvw") + generator.choice("aeiou") for _ in range(4))
            names = [f"{slug}-{index}", f"L{generator.randrange(10**7, 10**8)}", f"{slug}{index}.example"]
            accounts.append((id, names))
            print(json.dumps({"id": id, "name": f"{slug.title()} Group {index}", "organization": f"O{index}"}), file=out)
            for kind, name in zip(("workspace", "legacyId", "domain"), names):
                print(json.dumps({"account": id, "kind": kind, "value": name}), file=aliases)
    with open(desk / "deployments.ndjson", "w") as out:
        for index in range(1_000):
            users = [accounts[a][0] for a in range(index, 10_000, 1_000)]
            print(json.dumps({"id": f"cell-{index}", "hosts": [f"node-{index}-{n}.internal" for n in range(3)],
                              "region": f"region-{index % 20}", "accounts": users}), file=out)
    with open(desk / "logs.ndjson", "w") as out:
        history = lines // 10
        for number in range(-history, lines):
            account = generator.randrange(10_000)
            cell = account % 1_000
            values = {"rid": f"{generator.getrandbits(48):012x}", "n": generator.randrange(10_000), "m": generator.randrange(64)}
            message = generator.choice(MESSAGES).format(**values)
            attributes = {"request.id": values["rid"], "thread": f"worker-{number % 64}", "duration_ms": values["n"]}
            draw = generator.random()
            if draw < 0.25:
                attributes["tenant.ref"] = accounts[account][0]
            elif draw < 0.5:
                name = generator.choice([accounts[account][0], accounts[account][1][0]])
                message = generator.choice(NAMED).format(line=message, name=name, n=values["n"])
            # Four days with a failure in a thousand lines, then the outage, in which two of three lines are failures.
            time = BEGIN + (number * 1_000_000 if number >= 0 else number * 345_600_000_000_000 // history)
            severity = 17 if (number % 3 if number >= 0 else number % 1_000 == 0) else 9
            record = {
                "timeUnixNano": str(time), "severityNumber": severity, "body": message,
                "attributes": attributes, "traceId": f"{generator.getrandbits(128):032x}",
                "resource": {"service.name": f"service-{number % 8}", "host.name": f"node-{cell}-{number % 3}.internal"},
            }
            out.write(json.dumps(record, separators=(",", ":")) + "\n")


def ticket(generator, number, time, resolved):
    account = generator.randrange(10_000)
    problem = generator.choice(["payment declined", "export queued", "cannot reach upstream", "cache miss", "invoice address", "new user"])
    body = " ".join(f"{generator.choice('bdfgklmnprst')}{generator.choice('aeiou')}{generator.choice('dklmnrst')}{generator.choice('aeiou')}ng"
                    for _ in range(20))
    date = datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"id": f"T{number}", "openedAt": date, "resolvedAt": date if resolved else None, "account": f"acct-{account * 7 + 12:06d}",
            "subject": problem, "body": body}


def correlate(desk, history, lines):
    """The milliseconds that 99 of 100 lines and 99 of 100 tickets keep within, when one comes after the other."""
    generator = random.Random(8)
    outage = BEGIN / 1e9
    with tempfile.TemporaryDirectory() as name:
        past = Path(name)
        for file in ["accounts.ndjson", "aliases.ndjson", "deployments.ndjson"]:
            (past / file).symlink_to(desk.resolve() / file)
        with open(desk / "logs.ndjson") as log, open(past / "logs.ndjson", "w") as known, open(past / "new.log", "w") as new:
            for number, line in enumerate(log):
                if number >= history + lines:
                    break
                (known if number < history else new).write(line)
        with open(past / "tickets.ndjson", "w") as out:
            for number in range(TICKETS + OPEN):
                print(json.dumps(ticket(generator, number, outage - generator.uniform(0, 40 * 86_400), number >= OPEN)), file=out)
        with open(past / "new.ndjson", "w") as out:
            for number in range(1_000):
                print(json.dumps(ticket(generator, f"N{number}", outage + number * lines / 1e6, False)), file=out)
        with open(past / "new.log", "rb") as source:
            done = subprocess.run([CASEBOOK, "correlate", "--desk", past, "--tickets", past / "new.ndjson"], stdin=source, check=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        within = re.findall(rb"within ([0-9.]+) ms", done.stderr)
        return float(within[0]), float(within[1]), len(done.stdout.splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--keep", help="a folder to write the desk into, which is kept and used again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(arguments.keep or folder)
        desk.mkdir(exist_ok=True)
        if not (desk / "logs.ndjson").exists():
            # A child inherits the memory of its parent for a moment, so the parent stays small.
            writer = Process(target=write, args=(desk, arguments.lines))
            writer.start()
            writer.join()
        logs, count = desk / "logs.ndjson", arguments.lines + arguments.lines // 10
        print(f"{logs.stat().st_size / count:.0f} bytes a line on average\n")
        print("| step | seconds of processor time | lines/s | peak memory |\n|---|---|---|---|")
        costs = {}
        for name, words, source in [
            ("reading", [CASEBOOK, "formats", "--format", "json"], logs),
            ("reading, signatures", [CASEBOOK, "signatures", "--summary", "--format", "json"], logs),
            ("customers", [CASEBOOK, "accounts", "--desk", desk, "--json"], None),
            ("customers, reading, accounts", [CASEBOOK, "accounts", "--desk", desk, "--lines", "--json"], None),
        ]:
            costs[name] = best(3, words, stdin=source)
            cost = costs[name]
            print(f"| {name} | {cost.cpu:.2f} | {count / cost.cpu:,.0f} | {cost.memory / 1e6:.0f} MB |", flush=True)
        alone = costs["customers, reading, accounts"].cpu - costs["customers"].cpu - costs["reading"].cpu
        alone *= 1e6 / count
        print(f"\naccounts of a million lines: {alone:.2f} s, {alone:.2f} µs a line; "
              f"< {TARGET} s: {'reached' if alone < TARGET else 'missed'}")
        impact = [CASEBOOK, "impact", "--desk", desk, "--json"]
        incidents = json.loads(run(impact, keep_output=True).output)["incidents"]
        hurt = max(sum(account["probability"] >= 0.5 for account in incident["accounts"]) for incident in incidents)
        whole = best(3, impact)
        print(f"from the log to {len(incidents)} incident(s), one of which hurts {hurt:,} accounts: {whole.wall:.2f} s on the wall, "
              f"{whole.cpu:.2f} s of processor time, {whole.memory / 1e6:.0f} MB; < {WHOLE} s: {'reached' if whole.wall < WHOLE else 'missed'}")
        line, ticket, matches = correlate(desk, arguments.lines // 10, 100_000)
        print(f"live, with {TICKETS:,} tickets of the past and {OPEN:,} open ones: 99 of 100 lines within {line:.3f} ms, tickets within "
              f"{ticket:.3f} ms, {matches:,} matches; < {LIVE} ms: {'reached' if max(line, ticket) < LIVE else 'missed'}")
        report = json.loads(run([CASEBOOK, "accounts", "--desk", desk, "--lines", "--json"], keep_output=True).output)
        print(f"{sum(account['lines'] for account in report['accounts']) / count:.3f} of the lines name an account; 0.5 were written so")


if __name__ == "__main__":
    main()
