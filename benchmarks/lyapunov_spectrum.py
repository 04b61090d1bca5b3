"""The full Lyapunov spectrum of a shallow PLRNN with QR after every step, ours beside NumPy's, the same network, in one go on one core.

Needs Debian's python3-numpy and libopenblas0.
usage: python3 benchmarks/lyapunov_spectrum.py [--core 0] [--latent 20 --hidden 50 --steps 100000]
"""
import argparse
import json
import os
import subprocess
import sys

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--core", default="0", help="the core everything is pinned to")
p.add_argument("--latent", type=int, default=20)
p.add_argument("--hidden", type=int, default=50)
p.add_argument("--steps", type=int, default=100_000)
p.add_argument("--repeats", type=int, default=3)
p.add_argument("--numpy", help=argparse.SUPPRESS)
a = p.parse_args()
here = os.path.dirname(os.path.abspath(__file__))

if not a.numpy:
    project = os.path.join(here, "Attractor.Benchmarks")
    subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
    exe = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks")
    pin = ["taskset", "-c", a.core]
    ours = subprocess.run(pin + [exe, "lyapunov-spectrum", str(a.latent), str(a.hidden), str(a.steps)], check=True, capture_output=True, text=True).stdout
    # A process of its own, in which the number of threads can still be set.
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"} | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = pin + ["/usr/bin/python3", os.path.abspath(__file__), "--numpy", "-", "--repeats", str(a.repeats)]
    print(subprocess.run(command, check=True, input=ours, capture_output=True, text=True, env=environment).stdout, end="")
    sys.exit()

import time

import numpy as np

o = json.load(sys.stdin)
M, L, T = o["latent"], o["hidden"], o["steps"]
A, h1, h2 = (np.array(o[k]) for k in ("A", "h1", "h2"))
W1, W2 = np.array(o["W1"]).reshape(M, L), np.array(o["W2"]).reshape(L, M)
diagonal = np.diag(A)


def spectrum():
    z, q, logs = np.array(o["start"]), np.eye(M), np.zeros(M)
    # A tenth beforehand, in which the vectors align.
    for t in range(-(T // 10), T):
        v = W2 @ z + h2
        q, r = np.linalg.qr((diagonal + (W1 * (v > 0)) @ W2) @ q)
        z = A * z + W1 @ np.maximum(v, 0) + h1
        if t >= 0:
            logs += np.log(np.abs(np.diag(r)))
    return logs / T


seconds = []
for _ in range(a.repeats):
    begin = time.perf_counter()
    theirs = spectrum()
    seconds.append(time.perf_counter() - begin)
median = sorted(seconds)[len(seconds) // 2]
with open("/proc/cpuinfo") as f:
    cpu = next(line.split(":")[1].strip() for line in f if line.startswith("model name"))
difference = np.abs(np.sort(theirs) - np.sort(o["spectrum"])).max()
print(f"{cpu}, one core, float64, M = {M}, L = {L}, {T} steps; medians")
print(f"ours {1e6 * o['seconds_median'] / (T + T // 10):.2f} us a step, NumPy {1e6 * median / (T + T // 10):.2f}: ratio {median / o['seconds_median']:.1f}; exponents differ by {difference:.1e}")
