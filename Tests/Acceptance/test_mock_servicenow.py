"""J5: the mock ServiceNow behaves as its Table API does, oddities included."""

import time

import pytest
from mock_tickets import INCIDENTS, incident, rows


def test_servicenow_values_are_strings_and_references_objects(mock):
    answer = mock.call("POST", INCIDENTS, {"short_description": "Upload fails", "urgency": 2, "impact": "1",
                                           "correlation_id": "cb-1"})
    row = answer.json["result"]
    assert answer.status == 201 and answer.headers["location"].endswith(row["sys_id"])
    assert all(isinstance(value, str) for name, value in row.items() if name not in ("caller_id", "opened_by"))
    assert (row["urgency"], row["priority"], row["sys_mod_count"], row["state"]) == ("2", "2", "0", "1")
    assert row["caller_id"]["link"].endswith("/sys_user/" + row["caller_id"]["value"])
    plain = rows(mock, "correlation_id=cb-1", sysparm_exclude_reference_link="true",
                 sysparm_fields="caller_id,caller_id.email")
    assert plain == [{"caller_id": row["caller_id"]["value"], "caller_id.email": "casebook@example.com"}]


def test_servicenow_queries(mock):
    for number in range(4):
        incident(mock, short_description=f"Upload {number}", urgency=str(number % 3 + 1), correlation_id=f"c{number}")
    def ids(query):
        return [row["correlation_id"] for row in rows(mock, query)]
    assert ids("correlation_id=c1") == ["c1"]
    assert ids("correlation_id=c1^ORcorrelation_id=c2^urgency=3") == ["c2"]
    assert ids("correlation_id=c1^NQcorrelation_id=c3^ORDERBYDESCcorrelation_id") == ["c3", "c1"]
    assert ids("short_descriptionLIKEload 2") == ["c2"] and ids("short_descriptionSTARTSWITHLoad") == []
    assert ids("short_descriptionENDSWITH 3") == ["c3"] and ids("correlation_idINc0,c3") == ["c0", "c3"]
    assert ids("urgency!=1^correlation_idISNOTEMPTY") == ["c1", "c2"]
    assert ids("caller_id.email=casebook@example.com^urgency=2") == ["c1"]
    assert ids("ORDERBYDESCurgency^ORDERBYcorrelation_id") == ["c2", "c1", "c0", "c3"]


def test_servicenow_passes_over_what_is_not_valid_and_gives_more_rows(mock):
    incident(mock, correlation_id="a")
    incident(mock, correlation_id="b")
    for query in ("correlation=a", "correlation_id~a", "nonsense", "sys_updated_on>=2026-11-22T10:00:00Z"):
        assert len(rows(mock, query)) == 2, query
        assert len(rows(mock, f"correlation_id=a^{query}")) == 1
    mock.set(invalidQueryReturnsNoRows=True)
    assert rows(mock, "correlation=a") == [] and len(rows(mock, "correlation_id=a")) == 1


def test_servicenow_pages_are_cut_before_access_rules(mock):
    group = mock.ok("GET", "/api/now/table/sys_user_group?name=Escalations")["result"][0]["sys_id"]
    for number in range(5):
        incident(mock, correlation_id=f"c{number}", assignment_group=group if number in (0, 1) else "")
    answer = mock.call("GET", INCIDENTS, user="limited", sysparm_query="ORDERBYcorrelation_id", sysparm_limit=2)
    assert answer.json["result"] == [] and answer.headers["x-total-count"] == "5"
    links = dict(reversed(part.split(";rel=")) for part in answer.headers["link"].split(","))
    assert links['"prev"'].strip("<>").endswith("sysparm_offset=-2")
    assert links['"last"'].strip("<>").endswith("sysparm_offset=4")
    follow = links['"next"'].strip("<>").removeprefix(mock.url)
    assert [row["correlation_id"] for row in mock.ok("GET", follow, user="limited")["result"]] == ["c2", "c3"]
    bare = mock.call("GET", INCIDENTS, sysparm_no_count="true", sysparm_suppress_pagination_header="true")
    assert "x-total-count" not in bare.headers and "link" not in bare.headers


def test_servicenow_limited_user(mock):
    group = mock.ok("GET", "/api/now/table/sys_user_group?name=Escalations")["result"][0]["sys_id"]
    seen, hidden = incident(mock), incident(mock, assignment_group=group)
    answer = mock.call("GET", f"{INCIDENTS}/{hidden['sys_id']}", user="limited")
    missing = mock.call("GET", f"{INCIDENTS}/{'0' * 32}")
    assert (answer.status, answer.json) == (missing.status, missing.json)
    assert answer.json["error"]["detail"] == "Record doesn't exist or ACL restricts the record retrieval"
    changed = mock.ok("PATCH", f"{INCIDENTS}/{seen['sys_id']}", {"priority": "1", "short_description": "New"},
                      user="limited")["result"]
    assert (changed["priority"], changed["short_description"]) == (seen["priority"], "New")


def test_servicenow_nothing_found_is_404_in_the_first_version_only(mock):
    query = "?sysparm_query=correlation_id=none"
    assert mock.call("GET", f"/api/now/v1/table/incident{query}").status == 404
    for place in ("/api/now/v2/table/incident", INCIDENTS):
        assert mock.ok("GET", place + query) == {"result": []}


def test_servicenow_journals_read_back_empty(mock):
    made = incident(mock)
    place = f"{INCIDENTS}/{made['sys_id']}"
    mock.ok("PATCH", place, {"comments": "for the customer"})
    row = mock.ok("PUT", place, {"work_notes": "for us", "state": "2"}, user="agent")["result"]
    assert (row["comments"], row["work_notes"], row["sys_mod_count"], row["state"]) == ("", "", "2", "2")
    entries = mock.ok("GET", "/api/now/table/sys_journal_field", sysparm_query=f"element_id={made['sys_id']}")["result"]
    assert [(entry["element"], entry["value"], entry["sys_created_by"]) for entry in entries] == [
        ("comments", "for the customer", "casebook@example.com"), ("work_notes", "for us", "agent@example.com")]
    shown = mock.ok("GET", place, sysparm_display_value="true")["result"]
    assert shown["state"] == "In Progress" and "for us" in shown["work_notes"]


def test_servicenow_changes_are_found_by_time_and_counted(mock):
    made = incident(mock)
    mock.wait(10)
    later = incident(mock)
    since = later["sys_updated_on"]
    changed = rows(mock, f"sys_updated_on>={since}^ORDERBYsys_updated_on^ORDERBYsys_id")
    assert [row["sys_id"] for row in changed] == [later["sys_id"]]
    date, clock = since.split()
    generated = f"sys_updated_on>=javascript:gs.dateGenerate('{date}','{clock}')"
    assert len(rows(mock, generated)) == 1
    mock.wait(10)
    mock.ok("PATCH", f"{INCIDENTS}/{made['sys_id']}", {"urgency": "1"})
    moved = rows(mock, f"sys_updated_on>={since}^ORDERBYsys_updated_on")
    assert [row["sys_id"] for row in moved] == [later["sys_id"], made["sys_id"]]
    same = mock.ok("PATCH", f"{INCIDENTS}/{made['sys_id']}", {"urgency": "1"})["result"]
    assert same["sys_mod_count"] == "1"


def test_servicenow_tells_its_states_and_keeps_any(mock):
    choices = mock.ok("GET", "/api/now/table/sys_choice",
                      sysparm_query="name=incident^element=state^ORDERBYsequence")["result"]
    assert {row["value"]: row["label"] for row in choices} == {
        "1": "New", "2": "In Progress", "3": "On Hold", "6": "Resolved", "7": "Closed", "8": "Canceled"}
    made = incident(mock)
    assert mock.ok("PATCH", f"{INCIDENTS}/{made['sys_id']}",
                   {"state": "99", "no_such_column": "x"})["result"]["state"] == "99"


def test_servicenow_history_of_fields(mock):
    made = incident(mock)
    mock.ok("PATCH", f"{INCIDENTS}/{made['sys_id']}", {"state": "2"}, user="agent")
    history = mock.ok("GET", "/api/now/table/sys_audit",
                      sysparm_query=f"documentkey={made['sys_id']}^fieldname=state")["result"]
    assert [(row["oldvalue"], row["newvalue"], row["user"]) for row in history] == [("1", "2", "agent@example.com")]


def test_servicenow_deleted_rows_are_gone(mock):
    made = incident(mock)
    place = f"{INCIDENTS}/{made['sys_id']}"
    assert mock.call("DELETE", place).status == 204 and mock.call("GET", place).status == 404
    assert rows(mock, "") == []
    told = mock.ok("GET", "/api/now/table/sys_audit_delete", sysparm_query="tablename=incident")["result"]
    assert [row["documentkey"] for row in told] == [made["sys_id"]]
    assert mock.state("servicenow")["tickets"][0]["deleted"] is True


def test_servicenow_a_script_changes_without_moving_the_time(mock):
    made = incident(mock)
    mock.wait(100)
    mock.control("POST", "automation", {"system": "servicenow", "ticket": made["sys_id"], "fields": {"state": "7"}})
    now = mock.ok("GET", f"{INCIDENTS}/{made['sys_id']}")["result"]
    assert (now["state"], now["sys_updated_on"], now["sys_mod_count"]) == ("7", made["sys_updated_on"], "0")


def test_servicenow_display_values_are_in_the_zone_of_the_user(mock):
    made = incident(mock)
    mock.set(timeZones={"casebook@example.com": "Asia/Kolkata"})
    value = mock.ok("GET", f"{INCIDENTS}/{made['sys_id']}", sysparm_display_value="all")["result"]["sys_created_on"]
    assert value["value"] == made["sys_created_on"]
    form = "%Y-%m-%d %H:%M:%S"
    ahead = time.mktime(time.strptime(value["display_value"], form)) - time.mktime(time.strptime(value["value"], form))
    assert ahead == 5.5 * 3600


def test_servicenow_attachments(mock):
    made = incident(mock)
    target = f"/api/now/attachment/file?table_name=incident&table_sys_id={made['sys_id']}&file_name=app.log"
    kept = mock.ok("POST", target, b"ERROR\n", headers={"Content-Type": "text/plain"})["result"]
    assert (kept["size_bytes"], kept["content_type"]) == ("6", "text/plain")
    answer = mock.call("GET", f"/api/now/attachment/{kept['sys_id']}/file")
    assert answer.body == b"ERROR\n" and answer.headers["content-type"] == "text/plain"
    listed = mock.ok("GET", "/api/now/attachment", sysparm_query=f"table_sys_id={made['sys_id']}")["result"]
    assert [row["sys_id"] for row in listed] == [kept["sys_id"]]
    assert mock.call("POST", target.replace("file_name=app.log", ""), b"x").status == 400


def test_servicenow_limit_counts_late(mock):
    """Counts are stored every 30 s, so that more than the limit may come through before."""
    mock.set(rateLimits={"servicenow": {"perHour": 2}})
    hour = 3600 - mock.now() % 3600
    mock.wait(hour + 1)
    assert [mock.call("GET", INCIDENTS).status for _ in range(4)] == [200] * 4
    mock.wait(31)
    answer = mock.call("GET", INCIDENTS)
    assert answer.status == 429 and answer.json["error"]["message"] == "Rate limit exceeded"
    assert answer.json["status"] == "failure"
    assert answer.headers["x-ratelimit-limit"] == "2" and answer.headers["x-ratelimit-rule"]
    reset = int(answer.headers["x-ratelimit-reset"])
    assert abs(reset - mock.now() - int(answer.headers["retry-after"])) <= 2 and reset % 3600 == 0


@pytest.mark.parametrize("headers, status", [({"Accept": "text/csv"}, 406), ({"Content-Type": "text/plain"}, 415)])
def test_servicenow_refuses_other_formats(mock, headers, status):
    assert mock.call("POST", INCIDENTS, b"{}", headers=headers).status == status


def test_servicenow_knowledge_flow(mock):
    place = "/api/now/table/kb_knowledge"
    made = mock.ok("POST", place, {"short_description": "Uploads", "text": "<p>Cause</p>"})["result"]
    assert made["workflow_state"] == "draft" and made["number"].startswith("KB")
    mock.set(knowledgeApproval=True)
    held = mock.ok("PATCH", f"{place}/{made['sys_id']}", {"workflow_state": "published"})["result"]
    assert held["workflow_state"] == "review"
    mock.set(knowledgeApproval=False, knowledgeVersioning=True)
    assert mock.ok("PATCH", f"{place}/{made['sys_id']}",
                   {"workflow_state": "published"})["result"]["workflow_state"] == "published"
    version = mock.ok("PATCH", f"{place}/{made['sys_id']}", {"text": "<p>New</p>"})["result"]
    assert version["sys_id"] != made["sys_id"] and version["number"] == made["number"]
    assert version["workflow_state"] == "draft"
    assert mock.ok("GET", f"{place}/{made['sys_id']}")["result"]["text"] == "<p>Cause</p>"
    mock.ok("PATCH", f"{place}/{version['sys_id']}", {"workflow_state": "published"})
    assert mock.ok("GET", f"{place}/{made['sys_id']}")["result"]["workflow_state"] == "outdated"
