"""Dense matrix products, ours beside OpenBLAS through NumPy, in one go on the same cores: GFLOP/s, share of the processor's peak, ratios.

NT and TN say which factor is transposed; sizes are rows of C x columns of C x depth. Rounds alternate, so that all see the same machine. OpenBLAS is shown with its
512-bit kernels (SkylakeX) and its 256-bit ones (Haswell). A call from Python costs it about a microsecond: the smallest shapes compare that as well.
Needs Debian's python3-numpy and libopenblas0.
usage: python3 benchmarks/matrix_product.py [--type f32|f64] [--cores 0] [--rounds 3] [--shapes NN:512x512x512 ...]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--type", choices=["f32", "f64"], default="f32")
p.add_argument("--cores", default="0", help="the cores all are pinned to, such as 0 or 0,1: as many threads")
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--shapes", nargs="*", default=[], help="all that the C# side lists if absent")
p.add_argument("--numpy", action="store_true", help=argparse.SUPPRESS)
a = p.parse_args()
here = os.path.dirname(os.path.abspath(__file__))


def numpy_round(shapes):
    import ctypes
    import numpy as np
    with open("/proc/self/maps") as f:
        libraries = sorted({os.path.realpath(line.split()[-1]) for line in f if "libopenblas" in line})
    assert libraries, "NumPy is not linked to OpenBLAS"
    # The version of OpenBLAS and the kernels that it chose, in its own words.
    configuration = ctypes.CDLL(libraries[0]).openblas_get_config
    configuration.restype = ctypes.c_char_p
    dtype = np.float32 if a.type == "f32" else np.float64
    seconds = {}
    for shape in shapes:
        kind, sizes = shape.split(":")
        m, n, k = map(int, sizes.split("x"))
        x = np.sin(np.arange(m * k)).astype(dtype).reshape((k, m) if kind[0] == "T" else (m, k))
        y = np.cos(np.arange(k * n)).astype(dtype).reshape((n, k) if kind[1] == "T" else (k, n))
        c = np.empty((m, n), dtype)
        left, right = x.T if kind[0] == "T" else x, y.T if kind[1] == "T" else y

        def block(products):
            start = time.perf_counter()
            for _ in range(products):
                np.matmul(left, right, out=c)
            return (time.perf_counter() - start) / products

        block(2)
        products = max(1, int(0.02 / min(block(1), block(2))))
        block(products)
        seconds[shape] = statistics.median(block(products) for _ in range(9))
    return dict(library=configuration().decode(), seconds=seconds)


if a.numpy:
    print(json.dumps(numpy_round(a.shapes)))
    sys.exit()

project = os.path.join(here, "Attractor.Benchmarks")
subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
exe = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks")
pin, threads = ["taskset", "-c", a.cores], str(len(a.cores.split(",")))
kinds = ("SkylakeX", "Haswell")
ours, theirs, libraries = {}, {kind: {} for kind in kinds}, {}
for _ in range(a.rounds):
    out = subprocess.run(pin + [exe, "matrix-product", a.type, threads] + a.shapes, check=True, capture_output=True, text=True).stdout
    for o in map(json.loads, out.splitlines()):
        ours.setdefault(f"{o['kind']}:{o['m']}x{o['n']}x{o['k']}", []).append(o)
    for kind in kinds:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
        environment |= {"OPENBLAS_CORETYPE": kind, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        command = pin + ["/usr/bin/python3", os.path.abspath(__file__), "--numpy", "--type", a.type, "--shapes"] + list(ours)
        run = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
        libraries[kind] = run["library"]
        for shape, seconds in run["seconds"].items():
            theirs[kind].setdefault(shape, []).append(seconds)
with open("/proc/cpuinfo") as f:
    cpu = next(line.split(":")[1].strip() for line in f if line.startswith("model name"))
print(f"{cpu}, cores {a.cores}, {a.type}; medians of {a.rounds} rounds; load {os.getloadavg()[0]:.1f}")
for kind in kinds:
    print(f"{kind}: {libraries[kind]}")
print("| product | ours, us | GFLOP/s | of peak | SkylakeX, GFLOP/s | ratio | Haswell, GFLOP/s | ratio |")
print("|---|---|---|---|---|---|---|---|")
for shape, runs in ours.items():
    o = runs[0]
    flops = 2e-9 * o["m"] * o["n"] * o["k"]
    us = statistics.median(r["seconds_median"] for r in runs)
    peak = statistics.median(r["fma_peak_gflops"] for r in runs) * int(threads)
    row = f"| {shape} | {us * 1e6:.2f} | {flops / us:.0f} | {100 * flops / us / peak:.0f} % |"
    for kind in kinds:
        them = statistics.median(theirs[kind][shape])
        row += f" {flops / them:.0f} | {them / us:.2f} |"
    print(row)
