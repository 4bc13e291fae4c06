"""Bad input: a clear message with file, line and field, the right exit code, nothing half-written (issue: Bad input).

Exit codes follow sysexits: 64 usage, 65 data, 66 no input, 73 cannot create, 74 input or output error.
"""

import json
import re

import pytest
from desks import HEADER, as_json, quantile_opening, rows, write_desk
from trees import snapshot

USAGE, DATA, NO_INPUT, CANNOT_CREATE, IO = 64, 65, 66, 73, 74


def with_row(index, **changes):
    tickets = rows(200)
    tickets[index] = {**tickets[index], **changes}
    return tickets


# What is wrong; the rows; line of tickets.csv and field that the message must name.
BAD_ROWS = {
    "a number that is none": (with_row(5, hours="soon"), 7, "hours"),
    "no number": (with_row(5, hours=""), 7, "hours"),
    "not a number": (with_row(6, hours="nan"), 8, "hours"),
    "infinite hours": (with_row(6, hours="inf"), 8, "hours"),
    "a date that is none": (with_row(7, opened="2024-02-30 10:00:00"), 9, "opened"),
    "no date": (with_row(7, opened=""), 9, "opened"),
    "words for a date": (with_row(8, opened="yesterday"), 10, "opened"),
    "resolution before opening": (with_row(9, hours="-3.5"), 11, "hours"),
    "neither resolved nor open": (with_row(9, closed="maybe"), 11, "closed"),
    "no id": (with_row(4, id=""), 6, "id"),
    "an id for the second time": (with_row(11, id=rows(200)[10]["id"]), 13, "id"),
}


@pytest.fixture
def refused(run, models, tmp_path):
    """Trains into a registry that holds version 1, and holds that a refusal leaves no trace."""

    def train(desk, code, *arguments):
        before = snapshot(models)
        done = run("train", "resolution-time", "--dataset", desk, "--models", models, *arguments)
        assert done.returncode == code, done.stderr
        assert done.stdout == ""
        assert snapshot(models) == before
        assert [entry.name for entry in sorted((models / "resolution-time").iterdir())] == ["1", "current"]
        return done.stderr

    return train


@pytest.mark.parametrize("tickets, line, field", BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_named_by_file_line_and_field(refused, tmp_path, tickets, line, field):
    said = refused(write_desk(tmp_path / "desk", tickets), DATA)
    assert f"tickets.csv:{line}" in said
    assert re.search(rf"\b{field}\b", said)


def test_evaluate_refuses_the_same_rows(run, tmp_path):
    tickets, line, field = BAD_ROWS["a number that is none"]
    desk = write_desk(tmp_path / "desk", tickets)
    predictions = tmp_path / "predictions.csv"
    done = run(
        "evaluate", "resolution-time", "--dataset", desk, "--cutoff", quantile_opening(tickets, 0.7),
        "--protocol", "fixed", "--predictions", predictions, "--json")
    assert (done.returncode, done.stdout) == (DATA, "")
    assert f"tickets.csv:{line}" in done.stderr and field in done.stderr
    assert not predictions.exists()


def test_a_row_that_was_cut_short_is_named(refused, tmp_path):
    desk = write_desk(tmp_path / "desk", rows(200))
    lines = (desk / "tickets.csv").read_text().splitlines()
    (desk / "tickets.csv").write_text("\n".join([*lines, "T99999,2024-04-01 10:0"]))
    assert f"tickets.csv:{len(lines) + 1}" in refused(desk, DATA)


def test_resolution_before_opening_is_named_by_its_column(refused, tmp_path):
    tickets = [{**ticket, "ended": ticket["opened"]} for ticket in rows(200)]
    tickets[3]["ended"] = "2023-12-31 00:00:00"
    desk = write_desk(
        tmp_path / "desk", tickets, header=[*HEADER, "ended"],
        columns={"resolvedAt": "ended", "hoursToResolution": None, "resolved": None})
    said = refused(desk, DATA)
    assert "tickets.csv:5" in said and "ended" in said


def test_a_column_that_is_named_and_missing_is_an_error(refused, tmp_path):
    desk = write_desk(tmp_path / "desk", rows(200), columns={"group": "squad"})
    said = refused(desk, DATA)
    assert "tickets.csv" in said and "squad" in said


def test_a_missing_attribute_is_an_error_too(refused, tmp_path):
    desk = write_desk(tmp_path / "desk", rows(200), columns={"attributes": ["region", "altitude"]})
    assert "altitude" in refused(desk, DATA)


@pytest.mark.parametrize("tickets", [
    [{**ticket, "closed": "0"} for ticket in rows(200)], rows(3), [],
], ids=["all censored", "fewer than the minimum", "a header alone"])
def test_too_little_to_learn_from_is_an_error(refused, tmp_path, tickets):
    assert refused(write_desk(tmp_path / "desk", tickets), DATA).strip()


def test_an_empty_file_is_an_error(refused, tmp_path):
    desk = write_desk(tmp_path / "desk", rows(200))
    (desk / "tickets.csv").write_text("")
    assert "tickets.csv" in refused(desk, DATA)


def test_a_cutoff_before_the_first_closed_ticket_is_an_error(refused, desk):
    assert refused(desk, DATA, "--cutoff", "2024-01-01T00:00:01Z").strip()


def test_a_missing_dataset_is_no_input(refused, tmp_path):
    assert "nowhere" in refused(tmp_path / "nowhere", NO_INPUT)


def test_a_descriptor_without_its_file_is_no_input(refused, tmp_path):
    desk = write_desk(tmp_path / "desk", rows(200), name="never-made-anywhere")
    (desk / "tickets.csv").unlink()
    assert "tickets.csv" in refused(desk, NO_INPUT)


@pytest.mark.parametrize("text", ["", "{", '{"name": "x", "kind": "tickets"}', "[]"])
def test_a_broken_descriptor_is_a_data_error(refused, tmp_path, text):
    desk = write_desk(tmp_path / "desk", rows(200))
    (desk / "dataset.json").write_text(text)
    assert "dataset.json" in refused(desk, DATA)


@pytest.mark.parametrize("change", [{"kind": "intents"}, {"format": "parquet"}, {"timeZone": "Mars/Olympus"}])
def test_a_descriptor_of_something_else_is_a_data_error(refused, tmp_path, change):
    desk = write_desk(tmp_path / "desk", rows(200), **change)
    said = refused(desk, DATA)
    assert "dataset.json" in said and next(iter(change)) in said


@pytest.mark.parametrize("command", [
    ["train", "resolution-time"],
    ["train", "resolution-time", "--dataset"],
    ["train", "resolution-time", "--dataset", "x", "--colour", "red"],
    ["train", "the-future"],
    ["train", "resolution-time", "--dataset", "x", "--cutoff", "next week"],
    ["score", "resolution-time", "--version", "first"],
    ["evaluate", "resolution-time", "--dataset", "x", "--protocol", "fixed"],
    ["evaluate", "resolution-time", "--dataset", "x", "--cutoff", "2024-01-01T00:00:00Z", "--protocol", "lucky"],
    ["casebook", "dance"],
], ids=" ".join)
def test_a_wrong_command_line_is_a_usage_error(run, tmp_path, command):
    done = run(*command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("program", ["train", "score", "evaluate", "casebook"])
def test_help_goes_to_standard_output(run, program):
    done = run(program, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "USAGE" in done.stdout


def test_models_that_cannot_be_created_say_so(run, desk, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run("train", "resolution-time", "--dataset", desk, "--models", tmp_path / "file" / "models")
    assert (done.returncode, done.stdout) == (CANNOT_CREATE, "")
    assert "file" in done.stderr
    assert (tmp_path / "file").read_text() == "in the way"


def test_predictions_that_cannot_be_created_say_so(run, desk, tmp_path):
    target = tmp_path / "no" / "such" / "folder" / "predictions.csv"
    done = run(
        "evaluate", "resolution-time", "--dataset", desk, "--cutoff", quantile_opening(rows(), 0.7),
        "--protocol", "fixed", "--predictions", target)
    assert (done.returncode, done.stdout) == (CANNOT_CREATE, "")
    assert "predictions.csv" in done.stderr


def test_a_full_disk_under_the_output_is_an_io_error(run, trained):
    with open("/dev/full", "w") as full:
        ticket = json.dumps(as_json(rows()[0])) + "\n"
        done = run("score", "resolution-time", "--models", trained, stdin=ticket, stdout=full)
    assert done.returncode == IO, done.stderr
    assert done.stderr
