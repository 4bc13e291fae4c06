"""Moving tickets from one system to another: `casebook migrate`, from outside, between mock ticket systems."""

import json
import os
import random
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from mock_systems import SECRETS
from mock_tickets import TICKETS, document, issue, myself, ticket
from stores import Tenant

STATUSES = {"In Progress": "open", "Waiting for customer": "waiting", "Resolved": "solved", "Open": "new",
            "Waiting for support": "open"}
WORDS = {"1": "Highest", "2": "High", "3": "Medium", "4": "Low", "5": "Lowest"}
GROUP = "customfield_10060"


class Desk:
    """A tenant with a description of the three mock systems."""

    def __init__(self, folder, mock):
        self.tenant, self.mock, self.file = Tenant(folder / "tenant", "migrate", tickets=2), mock, folder / "systems.json"
        os.environ["MIGRATE_SECRET"] = SECRETS["casebook"]
        mock.set(exportDelaySeconds=0)
        zendesk = str(mock.ok("GET", "/api/v2/users/me", user="agent")["user"]["id"])
        groups = mock.ok("GET", "/api/v2/groups")["groups"]
        found = mock.ok("GET", "/api/now/table/sys_user", sysparm_query="email=agent@example.com")["result"]
        common = {"address": mock.url, "user": "casebook@example.com", "secret": {"environment": "MIGRATE_SECRET"}}
        self.systems = {
            "zendesk": {"kind": "zendesk", "priorities": {
                "urgent": "Highest", "high": "High", "normal": "Medium", "low": "Low"},
                "agents": {zendesk: "ana"}, "groups": {str(each["id"]): each["name"] for each in groups}},
            "jira": {"kind": "jira", "place": "SUP", "statuses": dict(STATUSES), "agents": {myself(mock, "agent"): "ana"},
                     "priorities": {name: name for name in WORDS.values()}, "fields": {"group": GROUP}},
            "servicenow": {"kind": "servicenow", "priorities": WORDS, "agents": {found[0]["sys_id"]: "ana"}}}
        for name, system in self.systems.items():
            system |= {"name": name, **common}
        self.describe()

    def describe(self):
        self.file.write_text(json.dumps({"systems": list(self.systems.values())}))

    def sync(self, *more, code=0):
        done = self.tenant.run("sync", "run", "--systems", self.file, "--store", self.tenant.store, *more)
        assert done.returncode == code, (done.stdout, done.stderr)
        return {line["system"]: line for line in map(json.loads, done.stdout.splitlines())}

    def arguments(self, source, target, *more):
        return ("migrate", "--systems", self.file, "--from", source, "--to", target, "--store", self.tenant.store,
                "--json", *more)

    def migrate(self, source, target, *more, code=0):
        done = self.tenant.run(*self.arguments(source, target, *more))
        assert done.returncode == code, (done.stdout, done.stderr)
        return json.loads(done.stdout)

    def history(self, ticket):
        return json.loads(self.tenant.done("history", ticket, "--store", self.tenant.store, "--json"))["entries"]

    def numbers(self, ticket):
        """What systems call a ticket: {system: (number, fate)}."""
        return {each["system"]: (each["number"], each["fate"]) for each in self.history(ticket)
                if each["kind"] == "system"}

    def state(self, system):
        return {each["number"]: each for each in self.mock.state(system)["tickets"]}


@pytest.fixture
def desk(tmp_path, mock):
    return Desk(tmp_path, mock)


def support(mock, count):
    """Tickets of Zendesk with a conversation; every third is solved, and each but the first is linked with the first."""
    numbers = []
    group = next(each["id"] for each in mock.ok("GET", "/api/v2/groups")["groups"] if each["name"] == "Support")
    for place in range(count):
        links = {"type": "incident", "problem_id": numbers[0]} if numbers else {"type": "problem"}
        made = ticket(
            mock, user="agent", subject=f"Upload {place} fails", comment={"body": f"It stops at {place} MB"},
            priority=["low", "normal", "high", "urgent"][place % 4], tags=["upload", f"size-{place}"],
            group_id=group, **links)
        number = made["id"]
        for step in range(3):
            mock.ok("PUT", f"/api/v2/tickets/{number}", {"ticket": {"comment": {
                "body": f"step {step} of {place}", "public": step != 1}}}, user="agent")
        mock.control("POST", "customer", {
            "system": "zendesk", "ticket": str(number), "email": "jan@bakery.example", "text": f"thanks for {place}"})
        assignee = mock.ok("GET", "/api/v2/users/me", user="agent")["user"]["id"]
        status = "solved" if place % 3 == 0 else "pending"
        mock.ok("PUT", f"/api/v2/tickets/{number}", {"ticket": {"status": status, "assignee_id": assignee}},
                user="agent")
        numbers.append(number)
    return numbers


def counterpart(desk, number, source, target):
    return desk.state(target)[desk.numbers(f"{source}:{number}")[target][0]]


def check_messages(moved, place):
    """That the messages are there in order, each once, and as private as they were; the first is the opening itself."""
    texts = [(text, public) for text, public in (
        (comment["text"], comment["public"]) for comment in moved["comments"]) if "Moved from" not in text]
    wanted = [(f"step {step} of {place}", step != 1) for step in range(3)] + [(f"thanks for {place}", True)]
    found = [(next(text for text, _ in wanted if text in whole), public) for whole, public in texts]
    assert found == wanted
    sides = [whole.split(" ", 1)[0] for whole, _ in texts]
    assert sides == ["agent"] * 3 + ["customer"]


def told(history):
    """The opening, the messages and when it was resolved; Jira itself says what resolved it."""
    return [each if each["kind"] != "resolved" else each["time"] for each in history
            if each["kind"] in ("opened", "message", "resolved")]


def test_zendesk_to_jira(desk, mock):
    """Counts, order, fields, tags, links, internal messages, the old number, the crosswalk; again, nothing; a late answer."""
    numbers = support(mock, 6)
    desk.sync("--system", "zendesk")
    before = {number: desk.history(f"zendesk:{number}") for number in numbers}
    report = desk.migrate("zendesk", "jira")
    assert (report["moved"], report["links"], report["refused"], report["left"]) == (6, 5, 0, 0)
    assert len(desk.state("jira")) == len(numbers)
    first = counterpart(desk, numbers[0], "zendesk", "jira")
    for place, number in enumerate(numbers):
        moved = counterpart(desk, number, "zendesk", "jira")
        assert moved["fields"]["summary"] == f"Upload {place} fails"
        assert moved["fields"]["description"].strip() == f"It stops at {place} MB"
        assert moved["fields"]["priority"] == ["Low", "Medium", "High", "Highest"][place % 4]
        assert moved["fields"]["assignee"] == "agent@example.com"
        assert moved["fields"][GROUP] == "Support"
        assert moved["status"] == ("Resolved" if place % 3 == 0 else "Waiting for customer")
        assert {"upload", f"size-{place}"} <= set(moved["tags"])
        origin = [each for each in moved["comments"] if "Moved from" in each["text"]]
        assert len(origin) == 1 and not origin[0]["public"]
        assert f"{mock.url}/agent/tickets/{number}" in origin[0]["text"]
        check_messages(moved, place)
        if place:
            assert first["key"] in {link["to"] for link in moved["links"]}
        assert desk.numbers(f"zendesk:{number}") == {
            "zendesk": (str(number), "moved"), "jira": (moved["number"], "present")}
    desk.sync()
    for number in numbers:
        assert told(desk.history(f"zendesk:{number}")) == told(before[number])
    # Nothing is opened here for what was opened there, which is known by its number there too.
    new = first["number"]
    assert desk.history(f"jira:{new}") == desk.history(new) == desk.history(f"zendesk:{numbers[0]}")

    written = len(mock.journal("jira")), len(mock.journal("zendesk"))
    again = desk.migrate("zendesk", "jira")
    assert (again["moved"], again["movedBefore"], again["links"]) == (0, 6, 0)
    assert (len(mock.journal("jira")), len(mock.journal("zendesk"))) == written

    # A customer answers a solved ticket where it was.
    mock.control("POST", "customer", {
        "system": "zendesk", "ticket": str(numbers[3]), "email": "jan@bakery.example", "text": "it fails again"})
    desk.sync()
    moved = counterpart(desk, numbers[3], "zendesk", "jira")
    late = [each for each in moved["comments"] if "it fails again" in each["text"]]
    assert len(late) == 1 and late[0]["public"] and late[0]["text"].startswith("customer")
    changes = [each for each in moved["comments"] if "Changed in zendesk" in each["text"]]
    assert moved["status"] == "Waiting for support"
    assert len(changes) == 1 and not changes[0]["public"]
    # What is done here goes to where the ticket lives, and not to where it was.
    written = len(mock.journal("zendesk"))
    desk.tenant.done("sync", "act", f"zendesk:{numbers[1]}", "--note", "seen", "--actor", "bo", "--store",
                     desk.tenant.store)
    desk.sync()
    assert len(mock.journal("zendesk")) == written
    assert any("seen" in each["text"] for each in counterpart(desk, numbers[1], "zendesk", "jira")["comments"])


def test_who_is_erased_is_not_left_in_what_was_moved(desk, mock):
    """Neither in the outbox, nor in what the other system tells of it."""
    number, = support(mock, 1)
    mock.control("POST", "customer", {
        "system": "zendesk", "ticket": str(number), "email": "jan@bakery.example", "text": "still the zebrastripe error"})
    desk.sync("--system", "zendesk")
    assert desk.migrate("zendesk", "jira")["moved"] == 1
    moved = counterpart(desk, number, "zendesk", "jira")
    assert sum("zebrastripe" in each["text"] for each in moved["comments"]) == 1
    jan = mock.ok("GET", f"/api/v2/tickets/{number}/comments", user="agent")["comments"][-1]["author_id"]
    desk.tenant.done("erase", "--store", desk.tenant.store, "--contact", f"zendesk:{jan}")
    assert b"zebrastripe" not in desk.tenant.bytes()
    desk.sync()
    assert b"zebrastripe" not in desk.tenant.bytes()


def test_jira_to_servicenow(desk, mock):
    """A system without tags: they stand in words; a resolution and an issue type become columns."""
    keys = []
    for place in range(4):
        made = issue(mock, user="agent", summary=f"Sync {place} hangs", description=document(f"After {place} minutes"),
                     priority={"name": WORDS[str(place + 1)]}, labels=["sync"],
                     assignee={"accountId": myself(mock, "agent")})
        for step in range(3):
            mock.ok("POST", f"/rest/api/3/issue/{made['id']}/comment", {
                "body": document(f"step {step} of {place}"), "properties": [
                    {"key": "sd.public.comment", "value": {"internal": step == 1}}]}, user="agent")
        mock.control("POST", "customer", {
            "system": "jira", "ticket": made["key"], "email": "jan@bakery.example", "text": f"thanks for {place}"})
        keys.append(made["key"])
    mock.ok("POST", "/rest/api/3/issueLink", {
        "type": {"name": "Relates"}, "inwardIssue": {"key": keys[0]}, "outwardIssue": {"key": keys[1]}}, user="agent")
    del desk.systems["jira"]["fields"]
    desk.describe()
    desk.sync("--system", "jira")
    refused = desk.migrate("jira", "servicenow", code=65)
    assert refused["moved"] == 0 and not desk.state("servicenow")
    assert {each["field"] for each in refused["values"] if "missing" in each} == {"tags"}
    report = desk.migrate("jira", "servicenow", "--in-words")
    assert (report["moved"], report["links"], report["refused"]) == (4, 1, 0)
    for place, key in enumerate(keys):
        moved = counterpart(desk, key, "jira", "servicenow")
        assert moved["fields"]["short_description"] == f"Sync {place} hangs"
        assert moved["fields"]["priority"] == str(place + 1)
        assert moved["fields"]["category"] == "Task"
        origin = next(each for each in moved["comments"] if "Moved from" in each["text"])
        assert not origin["public"] and f"{mock.url}/browse/{key}" in origin["text"] and "tags: sync" in origin["text"]
        check_messages(moved, place)
        assert desk.numbers(f"jira:{key}")["servicenow"] == (moved["number"], "present")
    later = counterpart(desk, keys[1], "jira", "servicenow")
    assert later["fields"]["parent_incident"] == counterpart(desk, keys[0], "jira", "servicenow")["id"]


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_twice(desk, mock, seed):
    """Two kills -9 in the middle of the writing: every ticket and every message is there once."""
    generator = random.Random(seed)
    numbers = support(mock, 8)
    desk.sync("--system", "zendesk")
    mock.faults(rates={"latency": 1}, latencyMs=[10, 30], systems=["jira"])
    for _ in range(2):
        wanted = len(mock.journal("jira")) + generator.randrange(3, 25)
        process = desk.tenant.start(*desk.arguments("zendesk", "jira"))
        end = time.monotonic() + 120
        while len(mock.journal("jira")) < wanted and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGKILL)
        process.communicate()
    mock.faults()
    report = desk.migrate("zendesk", "jira")
    assert report["refused"] == 0
    assert len(desk.state("jira")) == len(numbers)
    for place, number in enumerate(numbers):
        moved = counterpart(desk, number, "zendesk", "jira")
        assert moved["fields"]["summary"] == f"Upload {place} fails"
        assert sum("Moved from" in each["text"] for each in moved["comments"]) == 1
        check_messages(moved, place)
        assert len(moved["links"]) == (len(numbers) - 1 if place == 0 else 1)
        assert moved["status"] == ("Resolved" if place % 3 == 0 else "Waiting for customer")


def rows(store):
    """All that a store holds, as the statements that would make it."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database:
        return list(database.iterdump())


def test_dry_run_names_what_has_no_counterpart(desk, mock):
    """A state, a group and an agent that nobody has mapped are named with counts and examples; nothing is written anywhere."""
    numbers = support(mock, 6)
    desk.sync("--system", "zendesk")
    del desk.systems["jira"]["statuses"]["Waiting for customer"]
    del desk.systems["jira"]["fields"]
    desk.systems["jira"]["agents"] = {}
    desk.describe()
    stored = rows(desk.tenant.store)
    requests = len(mock.journal("zendesk"))
    report = desk.migrate("zendesk", "jira", "--dry-run", code=65)
    missing = {(each["field"], each["value"]): each for each in report["values"] if "missing" in each}
    assert set(missing) == {("status", "waiting"), ("group", "Support"), ("assignee", "ana")}
    assert missing["status", "waiting"]["tickets"] == 4
    assert missing["status", "waiting"]["examples"] == [f"zendesk:{numbers[place]}" for place in (1, 2, 4)]
    becomes = {(each["field"], each["value"]): each["becomes"] for each in report["values"] if "becomes" in each}
    assert becomes["priority", "High"] == "High" and becomes["status", "solved"] == "Resolved"
    assert not mock.journal("jira") and len(mock.journal("zendesk")) == requests
    assert rows(desk.tenant.store) == stored
    assert desk.migrate("zendesk", "jira", code=65)["moved"] == 0 and not mock.journal("jira")


def test_texts_that_are_too_long_are_cut_and_counted_before(desk, mock):
    """Jira takes no text of more than 32,767 characters; a long description is no reason not to move a ticket."""
    log = ("ERROR failed to connect to the upstream server\n" * 1_000)[:40_000]
    number, = support(mock, 1)
    other = ticket(mock, "agent", subject="Long from the start", comment={"body": log})["id"]
    mock.ok("PUT", f"{TICKETS}/{number}", {"ticket": {"comment": {"body": log}}}, user="agent")
    desk.sync("--system", "zendesk")
    assert desk.migrate("zendesk", "jira", "--dry-run")["cut"] == 2
    assert desk.migrate("zendesk", "jira")["moved"] == 2
    texts = [counterpart(desk, other, "zendesk", "jira")["fields"]["description"]]
    texts += [each["text"] for each in counterpart(desk, number, "zendesk", "jira")["comments"] if "ERROR" in each["text"]]
    assert len(texts) == 2
    for text in texts:
        assert 32_000 < len(text) <= 32_767 and "characters left out" in text[-50:]


def test_limit(desk, mock):
    """Some tickets now, the others later; the links between them when both are there."""
    support(mock, 4)
    desk.sync("--system", "zendesk")
    some = desk.migrate("zendesk", "jira", "--limit", "2")
    assert (some["moved"], some["left"], some["links"]) == (2, 2, 1)
    rest = desk.migrate("zendesk", "jira")
    assert (rest["moved"], rest["movedBefore"], rest["links"]) == (2, 2, 2)
    assert len(desk.state("jira")) == 4


def test_a_ticket_that_was_refused_is_told_until_it_is_there(desk, mock):
    """The new system refuses to open a ticket: another run says so again, and nothing is done with it into the void."""
    number, = support(mock, 1)
    desk.sync("--system", "zendesk")
    mock.faults(next=[{"fault": "400", "method": "POST", "path": "/rest/api/3/issue"}])
    assert desk.migrate("zendesk", "jira", code=65)["refused"] > 0
    again = desk.migrate("zendesk", "jira", code=65)
    assert (again["moved"], again["movedBefore"], again["refused"]) == (0, 0, 1) and not desk.state("jira")
    assert desk.migrate("zendesk", "jira", "--dry-run")["refused"] == 1
    act = ("sync", "act", f"zendesk:{number}", "--note", "seen", "--actor", "bo", "--store", desk.tenant.store)
    done = desk.tenant.run(*act)
    assert done.returncode == 65 and "was moved to jira" in done.stderr
    assert not any("seen" in each.get("text", "") for each in desk.history(f"zendesk:{number}"))
    # Once it is sent again it is there, and can be worked on.
    desk.tenant.done("sync", "refused", "--systems", desk.file, "--system", "jira", "--replay-all", "--store",
                     desk.tenant.store)
    last = desk.migrate("zendesk", "jira")
    assert (last["movedBefore"], last["refused"]) == (1, 0)
    check_messages(counterpart(desk, number, "zendesk", "jira"), 0)
    desk.tenant.done(*act)
    desk.sync()
    assert any("seen" in each["text"] for each in counterpart(desk, number, "zendesk", "jira")["comments"])


def checked(desk, code):
    done = desk.tenant.run("sync", "check", "--systems", desk.file, "--store", desk.tenant.store)
    assert done.returncode == code, (done.stdout, done.stderr)
    return {line["system"]: line for line in map(json.loads, done.stdout.splitlines())}


def test_drift_of_fields(desk, mock):
    """A field whose values change is noticed; one that stays is not."""
    for place in range(300):
        ticket(mock, user="agent", priority=["low", "normal"][place % 2] if place < 100 else "urgent")
        if place == 99:
            mock.wait(86_400)
    del desk.systems["servicenow"], desk.systems["jira"]
    desk.describe()
    desk.sync("--system", "zendesk")
    drift = checked(desk, 65)["zendesk"]["drift"]
    assert len(drift) == 1 and drift[0].startswith("priority ")


def test_drift_of_words(desk, mock):
    """What is new there since the last check, gone or called otherwise is told once; the first check has nothing to compare."""
    del desk.systems["servicenow"], desk.systems["jira"]
    # The mock does not tell Zendesk's priorities.
    desk.systems["zendesk"]["priorities"] = {}
    desk.describe()
    desk.sync("--system", "zendesk")
    assert checked(desk, 0)["zendesk"]["drift"] == []
    with closing(sqlite3.connect(desk.tenant.store)) as database:
        seen = {(kind, word): name for kind, word, name in database.execute("SELECT kind, word, name FROM seenWord")}
        assert seen["status", "pending"] and seen["field", "360001"] == "Version"
        # As if the system had looked otherwise when it was checked.
        database.execute("DELETE FROM seenWord WHERE word = 'pending'")
        database.execute("INSERT INTO seenWord VALUES ('zendesk', 'priority', 'p0', 'Fire')")
        database.execute("UPDATE seenWord SET name = 'Build' WHERE word = '360001'")
        database.commit()
    drift = checked(desk, 65)["zendesk"]["drift"]
    assert [line.split(" (")[0] for line in drift if "is new" in line] == ['status "pending"']
    assert [line.split(" (")[0] for line in drift if "is gone" in line] == ['priority "p0"']
    assert 'field "360001" was called "Build" and is called "Version" now' in drift
    assert len(drift) == 3 and checked(desk, 0)["zendesk"]["drift"] == []


def test_nothing_is_moved_to_a_system_in_which_customers_could_read_what_is_internal(tmp_path, mock):
    """Roundup has no internal messages; only where nobody but the team can read its tickets there is nothing to hide."""
    desk = Desk(tmp_path, mock)
    ticket(mock, "agent", subject="upload fails", comment={"body": "it stops at once"})
    desk.sync()
    desk.systems["roundup"] = desk.systems["zendesk"] | {"name": "roundup", "kind": "roundup"}
    desk.describe()
    done = desk.tenant.run(
        "migrate", "--systems", desk.file, "--from", "zendesk", "--to", "roundup", "--store", desk.tenant.store, "--dry-run")
    assert done.returncode == 65 and "roundup has no internal messages" in done.stderr
    desk.systems["zendesk"]["teamOnly"] = True
    desk.describe()
    done = desk.tenant.run("sync", "check", "--systems", desk.file)
    assert done.returncode == 78 and "teamOnly" in done.stderr
