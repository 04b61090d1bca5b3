"""Makes laplace.golden.json: the posterior of a logistic regression of two coefficients by SciPy.

usage: /usr/bin/python3 laplace_golden.py > laplace.golden.json

The mode by trust-region Newton with the exact Hessian; the evidence by a product of Gauss-Legendre rules over +-12 standard
deviations, with 400 and with 300 nodes a side: both are printed, and agree to 1e-12. Twenty observations, prior N(0, 2^2) each.
"""
import json

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_expit

x = np.array([-2.1, -1.7, -1.5, -1.2, -0.9, -0.8, -0.5, -0.3, -0.1, 0.0, 0.2, 0.4, 0.5, 0.8, 1.0, 1.1, 1.4, 1.6, 1.9, 2.3])
y = np.array([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1], dtype=float)
PRIOR = 2.0


def log_joint(a, b):
    logits = np.asarray(a)[..., None] + np.asarray(b)[..., None] * x
    likelihood = np.sum(y * log_expit(logits) + (1 - y) * log_expit(-logits), axis=-1)
    return likelihood - (np.square(a) + np.square(b)) / (2 * PRIOR**2) - np.log(2 * np.pi * PRIOR**2)


def gradient(w):
    p = 1 / (1 + np.exp(-(w[0] + w[1] * x)))
    return -np.array([np.sum(y - p), np.sum((y - p) * x)]) + w / PRIOR**2


def hessian(w):
    p = 1 / (1 + np.exp(-(w[0] + w[1] * x)))
    v = p * (1 - p)
    return np.array([[np.sum(v), np.sum(v * x)], [np.sum(v * x), np.sum(v * x * x)]]) + np.eye(2) / PRIOR**2


w = minimize(lambda w: -log_joint(w[0], w[1]), np.zeros(2), jac=gradient, hess=hessian, method="trust-exact", options={"gtol": 1e-13}).x
for _ in range(5):
    w = w - np.linalg.solve(hessian(w), gradient(w))
deviation = np.sqrt(np.diag(np.linalg.inv(hessian(w))))


def quadrature(n):
    nodes, weights = np.polynomial.legendre.leggauss(n)
    a, b = w[0] + 12 * deviation[0] * nodes, w[1] + 12 * deviation[1] * nodes
    values = np.exp(log_joint(a[:, None] + 0 * b[None, :], 0 * a[:, None] + b[None, :]))
    area = weights[:, None] * weights[None, :] * 144 * deviation[0] * deviation[1]
    total = np.sum(area * values)
    means = [np.sum(area * values * t) / total for t in (a[:, None], b[None, :])]
    sds = [np.sqrt(np.sum(area * values * (t - m) ** 2) / total) for t, m in zip((a[:, None], b[None, :]), means)]
    return np.log(total), means, sds


log_evidence, means, sds = quadrature(400)
print(json.dumps({
    "x": x.tolist(), "y": y.tolist(), "prior": PRIOR, "mode": w.tolist(), "hessian": hessian(w).ravel().tolist(),
    "laplace_log_evidence": float(log_joint(w[0], w[1]) + np.log(2 * np.pi) - 0.5 * np.linalg.slogdet(hessian(w))[1]),
    "log_evidence": float(log_evidence), "log_evidence_300": float(quadrature(300)[0]),
    "mean": [float(m) for m in means], "standard_deviation": [float(s) for s in sds],
}, indent=1))
