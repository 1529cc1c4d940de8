"""What pages of a radius study should say for settings of their controls: from events.parquet by pandas, without code of this program."""

import json
import math
import sys

import numpy
import pandas

TAIL = (1 - 0.68) / 2


def tail(k, n, p):
    """Probability of k or more of n."""
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def root(f):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


def interval(k, n):
    """Clopper and Pearson, by their definition."""
    low = 0.0 if k == 0 else root(lambda p: tail(k, n, p) - TAIL)
    high = 1.0 if k == n else root(lambda p: TAIL - (1 - tail(k + 1, n, p)))
    return [low, high]


def effective(values):
    ordered = numpy.sort(values)
    m = math.ceil(0.68 * len(ordered) - 1e-9)
    return (ordered[m - 1 :] - ordered[: len(ordered) - m + 1]).min() / 2 if m >= 2 else math.nan


def numbers(rows, column):
    n, k = len(rows), int((rows.n_matched > 0).sum())
    values = rows[column].dropna()
    mean = values.mean()
    rms = values.std(ddof=1) / mean
    width = effective(values.to_numpy()) if len(values) > 1 else math.nan
    found = {
        "particles": n,
        "efficiency": [k / n, *interval(k, n)] if n else [math.nan] * 3,
        "split": int(rows.is_split.sum()) / n if n else math.nan,
        "median": values.median(),
        "mean": mean,
        "resolution": width / values.median(),
        "rms": rms,
        "gaussianity": abs(rms - width / mean) / rms,
    }
    return json.loads(json.dumps(found, default=float).replace("NaN", "null"))


events = pandas.read_parquet(sys.argv[1] + "/events.parquet")
answers = []
for setting in json.load(sys.stdin):
    rows = events[events.particle >= 0]
    for name, (low, high) in (("gen_pt", setting["pt"]), ("gen_eta", setting["eta"])):
        rows = rows[(rows[name].abs() >= low) & (rows[name].abs() < high)]
    if setting["only"] != "all":
        rows = rows[rows.is_split == (setting["only"] == "split")]
    column = "response_pt" if setting["measure"] == "pt" else "response_en"
    answers.append(
        [
            [numbers(rows[(rows.point == point) & (rows["sample"] == sample)], column) for point in range(setting["points"])]
            for sample in range(setting["samples"])
        ]
    )
json.dump(answers, sys.stdout)
