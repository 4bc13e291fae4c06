#!/usr/bin/env python3
"""The margins of a synthetic desk beside those of five real ticket logs.

    python3 datasets/synthetic-desk/summary.py [FOLDER]

Prints a Markdown table. FOLDER holds tickets.csv and truth.csv; without it, it is the folder of this script. The real ranges
are over closed tickets of three public and two further logs. Standard library only.
"""

import csv
import math
import statistics
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def quantile(values, probability):
    """Linear interpolation between order statistics."""
    values = sorted(values)
    place = probability * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def mixture(values, rounds=300):
    """Two normal components by expectation maximisation: weight, mean and standard deviation of each, fast first."""
    parts = [[0.5, quantile(values, 0.2), 1.5], [0.5, quantile(values, 0.8), 1.5]]
    for _ in range(rounds):
        sums = [[0.0, 0.0, 0.0] for _ in parts]
        for x in values:
            densities = [w / s * math.exp(-0.5 * ((x - m) / s) ** 2) for w, m, s in parts]
            for total, density in zip(sums, densities):
                share = density / sum(densities)
                total[0] += share
                total[1] += share * x
                total[2] += share * x * x
        parts = [[n / len(values), x / n, math.sqrt(xx / n - (x / n) ** 2)] for n, x, xx in sums]
    return sorted(parts, key=lambda part: part[1])


def between(tickets, logs, column):
    """Method-of-moments standard deviation of a random intercept, over entities with at least 5 tickets."""
    members = defaultdict(list)
    for ticket, value in zip(tickets, logs):
        if ticket[column]:
            members[ticket[column]].append(value)
    groups = [values for values in members.values() if len(values) >= 5]
    n = sum(map(len, groups))
    grand = sum(map(sum, groups)) / n
    means = [statistics.fmean(values) for values in groups]
    within = sum((x - m) ** 2 for values, m in zip(groups, means) for x in values) / (n - len(groups))
    among = sum(len(values) * (m - grand) ** 2 for values, m in zip(groups, means)) / (len(groups) - 1)
    size = (n - sum(len(values) ** 2 for values in groups) / n) / (len(groups) - 1)
    return math.sqrt(max(0, (among - within) / size))


def weekday_counts(opened):
    """Arrivals of each Monday to Friday from the first day to the last, in order."""
    counts = Counter(time.date() for time in opened)
    day, last, result = min(counts), max(counts), []
    while day <= last:
        if day.weekday() < 5:
            result.append(counts[day])
        day += timedelta(days=1)
    return result


def dispersion(counts, window=None):
    """Variance over mean; with a window, of what is left after its running mean."""
    mean = statistics.fmean(counts)
    if window is None:
        return statistics.variance(counts) / mean
    half = window // 2
    trend = [statistics.fmean(counts[max(0, i - half): i + half + 1]) for i in range(len(counts))]
    return sum((x - t) ** 2 for x, t in zip(counts, trend)) / (len(counts) - 1) / mean


def in_office_hours(times):
    return 100 * statistics.fmean(time.weekday() < 5 and 8 <= time.hour < 18 for time in times)


def margins(folder):
    """Rows of (quantity, value, real range); a range is None where real logs were not measured."""
    everything = read(folder / "tickets.csv")
    truth = {row["id"]: row for row in read(folder / "truth.csv")}
    opened = [datetime.fromisoformat(ticket["opened"]) for ticket in everything]
    pairs = [(ticket, time) for ticket, time in zip(everything, opened) if ticket["closed"] == "1"]
    closed = [ticket for ticket, _ in pairs]
    hours = [float(ticket["hours"]) for ticket in closed]
    resolved = [time + timedelta(hours=h) for (_, time), h in zip(pairs, hours)]
    logs = [math.log(h) for h in hours]
    mean, sd = statistics.fmean(logs), statistics.pstdev(logs)
    fast, slow = mixture(logs)
    sizes = sorted(Counter(ticket["customer"] for ticket in everything).values(), reverse=True)
    cutoff = sorted(opened)[int(0.7 * len(opened))]
    train = [
        time + timedelta(hours=float(ticket["hours"])) >= cutoff
        for ticket, time in zip(everything, opened) if time < cutoff
    ]
    counts = weekday_counts(opened)
    yield "tickets", len(everything), None
    yield "customers", len(sizes), None
    yield "hours: mean", statistics.fmean(hours), (103, 3300)
    for name, probability, real in (
        ("p5", 0.05, (0.035, 0.20)), ("p25", 0.25, (0.23, 148)), ("median", 0.5, (12, 988)), ("p75", 0.75, (67, 3863)),
        ("p90", 0.9, (262, 9471)), ("p95", 0.95, (572, 14443)), ("p99", 0.99, (1041, 24501)),
    ):
        yield f"hours: {name}", quantile(hours, probability), real
    yield "hours: maximum", max(hours), (1408, 69556)
    yield "shorter than 10 min, %", 100 * statistics.fmean(h < 1 / 6 for h in hours), (4.8, 20.6)
    yield "longer than 30 days, %", 100 * statistics.fmean(h > 720 for h in hours), (4.0, 54)
    yield "ln(hours): sd", sd, (2.7, 3.5)
    yield "ln(hours): skewness", statistics.fmean(((x - mean) / sd) ** 3 for x in logs), (-1.38, -0.12)
    yield "ln(hours): excess kurtosis", statistics.fmean(((x - mean) / sd) ** 4 for x in logs) - 3, (-1.39, 1.56)
    yield "two components: fast share", fast[0], (0.17, 0.48)
    yield "two components: fast median, h", math.exp(fast[1]), (0.38, 5.79)
    yield "two components: fast sd", fast[2], (1.51, 2.75)
    yield "two components: slow median, h", math.exp(slow[1]), (55.8, 360)
    yield "two components: slow sd", slow[2], (0.74, 1.68)
    yield "true share of the fast path", statistics.fmean(float(row["fastProbability"]) for row in truth.values()), None
    yield "between customers, sd of ln(hours)", between(closed, logs, "customer"), (0.90, 1.26)
    yield "between groups, sd of ln(hours)", between(closed, logs, "group"), (1.05, 2.15)
    yield "between assignees, sd of ln(hours)", between(closed, logs, "assignee"), None
    yield "between categories, sd of ln(hours)", between(closed, logs, "category"), None
    yield "between priorities, sd of ln(hours)", between(closed, logs, "priority"), None
    top = max(1, round(len(sizes) / 10))
    yield "tickets of the top 10 % of customers, %", 100 * sum(sizes[:top]) / len(everything), (37, 65)
    yield "opened Mon-Fri 8-18 h, %", in_office_hours(opened), (39, 91)
    yield "resolved Mon-Fri 8-18 h, %", in_office_hours(resolved), (36, 93)
    yield "arrivals a weekday: mean", statistics.fmean(counts), None
    yield "arrivals a weekday: variance/mean", dispersion(counts), (1.12, 259)
    yield "the same after a 20-day trend", dispersion(counts, 20), (1.0, 77)
    yield "train rows still open at the 70 % cut, %", 100 * statistics.fmean(train), (0.3, 44)
    yield "never closed in the data, %", 100 * (1 - len(closed) / len(everything)), (0, 22)
    yield "reopened, %", 100 * statistics.fmean(ticket["reopened"] == "1" for ticket in closed), (1.1, 4.8)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    print("| quantity | this desk | real logs | within |\n|---|---|---|---|")
    for name, value, real in margins(folder):
        shown = str(value) if isinstance(value, int) else f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
        span = f"{real[0]:g} to {real[1]:g}" if real else "-"
        within = "-" if real is None else "yes" if real[0] <= value <= real[1] else "no"
        print(f"| {name} | {shown} | {span} | {within} |")


if __name__ == "__main__":
    main()
