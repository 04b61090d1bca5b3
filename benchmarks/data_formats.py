"""Reading files of every format: ours beside pandas, NumPy, SciPy and h5py on the same file.

The files are written first (Parquet and Feather by ours: Debian has no package that does; their peer is polars under Node, if --polars
names a folder where `npm i nodejs-polars@0.25.2 nodejs-polars-linux-x64-gnu@0.25.2` was run), then each is read five times by both, one after the other, on the same cores.
Ours is the reading of the command, which also judges every column; the first reading of each process is left out. Medians.
Needs Debian's python3-numpy, python3-pandas, python3-scipy, python3-h5py and python3-openpyxl, and the benchmarks built in Release.
usage: /usr/bin/python3 benchmarks/data_formats.py [--rows 1000000] [--columns 4] [--cores 0,1] [--rounds 1] [--only csv,npy] [--folder DIR]
"""
import argparse
import gzip
import json
import os
import statistics
import subprocess
import tempfile
import time

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--rows", type=int, default=1_000_000)
p.add_argument("--columns", type=int, default=4)
p.add_argument("--cores", default="0,1", help="the cores all are pinned to")
p.add_argument("--rounds", type=int, default=1, help="of five readings by each")
p.add_argument("--only", help="some of the formats")
p.add_argument("--polars", help="a folder with nodejs-polars in its node_modules")
p.add_argument("--folder", help="where files are written, and stay [a folder of their own, which goes]")
a = p.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
ours = os.path.join(here, "Attractor.Benchmarks", "bin", "Release", "net10.0", "Attractor.Benchmarks")
os.sched_setaffinity(0, {int(c) for c in a.cores.split(",")})

import numpy as np
import pandas as pd
import scipy.io
import scipy.io.wavfile
import h5py


def values(rows):
    return np.random.default_rng(1).standard_normal((rows, a.columns))


def frame(rows):
    return pd.DataFrame(values(rows), columns=[f"v{i + 1}" for i in range(a.columns)])


def by_ours(path, rows):
    source = path + ".source.csv"
    frame(rows).to_csv(source, index=False)
    subprocess.run([ours, "readers-write", source, path], check=True)
    os.remove(source)


def write_h5(path, rows):
    with h5py.File(path, "w") as f:
        f["x"] = values(rows)


def read_h5(path):
    with h5py.File(path) as f:
        return f["x"][:]


def write_gz(path, rows):
    with gzip.open(path, "wt", compresslevel=6) as f:
        frame(rows).to_csv(f, index=False)


def write_wav(path, rows):
    scipy.io.wavfile.write(path, 1000, (values(rows) / 8).astype(np.float32))


def write_edf(path, rows):
    """256 samples of 16 bits a record; no package of Debian reads it but with others that come with it."""
    seconds, n = rows // 256, a.columns
    fields = [(8, "0"), (80, "X"), (80, "Startdate X X X X"), (8, "01.01.24"), (8, "00.00.00"), (8, str(256 * (n + 1))), (44, ""), (8, str(seconds)), (8, "1"), (4, str(n))]
    for width, text in [(16, "EEG"), (80, ""), (8, "uV"), (8, "-1000"), (8, "1000"), (8, "-32768"), (8, "32767"), (80, ""), (8, "256"), (32, "")]:
        fields += [(width, f"{text}{i}" if text == "EEG" else text) for i in range(n)]
    data = (values(seconds * 256) * 5000).clip(-32768, 32767).astype("<i2").reshape(seconds, 256, n).transpose(0, 2, 1)
    with open(path, "wb") as f:
        f.write("".join(text.ljust(width) for width, text in fields).encode())
        f.write(data.tobytes())


POLARS = """
const pl = require("nodejs-polars"), fs = require("fs"), [path, kind] = process.argv.slice(1);
const seconds = [];
for (let i = 0; i < 6; i++) {
  const start = process.hrtime.bigint();
  const frame = kind === "parquet" ? pl.readParquet(path) : pl.readIPC(fs.readFileSync(path));
  const sum = frame.getColumns().map(c => c.sum());
  seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
}
console.log(JSON.stringify(seconds.slice(1)));
"""


def by_polars(kind):
    """Five readings in one process of Node, after one that is left out as ours is; each is summed, as reading may be put off."""
    def read(path):
        return json.loads(subprocess.run(["node", "-e", POLARS, path, kind], cwd=a.polars, check=True, capture_output=True, text=True).stdout)
    read.is_own_process = True
    return read


# Format: share of the rows, writer, reader of the peer, its name.
formats = {
    "npy": (1, lambda path, rows: np.save(path, values(rows)), np.load, "numpy.load"),
    "npz": (1, lambda path, rows: np.savez(path, x=values(rows)), lambda path: np.load(path)["x"], "numpy.load"),
    "csv": (1, lambda path, rows: frame(rows).to_csv(path, index=False), pd.read_csv, "pandas.read_csv"),
    "csv.gz": (1, write_gz, pd.read_csv, "pandas.read_csv"),
    "parquet": (1, by_ours, by_polars("parquet") if a.polars else None, "polars"),
    "feather": (1, by_ours, by_polars("feather") if a.polars else None, "polars"),
    "h5": (1, write_h5, read_h5, "h5py"),
    "mat": (1, lambda path, rows: scipy.io.savemat(path, {"x": values(rows)}), scipy.io.loadmat, "scipy.io.loadmat"),
    "wav": (1, write_wav, scipy.io.wavfile.read, "scipy.io.wavfile"),
    "edf": (1, write_edf, None, ""),
    "jsonl": (0.1, lambda path, rows: frame(rows).to_json(path, orient="records", lines=True), lambda path: pd.read_json(path, lines=True), "pandas.read_json"),
    "xlsx": (0.02, lambda path, rows: frame(rows).to_excel(path, index=False), pd.read_excel, "pandas.read_excel"),
}
wanted = a.only.split(",") if a.only else list(formats)
folder = a.folder or tempfile.mkdtemp(prefix="attractor-formats-")
os.makedirs(folder, exist_ok=True)
print(f"{len(os.sched_getaffinity(0))} cores; numpy {np.__version__}, pandas {pd.__version__}, scipy {scipy.__version__}, h5py {h5py.__version__}")
print("| format | rows | MB | ours, s | MB/s | peer | s | MB/s | ours is |")
print("|---|---|---|---|---|---|---|---|---|")
for name in wanted:
    share, write, read, peer = formats[name]
    rows, path = int(a.rows * share), os.path.join(folder, f"data.{name}")
    if not os.path.exists(path):
        write(path, rows)
    mb = os.path.getsize(path) / 1e6
    own, other = [], []
    for _ in range(a.rounds):
        if getattr(read, "is_own_process", False):
            other += read(path)
        for _ in range(5 if read and not getattr(read, "is_own_process", False) else 0):
            start = time.perf_counter()
            read(path)
            other.append(time.perf_counter() - start)
        line = subprocess.run([ours, "readers", path], check=True, capture_output=True, text=True).stdout
        own.append(statistics.median(json.loads(line)["seconds"]))
    o = statistics.median(own)
    row = f"| {name} | {rows:,} | {mb:.1f} | {o:.3f} | {mb / o:,.0f} |"
    if read:
        s = statistics.median(other)
        row += f" {peer} | {s:.3f} | {mb / s:,.0f} | {s / o:.1f} times as fast |"
    else:
        row += " none in Debian | | | |"
    print(row, flush=True)
    if not a.folder:
        os.remove(path)
if not a.folder:
    os.rmdir(folder)
