"""Golden values of SciPy's RK23 at its default tolerances.

Usage: python3 rk23_golden.py   (writes rk23.golden.json beside itself)
"""
import json
import pathlib

import numpy as np
from scipy.integrate import solve_ivp

SIGMA, RHO, BETA = 10.0, 28.0, 8.0 / 3


def lorenz(t, y):
    return [SIGMA * (y[1] - y[0]), y[0] * (RHO - y[2]) - y[1], y[0] * y[1] - BETA * y[2]]


def oscillator(t, y):
    """Van der Pol at mu = 3: between its slow phases steps are rejected."""
    return [y[1], 3 * (1 - y[0]**2) * y[1] - y[0]]


def decay(t, y):
    """From 0, where the first step has no size to go by, to its equilibrium, where steps are as long as they may be."""
    return [1 - y[0]]


def case(name, field, start, dt, rows, rtol=1e-3, atol=1e-6):
    times = dt * np.arange(rows)
    solution = solve_ivp(field, (0, times[-1]), start, t_eval=times, method="RK23", rtol=rtol, atol=atol)
    return dict(name=name, start=start, dt=dt, rtol=rtol, atol=atol, values=solution.y.T.ravel().tolist())


CASES = [
    case("lorenz", lorenz, [17.67715816276679, 12.931379185960404, 43.91404334248268], 0.025, 401),
    case("lorenz", lorenz, [1.0, 2.0, 20.0], 0.05, 61, 1e-6, 1e-9),
    case("oscillator", oscillator, [2.0, 0.0], 0.1, 201),
    case("decay", decay, [0.0], 0.5, 41),
]

if __name__ == "__main__":
    path = pathlib.Path(__file__).with_name("rk23.golden.json")
    path.write_text(json.dumps(CASES, indent=2) + "\n")
