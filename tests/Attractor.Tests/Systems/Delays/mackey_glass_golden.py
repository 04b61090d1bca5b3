"""Golden values of the Mackey-Glass equation from SciPy, written independently of the library.

Usage: python3 mackey_glass_golden.py   (writes mackey_glass.golden.json beside itself)

Method of steps: on each interval between two multiples of the delay, where the solution is smooth, the delayed value is
a known function, and an ordinary differential equation is left, which DOP853 integrates to a tolerance of 1e-13.
"""
import json
import pathlib

import numpy as np
from scipy.integrate import solve_ivp

BETA, GAMMA, EXPONENT, DELAY, HISTORY = 0.2, 0.1, 10, 17.0, 1.2
END = 100.0


def solve():
    pieces = [lambda t: HISTORY]
    value = HISTORY
    for k in range(int(np.ceil(END / DELAY))):
        past = pieces[-1]

        def derivative(t, x, past=past):
            delayed = past(t - DELAY)
            return BETA * delayed / (1 + delayed**EXPONENT) - GAMMA * x

        solution = solve_ivp(derivative, (k * DELAY, (k + 1) * DELAY), [value], method="DOP853",
                             rtol=1e-13, atol=1e-15, max_step=0.25, dense_output=True)
        pieces.append(lambda t, s=solution.sol: s(t)[0])
        value = solution.y[0, -1]
    return pieces


def row(pieces, t):
    return float(pieces[min(int(t // DELAY) + 1, len(pieces) - 1)](t))


def case(pieces, dt):
    times = dt * np.arange(int(END / dt) + 1)
    return dict(dt=dt, values=[row(pieces, t) for t in times])


if __name__ == "__main__":
    pieces = solve()
    path = pathlib.Path(__file__).with_name("mackey_glass.golden.json")
    path.write_text(json.dumps([case(pieces, 1.0), case(pieces, 0.73)], indent=2) + "\n")
