"""Subjects and bodies of tickets reach models redacted, whatever the key."""

import json

import pytest
from desks import as_json, rows, write_desk


def test_a_model_holds_no_personal_data_of_its_tickets_and_does_not_depend_on_the_key(run, tmp_path):
    """Texts of tickets are redacted as they are read; a token counts by its kind alone."""
    tickets = rows(300)
    for number, ticket in enumerate(tickets):
        if number % 3 == 0:
            ticket["subject"] = f"Write to anna.quux{number % 5}@example.org about the export"
    desk = write_desk(tmp_path / "desk", tickets)
    keys = {}
    for name in ("one", "two"):
        (tmp_path / name).write_text(f"the key of tenant {name}\n")
        models = tmp_path / f"models-{name}"
        done = run("train", "resolution-time", "--dataset", desk, "--models", models, "--key-file", tmp_path / name)
        assert done.returncode == 0, done.stderr
        keys[name] = models / "resolution-time" / "1"
    text = (keys["one"] / "model.json").read_text()
    assert "<email>" in text and "quux" not in text and "export" in text
    weights = [(folder / "model.safetensors").read_bytes() for folder in keys.values()]
    assert weights[0] == weights[1]

    def answer(subject, *options):
        line = json.dumps(as_json(tickets[1], subject=subject)) + "\n"
        done = run("score", "resolution-time", "--models", tmp_path / "models-one", *options, stdin=line)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["predictedHours"]

    mail = answer("Write to somebody.else@example.net about the export")
    assert mail == answer("Write to anna.quux1@example.org about the export", "--key-file", tmp_path / "two")
    assert mail != answer("Write to about the export")


@pytest.mark.parametrize("program", ["train", "evaluate"])
def test_a_key_that_is_too_short_is_refused(run, tmp_path, program):
    desk = write_desk(tmp_path / "desk", rows(20))
    (tmp_path / "key").write_text("short\n")
    options = ["--cutoff", "2024-03-01T00:00:00Z", "--protocol", "fixed"] if program == "evaluate" else []
    done = run(program, "resolution-time", "--dataset", desk, "--key-file", tmp_path / "key", *options, cwd=tmp_path)
    assert done.returncode == 78 and "the key has 5 bytes, and needs 16" in done.stderr
