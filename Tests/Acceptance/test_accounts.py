"""`casebook accounts`: the accounts of a desk in JSON lines or CSV, what is doubtful in them, and which lines name them."""

import json

import pytest

BAD_DATA, NO_INPUT = 65, 66

ORGANIZATIONS = [{"id": "O1", "name": "Acme", "annualValue": 1200}]
ACCOUNTS = [
    {"id": "acme-1", "organization": "O1", "name": "Acme Retail", "tier": "gold", "annualValue": "900", "slaHours": 4},
    {"id": "bolt-2", "name": "Bolt"},
]
DEPLOYMENTS = [{"id": "cell-1", "hosts": ["web-1"], "accounts": ["acme-1", "lost-3"], "customised": 0}]
ALIASES = [{"account": "acme-1", "kind": "workspace", "value": "shared space"},
           {"account": "bolt-2", "kind": "workspace", "value": "shared-space"}]
TOPOLOGY = [{"from": "api", "to": "db"}, {"from": "db", "to": "api"}]
LOGS = [{"timeUnixNano": "1767571200000000000", "severityNumber": 17, "body": body, "attributes": attributes}
        for body, attributes in [("request of acme-1 failed", {}), ("idle", {"tenant": "ACME_1"}), ("idle", {}),
                                 ("bolt-2 left", {"took_ms": 2})]]


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        (folder / f"{name}.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


@pytest.fixture
def desk(tmp_path):
    return write(tmp_path / "desk", organizations=ORGANIZATIONS, accounts=ACCOUNTS, deployments=DEPLOYMENTS, aliases=ALIASES,
                 topology=TOPOLOGY, logs=LOGS)


def report(run, desk, *more):
    done = run("casebook", "accounts", "--desk", desk, "--json", *more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_accounts_are_listed_with_what_is_known_of_them(run, desk):
    accounts = report(run, desk)["accounts"]
    assert accounts[0] == {
        "account": "acme-1", "name": "Acme Retail", "organization": "O1", "organizationName": "Acme", "tier": "gold",
        "annualValue": 900, "slaHours": 4, "deployments": ["cell-1"], "identifiers": 3}
    assert [account["account"] for account in accounts] == ["acme-1", "bolt-2", "lost-3"]
    assert accounts[1]["tier"] is None and accounts[1]["annualValue"] is None


def test_what_is_doubtful_is_said_and_is_no_error(run, desk):
    (desk / "accounts.csv").write_text("id,tier\nacme-1,silver\n")
    problems = report(run, desk)["problems"]
    [conflict] = problems["conflicts"]
    assert "acme-1, tier: silver" in conflict and "not gold" in conflict and "accounts.ndjson" in conflict
    assert problems["sharedNames"] == ["shared space: acme-1, bolt-2"]
    assert problems["cycles"] == ["api -> db"]
    assert problems["withoutOrganization"] == ["bolt-2", "lost-3"]
    assert problems["unknownAccounts"] == ["lost-3"]
    assert problems["withoutDeployment"] == ["bolt-2"]


def test_the_text_says_the_same(run, desk):
    done = run("casebook", "accounts", "--desk", desk, "--lines")
    assert done.returncode == 0
    assert "acme-1\tAcme\tgold\t900.0\tcell-1\t3\t2" in done.stdout
    assert "circles in the topology" in done.stdout and "names that several accounts claim" in done.stdout


def test_lines_that_name_an_account_are_counted(run, desk):
    assert [account["lines"] for account in report(run, desk, "--lines")["accounts"]] == [2, 1, 0]


def test_what_is_usual_of_an_account_is_told(run, tmp_path):
    """A5"""
    monday = 1_767_571_200
    logs = [{"timeUnixNano": str((monday + 86_400 * day + 3_600 * 9 + 60 * minute) * 10**9), "severityNumber": 17 if minute == 7 else 9,
             "body": "done", "attributes": {"tenant": "acme-1"}, "resource": {"service.name": "billing" if minute % 3 else "export"}}
            for day in range(5) for minute in range(40)]
    desk = write(tmp_path / "desk", accounts=ACCOUNTS, logs=logs)
    acme, bolt = report(run, desk, "--usage")["accounts"]
    usage = acme["usage"]
    assert 39 < usage["linesPerDay"] < 49 and usage["failureShare"] == pytest.approx(1 / 40)
    assert set(usage["busiestHours"]) <= {f"{day} 09" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")}
    assert usage["functions"] == ["billing", "export"]
    assert bolt["usage"] is None and "usage" not in report(run, desk)["accounts"][0]
    text = run("casebook", "accounts", "--desk", desk, "--usage").stdout
    assert "busiest hours (UTC)" in text and "billing,export" in text


def test_a_desk_of_csv_gives_the_same_as_one_of_json_lines(run, tmp_path):
    lines = write(tmp_path / "lines", accounts=[{"id": "7", "name": "Acme"}], deployments=[{"id": "d", "accounts": ["7"]}])
    rows = write(tmp_path / "rows")
    (rows / "accounts.csv").write_text("id,name\r\n7,Acme\r\n")
    (rows / "deployments.csv").write_text("id,accounts\nd,7\n")
    assert report(run, lines)["accounts"] == report(run, rows)["accounts"]


def test_an_empty_folder_is_a_desk_without_accounts(run, tmp_path):
    assert report(run, write(tmp_path / "desk"))["accounts"] == []


def test_a_folder_that_is_not_there_and_logs_that_are_missing_are_named(run, tmp_path):
    done = run("casebook", "accounts", "--desk", tmp_path / "none")
    assert done.returncode == NO_INPUT and "none: no such file" in done.stderr
    done = run("casebook", "accounts", "--desk", write(tmp_path / "desk"), "--lines")
    assert done.returncode == NO_INPUT and "logs.ndjson" in done.stderr


@pytest.mark.parametrize("line, complaint", [
    ('{"name": "x"}', 'accounts.ndjson:2: field "id"'), ("nonsense", "accounts.ndjson:2: not a JSON object"),
    ('{"id": "x", "annualValue": "much"}', 'field "annualValue": "much" is not a number'),
])
def test_a_row_that_is_wrong_is_named_or_set_aside(run, desk, line, complaint):
    text = (desk / "accounts.ndjson").read_text().splitlines()
    (desk / "accounts.ndjson").write_text("\n".join([text[0], line, *text[1:]]) + "\n")
    done = run("casebook", "accounts", "--desk", desk)
    assert done.returncode == BAD_DATA and complaint in done.stderr and done.stdout == ""
    done = run("casebook", "accounts", "--desk", desk, "--json", "--keep-going")
    assert done.returncode == 0 and complaint in done.stderr
    assert len(json.loads(done.stdout)["accounts"]) == 3


def test_nothing_of_a_person_is_printed(run, desk):
    write(desk, contacts=[{"id": "P1", "account": "acme-1", "name": "Lea Canary", "email": "canary@acme.example"}])
    (desk / "contacts.csv").write_text("id,name,email\nP1,Max Canary,other@canary.example\n")
    for more in ([], ["--json"], ["--lines"]):
        done = run("casebook", "accounts", "--desk", desk, *more)
        assert done.returncode == 0 and "anary" not in done.stdout + done.stderr
        assert "P1" in done.stdout
