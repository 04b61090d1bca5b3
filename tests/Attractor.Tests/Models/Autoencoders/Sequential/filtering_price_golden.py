"""Writes filtering_price.golden.json: how far below the likelihood the bounds of independent Gaussian posteriors are for the linear chain, per step at T = 100.

z_t = 0.9 z_{t-1} + N(0, 1), stationary, x_t = z_t + N(0, 1). The posterior is N(S x, inv(P)), S = inv(P), and the bound of prod_t N(m_t, 1 / P_tt) with m = L x is below log p(x) by
1/2 sum log P_tt - 1/2 log det P + 1/2 tr(P (L - S) Cov(x) (L - S)') on average. L = S: all data. L lower triangular: m_t knows x_{1:t} only. The filter means E[z_t | x_{1:t}] are one such L, and not
the best: neighbours in time should also agree with each other. The best solves lower(P (L - S) Cov(x)) = 0, here by conjugate gradients.

Run once by hand (NumPy 1.24); the tests read the file only.
"""
import json
import os

import numpy as np

a, T = 0.9, 100
P0 = 1 / (1 - a * a)
P = np.zeros((T, T))
for t in range(T):
    P[t, t] = (1 / P0 if t == 0 else 1) + (a * a if t < T - 1 else 0) + 1
    if t:
        P[t, t - 1] = P[t - 1, t] = -a
S = np.linalg.inv(P)
covariance_z = P0 * a ** np.abs(np.subtract.outer(np.arange(T), np.arange(T)))
covariance_x = covariance_z + np.eye(T)
base = 0.5 * np.log(np.diag(P)).sum() - 0.5 * np.linalg.slogdet(P)[1]


def price(L):
    return (base + 0.5 * np.trace(P @ (L - S) @ covariance_x @ (L - S).T)) / T


filter_means = np.zeros((T, T))
for t in range(T):
    filter_means[t, : t + 1] = np.linalg.solve(covariance_x[: t + 1, : t + 1], covariance_z[: t + 1, t])

L = filter_means.copy()
r = np.tril(P @ (S - L) @ covariance_x)
p, rs = r.copy(), (r * r).sum()
while rs > 1e-24:
    q = np.tril(P @ p @ covariance_x)
    alpha = rs / (p * q).sum()
    L, r = L + alpha * p, r - alpha * q
    before, rs = rs, (r * r).sum()
    p = r + rs / before * p

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "filtering_price.golden.json")
with open(path, "w") as f:
    json.dump({"smoothing_means": price(S), "filter_means": price(filter_means), "best_of_the_past": price(L)}, f, indent=1)
