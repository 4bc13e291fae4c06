"""`casebook correlate`: new log lines meet open tickets and new tickets meet what their account suffers, as they come."""

import json

import pytest

START = 1_767_571_200  # Monday 2026-01-05T00:00:00Z


def line(second, body, severity=9, account=None):
    record = {"timeUnixNano": str((START + second) * 10**9), "severityNumber": severity, "body": body,
              "attributes": {"client_ref": account} if account else {}}
    return json.dumps(record) + "\n"


def ticket(id, second, account, subject, resolved=None):
    day, rest = divmod(second, 86_400)
    return json.dumps({"id": id, "openedAt": f"2026-01-{5 + day:02}T{rest // 3_600:02}:{rest // 60 % 60:02}:{rest % 60:02}Z",
                       "account": account, "subject": subject, "resolvedAt": resolved}) + "\n"


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """A day of ten accounts, and two tickets of one of them of which one is closed."""
    folder = tmp_path_factory.mktemp("correlate")
    accounts = [f"kunde-{number * 31 + 400}" for number in range(10)]
    (folder / "accounts.ndjson").write_text("".join(json.dumps({"id": account}) + "\n" for account in accounts))
    (folder / "logs.ndjson").write_text("".join(
        line(20 * number, f"order {number} accepted", account=accounts[number % 10]) for number in range(4_320)))
    (folder / "tickets.ndjson").write_text(
        ticket("open", 86_000, accounts[3], "Ledger connection is gone")
        + ticket("closed", 86_000, accounts[3], "Ledger connection is gone", "2026-01-05T23:59:00Z")
        + ticket("other", 86_000, accounts[5], "Please change our invoice address"))
    return folder, accounts


@pytest.fixture
def correlate(run, past, tmp_path):
    def program(new, lines):
        (tmp_path / "new.ndjson").write_text(new)
        return run("casebook", "correlate", "--desk", past[0], "--tickets", tmp_path / "new.ndjson", stdin=lines)

    return program


def outage(account, first=86_400, count=60):
    return "".join(line(first + 10 * number, f"no connection to ledger after {number} ms", 17, account) for number in range(count))


def test_a_line_meets_the_open_ticket_of_its_account_once(run, past, correlate):
    _, accounts = past
    done = correlate("", outage(accounts[3]))
    assert done.returncode == 0, done.stderr
    (match,) = [json.loads(row) for row in done.stdout.splitlines()]
    assert match["ticket"] == "open"
    known = run("casebook", "signatures", "--summary", stdin=outage(accounts[3])).stdout
    assert f'{match["signature"]},' in known and match["template"] == "no connection to ledger after <*> ms"
    assert 0.5 <= match["probability"] <= 1
    assert "60 lines and 0 tickets" in done.stderr


def test_a_new_ticket_meets_what_its_account_suffers(past, correlate):
    _, accounts = past
    new = ticket("new", 86_400 + 700, accounts[8], "ledger does not answer, no connection") + ticket(
        "stranger", 86_400 + 700, accounts[9], "ledger does not answer, no connection")
    done = correlate(new, outage(accounts[8]))
    matches = [json.loads(row) for row in done.stdout.splitlines()]
    assert [(match["ticket"], match["lines"]) for match in matches] == [("new", 60)]


def test_a_ticket_comes_before_later_lines(past, correlate):
    _, accounts = past
    done = correlate(ticket("early", 86_400 + 300, accounts[8], "no connection to the ledger"), outage(accounts[8]))
    (match,) = [json.loads(row) for row in done.stdout.splitlines()]
    assert match["ticket"] == "early"
    assert 25 <= match["lines"] <= 35


def test_wrong_input_is_told(correlate):
    done = correlate('{"id": "T"}\n', "")
    assert done.returncode == 65
    assert "new.ndjson" in done.stderr and "openedAt" in done.stderr
    done = correlate("", "not a log line at all\n" + "{\n")
    assert done.returncode == 0
