#!/usr/bin/env python3
"""Draws icon.png, 256 x 256: an orbit of Lorenz-63 seen from the side, dark where it was long ago. Needs NumPy."""

import struct
import zlib
from pathlib import Path

import numpy as np

SIZE, OVER = 256, 4


def orbit(steps: int, dt: float = 0.004) -> np.ndarray:
    def flow(s: np.ndarray) -> np.ndarray:
        x, y, z = s
        return np.array([10 * (y - x), x * (28 - z) - y, x * y - 8 / 3 * z])

    state, rows = np.array([1.0, 1.0, 20.0]), np.empty((steps, 3))
    for t in range(-2000, steps):
        a = flow(state)
        b = flow(state + dt / 2 * a)
        c = flow(state + dt / 2 * b)
        d = flow(state + dt * c)
        state = state + dt / 6 * (a + 2 * b + 2 * c + d)
        if t >= 0:
            rows[t] = state
    return rows


def draw() -> np.ndarray:
    side = SIZE * OVER
    rows = orbit(9000)
    points = np.c_[rows[:, 0], -rows[:, 2]]
    low, high = points.min(0), points.max(0)
    points = (points - (low + high) / 2) / (high - low).max() * 0.82 + 0.5
    # A disc of ink behind, a line in front: Okabe and Ito's colours, which colour-blind readers tell apart.
    v, u = np.mgrid[0:side, 0:side] / side - 0.5
    image = np.zeros((side, side, 4))
    corner = np.maximum(np.maximum(abs(u), abs(v)) - 0.32, 0)
    inside = (np.hypot(np.where(abs(u) > 0.32, abs(u) - 0.32, 0), np.where(abs(v) > 0.32, abs(v) - 0.32, 0)) <= 0.18) | (corner == 0)
    image[inside] = (0.07, 0.10, 0.20, 1)
    old, new = np.array([0.0, 0.447, 0.698]), np.array([0.941, 0.894, 0.259])
    fine = np.linspace(0, len(points) - 1, 40 * len(points))
    line = np.c_[np.interp(fine, np.arange(len(points)), points[:, 0]), np.interp(fine, np.arange(len(points)), points[:, 1])]
    age = np.linspace(0, 1, len(line))[:, None]
    colours = old + (new - old) * age**2
    for dy in range(-3, 4):
        for dx in range(-3, 4):
            if dx * dx + dy * dy <= 10:
                x = (line[:, 0] * side + dx).astype(int).clip(0, side - 1)
                y = (line[:, 1] * side + dy).astype(int).clip(0, side - 1)
                image[y, x, :3] = colours
    image[..., :3] *= image[..., 3:]
    small = image.reshape(SIZE, OVER, SIZE, OVER, 4).mean((1, 3))
    small[..., :3] /= np.maximum(small[..., 3:], 1e-9)
    return (small * 255).round().astype(np.uint8)


def png(image: np.ndarray) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + row.tobytes() for row in image)
    header = struct.pack(">IIBBBBB", image.shape[1], image.shape[0], 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


Path(__file__).with_name("icon.png").write_bytes(png(draw()))
