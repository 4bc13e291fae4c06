"""`casebook simulate --scenario knowledge`: a desk whose problems recur, with a truth that agrees with its files."""

import json

import pytest

USAGE = 64
FILES = [
    "accounts.ndjson", "agents.ndjson", "aliases.ndjson", "article-uses.ndjson", "contacts.ndjson", "deployments.ndjson",
    "interactions.ndjson", "organizations.ndjson", "published.ndjson", "releases.ndjson", "tickets.ndjson", "truth.json",
]
KINDS = {"viewed", "linked", "solved", "unsolved"}


def simulate(run, output, *more):
    return run("casebook", "simulate", "--scenario", "knowledge", *more, "--output", output)


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


@pytest.mark.parametrize("grade", ["easy", "hard"])
def test_the_truth_agrees_with_the_files(run, tmp_path, grade):
    desk = tmp_path / "desk"
    done = simulate(run, desk, "--grade", grade, "--seed", 3, "--tickets", 1500)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "1500 tickets and 11 other files written to" in done.stderr
    assert sorted(path.name for path in desk.iterdir()) == FILES

    tickets = records(desk / "tickets.ndjson")
    ids = {ticket["id"] for ticket in tickets}
    assert len(tickets) == len(ids) == 1500
    assert [ticket["openedAt"] for ticket in tickets] == sorted(ticket["openedAt"] for ticket in tickets)
    assert all(ticket["resolvedAt"] > ticket["openedAt"] for ticket in tickets if "resolvedAt" in ticket)
    accounts = {account["id"] for account in records(desk / "accounts.ndjson")}
    contacts = {contact["id"] for contact in records(desk / "contacts.ndjson")}
    agents = {agent["id"]: agent for agent in records(desk / "agents.ndjson")}
    assert all(set(agent) == {"id", "group", "since", "until"} for agent in agents.values())
    assert all(ticket["account"] in accounts for ticket in tickets)
    assert all(ticket["contact"] in contacts for ticket in tickets if "contact" in ticket)
    assert all(agents[ticket["assignee"]]["group"] == ticket["group"] for ticket in tickets)
    assert {ticket["duplicateOf"] for ticket in tickets if "duplicateOf" in ticket} <= ids

    messages = records(desk / "interactions.ndjson")
    assert {message["ticket"] for message in messages} <= ids
    assert {message["side"] for message in messages} == {"customer", "agent", "system"}
    assert {message["public"] for message in messages} == {True, False}
    published = {article["id"]: article for article in records(desk / "published.ndjson")}
    uses = records(desk / "article-uses.ndjson")
    assert {use["kind"] for use in uses} == KINDS
    assert all(use["time"] >= published[use["article"]]["publishedAt"] for use in uses)
    assert all(use["ticket"] is None or use["ticket"] in ids for use in uses)

    truth = json.loads((desk / "truth.json").read_text(encoding="utf-8"))
    problem_of = {ticket: problem["id"] for problem in truth["problems"] for ticket in problem["tickets"]}
    solutions = {solution["id"] for solution in truth["solutions"]}
    assert set(problem_of) <= ids
    assert sum(len(problem["tickets"]) for problem in truth["problems"]) == len(problem_of)
    for name in ("ticketSolutions", "attempts", "wrongSolutions"):
        assert set(truth[name]) <= set(problem_of)
        assert set(truth[name].values()) <= solutions
    assert set(truth["answers"]) == {ticket["id"] for ticket in tickets if "resolvedAt" in ticket} - set(problem_of)
    assert (len(truth["wrongSolutions"]) > 50) == (grade == "hard")
    assert [article["id"] for article in truth["articles"]] == list(published)
    for article in truth["articles"]:
        assert article["effect"] in (0, 0.15, 0.3, 0.5, 0.7)
        assert {problem_of[ticket] for ticket in published[article["id"]]["tickets"]} == {article["problem"]}
    texts = "\n".join(
        [ticket[name] for ticket in tickets for name in ("subject", "body", "resolution")]
        + [message["text"] for message in messages])
    assert len(truth["canaries"]) == len(set(truth["canaries"])) > 1000
    assert [canary for canary in truth["canaries"] if canary not in texts] == []


def test_the_same_seed_gives_the_same_bytes(run, tmp_path):
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        done = simulate(run, tmp_path / name, "--tickets", 300, "--seed", seed)
        assert done.returncode == 0, done.stderr

    def contents(name):
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    assert contents("one") == contents("two")
    assert contents("one")["tickets.ndjson"] != contents("three")["tickets.ndjson"]


def test_the_help_names_the_scenario(run):
    done = run("casebook", "simulate", "--help")
    assert done.returncode == 0
    assert "The scenario knowledge is about problems that recur" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--tickets", "99"], "must lie between 100 and 1000000, not 99"),
        (["--tickets", "1000001"], "must lie between 100 and 1000000"),
        (["--grade", "realistic"], "--grade: the scenario knowledge has the grades easy and hard"),
        (["--seed", "-1"], "--seed"),
    ],
)
def test_bad_options_are_usage_errors(run, tmp_path, arguments, message):
    done = simulate(run, tmp_path / "desk", *arguments)
    assert done.returncode == USAGE
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []
