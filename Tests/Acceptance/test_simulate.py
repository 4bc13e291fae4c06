"""`casebook simulate`: the same seed gives the same bytes, nothing is half-written, bad arguments are usage errors."""

import pytest

USAGE, CANNOT_CREATE = 64, 73
FILES = ["dataset.json", "signatures.ndjson", "tickets.csv", "truth.csv"]


def simulate(run, output, *more):
    return run("casebook", "simulate", "--tickets", "50", *more, "--output", output)


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(run, tmp_path):
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        assert simulate(run, tmp_path / name, "--seed", str(seed)).returncode == 0
    assert list(contents(tmp_path / "one")) == FILES
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one")["tickets.csv"] != contents(tmp_path / "three")["tickets.csv"]


def test_an_empty_folder_is_filled_and_missing_parents_are_made(run, tmp_path):
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "a" / "b"):
        assert simulate(run, folder).returncode == 0
        assert list(contents(folder)) == FILES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "empty"]


def test_a_folder_that_holds_something_is_left_alone(run, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "notes").write_text("mine")
    done = simulate(run, tmp_path / "desk")
    assert done.returncode == CANNOT_CREATE
    assert "the folder is not empty" in done.stderr
    assert contents(tmp_path / "desk") == {"notes": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


@pytest.mark.parametrize("place, reason", [("file", "is not a folder"), ("file/desk", "cannot create")])
def test_a_file_in_the_way_is_left_alone(run, tmp_path, place, reason):
    (tmp_path / "file").write_text("mine")
    done = simulate(run, tmp_path / place)
    assert done.returncode == CANNOT_CREATE
    assert reason in done.stderr
    assert contents(tmp_path) == {"file": b"mine"}


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--tickets", "0"], "must lie between 1 and 1000000, not 0"),
        (["--tickets", "1000001"], "must lie between 1 and 1000000"),
        (["--seed", "abc"], "'abc' is invalid for '--seed <seed>'"),
        (["--grade", "hard"], "--grade: the scenario desk has the grades easy and realistic"),
        (["--scenario", "shop"], "is none of desk, knowledge, shared-cluster-outage,"),
    ],
)
def test_bad_arguments_are_usage_errors(run, tmp_path, arguments, message):
    done = run("casebook", "simulate", *arguments, "--output", tmp_path / "desk")
    assert done.returncode == USAGE
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []
