"""Reference values of distributions: mpmath at 50 digits, SciPy beside them.

Writes distributions.golden.json. Densities and moments are the textbook formulas in 50 digits; entropies are quadratures or sums of
-p log p, divergences quadratures or sums of p (log p - log q), not the closed forms under test, except where said below.
A SciPy value is kept only where it agrees with mpmath to 1e-12; the file counts where it does not.
"""
import json
import os

import mpmath as mp
import numpy as np
from scipy import stats

mp.mp.dps = 50
M = mp.mpf


def log1pexp(l):
    return l + mp.log1p(mp.exp(-l)) if l > 0 else mp.log1p(mp.exp(l))


# log densities of exact (binary) arguments
def normal(x, m, s): return -((x - m) / s) ** 2 / 2 - mp.log(s) - mp.log(2 * mp.pi) / 2
def log_normal(x, m, s): return normal(mp.log(x), m, s) - mp.log(x)
def exponential(x, r): return mp.log(r) - r * x
def gamma(x, a, b): return a * mp.log(b) + (a - 1) * mp.log(x) - b * x - mp.loggamma(a)
def beta(x, a, b): return (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
def student(x, n, m, s):
    return mp.loggamma((n + 1) / 2) - mp.loggamma(n / 2) - mp.log(n * mp.pi) / 2 - mp.log(s) - (n + 1) / 2 * mp.log1p(((x - m) / s) ** 2 / n)
def laplace(x, m, s): return -abs(x - m) / s - mp.log(2 * s)
def gumbel(x, m, s): return -(x - m) / s - mp.exp(-(x - m) / s) - mp.log(s)
def uniform(x, a, b): return -mp.log(b - a)
def bernoulli(x, l): return -log1pexp(-l) if x == 1 else -log1pexp(l)
def poisson(x, r): return x * mp.log(r) - r - mp.loggamma(x + 1)
def negative_binomial(x, r, l):
    return mp.loggamma(x + r) - mp.loggamma(r) - mp.loggamma(x + 1) - r * log1pexp(l) - x * log1pexp(-l)


def gauss(f, points):
    return mp.quad(f, points)


def integral(logp, log_of, centre, scale, low=None, high=None):
    """The integral of p(x) g(x) over the line (or from low, to high), in pieces about the centre."""
    steps = [M(2) ** k for k in range(-3, 12)]
    points = sorted([centre - scale * s for s in steps] + [centre] + [centre + scale * s for s in steps])
    points = [p for p in points if (low is None or p > low) and (high is None or p < high)]
    points = [low if low is not None else centre - scale * 2 ** 14] + points + [high if high is not None else centre + scale * 2 ** 14]
    def term(x):
        l = logp(x)
        return mp.exp(l) * log_of(x, l) if l > -2000 else M(0)
    return gauss(term, points)


def over_log(logp, g, low, high, pieces):
    """The integral of p(x) g(x) for positive x, in t = log x."""
    points = [low + (high - low) * M(i) / pieces for i in range(pieces + 1)]
    def term(t):
        x = mp.exp(t)
        l = logp(x)
        return x * mp.exp(l) * g(x, l) if l > -3000 else M(0)
    return gauss(term, points)


def count_sum(logp, g, mean, sd, tail):
    """The sum of p(k) g(k), a wide one as an integral with the corrections of Euler and Maclaurin."""
    first = max(0, int(mean - 16 * sd - 40))
    last = int(mean + 16 * sd + 90 * tail + 90)
    f = lambda k: mp.exp(logp(M(k))) * g(M(k), logp(M(k)))
    if last - first < 6000:
        return mp.fsum(f(k) for k in range(first, last + 1))
    total = M(0)
    if first < 3000:
        total = mp.fsum(f(k) for k in range(first, 3000))
        first = 3000
    a = M(first) - M(1) / 2
    pieces = max(12, int((mp.log(last) - mp.log(a)) / min(2, 4 * sd / mean)) + 1)
    points = [mp.log(a) + (mp.log(last) - mp.log(a)) * M(i) / pieces for i in range(pieces + 1)]
    # log Gamma of neighbours cancels: as many digits more as the counts have
    with mp.workdps(35 + int(mp.log10(last))):
        body = gauss(lambda t: mp.exp(t) * f(mp.exp(t)), points)
        h = M(1) / 64
        slope = (f(a + h) - f(a - h)) / (2 * h)
        third = (f(a + 2) - 2 * f(a + 1) + 2 * f(a - 1) - f(a - 2)) / 2
    return total + body + slope / 24 - 7 * third / 5760


psi = mp.digamma


class Kind:
    def __init__(self, logp, scipy, parameters, values, moments, entropy):
        self.logp, self.scipy, self.parameters, self.values, self.moments, self.entropy = logp, scipy, parameters, values, moments, entropy




surprise = lambda x, l: -l
loc_scale = [(0, 1), (0.5, 0.8), (-3, 1e-8), (1e6, 1e8), (2.5, 1e-3), (-700, 50)]
z_values = [0.0, 0.3, -1.7, 5.0, -30.0, 40.0]
shapes = [(1e-3, 1.0), (0.1, 1e-8), (0.7, 3.0), (1.0, 1.0), (2.5, 2.0), (9.5, 1e8), (10.5, 0.1), (300.0, 7.0), (1e6, 1e3)]


def affine(z):
    return lambda p: [p[0] + p[1] * v for v in z]


def gamma_values(p):
    mean, sd = p[0] / p[1], p[0] ** 0.5 / p[1]
    return [v for v in [mean, mean + sd, mean + 6 * sd, mean - 0.9 * sd, mean * 1e-3, mean * 1e-100, mean * 30] if v > 0]


def beta_values(p):
    m = p[0] / (p[0] + p[1])
    return [m, m * 1.01 if m * 1.01 < 1 else m * 0.99, 0.5, 1e-3, 0.999, 1e-200, 1 - 2.0 ** -50]


def count_values(mean, sd):
    return sorted({0.0, 1.0, 2.0, 7.0, 10.0, float(int(mean)), float(int(mean + 2 * sd)), float(int(max(0, mean - 3 * sd))), float(int(mean + 20 * sd + 5)), 1e6})


def nb_moments(r, l):
    m = r * mp.exp(l)
    return m, m * (1 + mp.exp(l))


def nb_entropy(p):
    r, l = map(M, p)
    m, v = nb_moments(r, l)
    return count_sum(lambda k: negative_binomial(k, r, l), surprise, m, mp.sqrt(v), 1 / log1pexp(-l))




def gamma_entropy(p):
    a, b = map(M, p)
    if a < 0.05:  # the integrand spreads over thousands of nats: closed form
        return a - mp.log(b) + mp.loggamma(a) + (1 - a) * psi(a)
    centre, width = psi(a), mp.sqrt(mp.psi(1, a))
    return over_log(lambda x: gamma(x, a, M(1)), surprise, centre - 90 * max(width, 1 / a if a < 1 else 0), centre + 30 * width + 6, 60) - mp.log(b)


def beta_entropy(p):
    a, b = map(M, p)
    n = a + b
    if min(a, b) < 0.05:
        return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(n) - (a - 1) * psi(a) - (b - 1) * psi(b) + (n - 2) * psi(n)
    return logit_integral(a, b, lambda lx, lr, l: -l)


def logit_integral(a, b, g):
    c, w = psi(a) - psi(b), mp.sqrt(mp.psi(1, a) + mp.psi(1, b))
    norm = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
    def term(t):
        lx, lr = -log1pexp(-t), -log1pexp(t)
        return mp.exp(a * lx + b * lr + norm) * g(lx, lr, (a - 1) * lx + (b - 1) * lr + norm)
    low, high = c - 60 * w, c + 60 * w
    return gauss(term, [low + (high - low) * M(i) / 60 for i in range(61)])


def student_entropy(p):
    n, m, s = map(M, p)
    # t = sinh u: the tails decay exponentially in u
    if n > 1000:
        f = lambda t: -mp.exp(student(t, n, M(0), M(1))) * student(t, n, M(0), M(1))
        return gauss(f, [M(i) for i in range(-40, 41, 2)]) + mp.log(s)
    f = lambda u: -mp.exp(student(mp.sinh(u), n, M(0), M(1))) * student(mp.sinh(u), n, M(0), M(1)) * mp.cosh(u)
    reach = 140 / min(n, M(4)) + 6
    return gauss(f, [reach * M(i) / 30 for i in range(-30, 31)]) + mp.log(s)


line = lambda logp: (lambda p: integral(lambda x: logp(x, M(0), M(1)), surprise, M(0), M(1)) + mp.log(M(p[1])))

kinds = {
    "Normal": Kind(normal, lambda p: stats.norm(p[0], p[1]), loc_scale, affine(z_values), lambda m, s: (m, s * s), line(normal)),
    "LogNormal": Kind(log_normal, lambda p: stats.lognorm(p[1], scale=np.exp(p[0])), [(0, 1), (0.5, 0.8), (-20, 1e-3), (3, 10), (100, 0.5), (1, 1e-8)],
                      lambda p: [float(np.exp(v)) for v in affine([0.0, 0.3, -1.7, 5.0, -9.0])(p)],
                      lambda m, s: (mp.exp(m + s * s / 2), mp.expm1(s * s) * mp.exp(2 * m + s * s)),
                      lambda p: line(normal)(p) + M(p[0])),
    "Exponential": Kind(exponential, lambda p: stats.expon(scale=1 / p[0]), [(1,), (1e-8,), (1e8,), (0.3,)],
                        lambda p: [v / p[0] for v in [1e-12, 0.1, 1.0, 30.0, 700.0]], lambda r: (1 / r, 1 / r ** 2),
                        lambda p: integral(lambda x: -x, surprise, M(1), M(1), low=M(0)) - mp.log(M(p[0]))),
    "Gamma": Kind(gamma, lambda p: stats.gamma(p[0], scale=1 / p[1]), shapes, gamma_values, lambda a, b: (a / b, a / b ** 2), gamma_entropy),
    "Beta": Kind(beta, lambda p: stats.beta(*p), [(1e-3, 1e-3), (0.1, 5.0), (0.7, 0.4), (1.0, 1.0), (2.0, 3.5), (12.0, 30.0), (1e6, 2e6), (1e6, 0.5), (2.0, 1e4)],
                 beta_values, lambda a, b: (a / (a + b), a * b / (a + b) ** 2 / (a + b + 1)), beta_entropy),
    "StudentT": Kind(student, lambda p: stats.t(*p), [(0.5, 0, 1), (1, 0.5, 0.8), (1.5, 0, 1e-8), (3, -2, 1e8), (30, 0, 1), (19.5, 1, 2), (1e4, 0, 1), (1e8, 0, 1)],
                     lambda p: [p[1] + p[2] * v for v in z_values + [1e10]],
                     lambda n, m, s: (m if n > 1 else None, s * s * n / (n - 2) if n > 2 else None), student_entropy),
    "Laplace": Kind(laplace, lambda p: stats.laplace(*p), loc_scale, affine(z_values), lambda m, s: (m, 2 * s * s),
                    lambda p: 2 * integral(lambda x: laplace(x, M(0), M(1)), surprise, M(1), M(1), low=M(0)) + mp.log(M(p[1]))),
    "Gumbel": Kind(gumbel, lambda p: stats.gumbel_r(*p), loc_scale, affine([0.0, 0.3, -1.7, 5.0, -5.0, 40.0]),
                   lambda m, s: (m + mp.euler * s, mp.pi ** 2 / 6 * s * s), line(gumbel)),
    "Uniform": Kind(uniform, lambda p: stats.uniform(p[0], p[1] - p[0]), [(0, 1), (-3, 5), (1e8, 1e8 + 1), (-1e-8, 2e-8)],
                    lambda p: [p[0], (p[0] + p[1]) / 2, p[1]], lambda a, b: ((a + b) / 2, (b - a) ** 2 / 12), lambda p: mp.log(M(p[1]) - M(p[0]))),
    "Bernoulli": Kind(bernoulli, lambda p: stats.bernoulli(1 / (1 + np.exp(-p[0]))), [(0,), (0.3,), (-2.5,), (50,), (-50,), (700,), (-700,)],
                      lambda p: [0.0, 1.0], lambda l: (1 / (1 + mp.exp(-l)), 1 / (1 + mp.exp(-l)) / (1 + mp.exp(l))),
                      lambda p: -mp.fsum(mp.exp(bernoulli(x, M(p[0]))) * bernoulli(x, M(p[0])) for x in (0, 1))),
    "Poisson": Kind(poisson, lambda p: stats.poisson(*p), [(1e-8,), (0.3,), (4.5,), (30.0,), (499.5,), (500.5,), (1e4,), (1e6,)],
                    lambda p: count_values(p[0], p[0] ** 0.5), lambda r: (r, r),
                    lambda p: count_sum(lambda k: poisson(k, M(p[0])), surprise, M(p[0]), mp.sqrt(M(p[0])), M(0))),
    "NegativeBinomial": Kind(negative_binomial, lambda p: stats.nbinom(p[0], 1 / (1 + np.exp(p[1]))),
                             [(1, 0), (2.5, 0.3), (0.1, 3), (1e-3, 5), (30, -2), (1e6, -8), (1e6, 0), (0.1, 20), (3.5, 12), (5, 50), (0.5, 100), (2, -50), (1, -700)],
                             lambda p: count_values(float(nb_moments(M(p[0]), M(p[1]))[0]), float(mp.sqrt(nb_moments(M(p[0]), M(p[1]))[1])))
                             if p[1] < 25 else [0.0, 1.0, 7.0, 1e6, 1e18],
                             nb_moments, nb_entropy),
}


def slack(f, arguments):
    """sum |argument df/dargument|: what one unit of relative rounding of each argument does."""
    total = M(0)
    for i, a in enumerate(arguments):
        if a == 0:
            continue
        h = abs(a) * M(10) ** -20
        g = lambda v: f(*[v if j == i else w for j, w in enumerate(arguments)])
        try:
            total += abs(a * (g(a + h) - g(a - h)) / (2 * h))
        except (ValueError, ZeroDivisionError):
            pass
    return total


counts = {}


def agreeing(name, value, reference):
    value = float(value)
    if reference is not None and np.isfinite(value) and abs(value - reference) <= 1e-12 * abs(reference):
        return value
    counts[name] = counts.get(name, 0) + 1
    return None


def number(v):
    return None if v is None or abs(v) > M(10) ** 307 else float(v)


def rows():
    densities, moments = [], []
    np.seterr(all="ignore")
    for name, kind in kinds.items():
        discrete = name in ("Bernoulli", "Poisson", "NegativeBinomial")
        for p in kind.parameters:
            p = [float(v) for v in p]
            q = [M(v) for v in p]
            frozen = kind.scipy(p)
            for x in kind.values(p):
                x = float(x)
                if not np.isfinite(x):
                    continue
                value = kind.logp(M(x), *q)
                if abs(value) > M(10) ** 300:
                    continue
                near = (lambda *a: kind.logp(M(x), *a)) if discrete else kind.logp
                s = M(0) if name == "Uniform" else slack(near, q if discrete else [M(x)] + q)
                log = frozen.logpmf(x) if discrete else frozen.logpdf(x)
                densities.append(dict(name=name, parameters=p, value=x, log_density=float(value), slack=float(s), scipy=agreeing(name + " log density", log, float(value))))
            mean, variance = kind.moments(*q)
            entropy = kind.entropy(p)
            moments.append(dict(
                name=name, parameters=p, mean=number(mean), variance=number(variance), entropy=float(entropy),
                entropy_scipy=None if name in ("Poisson", "NegativeBinomial") else agreeing(name + " entropy", frozen.entropy(), float(entropy)),
                mean_scipy=agreeing(name + " mean", frozen.mean(), number(mean)), variance_scipy=agreeing(name + " variance", frozen.var(), number(variance))))
            print(name, p, flush=True)
    return densities, moments


def divergence(name, p, q):
    a, b = [M(v) for v in p], [M(v) for v in q]
    logp = kinds[name].logp
    difference = lambda x, l: l - logp(x, *b)
    if name in ("Normal", "Laplace", "Gumbel"):
        # in units of the first
        unit = lambda z, l: l - mp.log(a[1]) - logp(a[0] + a[1] * z, *b)
        if name == "Laplace":
            kink = (b[0] - a[0]) / a[1]
            f = lambda z: mp.exp(laplace(z, M(0), M(1))) * unit(z, laplace(z, M(0), M(1)))
            ends = sorted({M(0), kink} | {s * M(2) ** k for s in (-1, 1) for k in range(-3, 9)})
            return gauss(f, ends)
        if name == "Gumbel":
            f = lambda z: mp.exp(gumbel(z, M(0), M(1))) * unit(z, gumbel(z, M(0), M(1)))
            return gauss(f, [M(i) / 2 for i in range(-14, 20)] + [M(i) for i in range(10, 300, 10)])
        return integral(lambda z: logp(z, M(0), M(1)), unit, M(0), M(1))
    if name == "LogNormal":
        return divergence("Normal", p, q)
    if name == "Exponential":
        return integral(lambda z: -z, lambda z, l: l + mp.log(a[0]) - logp(z / a[0], *b), M(1), M(1), low=M(0))
    if name == "Gamma":
        centre, width = psi(a[0]), mp.sqrt(mp.psi(1, a[0]))
        return over_log(lambda x: gamma(x, a[0], M(1)), lambda x, l: l + mp.log(a[1]) - logp(x / a[1], *b),
                        centre - 90 * max(width, 1 / a[0] if a[0] < 1 else 0), centre + 30 * width + 6, 60)
    if name == "Beta":
        norm = mp.loggamma(sum(b)) - mp.loggamma(b[0]) - mp.loggamma(b[1])
        return logit_integral(a[0], a[1], lambda lx, lr, l: l - (b[0] - 1) * lx - (b[1] - 1) * lr - norm)
    if name == "Uniform":
        return mp.log((b[1] - b[0]) / (a[1] - a[0]))
    if name == "Bernoulli":
        return mp.fsum(mp.exp(bernoulli(x, a[0])) * (bernoulli(x, a[0]) - bernoulli(x, b[0])) for x in (0, 1))
    if name == "Poisson":
        return count_sum(lambda k: logp(k, *a), difference, a[0], mp.sqrt(a[0]), M(0))
    m, v = nb_moments(*a)
    return count_sum(lambda k: logp(k, *a), difference, m, mp.sqrt(v), 1 / log1pexp(-a[1]))


pairs = {
    "Normal": [((0.5, 0.8), (0, 1)), ((0, 1), (1e-5, 1)), ((0, 1), (0, 1.00001)), ((-3, 1e-3), (2, 10))],
    "LogNormal": [((0.5, 0.8), (0, 1)), ((2, 0.1), (1, 3))],
    "Exponential": [((2.0,), (0.5,)), ((1.0,), (1.000001,)), ((1e8,), (1.0,)), ((1.0,), (50.0,))],
    "Gamma": [((3, 2), (2, 0.5)), ((0.5, 1), (0.7, 2)), ((1e6, 1e3), (1.001e6, 1e3)), ((30, 1), (30.001, 1)), ((0.2, 5), (20, 0.1))],
    "Beta": [((2, 3), (1, 1)), ((0.5, 0.5), (3, 4)), ((1e4, 2e4), (1.001e4, 2e4)), ((12, 30), (12.001, 30))],
    "Laplace": [((0, 1), (0.5, 2)), ((0, 1), (1e-4, 1)), ((3, 0.1), (-2, 4))],
    "Gumbel": [((0, 1), (0.5, 2)), ((1, 2), (0.9, 1.5)), ((3, 0.1), (2, 4))],
    "Uniform": [((0, 1), (-1, 3)), ((0.25, 0.5), (0, 1))],
    "Bernoulli": [((0.3,), (-1.0,)), ((50,), (40,)), ((-50,), (50,)), ((2.0,), (2.00001,)), ((-700,), (-690,))],
    "Poisson": [((3.0,), (4.5,)), ((30.0,), (30.01,)), ((1e-8,), (2.0,)), ((2000.0,), (1900.0,))],
    "NegativeBinomial": [((2.5, 0.3), (2.5, -1)), ((0.1, 3), (0.1, 3.01)), ((30, -2), (30, 2))],
}


def dirichlet_divergence(a, b):
    a, b = [M(v) for v in a], [M(v) for v in b]
    n, m = mp.fsum(a), mp.fsum(b)
    return (mp.loggamma(n) - mp.fsum(mp.loggamma(v) for v in a) - mp.loggamma(m) + mp.fsum(mp.loggamma(v) for v in b)
            + mp.fsum((v - w) * (psi(v) - psi(n)) for v, w in zip(a, b)))


def dirichlet_rows():
    """Closed forms in 50 digits."""
    out = []
    for a, b, x in [((2, 3, 5), (1, 1, 1), (0.25, 0.25, 0.5)), ((0.01, 0.02, 0.5, 3), (1, 2, 3, 4), (1e-30, 0.25, 0.25, 0.5)), ((1e5, 2e5, 3e5), (1.001e5, 2e5, 3e5), (0.125, 0.375, 0.5)),
                    ((0.5,) * 10, (0.6,) * 10, (0.0625,) * 6 + (0.125,) * 3 + (0.25,))]:
        p = [M(v) for v in a]
        n, k = mp.fsum(p), len(a)
        log_beta = mp.fsum(mp.loggamma(v) for v in p) - mp.loggamma(n)
        out.append(dict(
            concentration=list(map(float, a)), other=list(map(float, b)), value=list(map(float, x)),
            log_density=float(mp.fsum((v - 1) * mp.log(M(w)) for v, w in zip(p, x)) - log_beta),
            entropy=float(log_beta + (n - k) * psi(n) - mp.fsum((v - 1) * psi(v) for v in p)),
            mean=[float(v / n) for v in p], variance=[float(v * (n - v) / n ** 2 / (n + 1)) for v in p],
            divergence=float(dirichlet_divergence(a, b))))
    return out


def gaussian_rows():
    """By matrices in 50 digits: determinants and inverses of the covariances."""
    out = []
    generator = np.random.RandomState(7)
    for d in (1, 2, 4):
        def draw():
            return generator.normal(size=d), np.tril(generator.normal(size=(d, d)), -1) + np.diag(np.exp(generator.normal(size=d)))
        (m, l), (n, k) = draw(), draw()
        x = generator.normal(size=d)
        ml, mk = mp.matrix(l.tolist()), mp.matrix(k.tolist())
        s, t = ml * ml.T, mk * mk.T
        dx = mp.matrix([M(v) - M(w) for v, w in zip(x, m)])
        shift = mp.matrix([M(v) - M(w) for v, w in zip(m, n)])
        out.append(dict(
            mean=m.tolist(), factor=l.ravel().tolist(), other_mean=n.tolist(), other_factor=k.ravel().tolist(), value=x.tolist(),
            log_density=float(-(dx.T * mp.inverse(s) * dx)[0] / 2 - mp.log(mp.det(2 * mp.pi * s)) / 2),
            entropy=float(mp.log(mp.det(2 * mp.pi * mp.e * s)) / 2), variance=[float(s[i, i]) for i in range(d)],
            divergence=float((sum((mp.inverse(t) * s)[i, i] for i in range(d)) + (shift.T * mp.inverse(t) * shift)[0] - d + mp.log(mp.det(t) / mp.det(s))) / 2)))
    return out


def relaxed_rows():
    """Equation 10 of Maddison, Mnih and Teh (2017), term by term in 50 digits."""
    out = []
    for l, tau, x in [((0.0, 1.0, -0.5), 0.5, (0.25, 0.25, 0.5)), ((2.0, -3.0, 0.25, 1.0), 0.1, (0.125, 0.125, 0.25, 0.5)), ((0.3, -0.7), 2.0, (1e-12, 1 - 1e-12)), ((50.0, -50.0, 0.0), 1.0, (0.5, 0.25, 0.25))]:
        alpha, v, t, k = [mp.exp(M(i)) for i in l], [M(i) for i in x], M(tau), len(l)
        density = mp.factorial(k - 1) * t ** (k - 1) * mp.fprod(a * w ** (-t - 1) for a, w in zip(alpha, v)) / mp.fsum(a * w ** -t for a, w in zip(alpha, v)) ** k
        out.append(dict(logits=list(l), temperature=tau, value=list(x), log_density=float(mp.log(density))))
    return out


def student_gradients():
    """dt/dnu = -(dF/dnu) / p, F by the incomplete beta function, differentiated in 50 digits."""
    out = []
    for nu, t in [(0.5, 3.0), (2, -1.0), (30, 0.5), (30, -40.0), (1000, 0.9), (1e4, 1.0), (1e4, 5.0), (1e6, 2.0), (1e6, -40.0), (1e8, -3.0), (0.05, 1e12), (0.5, -1e20), (3, 1e-8)]:
        tail = lambda n: mp.betainc(n / 2, M(1) / 2, 0, n / (n + M(t) ** 2), regularized=True) / 2
        with mp.workdps(80):
            slope = mp.diff(tail, M(nu), h=M(10) ** -25 * nu)
        out.append(dict(degrees=float(nu), value=t, gradient=float(mp.sign(t) * slope / mp.exp(student(M(t), M(nu), M(0), M(1))))))
    return out


if __name__ == "__main__":
    densities, moments = rows()
    divergences = [dict(name=name, parameters=list(map(float, p)), other=list(map(float, q)), divergence=float(divergence(name, p, q)))
                   for name, list_ in pairs.items() for p, q in list_]
    document = dict(
        tool="mpmath %s, SciPy %s" % (mp.__version__, __import__("scipy").__version__), scipy_differs=counts,
        densities=densities, moments=moments, divergences=divergences, dirichlet=dirichlet_rows(), gaussian=gaussian_rows(), relaxed=relaxed_rows(), student_gradients=student_gradients())
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "distributions.golden.json"), "w") as f:
        f.write("{\n")
        for i, (key, value) in enumerate(document.items()):
            comma = "," if i < len(document) - 1 else ""
            if isinstance(value, list):
                f.write('  "%s": [\n' % key + ",\n".join("    " + json.dumps(v) for v in value) + "\n  ]" + comma + "\n")
            else:
                f.write('  "%s": %s%s\n' % (key, json.dumps(value), comma))
        f.write("}\n")
    print(len(densities), len(moments), counts)
