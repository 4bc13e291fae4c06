"""Remaining time and deadlines on a business calendar, with pauses (C1, C3, F4)."""

import json

import pytest

CALENDAR = {
    "timeZone": "Europe/Rome",
    "week": {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")},
    "holidays": ["2025-10-20"],
}
# A Friday at 12 h in Rome; the Monday after it is a holiday.
TICKET = {"id": "T", "openedAt": "2025-10-17T10:00:00Z"}


@pytest.fixture(scope="module")
def calendar(tmp_path_factory):
    path = tmp_path_factory.mktemp("calendar") / "calendar.json"
    path.write_text(json.dumps(CALENDAR))
    return path


@pytest.fixture
def answer(score, trained, calendar):
    def ask(**questions):
        return score(trained, [TICKET | questions], "--calendar", calendar)[0]

    return ask


@pytest.mark.parametrize("hours, paused, deadline", [
    (5, 0, "2025-10-17T15:00:00Z"),  # the end of Friday
    (8, 0, "2025-10-21T10:00:00Z"),  # the weekend and the holiday do not count
    (8, 1, "2025-10-21T11:00:00Z"),  # nor does an hour of pause
    (50, 0, "2025-10-28T13:00:00Z"),  # clocks have gone back in between
])
def test_a_deadline_in_business_hours_falls_where_the_calendar_says(answer, hours, paused, deadline):
    questions = {"ageHours": 2, "pausedHours": paused} if paused else {}
    assert answer(slaBusinessHours=hours, **questions)["deadline"] == deadline


def test_a_deadline_is_breached_as_probably_as_the_same_moment_on_the_wall(answer):
    # 2025-10-21T10:00Z is 96 hours after the opening.
    on_the_wall = answer(slaHours=96, ageHours=2)["breachProbability"]
    assert answer(slaBusinessHours=8, ageHours=2)["breachProbability"] == pytest.approx(on_the_wall, abs=1e-6)
    assert 0 < on_the_wall < 1


def test_a_deadline_that_has_passed_is_breached(answer):
    assert answer(slaBusinessHours=1, ageHours=3)["breachProbability"] == 1


def test_a_calendar_that_never_opens_has_no_deadline(score, trained, tmp_path):
    path = tmp_path / "closed.json"
    path.write_text(json.dumps({"week": {}}))
    answer = score(trained, [TICKET | {"slaBusinessHours": 1}], "--calendar", path)[0]
    assert answer["deadline"] is None and answer["breachProbability"] == 0


def test_what_remains_is_told_in_business_hours_too(answer):
    remaining = answer(ageHours=2)["remaining"]
    assert remaining["businessHours"] >= 0
    for level, (lower, upper) in remaining["businessIntervals"].items():
        assert 0 <= lower <= remaining["businessHours"] <= upper
        wall = remaining["intervals"][level]
        # The desk works 40 of the 168 hours of a week, and never more than passes on the wall.
        assert lower <= wall[0] + 1e-6 and upper <= wall[1]
        assert upper <= 8 * (wall[1] / 24 + 1)


def test_without_a_calendar_nothing_is_told_in_business_hours(score, trained):
    remaining = score(trained, [TICKET | {"ageHours": 2}])[0]["remaining"]
    assert remaining.keys() == {"predictedHours", "intervals"}


def test_a_pause_leaves_as_much_to_do_as_before_it(answer):
    """A whole week of pause brings the clock of the week back to where it stood."""
    before = answer(ageHours=2)["remaining"]
    after = answer(ageHours=2 + 168, pausedHours=168)["remaining"]
    unpaused = answer(ageHours=2 + 168)["remaining"]
    assert after["predictedHours"] == pytest.approx(before["predictedHours"], rel=0.1)
    assert after["predictedHours"] < unpaused["predictedHours"]


def test_a_pause_moves_the_deadline_on_the_wall_as_it_does_in_business_hours(answer):
    """Two of fifty hours have counted, and four were promised."""
    paused = answer(ageHours=50, pausedHours=48, slaHours=4)["breachProbability"]
    assert 0 < paused < 1
    assert answer(ageHours=50, pausedHours=48, slaHours=5)["breachProbability"] < paused
    assert answer(ageHours=50, pausedHours=48, slaHours=2)["breachProbability"] == 1
    assert answer(ageHours=50, slaHours=4)["breachProbability"] == 1


@pytest.mark.parametrize("questions, message", [
    ({"pausedHours": 1}, 'field "pausedHours": needs ageHours'),
    ({"ageHours": 1, "pausedHours": 2}, 'field "pausedHours": "2.0" is not from 0 to ageHours'),
    ({"ageHours": 1, "pausedHours": -1}, 'field "pausedHours": "-1.0" is not from 0'),
    ({"slaHours": 3, "slaBusinessHours": 1}, 'field "slaBusinessHours": cannot stand beside "slaHours"'),
    ({"slaBusinessHours": -1}, 'field "slaBusinessHours": "-1.0" is not from 0'),
])
def test_a_question_that_cannot_be_answered_names_its_line_and_field(run, trained, calendar, questions, message):
    lines = json.dumps(TICKET) + "\n" + json.dumps(TICKET | {"id": "U"} | questions) + "\n"
    done = run("score", "resolution-time", "--models", trained, "--calendar", calendar, stdin=lines)
    assert done.returncode == 65
    assert len(done.stdout.splitlines()) == 1
    assert "standard input:2: " + message in done.stderr


def test_business_hours_need_a_calendar(run, trained):
    line = json.dumps(TICKET | {"slaBusinessHours": 1}) + "\n"
    done = run("score", "resolution-time", "--models", trained, stdin=line)
    assert done.returncode == 65
    assert 'standard input:1: field "slaBusinessHours": needs --calendar' in done.stderr


@pytest.mark.parametrize("text, key", [
    ("{", ""), ("", None), ('{"week": {"funday": []}}', "week.funday"), ('{"week": {"monday": ["9-17"]}}', "week.monday"),
    ('{"week": {"monday": ["17:00-09:00"]}}', "week.monday"),
    ('{"week": {"monday": ["09:00-12:00", "11:00-13:00"]}}', "week.monday"),
    ('{"week": {}, "holidays": ["2025-02-30"]}', "holidays"), ('{"week": {}, "timeZone": "Mars/Base"}', "timeZone"),
    ('{"week": {}, "weeks": {}}', "weeks"),
])
def test_a_calendar_that_cannot_be_is_refused_before_anything_is_read(run, trained, tmp_path, text, key):
    path = tmp_path / "calendar.json"
    path.write_text(text)
    done = run(
        "score", "resolution-time", "--models", trained, "--calendar", path, stdin=json.dumps(TICKET) + "\n")
    assert done.returncode == 65
    assert done.stdout == "" and str(path) in done.stderr
    if key is not None:
        assert f'key "{key}' in done.stderr


def test_a_calendar_that_is_not_there_is_no_input(run, trained, tmp_path):
    done = run("score", "resolution-time", "--models", trained, "--calendar", tmp_path / "none.json")
    assert done.returncode == 66 and "no such file" in done.stderr
