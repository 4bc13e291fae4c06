"""Stores that cannot be used: each is a clear error, and the data is as it was."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from paths import PROGRAMS
from stores import DATE, Tenant


@pytest.fixture
def tenant(tmp_path):
    return Tenant(tmp_path / "tenant", "damage").filled()


def commands(tenant):
    """Every command that opens a store, and whether it writes."""
    return {
        "check": (["check"], False),
        "signatures": (["signatures"], False),
        "ingest": (["ingest", tenant.desk / "logs.ndjson"], True),
        "import": (["import", "--source", "other", "--date", DATE, tenant.desk], True),
        "erase": (["erase", "--account", tenant.names["account"]], True),
        "retain": (["retain", "--older-than", "1"], True),
    }


def refused(tenant, words, code, writing_only=False):
    """Runs every command, which must end with the code and say the words; the files stay as they are."""
    before = tenant.store.read_bytes()
    for name, (arguments, writes) in commands(tenant).items():
        if writes or not writing_only:
            result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:])
            assert result.returncode == code and words in result.stderr, (name, result.returncode, result.stderr)
            assert result.stdout == "", name
    assert tenant.store.read_bytes() == before


def test_a_newer_schema(tenant):
    with sqlite3.connect(tenant.store) as database:
        database.execute("INSERT INTO grdb_migrations (identifier) VALUES ('of tomorrow')")
    database.close()
    refused(tenant, "written by a later version", 65)


def test_not_a_database(tenant):
    tenant.store.write_text("this is no database, and long enough to be seen as something else\n" * 40)
    refused(tenant, "not a usable store", 74)


def test_a_database_of_another_program(tenant):
    tenant.store.unlink()
    with sqlite3.connect(tenant.store) as database:
        database.execute("CREATE TABLE theirs (a)")
    database.close()
    refused(tenant, "a database of another program", 74)


def test_no_store(tenant):
    tenant.store.unlink()
    for name in ("check", "signatures", "erase", "retain"):
        arguments, _ = commands(tenant)[name]
        result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:])
        assert result.returncode == 66 and "no such store" in result.stderr, name
    assert not tenant.store.exists()


def test_an_earlier_schema_is_brought_up_to_date(tenant, tmp_path):
    old = tmp_path / "old"
    with sqlite3.connect(tenant.store) as database, sqlite3.connect(old) as copy:
        for name in ("source", "shape", "scope", "eventCount"):
            copy.execute(database.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
            rows = database.execute(f"SELECT * FROM {name}").fetchall()
            copy.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", rows)
        copy.execute("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        copy.execute("INSERT INTO grdb_migrations VALUES ('ingest')")
    database.close()
    copy.close()
    shutil.move(old, tenant.store)
    assert "earlier version" in tenant.run("signatures", "--store", tenant.store).stderr
    check = tenant.check()
    assert check["schema"] == [
        "ingest", "desk", "terms", "knowledge", "sync", "publishing", "channels", "vocabulary",
        "forgotten", "lines", "unread", "order", "heard", "received", "sent", "imports",
        "pages", "edits", "answered"] and check["problems"] == []
    assert tenant.ingested()["records"] == 0


@pytest.mark.parametrize("page", [2, 5, -1])
def test_a_corrupted_page(tenant, page):
    content = bytearray(tenant.store.read_bytes())
    pages = len(content) // 4096
    begin = (page - 1 if page > 0 else pages - 1) * 4096
    for offset in range(begin, begin + 4096):
        content[offset] ^= 0xA5
    tenant.store.write_bytes(content)
    result = tenant.run("check", "--store", tenant.store)
    assert result.returncode == 65
    assert "damaged" in result.stderr or "wrong: integrity" in result.stdout
    assert tenant.store.read_bytes() == bytes(content)
    # What is damaged can still be destroyed.
    assert tenant.run("erase", "--store", tenant.store, "--tenant").returncode == 0
    assert not tenant.store.exists()


def test_flipped_bytes_never_crash(tenant):
    content = tenant.store.read_bytes()
    for place in range(100, len(content), len(content) // 40):
        damaged = bytearray(content)
        for offset in range(place, min(place + 16, len(content))):
            damaged[offset] ^= 0xFF
        tenant.store.write_bytes(damaged)
        for name in ("check", "signatures"):
            result = tenant.run(name, "--store", tenant.store)
            assert result.returncode in (0, 65, 74), (place, name, result.returncode, result.stderr)


def test_a_file_that_another_process_has_locked(tenant):
    lock = ("import sqlite3, sys\ndatabase = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "database.execute('BEGIN IMMEDIATE')\nprint('locked', flush=True)\nsys.stdin.read()\n")
    with subprocess.Popen([sys.executable, "-c", lock, tenant.store], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"locked\n"
        refused(tenant, "another process", 75, writing_only=True)
        assert tenant.check()["problems"] == []
        other.stdin.close()
    assert tenant.ingested()["records"] == 0


def test_no_room(tenant):
    """The limit of a file's size stands for a full disk: neither the store nor its log may grow."""
    rows = tenant.check()["rows"]
    limit = tenant.store.stat().st_size + 4096

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit // 4, limit // 4))

    ticket = ('{"id": "big-%d", "openedAt": "2026-03-01T00:00:00Z", "body": "' + "word " * 2_000 + '"}\n')
    (tenant.desk / "tickets.ndjson").write_text("".join(ticket % number for number in range(50)))
    for name in ("import", "erase"):
        arguments, _ = commands(tenant)[name]
        result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:], preexec_fn=small)
        assert result.returncode == 74, (name, result.returncode, result.stderr)
        assert "store" in result.stderr
    check = tenant.check()
    assert check["problems"] == []
    assert {**check["rows"], "audit": 0} == {**rows, "audit": 0} or check["unfinishedErasures"] == 1


@pytest.fixture
def disk(tmp_path):
    """A disk of a megabyte, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True)
    if made.returncode != 0:
        pytest.skip("this user may not mount a disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(disk, tenant):
    shutil.copy(tenant.store, disk / "store")
    tenant.store = disk / "store"
    rows = tenant.check()["rows"]
    ticket = ('{"id": "big-%d", "openedAt": "2026-03-01T00:00:00Z", "body": "' + "word " * 2_000 + '"}\n')
    (tenant.desk / "tickets.ndjson").write_text("".join(ticket % number for number in range(500)))
    arguments, _ = commands(tenant)["import"]
    result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:])
    assert result.returncode == 74 and "no room left" in result.stderr, result.stderr
    check = tenant.check()
    assert check["problems"] == [] and check["rows"] == rows


@pytest.fixture
def protected(tenant):
    """Runs a command as somebody who may read the store and not write it; the folder is one that others can enter."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(tenant.desk, folder / "desk")
        shutil.copy(tenant.store, folder / "store")
        tenant.desk, tenant.store, tenant.folder = folder / "desk", folder / "store", folder
        other = {"user": "nobody"} if os.geteuid() == 0 else {}
        if other and subprocess.run([PROGRAMS / "casebook", "--help"], capture_output=True, **other).returncode != 0:
            pytest.skip("nobody else may run the programs")
        yield tenant, other
        folder.chmod(0o755)


def test_a_folder_and_a_file_that_may_not_be_written(protected):
    tenant, other = protected
    tenant.store.chmod(0o444)
    tenant.folder.chmod(0o555)
    before = tenant.store.read_bytes()
    for name, (arguments, writes) in commands(tenant).items():
        result = tenant.run(arguments[0], "--store", tenant.store, *arguments[1:], **other)
        if writes:
            assert result.returncode == 73 and "may not be written" in result.stderr, (name, result.stderr)
        else:
            assert result.returncode in (0, 73), (name, result.stderr)
    assert tenant.store.read_bytes() == before
    result = tenant.run("import", "--store", tenant.folder / "new", "--source", "a", "--date", DATE, tenant.desk, **other)
    assert result.returncode == 73 and "may not be written" in result.stderr
