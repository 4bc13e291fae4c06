"""`casebook signatures` and `evaluate signatures`, from outside."""

import csv
import io
import json
import random

import pytest
from paths import ROOT, SHARED

LINES = [
    "session opened for user alice by (uid=0)", "session opened for user bob by (uid=0)", "VM Started", "VM Paused",
    "sent 12 bytes to 10.0.0.7:80", "sent 7 bytes to 10.0.0.8:81", "disk full",
]


def rows(run, *arguments, text):
    done = run("casebook", "signatures", *arguments, stdin=text)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_one_row_a_line_in_order(run):
    found = rows(run, text="\n".join(LINES))
    assert [row["LineId"] for row in found] == [str(number) for number in range(1, len(LINES) + 1)]
    assert [row["EventTemplate"] for row in found] == [
        "session opened for user <*> by (uid=<*>)"] * 2 + ["VM Started", "VM Paused"] + [
        "sent <*> bytes to <*>"] * 2 + ["disk full"]
    assert len({row["EventId"] for row in found}) == 5


def test_neither_order_nor_line_ends_change_ids(run):
    ids = {row["EventTemplate"]: row["EventId"] for row in rows(run, text="\n".join(LINES))}
    shuffled = random.Random(3).sample(LINES, len(LINES))
    assert {row["EventTemplate"]: row["EventId"] for row in rows(run, text="\r\n".join(shuffled) + "\r\n")} == ids


def test_counts_add_up_on_anything(run):
    noise = "".join(random.Random(5).choices("ab 1=,()[]\"'<>/.\0é\t\n", k=20_000))
    found = rows(run, "--summary", text=noise + "\n" + "x" * 3_000_000 + "\n")
    assert sum(int(row["Lines"]) for row in found) == noise.count("\n") + 2


def test_the_same_noise_gives_the_same_signatures_in_every_process(run):
    """So many different lines that they are grouped before all are read: what a process makes of its memory must not show."""
    words = ["invoice", "of", "org", "cannot", "host", "error:", "site", "customer:", "C++", "staging", "after", "tenant", "106",
             "fe80::1:23", "tenant_quay9", "id=210", "v2.7", "eu-west", "29000ms", "pod-10-bddb", "000", "1234", "Garden",
             "2026-01-05", "_a_", "DE:13", "org-2=106", "...", "tenant=54", '"quay 7"', "(x)"]
    draw = random.Random(3)
    noise = "\n".join(" ".join(draw.choices(words, k=draw.randint(3, 16))) for _ in range(20_000))
    first = run("casebook", "signatures", stdin=noise).stdout
    for _ in range(2):
        assert run("casebook", "signatures", stdin=noise).stdout == first


def test_nothing_in_nothing_out(run):
    assert rows(run, text="") == []


def test_decisions_are_previewed_and_replayed(run, tmp_path):
    text = "\n".join(LINES)
    ids = {row["EventTemplate"]: row["EventId"] for row in rows(run, "--summary", text=text)}
    decisions = tmp_path / "decisions.ndjson"
    decisions.write_text(json.dumps({"merge": [ids["VM Started"], ids["VM Paused"]], "by": "kim"}) + "\n\n"
                         + json.dumps({"split": ids["session opened for user <*> by (uid=<*>)"]}) + "\n")
    preview = rows(run, "--decisions", decisions, "--preview", text=text)
    assert [(row["Change"], row["EventTemplate"], row["Lines"]) for row in preview] == [
        ("-", "session opened for user <*> by (uid=<*>)", "2"), ("-", "VM Paused", "1"), ("-", "VM Started", "1"),
        ("+", "VM <*>", "2"), ("+", "session opened for user alice by (uid=<*>)", "1"),
        ("+", "session opened for user bob by (uid=<*>)", "1")]
    after = [row["EventTemplate"] for row in rows(run, "--decisions", decisions, text=text)]
    assert after[:4] == ["session opened for user alice by (uid=<*>)", "session opened for user bob by (uid=<*>)",
                         "VM <*>", "VM <*>"]


@pytest.mark.parametrize("line, complaint", [
    ('{"merge": ["0123456789abcdef"]}', 'decisions.ndjson:1: field "merge"'),
    ('{"split": "xyz"}', 'decisions.ndjson:1: field "split"'),
    ("merge all", "decisions.ndjson:1:"),
])
def test_a_bad_decision_is_named(run, tmp_path, line, complaint):
    decisions = tmp_path / "decisions.ndjson"
    decisions.write_text(line + "\n")
    done = run("casebook", "signatures", "--decisions", decisions, stdin="a\n")
    assert done.returncode == 65
    assert complaint in done.stderr
    assert done.stdout == ""


def test_a_decision_about_the_unseen_is_left_open_and_said(run, tmp_path):
    decisions = tmp_path / "decisions.ndjson"
    decisions.write_text('{"split": "0123456789abcdef"}\n')
    done = run("casebook", "signatures", "--decisions", decisions, stdin="a\n")
    assert done.returncode == 0
    assert "0123456789abcdef" in done.stderr


def test_evaluation_of_lines_and_labels(run, tmp_path):
    log, labels = tmp_path / "a.log", tmp_path / "a.csv"
    log.write_text("job 1 done\njob 2 done\nbye")
    labels.write_text("LineId,EventTemplate\n1,job <*> done\n2,job <*> done\n3,\"so, bye\"\n")
    done = run("evaluate", "signatures", "--file", log, "--labels", labels, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "groupingAccuracy": 1, "groupingF1": 1, "parsingAccuracy": pytest.approx(2 / 3), "templateF1": 0.5,
        "lines": 3, "distinct": 2}
    labels.write_text("LineId,EventTemplate\n1,job <*> done\n")
    done = run("evaluate", "signatures", "--file", log, "--labels", labels)
    assert (done.returncode, done.stdout) == (65, "")
    assert "3 lines, but 1 labels" in done.stderr


@pytest.mark.skipif(not (SHARED / "data" / "loghub").exists(), reason="the labelled logs in ../shared are not here")
def test_the_promised_accuracy_on_real_lines_in_any_order(run):
    measures = {}
    for name, more in (("as they came", []), ("shuffled", ["--shuffle", "9"])):
        done = run("evaluate", "signatures", "--json", *more, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        measures[name] = json.loads(done.stdout)
    assert measures["as they came"] == measures["shuffled"]
    assert measures["shuffled"]["groupingAccuracy"] >= 0.95
    assert measures["shuffled"]["groupingF1"] >= 0.93
    assert measures["shuffled"]["parsingAccuracy"] >= 0.55
    assert measures["shuffled"]["templateF1"] >= 0.55


def test_values_of_each_line(run):
    found = rows(run, "--values", text="\n".join(LINES))
    assert [json.loads(row["Values"]) for row in found] == [
        ["alice", "0"], ["bob", "0"], [], [], ["12", "10.0.0.7:80"], ["7", "10.0.0.8:81"], []]


def test_matching_learns_nothing(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_KEY", "a key of twenty bytes")
    store = tmp_path / "store"
    assert run("casebook", "ingest", "--store", store, "-", stdin="\n".join(LINES)).returncode == 0
    text = "session opened for user carol by (uid=7)\nVM Exploded\n\nVM Paused\n"
    known = {row["EventTemplate"]: row["EventId"] for row in rows(run, "--summary", text="\n".join(LINES))}
    for _ in range(2):
        found = rows(run, "--match", "--store", store, text=text)
        assert [row["EventId"] for row in found] == [
            known["session opened for user <*> by (uid=<*>)"], "", "", known["VM Paused"]]


@pytest.mark.parametrize("options", [
    ["--match"], ["--preview"], ["--values", "--summary"], ["--messages", "--format", "json"], ["--store", "x", "--values"]])
def test_options_that_contradict_are_refused(run, options):
    done = run("casebook", "signatures", *options)
    assert done.returncode == 64
    assert done.stdout == ""
