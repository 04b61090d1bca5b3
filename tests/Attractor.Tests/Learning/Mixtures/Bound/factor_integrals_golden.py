"""Writes factor_integrals.golden.json: the bound of mixtures of three rows and two components as integrals, E_q[log p - log q] over each factor of q, done numerically.

The posteriors are those of mixture_sweeps_golden.py after two sweeps. The integrands are densities and nothing else: no expectation, entropy or normaliser in closed form.
A gamma variable is integrated over its logarithm, a beta variable over its log-odds (trapezoidal rule), a normal variable by Gauss-Hermite quadrature, a Wishart matrix over the factors of Bartlett.

Run once by hand (NumPy 1.24, SciPy 1.10); the tests read the file only.
"""
import itertools
import json
import math
import os
import sys

import numpy as np
from scipy import stats
from scipy.special import expit, multigammaln

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from mixture_sweeps_golden import Model, plain  # noqa: E402

HERMITE_X, HERMITE_W = np.polynomial.hermite_e.hermegauss(4)
HERMITE_W = HERMITE_W / HERMITE_W.sum()


def gamma_grid(shape, rate, n=2000):
    u = np.linspace(math.log(shape / rate) - 32 / shape - 8 / math.sqrt(shape), math.log(shape / rate) + 8 / math.sqrt(shape), n)
    x = np.exp(u)
    w = stats.gamma.pdf(x, shape, scale=1 / rate) * x * (u[1] - u[0])
    assert abs(w.sum() - 1) < 1e-11, w.sum()
    return x, w


def beta_grid(a, b, n=2000):
    u = np.linspace(math.log(a / b) - 80 / a, math.log(a / b) + 80 / b, n)
    x, y = expit(u), expit(-u)
    w = np.exp(stats.beta.logpdf(x, a, b)) * x * y * (u[1] - u[0])
    w = np.where(np.isfinite(w), w, 0)
    assert abs(w.sum() - 1) < 1e-11, w.sum()
    keep = w > 0
    return x[keep], y[keep], w[keep]


def poisson(b, k, X, r):
    lam, w = gamma_grid(b.a[k], b.b[k])
    f = stats.gamma.logpdf(lam, b.s["shape"], scale=1 / b.s["rate"]) - stats.gamma.logpdf(lam, b.a[k], scale=1 / b.b[k])
    for x, rn in zip(X, r):
        f = f + (0 if math.isnan(x[0]) else rn * stats.poisson.logpmf(x[0], lam))
    return (w * f).sum()


def two(prior, after, counts):
    """sum of counts times log theta, and log p - log q, for theta of two."""
    x, y, w = beta_grid(*after)
    f = stats.beta.logpdf(x, *prior) - stats.beta.logpdf(x, *after) + counts[0] * np.log(x) + counts[1] * np.log(y)
    return (w * f).sum()


def bernoulli(b, k, X, r):
    ones = sum(rn for x, rn in zip(X, r) if x[0] == 1)
    return two((b.s["ones"], b.s["zeros"]), (b.a[k], b.b[k]), (ones, sum(rn for x, rn in zip(X, r) if x[0] == 0)))


def categorical(b, k, X, r):
    # Three categories by breaking a stick twice.
    c, c0 = b.c[k], b.s["concentration"]
    x1, y1, w1 = (v[:, None] for v in beta_grid(c[0], c[1] + c[2], 700))
    x2, y2, w2 = (v[None, :] for v in beta_grid(c[1], c[2], 700))
    theta = [x1 + 0 * x2, y1 * x2, y1 * y2]
    f = -multilog(c) + multilog([c0] * 3)
    for i in range(3):
        f = f + (c0 - c[i] + sum(rn for x, rn in zip(X, r) if x[0] == i)) * np.log(theta[i])
    return (w1 * w2 * f).sum()


def multilog(c):
    return math.lgamma(sum(c)) - sum(math.lgamma(v) for v in c)


def known_mean(b, k, X, r, taus, tau_weights):
    """log p - log q of the mean, and the likelihood over mean and precision."""
    total = 0
    for d in range(b.D):
        sd = 1 / math.sqrt(b.p[k, d])
        mu = b.m[k, d] + sd * HERMITE_X
        total += (HERMITE_W * (stats.norm.logpdf(mu, b.s["nu"][d], 1 / math.sqrt(b.s["rho"])) - stats.norm.logpdf(mu, b.m[k, d], sd))).sum()
        for x, rn in zip(X, r):
            if not math.isnan(x[d]):
                total += rn * (HERMITE_W[:, None] * tau_weights[None, :] * stats.norm.logpdf(x[d], mu[:, None], 1 / np.sqrt(taus)[None, :])).sum()
    return total


def gaussian_mean(b, k, X, r):
    if "tau" in b.s:
        return known_mean(b, k, X, r, np.array([b.s["tau"]]), np.ones(1))
    taus, w = gamma_grid(b.c, b.d)
    own = 0
    if k == 0:
        own = (w * (stats.gamma.logpdf(taus, b.s["shape"], scale=1 / b.s["rate"]) - stats.gamma.logpdf(taus, b.c, scale=1 / b.d))).sum()
    return own + known_mean(b, k, X, r, taus, w)


def normal_gamma(b, k, X, r):
    tau, w = gamma_grid(b.c[k], b.d[k])
    total = (w * (stats.gamma.logpdf(tau, b.s["shape"], scale=1 / b.s["rate"]) - stats.gamma.logpdf(tau, b.c[k], scale=1 / b.d[k]))).sum()
    both = HERMITE_W[:, None] * w[None, :]
    for d in range(b.D):
        sd = 1 / np.sqrt(b.kappa[k, d] * tau)[None, :]
        mu = b.m[k, d] + sd * HERMITE_X[:, None]
        total += (both * (stats.norm.logpdf(mu, b.s["nu"][d], 1 / np.sqrt(b.s["kappa"] * tau)[None, :]) - stats.norm.logpdf(mu, b.m[k, d], sd))).sum()
        for x, rn in zip(X, r):
            if not math.isnan(x[d]):
                total += rn * (both * stats.norm.logpdf(x[d], mu, 1 / np.sqrt(tau)[None, :])).sum()
    return total


def normal_wishart(b, k, X, r):
    assert b.D == 2
    W = np.linalg.inv(b.T[k])
    L = np.linalg.cholesky(W)
    a, wa = gamma_grid(b.v[k] / 2, 0.5, 200)
    c, wc = gamma_grid((b.v[k] - 1) / 2, 0.5, 200)
    total = 0
    for n, wn in zip(HERMITE_X, HERMITE_W):
        A, C = np.meshgrid(np.sqrt(a), np.sqrt(c), indexing="ij")
        F = np.zeros(A.shape + (2, 2))
        F[..., 0, 0], F[..., 1, 0], F[..., 1, 1] = A, n, C
        F = L @ F
        Lambda = F @ np.swapaxes(F, -1, -2)
        weight = wn * wa[:, None] * wc[None, :]
        logdet = 2 * (np.log(A) + np.log(C) + math.log(L[0, 0] * L[1, 1]))

        def wishart(T, v):
            return 0.5 * (v - 3) * logdet - 0.5 * np.einsum("ij,...ji", T, Lambda) + 0.5 * v * np.linalg.slogdet(T)[1] - v * math.log(2) - multigammaln(v / 2, 2)

        def normal(off, scale):
            return 0.5 * logdet + math.log(scale / (2 * math.pi)) - 0.5 * scale * (np.einsum("...ij,...i->...j", F, off + np.zeros(2)) ** 2).sum(-1)

        value = wishart(b.T0, b.s["v"]) - wishart(b.T[k], b.v[k])
        inverse = np.swapaxes(np.linalg.inv(F), -1, -2) / math.sqrt(b.kappa[k])
        for (z1, w1), (z2, w2) in itertools.product(zip(HERMITE_X, HERMITE_W), repeat=2):
            off = inverse @ np.array([z1, z2])
            f = normal(b.m[k] + off - np.array(b.s["nu"]), b.s["kappa"]) - normal(off, b.kappa[k])
            for x, rn in zip(X, r):
                if not np.isnan(x).any():
                    f = f + rn * normal(np.array(x) - b.m[k] - off, 1.0)
            value = value + w1 * w2 * f
        total += (weight * value).sum()
    return total


INTEGRALS = {"gaussian-mean": gaussian_mean, "normal-gamma": normal_gamma, "normal-wishart": normal_wishart, "poisson": poisson, "bernoulli": bernoulli, "categorical": categorical}

NAN = math.nan
NAMES = ["x1", "x2", "count", "binary", "category"]
ROWS = [[0.3, -0.8, 2.0, 1.0, 0.0], [2.1, 1.7, 7.0, 0.0, 2.0], [1.6, NAN, NAN, 1.0, 1.0]]
COMPLETE = [[0.3, -0.8, 2.0, 1.0, 0.0], [2.1, 1.7, 7.0, 0.0, 2.0], [1.6, 0.4, 4.0, 1.0, 1.0]]
START = [[0.8, 0.2], [0.1, 0.9], [0.4, 0.6]]
XY = ["x1", "x2"]
BLOCKS = {
    "known precision": [{"kind": "gaussian-mean", "columns": XY, "tau": 1.3, "nu": [0.5, 0.2], "rho": 0.2}],
    "shared precision": [{"kind": "gaussian-mean", "columns": XY, "shape": 1.5, "rate": 0.7, "nu": [0.5, 0.2], "rho": 0.2}],
    "normal-gamma": [{"kind": "normal-gamma", "columns": XY, "nu": [0.5, 0.2], "kappa": 0.4, "shape": 1.2, "rate": 0.8}],
    "normal-wishart": [{"kind": "normal-wishart", "columns": XY, "nu": [0.5, 0.2], "kappa": 0.4, "v": 2.7, "inverse_scale": [1.1, 0.3, 0.3, 0.9]}],
    "counts and categories": [{"kind": "poisson", "columns": ["count"], "shape": 1.4, "rate": 0.2}, {"kind": "bernoulli", "columns": ["binary"], "ones": 0.9, "zeros": 1.6},
                              {"kind": "categorical", "columns": ["category"], "levels": 3, "concentration": 0.8}],
}
BLOCKS["all but the last"] = BLOCKS["counts and categories"] + BLOCKS["normal-gamma"]
cases = []
for (name, blocks), weights, rows in itertools.product(BLOCKS.items(), ({"known": [0.4, 0.6]}, {"dirichlet": [0.8, 1.3]}), (COMPLETE, ROWS)):
    model = Model(2, blocks, weights)
    model.take(NAMES, rows)
    model.r = np.array(START)
    model.update()
    for _ in range(2):
        model.assign()
        model.update()
    r = model.r
    bound = -(r * np.log(r)).sum()
    for b, X, s in zip(model.blocks, model.X, blocks):
        bound += sum(INTEGRALS[s["kind"]](b, k, X, r[:, k]) for k in range(2))
    counts = r.sum(0)
    bound += (counts * np.log(model.known)).sum() if model.delta is None else two(model.delta0, model.delta, counts)
    expected = sum(model.terms().values())
    print(name, weights, bound, expected, bound - expected)
    cases.append({"name": f"{name}, {'known' if 'known' in weights else 'Dirichlet'} weights{'' if rows is COMPLETE else ', missing'}", "components": 2, "blocks": blocks, "weights": weights,
                  "names": NAMES, "rows": plain(rows), "query": [], "start": START, "bound": bound})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "factor_integrals.golden.json"), "w") as file:
    json.dump({"sweeps": 2, "cases": cases}, file, separators=(",", ":"), allow_nan=False)
    file.write("\n")
