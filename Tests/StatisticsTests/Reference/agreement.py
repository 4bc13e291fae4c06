"""Frozen agreement of partitions and quality of rankings. python3 agreement.py > agreement.txt; Python 3.11, numpy 2.4.6, scikit-learn 1.9.1.

Each case is a line `case NAME`, its data as lines `found`, `truth`, `scores`, `labels` of numbers, and the measures of scikit-learn.
B-cubed precision and recall, which scikit-learn does not have, are summed item by item here, as their definition says.
"""
import warnings

import numpy as np
from sklearn import metrics
from sklearn.metrics.cluster import pair_confusion_matrix

warnings.simplefilter("ignore")
rng = np.random.default_rng(20260802)


def show(name, *values):
    print(name, *[value.item() if hasattr(value, "item") else value for value in values])


def partitions(name, found, truth):
    found, truth = np.asarray(found), np.asarray(truth)
    print("case", name)
    show("found", *found)
    show("truth", *truth)
    show("ari", metrics.adjusted_rand_score(truth, found))
    show("nmi", metrics.normalized_mutual_info_score(truth, found))
    show("ami", metrics.adjusted_mutual_info_score(truth, found))
    show("homogeneity", metrics.homogeneity_score(truth, found))
    show("completeness", metrics.completeness_score(truth, found))
    (_, wrong), (lost, right) = pair_confusion_matrix(truth, found)
    show("pairPrecision", right / (right + wrong) if right + wrong else 1.0)
    show("pairRecall", right / (right + lost) if right + lost else 1.0)
    both = [((found == f) & (truth == t)).sum() for f, t in zip(found, truth)]
    show("bCubedPrecision", np.mean([b / (found == f).sum() for b, f in zip(both, found)]))
    show("bCubedRecall", np.mean([b / (truth == t).sum() for b, t in zip(both, truth)]))


truth = rng.integers(0, 8, 200)
partitions("chance", rng.integers(0, 5, 200), truth)
partitions("noisy", np.where(rng.random(200) < 0.2, rng.integers(0, 8, 200), truth), truth)
partitions("split", truth * 3 + rng.integers(0, 3, 200), truth)
partitions("lumped", truth // 3, truth)
skewed = np.minimum(rng.geometric(0.15, 300), 40)
partitions("skewed", np.where(rng.random(300) < 0.4, rng.integers(1, 60, 300), skewed), skewed)
partitions("alone", np.arange(40), rng.integers(0, 6, 40))
partitions("together", np.zeros(40, int), rng.integers(0, 6, 40))
partitions("equal", truth[:30] + 100, truth[:30])
partitions("pair", [0, 1], [0, 0])

for case in range(6):
    count = (5, 12, 30, 30, 60, 200)[case]
    scores = np.round(rng.normal(0, 1, count), 1 if case < 4 else 3)
    labels = (rng.random(count) < 0.4).astype(int)
    labels[:2] = 0, 1
    print("case", f"scores{case}")
    show("scores", *scores)
    show("labels", *labels)
    show("auroc", metrics.roc_auc_score(labels, scores))
    # Distinct scores in the order of the ties, for the rank measures.
    order = np.argsort(-scores, kind="stable")
    ranked = np.empty(count)
    ranked[order] = np.arange(count, 0, -1)
    show("ndcg10", metrics.ndcg_score([labels], [ranked], k=10))
    hits = labels[order]
    show("reciprocalRank", 1 / (1 + int(np.argmax(hits))))
    show("recall10", hits[:10].sum() / hits.sum())
