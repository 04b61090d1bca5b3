"""Writes pytorch.golden.json: optimiser steps, and losses with their gradients by autograd, all from PyTorch in float64.

Run once by hand (PyTorch 1.13, Debian's python3-torch); the tests read the file only.
Inputs come from an integer recurrence that both sides compute exactly.
"""
import json
import os

import torch

torch.set_default_dtype(torch.float64)


class Stream:
    """x -> 1103515245 x + 12345 mod 2^31, as numbers in [-1, 1)."""

    def __init__(self, seed):
        self.x = seed

    def take(self, *shape):
        n = 1
        for s in shape:
            n *= s
        out = []
        for _ in range(n):
            self.x = (1103515245 * self.x + 12345) % 2**31
            out.append(self.x / 2**30 - 1)
        return torch.tensor(out).reshape(shape)


def optimisers():
    rows = []
    for name, make in (
        ("adam", lambda p: torch.optim.Adam(p, lr=0.01)),
        ("radam", lambda p: torch.optim.RAdam(p, lr=0.01)),
        ("sgd", lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)),
    ):
        stream = Stream(7)
        theta = stream.take(5).requires_grad_()
        optimiser = make([theta])
        path = []
        for _ in range(12):
            theta.grad = stream.take(5)
            optimiser.step()
            path.append(theta.detach().tolist())
        rows.append({"name": name, "path": path})
    return rows


def loss(x, w, clipped, strength, warm_up):
    """x (B, T + 1, N); forced predictions and their mean squared error, operator by operator."""
    A, W1, W2, h1, h2, L = w
    n = x.shape[2]
    z = torch.cat([x[:, 0], x[:, 0] @ L.T], 1)
    predictions = []
    for t in range(x.shape[1] - 1):
        s = 1.0 if t < warm_up else strength(t)
        z = torch.cat([(1 - s) * z[:, :n] + s * x[:, t], z[:, n:]], 1)
        v = z @ W2.T
        r = torch.relu(v + h2) - (torch.relu(v) if clipped else 0)
        z = A * z + r @ W1.T + h1
        predictions.append(z[:, :n])
    p = torch.stack(predictions, 1)[:, warm_up:]
    return ((p - x[:, 1 + warm_up :]) ** 2).mean()


def gradients():
    rows = []
    for clipped in (False, True):
        for name, strength, warm_up in (
            ("stf", lambda t: 1.0 if t % 7 == 0 else 0.0, 0),
            ("gtf", lambda t: 0.2, 0),
            ("warm-up", lambda t: 1.0 if t % 10 == 0 else 0.0, 6),
        ):
            B, T, N, M, H = 9, 40, 3, 6, 21
            stream = Stream(11)
            w = [stream.take(*s) for s in ((M,), (M, H), (H, M), (M,), (H,), (M - N, N))]
            w[1], w[2] = w[1] / 4, w[2] / 2
            w = [v.requires_grad_() for v in w]
            x = stream.take(B, T + 1, N)
            l = loss(x, w, clipped, strength, warm_up)
            l.backward()
            rows.append(
                {
                    "model": "clipped-shplrnn" if clipped else "shplrnn",
                    "forcing": name,
                    "loss": l.item(),
                    "gradient": torch.cat([v.grad.flatten() for v in w]).tolist(),
                }
            )
    return rows


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch.golden.json")
with open(path, "w") as f:
    json.dump({"pytorch": torch.__version__, "optimisers": optimisers(), "gradients": gradients()}, f, indent=1)
