"""Sweeps of coordinate ascent of a mixture of positions and counts: ours beside vectorised NumPy, and the iterations of scikit-learn's BayesianGaussianMixture on the positions alone.

Rounds alternate on the same data, so that all see the same machine. Needs Debian's python3-numpy, python3-scipy and python3-sklearn.
usage: python3 benchmarks/mixture.py [--rows 100000] [--components 10] [--sweeps 20] [--cores 0,1] [--rounds 5]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--rows", type=int, default=100_000)
p.add_argument("--components", type=int, default=10)
p.add_argument("--sweeps", type=int, default=20)
p.add_argument("--cores", default="0,1", help="the cores all are pinned to")
p.add_argument("--rounds", type=int, default=5)
p.add_argument("--peer", choices=["numpy", "sklearn"], help=argparse.SUPPRESS)
p.add_argument("--data", help=argparse.SUPPRESS)
a = p.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
os.environ.pop("OPENBLAS_CORETYPE", None)


def numpy_sweeps(data):
    import numpy as np
    from scipy.special import digamma, logsumexp

    x, s = data[:, :2].copy(), data[:, 2].copy()
    rng, K = np.random.default_rng(1), a.components
    nu, rho, tau, alpha, beta = np.zeros(2), 0.01, 1.0, 1.0, 0.1
    m, precision, shape, rate = x[rng.integers(len(x), size=K)], np.ones(K), np.full(K, 5.0), np.ones(K)
    seconds = []
    for _ in range(a.sweeps):
        start = time.perf_counter()
        square = (x * x).sum(1)[:, None] - 2 * x @ m.T + (m * m).sum(1) + 2 / precision
        log_r = -np.log(K) - tau / 2 * square + s[:, None] * (digamma(shape) - np.log(rate)) - shape / rate
        r = np.exp(log_r - logsumexp(log_r, axis=1, keepdims=True))
        n = r.sum(0)
        precision = rho + tau * n
        m = (rho * nu + tau * r.T @ x) / precision[:, None]
        shape, rate = alpha + r.T @ s, beta + n
        seconds.append(time.perf_counter() - start)
    return seconds


def sklearn_iterations(data):
    import warnings
    from sklearn.mixture import BayesianGaussianMixture

    warnings.filterwarnings("ignore")
    start = time.perf_counter()
    fit = BayesianGaussianMixture(n_components=a.components, covariance_type="spherical", init_params="random", tol=0, max_iter=a.sweeps, random_state=0).fit(data[:, :2])
    return [(time.perf_counter() - start) / fit.n_iter_]


if a.peer:
    import numpy as np

    print(json.dumps({"seconds": (numpy_sweeps if a.peer == "numpy" else sklearn_iterations)(np.load(a.data))}))
    sys.exit()

import numpy as np

rng = np.random.default_rng(0)
centres, rates, label = rng.normal(0, 10, (a.components, 2)), rng.gamma(5, 4, a.components), rng.integers(a.components, size=a.rows)
data = np.column_stack([centres[label] + rng.standard_normal((a.rows, 2)), rng.poisson(rates[label])])
cores = a.cores.split(",")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "rows.npy")
    np.save(path, data)
    project = os.path.join(here, "Attractor.Benchmarks")
    subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q"], check=True, stdout=subprocess.DEVNULL)
    program = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks.dll")

    def run(pinned, command):
        return json.loads(subprocess.run(["taskset", "-c", pinned, *command], check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1])

    def ours(threads):
        return statistics.median(run(a.cores if threads > 1 else cores[0], ["dotnet", program, "mixture", path, str(a.components), str(a.sweeps), str(threads)])["seconds"])

    def peer(name, pinned):
        return statistics.median(run(pinned, [sys.executable, os.path.abspath(__file__), "--peer", name, "--data", path, "--components", str(a.components), "--sweeps", str(a.sweeps)])["seconds"])

    contestants = {
        "attractor, 1 thread": lambda: ours(1),
        f"attractor, {len(cores)} threads": lambda: ours(len(cores)),
        "numpy": lambda: peer("numpy", a.cores),
        "scikit-learn, positions alone": lambda: peer("sklearn", a.cores),
    }
    times = {name: [] for name in contestants}
    for _ in range(a.rounds):
        for name, contestant in contestants.items():
            times[name].append(contestant())
print(f"{a.rows} rows, {a.components} components, milliseconds a sweep: median of {a.rounds} rounds' medians, and how many times the fastest of ours")
one = times["attractor, 1 thread"]
for name, values in times.items():
    ratio = statistics.median(v / o for v, o in zip(values, one))
    print(f"{name:32}{1e3 * statistics.median(values):9.3f} ms   {ratio:6.1f} x one thread of ours   (rounds {' '.join(f'{1e3 * v:.2f}' for v in values)})")
