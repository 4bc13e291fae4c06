"""`casebook formats`, and logs in their formats through `casebook signatures`, from outside."""

import csv
import gzip
import io
import json

import pytest

STAMPED = "2026-03-01 10:15:30,123 ERROR [main] app.Server: request %d failed\n"
LOGS = {
    "json": '{"time":"2026-03-01T10:15:30Z","level":"error","msg":"request %d failed"}\n',
    "otlp-json": '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1772360130000000000",'
                 '"severityNumber":17,"body":{"stringValue":"request %d failed"}}]}]}]}\n',
    "syslog": "<27>1 2026-03-01T10:15:30Z web app 42 - - request %d failed\n",
    "logfmt": 'time=2026-03-01T10:15:30Z level=error msg="request %d failed"\n',
    "plain": STAMPED,
}


def report(run, data):
    done = run("casebook", "formats", "--json", stdin=data)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["as it is", "gzip"])
def test_a_log_is_known_by_its_lines(run, name, pack):
    text = "".join(LOGS[name] % number for number in range(50)).encode()
    found = report(run, pack(text))
    assert found["format"] == name
    assert found["gzip"] == (pack is gzip.compress)
    assert (found["lines"], found["records"], found["bytes"]) == (50, 50, len(text))
    assert found["severities"] == {"ERROR": 50}
    assert found["earliest"].startswith("2026-03-01T10:15:30")
    assert found["faults"] == []


@pytest.mark.parametrize("name", LOGS)
def test_every_format_gives_the_same_signature(run, name):
    text = "".join(LOGS[name] % number for number in range(50))
    done = run("casebook", "signatures", stdin=text)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 50
    assert {row["EventTemplate"] for row in rows} == {"request <*> failed"}


def test_lines_of_a_trace_have_the_signature_of_its_record(run):
    trace = STAMPED % 7 + "app.StoreException: disk full\n\tat app.Store.write(Store.java:12)\n"
    rows = list(csv.DictReader(io.StringIO(run("casebook", "signatures", stdin=trace * 3 + "\n" + STAMPED % 8).stdout)))
    assert [row["EventTemplate"] for row in rows] == ["request <*> failed"] * 9 + [""] + ["request <*> failed"]
    summary = run("casebook", "signatures", "--summary", stdin=trace * 3 + "\n" + STAMPED % 8)
    counted = {row["EventTemplate"]: int(row["Lines"]) for row in csv.DictReader(io.StringIO(summary.stdout))}
    assert counted == {"request <*> failed": 10, "": 1}
    plain = run("casebook", "signatures", "--messages", stdin=trace)
    assert len({row["EventId"] for row in csv.DictReader(io.StringIO(plain.stdout))}) == 3


def test_gzip_cut_short_keeps_what_came(run):
    text = "".join(STAMPED % number for number in range(5_000)).encode()
    packed = gzip.compress(text)
    found = report(run, packed[: len(packed) // 2])
    assert 1_000 < found["records"] < 4_999
    assert [fault["kind"] for fault in found["faults"]] == ["cutShort"]
    double = report(run, packed + packed + b"\0\0\0")
    assert (double["records"], double["faults"]) == (10_000, [])
    broken = report(run, packed + b"rubbish")
    assert broken["records"] == 5_000
    assert [fault["kind"] for fault in broken["faults"]] == ["badFrame"]


@pytest.mark.parametrize("data", [
    b"", b"\0" * 1_000, bytes(range(256)) * 100, b" " * 5_000 + b"\n", b"[" * 1_000_000, b'{"a":' * 100_000,
    b'{"a":"' + b"x" * 10_000_000, b"\n" * 100_000, b"\x1f\x8b\x08", gzip.compress(b"\xff\xfe" * 10_000),
], ids=["empty", "nul", "binary", "spaces", "brackets", "nested", "long", "blank", "gzip head", "no text"])
def test_anything_is_read_and_counted(run, data):
    found = report(run, data)
    assert found["records"] + found["skippedLines"] >= 0
    assert found["records"] <= found["lines"] or found["lines"] == 0


def test_fields_and_zones_can_be_said(run, tmp_path):
    fields = tmp_path / "fields.json"
    fields.write_text('{"time": ["when"], "body": ["what"]}')
    line = '{"when":"2026-07-01 12:00:00","what":"done","msg":"no"}\n'
    done = run("casebook", "formats", "--json", "--fields", fields, "--time-zone", "Europe/Rome", stdin=line)
    assert json.loads(done.stdout)["earliest"] == "2026-07-01T10:00:00Z"
    fields.write_text('{"colour": ["when"]}')
    done = run("casebook", "formats", "--fields", fields, stdin=line)
    assert done.returncode == 65
    assert 'fields.json: key "colour"' in done.stderr
    assert run("casebook", "formats", "--time-zone", "Mars/Base", stdin=line).returncode == 65
