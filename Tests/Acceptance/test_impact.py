"""`casebook impact` and `evaluate impact`: incidents of a folder that anybody can write, with the accounts that they hurt and why."""

import json
import random

import pytest

START = 1_767_571_200  # Monday 2026-01-05T00:00:00Z


def write(folder, name, records):
    (folder / name).write_text("".join(json.dumps(record) + "\n" for record in records))


def line(hour, body, severity=9, account=None, host=None, **more):
    record = {
        "timeUnixNano": str(int((START + hour * 3600) * 1e9)), "severityNumber": severity, "body": body,
        "attributes": dict(more), "resource": {"service.name": "checkout", "host.name": host} if host else {}}
    if account:
        record["attributes"]["client_ref"] = account
    return record


@pytest.fixture(scope="module")
def outage(tmp_path_factory):
    """Three days of 24 accounts on two clusters; from hour 50 to 52 one cluster fails, and half the lines say for whom."""
    folder = tmp_path_factory.mktemp("impact") / "desk"
    folder.mkdir()
    generator = random.Random(5)
    accounts = [f"kundennummer-{number * 17 + 1000}" for number in range(24)]
    clusters = {"north": accounts[:12], "south": accounts[12:]}
    hosts = {account: f"{name}-node-1" for name, members in clusters.items() for account in members}
    lines = []
    for _ in range(14_000):
        account = generator.choice(accounts)
        lines.append(line(generator.uniform(0, 72), f"order {generator.randrange(9_999)} accepted", account=account, host=hosts[account]))
    for _ in range(60):
        account = generator.choice(accounts)
        lines.append(line(generator.uniform(0, 72), "coupon expired", 13, account=account, host=hosts[account]))
    first = None
    for number in range(360):
        account = generator.choice(clusters["north"])
        lines.append(line(
            50 + number / 180, f"no connection to ledger after {generator.randrange(9_999)} ms", 17,
            account=account if generator.random() < 0.5 else None, host="north-node-1", call=f"c{number:06}x"))
    lines.sort(key=lambda record: int(record["timeUnixNano"]))
    failing = [index for index, record in enumerate(lines) if "ledger" in record["body"]]
    write(folder, "logs.ndjson", lines)
    write(folder, "accounts.ndjson", [{"id": account, "annualValue": 1_000} for account in accounts])
    write(folder, "deployments.ndjson", [
        {"id": name, "hosts": [f"{name}-node-1"], "accounts": members} for name, members in clusters.items()])
    write(folder, "tickets.ndjson", [
        {"id": "T1", "openedAt": "2026-01-07T03:10:00Z", "account": accounts[3], "subject": "no connection to ledger"},
        {"id": "T2", "openedAt": "2026-01-07T03:20:00Z", "account": accounts[20], "subject": "new invoice address"}])
    (folder / "truth.json").write_text(json.dumps({"incidents": [{
        "id": "I1", "start": "2026-01-07T02:00:00Z", "end": "2026-01-07T04:00:00Z", "rank": 1,
        "accounts": clusters["north"], "tickets": ["T1"], "firstLine": failing[0]}]}))
    return folder, clusters, failing


def impact(run, folder, *more):
    done = run("casebook", "impact", "--desk", folder, "--json", *more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_outage_is_told_with_its_accounts_its_lines_and_who_has_not_written(run, outage):
    """A1, A2, A3, G1, H3"""
    folder, clusters, failing = outage
    (incident,) = impact(run, folder)["incidents"]
    hurt = {account["account"] for account in incident["accounts"] if account["probability"] >= 0.5}
    assert hurt == set(clusters["north"])
    assert set(incident["lines"]) == set(failing)
    assert incident["deployments"] == ["north"]
    assert incident["start"] < incident["detectedAt"] < incident["end"]
    assert incident["tickets"] == ["T1"] and incident["leadSeconds"] > 0
    assert {silent["account"] for silent in incident["silent"]} == hurt - {clusters["north"][3]}
    for silent in incident["silent"]:
        others = set(clusters["north"] + clusters["south"]) - {silent["account"]}
        assert not any(other in silent["notice"] for other in others)
    for account in incident["accounts"]:
        assert account["explanation"].endswith(".") and 0 <= account["probability"] <= 1


def test_the_same_desk_gives_the_same_bytes(run, outage):
    assert impact(run, outage[0]) == impact(run, outage[0])


def test_text_says_what_json_says(run, outage):
    done = run("casebook", "impact", "--desk", outage[0])
    assert done.returncode == 0
    assert "12 accounts hurt" in done.stdout and "11 have not written" in done.stdout


def test_the_measures_of_a_desk_made_by_hand(run, outage):
    """J2, J4"""
    done = run("evaluate", "impact", "--dataset", outage[0], "--json")
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert measured["precision"] == measured["recall"] == 1
    assert measured["falseIncidentsPerWeek"] == 0
    assert measured["detectedBeforeFirstTicket"] == 1
    assert {"calibrationError", "incidentPairF1", "severityNdcgAt10"} <= set(measured)


def test_rivals_are_measured_on_the_same_desk(run, outage):
    def recall(method):
        done = run("evaluate", "impact", "--dataset", outage[0], "--method", method, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert recall("exact-id")["recall"] <= 1
    assert recall("co-occurrence")["precision"] <= 1


def test_logs_alone_are_enough(run, outage, tmp_path):
    """H3: nothing is known of customers."""
    folder = tmp_path / "logs-only"
    folder.mkdir()
    (folder / "logs.ndjson").write_bytes((outage[0] / "logs.ndjson").read_bytes())
    (incident,) = impact(run, folder)["incidents"]
    assert incident["accounts"] == []
    assert set(incident["lines"]) == set(outage[2])


@pytest.mark.parametrize(("files", "code", "says"), [
    ({}, 66, "logs.ndjson: no such file"),
    ({"logs.ndjson": "", "accounts.ndjson": '{"name": "x"}\n'}, 65, 'accounts.ndjson:1: field "id": a value is needed here'),
    ({"logs.ndjson": "", "accounts.ndjson": '{"id": "a", "annualValue": "much"}\n'}, 65, 'field "annualValue"'),
    ({"logs.ndjson": "", "tickets.ndjson": '{"id": "t", "openedAt": "soon"}\n'}, 65, 'tickets.ndjson:1: field "openedAt"'),
    ({"logs.ndjson": "", "deployments.ndjson": '{"id": "d", "hosts": [{}]}\n'}, 65, 'field "hosts"'),
    ({"logs.ndjson": "", "accounts.csv": "id,name\na\n"}, 65, "1 fields where the header has 2"),
])
def test_a_wrong_file_is_an_error_that_says_where(run, tmp_path, files, code, says):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    done = run("casebook", "impact", "--desk", tmp_path, "--json")
    assert done.returncode == code
    assert says in done.stderr
    assert done.stdout == ""


def test_a_wrong_row_may_be_passed_over(run, tmp_path):
    (tmp_path / "logs.ndjson").write_text("")
    (tmp_path / "accounts.ndjson").write_text('{"id": "a"}\nnothing\n')
    done = run("casebook", "impact", "--desk", tmp_path, "--json", "--keep-going")
    assert done.returncode == 0
    assert "accounts.ndjson:2:" in done.stderr
    assert json.loads(done.stdout)["incidents"] == []


def test_an_unknown_method_is_a_usage_error(run, outage):
    assert run("evaluate", "impact", "--dataset", outage[0], "--method", "guess").returncode == 64
    assert run("evaluate", "impact", "--grade", "medium").returncode == 64


def test_a_line_of_long_before_is_left_out_and_counted(run, outage, tmp_path):
    folder = tmp_path / "stray"
    folder.mkdir()
    for name in ["accounts.ndjson", "deployments.ndjson", "tickets.ndjson"]:
        (folder / name).write_bytes((outage[0] / name).read_bytes())
    lines = [json.loads(text) for text in (outage[0] / "logs.ndjson").read_text().splitlines()]
    write(folder, "logs.ndjson", lines[:500] + [line(-24 * 30, "order 1 accepted", host="north-node-1")] + lines[500:])
    done = run("casebook", "impact", "--desk", folder, "--json")
    assert "1 lines are of times far from all others" in done.stderr
    (incident,) = json.loads(done.stdout)["incidents"]
    assert {account["account"] for account in incident["accounts"] if account["probability"] >= 0.5} == set(outage[1]["north"])
    assert len(incident["lines"]) == len(outage[2])


def test_lines_that_are_wrong_are_told_by_kind_and_number(run, outage, tmp_path):
    folder = tmp_path / "faults"
    folder.mkdir()
    for name in ["accounts.ndjson", "deployments.ndjson", "tickets.ndjson"]:
        (folder / name).write_bytes((outage[0] / name).read_bytes())
    lines = (outage[0] / "logs.ndjson").read_text().splitlines()
    lines[4:4] = ["not json", json.dumps({"timeUnixNano": "abc", "body": "order 1 accepted"})]
    (folder / "logs.ndjson").write_text("\n".join(lines))
    for command in ["impact", "trends", "warnings"]:
        done = run("casebook", command, "--desk", folder, "--json")
        assert done.returncode == 0, done.stderr
        assert f"casebook {command}: {folder}/logs.ndjson: notThisFormat 1, first in lines 5\n" in done.stderr
        assert f"casebook {command}: {folder}/logs.ndjson: badTime 1, first in lines 6\n" in done.stderr


def test_a_desk_without_customers_says_what_is_missing(run, outage, tmp_path):
    folder = tmp_path / "nobody"
    folder.mkdir()
    (folder / "logs.ndjson").write_bytes((outage[0] / "logs.ndjson").read_bytes())
    for command in ["impact", "warnings"]:
        done = run("casebook", command, "--desk", folder, "--json")
        assert done.returncode == 0, done.stderr
        assert f"casebook {command}: no customer is known" in done.stderr and "accounts" in done.stderr
        assert "no customer is known" not in run("casebook", command, "--desk", outage[0], "--json").stderr


def test_accounts_with_semicolons_are_accounts(run, outage, tmp_path):
    folder = tmp_path / "semicolons"
    folder.mkdir()
    for name in ["logs.ndjson", "deployments.ndjson", "tickets.ndjson"]:
        (folder / name).write_bytes((outage[0] / name).read_bytes())
    accounts = [json.loads(text)["id"] for text in (outage[0] / "accounts.ndjson").read_text().splitlines()]
    (folder / "accounts.csv").write_text("id;annualValue\r\n" + "".join(f"{account};1000\r\n" for account in accounts))
    assert impact(run, folder)["incidents"] == impact(run, outage[0])["incidents"]


def test_what_a_short_log_cannot_tell_is_said(run, tmp_path):
    write(tmp_path, "logs.ndjson", [line(minute / 60, "order 1 accepted", host="node-1") for minute in range(60)])
    done = run("casebook", "impact", "--desk", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("From 2026-01-05T00:00:00Z to 2026-01-05T00:59:00Z no incident can be told: ")
    assert done.stdout.endswith("No incidents.\n")
    assert impact(run, tmp_path)["untold"] == {"from": "2026-01-05T00:00:00Z", "to": "2026-01-05T00:59:00Z"}


def test_of_a_long_log_all_is_told(run, outage):
    assert impact(run, outage[0])["untold"] is None
