"""J5: the mock Zendesk behaves as Zendesk Support does, oddities included. The clock jumps where a test would have to wait."""

import pytest
from mock_tickets import TICKETS, ticket


def test_zendesk_creates_with_ticket_and_audit(mock):
    answer = mock.call("POST", TICKETS + ".json", {"ticket": {
        "subject": "Upload fails", "external_id": "cb-1", "comment": {"body": "12 MB", "public": True},
        "priority": "high",
        "tags": ["Upload", "big file"], "custom_fields": [{"id": 360001, "value": "1.2.3"}],
        "requester": {"name": "Jan", "email": "jan@acorn-mills.example"}}})
    made = answer.json["ticket"]
    assert answer.status == 201 and answer.headers["location"] == made["url"]
    assert (made["status"], made["priority"], made["tags"]) == ("new", "high", ["big", "file", "upload"])
    assert {"id": 360001, "value": "1.2.3"} in made["custom_fields"]
    asker = mock.ok("GET", f"/api/v2/users/{made['requester_id']}")["user"]
    assert (asker["email"], asker["organization_id"]) == ("jan@acorn-mills.example", made["organization_id"])
    events = {event.get("field_name", event["type"]): event for event in answer.json["audit"]["events"]}
    assert events["Comment"]["body"] == "12 MB" and events["priority"]["value"] == "high"


@pytest.mark.parametrize("fields, field", [
    ({"status": "nonsense"}, "status"), ({"priority": "p1"}, "priority"), ({"assignee_id": 1}, "assignee"),
    ({"comment": {"body": "  "}}, "comment"), ({"tags": 5}, "tags"),
])
def test_zendesk_names_the_wrong_field_with_422(mock, fields, field):
    answer = mock.call("POST", TICKETS, {"ticket": {"subject": "s", "comment": {"body": "b"}, **fields}})
    assert answer.status == 422 and answer.json["error"] == "RecordInvalid"
    assert answer.json["details"][field][0]["description"] and mock.control("GET", "counts")["zendesk"]["tickets"] == 0


def test_zendesk_comments_are_public_or_internal_and_have_their_author(mock):
    made = ticket(mock, user="agent")
    mock.ok("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"comment": {"body": "seen this", "public": False}}})
    comments = mock.ok("GET", f"{TICKETS}/{made['id']}/comments")["comments"]
    said = [(comment["body"], comment["public"]) for comment in comments]
    assert said == [("It stops at 12 MB", True), ("seen this", False)]
    kept = mock.state("zendesk")["tickets"][0]["comments"]
    assert [comment["author"] for comment in kept] == ["agent@example.com", "casebook@example.com"]


def test_zendesk_tags_in_an_update_replace_the_set(mock):
    made = ticket(mock, tags=["a", "b"])
    assert mock.ok("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"tags": ["c"]}})["ticket"]["tags"] == ["c"]


def test_zendesk_tags_end_points_set_add_and_remove(mock):
    place = f"{TICKETS}/{ticket(mock, tags=['a', 'b'])['id']}/tags"
    assert mock.ok("POST", place, {"tags": ["b", "c"]})["tags"] == ["b", "c"]
    assert mock.ok("PUT", place, {"tags": ["d"]})["tags"] == ["b", "c", "d"]
    assert mock.ok("DELETE", place, {"tags": ["c"]})["tags"] == ["b", "d"]


def test_zendesk_safe_update_refuses_an_old_stamp(mock):
    made = ticket(mock)
    place, stamp = f"{TICKETS}/{made['id']}", made["updated_at"]
    mock.wait(2)
    mock.ok("PUT", place, {"ticket": {"status": "pending", "safe_update": True, "updated_stamp": stamp}})
    answer = mock.call("PUT", place, {"ticket": {"status": "solved", "safe_update": "true", "updated_stamp": stamp}})
    assert answer.status == 409 and answer.json["error"] == "UpdateConflict"
    assert mock.ok("GET", place)["ticket"]["status"] == "pending"


def test_zendesk_tags_alone_go_past_the_guard_of_the_ticket_and_have_one_of_their_own(mock):
    made = ticket(mock, tags=["a"])
    place, stamp = f"{TICKETS}/{made['id']}", made["updated_at"]
    mock.wait(2)
    mock.ok("PUT", place, {"ticket": {"priority": "low"}}, user="agent")
    assert mock.ok("PUT", f"{place}/tags", {"tags": ["b"]})["tags"] == ["a", "b"]
    guarded = {"tags": ["c"], "safe_update": "true", "updated_stamp": stamp}
    assert mock.call("PUT", f"{place}/tags", guarded).status == 409


def test_zendesk_stamps_have_steps_of_a_second(mock):
    """Two writes within one second share a stamp, so the guard cannot tell them apart."""
    for _ in range(5):
        made = ticket(mock)
        place = f"{TICKETS}/{made['id']}"
        seen = mock.ok("PUT", place, {"ticket": {"priority": "low"}}, user="agent")["ticket"]
        stale = {"ticket": {"priority": "high", "safe_update": True, "updated_stamp": made["updated_at"]}}
        if seen["updated_at"] == made["updated_at"] and mock.call("PUT", place, stale).status == 200:
            return
    pytest.fail("no two writes within a second in five tries")


def test_zendesk_idempotency_key(mock):
    def create(key, subject):
        body = {"ticket": {"subject": subject, "comment": {"body": "b"}}}
        return mock.call("POST", TICKETS, body, headers={"Idempotency-Key": key})
    first, again = create("k1", "s"), create("k1", "s")
    assert (first.headers["x-idempotency-lookup"], again.headers["x-idempotency-lookup"]) == ("miss", "hit")
    assert (again.status, again.body) == (201, first.body)
    other = create("k1", "another body")
    assert other.status == 400 and other.json["error"] == "IdempotentRequestError"
    assert create("k" * 256, "s").status == 400
    assert [entry["isReplay"] for entry in mock.journal("zendesk")] == [False, True]
    mock.wait(7201)
    assert create("k1", "s").headers["x-idempotency-lookup"] == "miss"
    assert mock.control("GET", "counts")["zendesk"]["tickets"] == 2


def test_zendesk_finds_by_external_id(mock):
    made = ticket(mock, external_id="cb-7")
    ticket(mock, external_id="cb-8")
    for target in (f"{TICKETS}?external_id=cb-7", f"{TICKETS}/show_many?external_ids=cb-7"):
        assert [each["id"] for each in mock.ok("GET", target)["tickets"]] == [made["id"]]
    results = mock.ok("GET", "/api/v2/search", query="type:ticket external_id:cb-7")["results"]
    assert [each["id"] for each in results] == [made["id"]]
    mock.set(indexLagSeconds=30)
    assert mock.ok("GET", "/api/v2/search", query="type:ticket external_id:cb-7")["results"] == []
    assert len(mock.ok("GET", f"{TICKETS}?external_id=cb-7")["tickets"]) == 1


def test_zendesk_moves_the_status_by_itself(mock):
    agent = mock.ok("GET", "/api/v2/users/me", user="agent")["user"]["id"]
    made = ticket(mock, requester={"email": "jan@example.com"})
    place = f"{TICKETS}/{made['id']}"
    assert mock.ok("PUT", place, {"ticket": {"assignee_id": agent}})["ticket"]["status"] == "open"
    mock.ok("PUT", place, {"ticket": {"status": "solved"}})
    mock.control("POST", "customer", {"system": "zendesk", "ticket": made["id"], "email": "jan@example.com",
                                      "text": "again"})
    assert mock.ok("GET", place)["ticket"]["status"] == "open"


def test_zendesk_closed_is_the_end_and_a_later_mail_is_a_follow_up(mock):
    made = ticket(mock, requester={"email": "jan@example.com"}, status="closed")
    place = f"{TICKETS}/{made['id']}"
    for method, target, body in (("PUT", place, {"ticket": {"priority": "low"}}),
                                 ("PUT", place, {"ticket": {"comment": {"body": "b"}}}),
                                 ("POST", f"{place}/tags", {"tags": ["a"]})):
        answer = mock.call(method, target, body)
        assert answer.status == 422 and answer.json["details"]["status"]
    mail = {"system": "zendesk", "ticket": str(made["id"]), "email": "jan@example.com", "text": "thanks"}
    later = mock.control("POST", "customer", mail)["ticket"]
    assert later != str(made["id"])
    follow_up = mock.ok("GET", f"{TICKETS}/{later}")["ticket"]
    assert follow_up["via"]["source"]["rel"] == "follow_up"
    assert follow_up["via"]["source"]["from"]["ticket_id"] == made["id"]
    assert mock.ok("GET", place)["ticket"]["followup_ids"] == [int(later)]
    by_api = ticket(mock, via_followup_source_id=made["id"])
    assert by_api["via"]["source"]["from"]["ticket_id"] == made["id"]


def test_zendesk_audits_tell_every_change(mock):
    made = ticket(mock, priority="low")
    place = f"{TICKETS}/{made['id']}"
    mock.ok("PUT", place, {"ticket": {"priority": "high",
                                      "custom_fields": [{"id": 360002, "value": "component_sync"}]}}, user="agent")
    audits = mock.ok("GET", f"{place}/audits")["audits"]
    first = {event["field_name"]: event["value"] for event in audits[0]["events"] if event["type"] == "Create"}
    assert first["priority"] == "low" and "360002" not in first
    changes = {event["field_name"]: (event["previous_value"], event["value"]) for event in audits[1]["events"]}
    assert changes == {"priority": ("low", "high"), "360002": (None, "component_sync"),
                       "tags": ([], ["component_sync"])}
    agent = mock.ok("GET", "/api/v2/users/me", user="agent")["user"]["id"]
    assert audits[1]["author_id"] == agent
    assert mock.ok("GET", f"{place}/audits/{audits[1]['id']}")["audit"] == audits[1]


def test_zendesk_merges_later_and_closes_the_sources(mock):
    mock.set(jobSeconds=100)
    target, source = ticket(mock), ticket(mock)
    job = mock.ok("POST", f"{TICKETS}/{target['id']}/merge", {"ids": [source["id"]]})["job_status"]
    assert job["status"] == "queued" and mock.ok("GET", f"{TICKETS}/{source['id']}")["ticket"]["status"] == "new"
    mock.wait(101)
    job = mock.ok("GET", f"/api/v2/job_statuses/{job['id']}")["job_status"]
    assert (job["status"], job["results"][0]["success"]) == ("completed", True)
    merged = mock.ok("GET", f"{TICKETS}/{source['id']}")["ticket"]
    assert merged["status"] == "closed" and "closed_by_merge" in merged["tags"]
    kept = {each["id"]: each for each in mock.state("zendesk")["tickets"]}
    assert kept[str(source["id"])]["mergedInto"] == str(target["id"]) and kept[str(target["id"])]["mergedInto"] is None


def test_zendesk_jobs_make_and_delete_many(mock):
    mock.set(jobSeconds=0)
    body = {"tickets": [{"subject": str(index), "comment": {"body": "b"}}
                        for index in range(3)] + [{"subject": "none"}]}
    job = mock.ok("POST", f"{TICKETS}/create_many", body)["job_status"]
    results = mock.ok("GET", f"/api/v2/job_statuses/{job['id']}")["job_status"]["results"]
    assert [result["success"] for result in results] == [True, True, True, False]
    job = mock.ok("PUT", f"{TICKETS}/update_many?ids=1,2", {"ticket": {"additional_tags": ["x"]}})["job_status"]
    mock.ok("GET", f"/api/v2/job_statuses/{job['id']}")
    assert mock.ok("GET", f"{TICKETS}/2")["ticket"]["tags"] == ["x"]
    job = mock.ok("DELETE", f"{TICKETS}/destroy_many?ids=1,2")["job_status"]
    mock.ok("GET", f"/api/v2/job_statuses/{job['id']}")
    assert mock.control("GET", "counts")["zendesk"]["deleted"] == 2


def test_zendesk_deletes_softly_and_restores(mock):
    made = ticket(mock)
    place = f"{TICKETS}/{made['id']}"
    assert mock.call("DELETE", place).status == 204
    answer = mock.call("GET", place)
    assert answer.status == 404 and answer.json == {"error": "RecordNotFound", "description": "Not found"}
    assert [each["id"] for each in mock.ok("GET", "/api/v2/deleted_tickets")["deleted_tickets"]] == [made["id"]]
    mock.ok("PUT", f"/api/v2/deleted_tickets/{made['id']}/restore")
    assert mock.ok("GET", place)["ticket"]["status"] == "new"


def test_zendesk_lists_by_page_and_by_cursor(mock):
    made = [ticket(mock)["id"] for _ in range(5)]
    first = mock.ok("GET", TICKETS, per_page=2)
    assert (len(first["tickets"]), first["count"], first["previous_page"]) == (2, 5, None)
    seen, target = [], f"{TICKETS}?page[size]=2"
    while target:
        page = mock.ok("GET", target)
        seen += [each["id"] for each in page["tickets"]]
        target = page["links"]["next"] and page["links"]["next"].removeprefix(mock.url)
        assert page["meta"]["has_more"] == bool(target)
    assert seen == made
    assert mock.call("GET", f"{TICKETS}?page[size]=2&page[after]=nonsense").status == 400


def test_zendesk_limited_user(mock):
    made, hidden = ticket(mock), ticket(mock, group_id=21)
    answer = mock.call("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"priority": "low"}}, user="limited")
    assert answer.status == 403 and answer.json["error"] == "Forbidden"
    mock.ok("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"status": "open"}}, user="limited")
    assert mock.call("GET", f"{TICKETS}/{hidden['id']}", user="limited").status == 403
    assert [each["id"] for each in mock.ok("GET", TICKETS, user="limited")["tickets"]] == [made["id"]]
    assert mock.call("GET", TICKETS, user="customer").status == 403


def test_zendesk_customers_see_their_requests_without_notes(mock):
    made = mock.ok("POST", "/api/v2/requests", {"request": {"subject": "s", "comment": {"body": "help"}}},
                   user="customer")["request"]
    mock.ok("PUT", f"{TICKETS}/{made['id']}", {"ticket": {"comment": {"body": "note", "public": False}}})
    place = f"/api/v2/requests/{made['id']}"
    assert [each["body"] for each in mock.ok("GET", f"{place}/comments", user="customer")["comments"]] == ["help"]
    mock.ok("PUT", place, {"request": {"comment": {"body": "more"}}}, user="customer")
    comments = mock.ok("GET", f"{TICKETS}/{made['id']}/comments")["comments"]
    assert [comment["public"] for comment in comments] == [True, False, True]
    assert mock.call("GET", f"/api/v2/requests/{ticket(mock)['id']}", user="customer").status == 404


def test_zendesk_side_conversations_are_an_add_on(mock):
    place = f"{TICKETS}/{ticket(mock)['id']}/side_conversations"
    body = {"message": {"subject": "Bug", "body": "see log"}, "external_ids": {"casebook": "7"}}
    made = mock.ok("POST", place, body)["side_conversation"]
    assert len(made["id"]) == 36 and made["external_ids"] == {"casebook": "7"}
    assert mock.call("POST", place, {**body, "external_ids": {"casebook": 7}}).status == 400
    assert mock.ok("GET", f"{place}/{made['id']}")["side_conversation"]["state"] == "open"
    mock.set(sideConversations=False)
    assert mock.call("GET", place).status == 403


def test_zendesk_uploads_have_a_token_for_an_hour_and_for_one_use(mock):
    def upload():
        answer = mock.call("POST", "/api/v2/uploads?filename=app.log", b"ERROR boom\n",
                           headers={"Content-Type": "text/plain"})
        assert answer.status == 201
        return answer.json["upload"]["token"]
    token = upload()
    made = ticket(mock, comment={"body": "see log", "uploads": [token]})
    kept = mock.ok("GET", f"{TICKETS}/{made['id']}/comments")["comments"][0]["attachments"][0]
    assert (kept["file_name"], kept["size"]) == ("app.log", 11)
    assert mock.raw("GET", kept["content_url"].removeprefix(mock.url)).body == b"ERROR boom\n"
    again = {"ticket": {"subject": "s", "comment": {"body": "b", "uploads": [token]}}}
    assert mock.call("POST", TICKETS, again).status == 422
    token = upload()
    mock.wait(3601)
    late = {"ticket": {"subject": "s", "comment": {"body": "b", "uploads": [token]}}}
    assert mock.call("POST", TICKETS, late).status == 422


def test_zendesk_tells_its_fields_and_groups(mock):
    fields = {field["id"]: field for field in mock.ok("GET", "/api/v2/ticket_fields")["ticket_fields"]}
    assert {field["title"] for field in fields.values()} >= {"Version", "Component", "Status"}
    status = next(field for field in fields.values() if field["type"] == "status")
    words = [option["value"] for option in status["system_field_options"]]
    assert words == ["new", "open", "pending", "hold", "solved", "closed"]
    assert {group["name"] for group in mock.ok("GET", "/api/v2/groups")["groups"]} == {"Support", "Escalations"}
    users = mock.ok("GET", "/api/v2/users/show_many?ids=1001,1002")["users"]
    assert [user["id"] for user in users] == [1001, 1002]
    assert len(mock.ok("GET", "/api/v2/organizations")["organizations"]) == 16
