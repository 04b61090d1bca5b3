"""Every hot loop beside the ceilings of the processor, and how the cost of a training update grows with its sizes: tables and a figure.

Ceilings (multiply-adds on registers, bytes from each cache) are measured in turn with the loops, in one process on one thread; the best of many
short rounds counts, so that a busy machine does little harm. PyTorch stands beside the growth where it is installed.
usage: python3 benchmarks/performance.py [--core 0] [--only "Lyapunov"] [--runs 3] [--growth] [--figure growth.svg] [--short] [--no-peer]
--growth does the second part alone, --only some loops of the first alone; --short does little of each, to see that it runs.
"""
import argparse
import json
import math
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--core", default="0", help="the core everything is pinned to")
p.add_argument("--only", help="some loops, by a part of their name")
p.add_argument("--runs", type=int, default=1, help="runs of the loops, of which the best counts")
p.add_argument("--growth", action="store_true", help="the growth of cost alone")
p.add_argument("--figure", help="where the figure of the growth goes, as SVG")
p.add_argument("--short", action="store_true")
p.add_argument("--no-peer", action="store_true", help="leave PyTorch out")
p.add_argument("--no-build", action="store_true", help="take the program as it was last built")
a = p.parse_args()

project = os.path.join(here, "Attractor.Benchmarks")
if not a.no_build:
    subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo"], check=True, stdout=sys.stderr)
exe = os.path.join(project, "bin", "Release", "net10.0", "Attractor.Benchmarks")
pin = ["taskset", "-c", a.core]
short = ["--short"] if a.short else []


def lines(*arguments):
    done = subprocess.run(pin + [exe, *arguments, *short], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def processor():
    with open("/proc/cpuinfo") as f:
        return next((line.split(":")[1].strip() for line in f if line.startswith("model name")), "unknown processor")


def number(x):
    for factor, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if x >= factor:
            return f"{x / factor:.3g} {suffix}"
    return f"{x:.3g}"


def seconds(x):
    for factor, suffix in ((1, "s"), (1e-3, "ms"), (1e-6, "us")):
        if x >= factor:
            return f"{x / factor:.3g} {suffix}"
    return f"{x * 1e9:.3g} ns"


def roofline():
    ceilings, *loops = lines("roofline", *([a.only] if a.only else []))
    for _ in range(a.runs - 1):
        again, *others = lines("roofline", *([a.only] if a.only else []))
        ceilings = {k: max(v, again[k]) for k, v in ceilings.items()}
        loops = [min(pair, key=lambda o: o["seconds"]) for pair in zip(loops, others)]
    print(f"{processor()}, one core. Ceilings: {ceilings['fma_peak_gflops']:.0f} GFLOP/s in float32, half of it in float64; "
          f"read from the second cache {ceilings['l2_gb']:.0f} GB/s, from the third {ceilings['l3_gb']:.0f}, from memory {ceilings['memory_gb']:.0f}.\n")
    print("| loop | size | best | median | operations | bytes | of the peak | of the bandwidth | nearer limit |\n|---|---|---|---|---|---|---|---|---|")
    for o in loops:
        moved = f"{number(o['bytes'])}B {o['level']}" if o["bytes"] else "-"
        limit = o["limit"] if max(o["of_peak"], o["of_bandwidth"]) > 0.3 else "latency, control"
        print(f"| {o['loop']} | {o['size']} | {seconds(o['seconds'])} {'an' if o['unit'][0] in 'aeiou' else 'a'} {o['unit']} | {seconds(o['median'])} | {number(o['operations'])}, f{o['precision']} "
              f"| {moved} | {100 * o['of_peak']:.0f} % | {100 * o['of_bandwidth']:.0f} % | {limit} |")


def torch_seconds(o):
    command = pin + ["/usr/bin/python3", os.path.join(here, "peers", "shplrnn_train.py"), str(o["M"]), str(o["L"])]
    command += ["--N", str(o["N"]), "--T", str(o["T"]), "--B", str(o["batch"]), "--form", "manual", "--repeats", "3"]
    done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, PEERS_WAIT_S="0"))
    return json.loads(done.stdout)["seconds_min"] if done.returncode == 0 else None


def slope(points):
    x, y = [math.log(v) for v, _ in points], [math.log(s) for _, s in points]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((i - mx) * (j - my) for i, j in zip(x, y)) / sum((i - mx) ** 2 for i in x)


def growth():
    found = lines("cost-growth")
    peers = not a.no_peer and not a.short and subprocess.run(["/usr/bin/python3", "-c", "import torch, numpy"], capture_output=True).returncode == 0
    axes = list(dict.fromkeys(o["axis"] for o in found))
    print("\nA training update, float32; but for the size of the row N 3, M 20, L 100, T 200, batch 16 (M 100 where N grows).\n")
    print("| size | from | to | ours, ms | exponent | of its upper half | PyTorch, hand-written BPTT, ms | exponent |\n|---|---|---|---|---|---|---|---|")
    for axis in axes:
        rows = [o for o in found if o["axis"] == axis]
        for o in rows:
            # A process of its own each: the ends and one between them.
            o["torch"] = torch_seconds(o) if peers and o in (rows[0], rows[len(rows) // 2], rows[-1]) else None
        ours = [(o["value"], o["seconds"]) for o in rows]
        torch = [(o["value"], o["torch"]) for o in rows if o["torch"]]
        if len(ours) < 2:
            print(f"| {axis} | {ours[0][0]} | | {1e3 * ours[0][1]:.3g} | | | | |")
            continue
        theirs = f"{1e3 * torch[0][1]:.3g} to {1e3 * torch[-1][1]:.3g} | {slope(torch):.2f}" if len(torch) > 1 else "- | -"
        print(f"| {axis} | {ours[0][0]} | {ours[-1][0]} | {1e3 * ours[0][1]:.3g} to {1e3 * ours[-1][1]:.3g} | {slope(ours):.2f} | {slope(ours[-3:]):.2f} | {theirs} |", flush=True)
    if a.figure:
        with open(a.figure, "w") as f:
            f.write(figure(found, axes))
        print(f"\n{a.figure}")


def figure(found, axes):
    """Small multiples, both axes logarithmic over the same decades: ours a line, PyTorch dashed."""
    width, height, left, top = 170, 210, 52, 30
    values = [s for o in found for s in (o["seconds"], o["torch"]) if s]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + len(axes) * (width + 14)} {top + height + 44}" '
           'font-family="sans-serif" font-size="11" fill="#444">']
    y = lambda s: top + height * (1 - (math.log10(s) - low) / (high - low))
    for d in range(low, high + 1):
        label = seconds(1.0001 * 10.0**d).split()
        out.append(f'<text x="{left - 6}" y="{y(10.0**d) + 4:.1f}" text-anchor="end">{label[0].split(".")[0]} {label[1]}</text>')
    for i, axis in enumerate(axes):
        rows = [o for o in found if o["axis"] == axis]
        x0 = left + i * (width + 14)
        first, last = math.log10(rows[0]["value"]), math.log10(rows[-1]["value"])
        x = lambda v: x0 + 8 + (width - 16) * (math.log10(v) - first) / max(1e-9, last - first)
        out.append(f'<rect x="{x0}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#ccc"/>')
        out += [f'<line x1="{x0}" x2="{x0 + width}" y1="{y(10.0**d):.1f}" y2="{y(10.0**d):.1f}" stroke="#eee"/>' for d in range(low + 1, high)]
        for key, colour, dash in (("torch", "#b5651d", ' stroke-dasharray="5 3"'), ("seconds", "#1f5fa8", "")):
            points = [(x(o["value"]), y(o[key])) for o in rows if o[key]]
            if not points:
                continue
            path = " ".join(f"{u:.1f},{v:.1f}" for u, v in points)
            out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>')
            out += [f'<circle cx="{u:.1f}" cy="{v:.1f}" r="2.4" fill="{colour}"/>' for u, v in points]
        for o in (rows[0], rows[-1]):
            out.append(f'<text x="{x(o["value"]):.1f}" y="{top + height + 15}" text-anchor="middle">{o["value"]}</text>')
        out.append(f'<text x="{x0 + width / 2}" y="{top + height + 34}" text-anchor="middle">{axis}</text>')
    out.append(f'<text x="{left}" y="16" fill="#1f5fa8">this library</text><text x="{left + 90}" y="16" fill="#b5651d">PyTorch, hand-written BPTT (dashed)</text>')
    return "\n".join(out + ["</svg>", ""])


if not a.growth:
    roofline()
if not a.only:
    growth()
