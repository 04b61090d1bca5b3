"""Two-sample tests by SciPy.

Usage: python3 two_sample_golden.py   (writes two_sample.golden.json beside itself)

The statistic is that of ks_2samp. Its method "asymp" takes the exact distribution of one sample of nm/(n+m) numbers; the limit of
large samples, which the library uses, is scipy.special.kolmogorov. Both are written.
"""
import json
import pathlib

import numpy as np
from scipy import special, stats

random = np.random.default_rng(1)


def kolmogorov_smirnov(name, first, second):
    result = stats.ks_2samp(first, second, method="asymp")
    effective = len(first) * len(second) / (len(first) + len(second))
    return dict(name=name, first=list(map(float, first)), second=list(map(float, second)), statistic=float(result.statistic),
                p=float(special.kolmogorov(result.statistic * np.sqrt(effective))), pFinite=float(result.pvalue))


def chi_squared(name, first, second):
    statistic, p, _, _ = stats.chi2_contingency([first, second], correction=False)
    return dict(name=name, first=first, second=second, statistic=float(statistic), p=float(p))


normal = np.round(random.normal(size=400), 3) + 0.0
GOLDEN = dict(
    kolmogorovSmirnov=[
        kolmogorov_smirnov("the same normal", normal[:200], normal[200:]),
        kolmogorov_smirnov("a shifted normal", normal[:150], normal[200:] + 0.2),
        kolmogorov_smirnov("a wider normal", normal[:200], 2 * normal[200:]),
        kolmogorov_smirnov("another side", normal[:60], normal[200:] + 3),
        kolmogorov_smirnov("many ties", random.integers(0, 5, 80), random.integers(0, 6, 120)),
        kolmogorov_smirnov("itself", normal[:50], normal[:50]),
    ],
    survival=[[x, float(special.kolmogorov(x))] for x in [0.0, 0.02, 0.1, 0.2, 0.4, 0.7, 0.99, 1.0, 1.01, 1.36, 2.0, 3.5, 8.0]],
    chiSquared=[
        chi_squared("alike", [101, 205, 488, 206], [95, 190, 512, 203]),
        chi_squared("not alike", [101, 205, 488, 206], [250, 250, 250, 250]),
        chi_squared("rows of different sums", [12, 8, 30], [150, 40, 260]),
        chi_squared("two categories", [30, 70], [45, 55]),
        chi_squared("a zero", [0, 10, 20], [9, 12, 14]),
        chi_squared("millions", [10_000_000, 20_000_000, 70_000_000], [10_003_000, 19_999_000, 69_998_000]),
    ])

if __name__ == "__main__":
    pathlib.Path(__file__).with_name("two_sample.golden.json").write_text(json.dumps(GOLDEN, indent=None) + "\n")
