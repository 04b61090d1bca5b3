"""Golden values of D_stsp and D_H from NumPy and SciPy, written independently of the library.

Usage: python3 metrics_golden.py   (writes metrics.golden.json beside itself)

The input series come from an integer generator and a recurrence of single multiplications and additions, which any
language with IEEE doubles repeats to the bit (GoldenSeries.cs does).
"""
import json
import pathlib

import numpy as np
from scipy.ndimage import gaussian_filter1d

EPSILON = 1e-5


def series(seed, length, dimension, decay, shift):
    state, values, x = seed, np.empty((length, dimension)), [0.0] * dimension
    for t in range(length):
        for n in range(dimension):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            noise = (state >> 11) * 2.0**-53 - 0.5
            x[n] = decay * x[n] + (0.25 * x[(n + 1) % dimension] + noise)
        values[t] = x
    return values + shift


def d_stsp(truth, generated, bins):
    sd = truth.std(axis=0, ddof=1)
    low, high = truth.min(axis=0) - 0.1 * sd, truth.max(axis=0) + 0.1 * sd
    edges = [np.linspace(a, b, bins + 1) for a, b in zip(low, high)]

    def counts(points):
        index = np.stack([np.searchsorted(e, x, side="right") - 1 for e, x in zip(edges, points.T)])
        index = index[:, ((index >= 0) & (index < bins)).all(axis=0)]
        return np.bincount(np.ravel_multi_index(index, [bins] * len(edges)), minlength=bins ** len(edges))

    n, m = counts(truth), counts(generated)
    p = (n + EPSILON) / (n.sum() + EPSILON * n.size)
    q = (m + EPSILON) / (m.sum() + EPSILON * m.size)
    return float(np.sum(p * np.log(p / q)))


def components(truth, series):
    """The three leading principal components of the variables in standard deviations of the truth."""
    z = (truth - truth.mean(axis=0)) / truth.std(axis=0)
    _, _, directions = np.linalg.svd(z - z.mean(axis=0), full_matrices=False)
    return ((series - truth.mean(axis=0)) / truth.std(axis=0)) @ directions[:3].T


def occupied(points, bins):
    sd = points.std(axis=0, ddof=1)
    low, high = points.min(axis=0) - 0.1 * sd, points.max(axis=0) + 0.1 * sd
    return len(np.unique(np.floor((points - low) * bins / (high - low)), axis=0))


def form(truth, generated):
    """D_stsp in the bins that the rows can fill: (bins, value)."""
    few = truth.shape[1] <= 3
    p, q = (truth, generated) if few else (components(truth, truth), components(truth, generated))
    bins = next(k for k in range(30, 1, -1) if k == 2 or len(p) / occupied(p, k) >= (5 if few else 25))
    return bins, d_stsp(p, q, bins)


def spectrum(x, sigma):
    power = np.abs(np.fft.rfft((x - x.mean()) / x.std())) ** 2
    power = gaussian_filter1d(power, sigma, mode="reflect", truncate=4).clip(min=0)
    return power / power.sum()


def d_hellinger(truth, generated, sigma):
    length = min(len(truth), len(generated))
    distances = []
    for x, y in zip(truth[:length].T, generated[:length].T):
        overlap = np.sum(np.sqrt(spectrum(x, sigma) * spectrum(y, sigma)))
        distances.append(np.sqrt(1 - overlap))
    return float(np.mean(distances))


def mean_log_density(points, z, variance):
    from scipy.special import logsumexp
    squares = ((z[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    return float(np.mean(logsumexp(-squares / (2 * variance), axis=1) - np.log(len(points))))


def case(dimension, length, generated_length, decay, generated_decay, shift, bins, sigma):
    truth = series(1, length, dimension, decay, 0.0)
    generated = series(2, generated_length, dimension, generated_decay, shift)
    return dict(dimension=dimension, length=length, generatedLength=generated_length, decay=decay,
                generatedDecay=generated_decay, shift=shift, bins=bins, sigma=sigma,
                stateSpaceDivergence=d_stsp(truth, generated, bins),
                hellingerDistance=d_hellinger(truth, generated, sigma),
                spectrumHead=spectrum(truth[:, 0], sigma)[:4].tolist(),
                formBins=form(truth, generated)[0], formDivergence=form(truth, generated)[1],
                meanLogDensity=mean_log_density(generated, truth[:50], 0.3))


CASES = [
    case(2, 4000, 4000, 0.6, 0.6, 0.0, 30, 20.0),
    case(2, 2501, 1777, 0.6, 0.3, 0.25, 8, 20.0),
    case(3, 5003, 5003, 0.5, 0.55, 0.05, 30, 20.0),
    case(3, 97, 101, 0.5, 0.1, 0.0, 10, 20.0),
    case(5, 3001, 3500, 0.4, 0.5, -0.1, 30, 1.0),
    case(5, 2048, 2048, 0.4, 0.4, 0.0, 12, 20.0),
]

if __name__ == "__main__":
    path = pathlib.Path(__file__).with_name("metrics.golden.json")
    path.write_text(json.dumps(CASES, indent=2) + "\n")
