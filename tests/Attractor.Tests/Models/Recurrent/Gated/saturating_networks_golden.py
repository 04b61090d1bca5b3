"""Writes saturating_networks.golden.json: free runs, losses with their gradients, and ten updates of Adam, from PyTorch in float64.

Run once by hand (PyTorch 1.13, Debian's python3-torch); the tests read the file only. With S = 1 the cells are torch.nn's RNNCell, GRUCell
and LSTMCell with a zero input, which is asserted here. Inputs come from an integer recurrence that both sides compute exactly.
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


def rnn(z, W, b, S):
    return S * torch.tanh(z @ W.T + b)


def gru(z, W, b, S):
    H = z.shape[1]
    a = z @ W.T + b[: 3 * H]
    r, v = torch.sigmoid(a[:, :H]), torch.sigmoid(a[:, H : 2 * H])
    n = torch.tanh(r * a[:, 2 * H :] + b[3 * H :])
    return (1 - v) * S * n + v * z


def lstm(z, W, b, S):
    H = z.shape[1] // 2
    h, c = z[:, :H], z[:, H:]
    a = h @ W.T + b
    i, f, g, o = torch.sigmoid(a[:, :H]), torch.sigmoid(a[:, H : 2 * H]), torch.tanh(a[:, 2 * H : 3 * H]), torch.sigmoid(a[:, 3 * H :])
    c = f * c + i * g
    return torch.cat([S * o * torch.tanh(c), c], 1)


def check():
    H = 4
    stream = Stream(1)
    for cell, step, gates in ((torch.nn.RNNCell(1, H), rnn, 1), (torch.nn.GRUCell(1, H), gru, 3), (torch.nn.LSTMCell(1, H), lstm, 4)):
        W, b, own = stream.take(gates * H, H), stream.take(gates * H), stream.take(H)
        x, h, c = torch.zeros(3, 1), stream.take(3, H), stream.take(3, H)
        with torch.no_grad():
            cell.weight_hh.copy_(W)
            cell.bias_hh.copy_(b)
            cell.bias_ih.zero_()
            if gates == 3:
                cell.bias_ih[2 * H :] = own
            theirs = torch.cat(cell(x, (h, c)), 1) if gates == 4 else cell(x, h)
            ours = step(torch.cat([h, c], 1) if gates == 4 else h, W, torch.cat([b, own]) if gates == 3 else b, torch.ones(H))
            assert (theirs - ours).abs().max() < 1e-14


def loss(x, L, step, strength, memory):
    """x (B, T + 1, N); forced predictions and their mean squared error. A memory that is forced is drawn to 0, but for the first."""
    n = x.shape[2]
    z = torch.cat([x[:, 0], x[:, 0] @ L.T], 1)
    predictions = []
    for t in range(x.shape[1] - 1):
        s = strength(t)
        rest = z[:, n:]
        if memory and t > 0:
            rest = (1 - s) * rest
        z = step(torch.cat([(1 - s) * z[:, :n] + s * x[:, t], rest], 1))
        predictions.append(z[:, :n])
    return ((torch.stack(predictions, 1) - x[:, 1:]) ** 2).mean()


def rows():
    out = []
    H, B, T = 5, 9, 31
    for name, step, gates, biases, states, N in (
        ("rnn", rnn, 1, 1, 1, 2),
        ("gru", gru, 3, 4, 1, 2),
        ("lstm", lstm, 4, 4, 2, 2),
        ("lstm", lstm, 4, 4, 2, H),
    ):
        M = states * H
        stream = Stream(11)
        w = [stream.take(gates * H, H), stream.take(biases * H), 1.5 + stream.take(H) / 2, stream.take(M - N, N) / 2]
        w = [v.requires_grad_() for v in w]
        x, z0 = stream.take(B, T + 1, N), stream.take(1, M)
        memory = states == 2 and N == H
        z, run = z0, []
        for _ in range(20):
            z = step(z, *w[:3])
            run.append(z.detach()[0].tolist())
        row = {"model": name, "observed": N, "latent": M, "run": run, "gradients": []}
        for alpha, tau in ((0.0, 0), (0.2, 0), (1.0, 0), (0.0, 7)):
            strength = lambda t: (1.0 if t % tau == 0 else 0.0) if tau else alpha
            value = loss(x, w[3], lambda s: step(s, *w[:3]), strength, memory)
            gradient = torch.autograd.grad(value, w)
            row["gradients"].append(
                {"alpha": alpha, "tau": tau, "loss": value.item(), "gradient": torch.cat([g.flatten() for g in gradient]).tolist()}
            )
        optimiser = torch.optim.Adam(w, lr=1e-2)
        losses = []
        for _ in range(10):
            optimiser.zero_grad()
            value = loss(x[:1], w[3], lambda s: step(s, *w[:3]), lambda t: 0.3, memory)
            value.backward()
            optimiser.step()
            losses.append(value.item())
        row["losses"] = losses
        row["trained"] = torch.cat([v.detach().flatten() for v in w]).tolist()
        out.append(row)
    return out


check()
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "saturating_networks.golden.json")
with open(path, "w") as f:
    json.dump({"pytorch": torch.__version__, "networks": rows()}, f, indent=1)
