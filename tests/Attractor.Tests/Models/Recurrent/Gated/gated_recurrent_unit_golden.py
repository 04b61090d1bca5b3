"""Writes gated_recurrent_unit.golden.json: states of torch.nn.GRU over sequences of different lengths, and gradients by autograd, in float64.

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


rows = []
for units in (5, 16, 19):
    for backward in (False, True):
        stream = Stream(3)
        gru = torch.nn.GRU(3, units)
        with torch.no_grad():
            for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
                p = getattr(gru, name)
                p.copy_(stream.take(*p.shape))
        first = stream.take(1, units).requires_grad_()
        states, total = [], 0
        for length in (4, 7, 1, 7, 2):
            x = stream.take(length, 3)
            w = stream.take(length, units)
            out, _ = gru(x.flip(0)[:, None] if backward else x[:, None], first[None])
            out = out[:, 0].flip(0) if backward else out[:, 0]
            states.append(out.flatten().tolist())
            total = total + (out * w).sum()
        total.backward()
        gradients = [p.grad.flatten().tolist() for p in (gru.weight_ih_l0, gru.weight_hh_l0, gru.bias_ih_l0, gru.bias_hh_l0, first)]
        rows.append({"units": units, "backward": backward, "states": states, "gradients": gradients})

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gated_recurrent_unit.golden.json")
with open(path, "w") as f:
    json.dump({"pytorch": torch.__version__, "cases": rows}, f)
