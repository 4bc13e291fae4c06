"""`casebook trends`, `warnings`, `regressions` and `fixes`, and how they are measured."""

import csv
import gzip
import io
import json
import random
import select
import subprocess

import pytest
from paths import PROGRAMS

START = 1_767_571_200  # Monday 2026-01-05T00:00:00Z
KEY = {"CASEBOOK_KEY": "0123456789abcdef"}


def line(hour, body, severity, account, site, version=None):
    return json.dumps({
        "timeUnixNano": str(int((START + hour * 3600) * 1e9)), "severityNumber": severity, "body": body,
        "attributes": {"customer.id": account}, "resource": {"deployment": site, **({"service.version": version} if version else {})}})


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """Ten days of two sites; on the eighth, one gets version 2.1.0, which cannot write invoices, and its customers write tickets."""
    folder = tmp_path_factory.mktemp("trends") / "desk"
    folder.mkdir()
    generator = random.Random(4)
    accounts = {site: [f"{site}-kunde-{number * 7 + 300}" for number in range(6)] for site in ("north", "south")}
    lines = []
    for hour in range(240):
        for site, members in accounts.items():
            version = "2.1.0" if site == "north" and hour >= 180 else "2.0.3"
            for _ in range(20):
                lines.append((hour + generator.random(), f"order {generator.randrange(9999)} accepted", 9, generator.choice(members), site, version))
            if generator.random() < 0.3:
                lines.append((hour + generator.random(), "coupon service is slow", 13, generator.choice(members), site, version))
            if version == "2.1.0":
                for _ in range(3):
                    lines.append((hour + generator.random(), f"cannot write invoice {generator.randrange(9999)}", 17, generator.choice(members), site, version))
    lines.sort()
    (folder / "logs.ndjson").write_text("".join(line(*item) + "\n" for item in lines))
    (folder / "accounts.ndjson").write_text("".join(
        json.dumps({"id": account, "annualValue": 1000}) + "\n" for members in accounts.values() for account in members))
    (folder / "deployments.ndjson").write_text("".join(
        json.dumps({"id": site, "environment": "production", "accounts": members}) + "\n" for site, members in accounts.items()))
    (folder / "tickets.ndjson").write_text("".join(json.dumps({
        "id": f"T{number}", "openedAt": f"2026-01-12T{14 + number:02}:30:00Z", "resolvedAt": f"2026-01-13T{14 + number:02}:30:00Z",
        "account": accounts["north"][number], "subject": "we cannot write an invoice"}) + "\n" for number in range(4)) + "".join(json.dumps({
            "id": f"U{number}", "openedAt": f"2026-01-{5 + number % 8:02}T08:00:00Z", "account": accounts["south"][number % 6],
            "subject": generator.choice(["new phone number", "training for colleagues", "contract ends in spring", "logo in our letters"])}) + "\n"
            for number in range(24)))
    return folder


def answer(run, *arguments):
    done = run("casebook", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_new_failure_is_warned_of_within_the_hour(run, product):
    (warning,) = [item for item in answer(run, "warnings", "--desk", product)["warnings"] if "invoice" in item["template"]]
    assert warning["isNew"] and warning["closedAt"] is None
    assert warning["since"] == "2026-01-12T12:00:00Z"
    assert warning["raisedAt"] <= "2026-01-12T15:00:00Z"
    assert warning["accountCount"] == 6 and len(warning["accounts"]) == 6
    assert [version["id"] for version in warning["versions"]] == ["2.1.0"]
    assert "New" in warning["sentence"]
    assert 0 < warning["adjustedPValue"] < 0.001 and 0 < warning["expected"] < 1
    text = run("casebook", "warnings", "--desk", product, "--open").stdout
    assert "cannot write invoice" in text and "coupon" not in text


def test_a_calendar_without_a_holiday_of_these_days_changes_nothing_and_a_wrong_one_is_refused(run, product, tmp_path):
    calendar = tmp_path / "calendar.json"
    calendar.write_text('{"timeZone": "Europe/Rome", "week": {"monday": ["09:00-17:00"]}, "holidays": ["2027-01-01"]}')
    for command in ("warnings", "trends"):
        assert answer(run, command, "--desk", product, "--calendar", calendar) == answer(run, command, "--desk", product)
    calendar.write_text('{"holidays": ["2027-01-01"]}')
    for command in ("warnings", "trends"):
        done = run("casebook", command, "--desk", product, "--calendar", calendar)
        assert done.returncode == 65 and "week" in done.stderr and done.stdout == ""


@pytest.fixture
def half(product, tmp_path):
    """The desk with the first hours of its log, and the lines that come after them."""
    lines = (product / "logs.ndjson").read_text().splitlines(keepends=True)
    cut = next(number for number, text in enumerate(lines) if int(json.loads(text)["timeUnixNano"]) >= (START + 170 * 3600) * 1e9)
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    # The end of its last line has not been written yet.
    (tmp_path / "logs.ndjson").write_text("".join(lines[:cut]).removesuffix("\n"))
    return tmp_path, lines[cut:]


def followed(run, desk, lines, *more):
    done = run("casebook", "warnings", "--desk", desk, "--follow", "--json", *more, stdin="".join(lines))
    assert done.returncode == 0, done.stderr
    return [json.loads(text) for text in done.stdout.splitlines()]


def test_a_new_failure_is_warned_of_within_minutes_while_lines_come(run, product, half):
    desk, lines = half
    news = followed(run, desk, lines)
    first = news[0]
    assert first["change"] == "raised" and "cannot write invoice" in first["template"] and first["isNew"]
    (whole,) = [item for item in answer(run, "warnings", "--desk", product)["warnings"] if "invoice" in item["template"]]
    # It is the warning of the hours, told earlier.
    assert first["signature"] == whole["signature"] and first["raisedAt"] < whole["raisedAt"]
    assert "2026-01-12T12:00:00Z" <= first["raisedAt"] <= "2026-01-12T15:00:00Z"
    assert {item["change"] for item in news[1:]} == {"grown"} and {item["signature"] for item in news} == {first["signature"]}
    assert all(later["lines"] >= 2 * earlier["lines"] for earlier, later in zip(news, news[1:]))
    assert news[-1]["accountCount"] == 6
    text = run("casebook", "warnings", "--desk", desk, "--follow", stdin="".join(lines)).stdout
    assert text.startswith("raised: cannot write invoice")


def test_lines_of_a_clock_that_jumped_change_nothing_while_they_come(run, half):
    desk, lines = half
    ahead = line(5_000, "cannot write invoice 1", 17, "north-kunde-300", "north", "2.1.0") + "\n"
    back = line(-5_000, "cannot write invoice 1", 17, "north-kunde-300", "north", "2.1.0") + "\n"
    days = [line(250, "order 1 accepted", 9, "north-kunde-300", "north", "2.0.3") + "\n"] * 5
    plain = [item["raisedAt"] for item in followed(run, desk, lines)][:1]
    for odd in ([ahead, back], days, ["no line of this log\n"] * 5):
        assert [item["raisedAt"] for item in followed(run, desk, lines[:50] + odd + lines[50:]) if "invoice" in item["template"]][:1] == plain


def test_the_log_of_the_past_may_be_packed(run, half):
    desk, lines = half
    plain = followed(run, desk, lines)
    log = desk / "logs.ndjson"
    (desk / "logs.ndjson.gz").write_bytes(gzip.compress(log.read_bytes()))
    log.unlink()
    assert plain and followed(run, desk, lines) == plain


def test_a_burst_is_told_though_nothing_comes_after_it(half):
    desk, lines = half
    arguments = [PROGRAMS / "casebook", "warnings", "--desk", desk, "--follow", "--json"]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        burst = [line(171 + number / 3600, f"cannot write invoice {number}", 17, f"north-kunde-{number % 6 * 7 + 300}", "north") + "\n"
                 for number in range(60)]
        process.stdin.write("".join(burst))
        process.stdin.flush()
        assert select.select([process.stdout], [], [], 60)[0], "nothing was told"
        assert json.loads(process.stdout.readline())["change"] == "raised"
    finally:
        process.kill()
        process.wait()


def test_what_is_over_is_closed_while_lines_come(run, half):
    desk, lines = half
    quiet = [text for text in lines if "invoice" not in text or int(json.loads(text)["timeUnixNano"]) < (START + 190 * 3600) * 1e9]
    assert [item["change"] for item in followed(run, desk, quiet)][-1] == "closed"


def test_a_snoozed_signature_is_quiet_until_it_has_grown(run, product, tmp_path):
    (warning,) = [item for item in answer(run, "warnings", "--desk", product)["warnings"] if "invoice" in item["template"]]
    snooze = tmp_path / "snooze.ndjson"
    for limit, told in ((100_000, False), (5, True)):
        snooze.write_text(json.dumps({"signature": warning["signature"], "untilLinesPerDay": limit}) + "\n")
        found = answer(run, "warnings", "--desk", product, "--snooze", snooze)["warnings"]
        assert any("invoice" in item["template"] for item in found) is told
    for factor, told in ((10, False), (0, True)):
        snooze.write_text(json.dumps({"signature": warning["signature"], "untilFactor": factor, "snoozedAt": "2026-01-14T00:00:00Z"}) + "\n")
        found = answer(run, "warnings", "--desk", product, "--snooze", snooze)["warnings"]
        assert any("invoice" in item["template"] for item in found) is told
    snooze.write_text('{"signature": "none", "untilLinesPerDay": 1}\n')
    assert "no line is of 1 of the snoozed signatures: none" in run("casebook", "warnings", "--desk", product, "--snooze", snooze).stderr
    snooze.write_text('{"signature": "x", "untilFactor": 3}\n')
    done = run("casebook", "warnings", "--desk", product, "--snooze", snooze)
    assert done.returncode == 65 and "snoozedAt" in done.stderr
    snooze.write_text('{"signature": "x"}\n')
    done = run("casebook", "warnings", "--desk", product, "--snooze", snooze)
    assert done.returncode == 65 and "untilLinesPerDay" in done.stderr


def test_the_version_that_made_it_worse_is_named_and_no_other_signature(run, product):
    found = answer(run, "regressions", "--desk", product)["comparisons"]
    assert [(item["version"], item["before"], item["deployments"]) for item in found] == [("2.1.0", "2.0.3", ["north"])]
    assert "invoice" in found[0]["template"] and found[0]["interval"][0] > 1
    everything = answer(run, "regressions", "--desk", product, "--all", "--release", "2.1.0")["comparisons"]
    assert {item["verdict"] for item in everything if "coupon" in item["template"]} <= {"notRegressed", "cannotTell"}
    assert "regressed: cannot write invoice" in run("casebook", "regressions", "--desk", product).stdout


def test_versions_of_a_service_are_compared_with_its_own(run, tmp_path):
    generator = random.Random(3)
    with open(tmp_path / "logs.ndjson", "w") as log:
        for minute in range(0, 10 * 1440, 2):
            for site in ("eu", "us"):
                service = generator.choice(("shop", "mailer"))
                version = "5.1.0" if service == "shop" else "2.4.0" if site == "eu" and minute >= 6 * 1440 else "2.3.0"
                chance = generator.random()
                body, severity = f"{service} has answered {generator.randrange(9999)}", 9
                if chance < 0.02:
                    body, severity = f"{service} waits for {generator.randrange(999)} ms", 13
                elif version == "2.4.0" and chance < 0.12:
                    body, severity = f"template engine panicked at line {generator.randrange(999)}", 17
                print(json.dumps({
                    "timeUnixNano": str((1767571200 + 60 * minute) * 10**9 + generator.randrange(10**9)), "severityNumber": severity, "body": body,
                    "resource": {"service.name": service, "service.version": version, "deployment": site}}), file=log)
    (tmp_path / "deployments.ndjson").write_text("".join(
        json.dumps({"id": site, "environment": "production"}) + "\n" for site in ("eu", "us")))
    counts, store, key = tmp_path / "desk.counts", tmp_path / "acme.db", tmp_path / "key"
    found = answer(run, "regressions", "--desk", tmp_path, "--all", "--keep", counts)["comparisons"]
    assert {(item["service"], item["before"], item["version"]) for item in found} == {("mailer", "2.3.0", "2.4.0")}
    assert ["panicked" in item["template"] for item in found if item["verdict"] == "regressed"] == [True]
    assert answer(run, "regressions", "--counts", counts, "--all")["comparisons"] == found
    key.write_text("0123456789abcdef0123456789abcdef")
    assert run("casebook", "ingest", "--store", store, "--key-file", key, tmp_path / "logs.ndjson").returncode == 0
    kept = answer(run, "regressions", "--store", store)["comparisons"]
    assert [(item["service"], item["deployments"], "panicked" in item["template"]) for item in kept] == [("mailer", ["eu"], True)]
    assert "  mailer 2.3.0 -> 2.4.0 in production" in run("casebook", "regressions", "--desk", tmp_path).stdout


def test_what_customers_write_about_is_to_be_fixed_first(run, product):
    candidates = answer(run, "fixes", "--desk", product)["candidates"]
    assert "invoice" in candidates[0]["template"]
    assert candidates[0]["likelyTickets"] and set(candidates[0]["likelyTickets"]) <= {"T0", "T1", "T2", "T3"}
    assert 2 < candidates[0]["tickets"] < 5
    assert candidates[1]["hoursPerWeek"] < candidates[0]["hoursPerWeek"] / 2
    low, high = candidates[0]["interval"]
    assert low < candidates[0]["hoursPerWeek"] < high
    assert "invoice" in run("casebook", "fixes", "--desk", product, "--top", "1").stdout


def test_what_a_contract_is_worth_is_said_where_the_order_follows_from_it(run, product, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert "value of contracts" not in run("casebook", "fixes", "--desk", product).stdout
    accounts = [json.loads(text) for text in (product / "accounts.ndjson").read_text().splitlines()]
    (tmp_path / "accounts.ndjson").write_text("".join(
        json.dumps({**account, "annualValue": 9000 if "north" in account["id"] else 1000}) + "\n" for account in accounts))
    candidate = answer(run, "fixes", "--desk", tmp_path, "--top", "1")["candidates"][0]
    assert candidate["weightedHoursPerWeek"] == pytest.approx(1.8 * candidate["hoursPerWeek"])
    assert "by the value of contracts" in run("casebook", "fixes", "--desk", tmp_path, "--top", "1").stdout


def test_open_tickets_are_to_be_fixed_too_by_what_a_model_predicts_of_them(run, product, models, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    tickets = [json.loads(text) for text in (product / "tickets.ndjson").read_text().splitlines()]
    (tmp_path / "tickets.ndjson").write_text("".join(
        json.dumps({key: value for key, value in ticket.items() if key != "resolvedAt"}) + "\n" for ticket in tickets))
    closed, opened, predicted = (answer(run, "fixes", "--desk", *arguments)["candidates"][0] for arguments in (
        [product], [tmp_path], [tmp_path, "--models", models]))
    assert all("invoice" in candidate["template"] for candidate in (closed, opened, predicted))
    # They have been open for more than twice the day in which they were resolved otherwise.
    assert opened["hoursPerWeek"] > 2 * closed["hoursPerWeek"]
    assert predicted["hoursPerWeek"] != opened["hoursPerWeek"] and predicted["tickets"] == opened["tickets"]
    done = run("casebook", "fixes", "--desk", tmp_path, "--models", tmp_path / "none")
    assert done.returncode == 66 and "none" in done.stderr


def test_an_outage_whose_lines_name_no_account_is_to_be_fixed(run, product, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    lines = (product / "logs.ndjson").read_text().splitlines(keepends=True)
    outage = [json.dumps({
        "timeUnixNano": str(int((START + (100 + number / 50) * 3600) * 1e9)), "severityNumber": 17, "body": f"database cluster lost quorum, {number} replicas",
        "resource": {"deployment": "south"}}) + "\n" for number in range(200)]
    (tmp_path / "logs.ndjson").write_text("".join(sorted(lines + outage, key=lambda text: int(json.loads(text)["timeUnixNano"]))))
    accounts = next(json.loads(text)["accounts"] for text in (product / "deployments.ndjson").read_text().splitlines() if '"south"' in text)
    with open(tmp_path / "tickets.ndjson", "a") as tickets:
        for number, account in enumerate(accounts):
            print(json.dumps({"id": f"Q{number}", "openedAt": "2026-01-09T05:30:00Z", "resolvedAt": "2026-01-09T15:30:00Z", "account": account,
                              "subject": "database cluster lost quorum"}), file=tickets)
    (candidate,) = [item for item in answer(run, "fixes", "--desk", tmp_path)["candidates"] if "quorum" in item["template"]]
    assert candidate["accounts"] == 6 and candidate["tickets"] > 3
    # Three others were opened that morning by accounts of the same deployment.
    caused, likely = {f"Q{number}" for number in range(6)}, set(candidate["likelyTickets"])
    assert len(likely & caused) > 3 and likely <= caused | {"U4", "U12", "U20"}


def test_trends_are_told_with_a_forecast_and_as_a_series(run, product):
    trends = {item["template"]: item for item in answer(run, "trends", "--desk", product)["trends"]}
    coupon = next(item for name, item in trends.items() if "coupon" in name)
    assert len(coupon["lines"]) == 10 and coupon["interval"][0] < 1 < coupon["interval"][1]
    assert coupon["forecastInterval"][0] <= coupon["forecast"] <= coupon["forecastInterval"][1]
    rows = list(csv.DictReader(io.StringIO(run("casebook", "trends", "--desk", product, "--csv").stdout)))
    assert sum(int(row["lines"]) for row in rows) == sum(sum(item["lines"]) for item in trends.values())
    assert "next seven days" in run("casebook", "trends", "--desk", product).stdout
    # Ten days tell of no pair that they go together.
    assert all("companion" not in item for item in trends.values())


def test_days_without_a_line_add_up(run, tmp_path):
    files = []
    for day in ("monday", "tuesday"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "logs.ndjson").write_text("")
        files += ["--counts", tmp_path / f"{day}.counts"]
        answer(run, "trends", "--desk", tmp_path / day, "--keep", files[-1])
    assert answer(run, "trends", *files)["trends"] == []


def test_counts_are_kept_and_added_up(run, product, tmp_path):
    kept = tmp_path / "desk.counts"
    whole = answer(run, "trends", "--desk", product, "--keep", kept)
    assert answer(run, "trends", "--counts", kept) == whole
    # Two parts of a log count as the whole; the same file twice would count everything twice.
    lines = (product / "logs.ndjson").read_text().splitlines(keepends=True)
    parts = []
    for number, part in enumerate((lines[:3000], lines[3000:])):
        folder = tmp_path / f"part{number}"
        folder.mkdir()
        for file in product.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        (folder / "logs.ndjson").write_text("".join(part))
        parts += ["--counts", folder / "kept.counts"]
        answer(run, "trends", "--desk", folder, "--keep", folder / "kept.counts")
    both = answer(run, "trends", *parts)["trends"]
    assert sum(item["recentLines"] for item in both) == sum(item["recentLines"] for item in whole["trends"])
    copy = tmp_path / "copy.counts"
    copy.write_bytes(kept.read_bytes())
    done = run("casebook", "trends", "--counts", kept, "--counts", copy)
    assert done.returncode == 66 and "copy.counts" in done.stderr and "would count twice" in done.stderr
    damaged = tmp_path / "damaged.counts"
    damaged.write_bytes(kept.read_bytes()[:-9] + b"123456789")
    done = run("casebook", "warnings", "--counts", damaged)
    assert done.returncode == 66 and "damaged.counts" in done.stderr
    done = run("casebook", "trends", "--counts", kept, "--keep", tmp_path / "none" / "x")
    assert done.returncode == 73 and "cannot write" in done.stderr


def test_what_was_taken_into_a_store_has_its_trends(run, product, tmp_path):
    store, key = tmp_path / "acme.db", tmp_path / "key"
    key.write_text("0123456789abcdef0123456789abcdef")
    assert run("casebook", "ingest", "--store", store, "--key-file", key, product / "logs.ndjson").returncode == 0
    found = answer(run, "regressions", "--store", store)["comparisons"]
    assert [(item["version"], item["deployments"]) for item in found if "invoice" in item["template"]] == [("2.1.0", ["north"])]
    (warning,) = [item for item in answer(run, "warnings", "--store", store)["warnings"] if "invoice" in item["template"]]
    assert warning["since"] == "2026-01-12T12:00:00Z"
    done = run("casebook", "trends", "--store", tmp_path / "none.db")
    assert done.returncode != 0 and "none.db" in done.stderr


def test_what_a_store_knows_of_customers_tickets_and_releases_counts(run, product, tmp_path):
    desk, store, key = tmp_path / "desk", tmp_path / "acme.db", tmp_path / "key"
    desk.mkdir()
    for file in product.iterdir():
        (desk / file.name).write_bytes(file.read_bytes())
    key.write_text("0123456789abcdef0123456789abcdef")
    log = (desk / "logs.ndjson").read_text()
    (desk / "logs.ndjson").write_text(log.replace('"2.1.0"', '"latest"').replace('"2.0.3"', '"latest"'))
    releases = [("2.0.3", "north", "2025-12-01T00:00:00Z"), ("2.0.3", "south", "2025-12-01T00:00:00Z"), ("2.1.0", "north", "2026-01-12T12:00:00Z")]
    (desk / "releases.ndjson").write_text("".join(
        json.dumps({"component": "web", "version": version, "deployment": site, "deployedAt": at}) + "\n" for version, site, at in releases))
    keyed = ["--key-file", key]
    assert run("casebook", "import", desk, "--source", "crm", "--date", "2026-01-15T00:00:00Z", "--store", store, *keyed).returncode == 0
    done = run("casebook", "ingest", "--store", store, *keyed, desk / "logs.ndjson")
    assert done.returncode == 0 and " 0 % of the records name no account that the store knows" in done.stderr
    read = answer(run, "fixes", "--desk", desk, *keyed)["candidates"][0]
    kept = answer(run, "fixes", "--store", store, *keyed)["candidates"][0]
    assert kept["likelyTickets"] and kept == {**read, "template": kept["template"]}
    warnings = answer(run, "warnings", "--store", store, *keyed)["warnings"]
    assert [item["annualValue"] for item in warnings if "invoice" in item["template"]] == [6000]
    done = run("casebook", "regressions", "--store", store, *keyed, "--json")
    assert f"{log.count(chr(10))} lines name a version without a number" in done.stderr
    (found,) = json.loads(done.stdout)["comparisons"]
    assert "invoice" in found["template"] and (found["before"], found["version"]) == ("2.0.3", "2.1.0")
    done = run("casebook", "fixes", "--store", store)
    assert done.returncode == 0 and "hours of tickets" not in done.stdout
    assert "acme.db: without its key" in done.stderr and "no ticket of a known account" in done.stderr


def test_without_a_ticket_nothing_is_said_of_hours(run, product, tmp_path):
    counts = tmp_path / "desk.counts"
    answer(run, "trends", "--desk", product, "--keep", counts)
    done = run("casebook", "fixes", "--counts", counts)
    assert done.returncode == 0 and "Nothing tells what to fix" in done.stdout and "no ticket of a known account" in done.stderr
    assert answer(run, "fixes", "--counts", counts) == {"candidates": []}


def test_a_version_named_latest_yields_to_the_releases(run, product, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    log = (product / "logs.ndjson").read_text()
    (tmp_path / "logs.ndjson").write_text(log.replace('"2.1.0"', '"latest"').replace('"2.0.3"', '"latest"'))
    assert answer(run, "regressions", "--desk", tmp_path, "--all")["comparisons"] == []
    releases = [("2.0.3", "north", "2025-12-01T00:00:00Z"), ("2.0.3", "south", "2025-12-01T00:00:00Z"), ("2.1.0", "north", "2026-01-12T12:00:00Z")]
    (tmp_path / "releases.ndjson").write_text("".join(
        json.dumps({"component": "web", "version": version, "deployment": site, "deployedAt": at}) + "\n" for version, site, at in releases))
    done = run("casebook", "regressions", "--desk", tmp_path, "--json")
    assert f"{log.count(chr(10))} lines name a version without a number" in done.stderr
    (found,) = json.loads(done.stdout)["comparisons"]
    assert "cannot write invoice" in found["template"] and (found["before"], found["version"]) == ("2.0.3", "2.1.0")
    assert found["control"] == "sameEnvironment" and not found["isMixed"]


def test_what_a_verdict_can_not_rest_on_is_said(run, product, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    log = (product / "logs.ndjson").read_text().splitlines(keepends=True)
    (tmp_path / "logs.ndjson").write_text("".join(text for text in log if '"south"' not in text))
    assert "nothing tells what changed meanwhile" in run("casebook", "regressions", "--desk", tmp_path).stdout
    # Three lines of a version that nobody released change nothing.
    made_up = [line(hour, "order 1 accepted", 9, "north-kunde-300", "north", "999.0") + "\n" for hour in (100, 101, 102)]
    (tmp_path / "logs.ndjson").write_text("".join(log + made_up))
    assert answer(run, "regressions", "--desk", tmp_path) == answer(run, "regressions", "--desk", product)


def test_why_no_version_is_told_to_be_worse_is_said(run, product, tmp_path):
    assert "was seen" in run("casebook", "regressions", "--desk", product, "--release", "9.9.9").stdout
    assert run("casebook", "regressions", "--desk", product, "--release", "v2.1").stdout.startswith("regressed: cannot write invoice")
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    log = (product / "logs.ndjson").read_text()
    (tmp_path / "logs.ndjson").write_text(log.replace(', "service.version": "2.1.0"', "").replace(', "service.version": "2.0.3"', ""))
    assert "names a version: nothing can be compared" in run("casebook", "regressions", "--desk", tmp_path).stdout
    # Failing lines alone tell rates by time.
    (tmp_path / "logs.ndjson").write_text("".join(text for text in log.splitlines(keepends=True) if "accepted" not in text))
    done = run("casebook", "regressions", "--desk", tmp_path)
    assert "no ordinary line" in done.stderr and done.stdout.startswith("regressed: cannot write invoice")
    (tmp_path / "logs.ndjson").write_text("")
    assert "No roll-out was seen" in run("casebook", "regressions", "--desk", tmp_path).stdout


def test_sessions_that_somebody_knows_are_what_rates_are_of(run, product, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    # Ten times as many sessions of the new version explain what its lines alone do not.
    (tmp_path / "exposures.ndjson").write_text("".join(json.dumps({
        "at": f"2026-01-{5 + hour // 24:02}T{hour % 24:02}:00:00Z", "deployment": site, "count": 4000 if site == "north" and hour >= 180 else 40,
        "version": "2.1.0" if site == "north" and hour >= 180 else "2.0.3"}) + "\n" for hour in range(240) for site in ("north", "south")))
    ratios = [next(item for item in answer(run, "regressions", "--desk", folder, "--all")["comparisons"] if "coupon" in item["template"])["ratio"]
              for folder in (product, tmp_path)]
    assert ratios[1] < ratios[0] / 20
    # Of the first four days alone they are as good as none at all for what comes later, and that is said.
    (tmp_path / "exposures.ndjson").write_text("".join(json.dumps({
        "at": f"2026-01-{5 + hour // 24:02}T{hour % 24:02}:00:00Z", "count": 0.45}) + "\n" for hour in range(96)))
    done = run("casebook", "warnings", "--desk", tmp_path, "--json")
    assert "exposures cover 40 % of the hours" in done.stderr and "name no account" in done.stderr
    assert [item["template"] for item in json.loads(done.stdout)["warnings"]] == \
        [item["template"] for item in answer(run, "warnings", "--desk", product)["warnings"]]
    found = answer(run, "regressions", "--desk", tmp_path)["comparisons"]
    assert [(item["version"], "invoice" in item["template"]) for item in found] == [("2.1.0", True)]
    (tmp_path / "exposures.ndjson").write_text('{"at": "2026-01-05T00:00:00Z", "count": "many"}\n')
    done = run("casebook", "warnings", "--desk", tmp_path)
    assert done.returncode == 65 and "exposures.ndjson" in done.stderr and "count" in done.stderr


def test_counters_are_taken_by_what_they_add_and_less_than_nothing_is_left_out(run, product, tmp_path):
    def compared(count):
        for file in product.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes())
        (tmp_path / "exposures.ndjson").write_text("".join(json.dumps({
            "at": f"2026-01-{5 + hour // 24:02}T{hour % 24:02}:00:00Z", "deployment": site, "count": count(hour)}) + "\n"
            for hour in range(240) for site in ("north", "south")))
        done = run("casebook", "regressions", "--desk", tmp_path, "--json")
        return done.stderr, [(item["version"], item["template"]) for item in json.loads(done.stdout)["comparisons"]]

    _, found = compared(lambda hour: 100 + hour % 24)
    assert [version for version, _ in found] == ["2.1.0"]
    # They begin again at the upgrade.
    said, counted = compared(lambda hour: sum(100 + past % 24 for past in range(0 if hour < 180 else 180, hour + 1)))
    assert counted == found and "exposures of 2 of 2 parts count on" in said
    said, left = compared(lambda hour: -90_000 if hour == 180 else 100 + hour % 24)
    assert left == found and "2 exposures are below 0" in said


def test_lines_of_a_clock_that_jumped_change_nothing_and_are_told(run, product, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with open(tmp_path / "logs.ndjson", "a") as log:
        for hour in (-490_000, 100_000):
            print(line(hour, "cannot write invoice 17", 17, "north-kunde-300", "north", "2.1.0"), file=log)
    jumped = run("casebook", "warnings", "--desk", tmp_path, "--json")
    assert "2 lines are of times far from all others" in jumped.stderr
    assert json.loads(jumped.stdout) == answer(run, "warnings", "--desk", product)
    # One line a month ahead closes nothing, and is not what the last seven days are.
    (tmp_path / "logs.ndjson").write_text((product / "logs.ndjson").read_text() + line(960, "cannot write invoice 17", 17, "north-kunde-300", "north") + "\n")
    assert answer(run, "warnings", "--desk", tmp_path, "--open") == answer(run, "warnings", "--desk", product, "--open")
    assert answer(run, "trends", "--desk", tmp_path) == answer(run, "trends", "--desk", product)


def test_a_changed_log_level_warns_of_nothing_and_is_told(run, tmp_path):
    generator = random.Random(8)
    lines = []
    for hour in range(480):
        for _ in range(40 if hour < 360 else 8):
            lines.append((hour + generator.random(), f"order {generator.randrange(9999)} accepted", 9))
        for body in ("coupon service is slow", "mail queue stuck", "index rebuild failed"):
            for _ in range(generator.randrange(4)):
                lines.append((hour + generator.random(), body, 17))
    lines.sort()
    (tmp_path / "logs.ndjson").write_text("".join(line(*item, f"kunde-{number % 9}", "north") + "\n" for number, item in enumerate(lines)))
    done = run("casebook", "warnings", "--desk", tmp_path, "--json")
    assert json.loads(done.stdout)["warnings"] == [] and "ordinary lines changed while failures did not" in done.stderr


def test_a_batch_that_was_sent_twice_is_left_out_and_told(run, product, tmp_path):
    for file in product.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    lines = (product / "logs.ndjson").read_text().splitlines(keepends=True)
    (tmp_path / "logs.ndjson").write_text("".join(lines[:7000] + lines[3000:6000] + lines[7000:]))
    done = run("casebook", "trends", "--desk", tmp_path)
    repeated = int(done.stderr.split(" lines are of batches that had been sent before")[0].split()[-1])
    assert 2900 < repeated <= 3000
    # Whole seconds tell less of each line, but enough of many.
    def whole(text):
        record = json.loads(text)
        record["timeUnixNano"] = record["timeUnixNano"][:-9] + "000000000"
        return json.dumps(record) + "\n"
    (tmp_path / "logs.ndjson").write_text("".join(map(whole, lines[:7000] + lines[3000:6000] + lines[7000:])))
    done = run("casebook", "trends", "--desk", tmp_path)
    repeated = int(done.stderr.split(" lines are of batches that had been sent before")[0].split()[-1])
    assert 2850 < repeated <= 3000


def test_options_that_make_no_sense_are_refused(run, product):
    for arguments in (["trends"], ["regressions", "--desk", product, "--hours", "0"], ["warnings", "--desk", product, "--since", "yesterday"],
                      ["warnings", "--desk", product, "--follow", "--open"], ["warnings", "--counts", product, "--follow"]):
        assert run("casebook", *arguments).returncode == 64
    for arguments in (["early-warning", "--repetitions", "0"], ["early-warning", "--at", "2"], ["early-warning", "--watched", "3"],
                      ["early-warning", "--ramps", "-1"], ["regressions", "--seeds", "0"]):
        assert run("evaluate", *arguments).returncode == 64


def test_nothing_counted_is_said(run, tmp_path):
    (tmp_path / "logs.ndjson").write_text("")
    for command in ("trends", "warnings", "regressions", "fixes"):
        done = run("casebook", command, "--desk", tmp_path)
        assert done.returncode == 0 and done.stdout.strip()


def test_early_warning_is_measured(run, tmp_path):
    done = run("evaluate", "early-warning", "--repetitions", "2", "--ramps", "4", "--json")
    report = json.loads(done.stdout)
    assert report["series"] == 56 and len(report["rivals"]) == len(report["beside"]) == 7
    assert report["falsePositiveRate"] < 0.03 and report["probabilityOfDetection"] > 0.4 and 0 < report["timeliness"] < 0.7
    assert [rival["name"] for rival in report["rivals"]][-1] == "CUSUM"
    # Who knows the truth finds more at any rate, but for chance.
    assert all(truth["probabilityOfDetection"] > own["probabilityOfDetection"] - 0.1 for truth, own in zip(report["oracle"], report["curve"]))
    ramps = {row["name"]: row for row in report["ramps"]}
    assert all(row["found"] == 1 for name, row in ramps.items() if "%" in name)
    assert ramps["weekly rhythm"]["falseWarnings"] == 0
    text = run("evaluate", "early-warning", "--repetitions", "1", "--alone", "--ramps", "1").stdout
    assert "the truth known" in text and "one heavy user" in text and "weekly, above 2.9" in text
    # What one of many signatures is told at is not what a single one would be.
    assert all(row["growth"] > 1.6 for name, row in ramps.items() if name in ("+5 % a day", "+8 % a day"))
    series = tmp_path / "series.csv"
    generator = random.Random(2)
    with open(series, "w") as out:
        print("scenario,rep,t,y,outbreakCurrent", file=out)
        for rep in range(2):
            for week in range(1, 161):
                cases = 40 if week == 150 else 0
                print(f"1,{rep},{week},{generator.randrange(3, 9) + cases},{cases}", file=out)
    report = json.loads(run("evaluate", "early-warning", "--dataset", tmp_path, "--watched", "120", "--json").stdout)
    assert report["probabilityOfDetection"] == 1 and report["timeliness"] == 0 and "oracle" not in report
    series.write_text("scenario,rep,t,y,outbreakCurrent\n1,1,1,x,0\n")
    done = run("evaluate", "early-warning", "--dataset", tmp_path)
    assert done.returncode == 65 and "series.csv" in done.stderr
    assert run("evaluate", "early-warning", "--dataset", tmp_path / "none").returncode == 66


def test_regressions_are_measured(run, product, tmp_path):
    report = json.loads(run("evaluate", "regressions", "--seeds", "4", "--json").stdout)
    assert report["rollouts"] == 8
    assert report["precision"] >= 0.9 and report["recall"] >= 0.9
    assert report["leftOpen"] > 20 * report["notLeftOpen"]
    assert "roll-outs: precision" in run("evaluate", "regressions", "--seeds", "1").stdout
    # Where nothing changed, a control group of few lines must not make it seem so.
    report = json.loads(run("evaluate", "regressions", "--seeds", "4", "--small-control", "--json").stdout)
    assert report["falsely"] <= 1 and report["found"] == report["missed"] == 0
    assert report["covered"] >= 0.9 * report["intervals"] > 300
    found = answer(run, "regressions", "--desk", product, "--keep", tmp_path / "log.counts")["comparisons"]
    truth = tmp_path / "truth.csv"
    truth.write_text(f"version,signature,factor,expected\n2.1.0,{found[0]['signature']},200,4\n2.1.0,none,1,5\n")
    report = json.loads(run("evaluate", "regressions", "--dataset", tmp_path, "--json").stdout)
    assert (report["found"], report["missed"], report["falsely"], report["notCleared"]) == (1, 0, 0, 1)
    truth.write_text("version,signature,factor,expected\n2.1.0,none,0,5\n")
    done = run("evaluate", "regressions", "--dataset", tmp_path)
    assert done.returncode == 65 and "truth.csv" in done.stderr and "factor" in done.stderr
    assert run("evaluate", "regressions", "--dataset", tmp_path / "none").returncode == 66
