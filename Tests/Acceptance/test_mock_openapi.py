"""J5: what the mock systems answer is what the published OpenAPI descriptions promise. ServiceNow publishes none."""

import json
import os
import re
import subprocess
import sys

import pytest
from mock_systems import MockSystems
from mock_tickets import ISSUES, TICKETS, document, form, issue, ticket
from paths import SHARED

CONFORMANCE = SHARED / "peers" / "conformance"
pytestmark = pytest.mark.skipif(not CONFORMANCE.exists(), reason="../shared/peers/conformance is not here")
DESK, PAGES = "/rest/servicedeskapi", "/wiki/api/v2/pages"


def walk_zendesk(mock):
    made = ticket(mock, external_id="cb-1", requester={"name": "Jan", "email": "jan@example.com"})
    other, place = ticket(mock), f"{TICKETS}/{made['id']}"
    mock.ok("PUT", place, {"ticket": {"status": "open", "comment": {"body": "note", "public": False}}})
    for target in ("", "/comments", "/audits", "/tags", "/comments/count"):
        mock.ok("GET", place + target)
    for method in ("POST", "PUT", "DELETE"):
        mock.ok(method, f"{place}/tags", {"tags": ["a"]})
    mock.ok("POST", f"{place}/merge", {"ids": [other["id"]]})
    mock.ok("POST", f"{TICKETS}/create_many", {"tickets": [{"subject": "s", "comment": {"body": "b"}}]})
    mock.ok("GET", TICKETS, per_page=1)
    mock.ok("GET", f"{TICKETS}/show_many?ids={made['id']}")
    mock.ok("GET", f"{TICKETS}/count")
    mock.ok("DELETE", f"{TICKETS}/{ticket(mock)['id']}")
    for name in ("tickets/cursor", "tickets", "users/cursor", "users", "organizations"):
        mock.ok("GET", f"/api/v2/incremental/{name}?start_time=1000000")
    asked = mock.ok("POST", "/api/v2/requests", {"request": {"subject": "s", "comment": {"body": "b"}}},
                    user="customer")["request"]
    mock.ok("GET", "/api/v2/requests", user="customer")
    mock.ok("GET", f"/api/v2/requests/{asked['id']}/comments", user="customer")
    mock.ok("PUT", f"/api/v2/requests/{asked['id']}", {"request": {"solved": True}}, user="customer")
    token = mock.ok("POST", "/api/v2/uploads?filename=a.log", b"x",
                    headers={"Content-Type": "text/plain"})["upload"]["token"]
    mock.ok("DELETE", f"/api/v2/uploads/{token}")


def walk_jira(mock):
    one = issue(mock, description=document("12 MB"), labels=["a"], customfield_10100="cb-1",
                priority={"name": "High"})["key"]
    two, place = issue(mock, project="ENG", kind="Bug")["key"], f"{ISSUES}/{one}"
    sub = issue(mock, kind="Sub-task", parent={"key": one})["key"]
    mock.ok("PUT", place, {"fields": {"summary": "New", "assignee": None}, "update": {"labels": [{"add": "b"}]}})
    mock.ok("PUT", f"{place}/properties/casebook", {"id": 7})
    mock.ok("POST", f"{place}/transitions", {"transition": {"id": "51"}})
    note = mock.ok("POST", f"{place}/comment", {"body": document("note"), "properties": [
        {"key": "sd.public.comment", "value": {"internal": True}}]})["id"]
    mock.ok("PUT", f"{place}/comment/{note}", {"body": document("changed")})
    mock.ok("POST", "/rest/api/3/issueLink", {"type": {"name": "Blocks"}, "inwardIssue": {"key": two},
                                              "outwardIssue": {"key": one}})
    mock.ok("POST", f"{place}/remotelink", {"globalId": "g", "object": {"url": "https://a.example", "title": "A"}})
    body, headers = form("file", "app.log", b"x")
    kept = mock.ok("POST", f"{place}/attachments", body, headers=headers)[0]["id"]
    for target in ("?expand=changelog,transitions,renderedFields,names", "/transitions", "/comment?expand=properties",
                   f"/comment/{note}", "/changelog", "/remotelink?globalId=g", "/properties", "/properties/casebook"):
        mock.ok("GET", place + target)
    for name in ("serverInfo", "myself", "field", "status", "priority", "resolution", "issuetype", "project",
                 "project/search",
                 "project/SUP", "project/SUP/statuses", "user/search?query=agent", "issueLinkType",
                 f"attachment/{kept}",
                 f"comment/{note}/properties"):
        mock.ok("GET", f"/rest/api/3/{name}")
    change = mock.ok("GET", f"{place}/changelog")["values"][0]["id"]
    mock.ok("POST", f"{place}/changelog/list", {"changelogIds": [int(change)]})
    mock.ok("POST", "/rest/api/3/changelog/bulkfetch", {"issueIdsOrKeys": [one], "maxResults": 2})
    mock.ok("POST", "/rest/api/3/comment/list", {"ids": [int(note)]})
    mock.ok("POST", "/rest/api/3/search/approximate-count", {"jql": "project = SUP"})
    for jql in ("project = SUP", "project = SUP ORDER BY updated ASC"):
        mock.ok("GET", "/rest/api/3/search/jql", jql=jql, maxResults=1, fields="summary,status,comment")
        mock.ok("POST", "/rest/api/3/search/jql", {"jql": jql, "maxResults": 5, "fields": ["*all"],
                                                   "expand": "changelog"})
    app = {"Authorization": "Bearer casebook-secret"}
    wish = [{"jqlFilter": "project = SUP", "events": ["comment_created"]}]
    for url in ("http://127.0.0.1:9/x", "none"):
        hook = {"url": url, "webhooks": wish}
        made = mock.ok("POST", "/rest/api/3/webhook", hook, headers=app)["webhookRegistrationResult"][0]
        if "createdWebhookId" in made:
            mock.ok("PUT", "/rest/api/3/webhook/refresh", {"webhookIds": [made["createdWebhookId"]]}, headers=app)
            mock.ok("GET", "/rest/api/3/webhook", headers=app)
            mock.ok("DELETE", "/rest/api/3/webhook", {"webhookIds": [made["createdWebhookId"]]}, headers=app)
    assert mock.call("GET", f"{ISSUES}/NONE-1").status == 404
    assert mock.call("POST", ISSUES, {"fields": {}}).status == 400
    mock.ok("DELETE", f"{place}/comment/{note}")
    mock.ok("DELETE", f"{ISSUES}/{sub}")


def walk_service_desk(mock):
    asked = {"serviceDeskId": "1", "requestTypeId": "2", "requestFieldValues": {"summary": "s", "description": "d"}}
    key = mock.ok("POST", f"{DESK}/request", {**asked, "raiseOnBehalfOf": "jan@acorn-mills.example"})["issueKey"]
    place = f"{DESK}/request/{key}"
    mock.ok("POST", f"{place}/comment", {"body": "note", "public": False})
    comment = mock.ok("POST", f"{place}/comment", {"body": "answer", "public": True})["id"]
    body, headers = form("file", "app.log", b"x")
    kept = mock.ok("POST", f"{DESK}/servicedesk/1/attachTemporaryFile", body,
                   headers=headers)["temporaryAttachments"][0]
    mock.ok("POST", f"{place}/attachment", {"temporaryAttachmentIds": [kept["temporaryAttachmentId"]], "public": True})
    mock.ok("POST", f"{place}/transition", {"id": "21", "additionalComment": {"body": "?"}})
    for target in ("", "/comment", f"/comment/{comment}", "/comment?limit=1", "/transition", "/status", "/attachment"):
        mock.ok("GET", place + target)
    for name in ("info", "servicedesk", "servicedesk/1", "servicedesk/1/requesttype",
                 "servicedesk/1/requesttype/2/field",
                 "organization", "organization/1", "servicedesk/1/organization", "request"):
        mock.ok("GET", f"{DESK}/{name}")
    mock.ok("POST", f"{DESK}/customer", {"email": "new@example.com", "displayName": "New"})
    assert mock.call("GET", f"{DESK}/request/NONE-1").status == 404
    assert mock.call("POST", f"{DESK}/request", {}).status == 400


def walk_confluence(mock):
    body = {"spaceId": "100", "status": "current", "title": "Uploads",
            "body": {"representation": "storage", "value": "<p>a</p>"}}
    made = mock.ok("POST", PAGES, body)["id"]
    child = mock.ok("POST", PAGES, {**body, "title": "Child", "parentId": made})["id"]
    mock.ok("PUT", f"{PAGES}/{made}", {**body, "id": made, "version": {"number": 2, "message": "Casebook"}})
    kept = mock.ok("POST", f"{PAGES}/{made}/properties", {"key": "casebook", "value": {"id": 7}})["id"]
    for target in (f"{PAGES}/{made}?body-format=storage", f"{PAGES}/{child}", f"{PAGES}/{made}/versions",
                   f"{PAGES}/{made}/labels",
                   f"{PAGES}/{made}/properties", f"{PAGES}/{made}/properties/{kept}",
                   f"{PAGES}?limit=1&body-format=storage",
                   "/wiki/api/v2/spaces", "/wiki/api/v2/spaces/100", "/wiki/api/v2/spaces/100/pages"):
        mock.ok("GET", target)
    mock.ok("DELETE", f"{PAGES}/{child}")


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """The lines that the server recorded while every part of its APIs was used."""
    log = tmp_path_factory.mktemp("pairs") / "pairs.ndjson"
    mock = MockSystems("--log", log)
    for walk in (walk_zendesk, walk_jira, walk_service_desk, walk_confluence):
        walk(mock)
    mock.stop()
    return log.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("description, path, least", [
    ("jira-platform-v3.json", "/rest/api/3/(?!issueLink$)", 50), ("jsm.json", "/rest/servicedeskapi/", 22),
    ("confluence-v2.json", "/wiki/api/v2/", 14), ("zendesk-tickets.yml", "/api/v2/tickets", 15),
    ("zendesk-incremental.yml", "/api/v2/incremental/", 5), ("zendesk-requests.yml", "/api/v2/requests", 4),
    ("zendesk-uploads.yml", "/api/v2/uploads", 2),
])
def test_every_answer_fits_its_description(pairs, tmp_path, description, path, least):
    """Jira writes +0000 where RFC 3339 wants +00:00, in the examples of its own description too, though that says `date-time`; so
    that one spelling is changed before the check. Its reply to a new link is empty, to which the description gives a content of
    any kind, as it does to most of its 204."""
    kept = [line for line in pairs if re.match("http://[^/]+" + path, json.loads(line)["request"]["url"])]
    answers = tmp_path / "answers.ndjson"
    answers.write_text("\n".join(re.sub(r'(T\d\d:\d\d:\d\d\.\d{3})\+0000"', r'\1+00:00"', line) for line in kept),
                       encoding="utf-8")
    done = subprocess.run(
        [sys.executable, CONFORMANCE / "validate.py", CONFORMANCE / "specs" / description, answers, "--response-only",
         "--strict"],
        capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    told = [line for line in done.stdout.splitlines() if not line.startswith("OK")]
    assert done.returncode == 0, "\n".join(told) + done.stderr
    total = re.search(r"TOTAL ok=(\d+) bad=0 unknown=0", told[-1])
    assert total and int(total[1]) >= least, told
