"""Makes special-functions.golden.json: values of special functions to 50 digits, rounded to double precision.

Needs mpmath and, to choose where to look, scipy. Run beside the file: python3 special_functions.py
The arguments are doubles and taken as exact. Distribution functions are summed at 80 digits and differentiated in their
shapes by central differences of fourth order there; both are compared with mpmath's own functions at a few points first.
"""
import json
import math
import random
from pathlib import Path

from mpmath import betainc, diff, digamma, exp, expm1, gamma, gammainc, log, log1p, loggamma, mp, mpf, nstr, psi, quad
from scipy import special

mp.dps = 50
LEVELS = [1e-6, 0.05, 0.5, 0.9, 1 - 1e-6]


def lower_gamma(a, x):
    term = total = 1 / a
    n = 0
    while n < x - a or term > total * mpf(10) ** (-mp.dps - 3):
        n += 1
        term *= x / (a + n)
        total += term
    return x**a * exp(-x) * total / gamma(a)


def lower_beta(a, b, x):
    term = total = 1 / a
    n = 0
    while n < (b * x - a) / (1 - x) or term > total * mpf(10) ** (-mp.dps - 3):
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    return x**a * (1 - x) ** b * total * gamma(a + b) / gamma(a) / gamma(b)


def regularized_beta(a, b, x):
    # The series is short below 1/2, and 80 digits bear the subtraction.
    return lower_beta(a, b, x) if x <= 0.5 else 1 - lower_beta(b, a, 1 - x)


def derivative(f, a):
    h = a * mpf(10) ** -15
    return (8 * (f(a + h) - f(a - h)) - (f(a + 2 * h) - f(a - 2 * h))) / (12 * h)


def gamma_point(a, x):
    """P, Q, dx/da at fixed P."""
    with mp.workdps(80):
        a, x = mpf(a), mpf(x)
        density = x ** (a - 1) * exp(-x) / gamma(a)
        p = lower_gamma(a, x)
        return p, 1 - p, -derivative(lambda s: lower_gamma(s, x), a) / density


def beta_point(a, b, x):
    """I, dx/da, dx/db at fixed I."""
    with mp.workdps(80):
        a, b, x = mpf(a), mpf(b), mpf(x)
        density = x ** (a - 1) * (1 - x) ** (b - 1) * gamma(a + b) / gamma(a) / gamma(b)
        return (
            regularized_beta(a, b, x),
            -derivative(lambda s: regularized_beta(s, b, x), a) / density,
            -derivative(lambda s: regularized_beta(a, s, x), b) / density,
        )


def agree(one, other):
    assert abs(one - other) < abs(one) * mpf(10) ** -20, (one, other)


def check():
    for a, x in [(2.5, 2.0), (7.0, 9.0), (0.01, 0.3), (300.0, 350.0)]:
        p, q, gradient = gamma_point(a, x)
        a, x = mpf(a), mpf(x)
        density = x ** (a - 1) * exp(-x) / gamma(a)
        agree(p, gammainc(a, 0, x, regularized=True))
        agree(gradient, -diff(lambda s: gammainc(s, 0, x, regularized=True), a) / density)
    a, x = mpf(2.5), mpf(2)
    integral = quad(lambda t: t ** (a - 1) * exp(-t) * (log(t) - digamma(a)), [0, 0.5, 2])
    agree(gamma_point(a, x)[2], -integral / (x ** (a - 1) * exp(-x)))
    for a, b, x in [(2.5, 2.0, 0.3), (0.01, 7.0, 0.02), (30.0, 50.0, 0.45)]:
        i, da, db = beta_point(a, b, x)
        a, b, x = mpf(a), mpf(b), mpf(x)
        density = x ** (a - 1) * (1 - x) ** (b - 1) * gamma(a + b) / gamma(a) / gamma(b)
        agree(i, betainc(a, b, 0, x, regularized=True))
        agree(da, -diff(lambda s: betainc(s, b, 0, x, regularized=True), a) / density)
        agree(db, -diff(lambda s: betainc(a, s, 0, x, regularized=True), b) / density)


def near(x, radii):
    return [x + s * r for r in radii for s in (-1, 1)]


def scalars(f, points):
    return [[x, float(f(mpf(x)))] for x in points]


def positives():
    random.seed(1)
    wide = [1e-300, 1e-150, 1e-10, 1e-3, 1e3, 1e10, 1e150, 1e300]
    middle = [0.1, 0.25, 0.499, 0.5, 0.501, 0.75, 1.5, 1.7, 2.499, 2.5, 2.501, 3.0, 5.5, 9.5, 9.999, 10.0, 10.001, 12.0, 33.0, 170.0]
    return wide + middle + [10 ** random.uniform(-4, 6) for _ in range(40)]


def main():
    check()
    radii = [0.3, 1e-2, 1e-5, 1e-10, 2.0**-50]
    result = {
        "log_gamma": scalars(loggamma, positives() + near(1.0, radii) + near(2.0, radii)),
        "digamma": scalars(digamma, positives() + [1.0, 1.4616321449683622] + near(1.4616321449683622, radii + [0.349, 0.351])),
        "trigamma": scalars(lambda x: psi(1, x), [x for x in positives() if x > 1e-151] + [1.0]),
    }

    pairs = [(a, b) for a in [1e-10, 1e-2, 0.5, 1.0, 3.0, 9.9, 10.1, 1e3, 1e5, 1e10] for b in [1e-10, 1e-2, 0.5, 1.5, 9.9, 50.0, 1e5, 1e10]]
    with mp.workdps(80):
        result["log_beta"] = [[a, b, float(loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + mpf(b)))] for a, b in pairs]
        result["digamma_difference"] = [
            [x, d, float(digamma(mpf(x) + mpf(d)) - digamma(mpf(x)))] for x in [1e-2, 0.7, 4.0, 15.0, 1e4] for d in [1e-12, 1e-4, 0.3, 20.0, 1e6, -1e-3]
        ]

    magnitudes = [1e-300, 1e-17, 1e-8, 1e-3, 0.0724, 0.299, 0.301, 0.499, 0.501, 0.6931, 0.6932, 0.99, 3.0, 20.0, 36.8, 100.0, 700.0]
    both = magnitudes + [-x for x in magnitudes]
    result["log1p"] = scalars(log1p, [x for x in both if x > -1] + [1e300])
    result["expm1"] = scalars(expm1, both)
    with mp.workdps(400):
        result["log1m_exp"] = scalars(lambda x: log(-expm1(x)), [-x for x in magnitudes])
        result["softplus"] = scalars(lambda x: log1p(exp(x)), both)
        result["log_sigmoid"] = scalars(lambda x: -log1p(exp(-x)), both)
        result["sigmoid"] = scalars(lambda x: 1 / (1 + exp(-x)), both)

    shapes = [1e-3, 1e-2, 0.1, 0.3, 0.7, 1.0, 2.5, 7.0, 9.99, 10.01, 19.9, 20.1, 100.0, 1e3, 1e4, 1e5]
    points = [(a, float(special.gammaincinv(a, level))) for a in shapes for level in LEVELS]
    points += [(a, max(a, 1.0) * factor) for a in [1e-3, 0.5, 1.0, 15.0, 19.99, 20.01, 300.0] for factor in (1 - 1e-9, 1.0, 1 + 1e-9)]
    points += [(1e-3, 1e-200), (0.1, 1e-14), (30.0, 1.0), (30.0, 1e-6), (30.0, 90.0), (3.0, 40.0), (0.01, 20.0), (1e4, 108e2)]
    result["gamma"] = [[a, x, *map(float, gamma_point(a, x))] for a, x in points if x > 1e-300]

    logs = [(a, (math.log(level) + math.lgamma(a + 1)) / a) for a in [1e-4, 1e-3, 5e-3] for level in LEVELS[:3]] + [(2.0, 1.0), (50.0, 4.0)]
    result["gamma_log_gradient"] = []
    for a, logx in logs:
        with mp.workdps(80):
            x = exp(mpf(logx))
        result["gamma_log_gradient"].append([a, logx, float(gamma_point(a, x)[2] / x)])

    shapes = [1e-2, 0.1, 1.0, 2.5, 20.0, 150.0, 1e4]
    points = [(a, b, float(special.betaincinv(a, b, level))) for a in shapes for b in shapes for level in LEVELS]
    points += [(a, b, 0.5) for a in (0.01, 1.0, 19.9, 300.0) for b in (0.01, 1.0, 25.0)]
    points += [(1e4, 1e-2, 1 - 1e-5), (15.0, 1e-2, 1 - 1e-9), (0.01, 0.02, 0.4), (0.0184, 0.294, 0.1363), (2.0, 3.0, 1e-30), (200.0, 300.0, 0.01)]
    result["beta"] = [[a, b, x, *map(float, beta_point(a, b, x))] for a, b, x in points if 1e-300 < x < 1]

    # Products with a density that has underflown say nothing in double precision.
    for name in ("gamma", "beta"):
        result[name] = [row for row in result[name] if all(math.isfinite(v) and (abs(v) > 1e-290) for v in row)]
    blocks = []
    for name, rows in result.items():
        blocks.append(f'  "{name}": [\n' + ",\n".join("    " + json.dumps(row) for row in rows) + "\n  ]")
    Path(__file__).with_name("special-functions.golden.json").write_text("{\n" + ",\n".join(blocks) + "\n}\n")


if __name__ == "__main__":
    main()
