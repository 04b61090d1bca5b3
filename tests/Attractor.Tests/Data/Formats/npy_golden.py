"""Writes numpy_files.golden.json beside this file: files as NumPy saves them, and the float64 values they hold.

Run with any NumPy: python3 npy_golden.py. Files are in base64; values are 64 bits each, in hexadecimal, row-major.
"""
import base64
import io
import json
import pathlib
import struct

import numpy as np

VALUES = {
    "f2": [0.0, -0.0, 1.5, -65504.0, 6e-8, np.nan],
    "f4": [0.1, -3.4028235e38, 1e-45, np.inf, -np.inf, 16777217.0],
    "f8": [0.1, -1.7976931348623157e308, 5e-324, np.nan, np.inf, 1 / 3],
    "i1": [0, 1, -1, 127, -128, 55],
    "i2": [0, 1, -1, 32767, -32768, 258],
    "i4": [0, 1, -1, 2**31 - 1, -(2**31), 16909060],
    "i8": [0, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 72623859790382856],
    "u1": [0, 1, 2, 254, 255, 128],
    "u2": [0, 1, 513, 65535, 32768, 2],
    "u4": [0, 1, 67305985, 2**32 - 1, 2**31, 3],
    "u8": [0, 2**53 + 1, 2**64 - 1, 2**63 + 1025, 2**63, 578437695752307201],
    "b1": [False, True, True, False, True, False],
}


def case(name, array, version=None):
    data = io.BytesIO()
    np.lib.format.write_array(data, array, version=version)
    return entry(name, ".npy", data, [array])


def entry(name, extension, data, arrays):
    def trial(a):
        a = np.asarray(a)
        rows = a.reshape(len(a), -1).astype(np.float64)
        return {"columns": rows.shape[1], "values": [struct.pack(">d", v).hex() for v in rows.ravel()]}
    return {"name": name, "extension": extension, "file": base64.b64encode(data.getvalue()).decode(), "trials": [trial(a) for a in arrays]}


def archive(name, save, arrays):
    data = io.BytesIO()
    save(data, *arrays)
    return entry(name, ".npz", data, arrays)


def cases():
    result = []
    for kind, values in VALUES.items():
        for order in "<>":
            for memory in "CF":
                array = np.array(values, dtype=order + kind).reshape(3, 2)
                result.append(case(f"{order}{kind} {memory}", np.asarray(array, order=memory)))
    row = np.arange(7.0)
    result += [case("rank 1", row), case("one value", row[:1]), case("one row", row.reshape(1, 7)), case("one column", row.reshape(7, 1))]
    for version in [(1, 0), (2, 0), (3, 0)]:
        result.append(case(f"version {version[0]}", np.arange(12.0).reshape(4, 3) / 7, version))
    trials = [np.arange(6.0).reshape(3, 2), np.arange(10, dtype="f4").reshape(5, 2, order="F"), np.zeros((40, 2), dtype="i4")]
    result += [archive("stored", np.savez, trials), archive("deflated", np.savez_compressed, trials), archive("one array", np.savez, trials[:1])]
    return result


path = pathlib.Path(__file__).with_name("numpy_files.golden.json")
path.write_text(json.dumps(cases(), separators=(",", ":")) + "\n")
