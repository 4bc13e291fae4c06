"""J5: requests of Jira Service Management on the same issues."""

from mock_tickets import ISSUES, form, issue

REQUEST = {"serviceDeskId": "1", "requestTypeId": "2",
           "requestFieldValues": {"summary": "Upload fails", "description": "12 MB"}}


def test_requests_and_issues_are_the_same(mock):
    answer = mock.call("POST", "/rest/servicedeskapi/request",
                       {**REQUEST, "raiseOnBehalfOf": "jan@acorn-mills.example"})
    made = answer.json
    assert answer.status == 201 and made["currentStatus"]["status"] == "Open"
    assert made["currentStatus"]["statusCategory"] == "NEW"
    date = made["createdDate"]
    assert set(date) == {"iso8601", "jira", "friendly", "epochMillis"}
    assert abs(date["epochMillis"] / 1000 - mock.now()) < 5
    fields = mock.ok("GET", f"{ISSUES}/{made['issueKey']}")["fields"]
    assert fields["reporter"]["emailAddress"] == "jan@acorn-mills.example"
    assert fields["customfield_10002"][0]["name"] == "Acorn Mills"
    mock.ok("POST", f"{ISSUES}/{made['issueKey']}/transitions", {"transition": {"id": "21"}})
    now = mock.ok("GET", f"/rest/servicedeskapi/request/{made['issueKey']}")
    assert now["currentStatus"]["status"] == "Waiting for customer"
    mock.control("POST", "customer", {"system": "jira", "ticket": made["issueKey"], "email": "jan@acorn-mills.example",
                                      "text": "here"})
    history = mock.ok("GET", f"/rest/servicedeskapi/request/{made['issueKey']}/status")["values"]
    assert [each["status"] for each in history] == ["Waiting for support", "Waiting for customer", "Open"]


def test_request_comments_are_strict(mock):
    place = f"/rest/servicedeskapi/request/{issue(mock)['key']}/comment"
    made = mock.call("POST", place, {"body": "note", "public": False})
    assert made.status == 201 and made.json["public"] is False and made.json["body"] == "note"
    mock.ok("POST", place, {"body": "answer", "public": True})
    refused = mock.call("POST", place, {"body": "x", "public": True, "properties": []})
    assert refused.status == 400 and set(refused.json) == {"errorMessage", "i18nErrorMessage"}
    public = mock.ok("GET", place, internal="false")
    assert [comment["body"] for comment in public["values"]] == ["answer"]


def test_request_lists_are_paged(mock):
    place = f"/rest/servicedeskapi/request/{issue(mock)['key']}/comment"
    for number in range(3):
        mock.ok("POST", place, {"body": str(number), "public": True})
    first = mock.ok("GET", place, limit=2)
    assert (first["size"], first["start"], first["isLastPage"]) == (2, 0, False)
    rest = mock.ok("GET", first["_links"]["next"].removeprefix(mock.url))
    assert rest["isLastPage"] and [comment["body"] for comment in rest["values"]] == ["2"]
    assert "next" not in rest["_links"]


def test_request_transitions_take_a_comment(mock):
    place = f"/rest/servicedeskapi/request/{issue(mock)['key']}"
    moves = {move["name"]: move["id"] for move in mock.ok("GET", f"{place}/transition")["values"]}
    body = {"id": moves["Resolve this issue"], "additionalComment": {"body": "fixed"}}
    assert mock.call("POST", f"{place}/transition", body).status == 204
    assert mock.ok("GET", place)["currentStatus"]["statusCategory"] == "DONE"
    assert mock.ok("GET", f"{place}/comment")["values"][0]["body"] == "fixed"
    assert mock.call("POST", f"{place}/transition", body).status == 400


def test_request_attachments_take_two_steps(mock):
    place = f"/rest/servicedeskapi/request/{issue(mock)['key']}/attachment"
    body, headers = form("file", "app.log", b"ERROR\n")
    kept = mock.ok("POST", "/rest/servicedeskapi/servicedesk/1/attachTemporaryFile", body,
                   headers=headers)["temporaryAttachments"][0]
    assert kept["fileName"] == "app.log" and kept["temporaryAttachmentId"].startswith("temp")
    wish = {"temporaryAttachmentIds": [kept["temporaryAttachmentId"]], "public": True,
            "additionalComment": {"body": "log"}}
    answer = mock.call("POST", place, wish)
    assert answer.status == 201 and answer.json["comment"]["body"] == "log"
    assert [each["filename"] for each in mock.ok("GET", place)["values"]] == ["app.log"]
    assert mock.call("POST", place, wish).status == 400


def test_customers_see_their_own_requests_without_notes(mock):
    key = mock.ok("POST", "/rest/servicedeskapi/request", REQUEST, user="customer")["issueKey"]
    mock.ok("POST", f"/rest/servicedeskapi/request/{key}/comment", {"body": "note", "public": False})
    assert mock.ok("GET", f"/rest/servicedeskapi/request/{key}/comment", user="customer")["values"] == []
    assert mock.call("GET", f"/rest/servicedeskapi/request/{issue(mock)['key']}", user="customer").status == 404
