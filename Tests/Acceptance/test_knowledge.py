"""casebook groups, articles and suggest, and evaluate retrieval, grouping, articles and knowledge, from outside."""

import datetime
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess

import pytest

from paths import PROGRAMS, ROOT

TEXTS = ROOT.parent / "shared" / "data" / "text"
KEY = {**os.environ, "CASEBOOK_KEY": "a-key-of-sixteen-bytes-or-more"}


def run(program, *arguments, code=0, input=None):
    done = subprocess.run(
        [PROGRAMS / program, *map(str, arguments)], capture_output=True, text=True, env=KEY, cwd=ROOT, input=input, timeout=600)
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("knowledge") / "desk"
    run("casebook", "simulate", "--scenario", "knowledge", "--grade", "easy", "--seed", 7, "--tickets", 800, "--output", folder)
    return folder


@pytest.fixture()
def store(desk, tmp_path):
    path = tmp_path / "tenant.store"
    run("casebook", "import", desk, "--store", path, "--source", "desk", "--date", "2026-01-01T00:00:00Z")
    return path


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def articles(*arguments):
    return json.loads(run("casebook", "articles", "--json", *arguments).stdout)


def groups(*arguments):
    return json.loads(run("casebook", "groups", "--json", "--least", 1, *arguments).stdout)["groups"]


def test_every_ticket_is_in_one_group_and_most_groups_are_about_one_problem(desk):
    found = groups("--desk", desk)
    tickets = [ticket for group in found for ticket in group["tickets"]]
    assert sorted(tickets) == sorted(row["id"] for row in rows(desk / "tickets.ndjson"))
    problem = {ticket: item["id"] for item in json.loads((desk / "truth.json").read_text())["problems"] for ticket in item["tickets"]}
    large = [group for group in found if len(group["tickets"]) >= 10]
    pure = 0
    for group in large:
        names = [problem.get(ticket, ticket) for ticket in group["tickets"]]
        pure += max(names.count(name) for name in set(names)) >= 0.8 * len(names)
    assert large and pure >= 0.7 * len(large)
    assert {group["status"] for group in found} <= {"new", "known", "growing", "dormant"}


def test_what_people_say_of_two_tickets_holds_and_can_be_undone(store):
    before = groups("--store", store)
    ids = {ticket: group["id"] for group in before for ticket in group["tickets"]}
    first, second = before[0]["tickets"][0], before[1]["tickets"][0]
    shown = groups("--store", store, "--together", f"{first},{second}", "--preview")
    assert len(shown) == 1 and {first, second} <= set(shown[0]["tickets"])
    same = {ticket: group["id"] for group in groups("--store", store) for ticket in group["tickets"]}
    assert same == ids
    groups("--store", store, "--together", f"{first},{second}")
    joined = [group for group in groups("--store", store) if first in group["tickets"]]
    assert second in joined[0]["tickets"] and joined[0]["id"] in (ids[first], ids[second])
    groups("--store", store, "--undo", f"{second},{first}")
    again = {ticket: group["id"] for group in groups("--store", store) for ticket in group["tickets"]}
    assert again[first] != again[second]
    one, other = before[0]["tickets"][:2]
    groups("--store", store, "--apart", f"{one},{other}")
    apart = {ticket: group["id"] for group in groups("--store", store) for ticket in group["tickets"]}
    assert apart[one] != apart[other]


def test_what_holds_two_tickets_apart_leaves_other_groups_as_they_are(store):
    first, second, third, fourth = (group["tickets"] for group in groups("--store", store)[:4])
    groups("--store", store, "--together", f"{first[0]},{second[0]}", "--together", f"{third[0]},{fourth[0]}")
    groups("--store", store, "--apart", f"{first[0]},{second[1]}")
    found = [set(group["tickets"]) for group in groups("--store", store)]
    assert any(set(third) | set(fourth) <= tickets for tickets in found)
    joined = next(tickets for tickets in found if first[0] in tickets)
    assert second[0] in joined and second[1] not in joined


def test_what_contradicts_earlier_words_on_tickets_is_refused_until_they_are_taken_back(store):
    one, two, three = groups("--store", store)[0]["tickets"][:3]
    groups("--store", store, "--together", f"{one},{two}", "--together", f"{two},{three}")
    done = run("casebook", "groups", "--store", store, "--apart", f"{one},{three}", code=65)
    assert f"{one},{two}" in done.stderr and f"{two},{three}" in done.stderr and done.stdout == ""
    same = run("casebook", "groups", "--store", store, "--apart", f"{two},{one}", code=65)
    assert f"{two},{one} are two issues, but by {one},{two} they are one" in same.stderr and same.stdout == ""
    groups("--store", store)
    groups("--store", store, "--undo", f"{one},{two}")
    found = groups("--store", store, "--apart", f"{one},{three}")
    assert not any({one, three} <= set(group["tickets"]) for group in found)
    done = run("casebook", "groups", "--store", store, "--together", f"{one},{two}", code=65)
    assert f"{one},{three}" in done.stderr


@pytest.mark.parametrize("customers", [0, 2])
def test_a_desk_of_few_or_unknown_customers_has_groups_and_is_told_why_there_are_no_articles(tmp_path, customers):
    issues = [
        ("invoice export fails", "The export of invoices stops with a timeout.", "Clear the export cache and start the worker again."),
        ("login page stays white", "Nobody can sign in since the login page is blank.", "Reset the cookies and renew the certificate."),
        ("label printer jams", "The printer of labels reports a paper jam.", "Install the printer driver again from the menu.")]
    tickets = []
    for number in range(120):
        subject, body, note = issues[number % 3]
        opened = datetime.datetime(2026, 1, 1) + datetime.timedelta(hours=8 * number)
        ticket = {"id": str(number), "openedAt": opened.isoformat() + "Z", "resolvedAt": (opened + datetime.timedelta(hours=5)).isoformat() + "Z",
                  "subject": subject, "body": body, "resolution": note}
        if customers:
            ticket["account"] = f"a{number % customers}"
        tickets.append(ticket)
    (tmp_path / "tickets.ndjson").write_text("".join(json.dumps(ticket) + "\n" for ticket in tickets), encoding="utf-8")
    if customers:
        for name, rest in (("accounts", "organization"), ("organizations", "name")):
            (tmp_path / f"{name}.ndjson").write_text("".join(json.dumps({"id": f"{name[0]}{n}", rest: f"o{n}"}) + "\n" for n in range(customers)))
    found = groups("--desk", tmp_path)
    assert [len(group["tickets"]) for group in found] == [40, 40, 40]
    assert all(group["label"] and group["status"] == "known" for group in found)
    done = run("casebook", "articles", "--desk", tmp_path)
    assert done.stdout == ""
    assert done.stderr.count("--least-customers") == 1 and done.stderr.count("no article about 40 cases") == 3
    team = json.loads(run("casebook", "suggest", "--desk", tmp_path, "--team", "--json", "the export of invoices stops").stdout)
    assert team["solutions"] and team["similar"]


def test_articles_say_what_cases_said_and_nothing_of_anybody(desk):
    found = articles("--desk", desk)
    assert len(found["articles"]) > 5
    tickets = {row["id"]: row for row in rows(desk / "tickets.ndjson")}
    agents = {}
    for message in rows(desk / "interactions.ndjson"):
        if message["side"] == "agent":
            agents.setdefault(message["ticket"], []).append(message["text"])
    canaries = json.loads((desk / "truth.json").read_text())["canaries"]
    for article in found["articles"]:
        assert article["state"] == "draft" and article["audience"] == "internal"
        for sentence in article["issue"]:
            for ticket in sentence["tickets"]:
                assert sentence["text"] in tickets[ticket]["subject"] or sentence["text"] in tickets[ticket]["body"]
        for sentence in article["resolution"] + article["otherResolution"] + article["cause"]:
            assert sentence["tickets"]
            for ticket in sentence["tickets"]:
                said = [tickets[ticket].get("resolution", "")] + agents.get(ticket, [])
                assert any(sentence["text"] in text for text in said)
    text = json.dumps([{k: v for k, v in a.items() if k not in ("id", "group")} for a in found["articles"]], ensure_ascii=False)
    text = text.lower()
    assert [canary for canary in canaries if canary.lower() in text] == []
    assert [a["hoursAWeek"] for a in found["articles"]] == sorted((a["hoursAWeek"] for a in found["articles"]), reverse=True)
    assert all(refused["reason"] for refused in found["refused"])


@pytest.mark.parametrize("name,suffix,mark", [
    ("markdown", "md", "## Issue"), ("html", "html", "<h2>Issue</h2>"), ("confluence", "xhtml", "<h2>Issue</h2>"),
    ("mediawiki", "wiki", "== Issue ==")])
def test_articles_are_written_in_the_formats_of_platforms(desk, tmp_path, name, suffix, mark):
    run("casebook", "articles", "--desk", desk, "--format", name, "--output", tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    assert files and all(file.suffix == "." + suffix for file in files)
    assert all(mark in file.read_text(encoding="utf-8") for file in files)


def test_drafts_are_kept_once_reviewed_and_then_suggested_to_customers(store):
    first = articles("--store", store)["articles"]
    assert first
    assert articles("--store", store)["articles"] == first
    draft = next(article for article in first if article["resolution"])
    question = draft["issue"][0]["text"] if draft["issue"] else draft["title"]
    asked = json.loads(run("casebook", "suggest", "--store", store, "--json", "--least", 0, question).stdout)
    assert asked["articles"] == [] and asked["solutions"] == [] and asked["similar"] == []
    run("casebook", "articles", "--store", store, "--review", draft["id"], "--state", "validated", "--audience", "everyone")
    asked = json.loads(run("casebook", "suggest", "--store", store, "--json", "--least", 0, question).stdout)
    assert [article["id"] for article in asked["articles"]] == [draft["id"]]
    assert 0 <= asked["articles"][0]["probability"] <= 1
    done = run("casebook", "articles", "--store", store, "--review", "no such article", "--state", "archived", code=66)
    assert 'no article "no such article"' in done.stderr
    team = json.loads(run("casebook", "suggest", "--store", store, "--json", "--team", "--least", 0, question).stdout)
    assert team["solutions"] and team["similar"] and team["solutions"][0]["tickets"]


def test_an_article_that_a_person_archived_stays_so_and_stops_no_other(store):
    first, *others = articles("--store", store)["articles"]
    assert others
    run("casebook", "articles", "--store", store, "--review", first["id"], "--state", "archived")
    again = articles("--store", store)
    assert again["articles"] == others
    assert f"article {first['id']} was archived by a person" in [refused["reason"] for refused in again["refused"]]
    team = json.loads(run("casebook", "suggest", "--store", store, "--json", "--team", "--least", 0, "--count", 100, first["title"]).stdout)
    assert first["id"] not in [article["id"] for article in team["articles"]]


def publish(store, found):
    for article in found:
        run("casebook", "articles", "--store", store, "--review", article["id"], "--state", "validated", "--audience", "everyone")


def suggested(store, question, *arguments):
    asked = json.loads(run("casebook", "suggest", "--store", store, "--json", "--least", 0, *arguments, question).stdout)
    return {article["id"]: article["title"] for article in asked["articles"]}


def resolve_otherwise(desk, store, folder):
    """Imports the tickets once more, with more in their resolutions: articles say something else then."""
    folder.mkdir()
    write_rows(folder / "tickets.ndjson", [
        {**row, "id": f"again-{row['id']}", "resolution": f"{row['resolution']} Then sign in again."} for row in rows(desk / "tickets.ndjson") if row.get("resolvedAt")])
    run("casebook", "import", folder, "--store", store, "--source", "more", "--date", "2026-01-02T00:00:00Z")


def kept(store):
    """What a store holds of articles and of the groups of tickets."""
    with sqlite3.connect(store) as database:
        tables = ("article", "articleSentence", "groupMember", "groupDecision")
        found = [database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
    database.close()
    return found


def test_stored_articles_are_shown_in_every_format(store, tmp_path):
    found = articles("--store", store)["articles"]
    for name in ("markdown", "html", "confluence", "mediawiki"):
        text = run("casebook", "articles", "--store", store, "--format", name).stdout
        assert all(f"{article['id']}, version 1" in text for article in found)
        assert text.count("State: draft") == text.count("Hours a week: ") == len(found)
    run("casebook", "articles", "--store", store, "--output", tmp_path / "out")
    files = [(tmp_path / "out" / f"{number + 1}.md").read_text(encoding="utf-8") for number in range(len(found))]
    assert all(article["id"] in file for article, file in zip(found, files))


def test_a_review_is_of_the_version_that_was_read(desk, store, tmp_path):
    read = articles("--store", store)["articles"]
    resolve_otherwise(desk, store, tmp_path / "more")
    now = articles("--store", store)["articles"]
    id = next(article["id"] for article in now if article["version"] == 2 and article["id"] in {one["id"] for one in read})
    before = kept(store)

    def review(name, code):
        done = run("casebook", "articles", "--store", store, "--review", name, "--state", "validated", "--audience", "everyone", code=code)
        assert done.stdout == ""
        return done.stderr

    said = review(f"{id}@1", 65)
    assert id in said and "version 1" in said and "version 2" in said
    said = review(id, 65)
    assert f"{id}@VERSION" in said and "version 2" in said
    assert f'no article "{id}@first"' in review(f"{id}@first", 66)
    assert kept(store) == before
    review(f"{id}@2", 0)
    reviewed = next(article for article in articles("--store", store)["articles"] if article["id"] == id)
    assert (reviewed["version"], reviewed["state"], reviewed["audience"]) == (3, "validated", "everyone")
    assert "version 3" in review(f"{id}@2", 65)


def test_looking_back_finds_articles_as_they_were_and_keeps_nothing(desk, store):
    opened = sorted(row["openedAt"] for row in rows(desk / "tickets.ndjson"))
    middle, today = opened[len(opened) // 2], datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    done = run("casebook", "articles", "--store", store, "--as-of", middle)
    assert done.stdout and "nothing is kept in the store" in done.stderr and middle in done.stderr
    assert kept(store) == [[], [], [], []]
    done = run("casebook", "articles", "--store", store, "--as-of", today, "--json")
    found = json.loads(done.stdout)["articles"]
    assert found and "nothing is kept" not in done.stderr and len(kept(store)[0]) == len(found)
    draft = next(article for article in found if article["resolution"])
    run("casebook", "articles", "--store", store, "--review", f"{draft['id']}@1", "--state", "validated", "--audience", "everyone")
    before = kept(store)
    assert draft["id"] in suggested(store, draft["title"])
    assert suggested(store, draft["title"], "--as-of", middle) == {}
    told = json.loads(run("casebook", "articles", "--store", store, "--effect", "--json", "--as-of", middle).stdout)["articles"]
    assert told == []
    for command in ("articles", "groups"):
        assert "nothing is kept in the store" in run("casebook", command, "--store", store, "--as-of", middle).stderr
    # The last record is older than the review, of which it is not known then.
    last = run("casebook", "articles", "--store", store, "--as-of", max(opened), "--json")
    assert {article["state"] for article in json.loads(last.stdout)["articles"]} == {"draft"} and "nothing is kept" in last.stderr
    assert kept(store) == before


def test_a_published_article_stays_with_customers_while_a_new_draft_of_it_waits(desk, store, tmp_path):
    drafts = {article["id"]: article for article in articles("--store", store)["articles"]}
    publish(store, drafts.values())
    resolve_otherwise(desk, store, tmp_path / "more")
    waiting = [article["id"] for article in articles("--store", store)["articles"] if article["version"] == 3]
    titles = {id: drafts[id]["title"] for id in waiting}
    assert titles
    shown = {id: suggested(store, title, "--count", 100).get(id) for id, title in titles.items()}
    assert any(shown.values()) and all(title == titles[id] for id, title in shown.items() if title)
    told = json.loads(run("casebook", "articles", "--store", store, "--effect", "--json").stdout)["articles"]
    assert {one["id"]: one["title"] for one in told} == {id: article["title"] for id, article in drafts.items()}


def older_tickets(desk, folder, found):
    """One ticket of each article once more, from before all others: groups that nobody kept are then named after these."""
    tickets = {row["id"]: row for row in rows(desk / "tickets.ndjson")}
    folder.mkdir()
    cited = [next(ticket for sentence in article["issue"] + article["resolution"] for ticket in sentence["tickets"]) for article in found]
    write_rows(folder / "tickets.ndjson", [
        {**tickets[id], "id": f"old-{number}", "openedAt": "2020-01-01T00:00:00Z", "resolvedAt": "2020-01-02T00:00:00Z"} for number, id in enumerate(cited)])
    return folder


def test_ids_of_articles_tell_nothing_of_tickets(desk, store, tmp_path):
    by_desk, by_store = ([article["id"] for article in articles(*source)["articles"]] for source in (("--desk", desk), ("--store", store)))
    for id in by_desk + by_store:
        assert re.fullmatch("K-[0-9a-f]{12}", id)
    assert not set(by_desk) & set(by_store)
    run("casebook", "articles", "--desk", desk, "--output", tmp_path / "out")
    tickets = [row["id"] for row in rows(desk / "tickets.ndjson")]
    for file in (tmp_path / "out").iterdir():
        line, = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("- Article: ")]
        assert not any(ticket in line for ticket in tickets)


def test_articles_keep_their_groups_when_older_tickets_come_in(desk, store, tmp_path):
    found = articles("--store", store)
    drafts = found["articles"]
    joined = [refused["reason"] for refused in found["refused"] if "says the same" in refused["reason"]]
    publish(store, drafts)
    before = {draft["id"]: draft["id"] in suggested(store, draft["title"]) for draft in drafts}
    assert any(before.values())
    older = older_tickets(desk, tmp_path / "older", drafts)
    run("casebook", "import", older, "--store", store, "--source", "older", "--date", "2026-01-02T00:00:00Z")
    assert {draft["id"]: draft["id"] in suggested(store, draft["title"]) for draft in drafts} == before
    again = articles("--store", store)
    assert {refused["reason"] for refused in again["refused"] if "says the same" in refused["reason"]} <= set(joined)
    stands = {article["id"]: article["group"] for article in again["articles"]}
    assert {draft["id"]: stands.get(draft["id"]) for draft in drafts} == {draft["id"]: draft["group"] for draft in drafts}


def test_as_of_a_time_nothing_is_known_of_later(desk):
    opened = {row["id"]: row["openedAt"] for row in rows(desk / "tickets.ndjson")}
    middle = sorted(opened.values())[len(opened) // 2]
    found = groups("--desk", desk, "--as-of", middle)
    assert sorted(ticket for group in found for ticket in group["tickets"]) == sorted(id for id, time in opened.items() if time <= middle)
    late = next(row for row in reversed(rows(desk / "tickets.ndjson")) if row["subject"])
    asked = json.loads(run("casebook", "suggest", "--desk", desk, "--team", "--json", "--least", 0, "--count", 20, "--as-of", middle, late["subject"]).stdout)
    assert asked["similar"] and all(opened[match["ticket"]] <= middle for match in asked["similar"])
    assert all(opened[ticket] <= middle for solution in asked["solutions"] for ticket in solution["tickets"])


def test_what_was_resolved_after_the_last_ticket_was_opened_counts(tmp_path):
    write_rows(tmp_path / "tickets.ndjson", [
        {"id": f"T{number}", "openedAt": f"2024-01-01T00:{number:02}:00Z", "resolvedAt": f"2024-01-02T00:{number:02}:00Z", "account": f"a{number % 6}",
         "subject": "invoice export fails", "body": "the export of invoices fails with a gateway error", "resolution": "Clear the export cache and start the worker again."}
        for number in range(12)])

    def solutions(*arguments):
        return json.loads(run("casebook", "suggest", "--desk", tmp_path, "--team", "--json", "--least", 0, *arguments, "invoice export fails").stdout)["solutions"]

    assert "T0" in solutions()[0]["tickets"]
    assert solutions("--as-of", "2024-01-01T12:00:00Z") == []


def test_a_question_of_an_account_is_answered_for_what_it_runs(tmp_path):
    """Two versions with one error each and the same words: what the asking account runs tells which solution is right."""
    tickets = []
    for number in range(60):
        version = number % 2
        tickets.append({
            "id": f"T{number}", "openedAt": f"2024-02-{1 + number // 3:02}T{number % 3:02}:00:00Z", "resolvedAt": f"2024-02-{1 + number // 3:02}T{4 + number % 3:02}:00:00Z",
            "account": f"v{version}-{number % 5}", "subject": "invoice export fails", "body": "the export of invoices fails with a gateway error",
            "resolution": ["Clear the export cache and start the worker again.", "Renew the session certificate of the printer driver."][version]})
    write_rows(tmp_path / "tickets.ndjson", tickets)
    names = [f"v{version}-{number}" for version in (0, 1) for number in range(6)]
    write_rows(tmp_path / "accounts.ndjson", [{"id": name, "organization": f"o-{name}"} for name in names])
    write_rows(tmp_path / "deployments.ndjson", [{"id": f"d-{name}", "version": name[1], "accounts": [name]} for name in names])

    def solution(account):
        told = json.loads(run("casebook", "suggest", "--desk", tmp_path, "--team", "--json", "--least", 0, "--account", account, "invoice export fails").stdout)
        return " ".join(told["solutions"][0]["sentences"])

    assert "cache" in solution("v0-5") and "certificate" in solution("v1-5")
    assert "no account nobody" in run("casebook", "suggest", "--desk", tmp_path, "--account", "nobody", "invoice", code=65).stderr


def test_what_is_of_the_future_is_left_out_and_said(desk, tmp_path):
    plain = run("casebook", "groups", "--desk", desk, "--json")
    copy = shutil.copytree(desk, tmp_path / "desk")
    tickets = rows(desk / "tickets.ndjson")
    write_rows(copy / "tickets.ndjson", tickets + [{"id": "ahead", "openedAt": "2199-01-01T00:00:00Z", "subject": tickets[0]["subject"]}])
    write_rows(copy / "interactions.ndjson", rows(desk / "interactions.ndjson") + [
        {"ticket": tickets[0]["id"], "time": "2199-01-01T00:00:00Z", "side": "agent", "public": True, "channel": "email", "author": "a", "text": "Done."}])
    ahead = run("casebook", "groups", "--desk", copy, "--json")
    assert ahead.stdout == plain.stdout
    assert "of 2 tickets what is of times that have not come yet" in ahead.stderr and "not come yet" not in plain.stderr


def test_rows_that_are_wrong_stop_the_run_or_are_set_aside(desk, tmp_path):
    plain = run("casebook", "articles", "--desk", desk, "--json").stdout
    copy = shutil.copytree(desk, tmp_path / "desk")
    tickets = rows(desk / "tickets.ndjson")
    write_rows(copy / "tickets.ndjson", tickets + [{**tickets[0], "id": "back", "resolvedAt": "2001-01-01T00:00:00Z"}])
    with (copy / "interactions.ndjson").open("a", encoding="utf-8") as file:
        file.write('{"ticket": 1,\n')
    line = f"tickets.ndjson:{len(tickets) + 1}"
    assert line in run("casebook", "articles", "--desk", copy, "--json", code=65).stderr
    done = run("casebook", "articles", "--desk", copy, "--json", "--keep-going")
    assert done.stdout == plain
    assert line in done.stderr and '"resolvedAt"' in done.stderr and "interactions.ndjson:" in done.stderr and "2 rows set aside" in done.stderr


def test_a_question_is_read_from_standard_input(desk):
    def asked(question):
        return run("casebook", "suggest", "--desk", desk, "--team", "--json", "--least", 0, input=question)

    short = question(desk)
    assert asked(short).stdout == run("casebook", "suggest", "--desk", desk, "--team", "--json", "--least", 0, short).stdout
    pasted = f"---------- Forwarded message\n{short}\n" + "".join(f"2026-01-01T00:00:{n % 60:02}Z ERROR request {n} failed\n" for n in range(30_000))
    done = asked(pasted)
    assert len(pasted) > 1 << 20 and json.loads(done.stdout)["similar"]
    assert "only the first 1048576 bytes" in done.stderr
    for nothing in ("", " \n"):
        assert "a question in words" in run("casebook", "suggest", "--desk", desk, input=nothing, code=64).stderr


def test_nothing_fits_a_question_about_nothing(desk):
    done = run("casebook", "suggest", "--desk", desk, "--least", 0.5, "zzz")
    assert done.stdout == "Nothing fits well enough to be suggested.\n"


@pytest.fixture(scope="module")
def models(desk, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    run("train", "issue-groups", "--desk", desk, "--models", folder)
    return folder


def test_a_cutoff_hides_what_was_said_and_resolved_later(desk, tmp_path):
    """A model of a moment is that of a desk which had nothing else yet."""
    tickets, messages = rows(desk / "tickets.ndjson"), rows(desk / "interactions.ndjson")
    cutoff = sorted(row["openedAt"] for row in tickets)[len(tickets) // 2]
    old = [row for row in tickets if row["openedAt"] <= cutoff]
    late = {row["id"] for row in old[::2] if row.get("resolvedAt")}
    then, later = tmp_path / "then", tmp_path / "later"
    for folder in (then, later):
        shutil.copytree(desk, folder)
    # In one folder half of the tickets were answered and resolved a century later, in the other not at all.
    write_rows(then / "tickets.ndjson", [
        {name: value for name, value in row.items() if row["id"] not in late or name not in ("resolvedAt", "resolution")} for row in old])
    write_rows(later / "tickets.ndjson", [{**row, "resolvedAt": "2124-01-01T00:00:00Z"} if row["id"] in late else row for row in tickets])
    said = [row for row in messages if row["ticket"] not in late or row["side"] == "customer"]
    ids = {row["id"] for row in old}
    write_rows(then / "interactions.ndjson", [row for row in said if row["ticket"] in ids])
    write_rows(later / "interactions.ndjson", said + [{**row, "time": "2124-01-01T00:00:00Z"} for row in messages if row["ticket"] in late and row["side"] != "customer"])
    models = []
    for folder in (then, later):
        run("train", "issue-groups", "--desk", folder, "--models", tmp_path / "models", "--cutoff", cutoff)
        model = json.loads((tmp_path / "models" / "issue-groups" / str(len(models) + 1) / "model.json").read_text())
        models.append((model["answers"], model["votes"], model["weightsSHA256"], model["provenance"]["heldOut"]))
    assert models[0] == models[1]


def question(desk):
    return rows(desk / "tickets.ndjson")[-1]["subject"]


def test_a_model_gives_what_learning_at_once_gives(desk, models):
    for command in (["suggest", "--team", "--least", 0, question(desk)], ["groups"]):
        name, *rest = command
        at_once = run("casebook", name, "--desk", desk, "--json", *rest).stdout
        loaded = run("casebook", name, "--desk", desk, "--json", "--models", models, "--version", 1, *rest).stdout
        assert loaded == at_once and len(json.loads(loaded)) > 0
    assert json.loads(run("casebook", "suggest", "--desk", desk, "--team", "--json", "--models", models, question(desk)).stdout)["similar"]


def test_a_model_says_where_it_comes_from_and_what_it_reached(desk, models):
    import hashlib
    model = json.loads((models / "issue-groups" / "1" / "model.json").read_text())
    provenance = model["provenance"]
    assert provenance["tickets"] == len(rows(desk / "tickets.ndjson")) and provenance["seed"] == 1
    assert provenance["dataSHA256"]["tickets.ndjson"] == hashlib.sha256((desk / "tickets.ndjson").read_bytes()).hexdigest()
    figures = provenance["heldOut"]
    assert figures["tickets"] == provenance["tickets"] / 4
    for name in ("groupRight", "earlierPairF1", "suggestionRight", "suggestionProbability", "suggestionBrier", "suggestionAuroc", "categoryGiven", "categoryRight",
                 "categoryFrequent", "tagRight"):
        assert 0 <= figures[name] <= 1
    # Who gives a category by its group must do better than who always gives the same one.
    assert figures["categoryRight"] > figures["categoryFrequent"]
    card = (models / "issue-groups" / "1" / "card.md").read_text()
    assert all(name in card for name in figures)


def test_a_model_has_no_word_of_fewer_customers_than_it_says(desk, tmp_path):
    organization = {row["id"]: row["organization"] for row in rows(desk / "accounts.ndjson")}
    customers = {}
    for row in rows(desk / "tickets.ndjson"):
        for word in set(re.findall(r"[^\W_]+", f"{row['subject']} {row['body']}".lower())):
            customers.setdefault(word, set()).add(organization.get(row["account"], row["account"]))
    canaries = json.loads((desk / "truth.json").read_text())["canaries"]
    for least in (3, 8):
        folder = tmp_path / str(least)
        run("train", "issue-groups", "--desk", desk, "--models", folder, "--least-customers", least)
        text = (folder / "issue-groups" / "1" / "model.json").read_text()
        words = [word for word in json.loads(text)["words"] if word.isascii() and word.isalnum()]
        assert len(words) > 100
        assert [word for word in words if len(customers.get(word, ())) < least] == []
        assert [canary for canary in canaries if canary in text] == []


def test_models_come_from_stores_and_data_sets_too(store, tmp_path):
    run("train", "issue-groups", "--store", store, "--models", tmp_path / "m")
    asked = run("casebook", "suggest", "--store", store, "--team", "--json", "--models", tmp_path / "m", "list not refreshed").stdout
    assert asked == run("casebook", "suggest", "--store", store, "--team", "--json", "list not refreshed").stdout
    (tmp_path / "set").mkdir()
    write_intents(tmp_path / "set")
    run("train", "issue-groups", "--dataset", tmp_path / "set", "--models", tmp_path / "m")
    assert (tmp_path / "m" / "issue-groups" / "current").read_text() == "2\n"
    assert "made" in (tmp_path / "m" / "issue-groups" / "2" / "card.md").read_text()


def test_a_damaged_a_newer_and_a_missing_model_are_said(desk, models, tmp_path):
    def asked(folder, code, *more):
        return run("casebook", "suggest", "--desk", desk, "--models", folder, *more, "anything", code=code).stderr

    def copy(name):
        return shutil.copytree(models, tmp_path / name) / "issue-groups" / "1"

    cut = copy("cut") / "model.safetensors"
    cut.write_bytes(cut.read_bytes()[:-8])
    assert "model.safetensors: damaged" in asked(tmp_path / "cut", 65)
    turned = copy("turned") / "model.safetensors"
    content = bytearray(turned.read_bytes())
    content[-1] ^= 1
    turned.write_bytes(content)
    assert "SHA-256" in asked(tmp_path / "turned", 65)
    newer = copy("newer") / "model.json"
    newer.write_text(re.sub(r'"formatVersion" ?: ?\d+', '"formatVersion":99', newer.read_text()))
    assert "newer" in asked(tmp_path / "newer", 65)
    half = copy("half") / "model.json"
    half.write_text(half.read_text()[:200])
    assert "model.json: damaged" in asked(tmp_path / "half", 65)
    wrong = copy("wrong") / "model.json"
    model = json.loads(wrong.read_text())
    model["votes"]["weights"].pop()
    wrong.write_text(json.dumps(model))
    assert "descriptionSHA256" in asked(tmp_path / "wrong", 65)
    older = copy("older") / "model.json"
    text = re.sub(r'("wordRules" ?: ?)\d+', r"\g<1>1", older.read_text())
    sealed = json.loads(text)["descriptionSHA256"]
    text = text.replace(sealed, 64 * "0")
    older.write_text(text.replace(64 * "0", hashlib.sha256(text.encode()).hexdigest()))
    assert "cuts texts into other words; train it again" in asked(tmp_path / "older", 65)
    assert "no such model" in asked(tmp_path / "nowhere", 66)
    assert "no version 7" in asked(models, 66, "--version", 7)
    assert "0 tickets with text; 20 are needed" in run(
        "train", "issue-groups", "--desk", desk, "--models", tmp_path / "m", "--cutoff", "2001-01-01T00:00:00Z", code=65).stderr


def write_rows(path, items):
    path.write_text("".join(json.dumps(item) + "\n" for item in items))


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A desk of twelve issues with six tickets a week each, of which the first all but ends when its article comes, and the third, whose accounts alone tell what they run, with version 1."""
    folder = tmp_path_factory.mktemp("followed")
    nouns = ["invoice", "printer", "calendar", "password", "backup", "chart", "mailbox", "barcode", "payroll", "webhook", "camera", "forecast"]
    states = ["locked", "offline", "empty", "expired", "slow", "crooked", "full", "unreadable", "rounded", "silent", "blurred", "negative"]
    begin = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)

    def time(week, hour=0.0):
        return (begin + datetime.timedelta(weeks=week, hours=hour)).strftime("%Y-%m-%dT%H:%M:%SZ")

    tickets = []
    for week in range(52):
        for issue, (noun, state) in enumerate(zip(nouns, states)):
            count = 6 + (week * 7 + issue * 5) % 4 - 1
            if issue == 0 and week >= 30:
                count = week % 2
            if issue == 2 and week >= 25:
                count = 0
            for number in range(count):
                tickets.append({
                    "id": f"T{week}-{issue}-{number}", "openedAt": time(week, 2 + 20 * number), "resolvedAt": time(week, 8 + 20 * number),
                    "account": f"{'b' if issue == 2 else 'a'}{(week + number) % 9}", "subject": f"{noun} {state}", "body": f"our {noun} is {state} since monday",
                    "resolution": f"reset the {noun} module and reload it"})
    write_rows(folder / "tickets.ndjson", tickets)
    write_rows(folder / "accounts.ndjson", [{"id": f"{kind}{n}", "organization": f"o{n}"} for kind in "ab" for n in range(9)])
    write_rows(folder / "deployments.ndjson", [{"id": f"d{n}", "version": "2", "accounts": [f"b{n}"]} for n in range(9)])
    write_rows(folder / "releases.ndjson", [
        {"component": "app", "version": str(version), "deployment": f"d{n}", "deployedAt": time(week)}
        for n in range(9) for version, week in ((1, -1), (2, 25))])
    write_rows(folder / "published.ndjson", [
        {"id": f"KB{issue}", "publishedAt": time(30 if issue < 2 else 20), "title": f"{nouns[issue]} {states[issue]}",
         "tickets": [f"T{week}-{issue}-0" for week in range(10)]} for issue in range(3)])
    write_rows(folder / "article-uses.ndjson", [
        {"article": "KB0", "time": time(31), "kind": "viewed", "ticket": None},
        {"article": "KB0", "time": time(32), "kind": "viewed", "ticket": None},
        {"article": "KB0", "time": time(32), "kind": "solved", "ticket": None},
        {"article": "KB1", "time": time(33), "kind": "linked", "ticket": "T33-1-0"}])
    return folder


def test_what_became_of_articles_is_told(followed):
    told = json.loads(run("casebook", "articles", "--desk", followed, "--effect", "--json").stdout)["articles"]
    helped, idle, stale = told
    assert [one["id"] for one in told] == ["KB0", "KB1", "KB2"]
    assert [helped[key] for key in ("viewed", "linked", "solved", "unsolved")] == [2, 0, 1, 0] and idle["linked"] == 1
    assert helped["verdict"] == "helped" and helped["avoidedInterval"][0] > 0
    low, high = helped["reductionInterval"]
    assert 0 < low <= helped["reduction"] <= high <= 1
    assert helped["tickets"] + helped["avoided"] == pytest.approx(helped["expected"], abs=1e-3)
    low, high = idle["reductionInterval"]
    assert idle["verdict"] != "helped" and low <= 0 <= high
    assert [one["isStale"] for one in told] == [False, False, True]
    assert helped["staleBecause"] == [] and "version" in stale["staleBecause"][0]
    text = run("casebook", "articles", "--desk", followed, "--effect").stdout
    assert "KB0: invoice locked" in text and ": helped" in text and text.count("stale: ") == 1


def test_an_article_whose_tickets_nobody_knows_and_a_desk_without_articles(followed, tmp_path):
    copy = shutil.copytree(followed, tmp_path / "desk")
    write_rows(copy / "published.ndjson", [{"id": "KB9", "publishedAt": "2024-06-01T00:00:00Z", "tickets": ["gone"]}])
    (one,) = json.loads(run("casebook", "articles", "--desk", copy, "--effect", "--json").stdout)["articles"]
    assert one["verdict"] == "cannotTell" and one["obstacle"] and one["expected"] is None and not one["isStale"]
    (copy / "published.ndjson").unlink()
    assert run("casebook", "articles", "--desk", copy, "--effect").stdout == ""


@pytest.mark.parametrize("name,row,field", [
    ("published", {"id": "K"}, "publishedAt"), ("published", {"publishedAt": "2024-06-01T00:00:00Z"}, "id"),
    ("published", {"id": " ", "publishedAt": "2024-06-01T00:00:00Z"}, "id"),
    ("article-uses", {"article": "K", "time": "2024-06-01T00:00:00Z", "kind": "eaten"}, "kind"),
    ("article-uses", {"article": "K", "kind": "viewed"}, "time")])
def test_bad_rows_of_articles_and_uses_are_named(followed, tmp_path, name, row, field):
    copy = shutil.copytree(followed, tmp_path / "desk")
    write_rows(copy / f"{name}.ndjson", [row])
    said = run("casebook", "articles", "--desk", copy, "--effect", code=65).stderr
    assert f"{name}.ndjson:1" in said and f'"{field}"' in said


def test_effects_of_reviewed_articles_are_told_from_a_store(store):
    draft = articles("--store", store)["articles"][0]
    assert json.loads(run("casebook", "articles", "--store", store, "--effect", "--json").stdout)["articles"] == []
    run("casebook", "articles", "--store", store, "--review", draft["id"], "--state", "validated")
    (one,) = json.loads(run("casebook", "articles", "--store", store, "--effect", "--json").stdout)["articles"]
    assert (one["id"], one["group"]) == (draft["id"], draft["group"]) and one["viewed"] == 0
    assert "--effect goes with none of" in run("casebook", "articles", "--store", store, "--effect", "--preview", code=64).stderr


@pytest.mark.parametrize("note,suggested", [
    ("", False), ("reset the {noun} module and reload it", True),
    ("closing as a duplicate of #{number}, see there for the fix", False)])
def test_customers_are_suggested_articles_with_a_resolution_alone(tmp_path, note, suggested):
    """Where nobody told what to do, or only which other ticket a ticket repeats, an article does not answer, however sure it is that it is about the question."""
    nouns, states = ["invoice", "printer", "calendar", "password"], ["locked", "offline", "empty", "expired"]
    folder = tmp_path / "desk"
    folder.mkdir()
    write_rows(folder / "tickets.ndjson", [
        {"id": f"T{week}-{issue}-{number}", "openedAt": f"2024-01-{1 + week:02}T0{number}:{10 + issue}:00Z", "resolvedAt": f"2024-01-{1 + week:02}T12:00:00Z",
         "account": f"a{(week + number) % 9}", "subject": f"Re: {noun} {state}", "body": f"our {noun} is {state} since monday",
         "resolution": note.format(noun=noun, number=9100 + week)}
        for week in range(20) for issue, (noun, state) in enumerate(zip(nouns, states)) for number in range(2)])
    write_rows(folder / "accounts.ndjson", [{"id": f"a{n}", "organization": f"o{n}"} for n in range(9)])
    store = tmp_path / "tenant.store"
    run("casebook", "import", folder, "--store", store, "--source", "desk", "--date", "2024-03-01T00:00:00Z")
    drafts = articles("--store", store)["articles"]
    draft = next(one for one in drafts if "invoice" in one["title"])
    assert draft["title"] == "invoice locked" and bool(draft["resolution"]) == suggested
    run("casebook", "articles", "--store", store, "--review", draft["id"], "--state", "validated", "--audience", "everyone")
    for arguments, expected in (([], suggested), (["--team"], True)):
        told = json.loads(run("casebook", "suggest", "--store", store, "--json", *arguments, "our invoice is locked").stdout)
        assert (draft["id"] in [one["id"] for one in told["articles"]]) == expected
        assert all("duplicate" not in " ".join(one["sentences"]) for one in told["solutions"])


def test_solutions_that_contradict_each_other_are_both_told(tmp_path):
    nouns, states = ["invoice", "printer", "calendar", "password"], ["locked", "offline", "empty", "expired"]
    upgrade, never = "upgrade the {} worker to the newest release", "never upgrade: go back to the previous release of the {} worker"
    write_rows(tmp_path / "tickets.ndjson", [
        {"id": f"T{week}-{issue}", "openedAt": f"2024-01-{1 + week:02}T0{issue}:00:00Z", "resolvedAt": f"2024-01-{1 + week:02}T12:00:00Z",
         "account": f"a{week % 9}", "subject": f"{noun} {state}", "body": f"our {noun} is {state} since monday",
         "resolution": (upgrade if week % 2 else never).format(noun)}
        for week in range(24) for issue, (noun, state) in enumerate(zip(nouns, states))])
    write_rows(tmp_path / "accounts.ndjson", [{"id": f"a{n}", "organization": f"o{n}"} for n in range(9)])
    both = {upgrade.format("invoice"), never.format("invoice")}
    (article,) = (one for one in articles("--desk", tmp_path)["articles"] if "invoice" in one["title"])
    assert {one["text"] for one in article["resolution"] + article["otherResolution"]} == both
    assert "Other cases were resolved by:" in run("casebook", "articles", "--desk", tmp_path).stdout
    told = json.loads(run("casebook", "suggest", "--desk", tmp_path, "--team", "--json", "our invoice is locked").stdout)
    assert {" ".join(one["sentences"]) for one in told["solutions"][:2]} == both


def test_an_error_that_a_ticket_pastes_is_found_again_whatever_its_values_are(store, tmp_path):
    """Two tickets with one error in their logs, which the store knows as one signature, are more alike than their words say."""
    line = "2026-03-01T10:00:00Z ERROR [hull] spindle {} jammed beside {}\n"
    later = tmp_path / "later"
    later.mkdir()
    (later / "tickets.ndjson").write_text(json.dumps(
        {"id": "pasted-1", "openedAt": "2026-03-01T11:00:00Z", "subject": "Export of plans", "body": "Nothing goes out.\n\n" + line.format("latch-77", "place-707")}) + "\n")
    run("casebook", "import", later, "--store", store, "--source", "later", "--date", "2026-03-02T00:00:00Z")

    def score():
        told = json.loads(run("casebook", "suggest", "--store", store, "--team", "--json", "--least", "0",
                              "We cannot print.\n\n" + line.format("latch-99", "place-909")).stdout)
        return {match["ticket"]: match["score"] for match in told["similar"]}.get("pasted-1", 0)

    alone = score()
    log = tmp_path / "hull.log"
    log.write_text("".join(line.format(f"latch-{number}", f"place-{number}") for number in range(20)))
    run("casebook", "ingest", "--store", store, log)
    assert score() > alone + 0.1


@pytest.mark.parametrize("arguments,said", [
    (["groups"], "one of --desk and --store"), (["groups", "--desk", "a", "--store", "b"], "one of --desk and --store"),
    (["groups", "--desk", "a", "--together", "1"], "--together takes the ids of two"),
    (["groups", "--desk", "a", "--together", "1,1"], "--together takes the ids of two"),
    (["groups", "--desk", "a", "--preview"], "--preview needs --together"),
    (["groups", "--store", "a", "--apart", "1,2", "--as-of", "2026-01-01T00:00:00Z"], "with --as-of they need --preview"),
    (["groups", "--store", "a", "--keep-going"], "--keep-going needs --desk"),
    (["articles", "--desk", "a", "--format", "pdf"], '--format: "pdf" is none of markdown'),
    (["articles", "--desk", "a", "--review", "K"], "--review goes with --state or --audience"),
    (["articles", "--desk", "a", "--review", "K", "--state", "validated"], "--review needs --store"),
    (["articles", "--desk", "a", "--least-customers", "1"], "--least-customers must be from 2"),
    (["suggest", "--desk", "a", " "], "a question in words"),
    (["suggest", "--desk", "a", "x", "--least", "2"], "--least is a probability"),
    (["suggest", "--desk", "a", "x", "--count", "0"], "--count must be from 1"),
    (["suggest", "--desk", "a", "x", "--as-of", "yesterday"], "--as-of is a time"),
    (["suggest", "--desk", "a", "x", "--version", "1"], "--version needs --models"),
    (["articles", "--desk", "a", "--effect", "--output", "b"], "--effect goes with none of")])
def test_bad_options_are_refused(arguments, said):
    assert said in run("casebook", *arguments, code=64).stderr


def test_a_desk_that_is_not_there_and_a_ticket_that_is_not_there_are_said(desk, tmp_path):
    assert "missing" in run("casebook", "groups", "--desk", tmp_path / "missing", code=66).stderr
    assert "no ticket nobody" in run("casebook", "groups", "--desk", desk, "--together", "nobody,somebody", code=65).stderr


def test_the_same_desk_gives_the_same_bytes(desk):
    assert run("casebook", "groups", "--desk", desk, "--json").stdout == run("casebook", "groups", "--desk", desk, "--json").stdout


def test_a_desk_without_tickets_has_no_groups(tmp_path):
    (tmp_path / "tickets.ndjson").write_text("")
    assert groups("--desk", tmp_path) == []
    assert articles("--desk", tmp_path)["articles"] == []


def test_knowledge_is_measured_on_simulated_desks():
    figures = json.loads(run("evaluate", "knowledge", "--grade", "easy", "--tickets", 600, "--json").stdout)
    assert figures["leakedCharacters"] == 0 and figures["faithful"] == 1 and figures["resolutionFromAgents"] == 1
    assert figures["solutionTop1"] > 0.8 and figures["solutionTop3"] >= figures["solutionTop1"] and figures["ari"] > 0.5
    assert "--grade: easy or hard" in run("evaluate", "knowledge", "--grade", "soft", code=64).stderr
    assert "--tickets must be from 100" in run("evaluate", "knowledge", "--tickets", 10, code=64).stderr


def write_intents(folder):
    import itertools
    import random
    draw = random.Random(1)
    issues = {
        "lock": (["table", "record", "row"], ["locked", "blocked"], ["edit", "save", "change"]),
        "mail": (["mail", "message", "letter"], ["missing", "late", "lost"], ["send", "receive"]),
        "login": (["password", "login", "account"], ["refused", "denied", "expired"], ["enter", "reset"]),
        "print": (["printer", "paper", "label"], ["empty", "crooked", "blank"], ["print", "scan"])}
    lines = []
    for label, (nouns, states, verbs) in issues.items():
        for noun, state, verb in itertools.product(nouns, states, verbs):
            for frame in ("my {n} is {s} when i {v}", "cannot {v} because {n} {s}", "why is the {n} {s} if we {v} it"):
                lines.append((frame.format(n=noun, s=state, v=verb), label))
    draw.shuffle(lines)
    half = len(lines) // 2
    for name, part in (("train.csv", lines[:half]), ("test.csv", lines[half:])):
        (folder / name).write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in part))
    (folder / "dataset.json").write_text(json.dumps({
        "name": "made", "kind": "intents", "files": {"train": "train.csv", "test": "test.csv"},
        "columns": {"text": "text", "label": "label"}}))


def test_retrieval_grouping_and_articles_are_measured_on_questions_with_labels(tmp_path):
    write_intents(tmp_path)
    found = json.loads(run("evaluate", "retrieval", "--dataset", tmp_path, "--json", "--rankings", tmp_path / "r.csv").stdout)
    assert found["recallAt1"] > 0.9 and found["recallAt1"] <= found["recallAt5"] <= found["recallAt10"] and found["mrr"] <= 1
    lines = (tmp_path / "r.csv").read_text().splitlines()
    assert lines[0] == "query_id,candidate_id,rank" and lines[1].split(",")[0] == "0" and lines[1].endswith(",1")
    grouped = json.loads(run("evaluate", "grouping", "--dataset", tmp_path, "--json").stdout)
    assert grouped["ari"] > 0 and grouped["aloneAri"] == 0 and grouped["togetherAri"] == 0 and 0 <= grouped["stability"] <= 1
    written = json.loads(run("evaluate", "articles", "--dataset", tmp_path, "--json").stdout)
    assert written["findabilityAt1"] > 0.9 and written["faithful"] == 1 and written["wordsMean"] <= 60
    assert written["wrongArticleAt1"] < written["findabilityAt1"]


def test_duplicates_are_asked_when_they_come_and_find_only_what_was_there(tmp_path):
    (tmp_path / "t.csv").write_text(
        "id,at,title,text,of\n"
        "1,2024-01-01T00:00:00Z,cannot save invoice,the invoice form says locked,\n"
        "2,2024-01-02T00:00:00Z,printer offline,labels are not printed,\n"
        "3,2024-01-03T00:00:00Z,invoice cannot be saved,locked again,1\n"
        "4,2024-01-04T00:00:00Z,saving an invoice fails,form is locked,\"3,99\"\n")
    (tmp_path / "dataset.json").write_text(json.dumps({
        "name": "made", "kind": "duplicates", "files": ["t.csv"],
        "columns": {"id": "id", "openedAt": "at", "subject": "title", "body": "text", "duplicateOf": "of"}}))
    found = json.loads(run("evaluate", "retrieval", "--dataset", tmp_path, "--json", "--rankings", tmp_path / "r.csv").stdout)
    assert found["queries"] == 2 and found["recallAt1"] == 1
    pairs = [line.split(",")[:2] for line in (tmp_path / "r.csv").read_text().splitlines()[1:]]
    assert all(int(candidate) < int(query) for query, candidate in pairs)


def test_columns_that_are_named_and_missing_and_files_outside_are_refused(tmp_path):
    def refused(folder):
        return run("evaluate", "retrieval", "--dataset", folder, code=65).stderr

    write_intents(tmp_path)
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_text("text,intent\nwhere is it,lost\n")
    assert 'train.csv:1: field "label": no such column; there are text, intent' in refused(tmp_path)
    bugs = tmp_path / "bugs"
    bugs.mkdir()
    descriptor = {
        "name": "bugs", "kind": "duplicates", "files": ["t.csv"],
        "columns": {"id": "id", "openedAt": "at", "subject": "title", "duplicateOf": "of"}}
    (bugs / "dataset.json").write_text(json.dumps(descriptor))
    (bugs / "t.csv").write_text("id,at,of\n1,2024-01-01T00:00:00Z,\n")
    assert 't.csv:1: field "title": no such column' in refused(bugs)
    (bugs / "t.csv").write_text("id,at,title,of\n1,2024-01-01T00:00:00Z,a,\n\t,2024-01-01T00:00:00Z,a,\n")
    assert 't.csv:3' in refused(bugs) and '"id"' in refused(bugs)
    for name in ("../t.csv", "/etc/hosts"):
        (bugs / "dataset.json").write_text(json.dumps({**descriptor, "files": [name]}))
        assert "not below the folder of the data set" in refused(bugs)
    outside = {
        "signatures": {"name": "x", "kind": "labelled-logs", "log": "../a.log", "labels": "b.csv", "columns": {"message": "m", "template": "t"}},
        "redaction": {"name": "x", "kind": "spans", "files": ["/a.json"], "types": {}}}
    for command, content in outside.items():
        (bugs / "dataset.json").write_text(json.dumps(content))
        assert "not below the folder" in run("evaluate", command, "--dataset", bugs, code=65).stderr


def test_a_data_set_of_another_kind_or_with_a_fault_is_refused(tmp_path):
    assert "kind" in run("evaluate", "retrieval", "--dataset", ROOT / "datasets" / "synthetic-desk", code=65).stderr
    (tmp_path / "dataset.json").write_text('{"name": "x", "kind": "intents"}')
    assert "files" in run("evaluate", "grouping", "--dataset", tmp_path, code=65).stderr
    write_intents(tmp_path)
    (tmp_path / "test.csv").write_text("text,label\nwhere is it,\n")
    assert "test.csv" in run("evaluate", "articles", "--dataset", tmp_path, code=65).stderr


@pytest.mark.skipif(not TEXTS.exists(), reason="needs ../shared")
def test_real_texts_reach_what_is_promised():
    found = json.loads(run("evaluate", "retrieval", "--json").stdout)["sets"]
    assert found["banking77"]["recallAt1"] >= 0.84 and found["banking77"]["ndcgAt10"] >= 0.75
    assert found["gitbugs_hadoop"]["recallAt10"] >= 0.86
    written = json.loads(run("evaluate", "articles", "--json").stdout)
    assert written["findabilityAt1"] >= 0.75 and written["faithful"] == 1 and written["duplicateRate"] < 0.02
