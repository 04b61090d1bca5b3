"""Writes mixture_sweeps.golden.json: coordinate ascent of conjugate mixtures, written out row by row from the equations, with the terms of the bound after every sweep.

Updates and terms: Bishop, Pattern Recognition and Machine Learning (2006), section 10.2 and appendix B. Entropies and predictive densities are SciPy's own; nothing is shared, centred or cached.
A spherical Gaussian marginalises single coordinates; a Gaussian with a full covariance leaves a row out of which one value is missing.

Run once by hand (NumPy 1.24, SciPy 1.10); the tests read the file only.
"""
import json
import math
import os

import numpy as np
from scipy import stats
from scipy.special import digamma, gammaln, logsumexp, multigammaln, xlogy

LOG2PI = math.log(2 * math.pi)
SWEEPS = 4


def observed(x):
    return [d for d in range(len(x)) if not math.isnan(x[d])]


class GaussianMean:
    def __init__(self, spec, K):
        self.s, self.K, self.D = spec, K, len(spec["columns"])
        self.m = np.array([spec["nu"]] * K, float)
        self.p = np.full((K, self.D), spec["rho"])
        self.c, self.d = spec.get("shape"), spec.get("rate")
        self.factors = ["mean"] if "tau" in spec else ["mean", "precision"]

    def tau(self):
        return (self.s["tau"], math.log(self.s["tau"])) if "tau" in self.s else (self.c / self.d, digamma(self.c) - math.log(self.d))

    def loglik(self, k, x):
        Et, Elt = self.tau()
        return sum(0.5 * Elt - 0.5 * LOG2PI - 0.5 * Et * ((x[d] - self.m[k, d]) ** 2 + 1 / self.p[k, d]) for d in observed(x))

    def update(self, f, X, r):
        if f == 0:
            Et = self.tau()[0]
            for k in range(self.K):
                for d in range(self.D):
                    here = [n for n in range(len(X)) if not math.isnan(X[n][d])]
                    self.p[k, d] = self.s["rho"] + Et * sum(r[n, k] for n in here)
                    self.m[k, d] = (self.s["rho"] * self.s["nu"][d] + Et * sum(r[n, k] * X[n][d] for n in here)) / self.p[k, d]
            return
        self.c, self.d = self.s["shape"], self.s["rate"]
        for n, x in enumerate(X):
            for d in observed(x):
                for k in range(self.K):
                    self.c += 0.5 * r[n, k]
                    self.d += 0.5 * r[n, k] * ((x[d] - self.m[k, d]) ** 2 + 1 / self.p[k, d])

    def prior(self, f):
        if f == 0:
            rho = self.s["rho"]
            return sum(0.5 * math.log(rho / (2 * math.pi)) - 0.5 * rho * ((self.m[k, d] - self.s["nu"][d]) ** 2 + 1 / self.p[k, d]) for k in range(self.K) for d in range(self.D))
        Et, Elt = self.tau()
        c0, d0 = self.s["shape"], self.s["rate"]
        return c0 * math.log(d0) - gammaln(c0) + (c0 - 1) * Elt - d0 * Et

    def entropy(self, f):
        if f == 0:
            return sum(stats.norm(0, 1 / math.sqrt(p)).entropy() for p in self.p.flat)
        return stats.gamma(self.c, scale=1 / self.d).entropy()

    def predictive(self, k, x):
        def given(tau):
            return sum(stats.norm.logpdf(x[d], self.m[k, d], math.sqrt(1 / tau + 1 / self.p[k, d])) for d in observed(x))
        if "tau" in self.s:
            return given(self.s["tau"])
        # Over u = log tau, around the maximum of the integrand.
        u = np.linspace(-60, 20, 16001)
        log = [stats.norm.logpdf(x[d], self.m[k, d], np.sqrt(np.exp(-u) + 1 / self.p[k, d])) for d in observed(x)]
        value = sum(log, np.zeros_like(u)) + self.c * math.log(self.d) - gammaln(self.c) + self.c * u - self.d * np.exp(u)
        return logsumexp(value) + math.log(u[1] - u[0])

    def posterior(self):
        out = {"mean": self.m, "precision_of_mean": self.p}
        if "tau" not in self.s:
            out |= {"precision.shape": self.c, "precision.rate": self.d}
        return out


class NormalGamma:
    factors = ["mean and precision"]

    def __init__(self, spec, K):
        self.s, self.K, self.D = spec, K, len(spec["columns"])
        self.m = np.array([spec["nu"]] * K, float)
        self.kappa = np.full((K, self.D), spec["kappa"])
        self.c, self.d = np.full(K, spec["shape"]), np.full(K, spec["rate"])

    def tau(self, k):
        return self.c[k] / self.d[k], digamma(self.c[k]) - math.log(self.d[k])

    def loglik(self, k, x):
        Et, Elt = self.tau(k)
        return sum(0.5 * Elt - 0.5 * LOG2PI - 0.5 * (Et * (x[d] - self.m[k, d]) ** 2 + 1 / self.kappa[k, d]) for d in observed(x))

    def update(self, f, X, r):
        s = self.s
        for k in range(self.K):
            self.c[k], self.d[k] = s["shape"], s["rate"]
            for d in range(self.D):
                here = [n for n in range(len(X)) if not math.isnan(X[n][d])]
                N = sum(r[n, k] for n in here)
                mean = sum(r[n, k] * X[n][d] for n in here) / N
                scatter = sum(r[n, k] * (X[n][d] - mean) ** 2 for n in here)
                self.kappa[k, d] = s["kappa"] + N
                self.m[k, d] = (s["kappa"] * s["nu"][d] + N * mean) / self.kappa[k, d]
                self.c[k] += 0.5 * N
                self.d[k] += 0.5 * (scatter + s["kappa"] * N / (s["kappa"] + N) * (mean - s["nu"][d]) ** 2)

    def prior(self, f):
        s, total = self.s, 0
        for k in range(self.K):
            Et, Elt = self.tau(k)
            total += s["shape"] * math.log(s["rate"]) - gammaln(s["shape"]) + (s["shape"] - 1) * Elt - s["rate"] * Et
            for d in range(self.D):
                total += 0.5 * (math.log(s["kappa"] / (2 * math.pi)) + Elt) - 0.5 * s["kappa"] * (Et * (self.m[k, d] - s["nu"][d]) ** 2 + 1 / self.kappa[k, d])
        return total

    def entropy(self, f):
        total = 0
        for k in range(self.K):
            total += stats.gamma(self.c[k], scale=1 / self.d[k]).entropy()
            total += sum(0.5 * (1 + LOG2PI - math.log(self.kappa[k, d]) - self.tau(k)[1]) for d in range(self.D))
        return total

    def predictive(self, k, x):
        o = observed(x)
        if not o:
            return 0.0
        shape = np.diag([(1 + 1 / self.kappa[k, d]) * self.d[k] / self.c[k] for d in o])
        return float(stats.multivariate_t(self.m[k][o], shape, df=2 * self.c[k]).logpdf(np.array(x)[o]))

    def posterior(self):
        return {"mean": self.m, "kappa": self.kappa, "shape": self.c, "rate": self.d}


class NormalWishart:
    factors = ["mean and covariance"]

    def __init__(self, spec, K):
        self.s, self.K, self.D = spec, K, len(spec["columns"])
        self.T0 = np.array(spec["inverse_scale"], float).reshape(self.D, self.D)
        self.m = np.array([spec["nu"]] * K, float)
        self.kappa, self.v = np.full(K, spec["kappa"]), np.full(K, spec["v"])
        self.T = np.array([self.T0] * K)

    def expectations(self, k):
        return self.v[k] * np.linalg.inv(self.T[k]), sum(digamma((self.v[k] - i) / 2) for i in range(self.D)) + self.D * math.log(2) - np.linalg.slogdet(self.T[k])[1]

    def loglik(self, k, x):
        if len(observed(x)) < self.D:
            return 0.0
        E, log = self.expectations(k)
        off = np.array(x) - self.m[k]
        return 0.5 * log - 0.5 * self.D * LOG2PI - 0.5 * (off @ E @ off + self.D / self.kappa[k])

    def update(self, f, X, r):
        s = self.s
        rows = [n for n in range(len(X)) if len(observed(X[n])) == self.D]
        for k in range(self.K):
            N = sum(r[n, k] for n in rows)
            mean = sum(r[n, k] * np.array(X[n]) for n in rows) / N
            scatter = sum(r[n, k] * np.outer(X[n] - mean, X[n] - mean) for n in rows)
            off = mean - np.array(s["nu"])
            self.kappa[k], self.v[k] = s["kappa"] + N, s["v"] + N
            self.m[k] = (s["kappa"] * np.array(s["nu"]) + N * mean) / self.kappa[k]
            self.T[k] = self.T0 + scatter + s["kappa"] * N / (s["kappa"] + N) * np.outer(off, off)

    def prior(self, f):
        s, D, total = self.s, self.D, 0
        for k in range(self.K):
            E, log = self.expectations(k)
            off = self.m[k] - np.array(s["nu"])
            total += 0.5 * (D * math.log(s["kappa"] / (2 * math.pi)) + log - s["kappa"] * (D / self.kappa[k] + off @ E @ off))
            total += 0.5 * s["v"] * np.linalg.slogdet(self.T0)[1] - 0.5 * s["v"] * D * math.log(2) - multigammaln(s["v"] / 2, D) + 0.5 * (s["v"] - D - 1) * log - 0.5 * np.trace(self.T0 @ E)
        return total

    def entropy(self, f):
        total = 0
        for k in range(self.K):
            total += float(stats.wishart(self.v[k], np.linalg.inv(self.T[k])).entropy())
            total += 0.5 * (self.D * (1 + LOG2PI - math.log(self.kappa[k])) - self.expectations(k)[1])
        return total

    def predictive(self, k, x):
        if len(observed(x)) < self.D:
            return 0.0
        df = self.v[k] + 1 - self.D
        return float(stats.multivariate_t(self.m[k], self.T[k] * (1 + 1 / self.kappa[k]) / df, df=df).logpdf(x))

    def posterior(self):
        return {"mean": self.m, "kappa": self.kappa, "degrees_of_freedom": self.v, "inverse_scale": self.T}


class Poisson:
    factors = ["rate"]

    def __init__(self, spec, K):
        self.s, self.K = spec, K
        self.a, self.b = np.full(K, spec["shape"]), np.full(K, spec["rate"])

    def loglik(self, k, x):
        return 0.0 if math.isnan(x[0]) else x[0] * (digamma(self.a[k]) - math.log(self.b[k])) - self.a[k] / self.b[k] - gammaln(x[0] + 1)

    def update(self, f, X, r):
        for k in range(self.K):
            self.a[k] = self.s["shape"] + sum(r[n, k] * x[0] for n, x in enumerate(X) if not math.isnan(x[0]))
            self.b[k] = self.s["rate"] + sum(r[n, k] for n, x in enumerate(X) if not math.isnan(x[0]))

    def prior(self, f):
        a, b = self.s["shape"], self.s["rate"]
        return sum(a * math.log(b) - gammaln(a) + (a - 1) * (digamma(self.a[k]) - math.log(self.b[k])) - b * self.a[k] / self.b[k] for k in range(self.K))

    def entropy(self, f):
        return sum(a - math.log(b) + gammaln(a) + (1 - a) * digamma(a) for a, b in zip(self.a, self.b))

    def predictive(self, k, x):
        return 0.0 if math.isnan(x[0]) else stats.nbinom.logpmf(x[0], self.a[k], self.b[k] / (1 + self.b[k]))

    def posterior(self):
        return {"shape": self.a, "rate": self.b}


class Bernoulli:
    factors = ["probability"]

    def __init__(self, spec, K):
        self.s, self.K = spec, K
        self.a, self.b = np.full(K, spec["ones"]), np.full(K, spec["zeros"])

    def logs(self, k):
        both = digamma(self.a[k] + self.b[k])
        return digamma(self.a[k]) - both, digamma(self.b[k]) - both

    def loglik(self, k, x):
        return 0.0 if math.isnan(x[0]) else self.logs(k)[0 if x[0] == 1 else 1]

    def update(self, f, X, r):
        for k in range(self.K):
            self.a[k] = self.s["ones"] + sum(r[n, k] for n, x in enumerate(X) if x[0] == 1)
            self.b[k] = self.s["zeros"] + sum(r[n, k] for n, x in enumerate(X) if x[0] == 0)

    def prior(self, f):
        a, b = self.s["ones"], self.s["zeros"]
        return sum((a - 1) * self.logs(k)[0] + (b - 1) * self.logs(k)[1] + gammaln(a + b) - gammaln(a) - gammaln(b) for k in range(self.K))

    def entropy(self, f):
        return sum(stats.dirichlet([a, b]).entropy() for a, b in zip(self.a, self.b))

    def predictive(self, k, x):
        return 0.0 if math.isnan(x[0]) else math.log((self.a if x[0] == 1 else self.b)[k] / (self.a[k] + self.b[k]))

    def posterior(self):
        return {"ones": self.a, "zeros": self.b}


class Categorical:
    factors = ["probabilities"]

    def __init__(self, spec, K):
        self.s, self.K, self.C = spec, K, spec["levels"]
        self.c = np.full((K, self.C), spec["concentration"])

    def loglik(self, k, x):
        return 0.0 if math.isnan(x[0]) else digamma(self.c[k, int(x[0])]) - digamma(self.c[k].sum())

    def update(self, f, X, r):
        for k in range(self.K):
            for c in range(self.C):
                self.c[k, c] = self.s["concentration"] + sum(r[n, k] for n, x in enumerate(X) if x[0] == c)

    def prior(self, f):
        c = self.s["concentration"]
        return sum(gammaln(self.C * c) - self.C * gammaln(c) + (c - 1) * sum(digamma(self.c[k]) - digamma(self.c[k].sum())) for k in range(self.K))

    def entropy(self, f):
        return sum(stats.dirichlet(c).entropy() for c in self.c)

    def predictive(self, k, x):
        return 0.0 if math.isnan(x[0]) else math.log(self.c[k, int(x[0])] / self.c[k].sum())

    def posterior(self):
        return {"concentration": self.c}


KINDS = {"gaussian-mean": GaussianMean, "normal-gamma": NormalGamma, "normal-wishart": NormalWishart, "poisson": Poisson, "bernoulli": Bernoulli, "categorical": Categorical}


class Model:
    def __init__(self, K, specs, weights):
        self.K, self.specs = K, specs
        self.blocks = [KINDS[s["kind"]](s, K) for s in specs]
        self.known = np.array(weights["known"]) if "known" in weights else None
        self.delta0 = None if self.known is not None else np.array(weights["dirichlet"] * (K if len(weights["dirichlet"]) == 1 else 1), float)
        self.delta = None if self.delta0 is None else self.delta0.copy()

    def log_weights(self):
        return np.log(self.known) if self.delta is None else digamma(self.delta) - digamma(self.delta.sum())

    def take(self, names, rows):
        self.rows = len(rows)
        self.X = self.slices(names, rows)

    def slices(self, names, rows):
        return [[[row[names.index(c)] for c in s["columns"]] for row in rows] for s in self.specs]

    def assign(self):
        scores = np.array([[self.log_weights()[k] + sum(b.loglik(k, X[n]) for b, X in zip(self.blocks, self.X)) for k in range(self.K)] for n in range(self.rows)])
        self.normalizer = logsumexp(scores, axis=1).sum()
        self.r = np.exp(scores - logsumexp(scores, axis=1, keepdims=True))

    def update(self):
        for b, X in zip(self.blocks, self.X):
            for f in range(len(b.factors)):
                b.update(f, X, self.r)
        if self.delta is not None:
            self.delta = self.delta0 + self.r.sum(0)

    def terms(self):
        out = {}
        for b, X, s in zip(self.blocks, self.X, self.specs):
            out["likelihood of " + ", ".join(s["columns"])] = sum(self.r[n, k] * b.loglik(k, X[n]) for n in range(self.rows) for k in range(self.K))
        out["assignments"] = (self.r * self.log_weights()).sum()
        out["entropy of assignments"] = -xlogy(self.r, self.r).sum()
        for b, s in zip(self.blocks, self.specs):
            for f, name in enumerate(b.factors):
                out[f"prior of {name} ({', '.join(s['columns'])})"] = b.prior(f)
                out[f"entropy of {name} ({', '.join(s['columns'])})"] = b.entropy(f)
        if self.delta is not None:
            d0, d = self.delta0, self.delta
            out["prior of weights"] = 0.0 if self.K == 1 else gammaln(d0.sum()) - gammaln(d0).sum() + ((d0 - 1) * self.log_weights()).sum()
            out["entropy of weights"] = 0.0 if self.K == 1 else stats.dirichlet(d).entropy()
        return {k: float(v) for k, v in out.items()}

    def predictive(self, names, rows):
        weights = self.known if self.delta is None else self.delta / self.delta.sum()
        X = self.slices(names, rows)
        return [float(logsumexp([math.log(weights[k]) + sum(b.predictive(k, x[n]) for b, x in zip(self.blocks, X)) for k in range(self.K)])) for n in range(len(rows))]

    def posterior(self):
        out = {} if self.delta is None else {"weights.concentration": self.delta}
        for i, b in enumerate(self.blocks):
            out |= {f"{i}.{name}": value for name, value in b.posterior().items()}
        return {name: np.ravel(value).tolist() for name, value in out.items()}


def plain(rows):
    return [[None if math.isnan(v) else v for v in row] for row in rows]


def data(rng, N, D, K, missing, offset=0.0, spread=2.0):
    """Gaussian columns x1 .. xD, then a count, a value of 0 or 1 and one of four categories."""
    centres = rng.normal(size=(K, D)) * spread / D
    rates, ps, qs = rng.gamma(2, 4, size=K), rng.uniform(0.1, 0.9, K), rng.dirichlet([1] * 4, K)
    rows = []
    for _ in range(N):
        k = rng.integers(K)
        rows.append([round(float(v), 3) for v in offset + centres[k] + rng.normal(size=D) * (0.5 + 0.3 * k)]
                    + [float(rng.poisson(rates[k])), float(rng.random() < ps[k]), float(rng.choice(4, p=qs[k]))])
    for row in rows[1:]:
        for c in range(len(row)):
            if rng.random() < missing:
                row[c] = math.nan
    return rows


def case(name, K, specs, weights, N, D, missing=0.0, offset=0.0, seed=0):
    rng = np.random.default_rng(seed)
    names = [f"x{d + 1}" for d in range(D)] + ["count", "binary", "category"]
    rows, query = data(rng, N, D, K, missing, offset), data(rng, 6, D, K, missing, offset)
    query[0] = [v + 40 if c < D else v for c, v in enumerate(query[0])]
    start = np.round(rng.dirichlet([0.7] * K, N), 6)
    start[:, -1] = 1 - start[:, :-1].sum(1)
    start = np.maximum(start, 0)
    start /= start.sum(1, keepdims=True)
    model = Model(K, specs, weights)
    model.take(names, rows)
    model.r = start
    sweeps = []
    for sweep in range(SWEEPS + 1):
        if sweep:
            model.assign()
        model.update()
        sweeps.append(model.terms())
    model.assign()
    bounds = [sum(t.values()) for t in sweeps]
    assert all(b > a - 1e-11 for a, b in zip(bounds, bounds[1:])), (name, bounds)
    print(name, bounds)
    return {"name": name, "components": K, "blocks": specs, "weights": weights, "names": names, "rows": plain(rows), "start": start.tolist(), "sweeps": sweeps,
            "posterior": model.posterior(), "responsibilities": model.r.tolist(), "query": plain(query), "predictive": model.predictive(names, query)}


def columns(D, first=0):
    return [f"x{d + 1 + first}" for d in range(D)]


def known(D, tau=1.3, first=0):
    return {"kind": "gaussian-mean", "columns": columns(D, first), "tau": tau, "nu": [0.1 * d for d in range(D)], "rho": 0.2}


def shared(D, first=0):
    return {"kind": "gaussian-mean", "columns": columns(D, first), "shape": 1.5, "rate": 0.7, "nu": [0.3 - 0.1 * d for d in range(D)], "rho": 0.15}


def gamma(D, first=0):
    return {"kind": "normal-gamma", "columns": columns(D, first), "nu": [0.2 * d for d in range(D)], "kappa": 0.3, "shape": 1.2, "rate": 0.8}


def wishart(D, first=0):
    T = np.array([[0.3 ** abs(i - j) * (1 + 0.1 * min(i, j)) for j in range(D)] for i in range(D)])
    return {"kind": "normal-wishart", "columns": columns(D, first), "nu": [0.5 - 0.2 * d for d in range(D)], "kappa": 0.4, "v": D + 0.7, "inverse_scale": T.ravel().tolist()}


COUNT = {"kind": "poisson", "columns": ["count"], "shape": 1.4, "rate": 0.2}
BINARY = {"kind": "bernoulli", "columns": ["binary"], "ones": 0.7, "zeros": 1.6}
CATEGORY = {"kind": "categorical", "columns": ["category"], "levels": 4, "concentration": 0.6}
DIRICHLET, ASYMMETRIC = {"dirichlet": [0.8]}, {"dirichlet": [0.5, 2.0, 1.1]}

def cases():
    return [
        case("known precision, D = 1", 2, [known(1)], {"known": [0.5, 0.5]}, 12, 1, seed=1),
        case("known precision, D = 2, missing", 3, [known(2)], {"known": [0.2, 0.3, 0.5]}, 14, 2, 0.2, seed=2),
        case("known precision, D = 10", 2, [known(10)], DIRICHLET, 12, 10, seed=3),
        case("shared precision, D = 1, missing", 2, [shared(1)], {"known": [0.5, 0.5]}, 14, 1, 0.2, seed=4),
        case("shared precision, D = 3", 2, [shared(3)], DIRICHLET, 12, 3, seed=5),
        case("shared precision, D = 10, missing", 3, [shared(10)], ASYMMETRIC, 14, 10, 0.2, seed=6),
        case("normal-gamma, D = 1", 2, [gamma(1)], {"known": [0.6, 0.4]}, 12, 1, seed=7),
        case("normal-gamma, D = 2, missing", 3, [gamma(2)], ASYMMETRIC, 14, 2, 0.2, seed=8),
        case("normal-gamma, D = 3", 2, [gamma(3)], DIRICHLET, 12, 3, seed=9),
        case("normal-gamma, D = 10, missing", 2, [gamma(10)], DIRICHLET, 14, 10, 0.2, seed=10),
        case("normal-wishart, D = 1, missing", 2, [wishart(1)], {"known": [0.6, 0.4]}, 14, 1, 0.2, seed=11),
        case("normal-wishart, D = 2, missing", 3, [wishart(2)], ASYMMETRIC, 16, 2, 0.15, seed=12),
        case("normal-wishart, D = 3", 2, [wishart(3)], DIRICHLET, 14, 3, offset=5.0, seed=13),
        case("normal-wishart, D = 10", 2, [wishart(10)], DIRICHLET, 30, 10, seed=14),
        case("poisson", 3, [COUNT], ASYMMETRIC, 14, 1, seed=15),
        case("poisson, missing", 2, [COUNT], DIRICHLET, 14, 1, 0.3, seed=16),
        case("bernoulli", 2, [BINARY], {"known": [0.3, 0.7]}, 14, 1, seed=17),
        case("bernoulli, missing", 2, [BINARY], DIRICHLET, 14, 1, 0.3, seed=18),
        case("categorical", 2, [CATEGORY], DIRICHLET, 14, 1, seed=19),
        case("categorical, missing", 3, [CATEGORY], ASYMMETRIC, 14, 1, 0.3, seed=20),
        case("two of shared precision and one of known", 2, [shared(2), shared(1, 2), known(1, 2.0, 3)], DIRICHLET, 12, 4, seed=21),
        case("every kind", 5, [known(2), shared(2, 2), gamma(1, 4), wishart(2, 5), COUNT, BINARY, CATEGORY], DIRICHLET, 40, 7, seed=22),
        case("every kind, missing", 3, [CATEGORY, wishart(2, 5), COUNT, gamma(1, 4), known(2), BINARY, shared(2, 2)], ASYMMETRIC, 24, 7, 0.15, seed=23),
        case("more rows than lie in a tile", 2, [gamma(1), COUNT], DIRICHLET, 300, 1, 0.05, seed=24),
    ]


if __name__ == "__main__":
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "mixture_sweeps.golden.json"), "w") as file:
        json.dump({"cases": cases()}, file, indent=None, separators=(",", ":"), allow_nan=False)
        file.write("\n")
