"""Races models on systems of the catalogue, and on recordings, and scores the winners on data that the race has not seen.

usage: python3 benchmarks/race_systems.py [--systems a,b] [--noise 0,0.05] [--budget 60s] [--seeds 0] [--out runs/race-systems]
       python3 benchmarks/race_systems.py --recordings FOLDER FOLDER ...      folders that hold train.npy and test.npy
Without --systems: twelve flows, every tenth by name of those of the catalogue that are chaotic and whose exponent is known.
A system gives 40,000 rows at 100 to its period, standardised by their first half, which is trained on, with Gaussian noise of so many
standard deviations; the second half is the test, without noise. Floor: D_stsp of the halves of the test.
"""
import argparse
import json
import os
import subprocess
import sys

import numpy as np

TWELVE = ("aizawa,blinkingvortex,colpitts,guckenheimerholmes,hyperlu,itikbankstumor,luchen,pehlivanwei,"
          "sanumsrisuchinwong,sprottj,sprotts,yuwang")
ROWS = 20000

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--systems", default=TWELVE)
p.add_argument("--recordings", nargs="*")
p.add_argument("--noise", default="0,0.05")
p.add_argument("--budget", default="60s")
p.add_argument("--seeds", default="0")
p.add_argument("--rows", type=int, default=ROWS, help="of each half")
p.add_argument("--out", default=os.path.join("runs", "race-systems"))
p.add_argument("--command", help="an attractor that is built already")
a = p.parse_args()

here = os.path.dirname(os.path.abspath(__file__))
project = os.path.join(here, "..", "src", "Attractor.Cli")
if a.command is None:
    subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
attractor = a.command or os.path.join(project, "bin", "Release", "net10.0", "Attractor.Cli")


def run(*words):
    done = subprocess.run([attractor, *words, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    # 1: a model that does not run; it is a result like another.
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"attractor {' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def simulated(system):
    """Two halves of a trajectory at 100 rows to the period, standardised by the first, and the time between two rows."""
    path = os.path.join(a.out, f"{system}.npy")
    dt = run("systems", system)["period"] / 100
    run("simulate", system, "-n", str(2 * a.rows), "--dt", repr(dt), "-o", path)
    x = np.load(path)
    x = (x - x[:a.rows].mean(0)) / x[:a.rows].std(0)
    return x[:a.rows], x[a.rows:], dt


def recordings():
    """Names, folders with train.npy and test.npy, and what there is to say of time."""
    for folder in a.recordings or []:
        yield os.path.basename(os.path.normpath(folder)), folder, []
    if a.recordings:
        return
    for system in a.systems.split(","):
        train, test, dt = simulated(system)
        for noise in a.noise.split(","):
            folder = os.path.join(a.out, f"{system}-{noise}")
            os.makedirs(folder, exist_ok=True)
            random = np.random.default_rng(1)
            np.save(os.path.join(folder, "train.npy"), train + float(noise) * random.standard_normal(train.shape))
            np.save(os.path.join(folder, "test.npy"), test)
            yield f"{system}, noise {noise}", folder, ["--dt", repr(dt)]


os.makedirs(a.out, exist_ok=True)
print("| data | seed | winner | D_stsp | floor | ratio | D_H | floor | exponent | verdict, training data | verdict, test data | seconds |")
print("|---|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
for name, folder, time in recordings():
    for seed in a.seeds.split(","):
        model = os.path.join(a.out, f"{os.path.basename(folder)}-seed{seed}")
        race = run("train", "auto", os.path.join(folder, "train.npy"), "--budget", a.budget, "--seed", seed, "-o", model, "--overwrite", *time)
        s = run("evaluate", model, os.path.join(folder, "test.npy"))
        value = {k: float("nan") if s.get(k) is None else s[k]
                 for k in ("d_stsp", "d_stsp_floor", "d_hellinger", "d_hellinger_floor", "lyapunov_max")}
        d, floor = value["d_stsp"], value["d_stsp_floor"]
        print(f"| {name} | {seed} | {race['winner']} | {d:.3g} | {floor:.3g} | {d / floor:.1f} | {value['d_hellinger']:.3f} | {value['d_hellinger_floor']:.3f}"
              f" | {value['lyapunov_max']:.4g} | {race.get('verdict')} | {s.get('verdict')} | {race['seconds']:.0f} |", flush=True)
