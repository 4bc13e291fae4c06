"""The notes that `casebook sync run --notes` writes: what the store knows, told to the people who work in the other system."""

import json
import re
import time
from datetime import UTC, datetime

import pytest
from paths import ROOT
from stores import ndjson
from sync_desks import KINDS, VERSION, Desk, There, description

ALL = pytest.mark.parametrize("kind", KINDS)
WHOLE = ("--from", "2020-01-01T00:00:00Z", "--notes")


@pytest.fixture(scope="module")
def outage(tmp_path_factory):
    """A simulated desk with an outage: its folder."""
    folder = tmp_path_factory.mktemp("outage") / "desk"
    Desk.bare("simulate", "--scenario", "shared-cluster-outage", "--grade", "easy", "--seed", 5, "--output", folder)
    return folder


@pytest.fixture(scope="module")
def incident(outage):
    """What is found in its logs."""
    return json.loads(Desk.bare("impact", "--desk", outage, "--json"))["incidents"][0]


@pytest.fixture
def desk(tmp_path, mock, kind, outage, incident):
    """A store that knows the customers, and a mock system whose clock stands at the end of the outage."""
    desk = Desk(tmp_path / "desk", mock, kind)
    desk.run("import", outage, "--source", "crm", "--date", "2025-09-01T00:00:00Z")
    desk.hurt, *_ = (link["account"] for link in incident["accounts"] if link["probability"] > 0.9)
    more = tmp_path / "more"
    more.mkdir()
    ndjson(more / "aliases.ndjson", [
        {"account": desk.hurt, "kind": "domain", "value": "hurt.example"},
        {"account": "nobody", "kind": "domain", "value": "spared.example"}])
    ndjson(more / "accounts.ndjson", [{"id": "nobody", "name": "Spared Ltd"}])
    desk.run("import", more, "--source", "crm", "--date", "2025-09-01T00:00:00Z")
    end = datetime.fromisoformat(incident["end"]).timestamp()
    mock.set(clockOffsetSeconds=int(end - time.time()) - 60)
    return desk


def notes(there, id):
    return [comment for comment in there.state(id)["comments"] if comment["author"] == "casebook@example.com"]


@ALL
def test_a_ticket_of_a_hurt_customer_gets_one_note_with_what_is_known(desk, there, kind, outage, incident):
    desk.run("impact", "--desk", outage)
    hurt = there.mailed("nothing works here", "jan@hurt.example")
    spared = there.mailed("how do I change the colour of the page", "eva@spared.example")
    desk.sync(*WHOLE)
    note, = notes(there, hurt)
    assert not note["public"]
    links = incident["accounts"]
    wrote = {link["account"] for link in links if link["tickets"]}
    silent = [link["account"] for link in links if link["probability"] >= 0.5 and link["account"] not in wrote]
    for words in (incident["id"], f"priority {incident['priority']}", "likely to concern this customer", "have not written"):
        assert words in note["text"], words
    assert any(account in note["text"] for account in silent if account != desk.hurt)
    told = note["text"].split("have not written: ")[1].splitlines()[0]
    assert not wrote & set(re.split(r"[ ,]+", told))
    # What its lines look like.
    assert re.search(r"[0-9a-f]{16}: \w+", note["text"])
    assert not any(incident["id"] in other["text"] for other in notes(there, spared))
    # Neither another reading nor an answer of the customer repeats it.
    there.mailed("is anybody there", ticket=hurt)
    desk.sync(*WHOLE)
    desk.sync(*WHOLE)
    assert len(notes(there, hurt)) == 1
    assert not [entry for entry in desk.history(there.here(hurt), "message") if "have not written" in entry["text"]]


@ALL
def test_what_is_found_later_is_told_without_any_change_of_the_ticket(desk, there, kind, outage, incident):
    id = there.mailed("nothing works here", "jan@hurt.example")
    desk.sync(*WHOLE)
    assert not any(incident["id"] in note["text"] for note in notes(there, id))
    desk.run("impact", "--desk", outage)
    for _ in range(2):
        desk.sync(*WHOLE)
        assert len([note for note in notes(there, id) if incident["id"] in note["text"]]) == 1
    assert len(notes(there, id)) == 1 or kind != "jira"


@ALL
def test_a_note_is_changed_where_it_can_be_and_not_repeated_elsewhere(desk, there, kind, tmp_path, outage):
    desk.run("impact", "--desk", outage)
    id = there.mailed("the purple printer jams at dawn", "jan@hurt.example", subject="purple printer jams")
    desk.sync(*WHOLE)
    first, = notes(there, id)
    solved = tmp_path / "solved"
    solved.mkdir()
    ndjson(solved / "tickets.ndjson", [
        {"id": f"S{number}", "openedAt": f"2025-08-0{number}T00:00:00Z", "resolvedAt": f"2025-08-0{number}T02:00:00Z",
         "account": desk.hurt, "subject": "purple printer jams", "body": "the purple printer jams at dawn",
         "assignee": "ana", "resolution": "Clean the rollers."} for number in range(1, 6)])
    desk.run("import", solved, "--source", "crm", "--date", "2025-09-01T00:00:00Z")
    desk.sync(*WHOLE)
    now, = notes(there, id)
    if kind == "jira":
        assert now["id"] == first["id"] and "purple printer jams" in now["text"] and now["text"] != first["text"]
    else:
        assert now == first


@ALL
def test_without_anything_to_say_nothing_is_said(tmp_path, mock, kind, there):
    desk = Desk(tmp_path / "empty", mock, kind)
    id = there.mailed("nothing works here", "jan@hurt.example")
    desk.sync("--notes")
    assert notes(there, id) == []


def test_solved_cases_and_who_solved_them_are_named(tmp_path, mock):
    desk, there = Desk(tmp_path / "solved", mock, "zendesk"), There(mock, "zendesk")
    folder = tmp_path / "cases"
    folder.mkdir()
    ndjson(folder / "tickets.ndjson", [
        {"id": f"S{number}", "openedAt": f"2025-08-{number + 10}T00:00:00Z", "resolvedAt": f"2025-08-{number + 10}T02:00:00Z",
         "subject": "purple printer jams", "body": "the purple printer jams at dawn", "assignee": "ana",
         "resolution": "Clean the rollers."} for number in range(9)])
    desk.run("import", folder, "--source", "crm", "--date", "2025-09-01T00:00:00Z")
    id = there.mailed("our purple printer jams at dawn", "jan@hurt.example", subject="purple printer jams")
    desk.sync("--notes")
    note, = notes(there, id)
    for words in ("Similar solved cases", "purple printer jams", "ana"):
        assert words in note["text"], words
    assert any(f"S{number}" in note["text"] for number in range(9))


@ALL
def test_no_forecast_lies_in_the_past_and_none_moves_within_a_day(tmp_path, mock, kind, there):
    desk = Desk(tmp_path / "old", mock, kind)
    desk.describe(description(mock, kind, fields={"answerBy": VERSION[kind]}))
    mock.set(clockOffsetSeconds=-100 * 86_400)
    id = there.mailed("nothing works here", "jan@hurt.example")
    mock.set(clockOffsetSeconds=0)
    today = datetime.now(UTC).date().isoformat()
    desk.sync(*WHOLE, "--models", ROOT / "models")
    note, = notes(there, id)
    days = re.findall(r"\d{4}-\d\d-\d\d", note["text"].split("An answer is expected by")[1])
    expected, first, last = days
    assert today <= first <= expected <= last and there.version_of(id) == expected
    # What is kept of it to be compared with what comes true is what was told.
    (hours, lower), = desk.rows("SELECT hours, lower FROM outcome")
    assert hours >= lower >= 99 * 24
    desk.sync(*WHOLE, "--models", ROOT / "models")
    later, = notes(there, id)
    assert later == note or datetime.now(UTC).date().isoformat() > today


@ALL
def test_fields_say_what_the_note_says_and_a_person_has_the_last_word(desk, there, kind, outage):
    names = {"incident": VERSION[kind], "version": None}
    desk.describe(description(desk.mock, kind, fields={name: field for name, field in names.items() if field}))
    desk.run("impact", "--desk", outage)
    hurt = there.mailed("nothing works here", "jan@hurt.example")
    here = there.here(hurt)
    desk.sync(*WHOLE)
    # What was written from here is read, and not written again.
    desk.sync(*WHOLE)
    said = there.version_of(hurt)
    assert said and said in notes(there, hurt)[0]["text"]
    entry, = [one for one in desk.history(here, "changed") if one["field"] == "incident"]
    assert (entry["to"], entry["actor"]) == (said, "casebook")
    assert not desk.rows("SELECT 1 FROM linkDecision")
    # An agent says that the customer was not hurt by it, which is a decision on the link, and stays.
    there.version(hurt, "")
    desk.sync(*WHOLE)
    desk.sync(*WHOLE)
    assert there.version_of(hurt) in (None, "")
    assert desk.rows("SELECT incident, account, isConfirmed FROM linkDecision") == [(said, desk.hurt, 0)]
    there.version(hurt, said)
    desk.sync(*WHOLE)
    rows = desk.rows("SELECT isConfirmed FROM linkDecision WHERE incident = ? ORDER BY time", said)
    assert [row[0] for row in rows] == [0, 1]
