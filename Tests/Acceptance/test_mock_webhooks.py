"""J5: the webhooks of the mock systems: signed, repeated, and spoilt on purpose."""

import hmac
import subprocess
import sys
import time
from base64 import b64encode

import pytest
from mock_tickets import INCIDENTS, ISSUES, TICKETS, document, exported, incident, issue, ticket
from paths import ROOT

SECRET = "casebook-demo-secret"


def signed(name, *values):
    """What a signing function of the mock systems gives; in a process of its own, for its packages have names of clients."""
    program = f"from server.webhooks import {name}; print({name}(*{values!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT / "Tests" / "MockTicketSystems", capture_output=True, text=True,
        check=True)
    return done.stdout.strip()


def test_signatures_as_worked_in_the_reference():
    stamp = "2026-11-22T10:00:00Z"
    body = b'{"type":"zen:event-type:ticket.status_changed","id":"01","detail":{"id":"42","status":"open"}}'
    assert signed("zendesk_signature", SECRET, stamp, body) == "sFPQM+iRYGYY2nkNhM7S5Q58eX4ZZrXTGvxWjV68Pqk="
    assert signed("zendesk_signature", SECRET, stamp, b"") == "NHifTsxyzA3+Y4+ske2WKsaP3TTo1xZIBoqZvk1WdIo="
    body = b'{"webhookEvent":"jira:issue_updated","timestamp":1795341600000,"issue":{"id":"10000","key":"SUP-1"}}'
    expected = "sha256=11bf6fb564e87d44607737c09891c44d0882243226fbcf32ca0ab63290c9bd90"
    assert signed("jira_signature", SECRET, body) == expected


def hook(mock, receiver, system, **options):
    return mock.control("POST", "webhooks", {"system": system, "url": receiver.url, "secret": SECRET,
                                             "retrySeconds": 0.02, **options})["id"]


def test_zendesk_events_are_signed_and_one_action_makes_several(mock, receiver):
    hook(mock, receiver, "zendesk")
    made = ticket(mock)
    change = {"status": "pending", "priority": "low", "comment": {"body": "?"}}
    mock.ok("PUT", f"{TICKETS}/{made['id']}", {"ticket": change})
    calls = receiver.wait_for(4)
    for (headers, _), (_, body) in zip(calls, receiver.calls):
        text = headers["x-zendesk-webhook-signature-timestamp"].encode() + body
        expected = b64encode(hmac.digest(SECRET.encode(), text, "sha256")).decode()
        assert headers["x-zendesk-webhook-signature"] == expected
    assert calls[0][1]["type"] == "zen:event-type:ticket.created" and calls[0][1]["detail"]["id"] == str(made["id"])
    updates = [body for _, body in calls[1:]]
    kinds = {body["type"].rpartition(".")[2] for body in updates}
    assert kinds == {"comment_added", "status_changed", "priority_changed"}
    assert len({body["event"]["meta"]["sequence"]["id"] for body in updates}) == 1
    assert [body["event"]["meta"]["sequence"]["position"] for body in updates] == [1, 2, 3]
    assert len({headers["x-zendesk-webhook-invocation-id"] for headers, _ in calls}) == 4


def test_zendesk_trigger_sends_the_template_of_the_customer(mock, receiver):
    hook(mock, receiver, "zendesk",
         template='{"ticket": "{{ticket.id}}", "title": "{{ ticket.title }}", "is": "{{ticket.status}}"}')
    made = ticket(mock, subject='A "quoted" title')
    mock.ok("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"status": "pending", "priority": "low"}})
    bodies = [body for _, body in receiver.wait_for(2)]
    assert bodies == [{"ticket": "1", "title": 'A "quoted" title', "is": status} for status in ("new", "pending")]


@pytest.mark.parametrize("system, statuses, calls", [
    ("zendesk", [503, 429, 409], 4), ("zendesk", [400], 1), ("zendesk", [503] * 9, 6), ("zendesk", [409] * 9, 4),
    ("jira", [500, 408, 409], 4), ("jira", [400], 1), ("jira", [503] * 9, 6), ("servicenow", [503], 1),
])
def test_failing_answers_are_repeated_as_the_system_does(mock, receiver, system, statuses, calls):
    receiver.statuses = list(statuses)
    hook(mock, receiver, system)
    {"zendesk": ticket, "jira": issue, "servicenow": incident}[system](mock)
    receiver.wait_for(calls)
    time.sleep(0.1)
    assert len(receiver.calls) == calls
    assert len({body for _, body in receiver.calls}) == 1
    name = {"zendesk": "x-zendesk-webhook-invocation-id", "jira": "x-atlassian-webhook-identifier"}.get(system)
    if name:
        assert len({headers[name] for headers, _ in receiver.calls}) == 1
    if system == "jira":
        counted = [headers.get("x-atlassian-webhook-retry") for headers, _ in receiver.calls]
        assert counted == [None, "1", "2", "3", "4", "5"][:calls]


def test_zendesk_circuit_breaker_opens(mock, receiver):
    hook(mock, receiver, "zendesk")
    receiver.statuses = [400] * 20
    for _ in range(20):
        ticket(mock)
    receiver.wait_for(20)
    time.sleep(0.05)
    ticket(mock)
    time.sleep(0.05)
    assert len(receiver.calls) == 20 and mock.control("GET", "webhooks")["webhooks"][0]["dropped"] == 1
    mock.wait(6)
    ticket(mock)
    receiver.wait_for(21)


def test_jira_events_are_signed_and_tell_what_changed(mock, receiver):
    hook(mock, receiver, "jira")
    key = issue(mock)["key"]
    mock.ok("PUT", f"{ISSUES}/{key}", {"fields": {"summary": "New"}})
    mock.ok("POST", f"{ISSUES}/{key}/comment", {"body": document("note")})
    mock.call("DELETE", f"{ISSUES}/{key}")
    calls = receiver.wait_for(5)
    assert [body["webhookEvent"] for _, body in calls] == [
        "jira:issue_created", "jira:issue_updated", "comment_created", "jira:issue_updated", "jira:issue_deleted"]
    assert calls[1][1]["changelog"]["items"][0]["toString"] == "New"
    assert calls[2][1]["comment"]["body"] == document("note")
    for headers, body in receiver.calls:
        assert headers["x-hub-signature"] == "sha256=" + hmac.digest(SECRET.encode(), body, "sha256").hex()
        assert headers["x-atlassian-webhook-flow"] == "Primary"


def test_jira_apps_register_webhooks_that_expire(mock, receiver):
    place, app = "/rest/api/3/webhook", {"Authorization": "Bearer casebook-secret"}
    body = {"url": receiver.url, "webhooks": [{"jqlFilter": "project = ENG", "events": ["jira:issue_created"]}]}
    assert mock.call("POST", place, body).status == 403
    id = mock.ok("POST", place, body, headers=app)["webhookRegistrationResult"][0]["createdWebhookId"]
    issue(mock)
    issue(mock, project="ENG", kind="Bug")
    headers, told = receiver.wait_for(1)[0]
    assert told["issue"]["key"] == "ENG-1" and "x-hub-signature" not in headers
    mock.wait(29 * 86_400)
    assert mock.ok("PUT", f"{place}/refresh", {"webhookIds": [id]}, headers=app)["expirationDate"] > mock.now() * 1000
    mock.wait(29 * 86_400)
    issue(mock, project="ENG", kind="Bug")
    receiver.wait_for(2)
    mock.wait(2 * 86_400)
    issue(mock, project="ENG", kind="Bug")
    time.sleep(0.05)
    assert len(receiver.calls) == 2 and mock.ok("GET", place, headers=app)["values"] == []
    assert mock.call("PUT", f"{place}/refresh", {"webhookIds": [id]}, headers=app).status == 400


def test_servicenow_business_rule_calls_with_the_secret(mock, receiver):
    hook(mock, receiver, "servicenow")
    made = incident(mock)
    mock.ok("PATCH", f"{INCIDENTS}/{made['sys_id']}", {"work_notes": "note"})
    calls = receiver.wait_for(2)
    assert calls[1][1] == {"sys_id": made["sys_id"], "number": made["number"], "sys_mod_count": "1",
                           "table": "incident"}
    assert all(headers["x-casebook-secret"] == SECRET for headers, _ in calls)


def test_calls_come_twice_when_they_should(mock, receiver):
    hook(mock, receiver, "zendesk", duplicate=1)
    ticket(mock)
    receiver.wait_for(2)
    assert receiver.calls[0][1] == receiver.calls[1][1]
    assert len({headers["x-zendesk-webhook-invocation-id"] for headers, _ in receiver.calls}) == 1


def test_calls_come_in_another_order_when_they_should(mock, receiver):
    hook(mock, receiver, "zendesk", reorder=1)
    for _ in range(4):
        ticket(mock)
    assert [body["detail"]["id"] for _, body in receiver.wait_for(4)] == ["2", "1", "4", "3"]
    ticket(mock)
    assert receiver.wait_for(5)[4][1]["detail"]["id"] == "5"


def test_polling_closes_the_gap_of_calls_that_were_dropped(mock, receiver):
    mock.set(exportDelaySeconds=0)
    start = mock.now() - 10
    hook(mock, receiver, "zendesk", drop=0.5, seed=7)
    made = {ticket(mock)["id"] for _ in range(20)}
    counts = mock.control("GET", "webhooks")["webhooks"][0]
    assert 0 < counts["dropped"] < 20
    told = {int(body["detail"]["id"]) for _, body in receiver.wait_for(20 - counts["dropped"])}
    assert len(told) == 20 - counts["dropped"] and {id for id, _ in exported(mock, start)[0]} == made


def test_calls_can_leave_out_the_writes_of_one_user(mock, receiver):
    hook(mock, receiver, "zendesk", user="casebook@example.com")
    ticket(mock)
    ticket(mock, user="agent")
    assert [body["detail"]["id"] for _, body in receiver.wait_for(1)] == ["2"]
    time.sleep(0.05)
    assert len(receiver.calls) == 1
