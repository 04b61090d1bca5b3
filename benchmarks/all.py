"""Every comparison of speed, ours beside its peer, one after the other on this machine: one page of tables for each processor.

The page is benchmarks/<processor>/results.md, with the versions of what was run; what a peer is missing for is left out and named there.
Each comparison alternates its rounds by itself and prints ratios: read those, as absolute times of two days differ by more than a tenth.
usage: /usr/bin/python3 benchmarks/all.py [--short] [--only training_update,mixture] [--cores 0,1] [--mnist FOLDER] [--out FOLDER]
--short does little of each, to see that it runs; its numbers say nothing and are printed, not written.
"""
import argparse
import datetime
import importlib
import os
import re
import subprocess
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--short", action="store_true")
p.add_argument("--only", default="", help="some of the comparisons, by their scripts' names")
p.add_argument("--cores", default="0,1", help="of comparisons on several cores; those on one take the first")
p.add_argument("--mnist", help="the folder with the digits; the autoencoder is left out without")
p.add_argument("--out", help="where the page is written [benchmarks/<processor>]")
a = p.parse_args()
one = a.cores.split(",")[0]

# Title, script, arguments, arguments of the short form, modules of the peer.
COMPARISONS = [
    ("A training update of a shallow PLRNN", "training_update", ["--core", one], ["--core", one, "--ours-alone"], ["numpy", "torch"]),
    *(
        (f"A training update of {kind}", "training_update", ["--core", one, "--kind", kind], None, ["numpy", "torch"])
        for kind in ["plrnn", "mcplrnn", "alrnn", "dendplrnn", "clipped-dendplrnn", "rnn", "gru", "lstm"]
    ),
    ("Hot loops beside the ceilings of the processor", "performance", ["--core", one], ["--core", one, "--no-peer", "--short"], []),
    ("Dense products, float32, one core", "matrix_product", ["--cores", one], ["--cores", one, "--rounds", "1", "--shapes", "NN:64x64x64"], ["numpy"]),
    ("Dense products, float32, all cores", "matrix_product", ["--cores", a.cores], None, ["numpy"]),
    ("A step of an autoencoder on the tape", "tape_step", ["--cores", one], ["--cores", one, "--rounds", "1", "--networks", "16:8,32,8"], ["numpy", "torch"]),
    ("Epochs of a variational autoencoder", "autoencoder", [a.mnist, "--cores", a.cores] if a.mnist else None, None, ["numpy", "torch"]),
    ("An echo state network", "echo_state", ["--cores", one], ["--cores", one, "--M", "50", "--T", "500", "--generate", "500", "--rounds", "1"], ["numpy"]),
    ("A Lyapunov spectrum, M 20, L 50", "lyapunov_spectrum", ["--core", one], ["--core", one, "--steps", "500", "--repeats", "1"], ["numpy"]),
    ("A Lyapunov spectrum, M 20, L 256", "lyapunov_spectrum", ["--core", one, "--hidden", "256", "--steps", "20000"], None, ["numpy"]),
    ("A mixture, one core", "mixture", ["--cores", one], ["--cores", one, "--rows", "1000", "--sweeps", "3", "--rounds", "1"], ["numpy", "scipy", "sklearn"]),
    ("A mixture, all cores", "mixture", ["--cores", a.cores], None, ["numpy", "scipy", "sklearn"]),
    ("Reading files", "data_formats", ["--cores", a.cores], None, ["numpy", "pandas", "scipy", "h5py", "openpyxl"]),
]


def version(module):
    """The version of a module; None where it is not installed."""
    try:
        return importlib.import_module(module).__version__
    except ImportError:
        return None


def processor():
    with open("/proc/cpuinfo") as f:
        return next((line.split(":")[1].strip() for line in f if line.startswith("model name")), "unknown processor")


versions = {m: version(m) for m in sorted({m for c in COMPARISONS for m in c[4]})}
chosen = [c for c in COMPARISONS if (not a.only or c[1] in a.only.split(",")) and not (a.short and c[3] is None)]
name = processor()
sdk = subprocess.run(["dotnet", "--version"], check=True, capture_output=True, text=True).stdout.strip()
page = [
    f"# {name}",
    "",
    f"{datetime.date.today()}, {len(a.cores.split(','))} cores used, .NET SDK {sdk}, "
    + ", ".join(f"{m} {v}" for m, v in versions.items() if v) + ".",
    "",
    f"    /usr/bin/python3 benchmarks/all.py {' '.join(sys.argv[1:])}".rstrip(),
]
failed = 0
for title, script, arguments, short, modules in chosen:
    page += ["", f"## {title}", ""]
    missing = [m for m in modules if not versions[m] and not (a.short and "--ours-alone" in short)]
    given = short if a.short else arguments
    if missing or given is None:
        page += ["Left out: " + (f"{', '.join(missing)} not installed." if missing else "needs --mnist FOLDER.")]
        print(f"{title}: {page[-1]}", file=sys.stderr)
        continue
    command = [sys.executable, os.path.join(here, script + ".py"), *given]
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    print(f"{title}: {'done' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - start:.0f} s", file=sys.stderr)
    failed += done.returncode != 0
    page += [done.stdout.rstrip() or "Nothing was printed."]
    if done.returncode != 0:
        page += ["", f"It failed, with exit code {done.returncode}."]

text = "\n".join(page) + "\n"
if a.short:
    print(text)
else:
    folder = a.out or os.path.join(here, re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"))
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "results.md"), "w") as f:
        f.write(text)
    print(os.path.join(folder, "results.md"))
sys.exit(failed > 0)
