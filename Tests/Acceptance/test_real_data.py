"""The smallest real desk, prequentially, through the same door as everyone (K4, I5, J4)."""

import csv
import json
from math import expm1

import pytest
from measures import measured, read_predictions
from paths import ROOT, SHARED

ROWS = SHARED / "data" / "tickets" / "helpdesk"
CUTOFF = "2012-05-15T15:34:15Z"

pytestmark = pytest.mark.skipif(not ROWS.exists(), reason="the real tickets in ../shared are not here")


@pytest.fixture(scope="module")
def evaluation(run, tmp_path_factory):
    predictions = tmp_path_factory.mktemp("real") / "predictions.csv"
    done = run(
        "evaluate", "resolution-time", "--dataset", ROOT / "datasets" / "helpdesk", "--cutoff", CUTOFF,
        "--protocol", "prequential", "--predictions", predictions, "--json", timeout=1200)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), read_predictions(predictions)


@pytest.fixture(scope="module")
def hours():
    with open(ROWS / "test.csv", newline="", encoding="utf-8") as file:
        return {row["id"]: float(row["y_hours"]) for row in csv.DictReader(file)}


def test_every_test_ticket_is_predicted_once(evaluation, hours):
    printed, predictions = evaluation
    assert sorted(predictions["id"]) == sorted(hours)
    assert printed["n"] == len(hours)


def test_the_figures_follow_from_the_predictions(evaluation, hours):
    """By the definitions that the peers are scored with."""
    printed, predictions = evaluation
    for name, value in measured(predictions, hours).items():
        parts = value if isinstance(value, dict) else {None: value}
        for width, part in parts.items():
            mine = printed[name] if width is None else printed[name][width]
            assert mine == pytest.approx(part, rel=1e-3), (name, width)


def test_the_median_of_the_recent_tickets_is_beaten(evaluation, hours):
    """A baseline without parameters, of which the data set has a column: a model that loses to it is worth nothing."""
    with open(ROWS / "test.csv", newline="", encoding="utf-8") as file:
        recent = {row["id"]: row["q_recent_logmed"] for row in csv.DictReader(file)}
    error = [abs(hours[ticket] - expm1(float(value))) for ticket, value in recent.items() if value]
    assert evaluation[0]["maeHours"] < sum(error) / len(error)
