"""Small tenants: a desk's files with names that nobody else has, and a store with a key of its own."""

import json
import os
import random
import subprocess

from paths import PROGRAMS, ROOT

DATE = "2026-03-02T00:00:00Z"


def ndjson(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def word(generator, length=9):
    return "q" + "".join(generator.choice("bcdfghjklmnpqrstvwxz") for _ in range(length))


class Tenant:
    """A tenant in a folder of its own. `canaries` are names that stand nowhere else in the world."""

    def __init__(self, folder, seed, tickets=40, lines=200):
        folder.mkdir(parents=True)
        generator = random.Random(seed)
        self.folder, self.desk, self.store = folder, folder / "desk", folder / "store"
        self.key = f"the key of {word(generator)}"
        names = ("organization", "account", "other", "company", "person", "mail", "domain", "host", "message", "ticket",
                 "subject", "body", "deployment", "reply")
        self.names = {name: word(generator) for name in names}
        self.canaries = list(self.names.values())
        self.write(tickets, lines)

    def write(self, tickets, lines):
        names = self.names
        account, other, person = names["account"], names["other"], "person-" + names["person"]
        mail = f"{names['mail']}@{names['domain']}.example"
        self.desk.mkdir()
        ndjson(self.desk / "organizations.ndjson", [
            {"id": names["organization"], "name": f"{names['company']} Yachts", "segment": "enterprise"}])
        ndjson(self.desk / "accounts.ndjson", [
            {"id": account, "organization": names["organization"], "name": f"{names['company']} Sails", "tier": "gold",
             "annualValue": 5000, "slaHours": 4},
            {"id": other, "name": "Another One", "tier": "silver"}])
        ndjson(self.desk / "deployments.ndjson", [
            {"id": names["deployment"], "environment": "production", "region": "north", "version": "1.2",
             "components": ["api"], "hosts": [names["host"]], "accounts": [account], "customised": False}])
        ndjson(self.desk / "contacts.ndjson", [
            {"id": person, "account": account, "name": f"Ann {names['person'].title()}", "email": mail},
            {"id": "person-2", "account": other, "name": "Bob Plain", "email": "shared@mail.example"}])
        ndjson(self.desk / "aliases.ndjson", [
            {"account": account, "kind": "domain", "value": f"{names['domain']}.example"}])
        ndjson(self.desk / "topology.ndjson", [{"from": names["host"], "to": "database"}])
        ndjson(self.desk / "releases.ndjson", [
            {"component": "api", "version": "1.2", "deployment": names["deployment"], "deployedAt": DATE}])
        ndjson(self.desk / "tickets.ndjson", [
            {"id": f"{names['ticket']}-{n}", "openedAt": f"2026-03-01T{n % 24:02}:00:00Z",
             "resolvedAt": f"2026-03-0{2 + n % 3}T00:00:00Z" if n % 4 else None, "account": account if n % 2 else other,
             "contact": person if n % 2 else "person-2", "channel": "email",
             "subject": f"the {names['subject']} is slow" if n % 2 else "it is slow", "priority": "high",
             "body": f"write to {mail} about {names['body']}" if n % 2 else "as slow as ever", "group": "web",
             "resolution": "restarted" if n % 4 else ""}
            for n in range(tickets)])
        ndjson(self.desk / "interactions.ndjson", [
            {"ticket": f"{names['ticket']}-{n}", "time": f"2026-03-01T{n % 24:02}:{10 * (1 + side)}:00Z",
             "side": "agent" if side else "customer", "public": True, "channel": "email",
             "author": "agent-1" if side else person if n % 2 else "person-2",
             "text": "please restart it" if side else f"the {names['reply']} hangs" if n % 2 else "it hangs"}
            for n in range(tickets) for side in range(2)])
        ndjson(self.desk / "agents.ndjson", [
            {"id": "agent-1", "group": "web", "since": "2025-01-01T00:00:00Z"},
            {"id": "agent-2", "group": "web", "since": "2024-01-01T00:00:00Z", "until": "2025-06-01T00:00:00Z"}])
        ndjson(self.desk / "logs.ndjson", [
            {"timeUnixNano": str(1_772_323_200_000_000_000 + n * 1_000_000_000), "severityNumber": 17,
             "body": f"request {n} of {names['message']} failed" if n % 2 else f"request {n} failed",
             "attributes": {"account": account if n % 2 else other},
             "resource": {"service.name": "api", "host.name": names["host"] if n % 2 else "host-2"}}
            for n in range(lines)])

    @property
    def environment(self):
        return {**os.environ, "CASEBOOK_KEY": self.key, "OPENBLAS_NUM_THREADS": "1"}

    def start(self, *arguments, program="casebook", stdin=subprocess.DEVNULL, **options):
        return subprocess.Popen(
            [PROGRAMS / program, *map(str, arguments)], cwd=ROOT, env=self.environment, stdin=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, *arguments, program="casebook", data=None, **options):
        with self.start(*arguments, program=program, stdin=subprocess.PIPE, **options) as process:
            output, errors = process.communicate(data, timeout=300)
        return subprocess.CompletedProcess(arguments, process.returncode, output.decode(), errors.decode())

    def done(self, *arguments, **options):
        """Runs what must succeed and gives its standard output."""
        result = self.run(*arguments, **options)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def imported(self, *more):
        return json.loads(self.done(
            "import", "--store", self.store, "--source", "crm", "--date", DATE, "--json", *(more or [self.desk])))

    def ingested(self):
        return json.loads(self.done("ingest", "--store", self.store, "--json", self.desk / "logs.ndjson"))

    def filled(self):
        self.imported()
        self.ingested()
        return self

    def check(self):
        return json.loads(self.done("check", "--store", self.store, "--json"))

    def bytes(self):
        """All that is kept, in lower case."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("store*"))).lower()
