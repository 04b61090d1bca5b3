"""An echo state network (M units, float64): drawn, trained on T rows and run freely, ours beside NumPy's, the same draws and data, in one go on the same cores.

Rounds alternate, so that both see the same machine. Needs Debian's python3-numpy and libopenblas0.
usage: python3 benchmarks/echo_state.py [--cores 0] [--M 500 --T 10000 --generate 20000] [--rounds 3]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--cores", default="0", help="the cores both are pinned to, such as 0 or 0,1")
p.add_argument("--M", type=int, default=500)
p.add_argument("--T", type=int, default=10_000)
p.add_argument("--generate", type=int, default=20_000)
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--ours-alone", action="store_true", help="leave NumPy out, for sizes that its states do not fit in memory at")
p.add_argument("--numpy", help=argparse.SUPPRESS)
a = p.parse_args()
here = os.path.dirname(os.path.abspath(__file__))

import numpy as np


def lorenz63(rows, dt=0.01, inner=5):
    """Standardised, on the attractor, by the classic Runge-Kutta method."""
    def f(x):
        return np.array([10 * (x[1] - x[0]), x[0] * (28 - x[2]) - x[1], x[0] * x[1] - 8 / 3 * x[2]])
    x, h, orbit = np.array([1.0, 2.0, 20.0]), dt / inner, np.empty((rows, 3))
    for t in range(-2000, rows):
        for _ in range(inner):
            k1 = f(x); k2 = f(x + h / 2 * k1); k3 = f(x + h / 2 * k2); k4 = f(x + h * k3)
            x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        if t >= 0:
            orbit[t] = x
    return (orbit - orbit.mean(0)) / orbit.std(0)


def numpy_round(data):
    import time
    leak, beta, sigma, rho, lam, washout = 0.6, 0.7, 0.3, 0.75, 1e-2, 1000
    t0 = time.perf_counter()
    np.random.seed(87)
    w_in = np.random.randn(a.M, 3) * sigma
    b = np.random.randn(a.M) * beta
    w = np.random.randn(a.M, a.M)
    w *= rho / np.abs(np.linalg.eigvals(w)).max()
    t1 = time.perf_counter()

    def drive(series):
        drawn, states, r = series @ w_in.T + b, np.empty((len(series), a.M)), np.zeros(a.M)
        for t in range(len(series)):
            states[t] = r = (1 - leak) * r + leak * np.tanh(w @ r + drawn[t])
        return states

    states, target = drive(data[:a.T])[washout:], data[washout + 1:a.T + 1]
    w_out = np.linalg.solve(states.T @ states + lam * np.eye(a.M), states.T @ target).T
    loss = np.sum((target - states @ w_out.T) ** 2) + lam * np.sum(w_out ** 2)
    t2 = time.perf_counter()
    closed, r, orbit = w + w_in @ w_out, drive(data[:washout])[-1], np.empty((a.generate, a.M))
    for t in range(a.generate):
        orbit[t] = r
        r = (1 - leak) * r + leak * np.tanh(closed @ r + b)
    orbit = orbit @ w_out.T
    t3 = time.perf_counter()
    return dict(initialise=t1 - t0, train=t2 - t1, generate=t3 - t2, loss=float(loss))


if a.numpy:
    data = np.load(a.numpy)
    numpy_round(data)
    print(json.dumps([numpy_round(data) for _ in range(3)]))
    sys.exit()

project = os.path.join(here, "Attractor.Benchmarks")
subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
exe = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks")
pin = ["taskset", "-c", a.cores]
threads = str(len(a.cores.split(",")))
environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"} | {"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
parts = ("initialise", "train", "generate")
ours, theirs = {k: [] for k in parts}, {k: [] for k in parts}
with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, "data.npy")
    np.save(file, lorenz63(a.T + 1))
    for _ in range(a.rounds):
        line = subprocess.run(pin + [exe, "echo-state", file, str(a.M), str(a.T), str(a.generate)], check=True, capture_output=True, text=True).stdout
        us = json.loads(line)
        for k in parts:
            # The first repeat compiles.
            ours[k] += us[k][2:]
        if a.ours_alone:
            continue
        command = pin + ["/usr/bin/python3", os.path.abspath(__file__), "--numpy", file, "--M", str(a.M), "--T", str(a.T), "--generate", str(a.generate)]
        runs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
        for k in parts:
            theirs[k] += [r[k] for r in runs]
with open("/proc/cpuinfo") as f:
    cpu = next(line.split(":")[1].strip() for line in f if line.startswith("model name"))
print(f"{cpu}, cores {a.cores}, float64, M = {a.M}, T = {a.T}, {a.generate} steps generated; medians, seconds; load {os.getloadavg()[0]:.1f}")
m = {k: statistics.median(v) for k, v in ours.items() if v}
print("ours   " + "  ".join(f"{k} {v:.3f}" for k, v in m.items()) + f"  all {sum(m.values()):.3f}  peak memory {us['peak_memory_mb']:.0f} MB; {us['segments']} segments, forgetting {us['forgetting']}; loss {us['loss']:.9g}")
if not a.ours_alone:
    n = {k: statistics.median(v) for k, v in theirs.items()}
    print("NumPy  " + "  ".join(f"{k} {v:.3f}" for k, v in n.items()) + f"  all {sum(n.values()):.3f}; loss {runs[-1]['loss']:.9g}")
    print("ratio  " + "  ".join(f"{k} {n[k] / m[k]:.1f}" for k in m) + f"  all {sum(n.values()) / sum(m.values()):.2f}")
