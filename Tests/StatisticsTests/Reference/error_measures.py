"""Frozen measures of error. python3 error_measures.py BASELINES > error_measures.txt (writes error_measures.csv too).

BASELINES is the folder of ticket_baselines.py, whose `measures` gives the numbers; Python 3.11, numpy 2, pandas.
Harrell's concordance is counted pair by pair here.
"""
import csv
import sys

import numpy as np

sys.path.insert(0, sys.argv[1])
from ticket_baselines import measures

rng = np.random.default_rng(20260723)
n = 300
y = np.round(np.exp(rng.normal(2.5, 1.8, n)), 1)          # rounded, so that there are ties and zeros
p = np.round(np.exp(0.5 * np.log(y + 0.3) + rng.normal(1, 0.8, n))) - 1.0
q = {t: np.round(p * f + s, 2) for t, f, s in ((.05, .1, -1), (.1, .2, -.5), (.5, 1.1, 0), (.9, 3, 2), (.95, 5, 3))}
event = rng.random(n) < 0.7
with open("error_measures.csv", "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["observed", "predicted", "q05", "q10", "q50", "q90", "q95", "event"])
    w.writerows(zip(y, p, *q.values(), event.astype(int)))
for name, value in measures(y, p, q).items():
    if name != "seconds":
        print(name.rstrip("%"), repr(float(value)))
good = total = 0.0
for i in range(n):
    for j in range(n):
        if event[i] and (y[i] < y[j] or (y[i] == y[j] and not event[j])):
            total += 1
            good += (p[i] < p[j]) + .5 * (p[i] == p[j])
print("harrell", repr(float(good / total)))
