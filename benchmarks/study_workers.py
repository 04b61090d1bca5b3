#!/usr/bin/env python3
"""Many trivial trials through many worker processes, some of which are killed, against an undisturbed study.

    dotnet build src/Attractor.Cli -c Release
    python3 benchmarks/study_workers.py --trials 10000 --workers 16 --kills 500
    python3 benchmarks/study_workers.py --trials 10000 --workers 16 --kills 500 --store postgres://user@host/database

Each trial fits a next-generation reservoir to 60 rows. Says how many trials were done once, twice and never, whether the models have
the bits of those of one worker that nobody disturbs, and how many trials were done a second.
"""
import argparse
import hashlib
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("--trials", type=int, default=1000)
parser.add_argument("--workers", type=int, default=8)
parser.add_argument("--kills", type=int, default=20)
parser.add_argument("--compared", type=int, default=500, help="trials whose bits are compared")
parser.add_argument("--store")
parser.add_argument("--lease", type=int, default=5)
options = parser.parse_args()

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
program = ["dotnet", os.path.join(root, "src/Attractor.Cli/bin/Release/net10.0/Attractor.Cli.dll")]
store = ["--store", options.store] if options.store else []


def attractor(*words):
    done = subprocess.run(program + list(words) + ["--json"], capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def create(name, trials, where):
    attractor("study", "create", name, "ngrc", "data.csv", "--vary", "ridge=1e-8..1", "--set", "delays=1", "--set", "orders=1",
              "--objective", "mse", "--sampler", "random", "--trials", str(trials), "--lease", str(options.lease), "--name",
              f"{name}-{os.getpid()}", *where)


def work():
    return subprocess.Popen(program + ["study", "work", "STUDY", "--quiet", *store], cwd=folder, stdout=subprocess.DEVNULL)


def model(study, number):
    with open(os.path.join(folder, study, "trials", f"{number:06d}", "model.safetensors"), "rb") as file:
        return hashlib.md5(file.read()).hexdigest()


with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "data.csv"), "w") as data:
        data.write("x,y\n" + "".join(f"{math.cos(0.3 * t):.6f},{math.sin(0.3 * t):.6f}\n" for t in range(60)))
    create("STUDY", options.trials, store)
    began = time.time()
    workers = [work() for _ in range(options.workers)]
    generator, killed = random.Random(1), 0
    while killed < options.kills and any(w.poll() is None for w in workers):
        time.sleep(generator.uniform(0.1, 0.6))
        victim = generator.randrange(len(workers))
        if workers[victim].poll() is None:
            workers[victim].kill()
            workers[victim].wait()
            workers[victim] = work()
            killed += 1
    codes = [w.wait() for w in workers]
    seconds = time.time() - began
    trials = attractor("study", "export", "STUDY", *store)["trials"]
    numbers = [t["number"] for t in trials if t["state"] == "completed"]
    compared = min(options.compared, options.trials)
    create("WHOLE", compared, [])
    attractor("study", "run", "WHOLE")
    same = sum(model("STUDY", n) == model("WHOLE", n) for n in range(compared))
    print(json.dumps({
        "trials": options.trials, "workers": options.workers, "killed": killed, "exit_codes": sorted(set(codes)),
        "completed": len(numbers), "missing": options.trials - len(set(numbers)), "twice": len(numbers) - len(set(numbers)),
        "taken_again": sum(t["attempt"] > 1 for t in trials), "compared": compared, "same_bits": same,
        "seconds": round(seconds, 1), "trials_per_second": round(options.trials / seconds, 1),
    }))
