"""The measures of resolution time, computed again from a predictions file, to hold `evaluate` to its word.

The definitions are those of the project's reference: errors of the predicted hours, RMSLE of the mean of
log(1 + hours), pinball loss at .1, .5 and .9, coverage with the ends included, width as the median.
"""

import csv
from collections import defaultdict
from datetime import datetime

import numpy as np

COLUMNS = ["id", "predicted_hours", "lower80", "upper80", "lower90", "upper90", "median"]
MEAN_LOG = "mean_log_hours"
MEAN = "mean_hours"


def read_predictions(path):
    """{column: list of words}, in the order of the file."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        lines = list(reader)
    return {name: [line[name] for line in lines] for name in reader.fieldnames}


def concordance(hours, predicted):
    """Share of pairs with different hours that are ordered rightly; equal predictions count a half."""
    right = total = 0.0
    for i in range(len(hours)):
        slower = hours > hours[i]
        total += slower.sum()
        right += (predicted[slower] > predicted[i]).sum() + 0.5 * (predicted[slower] == predicted[i]).sum()
    return right / total


def pinball(level, hours, quantile):
    return np.mean(np.maximum(level * (hours - quantile), (level - 1) * (hours - quantile)))


def measured(predictions, hours_of):
    """The keys of `evaluate --json` that a predictions file can give; hours_of maps ids to true hours."""
    number = {name: np.array(words, float) for name, words in predictions.items() if name != "id"}
    hours = np.array([hours_of[ticket] for ticket in predictions["id"]])
    error = np.abs(hours - number["predicted_hours"])
    within = {w: (number[f"lower{w}"] <= hours) & (hours <= number[f"upper{w}"]) for w in ("80", "90")}
    quantiles = {0.1: number["lower80"], 0.5: number["median"], 0.9: number["upper80"]}
    return {
        "n": len(hours),
        "maeHours": error.mean(),
        "medianAbsoluteErrorHours": np.median(error),
        "rmsle": np.sqrt(np.mean((np.log1p(hours) - number[MEAN_LOG]) ** 2)),
        "concordance": concordance(hours, number["predicted_hours"]),
        "pinballHours": np.mean([pinball(level, hours, quantile) for level, quantile in quantiles.items()]),
        "coverage": {width: inside.mean() for width, inside in within.items()},
        "widthHours": {w: np.median(number[f"upper{w}"] - number[f"lower{w}"]) for w in ("80", "90")},
    }


def weekly_cohort_error(predictions, hours_of, opened_of):
    """The mean over weeks from Monday, by their tickets, of |mean predicted / mean true - 1| of the tickets opened in each."""
    weeks = defaultdict(list)
    for ticket, mean in zip(predictions["id"], predictions[MEAN]):
        week = datetime.fromisoformat(opened_of[ticket]).isocalendar()[:2]
        weeks[week].append((float(mean), hours_of[ticket]))
    errors = [len(week) * abs(sum(mean for mean, _ in week) / sum(hours for _, hours in week) - 1)
              for week in weeks.values()]
    return sum(errors) / len(predictions["id"])
