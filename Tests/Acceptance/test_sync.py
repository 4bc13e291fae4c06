"""casebook sync from outside: what comes in, what goes out, and what becomes of it when something is wrong."""

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from mock_systems import SECRETS
from mock_tickets import ISSUES, TICKETS
from paths import PROGRAMS, ROOT
from stores import ndjson
from sync_desks import HOOK_SECRET, KINDS, READS, VERSION, WORDS, WRITES, Desk, There, description, silent_port, until
from test_sync_checklist import signed

ALL = pytest.mark.parametrize("kind", KINDS)
# A status of each kind that is not resolved and can be reached from one that is.
AGAIN = {"zendesk": "open", "servicenow": "2", "jira": "Waiting for support"}
EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_TEMPFAIL, EX_NOPERM, EX_CONFIG = 64, 65, 66, 75, 77, 78


def seconds(time):
    return datetime.fromisoformat(time).timestamp()


@pytest.fixture
def desk(tmp_path, mock, kind):
    return Desk(tmp_path / "desk", mock, kind)


# What comes in


@ALL
def test_a_new_ticket_comes_in_with_all_that_it_has(desk, there, kind):
    desk.customers()
    id = there.mailed("it stops at once", "jan@bakery.example", subject="the upload fails")
    there.version(id, "4.2")
    there.says(id, "restart the printer")
    there.says(id, "ask the second line", public=False)
    if kind != "servicenow":
        there.tags(id, "slow", "printer")
    report = desk.sync()[kind]
    here = there.here(id)
    assert (report["ticketsNew"], report["sent"], report["left"], report["faults"]) == (1, 0, 0, [])
    opened, = desk.history(here, "opened")
    assert "the upload fails" in opened["subject"] and opened["account"] == "acc-1"
    assert opened["time"][:19] == there.state(id)["createdAt"][:19]
    assert "it stops at once" in opened["text"]
    values = desk.values(here)
    assert values["version"] == "4.2" and values["status"] in ("new", "open")
    assert values["#"] == (set() if kind == "servicenow" else {"slow", "printer"})
    sides = {entry["text"]: (entry["side"], entry["public"]) for entry in desk.history(here, "message")}
    assert sides["restart the printer"] == ("agent", True)
    assert sides["ask the second line"] == ("agent", False)
    assert desk.rows("SELECT COUNT(*) FROM fact WHERE kind = 'contact'") != [(0,)]
    assert desk.sync()[kind]["messagesIn"] == 0


@ALL
def test_what_happened_before_the_first_reading_has_its_own_times(desk, there, kind):
    hours = {"waiting": 2, "solved": 5, "said": 26}
    desk.mock.set(clockOffsetSeconds=-48 * 3600)
    id = there.opened()
    for word in ("waiting", "solved"):
        desk.mock.set(clockOffsetSeconds=(hours[word] - 48) * 3600)
        there.moves(id, WORDS[kind][word])
    desk.mock.set(clockOffsetSeconds=(hours["said"] - 48) * 3600)
    there.says(id, "the fix is out")
    desk.sync()
    entries = desk.history(there.here(id))
    start, = (seconds(entry["time"]) for entry in entries if entry["kind"] == "opened")
    told = {(entry["kind"], entry.get("to", "")): (seconds(entry["time"]) - start) / 3600
            for entry in entries if entry["kind"] in ("changed", "resolved")}
    assert told["changed", "waiting"] == pytest.approx(hours["waiting"], abs=0.01)
    assert told["changed", "solved"] == pytest.approx(hours["solved"], abs=0.01)
    resolved, = (hour for (kind, _), hour in told.items() if kind == "resolved")
    assert resolved == pytest.approx(hours["solved"], abs=0.01)


@ALL
def test_a_ticket_that_was_opened_again_before_the_first_reading_is_open(desk, there, kind):
    id = there.opened()
    there.moves(id, WORDS[kind]["solved"])
    # What is younger than two seconds has no history that is worth a request.
    desk.mock.set(clockOffsetSeconds=60)
    there.moves(id, AGAIN[kind])
    desk.sync()
    kinds = [entry["kind"] for entry in desk.history(there.here(id)) if entry["kind"] in ("resolved", "reopened")]
    assert kinds == ["resolved", "reopened"]


@pytest.mark.parametrize("kind", ["servicenow"])
def test_a_history_that_may_not_be_read_keeps_no_ticket_back(desk, there, kind):
    desk.mock.set(clockOffsetSeconds=-3600)
    id = there.opened()
    there.moves(id, WORDS[kind]["solved"])
    desk.mock.set(clockOffsetSeconds=0)
    there.says(id, "the fix is out")
    # The audit of deletions is asked for before that of changes.
    desk.mock.faults(next=[{"fault": "403", "method": "GET", "path": "/sys_audit"}] * 2)
    report = desk.sync()[kind]
    assert report["ticketsNew"] == 1 and any("not permitted" in fault for fault in report["faults"])
    entries = desk.history(there.here(id))
    times = {entry["kind"]: seconds(entry["time"]) for entry in entries}
    # The system says of the ticket itself when it was resolved.
    assert times["resolved"] - times["opened"] < 60


@pytest.mark.parametrize("kind", ["zendesk"])
@pytest.mark.parametrize("written, word", [({}, "pending"), ({"written": {"statuses": ["hold"]}}, "hold")])
def test_of_two_words_that_mean_the_same_the_chosen_one_is_sent(desk, there, kind, written, word):
    desk.describe(description(desk.mock, kind, **written))
    id = there.opened()
    desk.sync()
    desk.act(there.here(id), "--set", "status=waiting")
    desk.sync()
    assert there.state(id)["fields"]["status"] == word
    assert desk.sync()[kind]["sent"] == 0


@ALL
def test_a_system_that_may_not_be_read_is_said_and_not_asked_again_and_again(desk, there, kind):
    there.opened()
    desk.mock.faults(rates={"403": 1})
    asked, begin = there.requests(), time.monotonic()
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 60, code=77)
    assert time.monotonic() - begin < 15 and there.requests() - asked < 20
    assert f"{kind}: not permitted" in done.stderr
    with desk.follow():
        time.sleep(4)
    assert there.requests() - asked < 40
    desk.mock.faults()
    assert desk.sync()[kind]["ticketsNew"] == 1


@ALL
@pytest.mark.parametrize("by", ["alias", "name"])
def test_an_organisation_is_an_account_by_its_alias_or_its_name(desk, there, kind, by):
    id = there.mailed("it stops at once", "ada@acorn-mills.example")
    if kind == "jira":
        there.sets(id, "casebook", customfield_10002=[1])
    fields = there.state(id)["fields"]
    organization = {"zendesk": lambda: fields["organization_id"], "servicenow": lambda: fields["company"],
                    "jira": lambda: 1}[kind]()
    files = desk.folder / "customers"
    files.mkdir()
    ndjson(files / "accounts.ndjson", [{"id": "acc-7", "name": "Mill" if by == "alias" else "ACORN Mills Ltd."}])
    ndjson(files / "aliases.ndjson", [
        {"account": "acc-7", "kind": "organization", "value": f"{kind}:{organization}"}] if by == "alias" else [])
    desk.run("import", files, "--source", "crm", "--date", "2026-03-02T00:00:00Z")
    desk.sync()
    opened, = desk.history(there.here(id), "opened")
    assert opened["account"] == "acc-7"


@ALL
def test_what_agents_change_there_changes_here(desk, there, kind, known):
    here = there.here(known)
    there.version(known, "4.2")
    there.moves(known, WORDS[kind]["waiting"])
    desk.sync()
    assert desk.values(here)["version"] == "4.2" and desk.values(here)["status"] == "waiting"
    changes = {(entry["field"], entry["to"]) for entry in desk.history(here, "changed")}
    assert {("version", "4.2"), ("status", "waiting")} <= changes


# What goes out


@ALL
def test_what_is_done_here_goes_out_in_the_form_of_the_system(desk, there, kind, known):
    here = there.here(known)
    tags = [] if kind == "servicenow" else ["--tag", "crash"]
    desk.act(here, "--set", "version=9.9", "--set", "status=waiting", "--note", "seen before", "--reply",
             "try <b> & \"more\"", *tags)
    assert desk.values(here).get("version") is None and not there.comments(known, "seen before")
    report = desk.sync()[kind]
    assert (report["sent"], report["left"], report["refused"]) == (4 + bool(tags), 0, 0)
    state = there.state(known)
    assert there.version_of(known) == "9.9" and state["status"] == WORDS[kind]["waiting"]
    assert "crash" in state["tags"] or not tags
    reply, = there.comments(known, "try <b> & \"more\"")
    note, = there.comments(known, "seen before")
    assert (reply["public"], note["public"], reply["author"]) == (True, False, "casebook@example.com")
    assert desk.sync()[kind]["sent"] == 0
    assert len(there.comments(known, "seen before")) == 1


@ALL
def test_where_both_sides_changed_a_field_the_system_stands_or_we_do(tmp_path, mock, there, kind):
    for ours in ([], ["version"]):
        desk = Desk(tmp_path / f"desk-{len(ours)}", mock, kind, ours=ours)
        id = there.opened()
        desk.sync()
        here = there.here(id)
        desk.act(here, "--set", "version=9.9")
        there.version(id, "4.2")
        report = desk.sync()[kind]
        assert (report["overruled"], report["sent"]) == ((0, 1) if ours else (1, 0))
        assert there.version_of(id) == desk.values(here)["version"] == ("9.9" if ours else "4.2")


# In ServiceNow priority follows from impact and urgency, which this account may write.
@pytest.mark.parametrize("kind", ["zendesk", "jira"])
def test_what_is_refused_is_kept_with_its_reason_and_the_rest_goes_on(desk, there, kind):
    ids = [there.opened(subject=f"number {number}") for number in range(2)]
    desk.describe(description(there.mock, kind, user="limited@example.com"))
    desk.environment["DESK_SECRET"] = SECRETS["limited"]
    desk.sync()
    first, second = map(there.here, ids)
    priority = {"zendesk": "high", "servicenow": "1", "jira": "High"}[kind]
    before = there.state(ids[0])["fields"]["priority"]
    desk.act(first, "--set", f"priority={priority}", "--set", "version=9.9", "--note", "seen before")
    desk.act(second, "--note", "another one")
    report = desk.sync(code=EX_DATAERR)[kind]
    assert (report["refused"], report["sent"], report["left"]) == (1, 3, 0)
    refused, = desk.refused()
    assert refused["ticket"] == first and refused["what"] == f"priority={priority}" and refused["reason"]
    assert refused["actor"] == "agent-1" and refused["system"] == kind
    assert there.state(ids[0])["fields"]["priority"] == before and there.version_of(ids[0]) == "9.9"
    assert there.comments(ids[0], "seen before") and there.comments(ids[1], "another one")
    # Once the account may do it, it is sent again.
    desk.describe(description(there.mock, kind))
    desk.environment["DESK_SECRET"] = SECRETS["casebook"]
    assert desk.sync()[kind]["sent"] == 0
    assert desk.refused("--replay-all") == []
    assert desk.sync()[kind]["sent"] == 1
    assert there.state(ids[0])["fields"]["priority"] == priority and desk.refused() == []


@ALL
def test_what_says_nothing_is_not_taken(desk, there, kind, known):
    for name in ("--reply", "--note"):
        assert "says nothing" in desk.act(there.here(known), name, " \n", code=EX_USAGE).stderr
    assert not desk.outbox()


@ALL
def test_what_is_refused_does_not_stand_here_and_is_marked_in_the_history(desk, there, kind, known):
    here = there.here(known)
    desk.act(here, "--set", "assignee=bob", "--set", "group=no-such-group")
    desk.act(here, "--set", "nothing=1")
    desk.sync(code=EX_DATAERR)
    assert desk.rows('SELECT assignee, team FROM ticket WHERE id = ?', here) == [("", "")]
    marked = {entry["field"]: entry["to"] for entry in desk.history(here, "changed") if "refusedBy" in entry}
    assert marked == {"assignee": "bob", "group": "no-such-group", "nothing": "1"}
    assert all(entry["refusedBy"] == kind for entry in desk.history(here) if "refusedBy" in entry)


@ALL
def test_one_of_several_is_sent_again_by_its_number(desk, there, kind, known):
    here = there.here(known)
    desk.act(here, "--set", "nothing=1", "--set", "nowhere=2")
    desk.sync(code=EX_DATAERR)
    entries = desk.refused()
    assert {entry["what"] for entry in entries} == {"nothing=1", "nowhere=2"}
    desk.refused("--replay", entries[0]["number"])
    assert len(desk.refused()) == 1 and desk.outbox("waiting") == ["waiting"]


@pytest.mark.parametrize("kind", ["zendesk"])
def test_what_cannot_be_read_any_more_is_refused_and_the_rest_goes_on(desk, there, kind, known):
    here = there.here(known)
    desk.act(here, "--set", "version=9.9", "--note", "seen before")
    with sqlite3.connect(desk.store) as database:
        database.execute("UPDATE outbox SET payload = '{\"kind\":\"reaction\"}' WHERE kind = 'field'")
    assert "entries of the outbox that cannot be read: 1" in desk.run("check", code=EX_DATAERR).stdout
    report = desk.sync(code=EX_DATAERR)[kind]
    assert (report["refused"], report["sent"], report["left"]) == (1, 1, 0)
    refused, = desk.refused()
    assert refused["ticket"] == here and "cannot be read" in refused["reason"]
    assert there.comments(known, "seen before")


@pytest.mark.parametrize("kind", ["zendesk"])
def test_a_ticket_that_was_removed_as_too_old_comes_back_when_it_is_open_again(desk, there, kind, known):
    there.moves(known, WORDS[kind]["solved"])
    desk.sync()
    time.sleep(1.5)
    desk.run("retain", "--older-than", "0", "--kind", "tickets")
    there.tags(known, "late")
    desk.sync()
    assert desk.rows("SELECT id FROM ticket") == []
    there.moves(known, AGAIN[kind])
    desk.sync()
    assert desk.rows("SELECT id, resolvedAt FROM ticket") == [(there.here(known), None)]


# The description and the system


@ALL
def test_check_names_what_does_not_fit(desk, there, kind):
    assert desk.check(code=None).keys() == {kind}
    statuses = {"zendesk": {}, "servicenow": {}, "jira": {"Open": "new"}}[kind]
    desk.describe(description(
        there.mock, kind, fields={"version": VERSION[kind], "mood": "no_such_field", "made": "created"},
        priorities={"no-such-priority": "high"}, statuses=statuses, ours=["unheard-of"]))
    problems = desk.check(code=EX_DATAERR)[kind]
    text = "\n".join(problems)
    assert "no-such-priority" in text and "unheard-of" in text
    # Where an account may not see which columns ServiceNow has, nothing is known of them.
    assert kind == "servicenow" or "mood" in text and "no_such_field" in text
    assert VERSION[kind] not in text
    if kind == "jira":
        assert "may not write \"created\"" in text and "Waiting for customer" in text


@ALL
def test_a_description_that_fits_has_no_problems(desk, kind):
    assert desk.check() == {kind: []}


@ALL
def test_check_names_words_agents_and_groups_that_are_not_there(desk, mock, kind):
    desk.describe(description(
        mock, kind, statuses={"99": "waiting"}, agents={"999999": "ana"}, groups={"888": "web"}))
    text = "\n".join(desk.check(code=EX_DATAERR)[kind])
    assert 'no "99"' in text and '"999999"' in text
    # An issue of Jira has no group of its own.
    assert kind == "jira" or '"888"' in text


def test_check_names_a_table_that_is_not_there(tmp_path, mock):
    desk = Desk(tmp_path / "desk", mock, "servicenow", place="incidents")
    assert "incidents" in desk.check(code=EX_DATAERR)["servicenow"][0]


def test_an_unknown_status_is_taken_as_it_is_and_told(tmp_path, mock):
    # Every status of Jira has a category, and Zendesk has no others; a choice of ServiceNow can be anything.
    there, desk = There(mock, "servicenow"), Desk(tmp_path / "desk", mock, "servicenow")
    id, other = there.opened(), there.opened()
    there.sets(id, state="42")
    report = desk.sync()["servicenow"]
    assert report["unknownWords"] == ["status: 42"] and report["ticketsNew"] == 2
    assert desk.values(there.here(id))["status"] == "42" and desk.is_open(there.here(id))
    assert desk.values(there.here(other))["status"] == "new"


# Secrets and accounts


@ALL
def test_without_a_secret_nothing_is_done(desk, there, kind):
    there.opened()
    del desk.environment["DESK_SECRET"]
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 20, code=EX_CONFIG)
    assert "DESK_SECRET" in done.stderr and there.requests() == 0


def test_a_secret_in_a_file_is_for_its_owner_alone(tmp_path, mock):
    there, desk = There(mock, "zendesk"), Desk(tmp_path / "desk", mock, "zendesk")
    there.opened()
    secret = tmp_path / "secret"
    secret.write_text(SECRETS["casebook"] + "\n")
    secret.chmod(0o644)
    desk.describe(description(mock, "zendesk", secret={"file": str(secret)}))
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 20, code=EX_CONFIG)
    assert str(secret) in done.stderr and "0600" in done.stderr and there.requests() == 0
    secret.chmod(0o600)
    assert desk.sync()["zendesk"]["ticketsNew"] == 1
    desk.describe({**description(mock, "zendesk"), "secret": SECRETS["casebook"]})
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 20, code=EX_CONFIG)
    assert "secret" in done.stderr and SECRETS["casebook"] not in done.stderr


@ALL
@pytest.mark.parametrize("user, secret", [("expired@example.com", "expired-secret"), ("casebook@example.com", "no-such-secret")])
def test_refused_credentials_are_told_and_nothing_is_lost(desk, there, kind, known, user, secret):
    here = there.here(known)
    desk.act(here, "--note", "seen before")
    there.says(known, "restart the printer")
    desk.describe(description(there.mock, kind, user=user))
    desk.environment["DESK_SECRET"] = secret
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 20, code=EX_NOPERM)
    assert "credentials" in done.stderr and kind in done.stderr and secret not in done.stdout + done.stderr
    assert "credentials" in json.loads(done.stdout)["stoppedBy"] and json.loads(done.stdout)["left"] == 1
    desk.describe(description(there.mock, kind))
    desk.environment["DESK_SECRET"] = SECRETS["casebook"]
    report = desk.sync()[kind]
    assert (report["sent"], report["messagesIn"]) == (1, 1)
    assert len(there.comments(known, "seen before")) == len(desk.said(here, "restart the printer")) == 1


@pytest.mark.parametrize("kind", ["zendesk"])
def test_one_system_that_refuses_does_not_keep_the_others_back(desk, there, kind):
    mock = there.mock
    others = [There(mock, other) for other in KINDS[1:]]
    desk.describe(description(mock, kind, user="expired@example.com"), *(description(mock, other.kind) for other in others))
    for each in (there, *others):
        each.opened()
    reports = desk.sync(code=EX_NOPERM)
    assert "credentials" in reports[kind]["stoppedBy"]
    assert [reports[other.kind]["ticketsNew"] for other in others] == [1, 1]


@ALL
def test_no_secret_is_printed_or_kept(desk, there, kind, known):
    here = there.here(known)
    desk.act(here, "--note", "seen before", "--reply", "please try once more", "--set", "nothing=1")
    method, path = WRITES[kind]
    wrong = ("login", "timeoutAfterWrite", "echo")
    there.mock.faults(next=[{"fault": fault, "method": method, "path": path} for fault in wrong], timeoutSeconds=0.2)
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 60, code=EX_DATAERR)
    shown = done.stdout + done.stderr + "".join(map(str, desk.refused())) + str(desk.check())
    kept = b"".join(path.read_bytes() for path in desk.folder.glob("store*"))
    assert "Authorization" in shown
    pairs = [base64.b64encode(f"{user}:{SECRETS['casebook']}".encode()).decode()
             for user in ("casebook@example.com", "casebook@example.com/token")]
    for secret in (SECRETS["casebook"], HOOK_SECRET, *pairs):
        assert secret not in shown and secret.encode() not in kept


@pytest.mark.parametrize("content, word", [
    ("no json", "no JSON"), ("{}", "systems"), ('{"systems": []}', "at least one"),
    ('{"systems": [{"name": "a b"}]}', "systems[0].name"), ('{"systems": [{"name": "a", "kind": "fax"}]}', "systems[0].kind"),
    ('{"systems": [{"name": "a", "kind": "jira", "address": "http://jira.example", "secret": {"environment": "X"}}]}', "https"),
    ('{"systems": [{"name": "a", "kind": "jira", "adress": ""}]}', "adress"),
])
def test_what_is_wrong_in_a_description_is_named(tmp_path, mock, content, word):
    desk = Desk(tmp_path / "desk", mock, "jira")
    desk.file.write_text(content)
    done = desk.run("sync", "run", "--systems", desk.file, code=EX_CONFIG)
    assert str(desk.file) in done.stderr and word in done.stderr


def test_wrong_arguments_and_missing_things_are_told(tmp_path, mock):
    there, desk = There(mock, "jira"), Desk(tmp_path / "desk", mock, "jira")
    desk.run("sync", "run", "--systems", tmp_path / "nothing.json", code=EX_NOINPUT)
    desk.run("sync", "refused", "--systems", desk.file, code=EX_NOINPUT)
    there.opened()
    desk.sync()
    assert 'no ticket "jira:SUP-99"' in desk.act("jira:SUP-99", "--note", "x", code=EX_DATAERR).stderr
    assert "one of new, open" in desk.act("jira:SUP-1", "--set", "status=Sloved", code=EX_DATAERR).stderr
    desk.act("jira:SUP-1", code=64)
    desk.act("jira:SUP-1", "--set", "=x", code=64)
    assert "no system" in desk.run("sync", "run", "--systems", desk.file, "--system", "other", code=64).stderr
    desk.run("sync", "run", "--systems", desk.file, "--listen", 0, code=64)
    desk.run("sync", "run", "--systems", desk.file, "--from", "yesterday", code=64)
    del desk.environment["CASEBOOK_KEY"]
    assert "key" in desk.run("sync", "run", "--systems", desk.file, code=EX_CONFIG).stderr


# Processes


def test_a_second_process_is_told_to_wait(tmp_path, mock):
    there, desk = There(mock, "jira"), Desk(tmp_path / "desk", mock, "jira")
    id = there.opened()
    desk.sync()
    with desk.follow() as process:
        done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 5, code=EX_TEMPFAIL)
        assert done.stderr and done.stdout == ""
        # What people do is taken meanwhile, and sent by the first one.
        desk.act(there.here(id), "--note", "seen before")
        until(lambda: there.comments(id, "seen before"))
        assert process.end()["jira"]["sent"] == 1


@ALL
def test_a_kill_in_the_middle_loses_and_doubles_nothing(desk, there, kind):
    ids = [there.opened(subject=f"number {number}") for number in range(4)]
    desk.sync()
    there.mock.faults(rates={"latency": 1}, latencyMs=[5, 60])
    for number in range(3):
        for id in ids:
            desk.act(there.here(id), "--note", f"ours {number}.")
            there.says(id, f"theirs {number}.")
        with desk.follow() as process:
            time.sleep(0.1 + 0.2 * number)
            process.kill()
    there.mock.faults()
    report = desk.sync()[kind]
    assert report["left"] == 0
    for id in ids:
        here = there.here(id)
        for number in range(3):
            for text in (f"ours {number}.", f"theirs {number}."):
                assert (len(there.comments(id, text)), len(desk.said(here, text))) == (1, 1), (id, text)
    assert json.loads(desk.run("check", "--json").stdout)


def test_a_process_that_is_told_to_end_ends_soon_and_says_what_it_did(tmp_path, mock):
    there, desk = There(mock, "servicenow"), Desk(tmp_path / "desk", mock, "servicenow")
    there.opened()
    with desk.follow() as process:
        until(lambda: desk.store.exists() and desk.tickets())
        begin = time.monotonic()
        assert process.end()["servicenow"]["ticketsNew"] == 1
        assert time.monotonic() - begin < 5
        assert process.process.returncode == 0


@ALL
def test_a_service_that_is_locked_out_says_so_once_and_ends_with_that(desk, there, kind, known):
    desk.environment["DESK_SECRET"] = "no-such-secret"
    with desk.follow() as process:
        until(lambda: any("credentials" in line for line in process.errors))
        time.sleep(2)
        report = process.end()[kind]
        assert len(process.errors) == len(set(process.errors))
        assert process.process.returncode == EX_NOPERM and "credentials" in report["stoppedBy"]


@ALL
def test_a_service_says_what_is_refused_when_it_is_and_forgets_what_is_over(desk, there, kind, known):
    with desk.follow() as process:
        until(lambda: desk.tickets())
        desk.act(there.here(known), "--set", "nothing=1")
        until(lambda: any("no such field" in line for line in process.errors))
        there.mock.faults(rates={"403": 1})
        until(lambda: any("not permitted" in line for line in process.errors), seconds=20)
        there.mock.faults()
        there.says(known, "restart the printer")
        until(lambda: desk.said(there.here(known), "restart the printer"), seconds=30)
        assert "stoppedBy" not in process.end()[kind]
        assert process.process.returncode == EX_DATAERR


@pytest.mark.parametrize("kind", ["zendesk"])
def test_names_that_are_imported_while_it_runs_are_kept_out_of_texts(desk, there, kind):
    with desk.follow():
        files = desk.folder / "late"
        files.mkdir()
        ndjson(files / "accounts.ndjson", [{"id": "acc-1", "name": "Old Bakery"}])
        ndjson(files / "contacts.ndjson", [{"id": "p-9", "account": "acc-1", "name": "Ottokar Zimmerfrau"}])
        time.sleep(3)
        desk.run("import", files, "--source", "crm", "--date", "2026-03-02T00:00:00Z")
        time.sleep(4)
        id = there.mailed("please call Ottokar Zimmerfrau")
        until(lambda: there.here(id) in desk.tickets(), seconds=20)
    opened, = desk.history(there.here(id), "opened")
    assert opened["text"].startswith("please call <person:")


# Web hooks


@ALL
def test_a_signed_call_brings_the_ticket_within_two_seconds(desk, there, kind, known):
    with desk.follow() as process:
        time.sleep(0.5)
        there.mock.control("POST", "webhooks", {
            "system": kind, "url": process.address + kind, "secret": HOOK_SECRET, "user": "casebook@example.com"})
        for number in range(3):
            there.says(known, f"step {number} of the way")
            took = until(lambda: desk.said(there.here(known), f"step {number} of the way"))
            assert took < 2
            time.sleep(0.7)


@ALL
def test_calls_that_are_not_of_the_system_are_not_let_in(desk, there, kind, known):
    with desk.follow() as process:
        body, headers = signed(kind, known, "delivery-1")
        assert process.call(kind, body, {}) == 401
        wrong = {name: value[:-3] + "AAA" if "Signature" in name and "Timestamp" not in name or "Secret" in name else value
                 for name, value in headers.items()}
        assert process.call(kind, body, wrong) == 401
        if kind != "servicenow":
            assert process.call(kind, body.replace(b'"id":"', b'"id":"9'), headers) == 401
        assert process.call("another", body, headers) == 404
        assert process.call(kind, body, headers) == 200
        assert process.call(kind, b"x" * (2 << 20), headers) in (400, 401, 413)
        assert process.call(kind, body, headers) == 200


@ALL
def test_calls_out_of_order_and_repeated_change_nothing(desk, there, kind, known):
    here = there.here(known)
    there.mock.set(exportDelaySeconds=300, indexLagSeconds=300)
    with desk.follow() as process:
        time.sleep(0.5)
        calls = []
        for number in range(4):
            there.version(known, f"4.{number}")
            there.says(known, f"step {number} of the way")
            calls.append(signed(kind, known, f"delivery-{number}"))
        for place in (3, 0, 2, 3, 1, 0):
            assert process.call(kind, *calls[place]) == 200
        until(lambda: len(desk.said(here, " of the way")) == 4)
        time.sleep(0.3)
    assert desk.values(here)["version"] == "4.3" and len(desk.said(here, " of the way")) == 4


@ALL
def test_the_feed_brings_what_no_call_told(desk, there, kind, known):
    with desk.follow() as process:
        there.mock.control("POST", "webhooks", {
            "system": kind, "url": process.address + kind, "secret": HOOK_SECRET, "drop": 1})
        there.says(known, "restart the printer")
        until(lambda: desk.said(there.here(known), "restart the printer"), seconds=15)


# Persons


@ALL
def test_nobody_can_be_read_in_the_store_or_the_output(desk, there, kind):
    desk.customers()
    names = ("wilhelmina", "quastenberg")
    mail = f"{names[0]}.{names[1]}@bakery.example"
    id = there.mailed(f"write to {mail} or call +49 30 901820, regards", mail, subject=f"question of {mail}")
    there.mailed(f"again from {mail}", mail, ticket=id)
    there.version(id, f"as {mail} has it")
    there.attaches(id, f"{mail}.png")
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 60)
    here = there.here(id)
    desk.act(here, "--set", "nothing=1", "--note", f"ask {mail}")
    output = done.stdout + done.stderr + desk.run("sync", "run", "--systems", desk.file, "--seconds", 60, code=65).stdout
    output += str(desk.refused()) + desk.run("history", here, "--full").stdout + str(desk.history(here))
    for word in (*names, mail, "901820"):
        assert word not in output.lower()
        assert word.encode() not in desk.bytes()


@ALL
@pytest.mark.parametrize("whom", ["account", "contact"])
def test_who_is_erased_leaves_no_trace_of_a_sync(desk, there, kind, whom):
    desk.customers()
    mail = "wilhelmina@bakery.example"
    id = there.mailed("the purple-elephant stops", mail, subject="the yellow-giraffe fails")
    there.mailed("the orange-walrus too", mail, ticket=id)
    other = there.mailed("all is well", "bob@mail.example", subject="another question")
    there.version(id, "green-lizard")
    desk.sync()
    here = there.here(id)
    desk.act(here, "--note", "the crimson-badger again", "--set", "nothing=1")
    desk.sync(code=EX_DATAERR)
    remote, = desk.rows("SELECT remote FROM linkedTicket JOIN ticket ON ticket.number = ticket WHERE id = ?", here)
    contact, = {f"{kind}:{person}" for person in [requester(there, id)]}
    desk.sync()
    before = len(desk.tickets())
    desk.run("erase", *(("--account", "acc-1") if whom == "account" else ("--contact", contact)))
    kept = desk.bytes()
    for word in (b"purple-elephant", b"yellow-giraffe", b"orange-walrus", b"wilhelmina"):
        assert word not in kept, word
    if whom == "account":
        assert len(desk.tickets()) == before - 1
        for word in (b"green-lizard", b"crimson-badger"):
            assert word not in kept, word
        for table in ("linkedTicket", "linkedValue", "linkedMessage"):
            assert desk.rows(f"SELECT COUNT(*) FROM {table} WHERE remote = ?", *remote) == [(0,)], table
        assert desk.outbox() == []
    # The others go on.
    there.says(other, "restart the printer")
    desk.sync()
    assert len(desk.said(there.here(other), "restart the printer")) == 1
    # What still stands there does not come back, whether the feed shows it once more or somebody touches it.
    there.says(id, "the silver-otter as well")
    desk.sync()
    for word in (b"purple-elephant", b"yellow-giraffe", b"orange-walrus", *([b"silver-otter"] * (whom == "account"))):
        assert word not in desk.bytes(), word


@ALL
def test_what_waits_for_a_ticket_of_who_was_erased_is_not_sent(desk, there, kind):
    id = there.mailed("the purple-elephant stops", "wilhelmina@bakery.example")
    desk.sync()
    desk.act(there.here(id), "--note", "they mean the crimson-badger")
    desk.run("erase", "--contact", f"{kind}:{requester(there, id)}")
    assert desk.rows("SELECT state, payload FROM outbox") == [("overruled", '{"kind":"message"}')]
    assert desk.sync()[kind]["sent"] == 0 and not there.comments(id, "crimson-badger")
    assert desk.refused() == []


def requester(there, id):
    """The id of the person who asked."""
    fields = there.state(id)["fields"]
    if there.kind == "servicenow":
        return fields["caller_id"]
    if there.kind == "jira":
        return there.mock.ok("GET", f"/rest/api/3/issue/{id}", user="admin")["fields"]["reporter"]["accountId"]
    return there.mock.ok("GET", f"/api/v2/tickets/{id}", user="admin")["ticket"]["requester_id"]


@ALL
def test_two_stores_never_see_anything_of_each_other(tmp_path, mock, there, kind):
    ids = {name: there.opened(subject=f"the {name} fails") for name in ("walrus", "giraffe")}
    desks = {name: Desk(tmp_path / name, mock, kind, key=f"the key of the {name} alone") for name in ids}
    desks["walrus"].sync()
    there.says(ids["walrus"], "restart the printer")
    desks["giraffe"].sync()
    here = there.here(ids["giraffe"])
    desks["giraffe"].act(here, "--note", "seen before")
    assert desks["walrus"].outbox() == []
    assert desks["walrus"].sync()[kind]["sent"] == 0 and not there.comments(ids["giraffe"], "seen before")
    desks["giraffe"].sync()
    # A store that sees the comment of another one takes it for that of a stranger, once.
    desks["walrus"].sync()
    assert len(desks["walrus"].said(here, "seen before")) == 1
    desks["walrus"].environment["CASEBOOK_KEY"] = "the key of the giraffe alone"
    assert desks["walrus"].run("sync", "run", "--systems", desks["walrus"].file, code=EX_CONFIG).stderr


# Bad answers


# Zendesk takes no comment of more than 65,535 characters.
@pytest.mark.parametrize("kind", ["servicenow", "jira"])
def test_a_comment_of_ten_megabytes_comes_in(desk, there, kind):
    id, other = there.opened(), there.opened()
    text = "the log says nothing new here\n" * (10_000_000 // 30)
    there.says(id, text + "at the end a walrus")
    there.says(other, "restart the printer")
    report = desk.sync()[kind]
    assert report["ticketsNew"] == 2 and len(desk.said(there.here(other), "restart the printer")) == 1
    told = desk.said(there.here(id), "the log says nothing new here")
    assert len(told) == 1 and told[0]["text"].endswith("at the end a walrus")


# The faults of an answer and what is told of each.
FAULTS = {
    "html": "HTML where JSON was promised", "login": "credentials", "truncated": "no answer", "reset": "no answer",
    "500": "500", "timeoutAfterWrite": "no answer", "409": "", "untyped": "log-in page", "maintenance": "unreadable answer"}


@ALL
def test_answers_that_are_none_are_told_and_nothing_is_lost(desk, there, kind):
    ids = [there.opened(subject=f"number {number}") for number in range(len(FAULTS) + 1)]
    desk.sync()
    for number, id in enumerate(ids):
        desk.act(there.here(id), "--note" if number % 2 else "--reply", f"ours {number}.")
    method, path = WRITES[kind]
    # Each of the first messages meets another fault, and the last one none.
    there.mock.faults(next=[{"fault": fault, "method": method, "path": path} for fault in FAULTS], timeoutSeconds=0.2)
    report = desk.sync()[kind]
    assert there.mock.control("GET", "faults")["counts"] == dict.fromkeys(FAULTS, 1)
    for words in FAULTS.values():
        assert any(words in told for told in report["faults"]), (words, report["faults"])
    assert (report["sent"], report["left"], report["refused"]) == (len(ids), 0, 0)
    desk.sync()
    for number, id in enumerate(ids):
        assert len(there.comments(id, f"ours {number}.")) == len(desk.said(there.here(id), f"ours {number}.")) == 1


@pytest.mark.parametrize("kind", ["servicenow"])
def test_a_comment_that_is_dropped_without_a_word_is_refused(desk, there, kind, known):
    desk.act(there.here(known), "--reply", "please try once more")
    there.mock.set(dropsComments=True)
    report = desk.sync(code=EX_DATAERR)[kind]
    assert (report["sent"], report["left"], report["refused"]) == (0, 0, 1)
    refused, = desk.refused()
    assert "did not do it" in refused["reason"]


@pytest.mark.parametrize("kind", ["zendesk"])
def test_a_reply_that_only_the_team_can_read_is_refused(desk, there, kind, known):
    here = there.here(known)
    there.mock.set(privateOnly=True)
    desk.act(here, "--reply", "please try once more", "--note", "seen before")
    report = desk.sync(code=EX_DATAERR)[kind]
    assert (report["sent"], report["left"], report["refused"]) == (1, 0, 1)
    refused, = desk.refused()
    assert "customers cannot read it" in refused["reason"]
    assert len(there.comments(known, "please try once more")) == 1


@pytest.mark.parametrize("kind", ["zendesk", "jira"])
def test_one_ticket_that_is_gone_stops_nothing(desk, there, kind, known):
    other = there.opened(subject="another one")
    desk.sync()
    there.says(known, "restart the printer")
    there.says(other, "restart the printer")
    there.mock.set(gone=[f"{TICKETS}/{known}" if kind == "zendesk" else f"{ISSUES}/{known}"])
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 60, code=None)
    assert done.returncode != EX_NOPERM and len(desk.said(there.here(other), "restart the printer")) == 1


@ALL
def test_one_ticket_that_cannot_be_read_keeps_nothing_back(desk, there, kind, known):
    there.says(known, "restart the printer")
    there.mock.faults(next=[{"fault": "500", "path": READS[kind]}] * 40)
    report, = map(json.loads, desk.run("sync", "run", "--systems", desk.file, "--seconds", 4, code=EX_TEMPFAIL).stdout.splitlines())
    assert (report["messagesIn"], report["unread"]) == (0, 1)
    left, = desk.refused()
    assert left["attempts"] > 1 and "500" in left["reason"] and left["remote"] == known
    # The feed has gone on: what it tells now comes in, and the ticket is tried again as well.
    other = there.opened(subject="another one")
    there.mock.faults(next=[])
    report = desk.sync()[kind]
    assert (report["unread"], desk.refused()) == (0, [])
    assert there.here(other) in desk.tickets() and len(desk.said(there.here(known), "restart the printer")) == 1


@ALL
def test_many_tickets_that_cannot_be_read_keep_the_feed_back_no_more_than_one(desk, there, kind):
    ids = [there.opened(subject=f"number {number}") for number in range(8)]
    desk.sync()
    for id in ids:
        there.says(id, "restart the printer")
    there.mock.faults(next=[{"fault": "500", "path": READS[kind]}] * 80)
    report, = map(json.loads, desk.run("sync", "run", "--systems", desk.file, "--seconds", 5, code=EX_TEMPFAIL).stdout.splitlines())
    assert (report["messagesIn"], report["unread"]) == (0, 8)
    there.mock.faults(next=[])
    assert desk.sync()[kind]["messagesIn"] == 8 and desk.refused() == []


@ALL
def test_tickets_that_are_gone_are_told_from_tickets_that_may_not_be_read(desk, there, kind):
    ids = [there.opened(subject=f"number {number}") for number in range(6)]
    desk.sync()
    for id in ids[:5]:
        there.deletes(id)
    # Five of the six that are open; the sixth may still be read.
    desk.sync("--reconcile")
    assert [desk.is_open(here) for here in sorted(desk.tickets())].count(True) == 1 and desk.refused() == []


@ALL
def test_tickets_that_may_not_be_read_any_more_are_not_taken_for_deleted(desk, there, kind):
    ids = [there.opened(subject=f"number {number}") for number in range(5)]
    desk.sync()
    path = {"zendesk": "/api/v2/tickets/", "servicenow": "/incident/", "jira": "/issue/"}[kind]
    there.mock.faults(next=[{"fault": "404", "method": "GET", "path": path}] * 60)
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 5, "--reconcile", code=None)
    report = json.loads(done.stdout)
    assert any("may they still be read" in fault for fault in report["faults"]), report
    # The feed may show them all the same, and then they have been read.
    assert done.returncode == (EX_TEMPFAIL if report["unread"] else 0) and len(desk.refused()) == report["unread"] in (0, 5)
    assert all(desk.is_open(there.here(id)) for id in ids)


@ALL
def test_a_system_in_read_only_mode_is_written_when_it_can_be(desk, there, kind, known):
    here = there.here(known)
    desk.act(here, "--reply", "please try once more")
    there.says(known, "restart the printer")
    there.mock.set(readOnly={kind: True})
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 2, code=EX_TEMPFAIL)
    report = json.loads(done.stdout)
    assert (report["messagesIn"], report["left"], report["refused"]) == (1, 1, 0)
    assert any("read-only" in fault for fault in report["faults"])
    there.mock.set(readOnly={kind: False})
    assert desk.sync()[kind]["sent"] == 1 and len(there.comments(known, "please try once more")) == 1


@ALL
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_an_hour_off_loses_nothing(tmp_path, mock, there, kind, hours):
    mock.set(clockOffsetSeconds=3600 * hours)
    desk = Desk(tmp_path / "desk", mock, kind)
    id = there.opened()
    desk.sync()
    here = there.here(id)
    there.says(id, "restart the printer")
    desk.act(here, "--set", "version=9.9", "--note", "seen before")
    assert desk.sync()[kind]["left"] == 0
    assert there.version_of(id) == "9.9" and len(there.comments(id, "seen before")) == 1
    other = there.opened(subject="another one")
    there.version(id, "4.2")
    desk.sync()
    assert desk.values(here)["version"] == "4.2" and there.here(other) in desk.tickets()
    assert len(desk.said(here, "restart the printer")) == 1


class Elsewhere:
    """A server that sends everybody on to another address, and notes what came there."""

    def __init__(self, target=None):
        self.seen = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.seen.append(dict(self.headers))
                self.send_response(302 if target else 200)
                if target:
                    self.send_header("Location", target + self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_PATCH = do_PUT = do_GET

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@ALL
def test_credentials_follow_no_redirection(desk, there, kind):
    last = Elsewhere()
    first = Elsewhere(last.url)
    try:
        desk.describe(description(there.mock, kind, address=first.url))
        done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 1, code=None)
        assert any("sent on to" in fault for fault in json.loads(done.stdout)["faults"])
        assert first.seen and not last.seen
    finally:
        first.stop()
        last.stop()


@pytest.mark.parametrize("kind", ["servicenow"])
def test_a_system_that_is_not_there_is_told(desk, there, kind, known):
    here = there.here(known)
    desk.act(here, "--note", "seen before")
    desk.describe(description(there.mock, kind, address=f"http://127.0.0.1:{silent_port()}"))
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 7, code=EX_TEMPFAIL)
    assert any("nobody listens" in fault for fault in json.loads(done.stdout)["faults"])
    desk.describe(description(there.mock, kind))
    assert desk.sync()[kind]["sent"] == 1 and len(there.comments(known, "seen before")) == 1


@ALL
def test_a_reading_that_failed_is_no_success(desk, there, kind):
    """Nothing waits to be sent, and nothing could be read: the caller has to know."""
    there.mock.faults(rates={"503": 1})
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 1, code=None)
    assert any("503" in fault for fault in json.loads(done.stdout)["faults"]) and done.returncode == EX_TEMPFAIL


# Under faults and kills


def evaluated(*arguments):
    done = subprocess.run(
        [PROGRAMS / "evaluate", "sync", "--json", "--timed", "0", *arguments], capture_output=True, text=True, cwd=ROOT,
        timeout=280, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    assert done.returncode == 0, (done.stdout, done.stderr)
    result = json.loads(done.stdout)
    assert (result["lost"], result["duplicated"], result["echoed"]) == (0, 0, 0), done.stderr
    return result


@ALL
def test_changes_under_faults_and_kills_are_the_same_on_both_sides(kind):
    result = evaluated("--system", kind, "--changes", "40", "--kills", "3", "--seed", "7")
    assert (result["changes"], result["kills"]) == (40, 3)


@pytest.fixture
def roundup(tmp_path):
    script, prefix = ROOT / "Tests" / "MockTicketSystems" / "roundup.sh", ROOT / ".real" / "roundup"
    environment = {**os.environ, "PREFIX": str(prefix), "PORT": "0"}
    installed = subprocess.run(["sh", script, "install"], env=environment, capture_output=True, text=True, timeout=200)
    if installed.returncode:
        pytest.skip(f"Roundup cannot be installed: {installed.stderr[-200:]}")
    # Not below pytest's folder, which the account of the server may not enter.
    data = prefix / f"acceptance-{os.getpid()}"
    process = subprocess.Popen(
        ["sh", script], env={**environment, "DATA": str(data)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().split()[-1]
    process.stdin.close()
    process.wait(timeout=30)
    process.stdout.close()
    shutil.rmtree(data, ignore_errors=True)


def test_changes_in_a_real_roundup_are_the_same_on_both_sides(roundup):
    result = evaluated(
        "--system", "roundup", "--address", roundup, "--robot", "admin:secretpw", "--agent", "admin:secretpw", "--changes",
        "60", "--kills", "3", "--seed", "7")
    assert (result["changes"], result["kills"]) == (60, 3)


def test_a_ticket_and_its_issue_in_engineering_are_linked_both_ways(tmp_path, mock):
    desk = Desk(tmp_path / "desk", mock, "zendesk", "jira")
    zendesk, jira = There(mock, "zendesk"), There(mock, "jira")
    fields = {"zendesk": {"version": VERSION["zendesk"], "links": "360003"}, "jira": {"version": VERSION["jira"]}}
    desk.describe(*(description(mock, kind, fields=fields[kind]) for kind in fields))
    ticket, issue = zendesk.opened(), jira.opened(subject="the proxy cuts uploads short")
    desk.sync()
    here, there = zendesk.here(ticket), jira.here(issue)
    desk.act(here, "--issue", "jira:NONE-1", "--systems", desk.file, code=EX_DATAERR)
    desk.act(here, "--issue", there, "--systems", desk.file)
    assert [(entry["to"], entry["actor"]) for entry in desk.history(here, "changed") if entry["field"] == "link"] == [(there, "agent-1")]
    assert [entry["to"] for entry in desk.history(there, "changed") if entry["field"] == "link"] == [here]
    report = desk.sync()
    assert (report["zendesk"]["sent"], report["jira"]["sent"]) == (1, 1), report
    assert mock.url + "/browse/" + there.removeprefix("jira:") in zendesk.state(ticket)["fields"]["custom_fields"]["360003"]
    assert f"{mock.url}/agent/tickets/{ticket}" in json.dumps(jira.state(issue)["links"])
    # Two issues of one system are linked once.
    other = jira.opened(subject="another one")
    desk.sync()
    desk.act(there, "--issue", jira.here(other), "--systems", desk.file)
    assert desk.sync()["jira"]["sent"] == 1


def test_an_issue_needs_the_description_of_the_systems(tmp_path, mock):
    desk = Desk(tmp_path / "desk", mock, "jira")
    desk.act("jira:SUP-1", "--issue", "jira:SUP-2", code=64)
