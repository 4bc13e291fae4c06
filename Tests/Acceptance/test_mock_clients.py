"""J5: clients that other people wrote for the real systems work with the mock ones: zenpy, jira, atlassian-python-api, pysnow."""

import os
import subprocess
import sys
import time

import pytest
import pysnow
from atlassian import ServiceDesk
from atlassian.confluence_v2 import ConfluenceV2
from jira import JIRA, JIRAError
from mock_tickets import document
from paths import SHARED
from requests import HTTPError
from zenpy import Zenpy
from zenpy.lib.api_objects import Comment, Ticket
from zenpy.lib.api_objects.help_centre_objects import Article, Section, Translation
from zenpy.lib.exception import APIException, RecordNotFoundException

CONFORMANCE = SHARED / "peers" / "conformance"
USER, SECRET = "casebook@example.com", "casebook-secret"


# zenpy.


@pytest.fixture
def zendesk(mock, monkeypatch):
    monkeypatch.setenv("ZENPY_FORCE_SCHEME", "http")
    monkeypatch.setenv("ZENPY_FORCE_NETLOC", mock.host)
    mock.set(exportDelaySeconds=0, jobSeconds=0)
    return Zenpy(subdomain="local", email=USER, token=SECRET, disable_cache=True)


def new_ticket(zendesk, **more):
    return zendesk.tickets.create(Ticket(subject="Upload fails", comment=Comment(body="12 MB"), **more)).ticket


def test_zenpy_changes_a_ticket_and_is_refused_with_an_old_stamp(mock, zendesk):
    made = new_ticket(zendesk, external_id="cb-1", priority="high")
    mock.wait(2)
    zendesk.tickets.update(Ticket(id=made.id, status="open", safe_update=True, updated_stamp=made.updated_at))
    with pytest.raises(APIException) as refused:
        zendesk.tickets.update(Ticket(id=made.id, status="solved", safe_update=True, updated_stamp=made.updated_at))
    assert refused.value.response.status_code == 409
    now = zendesk.tickets(id=made.id)
    assert (now.status, now.priority, now.external_id) == ("open", "high", "cb-1")
    assert [each.id for each in zendesk.tickets(external_id="cb-1")] == [made.id]
    zendesk.tickets.delete(now)
    with pytest.raises(RecordNotFoundException):
        zendesk.tickets(id=made.id)


def test_zenpy_tags(zendesk):
    made = new_ticket(zendesk, tags=["a"])
    assert list(zendesk.tickets.add_tags(made.id, ["b"])) == ["a", "b"]
    assert list(zendesk.tickets.set_tags(made.id, ["c"])) == ["c"]
    assert list(zendesk.tickets.delete_tags(made.id, ["c"])) == []


def test_zenpy_comments_and_uploads(zendesk, tmp_path):
    made = new_ticket(zendesk)
    (tmp_path / "app.log").write_bytes(b"ERROR boom\n")
    upload = zendesk.attachments.upload(str(tmp_path / "app.log"), target_name="app.log")
    zendesk.tickets.update(Ticket(id=made.id, comment=Comment(body="note", public=False, uploads=[upload.token])))
    note = list(zendesk.tickets.comments(made.id))[1]
    assert (note.public, note.author.email, [each.file_name for each in note.attachments]) == (False, USER, ["app.log"])
    kinds = [event["type"] for audit in zendesk.tickets.audits(made.id) for event in audit.events]
    assert kinds.count("Comment") == 2


def test_zenpy_reads_the_export_to_its_end(zendesk):
    made = {new_ticket(zendesk).id for _ in range(5)}
    export = zendesk.tickets.incremental(start_time=int(time.time()) - 60, paginate_by_time=False, per_page=2)
    assert {ticket.id for ticket in export} == made
    assert {ticket.id for ticket in zendesk.search("Upload", type="ticket")} == made


def test_zenpy_merges(mock, zendesk):
    target, source = new_ticket(zendesk), new_ticket(zendesk)
    job = zendesk.tickets.merge(target, source)
    while zendesk.job_status(id=job.id).status != "completed":
        time.sleep(0.01)
    assert zendesk.tickets(id=source.id).status == "closed"


def test_zenpy_writes_articles_by_translation(zendesk):
    made = zendesk.help_center.articles.create(
        Section(id=900), Article(title="Uploads", body="<p>Cause</p>", locale="en-us", user_segment_id=None,
                                 permission_group_id=1, draft=True))
    translation = Translation(title="New", body="<p>New</p>", draft=False, locale="en-us")
    zendesk.help_center.articles.update_translation(made, translation)
    now = zendesk.help_center.articles(id=made.id)
    assert (now.title, now.body, now.draft) == ("New", "<p>New</p>", False)


# jira.


@pytest.fixture
def tracker(mock):
    return JIRA(mock.url, basic_auth=(USER, SECRET), options={"rest_api_version": "3"}, max_retries=0)


def new_issue(tracker, project="SUP", kind="Task", **more):
    return tracker.create_issue(project=project, issuetype={"name": kind}, summary="Upload fails", **more)


def test_jira_client_edits_moves_and_deletes(tracker):
    made = new_issue(tracker, labels=["upload"], priority={"name": "High"})
    made.update(fields={"summary": "New", "labels": ["big"]})
    moves = {move["name"]: move["id"] for move in tracker.transitions(made)}
    tracker.transition_issue(made, moves["Resolve this issue"], fields={"resolution": {"name": "Duplicate"}})
    now = tracker.issue(made.key, expand="changelog")
    assert (now.fields.summary, now.fields.labels, now.fields.status.name) == ("New", ["big"], "Resolved")
    assert now.fields.resolution.name == "Duplicate"
    changes = {item.field: item.toString for history in now.changelog.histories for item in history.items
               if item.field != "resolution"}
    assert changes == {"summary": "New", "labels": "big", "status": "Resolved"}
    made.delete()
    with pytest.raises(JIRAError) as gone:
        tracker.issue(made.key)
    assert gone.value.status_code == 404


def test_jira_client_comments_links_and_attaches(tracker, tmp_path):
    one, two = new_issue(tracker), new_issue(tracker, project="ENG", kind="Bug")
    note = tracker.add_comment(one, document("note"), is_internal=True)
    assert note.jsdPublic is False and [each.id for each in tracker.comments(one)] == [note.id]
    tracker.create_issue_link("Blocks", two.key, one.key)
    assert tracker.issue(two.key).fields.issuelinks[0].outwardIssue.key == one.key
    tracker.add_simple_link(one, {"url": "https://casebook.example/7", "title": "Case 7"})
    assert [link.object.url for link in tracker.remote_links(one)] == ["https://casebook.example/7"]
    (tmp_path / "app.log").write_bytes(b"ERROR boom\n")
    kept = tracker.add_attachment(one, str(tmp_path / "app.log"))
    assert tracker.attachment(kept.id).get() == b"ERROR boom\n"


def test_jira_client_searches_by_token(tracker):
    keys = [new_issue(tracker).key for _ in range(5)]
    since = int(time.time() * 1000) - 60_000
    found = tracker.enhanced_search_issues(f"project = SUP AND updated >= {since} ORDER BY key ASC", maxResults=0)
    assert [issue.key for issue in found] == keys
    assert tracker.approximate_issue_count("project = SUP") == 5
    with pytest.raises(JIRAError) as refused:
        tracker.enhanced_search_issues("ORDER BY key ASC")
    assert refused.value.status_code == 400


def test_jira_client_knows_people_and_fields(tracker):
    agent = tracker.search_users(query="agent@example.com")[0]
    made = new_issue(tracker)
    tracker.assign_issue(made, agent.displayName)
    assert tracker.issue(made.key).fields.assignee.accountId == agent.accountId
    assert {field["name"] for field in tracker.fields()} >= {"External ID", "summary".capitalize()}
    assert tracker.server_info()["deploymentType"] == "Cloud" and tracker.myself()["emailAddress"] == USER


# atlassian-python-api.


def test_service_desk_client(mock, tmp_path):
    client = ServiceDesk(url=mock.url, username=USER, password=SECRET)
    assert [each["projectKey"] for each in client.get_service_desks()] == ["SUP"]
    key = client.create_customer_request("1", "2", {"summary": "Upload fails"})["issueKey"]
    client.create_request_comment(key, "note", public=False)
    client.create_request_comment(key, "answer", public=True)
    assert [each["body"] for each in client.get_request_comments(key, internal=False)] == ["answer"]
    (tmp_path / "app.log").write_bytes(b"ERROR boom\n")
    client.create_attachment("1", key, str(tmp_path / "app.log"), public=False, comment="see log")
    assert [each["name"] for each in mock.state("jira")["tickets"][0]["attachments"]] == ["app.log"]
    moves = client.get_customer_transitions(key)["values"]
    client.perform_transition(key, moves[0]["id"])
    assert client.get_customer_request(key)["currentStatus"]["status"] == "In Progress"


def test_confluence_client(mock):
    client = ConfluenceV2(url=mock.url + "/wiki", username=USER, password=SECRET)
    made = client.create_page(space_id="100", title="Uploads", body="<p>Cause</p>")
    changed = client.update_page(made["id"], title="Uploads", body="<p>Fixed</p>", status="current", version=1)
    assert changed["version"]["number"] == 2
    assert client.get_page_by_id(made["id"], body_format="storage")["body"]["storage"]["value"] == "<p>Fixed</p>"
    with pytest.raises(HTTPError) as refused:
        client.update_page(made["id"], title="Uploads", body="<p>Stale</p>", status="current", version=1)
    assert refused.value.response.status_code == 409
    for number in range(3):
        client.create_page(space_id="100", title=str(number), body="<p>x</p>")
    assert [page["title"] for page in client.get_pages(space_id="100", limit=2)] == ["Uploads", "0", "1", "2"]


# pysnow.


def test_pysnow_writes_reads_and_deletes(mock):
    client = pysnow.Client(host=mock.host, user=USER, password=SECRET, use_ssl=False)
    incidents = client.resource(api_path="/table/incident")
    journal = client.resource(api_path="/table/sys_journal_field")
    made = [incidents.create(payload={"short_description": str(number), "correlation_id": f"c{number}"}).one()
            for number in range(5)]
    incidents.update(query={"sys_id": made[0]["sys_id"]}, payload={"state": "2", "work_notes": "note"})
    row = incidents.get(query={"correlation_id": "c0"}).one()
    assert (row["state"], row["work_notes"], row["sys_mod_count"]) == ("2", "", "1")
    assert journal.get(query={"element_id": made[0]["sys_id"]}).one()["value"] == "note"
    query = pysnow.QueryBuilder().field("correlation_id").starts_with("c").AND().field("number").order_descending()
    assert [row["correlation_id"] for row in incidents.get(query=query, limit=2).all()] == ["c4", "c3"]
    incidents.delete(query={"sys_id": made[4]["sys_id"]})
    assert incidents.get(query={"sys_id": made[4]["sys_id"]}).one_or_none() is None


def test_pysnow_attaches(mock, tmp_path):
    client = pysnow.Client(host=mock.host, user=USER, password=SECRET, use_ssl=False)
    incidents = client.resource(api_path="/table/incident")
    made = incidents.create(payload={"short_description": "Upload fails"}).one()
    (tmp_path / "app.log").write_bytes(b"ERROR boom\n")
    kept = incidents.attachments.upload(made["sys_id"], str(tmp_path / "app.log"))
    assert kept.one()["size_bytes"] == "11"
    assert [row["file_name"] for row in incidents.attachments.get(made["sys_id"], limit=5)] == ["app.log"]


# The steps that another project wrote for the same clients.


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="../shared/peers/conformance is not here")
@pytest.mark.parametrize("system", ["zenpy", "jira", "servicedesk", "confluence", "pysnow"])
def test_the_conformance_run_passes(mock, system):
    mock.set(exportDelaySeconds=0)
    base = mock.url + ("/wiki" if system == "confluence" else "")
    done = subprocess.run(
        [sys.executable, CONFORMANCE / "api_clients.py", system, base, "--user", USER, "--secret", SECRET],
        capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0 and " failed=0 skipped=0" in done.stdout, done.stdout + done.stderr
