"""Two tenants and planted canaries through every command: nothing of one is in a file, output or error of the other.

A new command that takes or writes files or stores is added by one line of `COMMANDS`.
"""

import random
import re
import sqlite3

import pytest
from desks import rows, write_desk
from stores import Tenant

# name: (program, arguments, standard input). The words in braces are those of `places`.
COMMANDS = {
    "import": ("casebook", "import --store {store} --source crm --date 2026-03-02T00:00:00Z {desk}", None),
    "ingest": ("casebook", "ingest --store {store} {logs}", None),
    "ingest with contacts": ("casebook", "ingest --store {store} --contacts {contacts} --json {logs}", None),
    "signatures": ("casebook", "signatures --store {store}", None),
    "signatures of lines": ("casebook", "signatures --format json --summary", "logs"),
    "match": ("casebook", "signatures --store {store} --match", "logs"),
    "redact": ("casebook", "redact --contacts {contacts}", "logs"),
    "formats": ("casebook", "formats", "logs"),
    "accounts": ("casebook", "accounts --desk {desk} --json", None),
    "impact": ("casebook", "impact --desk {desk} --json", None),
    "impact with a store": ("casebook", "impact --desk {desk} --store {store}", None),
    "correlate": ("casebook", "correlate --desk {desk}", "logs"),
    "trends": ("casebook", "trends --desk {desk} --store {store} --keep {counts} --json", None),
    "warnings": ("casebook", "warnings --counts {counts} --store {store} --json", None),
    "regressions": ("casebook", "regressions --desk {desk} --store {store} --all --json", None),
    "fixes": ("casebook", "fixes --desk {desk} --json", None),
    "groups": ("casebook", "groups --store {store} --least 1 --json", None),
    "articles": ("casebook", "articles --store {store} --least-customers 2 --json", None),
    "suggest": ("casebook", "suggest --store {store} --team --least 0 --json cannot save the invoice", None),
    "train": ("train", "resolution-time --dataset {dataset} --models {models}", None),
    "score": ("score", "resolution-time --models {models}", "scored"),
    "retain": ("casebook", "retain --store {store} --older-than 36500", None),
    "check": ("casebook", "check --store {store} --json", None),
    "erase a contact": ("casebook", "erase --store {store} --contact person-2", None),
    "erase an account": ("casebook", "erase --store {store} --account {account}", None),
}


def dataset(tenant):
    """Tickets of customers that nobody else has, for a model."""
    generator = random.Random(tenant.key)
    names = list(tenant.names.values())
    tickets = rows(count=150, seed=generator.randrange(1 << 30))
    for ticket in tickets:
        ticket["customer"] = generator.choice(names)
        ticket["subject"] = f"{ticket['subject']} {generator.choice(names)}"
        ticket["team"] = names[0]
    return write_desk(tenant.folder / "dataset", tickets), tickets


class Run:
    """One tenant's run of all commands, all that they said, and all that they wrote."""

    def __init__(self, tenant):
        self.tenant = tenant
        self.said = {}
        folder, tickets = dataset(tenant)
        contacts = tenant.folder / "contacts.ndjson"
        contacts.write_text(f'{{"name": "Ann {tenant.names["person"].title()}", "company": "{tenant.names["company"]}"}}\n')
        scored = tenant.folder / "scored.ndjson"
        scored.write_text("".join(
            f'{{"id": "{ticket["id"]}", "openedAt": "{ticket["opened"].replace(" ", "T")}Z", '
            f'"customer": "{ticket["customer"]}", "subject": "{ticket["subject"]}"}}\n' for ticket in tickets[:5]))
        logs = tenant.desk / "logs.ndjson"
        with open(logs, "a", encoding="utf-8") as file:
            file.write('{"timeUnixNano": "1772323200000000000", "severityNumber": 9, "body": "mail to shared@mail.example"}\n')
        self.places = {
            "store": tenant.store, "desk": tenant.desk, "logs": logs, "contacts": contacts, "dataset": folder,
            "models": tenant.folder / "models", "counts": tenant.folder / "desk.counts", "scored": scored, "account": tenant.names["account"]}

    def run(self, name):
        program, arguments, stdin = COMMANDS[name]
        data = self.places[stdin].read_bytes() if stdin else None
        words = [word.format(**self.places) for word in arguments.split()]
        result = self.tenant.run(*words, program=program, data=data)
        assert result.returncode == 0, (name, result.stderr)
        self.said[name] = (result.stdout + result.stderr).lower()

    def files(self):
        return {path: path.read_bytes().lower() for path in self.tenant.folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", params=range(3))
def runs(request, tmp_path_factory):
    """Both tenants have run every command, in turns, with the same place for temporary files."""
    folder = tmp_path_factory.mktemp("tenants")
    temporary = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        pair = [Run(Tenant(folder / name, f"{name} {request.param}")) for name in ("one", "two")]
        generator = random.Random(request.param)
        for name in COMMANDS:
            for run in generator.sample(pair, 2):
                run.run(name)
    assert list(temporary.iterdir()) == []
    return pair


def test_nothing_of_one_tenant_is_said_to_the_other(runs):
    for run, other in (runs, runs[::-1]):
        for name, said in run.said.items():
            for canary in other.tenant.canaries:
                assert canary not in said, (name, canary)


def test_nothing_of_one_tenant_is_in_a_file_of_the_other(runs):
    for run, other in (runs, runs[::-1]):
        for path, content in run.files().items():
            for canary in other.tenant.canaries:
                assert canary.encode() not in content, (path, canary)


def test_the_canaries_sing(runs):
    """The search would find them: each tenant's own are in its files and in what is said to it."""
    for run in runs:
        said = "".join(run.said.values())
        assert run.tenant.names["account"] in said and run.tenant.names["message"] in said
        assert all(any(canary.encode() in content for content in run.files().values()) for canary in run.tenant.canaries)


def test_what_was_erased_is_in_no_file_of_the_store(runs):
    for run in runs:
        kept = run.tenant.bytes()
        for name in ("account", "company", "organization", "person", "mail", "domain", "subject", "body", "host"):
            assert run.tenant.names[name].encode() not in kept, name


def test_the_same_value_has_another_token_in_each_tenant(runs):
    tokens = [set(re.findall(r"<email:[0-9a-f]{20}>", run.said["redact"])) for run in runs]
    assert all(tokens) and not tokens[0] & tokens[1]


def test_a_store_opens_with_no_other_key(runs):
    one, two = (run.tenant for run in runs)
    for arguments in (["check", "--store", two.store], ["erase", "--store", two.store, "--account", two.names["other"]]):
        before = two.store.read_bytes()
        result = one.run(*arguments)
        assert result.returncode == 78 and result.stdout == ""
        assert not any(canary in result.stderr for canary in two.canaries if canary not in str(two.store))
        assert two.store.read_bytes() == before


def test_ids_do_not_tell_which_tenant_was_there_first(tmp_path):
    """Ids of stores and hashes of the same person's id, in stores that were made one after another."""
    ids, hashes = [], []
    for number in range(12):
        tenant = Tenant(tmp_path / str(number), number, tickets=2, lines=2)
        tenant.imported()
        with sqlite3.connect(tenant.store) as database:
            ids.append(database.execute("SELECT id FROM tenant").fetchone()[0])
            hashes.append({row[0] for row in database.execute("SELECT id FROM fact WHERE kind = 'contact'")})
        database.close()
    assert all(len(value) == 16 for value in ids) and len(set(ids)) == 12
    # Twelve random ids are in the order of their making with odds of one in 479 million.
    assert ids != sorted(ids) and ids != sorted(ids, reverse=True)
    assert len(set.union(*hashes)) == sum(map(len, hashes))
