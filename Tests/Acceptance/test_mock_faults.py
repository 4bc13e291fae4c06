"""J5: the mock systems fail as they are told to."""

import http.client
import time
from email.utils import parsedate_to_datetime

import pytest
from mock_tickets import INCIDENTS, TICKETS, WRITE, incident, ticket

REQUESTS = {"zendesk": TICKETS, "servicenow": INCIDENTS, "jira": "/rest/api/3/myself",
            "confluence": "/wiki/api/v2/pages"}


@pytest.mark.parametrize("system", list(REQUESTS))
@pytest.mark.parametrize("status", [429, 500, 503, 410])
def test_a_status_can_come_instead_of_an_answer(mock, system, status):
    mock.faults(rates={str(status): 1}, retryAfter=["7"])
    answer = mock.call("GET", REQUESTS[system])
    assert answer.status == status and ("retry-after" in answer.headers) == (status in (429, 503))
    assert answer.headers.get("retry-after", "7") == "7"
    mock.faults()
    assert mock.call("GET", REQUESTS[system]).status == 200


def test_retry_after_takes_every_form(mock):
    mock.faults(rates={"429": 1}, retryAfter=["1", "0", "date", "none"], seed=3)
    seen = [mock.call("GET", TICKETS).headers.get("retry-after") for _ in range(40)]
    dates = [value for value in seen if value not in ("0", "1", None)]
    assert {"0", "1", None} < set(seen) and dates
    assert all(abs(parsedate_to_datetime(date).timestamp() - time.time()) < 5 for date in dates)


def test_a_reset_comes_before_the_write(mock):
    mock.faults(rates={"reset": 1})
    with pytest.raises(ConnectionResetError):
        mock.call("POST", TICKETS, WRITE)
    assert mock.control("GET", "counts")["zendesk"]["tickets"] == 0


def test_a_timeout_comes_after_the_write(mock):
    mock.faults(rates={"timeoutAfterWrite": 1}, timeoutSeconds=0.1)
    begin = time.monotonic()
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        mock.call("POST", TICKETS, WRITE)
    assert time.monotonic() - begin >= 0.1
    assert mock.control("GET", "counts")["zendesk"]["tickets"] == 1
    assert mock.call("GET", TICKETS).status == 200


def test_a_body_can_be_cut_short(mock):
    made = ticket(mock)
    mock.faults(rates={"truncated": 1})
    with pytest.raises(http.client.IncompleteRead) as cut:
        mock.call("GET", f"{TICKETS}/{made['id']}")
    assert cut.value.expected > 0


def test_a_page_for_people_can_come_instead_of_json(mock):
    mock.faults(rates={"html": 1})
    answer = mock.call("POST", TICKETS, WRITE)
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/html")
    mock.faults(rates={"login": 1}, seed=1)
    answers = [mock.call("POST", TICKETS, WRITE) for _ in range(12)]
    assert {answer.status for answer in answers} == {200, 302} and all(b"Log in" in answer.body for answer in answers)
    assert mock.control("GET", "counts")["zendesk"]["tickets"] == 0


@pytest.mark.parametrize("fault, type", [("untyped", None), ("disguised", "application/json")])
def test_that_page_can_come_without_its_type(mock, fault, type):
    mock.faults(rates={fault: 1})
    answer = mock.call("POST", TICKETS, WRITE)
    assert (answer.status, answer.headers.get("content-type")) == (200, type) and b"Log in" in answer.body
    assert mock.control("GET", "counts")["zendesk"]["tickets"] == 0


def test_a_success_can_be_about_something_else(mock):
    mock.faults(rates={"maintenance": 1})
    answer = mock.call("POST", TICKETS, WRITE)
    assert (answer.status, answer.json) == (200, {"status": "maintenance"})
    assert mock.control("GET", "counts")["zendesk"]["tickets"] == 0


def test_a_refusal_can_repeat_the_credentials(mock):
    mock.faults(rates={"echo": 1})
    answer = mock.call("GET", TICKETS)
    assert answer.status == 400 and "Authorization: " in answer.json["description"]


def test_paths_can_be_forbidden_and_lists_can_go_by_pages(mock):
    for number in range(3):
        ticket(mock, subject=f"number {number}")
    mock.set(forbidden=["/api/now/v2/table/sys_attachment"], cursorPaging=False)
    assert mock.call("GET", "/api/now/v2/table/sys_attachment").status == 403
    first = mock.call("GET", f"{TICKETS}?page[size]=2&per_page=2").json
    assert "meta" not in first and first["count"] == 3 and "page=2" in first["next_page"]


def test_comments_can_be_dropped_or_kept_from_customers(mock):
    mock.set(dropsComments=True, privateOnly=True)
    made = incident(mock)
    answer = mock.ok("PATCH", f"{INCIDENTS}/{made['sys_id']}", {"comments": "hello"})["result"]
    assert answer["sys_mod_count"] == made["sys_mod_count"]
    number = ticket(mock)["id"]
    audit = mock.ok("PUT", f"{TICKETS}/{number}", {"ticket": {"comment": {"body": "hello", "public": True}}})["audit"]
    assert [event["public"] for event in audit["events"]] == [False]


def test_latency_only_delays(mock):
    mock.faults(rates={"latency": 1}, latencyMs=[60, 60])
    begin = time.monotonic()
    assert mock.call("GET", TICKETS).status == 200 and time.monotonic() - begin >= 0.06


def test_a_collision_in_the_database_means_repeat(mock):
    mock.faults(rates={"409": 1})
    answer = mock.call("POST", TICKETS, WRITE)
    assert answer.status == 409 and answer.json == {"error": "DatabaseConflict", "description": "Database collision"}
    assert mock.call("GET", TICKETS).status == 200


def test_the_same_seed_gives_the_same_faults(mock):
    def statuses(seed):
        mock.faults(seed=seed, rates={"429": 0.2, "500": 0.2, "html": 0.1})
        return [mock.call("GET", "/rest/api/3/myself").status for _ in range(40)]
    first = statuses(5)
    assert statuses(5) == first and statuses(6) != first and set(first) == {200, 429, 500}
    assert sum(mock.control("GET", "faults")["counts"].values()) >= sum(status != 200 for status in statuses(5))


def test_next_faults_meet_the_requests_they_name(mock):
    mock.faults(next=[{"fault": "500", "method": "POST", "path": "/tickets"}, "503"])
    assert [mock.call("GET", TICKETS).status, mock.call("POST", TICKETS, WRITE).status] == [200, 500]
    assert [mock.call("GET", TICKETS).status for _ in range(2)] == [503, 200]


def test_faults_can_be_for_one_system_and_never_meet_the_driver(mock):
    mock.faults(rates={"500": 1}, systems=["zendesk"])
    assert mock.call("GET", TICKETS).status == 500 and mock.call("GET", INCIDENTS).status == 200
    assert mock.call("GET", TICKETS, headers={"X-Mock-Faults": "off"}).status == 200
    assert mock.control("GET", "faults")["counts"] == {"500": 1}
