#!/usr/bin/env python3
"""Many trivial trials through many worker processes, some of which are killed, against an undisturbed study.

    dotnet build src/Attractor.Cli -c Release
    python3 benchmarks/study_workers.py --trials 10000 --workers 16 --kills 500
    python3 benchmarks/study_workers.py --trials 10000 --workers 16 --kills 500 --stores sqlite --folder /dev/shm

Each trial fits a next-generation reservoir to 60 rows. PostgreSQL is a server of the script's own on the loopback. The kills are spread over
the trials: each is of a worker drawn at random, when a number of trials drawn at random has been begun, some milliseconds later. In the
middle of the trials the database is killed too: the server with all its processes, which starts again two seconds later; of a file, which
has no process, all workers that have it open at once. How often each trial ended is counted by triggers in the database, which the workers
know nothing of. At the end the models of all trials are compared with those of a study that nobody disturbed.
"""
import argparse
import glob
import hashlib
import json
import math
import os
import pwd
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("--trials", type=int, default=1000)
parser.add_argument("--workers", type=int, default=8)
parser.add_argument("--kills", type=int, default=20)
parser.add_argument("--undisturbed", type=int, default=1, help="workers of the study that nobody disturbs")
parser.add_argument("--stores", default="sqlite,postgres")
parser.add_argument("--lease", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--folder", help="where the studies and the databases lie while it runs")
options = parser.parse_args()

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
program = ["dotnet", os.path.join(root, "src/Attractor.Cli/bin/Release/net10.0/Attractor.Cli.dll")]
COUNTED = "NEW.state NOT IN ('waiting', 'running')"


class Server:
    """A PostgreSQL of Debian's package, with its usual settings."""

    def __init__(self, folder):
        self.folder, self.data = folder, os.path.join(folder, "data")
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        os.makedirs(folder)
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        self.run("initdb", "-D", self.data, "-U", "study", "--auth=trust", "-E", "UTF8")
        self.start()
        self.store = f"postgres://study@127.0.0.1:{self.port}/postgres"

    def run(self, name, *words):
        command = [os.path.join(self.programs, name), *words]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", *command]
        subprocess.run(command, check=True, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", os.path.join(self.folder, "log"), "-o",
                 f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}", "start")

    def kill(self, workers):
        with open(os.path.join(self.data, "postmaster.pid")) as file:
            main = int(file.readline())
        with open(f"/proc/{main}/task/{main}/children") as file:
            processes = [main, *map(int, file.read().split())]
        for process in processes:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(2)
        self.start()

    def ask(self, text):
        done = subprocess.run(
            [os.path.join(self.programs, "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "study", "-At", "-F", ",", "-c", text,
             "postgres"], capture_output=True, text=True, check=True)
        return [tuple(map(int, line.split(","))) for line in done.stdout.splitlines() if line[:1].isdigit()]

    def count_endings(self):
        self.ask("CREATE TABLE counted (number bigint)")
        self.ask("CREATE FUNCTION counting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO counted VALUES (NEW.number); "
                 "RETURN NEW; END $$")
        self.ask(f"CREATE TRIGGER counts AFTER UPDATE OF state ON attractor_trial FOR EACH ROW WHEN ({COUNTED}) "
                 "EXECUTE FUNCTION counting()")

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")


class File:
    """The file of a study, which has no process of its own."""

    store = None

    def __init__(self, folder):
        self.path = os.path.join(folder, "STUDY", "study.db")

    def ask(self, text):
        with sqlite3.connect(self.path, timeout=60) as database:
            return database.execute(text).fetchall()

    def count_endings(self):
        self.ask("CREATE TABLE counted (number bigint)")
        self.ask(f"CREATE TRIGGER counts AFTER UPDATE OF state ON attractor_trial WHEN {COUNTED} "
                 "BEGIN INSERT INTO counted VALUES (NEW.number); END")

    def kill(self, workers):
        for worker in workers:
            worker.kill()
        for i, worker in enumerate(workers):
            worker.wait()
            workers[i] = work()

    def stop(self):
        pass


def attractor(*words):
    done = subprocess.run(program + list(words) + ["--json"], capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def create(name, store):
    attractor("study", "create", name, "ngrc", "data.csv", "--vary", "ridge=1e-8..1", "--set", "delays=1", "--set", "orders=1",
              "--objective", "mse", "--sampler", "random", "--trials", str(options.trials), "--lease", str(options.lease),
              *(["--store", store] if store else []))


def work():
    return subprocess.Popen(program + ["study", "work", "STUDY", "--quiet"], cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)


def begun():
    return sum(not name.endswith(".json") for name in os.listdir(os.path.join(folder, "STUDY", "trials")))


def model(study, number):
    with open(os.path.join(folder, study, "trials", f"{number:06d}", "model.safetensors"), "rb") as file:
        return hashlib.md5(file.read()).hexdigest()


def disturbed(name):
    """One study through all workers, and what became of it."""
    database = File(folder) if name == "sqlite" else Server(os.path.join(folder, "postgres"))
    try:
        create("STUDY", database.store)
        database.count_endings()
        generator = random.Random(options.seed)
        # The last kills come while the last trials run.
        whens = sorted(generator.uniform(0, options.trials) for _ in range(options.kills))
        start = time.time()
        workers = [work() for _ in range(options.workers)]
        killed = databases = refused = 0
        while any(w.poll() is None for w in workers):
            time.sleep(0.1)
            # One that began while the server was away ended at once; whoever starts workers starts it again.
            for i, worker in enumerate(workers):
                if worker.poll():
                    workers[i], refused = work(), refused + 1
            count = begun()
            if options.kills and not databases and count > options.trials / 2:
                database.kill(workers)
                databases = 1
            while killed < options.kills and whens[killed] < count:
                time.sleep(generator.uniform(0, 0.05))
                victim = generator.randrange(len(workers))
                workers[victim].kill()
                workers[victim].wait()
                workers[victim] = work()
                killed += 1
        codes = [w.wait() for w in workers]
        seconds = time.time() - start
        endings = dict(database.ask("SELECT number, count(*) FROM counted GROUP BY number"))
        trials = attractor("study", "export", "STUDY")["trials"]
    finally:
        database.stop()
    completed = {t["number"] for t in trials if t["state"] == "completed"}
    return {
        "store": name, "trials": options.trials, "workers": options.workers, "killed": killed, "databases_killed": databases,
        "began_without_database": refused,
        "exit_codes": sorted(set(codes)), "completed": len(completed), "lost": options.trials - len(completed),
        "ended_once": sum(n == 1 for n in endings.values()), "ended_twice": sum(n > 1 for n in endings.values()),
        "taken_again": sum(t["attempt"] > 1 for t in trials), "most_attempts": max(t["attempt"] for t in trials),
        "same_bits": sum(model("STUDY", n) == whole[n] for n in completed),
        "seconds": round(seconds, 1), "trials_per_second": round(options.trials / seconds, 1),
    }


folder = tempfile.mkdtemp(dir=options.folder)
# The server is another user's, who has to come through to its own folder.
os.chmod(folder, 0o711)
with open(os.path.join(folder, "errors"), "w+") as errors:
    with open(os.path.join(folder, "data.csv"), "w") as data:
        data.write("x,y\n" + "".join(f"{math.cos(0.3 * t):.6f},{math.sin(0.3 * t):.6f}\n" for t in range(60)))
    create("WHOLE", None)
    started = time.time()
    attractor("study", "run", "WHOLE", "--workers", str(options.undisturbed))
    print(json.dumps({"undisturbed": options.trials, "seconds": round(time.time() - started, 1)}), flush=True)
    whole = {n: model("WHOLE", n) for n in range(options.trials)}
    shutil.rmtree(os.path.join(folder, "WHOLE"))
    good = True
    for store in options.stores.split(","):
        found = disturbed(store)
        print(json.dumps(found), flush=True)
        good &= found["ended_once"] == found["same_bits"] == options.trials and not found["lost"] and not found["ended_twice"]
        shutil.rmtree(os.path.join(folder, "STUDY"))
    errors.seek(0)
    for line in sorted(set(errors.read().splitlines()))[:20]:
        print(line, file=sys.stderr)
shutil.rmtree(folder)
sys.exit(0 if good else 1)
