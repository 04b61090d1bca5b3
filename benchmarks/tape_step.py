"""A training step of an autoencoder of affine layers (tanh, Bernoulli log-likelihood, Adam, float32): ours on the tape beside PyTorch's eager mode, in one go on the same cores.

Rounds alternate, so that both see the same machine. Needs Debian's python3-numpy, python3-torch and libopenblas0-openmp.
usage: python3 benchmarks/tape_step.py [--cores 0] [--rounds 3] [--networks 16:8,32,8 ...]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--cores", default="0", help="the cores both are pinned to, such as 0 or 0,1")
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--networks", nargs="*", default=["16:8,32,8", "64:32,128,128,32", "100:784,400,20,400,784"], help="batch:layers")
p.add_argument("--torch", help=argparse.SUPPRESS)
a = p.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
threads = len(a.cores.split(","))


def torch_step(network):
    import time
    import torch
    torch.set_num_threads(threads)
    batch, layers = int(network.split(":")[0]), [int(n) for n in network.split(":")[1].split(",")]
    torch.manual_seed(1)
    modules = []
    for i, o in zip(layers, layers[1:]):
        modules += [torch.nn.Linear(i, o), torch.nn.Tanh()]
    net = torch.nn.Sequential(*modules[:-1])
    x = (torch.rand(batch, layers[0]) < 0.3).float()
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    loss_of = torch.nn.BCEWithLogitsLoss(reduction="sum")

    def step():
        adam.zero_grad()
        loss = loss_of(net(x), x) / batch
        loss.backward()
        adam.step()

    for _ in range(50):
        step()
    times, begun = [], time.perf_counter()
    while time.perf_counter() - begun < 3:
        start = time.perf_counter()
        for _ in range(20):
            step()
        times.append((time.perf_counter() - start) / 20)
    return statistics.median(times)


if a.torch:
    print(torch_step(a.torch))
    sys.exit()

project = os.path.join(here, "Attractor.Benchmarks")
subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
exe = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks")
pin = ["taskset", "-c", a.cores]
# 512-bit kernels, the fastest that this OpenBLAS has.
environment = dict(os.environ, OPENBLAS_CORETYPE="SkylakeX")
ours, theirs = {n: [] for n in a.networks}, {n: [] for n in a.networks}
for _ in range(a.rounds):
    for n in a.networks:
        ours[n].append(json.loads(subprocess.run(pin + [exe, "tape-step", str(threads), n], check=True, capture_output=True, text=True).stdout))
        command = pin + ["/usr/bin/python3", os.path.abspath(__file__), "--cores", a.cores, "--torch", n]
        theirs[n].append(float(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout))

with open("/proc/cpuinfo") as f:
    cpu = next(line.split(":")[1].strip() for line in f if line.startswith("model name"))
print(f"{cpu}, cores {a.cores}; float32; medians of {a.rounds} rounds")
print("| batch: layers | ours, ms | GFLOP/s | of peak | PyTorch 1.13 eager, ms | ratio |")
print("|---|---|---|---|---|---|")
for n in a.networks:
    s, t = statistics.median(o["seconds_median"] for o in ours[n]), statistics.median(theirs[n])
    g, peak = statistics.median(o["gflops"] for o in ours[n]), statistics.median(o["fma_peak_gflops"] for o in ours[n])
    print(f"| {n} | {s * 1e3:.3f} | {g:.0f} | {100 * g / peak / threads:.0f} % | {t * 1e3:.3f} | {t / s:.1f} |")
