"""Epochs of the variational autoencoder 784-400-400-200 on rounded MNIST digits (batch 100, Adam, float32): ours beside PyTorch's eager mode, in one go on the same cores.

Rounds alternate, so that both see the same machine; PyTorch runs with one thread and with all, and its better median counts. Needs Debian's python3-numpy, python3-torch and libopenblas0-openmp.
usage: python3 benchmarks/autoencoder.py MNIST_DIR [--cores 0,1] [--rounds 3]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("folder")
p.add_argument("--cores", default="0,1", help="the cores both are pinned to")
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--torch", type=int, help=argparse.SUPPRESS)
a = p.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
EPOCHS = 3


def torch_epochs(threads):
    import gzip
    import time
    import numpy as np
    import torch
    from torch import nn
    import torch.nn.functional as F

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    with gzip.open(os.path.join(a.folder, "train-images-idx3-ubyte.gz")) as f:
        x = (torch.from_numpy(np.frombuffer(f.read(), np.uint8, offset=16).reshape(-1, 784).copy()) >= 128).float()
    act = nn.LeakyReLU(0.2)
    encoder = nn.Sequential(nn.Linear(784, 400), act, nn.Linear(400, 400), act)
    mean, log_variance = nn.Linear(400, 200), nn.Linear(400, 200)
    decoder = nn.Sequential(nn.Linear(200, 400), act, nn.Linear(400, 400), act, nn.Linear(400, 784))
    adam = torch.optim.Adam([q for m in (encoder, mean, log_variance, decoder) for q in m.parameters()], 1e-3)
    seconds, losses = [], []
    for _ in range(EPOCHS):
        order, start, total = torch.randperm(len(x)), time.perf_counter(), 0.0
        for i in range(0, len(x), 100):
            batch = x[order[i : i + 100]]
            h = encoder(batch)
            m, v = mean(h), log_variance(h)
            z = m + torch.exp(0.5 * v) * torch.randn_like(m)
            loss = F.binary_cross_entropy_with_logits(decoder(z), batch, reduction="sum") + 0.5 * (m * m + v.exp() - 1 - v).sum()
            adam.zero_grad()
            (loss / len(batch)).backward()
            adam.step()
            total += loss.item()
        seconds.append(time.perf_counter() - start)
        losses.append(total / len(x))
    print(json.dumps({"seconds": seconds, "loss": losses}))


if a.torch:
    torch_epochs(a.torch)
    sys.exit()

project = os.path.join(here, "Attractor.Benchmarks")
subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
exe = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks")
pin = ["taskset", "-c", a.cores]
cores = len(a.cores.split(","))
# 512-bit kernels, the fastest that this OpenBLAS has.
environment = dict(os.environ, OPENBLAS_CORETYPE="SkylakeX")
settings = sorted({1, cores})
ours, theirs, losses = {t: [] for t in settings}, {t: [] for t in settings}, {}
for _ in range(a.rounds):
    for t in settings:
        run = json.loads(subprocess.run(pin + [exe, "autoencoder", a.folder, str(EPOCHS), str(t)], check=True, capture_output=True, text=True).stdout)
        ours[t].append(run["seconds"])
        losses["ours"] = run["loss"]
        command = pin + ["/usr/bin/python3", os.path.abspath(__file__), a.folder, "--torch", str(t)]
        run = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
        theirs[t].append(run["seconds"])
        losses["theirs"] = run["loss"]

with open("/proc/cpuinfo") as f:
    cpu = next(line.split(":")[1].strip() for line in f if line.startswith("model name"))
later = lambda runs: statistics.median(s for run in runs for s in run[1:])
best = min(later(theirs[t]) for t in settings)
print(f"{cpu}, cores {a.cores}; float32; medians of {a.rounds} rounds of {EPOCHS} epochs, the first of each apart")
print("| threads | ours, s/epoch | its first epoch | PyTorch 1.13 eager, s/epoch | its best over ours |")
print("|---|---|---|---|---|")
for t in settings:
    print(f"| {t} | {later(ours[t]):.2f} | {statistics.median(run[0] for run in ours[t]):.2f} | {later(theirs[t]):.2f} | {best / later(ours[t]):.2f} |")
print("losses of the epochs: ours " + " ".join(f"{v:.2f}" for v in losses["ours"]) + "; PyTorch " + " ".join(f"{v:.2f}" for v in losses["theirs"]))
