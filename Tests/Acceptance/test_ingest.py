"""`casebook ingest`, from outside: nothing is lost or counted twice, whatever ends it."""

import contextlib
import csv
import gzip
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest
from paths import PROGRAMS, ROOT

KEY = {"CASEBOOK_KEY": "a key of twenty bytes"}


def lines(first, count):
    return "".join(
        f"2026-03-01 10:{number // 60 % 60:02}:{number % 60:02},000 INFO app.Server: request {number} took {number % 9} ms\n"
        for number in range(first, first + count))


@contextlib.contextmanager
def start(store, *arguments, stdin=None):
    with subprocess.Popen(
            [PROGRAMS / "casebook", "ingest", "--store", store, *map(str, arguments)], cwd=ROOT, stdin=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **KEY}) as process:
        try:
            yield process
        finally:
            process.kill()


def ingest(store, *arguments, data=None):
    with start(store, "--json", *arguments, stdin=subprocess.PIPE) as process:
        output, errors = process.communicate(data, timeout=120)
    assert process.returncode == 0, errors
    return json.loads(output)


def counted(store):
    """The records that were counted, once in the counts and once in the places of the sources."""
    with sqlite3.connect(store) as database:
        total = database.execute("SELECT COALESCE(SUM(records), 0) FROM eventCount").fetchone()[0]
        places = [json.loads(row[0]) for row in database.execute("SELECT checkpoint FROM source")]
    assert total == sum(place["records"] + place["passedLines"] for place in places)
    return total


def wait_for(store, total, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if counted(store) == total:
                return
        except sqlite3.OperationalError:
            pass
        time.sleep(0.1)
    assert counted(store) == total


def test_counts_by_signature_scope_and_minute(tmp_path):
    log = tmp_path / "app.ndjson"
    log.write_text("".join(
        json.dumps({"time": f"2026-03-01T10:{minute:02}:30Z", "level": "error", "msg": f"request {minute} failed",
                    "resource": {"service.name": "store", "service.version": "1.2"}, "account": "acme"}) + "\n"
        for minute in (1, 1, 2)))
    assert ingest(tmp_path / "store", log)["records"] == 3
    with sqlite3.connect(tmp_path / "store") as database:
        counts = database.execute("SELECT minute, severity, records FROM eventCount ORDER BY minute").fetchall()
        scope = json.loads(database.execute("SELECT text FROM scope").fetchone()[0])
    assert counts == [(29539321, 17, 2), (29539322, 17, 1)]
    assert scope == {"service.name": "store", "service.version": "1.2", "account": "acme"}
    done = subprocess.run([PROGRAMS / "casebook", "signatures", "--store", tmp_path / "store"], stdout=subprocess.PIPE,
                          encoding="utf-8", check=True)
    assert [(row["Lines"], row["EventTemplate"]) for row in csv.DictReader(io.StringIO(done.stdout))] == [
        ("3", "request <*> failed")]


def test_goes_on_where_it_stopped(tmp_path):
    log, store = tmp_path / "app.log", tmp_path / "store"
    log.write_text(lines(0, 100))
    assert ingest(store, log)["lines"] == 100
    assert ingest(store, log)["lines"] == 0
    with open(log, "a", encoding="utf-8") as file:
        file.write(lines(100, 50))
    assert ingest(store, log)["lines"] == 50
    assert counted(store) == 150


def test_a_folder_with_the_store_and_the_key_feeds_on_itself_no_more(tmp_path):
    store = tmp_path / "store"
    (tmp_path / "app.log").write_text(lines(0, 100))
    (tmp_path / "rules.json").write_text('{"allow": {"values": ["a"]}}')
    (tmp_path / "key").write_text(KEY["CASEBOOK_KEY"])
    with sqlite3.connect(tmp_path / "other.db") as database:
        database.execute("CREATE TABLE kept (text)")
    (tmp_path / "packed.gz").write_bytes(gzip.compress((tmp_path / "other.db").read_bytes()))
    os.link(tmp_path / "key", tmp_path / "key.old")
    arguments = ["--rules", tmp_path / "rules.json", "--key-file", tmp_path / "key", tmp_path]
    for _ in range(2):
        report = ingest(store, *arguments)
        assert report["leftOut"] >= 5 and report["unreadable"] == []
    with sqlite3.connect(store) as database:
        assert database.execute("SELECT path FROM source").fetchall() == [(str(tmp_path / "app.log"),)]
    with start(store, "--follow", *arguments) as process:
        with open(tmp_path / "app.log", "a", encoding="utf-8") as file:
            file.write(lines(100, 10))
        wait_for(store, 110)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert counted(store) == 110
    assert f"{store} is left out".encode() in errors and b"is binary, and no log" in errors
    with start(store, tmp_path / "other.db") as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 66 and b"other.db: is binary" in errors


def test_a_log_with_some_zero_bytes_is_read(tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "app.log").write_bytes(
        b"\0" * 40_000 + lines(0, 50).encode() + b"a \0 byte\n" + lines(50, 50).encode())
    assert ingest(tmp_path / "store", folder)["leftOut"] == 0
    assert counted(tmp_path / "store") > 90


def test_records_without_a_time_are_told(tmp_path):
    log = tmp_path / "app.log"
    log.write_text("".join(f"request {number} has failed\n" for number in range(20)))
    with start(tmp_path / "store", log) as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0 and b"20 records, 20 without time" in errors


def test_a_line_that_grows_is_counted_once(tmp_path):
    log, store = tmp_path / "app.log", tmp_path / "store"
    text = lines(0, 3)
    for end in (70, 71, 140, len(text)):
        log.write_text(text[:end])
        ingest(store, log)
    with sqlite3.connect(store) as database:
        assert json.loads(database.execute("SELECT checkpoint FROM source").fetchone()[0])["lines"] == 3


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_or_counted_twice_after_kill(tmp_path, seed):
    generator = random.Random(seed)
    folder, store = tmp_path / "logs", tmp_path / "store"
    folder.mkdir()
    (folder / "a.log").write_text(lines(0, 60_000))
    (folder / "b.log.gz").write_bytes(gzip.compress(lines(100_000, 40_000).encode()))
    (folder / "c.log").write_text(lines(200_000, 5) + "\tat app.Store.write(Store.java:1)\n")
    for _ in range(6):
        with start(store, "--rate", 4, folder) as process:
            time.sleep(generator.uniform(0.05, 2.6))
            process.send_signal(signal.SIGKILL)
    ingest(store, folder)
    assert counted(store) == 100_005


def test_follows_a_file_that_grows_and_rotates(tmp_path):
    folder, store = tmp_path / "logs", tmp_path / "store"
    folder.mkdir()
    log = folder / "app.log"
    log.write_text(lines(0, 100))
    with start(store, "--follow", folder) as process:
        wait_for(store, 100)
        with start(store, folder) as other:
            _, errors = other.communicate(timeout=30)
        assert other.returncode == 75
        assert b"another process is writing" in errors
        with open(log, "a", encoding="utf-8") as file:
            file.write(lines(100, 10))
        wait_for(store, 110)
        log.rename(folder / "app.log.1")
        log.write_text(lines(200, 7))
        wait_for(store, 117)
        # Copied away and emptied.
        shutil.copy(log, folder / "app.log.0")
        log.write_text("")
        time.sleep(1)
        log.write_text(lines(300, 3))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    ingest(store, folder)
    # What is packed is known by its beginning.
    packed = folder / "app.log.1.gz"
    packed.write_bytes(gzip.compress((folder / "app.log.1").read_bytes()))
    (folder / "app.log.1").unlink()
    assert ingest(store, folder)["records"] == 0


def test_a_copy_beside_its_log_is_not_counted(tmp_path):
    folder, store = tmp_path / "logs", tmp_path / "store"
    folder.mkdir()
    log = folder / "app.log"
    log.write_text(lines(0, 100))
    shutil.copy(log, folder / "app-copy.log")
    os.utime(folder / "app-copy.log", (1e9, 1e9))
    (folder / "app.log.gz").write_bytes(gzip.compress(log.read_bytes()))
    done = ingest(store, folder)
    assert (done["records"], done["copies"]) == (100, 2)
    with open(log, "a", encoding="utf-8") as file:
        file.write(lines(100, 20))
    # Which of two equal files was read first does not matter: the one that grows is the log.
    assert ingest(store, folder)["records"] == 20
    log.unlink()
    done = ingest(store, folder)
    assert (done["records"], counted(store)) == (0, 120)
    # What only begins in the same way is another log.
    (folder / "other.log").write_text(lines(0, 60) + lines(500, 60))
    assert ingest(store, folder)["records"] == 120


def test_a_log_that_is_copied_and_emptied_is_counted_once(tmp_path):
    """logrotate's copytruncate, with runs between the copy and the emptying, and lines that come in between."""
    folder, store = tmp_path / "logs", tmp_path / "store"
    folder.mkdir()
    log = folder / "app.log"
    log.write_text(lines(0, 100))
    ingest(store, folder)
    with open(log, "a", encoding="utf-8") as file:
        file.write(lines(100, 10))
    shutil.copy(log, folder / "app.log.1")
    assert ingest(store, folder)["records"] == 10
    log.write_text(lines(200, 5))
    assert ingest(store, folder)["records"] == 5
    with open(log, "a", encoding="utf-8") as file:
        file.write(lines(205, 30))
    # Lines that nobody has read before the log was emptied are read from the copy.
    shutil.copy(log, folder / "app.log.0")
    log.write_text(lines(300, 3))
    assert ingest(store, folder)["records"] == 33
    assert ingest(store, folder)["records"] == 0
    assert counted(store) == 148


@pytest.mark.parametrize("pause", [0, 1])
def test_follows_a_log_that_is_copied_and_emptied(tmp_path, pause):
    folder, store = tmp_path / "logs", tmp_path / "store"
    folder.mkdir()
    log = folder / "app.log"
    log.write_text(lines(0, 100))
    with start(store, "--follow", "--json", folder) as process:
        wait_for(store, 100)
        for turn in range(3):
            with open(log, "a", encoding="utf-8") as file:
                file.write(lines(1_000 * turn + 100, 20))
            shutil.copy(log, folder / f"app.log.{turn}")
            time.sleep(pause)
            log.write_text("")
            time.sleep(pause)
            (folder / f"app.log.{turn}.gz").write_bytes(gzip.compress((folder / f"app.log.{turn}").read_bytes()))
            time.sleep(pause)
            (folder / f"app.log.{turn}").unlink()
            log.write_text(lines(1_000 * turn + 500, 50))
            wait_for(store, 100 + 70 * (turn + 1))
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert ingest(store, folder)["records"] == 0
    assert counted(store) == 310


def test_what_is_no_file_is_said_and_not_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/null"):
        with start(tmp_path / "store", path) as process:
            _, errors = process.communicate(timeout=30)
        assert process.returncode == 66
        assert str(path).encode() in errors and b"ingest -" in errors


def test_records_of_too_many_scopes_are_reported(tmp_path):
    log = tmp_path / "app.ndjson"
    log.write_text("".join(json.dumps({"msg": "m", "account": f"account {number}"}) + "\n" for number in range(4_200)))
    assert ingest(tmp_path / "store", log)["recordsWithoutScope"] == 104
    with start(tmp_path / "again", log) as process:
        _, errors = process.communicate(timeout=60)
    assert b"104 records without a scope" in errors


def test_scopes_hide_what_the_tenant_has_not_listed(tmp_path):
    rules, log = tmp_path / "rules.json", tmp_path / "app.ndjson"
    rules.write_text('{"attributes": ["service.name"]}')
    log.write_text('{"msg": "m", "service.name": "shop", "account": "violet", "host.name": "violet-7"}\n')
    ingest(tmp_path / "store", "--rules", rules, log)
    with sqlite3.connect(tmp_path / "store") as database:
        scope = json.loads(database.execute("SELECT text FROM scope").fetchone()[0])
    assert scope["service.name"] == "shop"
    assert scope["account"].startswith("<attribute:") and scope["host.name"].startswith("<attribute:")


def test_standard_input_that_is_sent_again_goes_on(tmp_path):
    store = tmp_path / "store"
    text = lines(0, 1_000).encode()
    assert ingest(store, "-", data=text)["records"] == 1_000
    assert ingest(store, "-", data=text + lines(1_000, 20).encode())["records"] == 20
    assert ingest(store, "-", "--name", "other", data=text)["records"] == 1_000
    assert counted(store) == 2_020


def test_more_files_than_may_be_open(tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number}.log").write_text(lines(number * 10, 10))
    command = f"ulimit -n 64; exec '{PROGRAMS}/casebook' ingest --store '{tmp_path}/store' '{folder}'"
    for _ in range(2):
        done = subprocess.run(["bash", "-c", command], env={**os.environ, **KEY}, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 0, done.stderr
    assert counted(tmp_path / "store") == 1_500


def test_keeps_within_its_budget(tmp_path):
    log = tmp_path / "app.log"
    log.write_text(lines(0, 60_000))
    size = log.stat().st_size
    begin = time.monotonic()
    ingest(tmp_path / "store", "--rate", size / 2e6, log)
    assert time.monotonic() - begin > 1.2
    before = os.times()
    begin = time.monotonic()
    for number in range(3):
        (tmp_path / f"{number}.log").write_text(lines(number * 400_000, 400_000))
    begin = time.monotonic()
    with start(tmp_path / "slow", "--cpu", 20, *(tmp_path / f"{number}.log" for number in range(3))) as process:
        _, errors = process.communicate(timeout=120)
    wall, after = time.monotonic() - begin, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert process.returncode == 0, errors
    assert used / wall < 0.4
    assert counted(tmp_path / "slow") == 1_200_000


def test_under_overload_detail_is_sampled_and_counts_are_exact(tmp_path):
    log = tmp_path / "app.log"
    log.write_text(lines(0, 200_000))
    done = ingest(tmp_path / "store", "--shed", 1, log)
    assert done["lines"] == 200_000
    assert 100_000 < done["passedLines"] < 200_000
    assert done["records"] + done["passedLines"] == 200_000
    assert counted(tmp_path / "store") == 200_000
    shown = subprocess.run(
        [PROGRAMS / "casebook", "signatures", "--store", tmp_path / "store", "--store", tmp_path / "store"],
        stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    rows = {row["EventTemplate"]: int(row["Lines"]) for row in csv.DictReader(io.StringIO(shown))}
    assert rows == {"request <*> took <*> ms": 2 * done["records"], "<*>": 2 * done["passedLines"]}


def test_nothing_that_people_said_is_kept(tmp_path):
    contacts = tmp_path / "contacts.ndjson"
    contacts.write_text('{"name": "Zelda Quimby", "company": "Quimby Yachts"}\n')
    log = tmp_path / "app.log"
    log.write_text("2026-03-01 10:15:30 INFO a.b: mail to zelda.q@yachts.example about Zelda Quimby of Quimby Yachts\n"
                   "2026-03-01 10:15:31 INFO a.b: password: hunterTwo for user\n")
    ingest(tmp_path / "store", "--contacts", contacts, log)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("store*"))
    for secret in (b"zelda", b"Zelda", b"Quimby", b"hunterTwo"):
        assert secret not in kept


def test_what_cannot_be_read_or_kept_is_said(tmp_path):
    with start(tmp_path / "store", tmp_path / "none.log") as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 66
    assert b"none.log" in errors
    (tmp_path / "bad").write_text("this is no database, and long enough to be seen as something else\n" * 40)
    shown = subprocess.run([PROGRAMS / "casebook", "signatures", "--store", tmp_path / "none"], stderr=subprocess.PIPE)
    assert shown.returncode == 66
    assert not (tmp_path / "none").exists()
    with start(tmp_path / "bad", "-", stdin=subprocess.DEVNULL) as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 74
    assert b"bad: not a usable store" in errors


def test_a_log_in_utf_16_is_read_or_named(run, tmp_path):
    text = "".join(f"2026-01-05 00:00:{second:02} ERROR no Gr\u00fc\u00dfe from node {second}\n" for second in range(60))
    (tmp_path / "windows.log").write_bytes(text.encode("utf-16"))
    found, expected = (json.loads(run("casebook", "formats", "--json", stdin=data).stdout) for data in [
        (tmp_path / "windows.log").read_bytes(), text.encode()])
    assert found == expected and found["records"] == 60
    with start(tmp_path / "a.db", tmp_path / "windows.log") as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 66 and b"is in UTF-16" in errors
