"""`evaluate article-effect`: what is said of the effect of articles, where it is known."""

import json

import pytest

ROW = {"name", "n", "coverage", "below", "width", "bias", "rmse", "cannotTell", "helped", "harmed"}


@pytest.fixture(scope="module")
def measured(run):
    done = run("evaluate", "article-effect", "--seed", "31", "--seeds", "60", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_report_has_its_keys(measured):
    assert {
        "articles", "notComparable", "coverage", "avoidedCoverage", "width", "rmse", "cannotTell", "falseHelped", "byEffect", "byVolume", "byDesk", "byOccasion",
        "rivals",
    } == set(measured)
    assert [row["name"] for row in measured["byEffect"]] == ["none", "small", "large", "more"]
    assert all(set(row) == ROW for key in ("byEffect", "byVolume", "byDesk", "byOccasion", "rivals") for row in measured[key])
    assert sum(row["n"] for row in measured["byEffect"]) == sum(row["n"] for row in measured["byVolume"]) == measured["articles"] > 300


def test_intervals_hold_the_truth_as_often_as_they_say(measured):
    assert 0.85 <= measured["coverage"] <= 0.95
    assert 0.85 <= measured["avoidedCoverage"] <= 0.95
    # A part of few articles strays further from 90 % by chance.
    assert all(0.8 <= row["coverage"] for key in ("byEffect", "byVolume", "byDesk") for row in measured[key])


def test_few_articles_are_falsely_said_to_have_helped_and_large_effects_are_seen(measured):
    assert measured["falseHelped"] < 0.1
    effects = {row["name"]: row for row in measured["byEffect"]}
    assert effects["large"]["helped"] > 0.5 > effects["none"]["helped"]
    desks = [row["width"] for row in measured["byDesk"]]
    assert desks == sorted(desks)
    assert 0 < effects["large"]["cannotTell"] < effects["none"]["cannotTell"]


def test_rivals_are_surer_than_they_may_be(measured):
    rivals = {row["name"]: row for row in measured["rivals"]}
    for name in ("beforeAfter", "poissonDifferences"):
        assert rivals[name]["coverage"] < 0.6
        assert rivals[name + ", none"]["helped"] > 0.15


def test_the_same_seed_says_the_same_and_people_can_read_it(run):
    one, other = (run("evaluate", "article-effect", "--seed", "7", "--seeds", "2") for _ in range(2))
    assert one.returncode == 0 and one.stdout == other.stdout
    assert "coverage" in one.stdout and "beforeAfter" in one.stdout


@pytest.mark.parametrize("arguments", [("--seeds", "0"), ("--seeds", "many"), ("--seed", "-1"), ("--desks", "4")])
def test_bad_options_are_refused(run, arguments):
    assert run("evaluate", "article-effect", *arguments).returncode == 64
