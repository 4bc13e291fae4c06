"""`score resolution-time`: what one ticket's answer says (C1, C2, C3, K3, K4)."""

import json
import random
import re

import pytest
from desks import HEADER, as_json, rows, write_desk

KEYS = {
    "id", "predictedHours", "meanLogHours", "intervals", "survival", "tier", "expertise", "relativeEffort", "priority",
    "contributions", "missing",
}
TICKETS = [as_json(row) for row in rows()[:40]]


@pytest.fixture(scope="module")
def answers(score, trained):
    return score(trained, TICKETS)


def numbers(value):
    """Every number in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    return [value] if isinstance(value, (int, float)) and not isinstance(value, bool) else []


def test_there_is_one_line_a_ticket_in_the_order_of_the_input(answers):
    """K4: scoring in batch."""
    assert [answer["id"] for answer in answers] == [ticket["id"] for ticket in TICKETS]


def test_an_answer_says_all_that_was_promised(answers):
    for answer in answers:
        assert KEYS <= answer.keys()
        assert "remaining" not in answer and "breachProbability" not in answer
        assert answer["missing"] == []


def test_intervals_are_nested_around_the_prediction(answers):
    for answer in answers:
        bounds = [answer["intervals"][level] for level in ("90", "80", "50")]
        edges = [low for low, _ in bounds] + [answer["predictedHours"]] + [high for _, high in reversed(bounds)]
        assert edges == sorted(edges)
        assert edges[0] >= 0


def test_the_survival_curve_falls_from_at_most_1_to_at_least_0(answers):
    for answer in answers:
        hours = [point["hours"] for point in answer["survival"]]
        chances = [point["probability"] for point in answer["survival"]]
        assert len(hours) >= 2
        assert hours == sorted(set(hours))
        assert chances == sorted(chances, reverse=True)
        assert 0 <= chances[-1] and chances[0] <= 1


def test_the_survival_curve_is_a_half_at_the_prediction(answers):
    """The prediction is the median of the same distribution, as far as the points of the curve can say."""
    for answer in answers:
        before = [p["probability"] for p in answer["survival"] if p["hours"] <= answer["predictedHours"]]
        after = [p["probability"] for p in answer["survival"] if p["hours"] >= answer["predictedHours"]]
        assert min(before, default=1) >= 0.49
        assert max(after, default=0) <= 0.51


def test_contributions_explain_in_hours_and_name_features(answers):
    """C1: an explanation for each number."""
    for answer in answers:
        assert answer["contributions"]
        for contribution in answer["contributions"]:
            assert contribution["feature"]
            assert isinstance(contribution["hours"], (int, float))


def test_at_most_ten_contributions_are_named_and_the_rest_is_one_sum(run, score, tmp_path):
    """C1: what is left of the prediction without its contributions is the median of a typical ticket."""
    generator = random.Random(3)
    more = [f"extra{number:02d}" for number in range(14)]
    tickets = [{**row, **{name: generator.choice("abc") for name in more}} for row in rows()]
    desk = write_desk(tmp_path / "desk", tickets, {"attributes": ["region", "load", *more]}, [*HEADER, *more])
    done = run("train", "resolution-time", "--dataset", desk, "--models", tmp_path / "models")
    assert done.returncode == 0, done.stderr
    asked = [as_json(row, **{name: row[name] for name in more}) for row in tickets[:60]]
    typical = []
    for answer in score(tmp_path / "models", asked):
        names = [contribution["feature"] for contribution in answer["contributions"]]
        hours = [contribution["hours"] for contribution in answer["contributions"]]
        assert len(names) == len(set(names)) == 11 and names[-1] == "other"
        assert [abs(part) for part in hours[:-1]] == sorted((abs(part) for part in hours[:-1]), reverse=True)
        assert 0 not in hours
        typical.append(answer["predictedHours"] - sum(hours))
    assert max(typical) - min(typical) < 1e-4


def test_effort_is_positive_and_every_number_is_finite(answers):
    """C2."""
    for answer in answers:
        assert answer["relativeEffort"] > 0
        assert all(number == number and abs(number) < 1e12 for number in numbers(answer))


def test_a_ticket_of_the_slow_kind_is_predicted_slower(score, trained):
    """C1, J4: the desk was made with four and a half e-folds between the two kinds."""
    slow = {**TICKETS[0], "id": "slow", "group": "database", "category": "outage", "subject": "Service is down"}
    quick = {**TICKETS[0], "id": "quick", "group": "network", "category": "question",
             "subject": "Where is the invoice"}
    first, second = score(trained, [slow, quick])
    assert first["predictedHours"] > 3 * second["predictedHours"]
    assert first["relativeEffort"] > second["relativeEffort"]


def test_an_open_ticket_gets_the_time_that_remains(score, trained):
    young, old = score(trained, [{**TICKETS[0], "ageHours": 0.5}, {**TICKETS[0], "ageHours": 200.0}])
    assert all(number > 0 for number in numbers(young["remaining"]) + numbers(old["remaining"]))
    assert numbers(young["remaining"]) and young["remaining"] != old["remaining"]


def test_the_risk_of_a_breach_falls_with_the_time_allowed(score, trained):
    deadlines = [0.1, 1.0, 10.0, 100.0, 10000.0]
    risks = [answer["breachProbability"]
             for answer in score(trained, [{**TICKETS[0], "slaHours": hours} for hours in deadlines])]
    assert risks == sorted(risks, reverse=True)
    assert risks[0] > 0.9 and risks[-1] < 0.1
    assert all(0 <= risk <= 1 for risk in risks)


def test_customer_impact_moves_the_recommended_priority(score, trained):
    """C3: 1 is first; the same ticket comes sooner the more it hurts, and an impact that is not known counts as a half."""
    impacts = [0, 0.2, 0.5, 0.8, 1]
    asked = [{**ticket, "customerImpact": impact} for ticket in TICKETS for impact in impacts]
    priorities = [answer["priority"] for answer in score(trained, asked)]
    unknown = [answer["priority"] for answer in score(trained, TICKETS)]
    for first in range(0, len(asked), len(impacts)):
        own = priorities[first:first + len(impacts)]
        assert own == sorted(own, reverse=True) and own[0] > own[-1]
        assert own[2] == unknown[first // len(impacts)]
        assert set(own) <= {1, 2, 3, 4}


@pytest.mark.parametrize("impact", [-0.1, 1.1])
def test_a_customer_impact_outside_its_range_is_reported(run, trained, impact):
    line = json.dumps({**TICKETS[0], "customerImpact": impact}) + "\n"
    done = run("score", "resolution-time", "--models", trained, stdin=line)
    assert (done.returncode, done.stdout) == (65, "")
    assert "customerImpact" in done.stderr


def test_a_ticket_past_its_deadline_has_breached(score, trained):
    answer, = score(trained, [{**TICKETS[0], "ageHours": 30.0, "slaHours": 20.0}])
    assert answer["breachProbability"] == 1


def test_levels_never_seen_score_without_failing(score, trained):
    """H3, H4."""
    answer, = score(trained, [{**TICKETS[0], "customer": "new", "group": "new", "category": "new", "region": "new"}])
    assert answer["predictedHours"] > 0


@pytest.mark.parametrize("field", ["customer", "group", "category", "priority", "subject", "region", "load"])
@pytest.mark.parametrize("how", ["null", "absent"])
def test_what_was_missing_is_named(score, trained, field, how):
    """H3: incomplete context scores, and the answer says what was not there."""
    ticket = {**TICKETS[0], field: None}
    if how == "absent":
        del ticket[field]
    answer, = score(trained, [ticket])
    assert field in json.dumps(answer["missing"])
    assert answer["predictedHours"] > 0


def test_a_ticket_with_an_id_and_an_opening_alone_scores(score, trained):
    answer, = score(trained, [{"id": "bare", "openedAt": "2024-05-01T10:00:00Z"}])
    assert answer["predictedHours"] > 0
    assert len(answer["missing"]) >= 7


def test_one_ticket_scores_the_same_alone_and_in_company(score, trained, answers):
    assert score(trained, TICKETS[3:4]) == answers[3:4]


def test_neither_the_batch_nor_the_number_of_threads_changes_an_answer(run, trained):
    """Enough lines for several blocks and batches; a block is 2 MiB."""
    tickets = [as_json(row, id=f"{turn}-{row['id']}", note="x" * 2_000) for turn in range(5) for row in rows()]
    lines = [json.dumps(ticket) + "\n" for ticket in tickets]
    lines[1_500] = "not json\n"

    def scored(chosen, *arguments):
        return run("score", "resolution-time", "--models", trained, *arguments, stdin="".join(chosen))

    whole = scored(lines)
    assert whole.returncode == 65 and ":1501:" in whole.stderr
    for threads in (1, 2, 5):
        done = scored(lines, "--threads", threads)
        assert (done.stdout, done.stderr) == (whole.stdout, whole.stderr)
    answers = whole.stdout.splitlines(keepends=True)
    assert scored(lines[1_200:1_207]).stdout == "".join(answers[1_200:1_207])
    assert scored(lines[2_999:]).stdout == answers[-1]


@pytest.mark.parametrize("threads", ["0", "-1", "two"])
def test_an_impossible_number_of_threads_is_a_usage_error(run, trained, threads):
    done = run("score", "resolution-time", "--models", trained, f"--threads={threads}")
    assert done.returncode == 64 and "threads" in done.stderr


def test_scoring_twice_gives_the_same_bytes(run, trained):
    lines = "".join(json.dumps(ticket) + "\n" for ticket in TICKETS)
    first, second = (run("score", "resolution-time", "--models", trained, stdin=lines) for _ in range(2))
    assert first.stdout == second.stdout != ""


def test_no_tickets_give_no_answers(run, trained):
    """A stage of a larger job runs on empty partitions too."""
    done = run("score", "resolution-time", "--models", trained)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("bad, field", [
    ("", ""),
    ("not json", ""),
    ("[1, 2]", ""),
    ('{"id": "x"}', "openedAt"),
    ('{"openedAt": "2024-05-01T10:00:00Z"}', "id"),
    ('{"id": "x", "openedAt": "soon"}', "openedAt"),
    ('{"id": "x", "openedAt": "2024-05-01T10:00:00Z", "ageHours": -1}', "ageHours"),
    ('{"id": "x", "openedAt": "2024-05-01T10:00:00Z", "slaHours": "two"}', "slaHours"),
    ('{"id": "x", "openedAt": "2024-05-01T10:00:00Z", "group": 5.5}', "group"),
])
def test_a_bad_line_is_reported_and_the_others_are_scored(run, trained, bad, field):
    lines = [json.dumps(TICKETS[0]), json.dumps(TICKETS[1]), bad, json.dumps(TICKETS[2])]
    done = run("score", "resolution-time", "--models", trained, stdin="\n".join(lines) + "\n")
    assert done.returncode == 65
    assert re.search(r":3\b", done.stderr) and field in done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [t["id"] for t in TICKETS[:3]]


def test_a_half_written_last_line_is_reported_and_the_others_are_scored(run, trained):
    lines = "\n".join(json.dumps(ticket) for ticket in TICKETS[:3])[:-25]
    done = run("score", "resolution-time", "--models", trained, stdin=lines)
    assert done.returncode == 65
    assert re.search(r":3\b", done.stderr)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [t["id"] for t in TICKETS[:2]]
