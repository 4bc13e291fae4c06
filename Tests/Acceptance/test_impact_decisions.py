"""What people say of links: kept in the store with the incidents and their history, and learnt from."""

import json
import sqlite3

import pytest
from test_impact import impact, outage, write  # noqa: F401

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def tenant(tmp_path, outage):  # noqa: F811
    key = tmp_path / "key"
    key.write_text(KEY)
    return outage[0], tmp_path / "store.db", key


def decide(tmp_path, *rows):
    path = tmp_path / "said.ndjson"
    write(tmp_path, "said.ndjson", [{"incident": i, "account": a, "hurt": hurt} for i, a, hurt in rows])
    return path


def probabilities(answer):
    return {account["account"]: account["probability"] for account in answer["incidents"][0]["accounts"]}


def test_a_link_that_a_person_confirms_is_sure_and_one_that_is_rejected_is_none(run, tmp_path, outage):  # noqa: F811
    folder, clusters, _ = outage
    before = impact(run, folder)
    incident = before["incidents"][0]["id"]
    said = decide(tmp_path, (incident, clusters["north"][0], False), (incident, clusters["south"][0], True))
    after = probabilities(impact(run, folder, "--decisions", said))
    assert clusters["north"][0] not in after and after[clusters["south"][0]] == 1
    assert set(after) >= set(clusters["north"][1:])
    confirmed = [a for a in impact(run, folder, "--decisions", said)["incidents"][0]["accounts"] if a["account"] == clusters["south"][0]]
    assert [item["kind"] for item in confirmed[0]["evidence"]] == ["person"]


def test_what_people_reject_makes_the_same_evidence_count_for_less(run, tmp_path, outage):  # noqa: F811
    folder, clusters, _ = outage
    before = impact(run, folder)
    incident = before["incidents"][0]["id"]
    said = decide(tmp_path, *[(incident, account, False) for account in clusters["north"][:8]])
    after = probabilities(impact(run, folder, "--decisions", said))
    first = probabilities(before)
    assert all(after.get(account, 0) < first[account] for account in clusters["north"][8:])


def test_a_decision_that_fits_nothing_is_said(run, tmp_path, outage):  # noqa: F811
    folder, clusters, _ = outage
    incident = impact(run, folder)["incidents"][0]["id"]
    said = decide(tmp_path, ("1-1", clusters["north"][0], False), (incident, "nobody", True), (incident, clusters["south"][0], True))
    result = run("casebook", "impact", "--desk", folder, "--decisions", said)
    assert result.returncode == 0
    assert f"2 of 3 decisions are of an incident or account that is not known, and change nothing: {clusters['north'][0]} in 1-1, nobody in {incident}" in result.stderr


def test_a_store_keeps_incidents_their_history_and_what_was_said(run, tenant):
    folder, store, key = tenant
    keep = ("--store", store, "--key-file", key)
    incident = impact(run, folder, *keep)["incidents"][0]
    rejected = incident["accounts"][0]["account"]
    said = decide(store.parent, (incident["id"], rejected, False))
    impact(run, folder, *keep, "--decisions", said)
    assert rejected not in probabilities(impact(run, folder, *keep))
    database = sqlite3.connect(store)
    assert database.execute("SELECT id, priority FROM incident").fetchall() == [(incident["id"], incident["priority"])]
    kinds = [kind for (kind,) in database.execute("SELECT kind FROM incidentEvent ORDER BY place")]
    assert kinds[:2] == ["opened", "closed"] and set(kinds[2:]) <= {"extended"}
    assert database.execute("SELECT account, isConfirmed FROM linkDecision").fetchall() == [(rejected, 0)]
    database.close()
    check = run("casebook", "check", "--store", store, "--key-file", key, "--json")
    assert check.returncode == 0 and json.loads(check.stdout)["problems"] == []


@pytest.mark.parametrize("text, complaint", [
    ('{"incident":"x","account":"a"}', 'said.ndjson:1: field "hurt": a value is needed here'),
    ('{"incident":"x","account":"a","hurt":3}', '"3" is neither 1 nor 0'),
    ('{"account":"a","hurt":true}', 'said.ndjson:1: field "incident"'), ("[]", "said.ndjson:1"),
])
def test_a_bad_decision_is_named_and_nothing_is_kept(run, tenant, text, complaint):
    folder, store, key = tenant
    said = store.parent / "said.ndjson"
    said.write_text(text + "\n")
    done = run("casebook", "impact", "--desk", folder, "--store", store, "--key-file", key, "--decisions", said)
    assert done.returncode == 65 and complaint in done.stderr
    if store.exists():
        database = sqlite3.connect(store)
        assert database.execute("SELECT count(*) FROM incident").fetchone() == (0,)
        database.close()


def test_a_decision_of_an_incident_that_nobody_knows_is_an_error(run, tenant):
    folder, store, key = tenant
    said = decide(store.parent, ("nothing", "a", True))
    done = run("casebook", "impact", "--desk", folder, "--store", store, "--key-file", key, "--decisions", said)
    assert done.returncode == 66 and 'no incident "nothing"' in done.stderr
