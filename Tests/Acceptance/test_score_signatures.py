"""`score resolution-time --signatures`: what a customer met in the logs changes the forecast, which says so (C1)."""

import json
import random
from datetime import datetime, timedelta, timezone

import pytest
from desks import as_json, rows, write_desk

FEATURE = "log signatures"
SLOWDOWN = 5
GENERATOR = random.Random(11)


def sighting(customer, opened, minutes):
    """An error that a customer met some minutes before a ticket of theirs."""
    time = datetime.strptime(opened, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc) - timedelta(minutes=minutes)
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ"), "customer": customer, "signature": "5d8a0e6c1b7f4a93",
        "severityNumber": 17, "count": 20,
    }


def write_lines(path, objects):
    path.write_text("".join(json.dumps(item) + "\n" for item in objects))
    return path


# A third of the tickets follow on an error of their customer, and these take five times as long.
TICKETS = [{**row, "met": GENERATOR.random() < 1 / 3} for row in rows(sigma=0.3)]
SIGHTINGS = [sighting(row["customer"], row["opened"], 30) for row in TICKETS if row["met"]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("signatures")


@pytest.fixture(scope="module")
def models(run, folder):
    slower = [{**row, "hours": f"{float(row['hours']) * (SLOWDOWN if row['met'] else 1):.4f}"} for row in TICKETS]
    desk = write_desk(folder / "desk", slower)
    done = run(
        "train", "resolution-time", "--dataset", desk, "--models", folder / "models",
        "--signatures", write_lines(folder / "known.ndjson", SIGHTINGS))
    assert done.returncode == 0, done.stderr
    return folder / "models"


@pytest.fixture(scope="module")
def answers(score, models, folder):
    """Of two tickets with the same words, one whose customer met errors just before and one whose did not: with the errors in
    the logs, and with logs that hold only older errors of others."""
    opened = TICKETS[-1]["opened"]
    old = [sighting("customer-07", opened, 60 * 24 * 30)]
    new = [sighting("customer-00", opened, minutes) for minutes in (10, 30)]
    met, not_met = (
        as_json({**TICKETS[-1], "customer": name, "opened": opened}, id=name) for name in ("customer-00", "customer-01"))
    quiet = write_lines(folder / "quiet.ndjson", old)
    loud = write_lines(folder / "loud.ndjson", old + new)
    return [score(models, [met, not_met], "--signatures", path) for path in (quiet, loud)]


def hours_of_signatures(answer):
    return {part["feature"]: part["hours"] for part in answer["contributions"]}.get(FEATURE, 0)


def test_errors_that_a_customer_met_change_the_prediction_of_their_ticket(answers):
    (quiet, _), (loud, _) = answers
    assert loud["predictedHours"] > 2 * quiet["predictedHours"]


def test_the_answer_names_log_signatures_among_its_reasons(answers):
    (quiet, _), (loud, _) = answers
    assert hours_of_signatures(loud) > 0
    assert hours_of_signatures(loud) > hours_of_signatures(quiet)


def test_errors_that_others_met_change_nothing(answers):
    (_, quiet), (_, loud) = answers
    assert loud == quiet


def test_a_later_error_changes_nothing(score, models, folder):
    """What is known at the opening of a ticket does not hold what came after."""
    ticket = as_json(TICKETS[-1])
    old = [sighting("customer-07", TICKETS[-1]["opened"], 60 * 24 * 30)]
    late = [sighting(TICKETS[-1]["customer"], TICKETS[-1]["opened"], -10)]
    without = score(models, [ticket], "--signatures", write_lines(folder / "old.ndjson", old))
    assert score(models, [ticket], "--signatures", write_lines(folder / "late.ndjson", old + late)) == without
