"""Forecasts systems of the catalogue without training, and scores what is chosen on what follows, which it has not seen.

The rule of the systems, written before the first run: of the flows of docs/lyapunov-table.json that are chaotic, of three or four
variables, dissipative (mean trace below -0.01) and without an angle or a drive, twelve that are polynomial and eight that are not, each
evenly spaced by name, from the first on. Polynomial: no function and no division by a variable in its equations.

usage: python3 benchmarks/forecast.py [--systems a,b] [--contexts 500,2000] [--noise 0,0.05] [--recordings 1,2,3,4,5]
                                      [--each] [--weights FILE] [--command ATTRACTOR] [--out runs/forecast]
Rows: 50 to a period. Of each recording (a seed) the context, with noise of so many standard deviations, and the 10,000 rows after it,
without noise, as the truth. D_stsp: 30 bins of each of three coordinates, the leading principal components of more; D_H as in
docs/metrics.md. Floor: another recording as the forecast. Valid steps: until the error passes 0.4 standard deviations. Cover: the
share of values within the nominal 90 % intervals one Lyapunov time ahead; context rows may be too few for one, which is then said by a
star. --each scores every candidate by itself as well; --weights FILE lets a DynaMix model take part.
"""
import argparse
import json
import os
import subprocess
import sys

import numpy as np

TRUTH = 10000
here = os.path.dirname(os.path.abspath(__file__))

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--systems")
p.add_argument("--contexts", default="500,2000")
p.add_argument("--noise", default="0,0.05")
p.add_argument("--recordings", default="1,2,3,4,5")
p.add_argument("--each", action="store_true")
p.add_argument("--weights")
p.add_argument("--command", help="an attractor that is built already")
p.add_argument("--out", default=os.path.join("runs", "forecast"))
a = p.parse_args()

project = os.path.join(here, "..", "src", "Attractor.Cli")
if a.command is None:
    subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
attractor = a.command or os.path.join(project, "bin", "Release", "net10.0", "Attractor.Cli")
CANDIDATES = ["persistence", "parroting", "linear", "ngrc", "esn", "sindy"] + (["dynamix"] if a.weights else [])


def run(*words):
    done = subprocess.run([attractor, *words, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode == 1:
        return None
    if done.returncode != 0:
        sys.exit(f"attractor {' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def twenty():
    """Names and Lyapunov times by the rule, or those asked for."""
    with open(os.path.join(here, "..", "docs", "lyapunov-table.json")) as file:
        table = {s["name"]: s for s in json.load(file)["systems"] if s.get("kind") == "flow" and s.get("exponents")}
    if a.systems:
        return [(name, 1 / table[name]["exponents"][0]) for name in a.systems.split(",")]
    groups = {True: [], False: []}
    for name, s in sorted(table.items()):
        if not s.get("chaotic") or s["dimension"] not in (3, 4) or not (s.get("mean_trace") or 0) < -0.01:
            continue
        about = run("systems", name)
        if about["angles"] or "driven" in about["tags"] or not about["period"]:
            continue
        text = " ".join(about["equations"])
        polynomial = not any(f + "(" in text for f in
                             "sin cos tan asin acos atan sinh cosh tanh exp log sqrt abs sign floor min max mod step atan2".split())
        groups[polynomial and "/" not in text].append(name)
    chosen = [group[i * len(group) // count] for group, count in ((groups[True], 12), (groups[False], 8)) for i in range(min(count, len(group)))]
    return [(name, 1 / table[name]["exponents"][0]) for name in sorted(chosen)]


def seen(truth, other):
    """The three coordinates that are binned."""
    if truth.shape[1] <= 3:
        return truth, other
    mean, scale = truth.mean(0), truth.std(0)
    _, _, directions = np.linalg.svd((truth - mean) / scale, full_matrices=False)
    return ((truth - mean) / scale) @ directions[:3].T, ((other - mean) / scale) @ directions[:3].T


def d_stsp(truth, orbit, bins=30, smoothing=1e-5):
    if not np.isfinite(orbit).all():
        return float("inf")
    truth, orbit = seen(truth, orbit)
    margin = 0.1 * truth.std(0, ddof=1)
    edges = [np.linspace(lo, hi, bins + 1) for lo, hi in zip(truth.min(0) - margin, truth.max(0) + margin)]
    n, m = (np.histogramdd(x, edges)[0].ravel() for x in (truth, orbit))
    if m.sum() == 0:
        return float("inf")
    p, q = ((c + smoothing) / (c.sum() + smoothing * c.size) for c in (n, m))
    return float((p * np.log(p / q)).sum())


def spectrum(x, sigma=20):
    power = np.abs(np.fft.rfft((x - x.mean()) / x.std())) ** 2
    reach = int(4 * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    smooth = np.convolve(np.pad(power, reach, mode="symmetric"), weights / weights.sum(), mode="valid")
    smooth = np.maximum(smooth, 0)
    return smooth / smooth.sum()


def d_h(truth, orbit):
    if not np.isfinite(orbit).all() or (orbit.std(0) == 0).any():
        return 1.0
    return float(np.mean([np.sqrt(max(0, 1 - np.sqrt(spectrum(t) * spectrum(o)).sum())) for t, o in zip(truth.T, orbit.T)]))


def scores(truth, orbit, ahead):
    """D_stsp, D_H, the error at one Lyapunov time and the valid steps."""
    scale = truth.std(0)
    error = np.sqrt((((orbit - truth) / scale) ** 2).mean(1))
    late = np.flatnonzero(~(error <= 0.4))
    return d_stsp(truth, orbit), d_h(truth, orbit), float(error[ahead - 1]), int(late[0]) if late.size else len(error)


def read(path):
    return np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)


def forecast(context, dt, *more):
    orbit, interval = os.path.join(a.out, "orbit.csv"), os.path.join(a.out, "interval.csv")
    weights = ["--weights", a.weights] if a.weights else []
    told = run("forecast", context, "--dt", repr(dt), "--steps", str(TRUTH), "-o", orbit, "--intervals", interval, *weights, *more)
    return (told, read(orbit), read(interval)) if told else (None, None, None)


os.makedirs(a.out, exist_ok=True)
print("| system | rows | noise | recording | by | D_stsp | floor | ratio | D_H | floor | error at 1 LT | valid, LT | expected, LT | cover | seconds |")
print("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
total = {}
for name, lyapunov in twenty():
    dt = run("systems", name)["period"] / 50
    ahead = max(1, round(lyapunov / dt))
    longest = max(int(c) for c in a.contexts.split(","))
    other = os.path.join(a.out, "other.npy")
    run("simulate", name, "-n", str(TRUTH), "--dt", repr(dt), "--seed", "1000", "-o", other)
    for seed in a.recordings.split(","):
        path = os.path.join(a.out, "recording.npy")
        run("simulate", name, "-n", str(longest + TRUTH), "--dt", repr(dt), "--seed", seed, "-o", path)
        x = np.load(path)
        truth = x[longest:]
        floors = d_stsp(truth, np.load(other)), d_h(truth, np.load(other))
        for rows in (int(c) for c in a.contexts.split(",")):
            for noise in a.noise.split(","):
                context = x[longest - rows:longest]
                random = np.random.default_rng([int(seed), rows])
                context = context + float(noise) * context.std(0) * random.standard_normal(context.shape)
                file = os.path.join(a.out, "context.npy")
                np.save(file, context)
                for only in [None] + (CANDIDATES if a.each else []):
                    told, orbit, interval = forecast(file, dt, *(["--only", only] if only else []))
                    if told is None:
                        print(f"| {name} | {rows} | {noise} | {seed} | {only} | out |||||||||", flush=True)
                        continue
                    d, h, error, valid = scores(truth, orbit, ahead)
                    row = truth[ahead - 1]
                    inside = ((row >= interval[ahead - 1, 0::2]) & (row <= interval[ahead - 1, 1::2])).mean()
                    star = "" if ahead <= told["calibrated_steps"] else "*"
                    expected = told["expected_valid_steps"]
                    by = f"({only})" if only else told["chosen"]
                    print(f"| {name} | {rows} | {noise} | {seed} | {by} | {d:.3g} | {floors[0]:.3g} | {d / floors[0]:.2f} | {h:.3f} | {floors[1]:.3f}"
                          f" | {error:.3g} | {valid / ahead:.2f} | {'' if expected is None else round(expected / ahead, 2)} | {inside:.2f}{star}"
                          f" | {told['seconds']:.2f} |", flush=True)
                    total.setdefault((rows, noise, only or "chosen"), []).append(
                        (d / floors[0], h / floors[1], error, valid / ahead, inside if not star else np.nan, told["seconds"]))

print("\n| rows | noise | by | forecasts | D_stsp / floor, median | D_H / floor | error at 1 LT | valid, LT | cover | seconds |")
print("|---|---|---|---|---|---|---|---|---|---|")
for (rows, noise, by), all_of in total.items():
    v = np.array(all_of)
    print(f"| {rows} | {noise} | {by} | {len(v)} | " + " | ".join(f"{x:.3g}" for x in np.median(v[:, :4], 0))
          + f" | {np.nanmean(v[:, 4]):.3f} | {np.median(v[:, 5]):.2f} |")
