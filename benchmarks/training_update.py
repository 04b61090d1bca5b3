"""One training update of a recurrent network, ours beside PyTorch's, in one go on one core: milliseconds and ratios.

Needs Debian's python3-numpy, python3-torch, python3-threadpoolctl and libopenblas0-openmp.
usage: python3 benchmarks/training_update.py [--core 0] [--repeats 5] [--sizes 3,100 20,50] [--kind alrnn] [--ours-alone]
"""
import argparse
import json
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--core", default="0", help="the core everything is pinned to")
p.add_argument("--repeats", type=int, default=5)
p.add_argument("--sizes", nargs="*", help="latent,hidden pairs; all if absent")
p.add_argument("--kind", default="shplrnn", help="shplrnn, or alrnn, dendplrnn, clipped-dendplrnn, mcplrnn, rnn, gru, lstm")
p.add_argument("--ours-alone", action="store_true", help="leave PyTorch out")
a = p.parse_args()

project = os.path.join(here, "Attractor.Benchmarks")
subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
exe = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks")
pin = ["taskset", "-c", a.core]
ours = [json.loads(line) for line in subprocess.run(pin + [exe, "training-update", a.kind], check=True, capture_output=True, text=True).stdout.splitlines()]
if a.sizes:
    ours = [o for o in ours if f"{o['latent']},{o['hidden']}" in a.sizes]


def peer(form, o):
    script = ["shplrnn_train.py"] if a.kind == "shplrnn" else ["cell_train.py", a.kind]
    command = pin + ["/usr/bin/python3", os.path.join(here, "peers", script[0]), *script[1:], str(o["latent"]), str(o["hidden"])]
    out = subprocess.run(command + ["--form", form, "--repeats", str(a.repeats)], check=True, capture_output=True, text=True).stdout
    return json.loads(out)["seconds_median"]


with open("/proc/cpuinfo") as f:
    cpu = next(line.split(":")[1].strip() for line in f if line.startswith("model name"))
print(f"{cpu}, one core; float32, batch 16, 200 steps; medians")
if a.ours_alone:
    print("| M, L | ours, ms | GFLOP/s | of peak |\n|---|---|---|---|")
    for o in ours:
        print(f"| {o['latent']}, {o['hidden']} | {o['seconds_median'] * 1e3:.3f} | {o['gflops']:.0f} | {100 * o['gflops'] / o['fma_peak_gflops']:.0f} % |")
    sys.exit()
if a.kind != "shplrnn":
    print("| M, P or B | ours, ms | GFLOP/s of the product | PyTorch eager, ms | ratio | PyTorch by hand, ms | ratio |\n|---|---|---|---|---|---|---|")
    for o in ours:
        s, eager, manual = o["seconds_median"], peer("eager", o), peer("manual", o)
        print(f"| {o['latent']}, {o['hidden']} | {s * 1e3:.3f} | {o['gflops']:.0f} | {eager * 1e3:.1f} | {eager / s:.0f} "
              f"| {manual * 1e3:.1f} | {manual / s:.0f} |", flush=True)
    sys.exit()
print("| M, L | ours, ms | GFLOP/s | of peak | PyTorch eager, ms | ratio | PyTorch hand-written BPTT, ms | ratio |")
print("|---|---|---|---|---|---|---|---|")
for o in ours:
    s, eager, manual = o["seconds_median"], peer("eager", o), peer("manual", o)
    print(
        f"| {o['latent']}, {o['hidden']} | {s * 1e3:.3f} | {o['gflops']:.0f} | {100 * o['gflops'] / o['fma_peak_gflops']:.0f} % "
        f"| {eager * 1e3:.1f} | {eager / s:.0f} | {manual * 1e3:.1f} | {manual / s:.0f} |",
        flush=True,
    )
