"""J5: the mock Zendesk's incremental exports, limits and Help Center."""

import pytest
from mock_tickets import TICKETS, exported, ticket


def test_zendesk_export_hides_the_last_minute(mock):
    start = mock.now() - 100
    made = ticket(mock)
    seen, page = exported(mock, start)
    assert seen == [] and page["after_cursor"]
    mock.wait(61)
    later = mock.ok("GET", f"/api/v2/incremental/tickets/cursor.json?cursor={page['after_cursor']}")
    assert [each["id"] for each in later["tickets"]] == [made["id"]]
    recent = mock.call("GET", f"/api/v2/incremental/tickets/cursor.json?start_time={int(mock.now())}")
    assert recent.status == 400 and recent.json["error"] == "StartTimeTooRecent"


def test_zendesk_export_pages_by_cursor_without_loss_when_tickets_move(mock):
    mock.set(exportDelaySeconds=0)
    start = mock.now() - 10
    made = [ticket(mock)["id"] for _ in range(6)]
    page = mock.ok("GET", f"/api/v2/incremental/tickets/cursor.json?start_time={int(start)}&per_page=4")
    assert [each["id"] for each in page["tickets"]] == made[:4] and not page["end_of_stream"]
    mock.ok("PUT", f"{TICKETS}/{made[0]}", {"ticket": {"status": "open"}})
    rest = mock.ok("GET", page["after_url"].removeprefix(mock.url))
    assert [each["id"] for each in rest["tickets"]] == [*made[4:], made[0]] and rest["end_of_stream"]
    nothing = mock.ok("GET", rest["after_url"].removeprefix(mock.url))
    assert nothing["tickets"] == [] and nothing["after_cursor"] == rest["after_cursor"]


def test_zendesk_export_has_deleted_and_merged_tickets(mock):
    mock.set(exportDelaySeconds=0, jobSeconds=0)
    start = mock.now() - 10
    deleted, target, source = (ticket(mock)["id"] for _ in range(3))
    mock.call("DELETE", f"{TICKETS}/{deleted}")
    job = mock.ok("POST", f"{TICKETS}/{target}/merge", {"ids": [source]})["job_status"]["id"]
    mock.ok("GET", f"/api/v2/job_statuses/{job}")
    assert dict(exported(mock, start)[0]) == {deleted: "deleted", target: "new", source: "closed"}
    assert dict(exported(mock, start, exclude_deleted="true")[0]) == {target: "new", source: "closed"}


def test_zendesk_updated_at_misses_what_a_rule_does(mock):
    mock.set(exportDelaySeconds=0)
    made = ticket(mock)
    mock.wait(100)
    mock.control("POST", "automation", {"system": "zendesk", "ticket": made["id"], "fields": {"status": "closed"}})
    now = mock.ok("GET", f"{TICKETS}/{made['id']}")["ticket"]
    assert now["status"] == "closed" and now["updated_at"] == made["updated_at"]
    assert now["generated_timestamp"] >= made["generated_timestamp"] + 100
    assert exported(mock, mock.now() - 50)[0] == [(made["id"], "closed")]


def test_zendesk_time_based_export_stands_still_on_a_page_of_one_time(mock):
    mock.set(exportDelaySeconds=0)
    for _ in range(8):
        begin = int(mock.now())
        made = [ticket(mock)["id"] for _ in range(3)]
        page = mock.ok("GET", f"/api/v2/incremental/tickets.json?start_time={begin}&per_page=2")
        again = mock.ok("GET", page["next_page"].removeprefix(mock.url))
        if [each["id"] for each in page["tickets"]] == made[:2]:
            stamps = {each["generated_timestamp"] for each in page["tickets"]}
            if len(stamps) == 1 and page["end_time"] in stamps and again["tickets"] == page["tickets"]:
                assert not again["end_of_stream"] and again["next_page"] == page["next_page"]
                return
        mock.wait(10)
    pytest.fail("never three tickets within a second")


def test_zendesk_exports_users(mock):
    mock.set(exportDelaySeconds=0)
    start = int(mock.now())
    mock.wait(5)
    ticket(mock, requester={"email": "new@example.com"})
    page = mock.ok("GET", f"/api/v2/incremental/users/cursor.json?start_time={start + 3}")
    assert [user["email"] for user in page["users"]] == ["new@example.com"]
    assert mock.ok("GET", f"/api/v2/incremental/users.json?start_time={start + 3}")["count"] == 1
    assert len(mock.ok("GET", "/api/v2/incremental/organizations.json?start_time=1")["organizations"]) == 16


def test_zendesk_limits(mock):
    mock.set(rateLimits={"zendesk": {"perMinute": 6, "incrementalPerMinute": 2, "ticketsIndexPerMinute": 2}})
    export = f"/api/v2/incremental/tickets/cursor.json?start_time={int(mock.now()) - 500}"
    first = mock.call("GET", TICKETS)
    assert (first.headers["x-rate-limit"], first.headers["x-rate-limit-remaining"]) == ("6", "5")
    assert first.headers["ratelimit-limit"] == "6"
    assert first.headers["zendesk-ratelimit-tickets-index"].startswith("total=2; remaining=1")
    assert [mock.call("GET", export).status for _ in range(3)] == [200, 200, 429]
    assert mock.call("GET", TICKETS).status == 200
    by_end_point = mock.call("GET", TICKETS)
    assert by_end_point.status == 429 and int(by_end_point.headers["x-rate-limit-remaining"]) == 0
    by_account = [mock.call("GET", "/api/v2/users/me") for _ in range(2)]
    assert [answer.status for answer in by_account] == [429, 429]
    assert all(1 <= int(answer.headers["retry-after"]) <= 60 for answer in by_account)
    kinds = {answer.headers["content-type"].partition(";")[0] for answer in by_account}
    assert kinds == {"text/plain", "application/json"}
    assert mock.call("GET", TICKETS, headers={"X-Mock-Faults": "off"}).status == 200
    mock.wait(61)
    assert mock.call("GET", TICKETS).status == 200
    assert mock.control("GET", "requests")["refused"] == {"zendesk": 4}


ARTICLE = {"article": {"title": "Uploads", "body": "<p>Cause</p>", "locale": "en-us", "user_segment_id": None,
                       "permission_group_id": 1, "draft": True}, "notify_subscribers": False}


def test_help_center_updates_text_only_by_translations(mock):
    made = mock.ok("POST", "/api/v2/help_center/en-us/sections/900/articles", ARTICLE)["article"]
    place = f"/api/v2/help_center/articles/{made['id']}"
    assert made["draft"] is True
    passed_over = {"title": "New", "body": "<p>New</p>", "draft": False, "promoted": True}
    same = mock.ok("PUT", place, {"article": passed_over})["article"]
    assert (same["title"], same["body"], same["draft"], same["promoted"]) == ("Uploads", "<p>Cause</p>", True, True)
    text = {"title": "New", "body": "<p>New</p>", "draft": False}
    mock.ok("PUT", f"{place}/translations/en-us", {"translation": text})
    now = mock.ok("GET", place)["article"]
    assert (now["title"], now["body"], now["draft"]) == ("New", "<p>New</p>", False)
    listed = mock.ok("GET", "/api/v2/help_center/articles.json?page[size]=100")["articles"]
    assert [each["id"] for each in listed] == [made["id"]]


def test_help_center_has_no_draft_beside_what_is_published(mock):
    article = {"article": {**ARTICLE["article"], "draft": False}}
    made = mock.ok("POST", "/api/v2/help_center/en-us/sections/900/articles", article)["article"]
    place = f"/api/v2/help_center/articles/{made['id']}"
    mock.ok("PUT", f"{place}/translations/en-us", {"translation": {"body": "<p>In work</p>"}})
    now = mock.ok("GET", place)["article"]
    assert now["draft"] is False and now["body"] == "<p>In work</p>"


def test_help_center_removes_unsafe_html(mock):
    body = ('<p onclick="x()">a &amp; b</p><script>alert(1)</script><a href="javascript:x()">l</a>'
            '<iframe src="/"></iframe>')
    made = mock.ok("POST", "/api/v2/help_center/en-us/sections/900/articles",
                   {"article": {**ARTICLE["article"], "body": body}})
    assert made["article"]["body"] == "<p>a &amp; b</p><a>l</a>"
    assert mock.state("zendesk")["articles"][0]["body"] == made["article"]["body"]
