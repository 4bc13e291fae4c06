"""Prints the correct digits of our least squares beside numpy's lstsq and R's lm on the NIST StRD linear sets.

Run from the root of the repository, with Rscript and a python that has numpy:

    python Tests/LinearAlgebraTests/Reference/nist_digits.py > Tests/LinearAlgebraTests/Reference/nist_digits.txt

Correct digits are the log relative error -log10(|x - certified| / |certified|), the least over the coefficients, at most 15
(as many as are certified) and at least 0. First the certificates themselves are checked: each set is solved in rational
arithmetic from the decimal data, and the coefficients and the residual sum of squares must agree with NIST's to 14 digits.

Ours comes from the test that writes its coefficients to the path in CASEBOOK_NIST_COEFFICIENTS. An existing file is taken
with --ours PATH instead of running the test. "ours" asks for a polynomial by its degree, so that its powers are not rounded;
"ours, columns" solves the same rounded columns as numpy and R, where the exact solution has 7.6 digits on Filip: a solver
that shows more there has been lucky with its own rounding. R's lm is shown with its default tolerance for collinear columns (1e-7) and with one small enough to keep all.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy

FOLDER = Path(__file__).resolve().parent

def read_sets(path):
    sets, current = [], None
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        key, *values = line.split(" ")
        if key == "set":
            current = {"name": values[0], "data": []}
            sets.append(current)
        elif key == "data":
            current["data"].append(values)
        else:
            current[key] = values
    return sets


def design(entry, number):
    kind = entry["model"][0]
    rows = [[number(word) for word in row[1:]] for row in entry["data"]]
    if kind == "linear":
        return [[number("1")] + row for row in rows]
    if kind == "polynomial":
        return [[row[0] ** k for k in range(int(entry["model"][1]) + 1)] for row in rows]
    return rows


def rational_solution(a, b):
    """Solves the normal equations exactly by elimination."""
    n = len(a[0])
    system = [
        [sum(row[i] * row[j] for row in a) for j in range(n)] + [sum(row[i] * y for row, y in zip(a, b))]
        for i in range(n)
    ]
    for k in range(n):
        pivot = next(i for i in range(k, n) if system[i][k] != 0)
        system[k], system[pivot] = system[pivot], system[k]
        for i in range(n):
            if i != k and system[i][k] != 0:
                factor = system[i][k] / system[k][k]
                system[i] = [u - factor * v for u, v in zip(system[i], system[k])]
    x = [system[k][n] / system[k][k] for k in range(n)]
    return x, sum((y - sum(u * v for u, v in zip(row, x))) ** 2 for row, y in zip(a, b))


def check_certificate(entry):
    a = design(entry, Fraction)
    b = [Fraction(row[0]) for row in entry["data"]]
    x, residuals = rational_solution(a, b)
    pairs = list(zip(x, map(Fraction, entry["certified"]))) + [(residuals, Fraction(entry["residuals"][0]))]
    for value, certified in pairs:
        if abs(value - certified) > abs(certified) * Fraction(1, 10**14):
            sys.exit(f"{entry['name']}: {float(value)!r} is not the certified {float(certified)!r}")


def digits(coefficients, entry):
    worst = 15.0
    for value, certified in zip(coefficients, map(Fraction, entry["certified"]), strict=True):
        if not math.isfinite(value):
            return 0.0
        error = abs(Fraction(value) - certified) / abs(certified)
        worst = min(worst, -math.log10(error) if error else 15.0)
    return max(worst, 0.0)


def ours(path):
    if path is None:
        path = Path(tempfile.mkdtemp()) / "coefficients.txt"
        environment = dict(os.environ, CASEBOOK_NIST_COEFFICIENTS=str(path), OPENBLAS_NUM_THREADS="1")
        subprocess.run(
            ["swift", "test", "--filter", "LinearAlgebraTests.NISTLinearRegression"],
            check=True, env=environment, stdout=sys.stderr)
    return {words[0]: list(map(float, words[1:])) for words in map(str.split, Path(path).read_text().splitlines())}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ours", help="coefficients the Swift test has written, one set a line")
    arguments = parser.parse_args()
    data = FOLDER / "nist_strd.txt"
    sets = read_sets(data)
    for entry in sets:
        check_certificate(entry)
    mine = ours(arguments.ours)
    output = subprocess.run(["Rscript", FOLDER / "nist_lm.R", data], check=True, stdout=subprocess.PIPE, text=True).stdout
    theirs = {}
    for words in map(str.split, output.splitlines()):
        theirs[words[0], float(words[1])] = [math.nan if word == "NA" else float(word) for word in words[2:]]
    version = subprocess.run(
        ["Rscript", "-e", "cat(R.version$major, R.version$minor, sep = '.')"], check=True, capture_output=True, text=True
    ).stdout
    print("Correct digits of the least accurate coefficient, at most 15, on the NIST StRD linear regression sets.")
    print(f"Made by nist_digits.py with numpy {numpy.__version__} and R {version}.")
    print("All certificates agree with a solution in rational arithmetic to 14 digits.\n")
    print("| set | ours | ours, columns | numpy lstsq | numpy lstsq, rcond=0 | R lm | R lm, tol=1e-20 |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for entry in sets:
        a = numpy.array(design(entry, float))
        b = numpy.array([float(row[0]) for row in entry["data"]])
        columns = [
            mine[entry["name"]],
            mine[entry["name"] + "-columns"],
            numpy.linalg.lstsq(a, b, rcond=None)[0].tolist(),
            numpy.linalg.lstsq(a, b, rcond=0)[0].tolist(),
            theirs[entry["name"], 1e-7],
            theirs[entry["name"], 1e-20],
        ]
        print(f"| {entry['name']} | " + " | ".join(f"{digits(column, entry):.1f}" for column in columns) + " |")


if __name__ == "__main__":
    main()
