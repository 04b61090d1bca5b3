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


def shallow(z, A, W1, W2, h1, h2, clipped):
    v = z @ W2.T
    r = torch.relu(v + h2) - (torch.relu(v) if clipped else 0)
    return A * z + r @ W1.T + h1


def plrnn(z, A, W, h):
    """Whatever is on the diagonal of W has no part in it."""
    return A * z + torch.relu(z) @ (W - torch.diag(torch.diag(W))).T + h


def alrnn(z, A, W, h, P):
    r = torch.cat([z[:, :-P], torch.relu(z[:, -P:])], 1)
    return A * z + r @ W.T + h


def dendritic(z, A, W, h, alpha, H, clipped):
    r = ((torch.relu(z[:, :, None] - H) - (torch.relu(z)[:, :, None] if clipped else 0)) * alpha).sum(2)
    return A * z + r @ (W - torch.diag(torch.diag(W))).T + h


def centred(z, A, W, h):
    return A * z + torch.relu(z - z.mean(1, keepdim=True)) @ (W - torch.diag(torch.diag(W))).T + h


def loss(x, L, step, strength, warm_up):
    """x (B, T + 1, N); forced predictions and their mean squared error, operator by operator."""
    n = x.shape[2]
    z = torch.cat([x[:, 0], x[:, 0] @ L.T], 1)
    predictions = []
    for t in range(x.shape[1] - 1):
        s = 1.0 if t < warm_up else strength(t)
        z = torch.cat([(1 - s) * z[:, :n] + s * x[:, t], z[:, n:]], 1)
        z = step(z)
        predictions.append(z[:, :n])
    p = torch.stack(predictions, 1)[:, warm_up:]
    return ((p - x[:, 1 + warm_up :]) ** 2).mean()


def gradients():
    rows = []
    B, T, N, M, H = 9, 40, 3, 6, 21
    for model, shapes, scales, step in (
        ("shplrnn", ((M,), (M, H), (H, M), (M,), (H,)), (1, 4, 2, 1, 1), lambda z, w: shallow(z, *w, False)),
        ("clipped-shplrnn", ((M,), (M, H), (H, M), (M,), (H,)), (1, 4, 2, 1, 1), lambda z, w: shallow(z, *w, True)),
        ("plrnn", ((M,), (M, M), (M,)), (1, 4, 1), lambda z, w: plrnn(z, *w)),
        ("alrnn", ((M,), (M, M), (M,)), (1, 4, 1), lambda z, w: alrnn(z, *w, M // 2)),
        ("dendplrnn", ((M,), (M, M), (M,), (3,), (M, 3)), (1, 4, 1, 1, 1), lambda z, w: dendritic(z, *w, False)),
        ("clipped-dendplrnn", ((M,), (M, M), (M,), (3,), (M, 3)), (1, 4, 1, 1, 1), lambda z, w: dendritic(z, *w, True)),
        ("mcplrnn", ((M,), (M, M), (M,)), (1, 4, 1), lambda z, w: centred(z, *w)),
    ):
        for name, strength, warm_up in (
            ("stf", lambda t: 1.0 if t % 7 == 0 else 0.0, 0),
            ("gtf", lambda t: 0.2, 0),
            ("warm-up", lambda t: 1.0 if t % 10 == 0 else 0.0, 6),
        ):
            stream = Stream(11)
            w = [(stream.take(*shape) / scale).requires_grad_() for shape, scale in zip(shapes, scales)]
            L = stream.take(M - N, N).requires_grad_()
            x = stream.take(B, T + 1, N)
            l = loss(x, L, lambda z: step(z, w), strength, warm_up)
            l.backward()
            rows.append(
                {
                    "model": model,
                    "forcing": name,
                    "loss": l.item(),
                    "gradient": torch.cat([v.grad.flatten() for v in [*w, L]]).tolist(),
                }
            )
    return rows


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch.golden.json")
with open(path, "w") as f:
    json.dump({"pytorch": torch.__version__, "optimisers": optimisers(), "gradients": gradients()}, f, indent=1)
