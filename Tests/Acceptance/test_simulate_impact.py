"""`casebook simulate` with a scenario of incidents: a folder that anybody can read, the same bytes for the same seed."""

import json

import pytest

USAGE = 64
SCENARIOS = [
    "shared-cluster-outage", "misconfiguration", "customised-deployment", "missing-ids", "novel-error", "storm",
    "regional-regression", "slow-ramp", "noisy-neighbour", "coincidence", "silent-sufferers", "ticket-flood", "clock-skew",
]
FILES = [
    "accounts.ndjson", "aliases.ndjson", "contacts.ndjson", "deployments.ndjson", "logs.ndjson", "organizations.ndjson",
    "releases.ndjson", "tickets.ndjson", "topology.ndjson", "truth.json",
]


def simulate(run, output, *more):
    return run("casebook", "simulate", *more, "--output", output)


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_writes_a_folder_whose_references_hold(run, tmp_path, scenario):
    desk = tmp_path / "desk"
    done = simulate(run, desk, "--scenario", scenario, "--grade", "easy", "--seed", 5)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "log records and 9 other files written to" in done.stderr
    assert sorted(path.name for path in desk.iterdir()) == FILES
    logs = records(desk / "logs.ndjson")
    accounts = {record["id"] for record in records(desk / "accounts.ndjson")}
    organizations = {record["id"] for record in records(desk / "organizations.ndjson")}
    tickets = {record["id"]: record for record in records(desk / "tickets.ndjson")}
    assert all(record["organization"] in organizations for record in records(desk / "accounts.ndjson"))
    assert all(set(record["accounts"]) <= accounts for record in records(desk / "deployments.ndjson"))
    assert all(record["account"] in accounts for record in records(desk / "aliases.ndjson"))
    assert all(record["account"] in accounts for record in records(desk / "contacts.ndjson"))
    assert all({"timeUnixNano", "severityNumber", "body", "attributes", "resource"} <= set(record) for record in logs)
    incidents = json.loads((desk / "truth.json").read_text())["incidents"]
    assert 1 <= len(incidents) <= 6
    assert sorted(incident["rank"] for incident in incidents) == list(range(1, len(incidents) + 1))
    by_impact = sorted(incidents, key=lambda incident: -incident["impact"])
    assert [incident["rank"] for incident in by_impact] == list(range(1, len(incidents) + 1))
    for incident in incidents:
        assert set(incident["accounts"]) <= accounts and incident["accounts"]
        assert set(incident["tickets"]) <= set(tickets)
        assert incident["start"] < incident["end"]
        assert incident["firstLine"] == incident["lines"][0]
        assert incident["lines"][-1] < len(logs)
        assert all(tickets[ticket]["openedAt"] > incident["start"] for ticket in incident["tickets"])


def test_the_same_seed_gives_the_same_bytes(run, tmp_path):
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        done = simulate(run, tmp_path / name, "--scenario", "clock-skew", "--grade", "hard", "--seed", seed)
        assert done.returncode == 0, done.stderr

    def contents(name):
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    assert contents("one") == contents("two")
    assert contents("one")["logs.ndjson"] != contents("three")["logs.ndjson"]


def test_hard_desks_lack_facts_and_names(run, tmp_path):
    done = simulate(run, tmp_path / "desk", "--scenario", "missing-ids", "--grade", "hard", "--seed", 2)
    assert done.returncode == 0, done.stderr
    accounts = records(tmp_path / "desk" / "accounts.ndjson")
    tickets = records(tmp_path / "desk" / "tickets.ndjson")
    assert any("organization" not in record for record in accounts)
    assert any("account" not in record for record in tickets)
    assert all("observedTimeUnixNano" in record for record in records(tmp_path / "desk" / "logs.ndjson"))


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--scenario", "storm", "--grade", "realistic"], "--grade: the scenario storm has the grades easy and hard"),
        (["--scenario", "desk", "--grade", "hard"], "--grade: the scenario desk has the grades easy and realistic"),
        (["--scenario", "storm", "--tickets", "9"], "--tickets belongs to the scenarios desk and knowledge"),
        (["--scenario", "flood"], "is none of desk, knowledge, shared-cluster-outage,"),
    ],
)
def test_what_does_not_go_together_is_a_usage_error(run, tmp_path, arguments, message):
    done = simulate(run, tmp_path / "desk", *arguments)
    assert done.returncode == USAGE
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []
