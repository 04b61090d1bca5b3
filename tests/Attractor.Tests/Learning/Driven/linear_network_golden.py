"""Writes linear_network.golden.json: the linear network s_k = x_k w_x + s_(k-1) w_rec, its gradients by hand and resilient backpropagation, in NumPy.

Thirty sequences of twenty values in {0.33, 0.66, 1} from NumPy's legacy stream; the target is their sum. Run once by hand (NumPy 1.24); the tests
read the file only. The rule of the path halves the step size also before the first step, whose gradient has no predecessor of the same sign.
"""
import json
import os

import numpy as np

np.random.seed(61185)
X = np.random.uniform(size=(30, 20))
X = np.round(np.ceil(X * 3) / 3, 2)
X[X == 0.67] = 0.66
T = X.sum(axis=1)


def states(x, wx, wrec):
    s = np.zeros((x.shape[0], x.shape[1] + 1))
    for k in range(x.shape[1]):
        s[:, k + 1] = x[:, k] * wx + s[:, k] * wrec
    return s


def gradients(wx, wrec):
    """Of the mean squared error: with respect to the weights, and of each sequence's squared error to its states."""
    s = states(X, wx, wrec)
    g = np.zeros_like(s)
    g[:, -1] = 2 * (s[:, -1] - T)
    dx = drec = 0.0
    for k in range(X.shape[1], 0, -1):
        dx += np.mean(g[:, k] * X[:, k - 1])
        drec += np.mean(g[:, k] * s[:, k - 1])
        g[:, k - 1] = g[:, k] * wrec
    return np.mean((s[:, -1] - T) ** 2), np.array([dx, drec]), g


def rprop(iterations):
    w, delta, last = np.array([-1.5, 2.0]), np.array([0.001, 0.001]), np.zeros(2)
    path = [w]
    for _ in range(iterations):
        sign = np.sign(gradients(*w)[1])
        delta = np.where(sign == last, delta * 1.2, delta * 0.5)
        last = sign
        w = w - sign * delta
        path.append(w)
    return path


POINTS = [(1.2, 1.2), (2, 1), (1, 2), (1, -2), (1, 0), (1, 0.5), (1, -0.5), (-1.5, 2), (0.3, 0.9)]

if __name__ == "__main__":
    path = rprop(500)
    test = np.array([[0.66, 0.33, 0.33, 0.66, 1] * 4])
    result = {
        "inputs": X.tolist(),
        "targets": T.tolist(),
        "points": [
            {"at": p, "loss": loss, "gradient": g.tolist(), "states": (over_time[[0, 29]]).tolist()}
            for p in POINTS
            for loss, g, over_time in [gradients(*p)]
        ],
        "path": [w.tolist() for w in path[::50]],
        "test_output": states(test, *path[-1])[0, -1],
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "linear_network.golden.json"), "w") as f:
        json.dump(result, f)
        f.write("\n")
    print(path[-1].tolist(), result["test_output"], result["points"][0]["gradient"])
