"""What every acceptance test needs: the built programs, small desks of our own making, and a trained model."""

import json
import os
import shutil
import subprocess

import pytest
from desks import write_desk
from mock_systems import MockSystems, Receiver
from paths import PROGRAMS, ROOT
from sync_desks import There


@pytest.fixture(scope="session")
def run():
    """Runs one of our programs from outside: run("score", "resolution-time", stdin=text); with bytes it answers bytes."""

    def program(name, *arguments, stdin="", cwd=ROOT, timeout=300, stdout=subprocess.PIPE):
        executable = PROGRAMS / name
        assert executable.exists(), f"{executable} is not built: run `make test`"
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        return subprocess.run(
            [executable, *map(str, arguments)], input=stdin, cwd=cwd, timeout=timeout, env=environment,
            stdout=stdout, stderr=subprocess.PIPE, encoding=None if isinstance(stdin, bytes) else "utf-8")

    return program


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """A desk of 600 tickets that nobody may change."""
    return write_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def trained(run, desk, tmp_path_factory):
    """A registry with version 1 of a resolution-time model of `desk`, which nobody may change."""
    models = tmp_path_factory.mktemp("trained") / "models"
    done = run("train", "resolution-time", "--dataset", desk, "--models", models)
    assert done.returncode == 0, done.stderr
    return models


@pytest.fixture
def models(trained, tmp_path):
    """A copy of `trained` that a test may damage."""
    return shutil.copytree(trained, tmp_path / "models")


@pytest.fixture(scope="session")
def score(run):
    """Scores tickets (dictionaries) and returns one dictionary a ticket."""

    def tickets_scored(models, tickets, *arguments):
        lines = "".join(json.dumps(ticket) + "\n" for ticket in tickets)
        done = run("score", "resolution-time", "--models", models, *arguments, stdin=lines)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return tickets_scored


@pytest.fixture(scope="session")
def mock_server():
    server = MockSystems()
    yield server
    server.stop()


@pytest.fixture
def mock(mock_server):
    """The mock ticket systems, empty."""
    mock_server.control("POST", "reset", {})
    return mock_server


@pytest.fixture
def there(mock, kind):
    """The mock system of a kind, as the people use it who work there."""
    return There(mock, kind)


@pytest.fixture
def known(desk, there):
    """A ticket that both sides know: its id there."""
    id = there.opened()
    desk.sync()
    return id


@pytest.fixture
def receiver():
    """Takes the webhook calls of the mock ticket systems."""
    taker = Receiver()
    yield taker
    taker.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_json_modifyreport(json_report):
    # The report is kept in the repository, where the path of the machine that made it means nothing.
    text = json.dumps(json_report).replace(f"{ROOT}/", "")
    json_report.clear()
    json_report.update(json.loads(text), root=".")
