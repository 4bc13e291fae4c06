"""A damaged model is never used in silence (K3, design 3)."""

import json
import shutil

import pytest
from desks import as_json, rows

DATA, NO_INPUT = 65, 66


@pytest.fixture
def refused(run):
    """Scores one good ticket and expects to be refused."""

    def score(models, code, *arguments):
        ticket = json.dumps(as_json(rows()[0])) + "\n"
        done = run("score", "resolution-time", "--models", models, *arguments, stdin=ticket)
        assert done.returncode == code, done.stderr
        assert done.stdout == ""
        return done.stderr

    return score


def weights(models):
    return models / "resolution-time" / "1" / "model.safetensors"


@pytest.mark.parametrize("place", ["first byte", "header", "middle", "last byte"])
def test_altered_weights_are_refused(refused, models, place):
    data = bytearray(weights(models).read_bytes())
    index = {"first byte": 0, "header": 20, "middle": len(data) // 2, "last byte": len(data) - 1}[place]
    data[index] ^= 1
    weights(models).write_bytes(data)
    assert "model.safetensors" in refused(models, DATA)


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_truncated_weights_are_refused(refused, models, keep):
    weights(models).write_bytes(weights(models).read_bytes()[:keep])
    assert "model.safetensors" in refused(models, DATA)


def test_weights_with_something_after_them_are_refused(refused, models):
    weights(models).write_bytes(weights(models).read_bytes() + b"\0")
    assert "model.safetensors" in refused(models, DATA)


def test_missing_weights_are_no_input(refused, models):
    weights(models).unlink()
    assert "model.safetensors" in refused(models, NO_INPUT)


def test_a_newer_format_is_refused_by_its_number(refused, models):
    file = models / "resolution-time" / "1" / "model.json"
    description = json.loads(file.read_text())
    description["formatVersion"] = 987
    file.write_text(json.dumps(description))
    said = refused(models, DATA)
    assert "model.json" in said and "987" in said


@pytest.mark.parametrize("text", ["", "{", "{}", "null"])
def test_a_broken_description_is_refused(refused, models, text):
    (models / "resolution-time" / "1" / "model.json").write_text(text)
    assert "model.json" in refused(models, DATA)


@pytest.mark.parametrize("text", ["", "one", "-1", "../1"])
def test_a_broken_current_is_refused(refused, models, text):
    (models / "resolution-time" / "current").write_text(text)
    assert "current" in refused(models, DATA)


def test_a_registry_without_the_model_is_no_input(refused, tmp_path):
    assert "resolution-time" in refused(tmp_path, NO_INPUT)


def test_a_version_that_does_not_exist_is_no_input(refused, models):
    assert "99" in refused(models, NO_INPUT, "--version", "99")


def test_an_older_version_serves_while_the_current_one_is_damaged(score, models):
    """K3: every version stays usable under its number."""
    before = score(models, [as_json(rows()[0])])
    shutil.copytree(models / "resolution-time" / "1", models / "resolution-time" / "2")
    (models / "resolution-time" / "2" / "model.safetensors").write_bytes(b"")
    (models / "resolution-time" / "current").write_text("2\n")
    assert score(models, [as_json(rows()[0])], "--version", "1") == before
