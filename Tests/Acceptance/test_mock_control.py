"""J5: what the control API of the mock systems sets and tells."""

import json

import pytest
from mock_tickets import INCIDENTS, TICKETS, WRITE, exported, found, incident, rows, ticket


@pytest.mark.parametrize("name, body", [
    ("faults", {"rates": {"nonsense": 1}}), ("faults", {"rates": {"500": 2}}),
    ("faults", {"rates": {"500": 0.6, "429": 0.6}}),
    ("faults", {"nonsense": 1}), ("faults", {"next": [5]}), ("settings", {"nonsense": 1}),
    ("settings", {"exportDelaySeconds": "x"}),
    ("settings", {"readOnly": True}), ("settings", {"timeZones": {"a": "Nowhere"}}),
    ("webhooks", {"system": "confluence", "url": "x"}),
    ("webhooks", {"system": "zendesk", "url": "https://x"}), ("seed", {"system": "zendesk"}),
    ("seed", {"system": "none", "tickets": 1}),
    ("customer", {"system": "zendesk", "ticket": "9", "email": "a@b", "text": "t"}), ("reset", {"system": "none"}),
    ("none", {}),
])
def test_what_the_control_api_cannot_do_it_says(mock, name, body):
    before = mock.control("GET", "settings")
    answer = mock.raw("POST", f"/mock/{name}", json.dumps(body))
    assert answer.status in (400, 404) and answer.json["error"]
    assert mock.control("GET", "settings") == before


def test_read_only_systems_refuse_writes(mock):
    mock.set(readOnly={"zendesk": True})
    assert mock.call("POST", TICKETS, WRITE).status == 403 and mock.call("GET", TICKETS).status == 200
    incident(mock)


def test_end_points_can_be_gone(mock):
    mock.set(gone=["/api/now/table/incident"])
    assert mock.call("GET", INCIDENTS).status == 410 and mock.call("GET", "/api/now/table/sys_user").status == 200


def test_journal_tells_who_wrote_what(mock):
    made = ticket(mock, user="agent")
    mock.ok("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"status": "open", "comment": {"body": "n", "public": False}}})
    mock.call("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"status": "nonsense"}})
    incident(mock)
    entries = mock.journal("zendesk")
    assert [(entry["user"], entry["what"], entry["ticket"]) for entry in entries] == [
        ("agent@example.com", "create", "1"), ("casebook@example.com", "note", "1")]
    assert entries[1]["fields"] == {"status": "open"} and entries[1]["comment"]
    later = mock.control("GET", f"journal?from={entries[1]['number']}")
    assert [entry["system"] for entry in later["entries"]] == ["zendesk", "servicenow"]
    assert later["next"] == later["entries"][-1]["number"] + 1


def test_requests_are_counted_by_kind(mock):
    made = ticket(mock)
    for _ in range(3):
        mock.call("GET", f"{TICKETS}/{made['id']}")
    mock.call("GET", f"{TICKETS}/{made['id']}", headers={"X-Mock-Faults": "off"})
    assert mock.control("GET", "requests")["requests"]["zendesk"] == {"POST tickets": 1, "GET tickets/{id}": 3}


@pytest.mark.parametrize("system", ["zendesk", "servicenow", "jira", "confluence"])
def test_seeds_fill_a_system_the_same_way_each_time(mock, system):
    def filled(seed):
        mock.control("POST", "reset", {"system": system})
        done = mock.control("POST", "seed", {"system": system, "tickets": 200, "comments": [1, 2], "seed": seed})
        counts = mock.control("GET", "counts")[system]
        assert counts["tickets"] == 200 == done["tickets"] and counts["comments"] == done["comments"]
        state = mock.state(system)
        return [(each["fields"], [comment["text"] for comment in each["comments"]]) if system != "servicenow" else
                each["fields"]["short_description"]
                for each in state["tickets"]] or [page["title"] for page in state["articles"]]
    first = filled(1)
    assert len(first) == 200 and filled(1) == first and filled(2) != first
    assert mock.journal(system) == []


def test_seeded_tickets_are_read_like_others(mock):
    mock.set(exportDelaySeconds=0)
    for system in ("zendesk", "servicenow", "jira"):
        mock.control("POST", "seed", {"system": system, "tickets": 50, "comments": [1, 1], "days": 1})
    assert len(exported(mock, mock.now() - 2 * 86_400)[0]) == 50
    audits = mock.ok("GET", f"{TICKETS}/1/audits")["audits"]
    assert [event["type"] for event in audits[0]["events"]][0] == "Comment" and len(audits) == 2
    page = rows(mock, "ORDERBYsys_updated_on")
    assert len(page) == 50 and [row["sys_updated_on"] for row in page] == sorted(row["sys_updated_on"] for row in page)
    listed = found(mock, "project = SUP AND updated >= -2d ORDER BY updated ASC", fields=["updated", "description"],
                   maxResults=100)["issues"]
    assert len(listed) == 50 and listed[0]["fields"]["description"]["type"] == "doc"


def test_a_reset_empties_one_system(mock):
    ticket(mock)
    incident(mock)
    mock.set(jobSeconds=9)
    mock.control("POST", "reset", {"system": "zendesk"})
    counts = mock.control("GET", "counts")
    assert (counts["zendesk"]["tickets"], counts["servicenow"]["tickets"]) == (0, 1)
    assert mock.journal("zendesk") == [] and len(mock.journal("servicenow")) == 1 and ticket(mock)["id"] == 1
    assert mock.control("GET", "settings")["jobSeconds"] == 9
