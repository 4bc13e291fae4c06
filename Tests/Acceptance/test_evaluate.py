"""`evaluate resolution-time`: held-out cases, fixed and prequential, and figures that its own predictions bear out
(K4, I5, J4)."""

import json

import pytest
from desks import quantile_opening, rows, write_desk
from measures import COLUMNS, MEAN_LOG, measured, read_predictions, weekly_cohort_error

# Everything is resolved in the end, so that every held-out ticket has its true hours.
TICKETS = [{**ticket, "closed": "1"} for ticket in rows(days=100)]
CUTOFF = quantile_opening(TICKETS, 0.7)
HELD_OUT = [t for t in TICKETS if t["opened"] >= CUTOFF.replace("T", " ").removesuffix("Z")]
HOURS = {ticket["id"]: float(ticket["hours"]) for ticket in TICKETS}
OPENED = {ticket["id"]: ticket["opened"] for ticket in TICKETS}
KEYS = {
    "protocol", "n", "maeHours", "medianAbsoluteErrorHours", "rmsle", "concordance", "pinballHours", "coverage",
    "widthHours", "cohortMeanError", "groups",
}


@pytest.fixture(scope="module")
def closed_desk(tmp_path_factory):
    return write_desk(tmp_path_factory.mktemp("closed"), TICKETS)


@pytest.fixture(scope="module", params=["fixed", "prequential"])
def evaluation(request, run, closed_desk, tmp_path_factory):
    """(protocol, the printed object, the predictions file) of one evaluation."""
    predictions = tmp_path_factory.mktemp(request.param) / "predictions.csv"
    done = run(
        "evaluate", "resolution-time", "--dataset", closed_desk, "--cutoff", CUTOFF, "--protocol", request.param,
        "--predictions", predictions, "--json")
    assert done.returncode == 0, done.stderr
    return request.param, json.loads(done.stdout), read_predictions(predictions)


def test_the_object_has_the_promised_keys(evaluation):
    protocol, printed, _ = evaluation
    assert KEYS <= printed.keys()
    assert printed["protocol"] == protocol
    assert printed["coverage"].keys() == printed["widthHours"].keys() == {"50", "80", "90"}


def test_every_held_out_ticket_is_predicted_once(evaluation):
    """K4: held-out cases are those opened at or after the cut."""
    _, printed, predictions = evaluation
    assert list(predictions)[:len(COLUMNS)] == COLUMNS and MEAN_LOG in predictions
    assert sorted(predictions["id"]) == sorted(ticket["id"] for ticket in HELD_OUT)
    assert printed["n"] == len(HELD_OUT)


def test_the_figures_follow_from_the_predictions(evaluation):
    """J4: recomputed here, with numpy, from the file alone."""
    _, printed, predictions = evaluation
    for name, value in measured(predictions, HOURS).items():
        if isinstance(value, dict):
            for width, part in value.items():
                assert printed[name][width] == pytest.approx(part, rel=1e-4), (name, width)
        else:
            assert printed[name] == pytest.approx(value, rel=1e-4), name


def test_the_error_of_the_mean_of_each_weeks_cohort_follows_from_the_predictions(evaluation):
    """I5: the mean of the tickets opened in a week, predicted and true."""
    _, printed, predictions = evaluation
    assert printed["cohortMeanError"] == pytest.approx(weekly_cohort_error(predictions, HOURS, OPENED), rel=1e-4)
    assert printed["cohortMeanError"] < 1


def test_the_predictions_are_worth_something(evaluation):
    """The desk has a noise of 0.6 in log hours: an oracle that knows the groups has a concordance of about .86."""
    _, printed, _ = evaluation
    assert printed["concordance"] > 0.75
    assert printed["rmsle"] < 0.8
    assert 0.6 < printed["coverage"]["80"] < 0.97


def test_the_groups_add_up_to_the_whole(evaluation):
    _, printed, _ = evaluation
    assert sum(group["n"] for group in printed["groups"]) == printed["n"]
    by_name = {group["name"]: group for group in printed["groups"]}
    for team in ("network", "database", "billing"):
        assert by_name[team]["n"] == sum(ticket["team"] == team for ticket in HELD_OUT)
        assert by_name[team]["coverage"].keys() == {"50", "80", "90"}
    covered = sum(group["n"] * group["coverage"]["80"] for group in printed["groups"])
    assert covered / printed["n"] == pytest.approx(printed["coverage"]["80"])


def test_the_text_gives_the_same_facts(run, closed_desk, evaluation):
    protocol, printed, _ = evaluation
    done = run("evaluate", "resolution-time", "--dataset", closed_desk, "--cutoff", CUTOFF, "--protocol", protocol)
    assert done.returncode == 0, done.stderr
    assert f"{printed['maeHours']:.1f}" in done.stdout
    assert str(printed["n"]) in done.stdout
    cohorts, = (line for line in done.stdout.splitlines() if line.startswith("weekly cohorts"))
    assert f"{100 * printed['cohortMeanError']:.1f} %" in cohorts


def test_a_fixed_model_does_not_learn_from_the_held_out_labels(run, closed_desk, tmp_path):
    other = [{**t, "hours": "2.5"} if t in HELD_OUT else t for t in TICKETS]
    # Later predictions may see the state of the desk, so only the first one must be the same.
    one = predicted(run, closed_desk, "fixed", tmp_path / "one.csv")
    two = predicted(run, write_desk(tmp_path / "desk", other), "fixed", tmp_path / "two.csv")
    assert one[0] == two[0]


def predicted(run, desk, protocol, path):
    """The predictions, in order of opening, as (id, predicted hours)."""
    done = run(
        "evaluate", "resolution-time", "--dataset", desk, "--cutoff", CUTOFF, "--protocol", protocol,
        "--predictions", path)
    assert done.returncode == 0, done.stderr
    predictions = read_predictions(path)
    return sorted(zip(predictions["id"], predictions["predicted_hours"]))


def test_a_prequential_prediction_uses_only_what_was_known_when_the_ticket_opened(run, closed_desk, tmp_path):
    """Labels that become known after a ticket opened cannot change its prediction; those from before can."""
    middle = HELD_OUT[len(HELD_OUT) // 2]["opened"]
    other = [{**t, "hours": "5000.0"} if t["opened"] >= middle else t for t in TICKETS]
    one = predicted(run, closed_desk, "prequential", tmp_path / "one.csv")
    two = predicted(run, write_desk(tmp_path / "desk", other), "prequential", tmp_path / "two.csv")
    first_changed = next(ticket["id"] for ticket in HELD_OUT if ticket["opened"] >= middle)
    assert [pair for pair in one if pair[0] <= first_changed] == [pair for pair in two if pair[0] <= first_changed]
    assert one != two


def test_a_cutoff_after_the_last_ticket_leaves_nothing_to_evaluate(run, closed_desk):
    done = run(
        "evaluate", "resolution-time", "--dataset", closed_desk, "--cutoff", "2030-01-01T00:00:00Z",
        "--protocol", "fixed", "--json")
    assert (done.returncode, done.stdout) == (65, "")
    assert done.stderr
