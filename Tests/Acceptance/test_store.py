"""A tenant's store from outside: import, check, erase and retain."""

import json
import random
import signal
import sqlite3
import time

import pytest
from stores import DATE, Tenant, ndjson


@pytest.fixture
def tenant(tmp_path):
    return Tenant(tmp_path / "tenant", "store")


def test_an_import_may_be_repeated_and_partial(tenant):
    assert tenant.imported() == {
        "organizations": 1, "accounts": 2, "deployments": 1, "contacts": 2, "aliases": 1, "topology": 1, "releases": 1,
        "tickets": 40, "interactions": 80, "interactionsWithoutTicket": 0, "agents": 2, "forgotten": 0,
        "fieldNotes": [], "rejectedRows": 0, "conflicts": 0}
    rows = tenant.check()["rows"]
    tenant.imported()
    tenant.imported(tenant.desk / "accounts.ndjson", tenant.desk / "tickets.ndjson")
    tenant.imported(tenant.desk / "interactions.ndjson", tenant.desk / "agents.ndjson")
    again = tenant.check()["rows"]
    assert (rows.pop("audit"), again.pop("audit")) == (1, 4)
    assert rows == again and (rows["interaction"], rows["agent"]) == (80, 2)


def test_messages_are_kept_redacted_and_with_their_tickets_only(tenant):
    tenant.imported()
    folder = tenant.folder / "csv"
    folder.mkdir()
    mail = f"{tenant.names['mail']}@{tenant.names['domain']}.example"
    (folder / "interactions.csv").write_text(
        "ticket,time,side,public,author,text\n"
        f"{tenant.names['ticket']}-0,2026-03-01T09:00:00Z,customer,1,{tenant.names['company']}-writer,ask {mail}\n"
        "nowhere,2026-03-01T09:00:00Z,agent,1,agent-1,a word of nobody\n")
    (folder / "agents.csv").write_text("id,group,since,until\nagent-1,web,2025-01-01T00:00:00Z,2026-03-02T00:00:00Z\n")
    arguments = ["import", "--store", tenant.store, "--source", "desk", "--date", "2026-03-03T00:00:00Z", folder]
    report = json.loads(tenant.done(*arguments, "--json"))
    assert (report["interactions"], report["interactionsWithoutTicket"], report["agents"]) == (2, 1, 1)
    result = tenant.run(*arguments)
    assert result.returncode == 0 and "1 interactions without a ticket left out" in result.stderr
    with sqlite3.connect(tenant.store) as database:
        said = database.execute("SELECT author, contact, text FROM interaction WHERE text LIKE 'ask %'").fetchall()
        ends = database.execute("SELECT until FROM agent ORDER BY id").fetchall()
    assert len(said) == 1 and said[0][0] == "" and said[0][1] and "<email:" in said[0][2]
    assert ends == [(1772409600.0,), (1748736000.0,)]
    kept = tenant.bytes()
    assert f"{tenant.names['company']}-writer".encode() not in kept and b"a word of nobody" not in kept


def test_a_text_under_another_name_is_kept_and_what_is_not_read_is_told(tenant):
    tenant.imported()
    ticket = f"{tenant.names['ticket']}-0"
    ndjson(tenant.desk / "interactions.ndjson", [
        {"ticket": ticket, "time": "2026-03-01T09:00:00Z", "body": "plumbago", "direction": "inbound"},
        {"ticket": ticket, "time": "2026-03-01T09:01:00Z", "direction": "outbound"}])
    report = tenant.imported()
    assert report["interactions"] == 2
    assert [note.split("/")[-1] for note in report["fieldNotes"]] == [
        'interactions.ndjson:1: field "direction" is not read (2 rows)',
        'interactions.ndjson:2: field "text" is missing (1 rows)']
    assert b"plumbago" in tenant.bytes()


def test_a_bad_message_is_named_and_nothing_is_kept(tenant):
    tenant.imported()
    before = tenant.check()["rows"]
    (tenant.desk / "interactions.ndjson").write_text(
        f'{{"ticket": "{tenant.names["ticket"]}-0", "time": "2026-03-01T09:00:00Z", "text": "new"}}\n{{"ticket": "x"}}\n')
    arguments = ["import", "--store", tenant.store, "--source", "crm", "--date", DATE, tenant.desk]
    result = tenant.run(*arguments)
    assert result.returncode == 65 and 'interactions.ndjson:2: field "time"' in result.stderr
    assert tenant.check()["rows"] == before
    result = tenant.run(*arguments, "--keep-going")
    assert result.returncode == 0 and "1 rows set aside" in result.stderr
    assert tenant.check()["rows"]["interaction"] == before["interaction"] + 1


def test_csv_is_read_and_a_change_of_a_ticket_is_history(tenant):
    tenant.imported()
    folder = tenant.folder / "csv"
    folder.mkdir()
    (folder / "accounts.csv").write_text(f"id,tier\n{tenant.names['account']},bronze\n")
    (folder / "tickets.csv").write_text(f"id,openedAt,priority\n{tenant.names['ticket']}-0,2026-03-01T00:00:00Z,low\n")
    report = json.loads(tenant.done(
        "import", "--store", tenant.store, "--source", "billing", "--date", "2026-03-03T00:00:00Z", "--json", folder))
    assert (report["accounts"], report["tickets"], report["conflicts"]) == (1, 1, 1)
    with sqlite3.connect(tenant.store) as database:
        changes = database.execute("SELECT field, was, became, actor FROM ticketEvent").fetchall()
    assert ("priority", "high", "low", "billing") in changes


def test_a_bad_row_is_named_and_nothing_is_kept(tenant):
    tenant.imported()
    before = tenant.check()["rows"]
    (tenant.desk / "accounts.ndjson").write_text('{"id": "new"}\n{"id": "x", "slaHours": -1}\n')
    arguments = ["import", "--store", tenant.store, "--source", "crm", "--date", DATE, tenant.desk]
    result = tenant.run(*arguments)
    assert result.returncode == 65
    assert "accounts.ndjson:2" in result.stderr and "slaHours" in result.stderr
    assert tenant.check()["rows"] == before
    result = tenant.run(*arguments, "--keep-going")
    assert result.returncode == 0 and "1 rows set aside" in result.stderr
    result = tenant.run(*arguments[:-1], tenant.folder / "none.csv")
    assert result.returncode == 66 and "none.csv" in result.stderr
    (tenant.folder / "other.csv").write_text("id\n")
    assert tenant.run(*arguments[:-1], tenant.folder / "other.csv").returncode == 64
    assert tenant.run(*arguments[:5], "--date", "yesterday", tenant.desk).returncode == 64


def test_names_are_sealed_and_texts_redacted(tenant):
    kept = tenant.filled().bytes()
    names = tenant.names
    assert names["reply"].encode() in kept
    for name in ("company", "person", "mail", "domain"):
        assert names[name].encode() not in kept, name
    # What ties rows together can be read, so the search finds what is there.
    assert names["account"].encode() in kept and names["body"].encode() in kept


def test_names_of_known_customers_do_not_come_in_by_logs(tenant):
    names = tenant.names
    people = ["ann", names["person"]], ["zelda", "quimby"]
    ndjson(tenant.desk / "contacts.ndjson", [
        {"id": f"person-{n}", "account": names["account"], "name": " ".join(words).title()}
        for n, words in enumerate(people)])
    log = tenant.folder / "app.log"
    log.write_text("".join(
        f"2026-03-01T10:00:00Z INFO {text}\n" for first, last in people for text in (
            f"login failed for {first} {last} at {names['company'].title()} Sails", f"bad key from {first}.{last}",
            f"user {first.title()}_{last.title()} came", f"session of {last.title()} ended",
            f"{names['domain']}.example is slow")))
    tenant.imported()
    tenant.done("ingest", "--store", tenant.store, log)
    kept = tenant.bytes()
    assert b"login failed for" in kept and b"session of" in kept
    for name in ("company", "person", "domain"):
        assert names[name].encode() not in kept, name
    assert b"quimby" not in kept


def test_people_in_fields_of_tickets_are_no_plain_text_and_agents_are(tenant):
    names = tenant.names
    ndjson(tenant.desk / "agents.ndjson", [{"id": "ana@desk.example", "group": "web"}])
    ndjson(tenant.desk / "tickets.ndjson", [
        {"id": f"T{n}", "openedAt": DATE, "account": names["account"], "assignee": assignee, "priority": "2",
         "category": f"login Ann {names['person'].title()}", "group": "web"}
        for n, assignee in enumerate(("ana@desk.example", "plumbago@desk.example"))])
    ndjson(tenant.desk / "interactions.ndjson", [
        {"ticket": "T1", "time": DATE, "side": "agent", "author": f"{name}@desk.example", "text": f"done {len(name)}"}
        for name in ("ana", "plumbago")])
    tenant.imported()
    with sqlite3.connect(tenant.store) as database:
        rows = database.execute("SELECT assignee, category, priority, team FROM ticket ORDER BY id").fetchall()
        authors = {author for author, in database.execute("SELECT author FROM interaction")}
    assert rows[0][0] == "ana@desk.example" and rows[1][0].startswith("<email:") and authors == {row[0] for row in rows}
    assert all(row[1].startswith("login <person:") and row[2:] == ("2", "web") for row in rows)
    assert b"plumbago" not in tenant.bytes()


def test_a_store_is_for_its_owner_alone(tenant):
    tenant.filled()
    with sqlite3.connect(tenant.store) as reader:
        reader.execute("SELECT COUNT(*) FROM ticket").fetchone()
        assert {path.stat().st_mode & 0o777 for path in tenant.folder.glob("store*")} == {0o600}


def test_the_key_is_needed_and_is_the_tenants(tenant):
    tenant.filled()
    before = tenant.bytes()
    key, tenant.key = tenant.key, "some other key of a tenant"
    for arguments in (["check"], ["erase", "--account", "x"], ["retain", "--older-than", "1"],
                      ["import", "--source", "crm", "--date", DATE, tenant.desk], ["ingest", tenant.desk / "logs.ndjson"]):
        result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:])
        assert result.returncode == 78 and "sealed with another key" in result.stderr, arguments
        assert result.stdout == ""
    assert tenant.bytes() == before
    tenant.key = ""
    environment = tenant.environment
    del environment["CASEBOOK_KEY"]
    type(tenant).environment, saved = property(lambda _: environment), type(tenant).environment
    try:
        for arguments in (["import", "--source", "crm", "--date", DATE, tenant.desk], ["erase", "--contact", "person-2"],
                          ["ingest", tenant.desk / "logs.ndjson"]):
            result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:])
            assert result.returncode == 78 and "no key was given" in result.stderr, arguments
        assert "not opened, as no key was given" in tenant.done("check", "--store", tenant.store)
    finally:
        type(tenant).environment = saved
    tenant.key = key
    assert tenant.check()["isKeyChecked"]


def test_an_account_is_erased_without_a_trace(tenant):
    tenant.filled()
    account = tenant.names["account"]
    receipt = json.loads(tenant.done("erase", "--store", tenant.store, "--account", account))
    assert receipt["kind"] == "account" and receipt["removed"]["tickets"] == 20 and receipt["records"] == 100
    assert receipt["removed"]["interactions"] == 40
    assert len(receipt["fileHash"]) == 64
    kept = tenant.bytes()
    for name, trace in tenant.names.items():
        # The other account of this desk stays.
        assert (trace.encode() in kept) == (name in ("other", "ticket")), name
    check = tenant.check()
    assert check["problems"] == [] and check["unfinishedErasures"] == 0
    assert check["rows"]["ticket"] == 20 and check["rows"]["interaction"] == 40
    with sqlite3.connect(tenant.store) as database:
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert database.execute("SELECT SUM(records) FROM eventCount").fetchone() == (100,)
    assert json.loads(tenant.done("erase", "--store", tenant.store, "--account", account))["removed"] == receipt["removed"]
    result = tenant.run("erase", "--store", tenant.store, "--account", "nobody")
    assert result.returncode == 66 and 'no account "nobody"' in result.stderr
    # Logs go on where they were read up to.
    assert tenant.ingested()["records"] == 0


def test_a_contact_is_erased_and_the_tickets_stay(tenant):
    tenant.filled()
    receipt = json.loads(tenant.done("erase", "--store", tenant.store, "--contact", "person-" + tenant.names["person"]))
    assert receipt["kind"] == "contact" and receipt["removed"]["facts"] == 4
    assert receipt["removed"]["interactions"] == 20
    kept = tenant.bytes()
    for name in ("subject", "body", "reply", "person"):
        assert tenant.names[name].encode() not in kept, name
    rows = tenant.check()["rows"]
    assert rows["ticket"] == 40 and rows["interaction"] == 60
    assert tenant.run("erase", "--store", tenant.store, "--contact", "person-3").returncode == 66
    assert tenant.run("erase", "--store", tenant.store).returncode == 64
    assert tenant.run("erase", "--store", tenant.store, "--tenant", "--contact", "x").returncode == 64


@pytest.mark.parametrize("whom", ["contact", "account"])
def test_the_next_import_does_not_bring_back_who_was_erased(tenant, whom):
    tenant.filled()
    names = tenant.names
    tenant.done("erase", "--store", tenant.store, f"--{whom}",
                "person-" + names["person"] if whom == "contact" else names["account"])
    before = tenant.check()["rows"]
    report = tenant.imported()
    # The person with 20 messages and the words of 20 tickets; or a row of each file, 20 tickets and 40 messages.
    assert report["forgotten"] == (41 if whom == "contact" else 67)
    rows = tenant.check()["rows"]
    assert {**rows, "audit": 0} == {**before, "audit": 0}
    kept = tenant.bytes()
    for name in ("subject", "body", "reply", "person"):
        assert names[name].encode() not in kept, name
    result = tenant.run("import", "--store", tenant.store, "--source", "crm", "--date", DATE, tenant.desk)
    assert f"{report['forgotten']} records that were erased or removed as too old left out" in result.stderr
    tenant.done("import", "--store", tenant.store, "--source", "crm", "--date", DATE, "--again", tenant.desk)
    assert names["subject"].encode() in tenant.bytes() and tenant.imported()["forgotten"] == 0


def test_a_tenant_is_erased_with_its_files(tenant):
    tenant.filled()
    receipt = json.loads(tenant.done("erase", "--store", tenant.store, "--tenant"))
    assert receipt["kind"] == "tenant" and receipt["removed"]["ticket"] == 40 and receipt["records"] == 200
    assert receipt["removed"]["interaction"] == 80
    assert list(tenant.folder.glob("store*")) == []
    assert tenant.run("erase", "--store", tenant.store, "--tenant").returncode == 66
    letter = tenant.folder / "letter"
    letter.write_text("a letter that is no store\n" * 200)
    assert tenant.run("erase", "--store", letter, "--tenant").returncode == 74
    assert letter.read_text().startswith("a letter")


def test_what_is_old_is_removed_by_kind(tenant):
    tenant.filled()
    receipt = json.loads(tenant.done(
        "retain", "--store", tenant.store, "--older-than", "0", "--kind", "tickets"))
    assert receipt["removed"]["tickets"] == 30 and receipt["removed"]["interactions"] == 60 and receipt["records"] == 0
    receipt = json.loads(tenant.done("retain", "--store", tenant.store, "--older-than", "36500"))
    assert receipt["removed"] == {} and receipt["records"] == 0
    receipt = json.loads(tenant.done("retain", "--store", tenant.store, "--older-than", "0"))
    assert receipt["records"] == 200 and receipt["removed"]["agents"] == 1
    check = tenant.check()
    assert check["problems"] == [] and check["rows"]["ticket"] == 10 and check["rows"]["shape"] == 0
    assert check["rows"]["interaction"] == 20 and check["rows"]["agent"] == 1
    assert tenant.run("retain", "--store", tenant.store, "--older-than", "1", "--kind", "all").returncode == 64
    assert tenant.run("retain", "--store", tenant.store, "--older-than", "-1").returncode == 64


def test_somebody_may_read_while_another_writes(tenant):
    tenant.filled()
    with tenant.start("ingest", "--store", tenant.store, "--follow", tenant.desk / "logs.ndjson") as process:
        try:
            time.sleep(0.5)
            assert tenant.check()["problems"] == []
            assert "request" in tenant.done("signatures", "--store", tenant.store)
            for arguments in (["erase", "--account", tenant.names["account"]], ["retain", "--older-than", "1"],
                              ["erase", "--tenant"], ["import", "--source", "a", "--date", DATE, tenant.desk]):
                result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:])
                assert result.returncode == 75 and "another process" in result.stderr, arguments
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def test_erasing_waits_for_nobody_who_reads(tenant):
    """A reader holds an old state of the file: the erasure is kept, and finished by the next call."""
    tenant.filled()
    arguments = ["erase", "--store", tenant.store, "--account", tenant.names["account"]]
    with sqlite3.connect(tenant.store) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM ticket").fetchone()
        result = tenant.run(*arguments)
        assert result.returncode == 75, result.stderr
        reader.rollback()
    reader.close()
    assert tenant.check()["unfinishedErasures"] == 1
    assert "erasures to be finished: 1" in tenant.done("check", "--store", tenant.store)
    assert json.loads(tenant.done(*arguments))["finishedAt"]
    assert tenant.names["account"].encode() not in tenant.bytes()


def kill(tenant, generator, seconds, *arguments):
    """Runs a command and ends it with SIGKILL at a random moment of about its length."""
    with tenant.start(*arguments) as process:
        time.sleep(generator.uniform(0, seconds))
        process.kill()
        process.communicate(timeout=30)
    assert tenant.run("check", "--store", tenant.store).returncode in (0, 66)


@pytest.mark.parametrize("seed", range(2))
def test_kills_lose_and_double_nothing(tmp_path, seed):
    generator = random.Random(seed)
    tenant = Tenant(tmp_path / "tenant", seed, tickets=3_000, lines=20_000)
    arguments = ["import", "--store", tenant.store, "--source", "crm", "--date", DATE, tenant.desk]
    for _ in range(5):
        kill(tenant, generator, 0.5, *arguments)
        if tenant.store.exists() and tenant.run("check", "--store", tenant.store).returncode == 0:
            rows = tenant.check()["rows"]
            assert (rows["ticket"], rows["interaction"]) in ((0, 0), (3_000, 6_000))
    tenant.imported()
    for _ in range(5):
        kill(tenant, generator, 1.0, "ingest", "--store", tenant.store, "--rate", "4", tenant.desk / "logs.ndjson")
    tenant.ingested()
    check = tenant.check()
    assert check["problems"] == [] and check["rows"]["ticket"] == 3_000 and check["rows"]["interaction"] == 6_000
    with sqlite3.connect(tenant.store) as database:
        assert database.execute("SELECT SUM(records) FROM eventCount").fetchone() == (20_000,)
    database.close()
    arguments = ["erase", "--store", tenant.store, "--account", tenant.names["account"]]
    for _ in range(5):
        kill(tenant, generator, 0.4, *arguments)
    receipt = json.loads(tenant.done(*arguments))
    assert receipt["removed"]["tickets"] == 1_500 and receipt["records"] == 10_000
    check = tenant.check()
    assert check["problems"] == [] and check["unfinishedErasures"] == 0
    assert check["rows"]["ticket"] == 1_500 and check["rows"]["interaction"] == 3_000
    assert tenant.names["account"].encode() not in tenant.bytes()


def test_a_killed_erasure_of_a_tenant_goes_on(tenant):
    tenant.filled()
    # As a kill after the first step leaves it.
    tenant.store.rename(tenant.folder / "store-erased")
    assert json.loads(tenant.done("erase", "--store", tenant.store, "--tenant"))["kind"] == "tenant"
    assert list(tenant.folder.glob("store*")) == []


def test_an_alias_claimed_twice_and_an_account_without_organization_are_kept(tenant):
    tenant.imported()
    ndjson(tenant.desk / "aliases.ndjson", [
        {"account": tenant.names[name], "kind": "workspace", "value": "same"} for name in ("account", "other")])
    ndjson(tenant.desk / "topology.ndjson", [{"from": "a", "to": "b"}, {"from": "b", "to": "a"}])
    report = tenant.imported()
    assert (report["aliases"], report["topology"]) == (2, 2)
    check = tenant.check()
    assert check["problems"] == [] and check["rows"]["alias"] == 3
