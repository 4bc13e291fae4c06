#!/usr/bin/env python3
"""Other people's models on the tickets of a folder: reads the CSV, fits, predicts, and prints the seconds as JSON.

usage: peers.py ridge|lightgbm FOLDER COUNT
It predicts the last COUNT tickets. Both learn ln(1 + hours) from the resolved tickets; that is one number a ticket,
where Casebook gives a distribution and uses the open tickets too. The text is tf-idf for the ridge and, because trees
need few columns, 24 directions of its truncated SVD for LightGBM, as many as Casebook takes.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

THREADS = 2


def read(folder):
    columns = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))["columns"]
    numbers = columns["numeric"]
    roles = [columns[role] for role in ("customer", "group", "assignee", "priority", "category") if columns[role]]
    words = roles + [name for name in columns["attributes"] if name not in set(numbers)]
    table = pd.read_csv(folder / "tickets.csv", dtype=dict.fromkeys(words, str) | {"subject": str})
    table[words] = table[words].fillna("")
    return table, words, numbers


def ridge(words, numbers):
    return make_pipeline(
        ColumnTransformer([
            ("words", OneHotEncoder(handle_unknown="ignore", min_frequency=3), words),
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), numbers),
            ("text", TfidfVectorizer(min_df=3, sublinear_tf=True), "subject"),
        ]), Ridge(alpha=10))


def trees(words, numbers):
    from lightgbm import LGBMRegressor

    ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, dtype=np.float32)
    model = LGBMRegressor(
        n_estimators=400, learning_rate=0.04, num_leaves=31, num_threads=THREADS, cat_smooth=10, verbose=-1)
    return make_pipeline(
        ColumnTransformer([
            ("words", ordinal, words),
            ("numbers", "passthrough", numbers),
            ("text", make_pipeline(
                TfidfVectorizer(min_df=3, sublinear_tf=True), TruncatedSVD(24, random_state=1)), "subject"),
        ], sparse_threshold=0), model)


def main():
    name, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    begin = time.perf_counter()
    table, words, numbers = read(folder)
    closed = table[table["closed"] == 1]
    have_read = time.perf_counter()
    model = {"ridge": ridge, "lightgbm": trees}[name](words, numbers)
    # The words come first in the matrix; the wrapper takes their places only when it fits.
    more = {"lgbmregressor__categorical_feature": list(range(len(words)))} if name == "lightgbm" else {}
    model.fit(closed, np.log1p(closed["hours"]), **more)
    have_fitted = time.perf_counter()
    model.predict(table.tail(count))
    have_predicted = time.perf_counter()
    print(json.dumps({
        "read": have_read - begin, "fit": have_fitted - have_read, "predict": have_predicted - have_fitted}))


if __name__ == "__main__":
    main()
