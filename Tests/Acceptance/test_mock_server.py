"""J5: the mock ticket systems speak HTTP, end with whoever started them, and know their users."""

import json
import random
import signal
import socket

import pytest
from mock_systems import MockSystems, basic
from mock_tickets import INCIDENTS


def test_the_first_line_tells_the_address_and_the_end_of_input_ends_it():
    mock = MockSystems()
    assert mock.first_line == f"listening on http://127.0.0.1:{mock.url.rpartition(':')[2]}\n"
    assert mock.raw("GET", "/mock/counts").status == 200
    assert mock.stop() == 0


def test_a_signal_ends_it():
    mock = MockSystems()
    mock.process.send_signal(signal.SIGTERM)
    assert mock.process.wait(timeout=10) == 0


def talk(mock, data):
    """What the server answers to these bytes until it closes or says nothing more."""
    host, port = mock.host.split(":")
    with socket.create_connection((host, int(port)), timeout=2) as connection:
        connection.sendall(data)
        answered = b""
        try:
            while part := connection.recv(65_536):
                answered += part
        except TimeoutError:
            pass
        return answered


def test_two_requests_on_one_connection_and_a_body_in_chunks(mock):
    head = b"POST /mock/settings HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b'a\r\n{"jobSecon\r\n8\r\nds": 3.5\r\n1;x=y\r\n}\r\n0\r\n\r\n'
    last = b"GET /mock/settings HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answered = talk(mock, head + chunks + last)
    assert answered.count(b"HTTP/1.1 200 OK") == 2 and answered.count(b'"jobSeconds":3.5') == 2


@pytest.mark.parametrize("data, status", [
    (b"GET\r\n\r\n", 400), (b"GET / HTTP/3.0\r\n\r\n", 505), (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    (b"GET / HTTP/1.1\r\nA: " + b"a" * 70_000, 431),
])
def test_what_is_no_http_is_refused_and_the_connection_closed(mock, data, status):
    assert talk(mock, data).startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.parametrize("target, authorization", [
    ("/api/v2/users/me", basic("casebook@example.com/token", "casebook-secret")),
    ("/api/v2/users/me.json", "Bearer casebook-secret"),
    (INCIDENTS, basic("casebook@example.com", "casebook-secret")), (INCIDENTS, "Bearer casebook-secret"),
    ("/rest/api/3/myself", basic("casebook@example.com", "casebook-secret")),
    ("/rest/api/3/myself", "Bearer casebook-secret"),
    ("/rest/servicedeskapi/servicedesk", basic("casebook@example.com", "casebook-secret")),
    ("/wiki/api/v2/spaces", basic("casebook@example.com", "casebook-secret")),
])
def test_every_way_to_log_in(mock, target, authorization):
    assert mock.raw("GET", target, headers={"Authorization": authorization}).status == 200


@pytest.mark.parametrize("target, told", [
    ("/api/v2/users/me", lambda body: body["error"] == "Couldn't authenticate you"),
    (INCIDENTS, lambda body: body["error"]["message"] == "User Not Authenticated" and body["status"] == "failure"),
    ("/rest/api/3/myself", lambda body: body["errorMessages"] and body["errors"] == {}),
    ("/rest/servicedeskapi/servicedesk", lambda body: body["errorMessage"]),
    ("/wiki/api/v2/spaces", lambda body: body["errors"][0]["status"] == 401),
])
def test_who_may_not_log_in_gets_401_in_the_words_of_the_system(mock, target, told):
    for authorization in (None, basic("casebook@example.com/token", "wrong"), basic("casebook@example.com", "wrong"),
                          basic("expired@example.com", "expired-secret"),
                          basic("expired@example.com/token", "expired-secret"),
                          "Bearer expired-secret"):
        answer = mock.raw("GET", target, headers={"Authorization": authorization} if authorization else {})
        assert answer.status == 401 and told(answer.json)


PATHS = ["/api/v2/tickets/1", "/api/v2/tickets", "/api/v2/tickets/1/tags", "/api/v2/tickets/1/merge", "/api/v2/requests",
         "/api/v2/help_center/en-us/sections/900/articles", INCIDENTS, f"{INCIDENTS}/1", "/api/now/table/kb_knowledge",
         "/rest/api/3/issue", "/rest/api/3/issue/SUP-1", "/rest/api/3/issue/SUP-1/transitions", "/rest/api/3/search/jql",
         "/rest/api/3/issue/SUP-1/comment", "/rest/api/3/changelog/bulkfetch", "/rest/servicedeskapi/request",
         "/rest/servicedeskapi/request/SUP-1/comment", "/wiki/api/v2/pages", "/wiki/api/v2/pages/65001"]
NAMES = ["ticket", "comment", "body", "status", "tags", "ids", "fields", "update", "summary", "labels", "transition", "id",
         "jql", "properties", "uploads", "custom_fields", "requester", "article", "issueIdsOrKeys", "project", "key", "version"]


def garbage(draw, depth=0):
    """A JSON value without sense."""
    if depth < 4 and draw.random() < 0.4:
        return {draw.choice(NAMES): garbage(draw, depth + 1) for _ in range(draw.randrange(4))}
    if depth < 4 and draw.random() < 0.2:
        return [garbage(draw, depth + 1) for _ in range(draw.randrange(3))]
    return draw.choice([None, True, 0, -1, 10**30, 1e999, "", "x", "1", "\ud800", "project = SUP", "a b\n", [1], {"id": "1"}])


def test_no_body_makes_the_mock_itself_fail(mock):
    for system in ("zendesk", "servicenow", "jira", "confluence"):
        mock.control("POST", "seed", {"system": system, "tickets": 3})
    draw = random.Random(1)
    for _ in range(600):
        method, path = draw.choice(["POST", "PUT", "PATCH", "DELETE"]), draw.choice(PATHS)
        body = json.dumps({name: garbage(draw) for name in draw.sample(NAMES, 4)})
        answer = mock.call(method, path, draw.choice([body, body[:-1], "[" * 5000]).encode(),
                           headers={"Content-Type": "application/json"})
        assert answer.status < 500 and "x-mock-bug" not in answer.headers, (method, path, body)
    mock.control("GET", "state?system=zendesk")
