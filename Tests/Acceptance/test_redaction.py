"""`casebook redact` and `evaluate redaction`, from outside."""

import csv
import io
import json
import os
import pathlib
import random
import re
import subprocess
import time

import pytest
from paths import PROGRAMS, ROOT, SHARED

KEY = "a key of the tenant that is long"
SECRETS = ["bob@example.com", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "203.0.113.77", "hunter2!", "+49 30 901820"]
TEXT = "\n".join([
    "mail bob@example.com about card 4111 1111 1111 1111", "iban DE89 3704 0044 0532 0130 00 from 203.0.113.77\r",
    "password=hunter2! call +49 30 901820", "nothing here: 1.2.3, 12:30:45, da39a3ee5e6b4b0d3255bfef95601890afd80709", ""])


def redact(data, *arguments, key=KEY, check=True):
    """Runs the program on bytes."""
    environment = {name: value for name, value in os.environ.items() if name != "CASEBOOK_KEY"}
    if key:
        environment["CASEBOOK_KEY"] = key
    done = subprocess.run(
        [PROGRAMS / "casebook", "redact", *map(str, arguments)], input=data, env=environment, capture_output=True, timeout=300)
    if check:
        assert done.returncode == 0, done.stderr
    return done


def test_nothing_that_is_found_comes_out_and_the_rest_stays():
    out = redact(TEXT.encode()).stdout.decode()
    assert not [secret for secret in SECRETS if secret in out]
    lines = out.split("\n")
    assert len(lines) == 5 and lines[1].endswith("\r") and lines[3] == TEXT.split("\n")[3]
    assert lines[0].startswith("mail <email:") and " about card <card:" in lines[0]


def test_twice_is_once_and_keys_make_tokens():
    once = redact(TEXT.encode()).stdout
    assert redact(once).stdout == once
    assert redact(TEXT.encode()).stdout == once
    assert redact(TEXT.encode(), key="another key of another tenant").stdout != once


def test_a_key_file_a_short_key_and_no_key(tmp_path):
    (tmp_path / "key").write_text(KEY + "\n")
    assert redact(TEXT.encode(), "--key-file", tmp_path / "key", key=None).stdout == redact(TEXT.encode()).stdout
    short = redact(b"", key="short", check=False)
    assert short.returncode == 78 and b"CASEBOOK_KEY: the key has 5 bytes, and needs 16" in short.stderr
    none = [redact(TEXT.encode(), key=None) for _ in range(2)]
    assert none[0].stdout != none[1].stdout and b"random key" in none[0].stderr
    assert redact(b"", "--key-file", tmp_path / "none", key=None, check=False).returncode == 66


def test_findings_give_places_and_never_values():
    done = redact(TEXT.encode(), "--findings")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    lines = TEXT.encode().split(b"\n")
    found = [lines[int(row["line"]) - 1][int(row["start"]):int(row["end"])].decode() for row in rows]
    assert found == SECRETS
    assert [row["kind"] for row in rows] == ["email", "card", "iban", "ip", "password", "phone"]
    assert all(0 < float(row["score"]) <= 1 for row in rows)
    assert not [secret for secret in SECRETS if secret in done.stdout.decode()]


def test_rules_and_contacts(tmp_path):
    (tmp_path / "rules.json").write_text(json.dumps({
        "allow": {"domains": ["example.com"]}, "recognisers": [{"name": "badge", "pattern": r"EMP-\d{6}"}]}))
    (tmp_path / "contacts.ndjson").write_text('{"id": "1", "name": "Zoë Kravchenko", "company": "Velmora Ltd"}\n')
    out = redact(
        "bob@example.com EMP-123456 Kravchenko, Zoe of Velmora".encode(), "--rules", tmp_path / "rules.json", "--contacts",
        tmp_path / "contacts.ndjson").stdout.decode()
    assert [word.split(":")[0] for word in out.split()] == ["bob@example.com", "<badge", "<person", "of", "<organization"]


PLANTED = ["violet-7731", "blue heron", "4915112", "tealwood"]


@pytest.mark.parametrize("log", [
    json.dumps({"time": "2026-03-01T10:00:00Z", "level": "info", "msg": "to bob@example.com", "seat": PLANTED[0],
                "deep": {"note": PLANTED[1], "list": [PLANTED[3], int(PLANTED[2])]}, "http.method": "GET"}) + "\n",
    json.dumps({"resourceLogs": [{
        "resource": {"attributes": [{"key": "seat", "value": {"stringValue": PLANTED[0]}}]},
        "scopeLogs": [{"logRecords": [{
            "timeUnixNano": "1772359200000000000", "severityNumber": 9, "body": {"stringValue": "to bob@example.com"},
            "attributes": [{"key": "http.method", "value": {"stringValue": "GET"}},
                           {"key": "note", "value": {"stringValue": PLANTED[1]}},
                           {"key": "number", "value": {"intValue": PLANTED[2]}},
                           {"key": "list", "value": {"arrayValue": {"values": [{"stringValue": PLANTED[3]}]}}}]}]}]}]}) + "\n",
    f'time=2026-03-01T10:00:00Z level=info msg="to bob@example.com" seat={PLANTED[0]} note="{PLANTED[1]}" '
    f"number={PLANTED[2]} more={PLANTED[3]} http.method=GET\n",
], ids=["JSON lines", "OTLP", "logfmt"])
def test_attributes_that_are_not_listed_are_hidden_whole(tmp_path, log):
    (tmp_path / "rules.json").write_text('{"attributes": ["http.method"]}')
    out = redact(log.encode() * 3, "--attributes", "--rules", tmp_path / "rules.json").stdout.decode()
    records = [json.loads(line) for line in out.splitlines()]
    assert len(records) == 3
    for record in records:
        assert record["timeUnixNano"] == "1772359200000000000" and record["body"].startswith("to <email:")
        assert record["attributes"]["http.method"] == "GET"
    assert not [value for value in PLANTED + ["bob@"] if value in out]
    assert out.count("<attribute:") == 12
    shut = redact(log.encode(), "--attributes").stdout.decode()
    assert "GET" not in shut
    # What comes out is a log again, of which a second time hides no more.
    again = redact(out.encode(), "--attributes", "--rules", tmp_path / "rules.json").stdout.decode()
    assert [json.loads(line)["body"] for line in again.splitlines()] == [record["body"] for record in records]


def test_attributes_and_findings_exclude_each_other():
    assert redact(b"", "--attributes", "--findings", check=False).returncode == 64


@pytest.mark.parametrize("option, content, said", [
    ("--rules", '{"recognisers": [{"name": "a", "pattern": "("}]}', 'key "recognisers[0].pattern": byte 1 is out of place'),
    ("--rules", "{", "not JSON"), ("--contacts", '{"name": "A"}\n{"name": 3}\n', ':2: field "name"'),
    ("--contacts", "{\n", ":1: "),
])
def test_bad_rules_and_contacts_name_the_place(tmp_path, option, content, said):
    (tmp_path / "file").write_text(content)
    done = redact(b"x", option, tmp_path / "file", check=False)
    assert (done.returncode, done.stdout) == (65, b"")
    assert f"{tmp_path / 'file'}" in done.stderr.decode() and said in done.stderr.decode()


# Not in the parameters themselves, because pytest puts those into the environment of every program.
ODD_INPUTS = {
    "nul": b"\0" * 1_000_000, "blanks": b" " * 3_000_000 + b"\n", "binary": random.Random(1).randbytes(1_000_000),
    "digits": b"1" * 3_000_000, "tokens": b"<email:0123456789abcdef0123>" * 20_000, "empty": b"", "ats": b"a@" * 500_000,
}


@pytest.mark.parametrize("name", ODD_INPUTS)
def test_anything_goes_through(name):
    data = ODD_INPUTS[name]
    out = redact(data).stdout
    assert out.count(b"\n") == data.count(b"\n")
    if name in ("nul", "blanks"):
        assert out == data


def test_a_line_of_two_hundred_megabytes_needs_little_memory(tmp_path):
    line = b"x" * 50_000 + b" bob@example.com "
    count = 200_000_000 // len(line)
    with open(tmp_path / "line", "wb") as file:
        for _ in range(count):
            file.write(line)
    most = 0
    with open(tmp_path / "line", "rb") as source, open(tmp_path / "out", "wb") as out:
        process = subprocess.Popen(
            [PROGRAMS / "casebook", "redact"], stdin=source, stdout=out, env={**os.environ, "CASEBOOK_KEY": KEY})
        while process.poll() is None:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            most = max([most, *(int(kilobytes) for kilobytes in re.findall(r"VmHWM:\s*(\d+)", status))])
            time.sleep(0.02)
    assert process.returncode == 0 and 0 < most < 60_000
    text = (tmp_path / "out").read_bytes()
    assert b"bob@" not in text and text.count(b"<email:") == count


def write_spans(folder, spans, types={"MAIL": ["email"]}):
    (folder / "dataset.json").write_text(json.dumps({
        "name": "x", "kind": "spans", "files": ["a.json"], "types": types, "carrier": "log.txt"}))
    (folder / "a.json").write_text(json.dumps([{"full_text": "é bob@example.com and Ann, ann@example.org", "spans": spans}]))
    (folder / "log.txt").write_text("a line of a log with words\n" * 50)
    return folder


def test_labelled_texts_of_any_types_are_measured(run, tmp_path):
    folder = write_spans(tmp_path, [
        {"entity_type": "MAIL", "start_position": 2, "end_position": 17}, {"entity_type": "NEW", "start_position": 22, "end_position": 25}])
    done = run("evaluate", "redaction", "--dataset", folder, "--items", 500, "--json", "--spans-csv", tmp_path / "spans.csv")
    assert done.returncode == 0, done.stderr
    measures = json.loads(done.stdout)
    assert (measures["recall"], measures["precision"]) == (1, 0.5)
    assert measures["byType"]["MAIL"] == {
        "characterRecall": 1, "exact": 1, "f1": pytest.approx(2 / 3), "found": 2, "labelled": 1, "precision": 0.5, "recall": 1,
        "recallLow": pytest.approx(0.2065, abs=1e-4)}
    assert measures["hiddenCharacters"] == {"MAIL": 1, "NEW": 0}
    assert measures["falseFindingsPerMB"] == 0 and measures["planted"]["planted"] > 300
    assert (tmp_path / "spans.csv").read_text().split() == [
        "text_index,entity_type,start,end", "0,MAIL,2,17", "0,MAIL,27,42"]


def test_two_labels_of_one_kind_have_each_what_stands_where_they_do(run, tmp_path):
    folder = write_spans(tmp_path, [
        {"entity_type": "WORK", "start_position": 2, "end_position": 17}, {"entity_type": "HOME", "start_position": 27, "end_position": 42}],
        {"HOME": ["email"], "WORK": ["email"]})
    measures = json.loads(run("evaluate", "redaction", "--dataset", folder, "--items", 500, "--json").stdout)
    assert [measures["byType"][label]["recall"] for label in ("HOME", "WORK")] == [1, 1]
    assert (measures["recall"], measures["precision"]) == (1, 1)


def test_bad_spans_name_the_text(run, tmp_path):
    folder = write_spans(tmp_path, [{"entity_type": "MAIL", "start_position": 2, "end_position": 99}])
    done = run("evaluate", "redaction", "--dataset", folder)
    assert done.returncode == 65 and "a.json:1: field \"start_position\"" in done.stderr


@pytest.mark.skipif(not (SHARED / "data" / "pii").exists(), reason="the labelled texts in ../shared are not here")
def test_the_promised_accuracy(run):
    done = run("evaluate", "redaction", "--json", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    measures = json.loads(done.stdout)
    assert measures["recall"] >= 0.98 and measures["precision"] >= 0.95
    for name, row in measures["byType"].items():
        assert row["recall"] >= (0.9 if name == "PHONE_NUMBER" else 0.98) and row["precision"] >= 0.95, name
    assert measures["planted"]["planted"] >= 10_000 and measures["planted"]["leaked"] == 0
    assert measures["falseFindingsPerMB"] < 5
