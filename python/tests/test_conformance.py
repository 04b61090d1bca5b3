"""The same seeds give the same bits from C#, from the command and from Python."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import numpy as np

import attractor

ROOT = Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("ATTRACTOR_COMMAND") or str(ROOT / "src/Attractor.Cli/bin/Release/net10.0/Attractor.Cli.dll")
KINDS = {
    "clipped-shplrnn": {"hidden": 8, "updates": 300, "sequence": 20, "seed": 3},
    "alrnn": {"latent": 8, "updates": 60, "sequence": 20, "seed": 4},
    "lstm": {"latent": 8, "updates": 20, "sequence": 10, "seed": 5},
    "esn": {"units": 40, "seed": 6},
    "ngrc": {"orders": "2"},
    "seqvae": {"latent": 3, "window": 20, "epochs": 1, "seed": 7},
}


def command(folder: str, *words: str) -> dict:
    run = [COMMAND] if not COMMAND.endswith(".dll") else ["dotnet", COMMAND]
    done = subprocess.run([*run, *words, "--json"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


@unittest.skipUnless(Path(COMMAND).exists(), f"the command is not built: {COMMAND}")
class ConformanceTests(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name
        self.addCleanup(self._folder.cleanup)
        self.data = attractor.simulate("lorenz63", steps=1500, dt=0.01, noise=0.02, seed=2, standardize=True)
        command(self.folder, *"simulate lorenz63 --steps 1500 --dt 0.01 --noise 0.02 --seed 2 --standardize -o data.npy".split())

    def read(self, name: str) -> np.ndarray:
        return np.load(Path(self.folder) / name)

    def test_orbits(self) -> None:
        self.assertEqual(self.read("data.npy").tobytes(), self.data.tobytes())
        for system in ("henon", "roessler", "mackey-glass"):
            command(self.folder, "simulate", system, "--steps", "200", "-o", "orbit.npy")
            self.assertEqual(self.read("orbit.npy").tobytes(), attractor.simulate(system, steps=200).tobytes(), system)

    def test_every_kind(self) -> None:
        for kind, settings in KINDS.items():
            with self.subTest(kind=kind):
                words = [word for key, value in settings.items() for word in (f"--{key}", str(value))]
                command(self.folder, "train", kind, "data.npy", *words, "-o", kind)
                model = attractor.Model(kind, **settings)
                try:
                    model.fit(self.data)
                except attractor.NotConvergedError:
                    self.fail(f"{kind} came to nothing")
                self.assertEqual(
                    (Path(self.folder) / kind / "model.safetensors").read_bytes(), (model.run_ / "model.safetensors").read_bytes())
                command(self.folder, "generate", kind, "--steps", "50", "-o", "orbit.npy")
                self.assertEqual(self.read("orbit.npy").tobytes(), model.generate(50).tobytes())

    def test_what_needs_no_data(self) -> None:
        settings = {"systems": "lorenz63,roessler", "hold_out": "none", "recordings": 1, "rows": 300, "context": 40, "sequence": 10,
                    "latent": 5, "experts": 2, "batch": 4, "updates": 50}
        words = [word for key, value in settings.items() for word in (f"--{key.replace('_', '-')}", str(value))]
        command(self.folder, "train", "zero-shot", *words, "-o", "zero")
        model = attractor.Model("zero-shot", **settings).fit()
        self.assertEqual(
            (Path(self.folder) / "zero" / "model.safetensors").read_bytes(), (model.run_ / "model.safetensors").read_bytes())
        self.assertEqual(3, model.n_features_in_)

    def test_a_mixture(self) -> None:
        table = np.c_[self.data[:200, 0], np.arange(200) % 5, np.arange(200) % 2]
        model = attractor.Model("mixture", position=["a"], count=["b"], binary=["c"], components=2, seed=1).fit(table, names=["a", "b", "c"])
        command(
            self.folder, "train", "mixture", str(model.run_) + ".data.csv",
            *"--position a --count b --binary c --components 2 --seed 1 -o MIXTURE".split())
        self.assertEqual(
            (Path(self.folder) / "MIXTURE" / "model.safetensors").read_bytes(), (model.run_ / "model.safetensors").read_bytes())

    def test_exponents_and_dimensions(self) -> None:
        told = command(self.folder, *"lyapunov lorenz63 --steps 5000 --spectrum".split())
        found = attractor.lyapunov_exponents("lorenz63", steps=5000, count=3)
        self.assertEqual(told["spectrum_per_step"], found.exponents.tolist())
        self.assertEqual(told["kaplan_yorke_dimension"], found.kaplan_yorke_dimension)
        told = command(self.folder, "dimension", "data.npy")
        self.assertEqual(told["correlation_dimension"], attractor.correlation_dimension(self.data).value)
        told = command(self.folder, "lyapunov", "data.npy")
        self.assertEqual(told["lyapunov_max_per_step"], attractor.lyapunov_of_data(self.data)[0])

    def test_a_forecast(self) -> None:
        command(self.folder, *"forecast data.npy --steps 30 -o forecast.npy".split())
        self.assertEqual(self.read("forecast.npy").tobytes(), attractor.forecast(self.data, 30).orbit.tobytes())


if __name__ == "__main__":
    unittest.main()
