"""J5: the mock Jira behaves as the platform API does, oddities included."""

import pytest
from mock_tickets import ISSUES, document, form, found, issue, myself


def test_jira_creates_and_edits(mock):
    made = issue(mock, description=document("12 MB"), labels=["upload"], priority={"name": "High"},
                 customfield_10100="cb-1")
    assert set(made) == {"id", "key", "self"} and made["key"] == "SUP-1" and isinstance(made["id"], str)
    place = f"{ISSUES}/{made['key']}"
    assert mock.call("PUT", place, {"fields": {"summary": "New"},
                                    "update": {"labels": [{"add": "big"}, {"remove": "upload"}]}}).status == 204
    answer = mock.call("PUT", f"{place}?returnIssue=true", {"fields": {"assignee": {"accountId": myself(mock)}}})
    fields = answer.json["fields"]
    assert answer.status == 200
    assert (fields["summary"], fields["labels"], fields["customfield_10100"]) == ("New", ["big"], "cb-1")
    assert fields["description"] == document("12 MB") and fields["created"].endswith("+0000")


@pytest.mark.parametrize("fields, field", [
    ({"status": {"name": "Resolved"}}, "status"), ({"customfield_99": "x"}, "customfield_99"),
    ({"description": "plain"}, "description"),
    ({"summary": "a\nb"}, "summary"), ({"labels": ["a b"]}, "labels"), ({"priority": {"name": "Urgent"}}, "priority"),
    ({"assignee": {"accountId": "nobody"}}, "assignee"),
])
def test_jira_names_the_wrong_field_with_400(mock, fields, field):
    key = issue(mock)["key"]
    answer = mock.call("PUT", f"{ISSUES}/{key}", {"fields": fields})
    assert answer.status == 400 and list(answer.json["errors"]) == [field] and answer.json["errorMessages"] == []


def test_jira_status_moves_only_along_the_workflow(mock):
    place = f"{ISSUES}/{issue(mock)['key']}/transitions"
    def moves():
        return {move["name"]: move["id"] for move in mock.ok("GET", place)["transitions"]}
    first = moves()
    assert "Close" not in first and all(isinstance(id, str) for id in first.values())
    assert mock.call("POST", place, {"transition": {"id": "61"}}).status == 400
    assert mock.call("POST", place, {"transition": {"id": first["Resolve this issue"]}}).status == 204
    assert set(moves()) == {"Close", "Reopen"}
    assert mock.call("POST", place, {"transition": {"id": int(moves()["Close"])}}).status == 204
    fields = mock.ok("GET", f"{ISSUES}/SUP-1")["fields"]
    assert (fields["status"]["name"], fields["status"]["statusCategory"]["key"],
            fields["resolution"]["name"]) == ("Closed", "done", "Done")
    mock.ok("POST", place, {"transition": {"id": moves()["Reopen"]}})
    assert mock.ok("GET", f"{ISSUES}/SUP-1")["fields"]["resolution"] is None


def test_jira_workflows_differ_by_project(mock):
    def names(key):
        return {status["name"] for kind in mock.ok("GET", f"/rest/api/3/project/{key}/statuses")
                for status in kind["statuses"]}
    assert "Waiting for customer" in names("SUP") and names("ENG") == {"To Do", "In Development", "In Review", "Done"}
    assert {status["name"] for status in mock.ok("GET", "/rest/api/3/status")} == names("SUP") | names("ENG")
    mock.faults(next=["409"])
    key = issue(mock, project="ENG", kind="Bug")["key"] if mock.call("POST", ISSUES, {}).status == 409 else None
    assert mock.call("POST", f"{ISSUES}/{key}/transitions", {"transition": {"id": "11"}}).status == 204


def test_jira_internal_comments(mock):
    key = issue(mock)["key"]
    internal = {"body": document("note"), "properties": [{"key": "sd.public.comment", "value": {"internal": True}}]}
    made = mock.call("POST", f"{ISSUES}/{key}/comment", internal)
    assert made.status == 201 and made.json["jsdPublic"] is False
    assert mock.ok("POST", f"{ISSUES}/{key}/comment", {"body": document("answer")})["jsdPublic"] is True
    assert mock.call("POST", f"{ISSUES}/{key}/comment", {"body": "plain"}).status == 400
    shown = mock.ok("GET", f"{ISSUES}/{key}/comment", expand="properties")
    assert shown["total"] == 2 and shown["comments"][0]["properties"] == internal["properties"]
    place = f"/rest/api/3/comment/{made.json['id']}/properties/casebook"
    assert mock.call("PUT", place, {"id": "7"}).status == 201 and mock.ok("GET", place)["value"] == {"id": "7"}


def test_jira_deletes_but_not_with_subtasks(mock):
    parent = issue(mock)["key"]
    child = issue(mock, kind="Sub-task", parent={"key": parent})["key"]
    assert mock.call("DELETE", f"{ISSUES}/{parent}").status == 400
    assert mock.call("DELETE", f"{ISSUES}/{parent}?deleteSubtasks=true").status == 204
    for key in (parent, child):
        answer = mock.call("GET", f"{ISSUES}/{key}")
        assert answer.status == 404 and answer.json["errorMessages"]


def test_jira_search_pages_by_token_without_a_total(mock):
    keys = [issue(mock)["key"] for _ in range(5)]
    seen, token = [], None
    while True:
        page = found(mock, "project = SUP ORDER BY key ASC", maxResults=2, fields=["summary"],
                     **({"nextPageToken": token} if token else {}))
        assert "total" not in page
        seen += [each["key"] for each in page["issues"]]
        if page["isLast"]:
            assert "nextPageToken" not in page
            break
        token = page["nextPageToken"]
    assert seen == keys
    assert found(mock, "key = SUP-1")["issues"] == [{"id": mock.ok("GET", f"{ISSUES}/SUP-1")["id"]}]
    by_query = mock.ok("GET", "/rest/api/3/search/jql", jql="key in (SUP-1, SUP-2)", fields="key,summary")
    assert {each["key"] for each in by_query["issues"]} == {"SUP-1", "SUP-2"}
    other = mock.call("POST", "/rest/api/3/search/jql", {"jql": "project = ENG", "nextPageToken": token})
    assert other.status == 400
    mock.wait(8 * 86_400)
    old = {"jql": "project = SUP ORDER BY key ASC", "nextPageToken": token}
    assert mock.call("POST", "/rest/api/3/search/jql", old).status == 400


@pytest.mark.parametrize("jql", ["", "ORDER BY updated", "project = NONE", "nonsense = 1", "status = Nowhere",
                                 "project =", "(project = SUP",
                                 "updated >= 'yesterday'"])
def test_jira_refuses_a_query_without_bound_or_sense(mock, jql):
    answer = mock.call("POST", "/rest/api/3/search/jql", {"jql": jql})
    assert answer.status == 400 and answer.json["errorMessages"]


def test_jira_old_search_is_gone(mock):
    for answer in (mock.call("GET", "/rest/api/3/search?jql=project=SUP"), mock.call("POST", "/rest/api/3/search", {})):
        assert answer.status == 410 and "/rest/api/3/search/jql" in answer.json["errorMessages"][0]


def test_jira_queries(mock):
    first = issue(mock, labels=["upload"], priority={"name": "High"}, customfield_10100="cb-7f3")["key"]
    second = issue(mock, project="ENG", kind="Bug", summary="Sync fails")["key"]
    mock.ok("POST", f"{ISSUES}/{first}/transitions", {"transition": {"id": "51"}})
    mock.ok("PUT", f"{ISSUES}/{second}/properties/casebook", {"id": "7"})
    def keys(jql):
        return {each["key"] for each in found(mock, jql, fields=["key"])["issues"]}
    assert keys("labels = upload") == keys("priority >= High") == keys("statusCategory = Done") == {first}
    assert keys('"External ID" ~ "cb-7f3"') == keys("cf[10100] ~ cb-7f3") == keys("resolution is not EMPTY") == {first}
    assert keys("project in (SUP, ENG) AND NOT status = Resolved") == {second}
    assert keys('summary ~ "sync" OR text ~ nothing') == keys("issue.property[casebook].id = 7") == {second}
    assert keys("reporter = currentUser() ORDER BY created DESC") == {first, second}
    assert keys("assignee is EMPTY AND project != ENG") == {first}


def test_jira_index_lags_behind_and_can_be_reconciled(mock):
    mock.set(indexLagSeconds=60)
    made = issue(mock)
    jql = "project = SUP AND status = Open"
    assert found(mock, jql)["issues"] == []
    assert len(found(mock, jql, reconcileIssues=[int(made["id"])])["issues"]) == 1
    mock.wait(61)
    assert len(found(mock, jql)["issues"]) == 1
    mock.ok("POST", f"{ISSUES}/{made['key']}/transitions", {"transition": {"id": "11"}})
    assert len(found(mock, jql)["issues"]) == 1
    assert mock.ok("GET", f"{ISSUES}/{made['key']}")["fields"]["status"]["name"] == "In Progress"
    mock.wait(61)
    assert found(mock, jql)["issues"] == []
    assert mock.call("POST", "/rest/api/3/search/jql", {"jql": jql, "reconcileIssues": list(range(51))}).status == 400


def test_jira_bare_dates_are_of_the_user_and_to_the_minute(mock):
    made = mock.ok("GET", f"{ISSUES}/{issue(mock)['key']}")
    utc = made["fields"]["updated"]
    minute = f"{utc[:10]} {utc[11:16]}"
    assert len(found(mock, f'project = SUP AND updated >= "{minute}"')["issues"]) == 1
    mock.set(timeZones={"casebook@example.com": "America/New_York"})
    assert found(mock, f'project = SUP AND updated >= "{minute}"')["issues"] == []
    shown = mock.ok("GET", f"{ISSUES}/SUP-1")["fields"]["updated"]
    assert shown != utc and shown[-5:] in ("-0500", "-0400")
    milliseconds = int(mock.now() * 1000)
    assert len(found(mock, f"project = SUP AND updated >= {milliseconds - 60_000}")["issues"]) == 1
    assert found(mock, f"project = SUP AND updated >= {milliseconds + 60_000}")["issues"] == []


def test_jira_limited_user(mock):
    seen, hidden = issue(mock)["key"], issue(mock, customfield_10060={"value": "Escalations"})["key"]
    answer = mock.call("PUT", f"{ISSUES}/{seen}", {"fields": {"priority": {"name": "Low"}}}, user="limited")
    assert answer.status == 400 and "priority" in answer.json["errors"]
    assert mock.call("GET", f"{ISSUES}/{hidden}", user="limited").status == 404
    page = found(mock, "project = SUP ORDER BY key DESC", user="limited", maxResults=1)
    assert page["issues"] == [] and not page["isLast"]


def test_jira_changelog(mock):
    key = issue(mock)["key"]
    mock.ok("PUT", f"{ISSUES}/{key}", {"fields": {"summary": "New"}}, user="agent")
    mock.ok("POST", f"{ISSUES}/{key}/transitions", {"transition": {"id": "11"}})
    page = mock.ok("GET", f"{ISSUES}/{key}/changelog")
    assert [item["field"] for change in page["values"] for item in change["items"]] == ["summary", "status"]
    assert page["isLast"]
    first = page["values"][0]
    assert (first["items"][0]["fromString"], first["items"][0]["toString"]) == ("Upload fails", "New")
    assert first["author"]["accountId"] == myself(mock, "agent")
    picked = mock.ok("POST", f"{ISSUES}/{key}/changelog/list", {"changelogIds": [int(first["id"])]})
    assert [change["id"] for change in picked["histories"]] == [first["id"]]
    bulk = mock.ok("POST", "/rest/api/3/changelog/bulkfetch", {"issueIdsOrKeys": [key], "maxResults": 1})
    assert len(bulk["issueChangeLogs"][0]["changeHistories"]) == 1 and bulk["nextPageToken"]
    expanded = mock.ok("GET", f"{ISSUES}/{key}?expand=changelog")["changelog"]
    assert expanded["total"] == 2 and expanded["histories"][-1]["id"] == first["id"]


def test_jira_links(mock):
    one, two = issue(mock)["key"], issue(mock, project="ENG", kind="Bug")["key"]
    body = {"type": {"name": "Blocks"}, "inwardIssue": {"key": two}, "outwardIssue": {"key": one}}
    assert mock.call("POST", "/rest/api/3/issueLink", body).status == 201
    link = mock.ok("GET", f"{ISSUES}/{two}")["fields"]["issuelinks"][0]
    assert link["outwardIssue"]["key"] == one
    assert mock.ok("GET", f"{ISSUES}/{one}")["fields"]["issuelinks"][0]["inwardIssue"]["key"] == two
    assert mock.call("DELETE", f"/rest/api/3/issueLink/{link['id']}").status == 204
    assert mock.ok("GET", f"{ISSUES}/{one}")["fields"]["issuelinks"] == []


def test_jira_remote_links_are_unique_by_global_id(mock):
    place = f"{ISSUES}/{issue(mock)['key']}/remotelink"
    body = {"globalId": "system=casebook&id=7", "object": {"url": "https://casebook.example/7", "title": "Case 7"}}
    first = mock.call("POST", place, body)
    again = mock.call("POST", place, {**body, "object": {**body["object"], "title": "New"}})
    assert (first.status, again.status, again.json["id"]) == (201, 200, first.json["id"])
    assert [link["object"]["title"] for link in mock.ok("GET", place)] == ["New"]


def test_jira_attachments_answer_200_and_need_the_header(mock):
    place = f"{ISSUES}/{issue(mock)['key']}/attachments"
    body, headers = form("file", "app.log", b"ERROR\r\nboom\n")
    answer = mock.call("POST", place, body, headers=headers)
    assert answer.status == 200 and answer.json[0]["size"] == 12
    assert mock.call("GET", answer.json[0]["content"].removeprefix(mock.url)).body == b"ERROR\r\nboom\n"
    assert mock.call("POST", place, body, headers={"Content-Type": headers["Content-Type"]}).status == 403
    assert mock.call("POST", place, form("other", "app.log", b"x")[0], headers=headers).status == 400


def test_jira_limits_tell_their_reason(mock):
    key = issue(mock)["key"]
    mock.set(rateLimits={"jira": {"issueWritesPer2Seconds": 1}})
    mock.wait(5)
    answers = [mock.call("PUT", f"{ISSUES}/{key}", {"fields": {"summary": str(number)}}) for number in range(2)]
    assert answers[1].status == 429 and answers[1].headers["ratelimit-reason"] == "jira-per-issue-on-write"
    assert int(answers[1].headers["retry-after"]) >= 1
    mock.set(rateLimits={"jira": {"issueWritesPer2Seconds": 0, "quotaPerHour": 1}})
    answers = [mock.call("GET", "/rest/api/3/myself") for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 429] and answers[1].headers["ratelimit-reason"] == "quota"
    assert answers[0].headers["x-ratelimit-limit"] == "1" and answers[0].headers["x-ratelimit-reset"].endswith("Z")
    mock.set(rateLimits={"jira": {"quotaPerHour": 0, "perSecond": 1}})
    reasons = {mock.call("GET", "/rest/api/3/myself").headers.get("ratelimit-reason") for _ in range(5)}
    assert reasons == {None, "jira-burst-based"}
