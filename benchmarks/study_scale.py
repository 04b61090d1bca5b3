#!/usr/bin/env python3
"""What the store of a study sees, by simulation, beside the formula of docs/scale.md.

    python3 benchmarks/study_scale.py --workers 10000 --trials 1000000 --seconds 600 --lease 60
"""
import argparse
import math

import numpy

parser = argparse.ArgumentParser()
parser.add_argument("--workers", type=int, default=10_000)
parser.add_argument("--trials", type=int, default=1_000_000)
parser.add_argument("--seconds", type=float, default=600, help="of a trial in the mean")
parser.add_argument("--spread", type=float, default=0.5, help="standard deviation of the logarithm of that")
parser.add_argument("--lease", type=float, default=60)
parser.add_argument("--start", type=float, default=60, help="seconds within which the workers begin")
parser.add_argument("--reports", type=int, default=0, help="intermediate values of a trial")
options = parser.parse_args()

generator = numpy.random.default_rng(1)
each = math.ceil(options.trials / options.workers)
scale = options.seconds / math.exp(options.spread**2 / 2)
length = int(2 * each * options.seconds + options.start + 1)
seen = numpy.zeros(length)


def count(times):
    global seen
    seen += numpy.bincount(times.astype(int).clip(0, length - 1), minlength=length)


for chunk in range(0, options.workers, 200):
    size = min(200, options.workers - chunk)
    durations = scale * generator.lognormal(0, options.spread, (size, each))
    ends = generator.uniform(0, options.start, (size, 1)) + numpy.cumsum(durations, axis=1)
    starts = ends - durations
    # Taken, given its point, ended.
    count(numpy.concatenate([starts.ravel(), starts.ravel(), ends.ravel()]))
    interval = options.lease / 3
    for n in range(1, int(durations.max() / interval) + 1):
        count((starts + n * interval)[durations > n * interval])
    for n in range(options.reports):
        count((starts + durations * (n + 1) / (options.reports + 1)).ravel())

steady = seen[int(options.start + options.seconds): int(0.8 * each * options.seconds)]
formula = options.workers * ((3 + options.reports) / options.seconds + 3 / options.lease)
# Of a duration only whole intervals are renewed after: half an interval of each trial is not.
exact = options.workers * ((2.5 + options.reports) / options.seconds + 3 / options.lease)
print(f"transactions a second: formula {formula:.0f} (less the half renewal that each trial does not make: {exact:.0f}), "
      f"simulated {steady.mean():.0f}, in the busiest second {seen.max():.0f}; {seen.sum() / 1e6:.1f} million in all, "
      f"{seen.sum() / options.trials:.1f} a trial")
