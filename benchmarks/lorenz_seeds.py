"""Trains several seeds on a recording and scores each on another: the tables of docs/results.md.

usage: python3 benchmarks/lorenz_seeds.py DATA [--seeds 1..20] [--updates 250000] [--out runs/lorenz-seeds] [--model clipped-shplrnn]
       python3 benchmarks/lorenz_seeds.py DATA --fixed ...    random parameters to begin with, one L2 weight all along, the last state
DATA holds train.npy and test.npy. A failure is a D_stsp above 1 or an orbit that diverges.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("data")
p.add_argument("--model", default="clipped-shplrnn")
p.add_argument("--seeds", default="1..20")
p.add_argument("--updates", default="250000")
p.add_argument("--l2", default="1e-5")
p.add_argument("--fixed", action="store_true")
p.add_argument("--out", default=os.path.join("runs", "lorenz-seeds"))
a = p.parse_args()

here = os.path.dirname(os.path.abspath(__file__))
project = os.path.join(here, "..", "src", "Attractor.Cli")
subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
attractor = [os.path.join(project, "bin", "Release", "net10.0", "Attractor.Cli")]


def run(*words):
    return json.loads(subprocess.run(attractor + list(words), stdout=subprocess.PIPE, text=True).stdout)


train = ["train", a.model, os.path.join(a.data, "train.npy"), "--hidden", "100", "--forcing", "gtf", "--alpha", "0.1"]
train += ["--updates", a.updates, "--l2", a.l2, "--dt", "0.01", "--seeds", a.seeds, "-o", a.out, "--json"]
if a.fixed:
    train += ["--start", "random", "--lr", "5e-3", "--l2-end", a.l2, "--select-every", "0"]
print("attractor " + " ".join(train))
rows = []
print("\n| seed | D_stsp | D_H | PE(20) | valid steps | lambda | seconds |\n|---|---|---|---|---|---|---|")
for r in run(*train)["runs"]:
    s = run("evaluate", r["run"], os.path.join(a.data, "test.npy"), "--json")
    rows.append((s["d_stsp"], s["d_hellinger"], s["prediction_error_20"], s["valid_prediction_steps"], s["lyapunov_max"], r["seconds"]))
    d, h, e, v, l, t = (float("nan") if x is None else x for x in rows[-1])
    print(f"| {r['seed']} | {d:.3f} | {h:.3f} | {e:.2e} | {v:.0f} | {l:.3f} | {t:.0f} |", flush=True)

good = [r for r in rows if r[0] is not None and r[0] <= 1]
for name, f in (("mean", statistics.mean), ("median", statistics.median), ("sd", statistics.stdev)):
    d, h, e, v, l, t = (f([r[i] for r in good]) for i in range(6))
    print(f"| {name} of {len(good)} | {d:.3f} | {h:.3f} | {e:.2e} | {v:.0f} | {l:.3f} | {t:.0f} |")
print(f"\nfailures: {len(rows) - len(good)} of {len(rows)}; median D_stsp of all seeds {statistics.median([r[0] if r[0] is not None else 99 for r in rows]):.3f}, median D_H {statistics.median([r[1] if r[1] is not None else 1 for r in rows]):.3f}")
print(f"floors of the test's halves: D_stsp {s['d_stsp_floor']:.3f}, D_H {s['d_hellinger_floor']:.3f}")
