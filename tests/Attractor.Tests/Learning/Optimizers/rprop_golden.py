"""Writes rprop.golden.json: paths of resilient backpropagation, one scalar at a time, as its papers put it.

Riedmiller and Braun (1993); Igel and Huesken (2003), algorithms 1 (Rprop+), 2 (Rprop-) and 4 (iRprop-). Rprop+ keeps the last change
itself and takes it back, which the library works out from the step size. Run once by hand (Python 3); the tests read the file only.
"""
import json
import os


class Stream:
    """x -> 1103515245 x + 12345 mod 2^31, as numbers in [-1, 1)."""

    def __init__(self, seed):
        self.x = seed

    def next(self):
        self.x = (1103515245 * self.x + 12345) % 2**31
        return self.x / 2**30 - 1


def sign(x):
    return (x > 0) - (x < 0)


class Weight:
    def __init__(self, value, variant, up, down, first, least, most):
        self.value, self.variant = value, variant
        self.up, self.down, self.least, self.most = up, down, least, most
        self.size, self.gradient, self.change = first, 0.0, 0.0

    def move(self, gradient):
        product = sign(gradient) * sign(self.gradient)
        if product > 0:
            self.size = min(self.size * self.up, self.most)
        elif product < 0:
            self.size = max(self.size * self.down, self.least)
        if product < 0 and self.variant == "Plus":
            self.value -= self.change
            self.gradient = 0.0
            return
        if product < 0 and self.variant == "ImprovedMinus":
            gradient = 0.0
        self.change = -sign(gradient) * self.size
        self.value += self.change
        self.gradient = gradient


def path(variant, constants, weights=21, steps=60):
    """Gradients with runs of one sign, changes of it, and zeros."""
    stream = Stream(7)
    all_weights = [Weight(stream.next(), variant, *constants) for _ in range(weights)]
    values, sizes = [], []
    for step in range(steps):
        for i, weight in enumerate(all_weights):
            noise = stream.next()
            gradient = 0.0 if (step + i) % 11 == 0 else 1e-300 * noise if i % 3 == 1 else noise + 0.7 * (-1) ** (step // (4 + i))
            weight.move(gradient)
        values.append([w.value for w in all_weights])
        sizes.append([w.size for w in all_weights])
    return {"variant": variant, "constants": constants, "values": values[::12] + values[-1:], "sizes": sizes[::12] + sizes[-1:]}


CONSTANTS = [[1.2, 0.5, 0.0125, 0.0, 50.0], [1.2, 0.5, 0.1, 0.03, 0.4], [1.3, 0.7, 0.001, 0.0, 50.0]]

if __name__ == "__main__":
    rows = [path(variant, constants) for variant in ("Minus", "Plus", "ImprovedMinus") for constants in CONSTANTS]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "rprop.golden.json"), "w") as f:
        json.dump(rows, f)
        f.write("\n")
