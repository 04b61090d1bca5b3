"""Writes numpy_random.golden.json and philox.golden.json beside this file: what NumPy's generators give, bit for bit.

Run with any NumPy from 1.17 on (the legacy stream is frozen): python3 numpy_golden.py
Doubles are stored as their 64 bits in hexadecimal.
"""
import json
import pathlib
import struct

import numpy as np

HERE = pathlib.Path(__file__).parent
SEEDS = [0, 1, 2, 7, 42, 87, 123, 2023, 65535, 2**31 - 1, 2**31, 2**32 - 1]


def bits(values):
    return [struct.pack(">d", float(v)).hex() for v in np.atleast_1d(values)]


def integers(values):
    return [str(int(v)) for v in np.atleast_1d(values)]


def calls():
    """Name, arguments, and the call itself; 'mixed' runs all of these on one stream in this order."""
    return [
        ("rand", [5], lambda r: bits(r.rand(5))),
        ("randn", [3], lambda r: bits(r.randn(3))),  # odd: leaves one normal number waiting
        ("uniform", [-2.5, 7.25, 4], lambda r: bits(r.uniform(-2.5, 7.25, 4))),
        ("normal", [1.5, 0.3, 4], lambda r: bits(r.normal(1.5, 0.3, 4))),
        ("randint", ["0", "10", 8], lambda r: integers(r.randint(0, 10, 8))),
        ("randint", ["5", "6", 2], lambda r: integers(r.randint(5, 6, 2))),
        ("randint", ["-1000000", "1000000000", 6], lambda r: integers(r.randint(-1000000, 1000000000, 6))),
        ("randint", ["0", str(2**32), 4], lambda r: integers(r.randint(0, 2**32, 4))),
        ("randint", ["0", str(2**32 + 1), 4], lambda r: integers(r.randint(0, 2**32 + 1, 4))),
        ("randint", [str(-(2**62)), str(2**62 + 12345), 4], lambda r: integers(r.randint(-(2**62), 2**62 + 12345, 4))),
        ("randint", [str(-(2**63)), str(2**63 - 1), 3], lambda r: integers(r.randint(-(2**63), 2**63 - 1, 3))),
        ("randn", [1], lambda r: bits(r.randn())),
        ("permutation", [17], lambda r: integers(r.permutation(17))),
        ("permutation", [1], lambda r: integers(r.permutation(1))),
        ("shuffle", [12], lambda r: shuffled(r, 12)),
        ("choice", [20, 6, False], lambda r: integers(r.choice(20, 6, replace=False))),
        ("choice", [20, 6, True], lambda r: integers(r.choice(20, 6, replace=True))),
        ("randn", [4], lambda r: bits(r.randn(4))),
        ("rand", [1], lambda r: bits(r.rand())),
    ]


def shuffled(r, n):
    items = [10 * i for i in range(n)]
    r.shuffle(items)
    return integers(items)


def legacy():
    streams = []
    for seed in SEEDS:
        for i, (name, arguments, call) in enumerate(calls()):
            np.random.seed(seed)
            streams.append({"seed": seed, "calls": [{"name": name, "arguments": arguments, "values": call(np.random)}]})
        np.random.seed(seed)
        mixed = [{"name": n, "arguments": a, "values": c(np.random)} for n, a, c in calls()]
        streams.append({"seed": seed, "calls": mixed})
    # Beyond one refill of the 624-word state.
    np.random.seed(87)
    streams.append({"seed": 87, "calls": [{"name": "rand", "arguments": [1500], "values": bits(np.random.rand(1500))}]})
    return streams


def philox():
    """Four blocks from (block 0, index) for several keys. NumPy increments its 256-bit counter before the first block."""
    cases = []
    for key in [(0, 0), (1, 2), (2**64 - 1, 0x0123456789ABCDEF), (42, 2**63)]:
        for index in [0, 1, 2**40 + 3, 2**64 - 1]:
            counter = ((index << 64) - 1) % 2**256
            generator = np.random.Philox(key=key[0] + (key[1] << 64), counter=counter)
            cases.append({
                "key": [str(k) for k in key],
                "index": str(index),
                "values": [str(int(v)) for v in generator.random_raw(16)],
            })
    return cases


def write(name, value):
    (HERE / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


write("numpy_random.golden.json", legacy())
write("philox.golden.json", philox())
