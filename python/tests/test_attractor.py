"""What the package does, without the command."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

import numpy as np

import attractor

LORENZ = attractor.simulate("lorenz63", steps=1200, dt=0.01, standardize=True)
SMALL = {"hidden": 6, "updates": 200, "sequence": 20, "seed": 1}


ROOT = Path(__file__).resolve().parents[2]


class PageTests(unittest.TestCase):
    def test_the_first_program_runs_as_printed(self) -> None:
        page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
        program = page.split("```python\n")[1].split("```")[0].replace("100_000", "2_000").replace("20_000", "200")
        with tempfile.TemporaryDirectory() as folder:
            before = os.getcwd()
            os.chdir(folder)
            try:
                exec(compile(program, "python.md", "exec"), {})  # noqa: S102 - our own page
                self.assertIn("<html", Path("lorenz.html").read_text(encoding="utf-8"))
            finally:
                os.chdir(before)


class FunctionTests(unittest.TestCase):
    def test_henon_is_simulated_exactly(self) -> None:
        orbit = attractor.simulate("henon", steps=50, transient=0)
        x, y = orbit[:-1].T
        np.testing.assert_allclose(orbit[1:], np.c_[1 - 1.4 * x**2 + y, 0.3 * x], rtol=0, atol=1e-15)

    def test_the_exponents_of_henon_sum_to_the_logarithm_of_its_determinant(self) -> None:
        found = attractor.lyapunov_exponents("henon", steps=20_000, count=2)
        self.assertAlmostEqual(found.exponents.sum(), np.log(0.3), places=9)
        self.assertAlmostEqual(found.exponents[0], 0.4192, delta=0.02)

    def test_the_truth_beside_itself_scores_zero(self) -> None:
        found = attractor.compare(LORENZ, LORENZ)
        self.assertAlmostEqual(found.d_stsp, 0, places=12)
        self.assertAlmostEqual(found.d_hellinger, 0, places=6)

    def test_arrays_are_views_and_any_layout_does(self) -> None:
        fortran = np.asfortranarray(LORENZ)
        self.assertEqual(attractor.compare(fortran, LORENZ[::1]), attractor.compare(LORENZ, LORENZ))
        self.assertEqual(attractor.correlation_dimension(LORENZ.astype(np.float32).astype(float)).theiler > 0, True)
        orbit = attractor.simulate("henon", steps=5)
        self.assertFalse(orbit.flags.owndata)
        row = orbit[2]
        del orbit
        self.assertTrue(np.isfinite(row).all())

    def test_a_forecast_has_intervals_around_it(self) -> None:
        found = attractor.forecast(LORENZ, 20, dt=0.01)
        self.assertEqual(found.orbit.shape, (20, 3))
        self.assertTrue((found.low <= found.orbit).all() and (found.orbit <= found.high).all())


class ModelTests(unittest.TestCase):
    def test_it_has_the_habits_of_scikit_learn(self) -> None:
        model = attractor.Model("clipped-shplrnn", **SMALL)
        self.assertEqual(model.get_params()["hidden"], 6)
        copy = attractor.Model(**model.get_params()).set_params(updates=100)
        self.assertEqual((copy.get_params()["updates"], model.get_params()["updates"]), (100, 200))
        self.assertIs(model.fit(LORENZ), model)
        self.assertEqual(model.n_features_in_, 3)
        self.assertEqual(model.predict(LORENZ, steps=4).shape, (4, 3))
        self.assertEqual(model.generate(30).shape, (30, 3))
        self.assertIsInstance(model.score(LORENZ), float)
        self.assertEqual(
            attractor.Model("clipped-shplrnn", **{**SMALL, "seed": None}, random_state=1).fit(LORENZ).generate(9).tobytes(),
            model.generate(9).tobytes())

    def test_jobs_are_threads_and_do_not_change_the_bits(self) -> None:
        def weights(**jobs: int) -> bytes:
            model = attractor.Model("vae", layers=[8], latent=2, epochs=1, shards=2, seed=1, **jobs).fit(LORENZ[:400])
            return (Path(model.run_) / "model.safetensors").read_bytes()

        self.assertEqual(weights(n_jobs=1), weights(n_jobs=2))
        self.assertEqual(weights(n_jobs=1), weights(n_jobs=-1))
        self.assertEqual(attractor.Model("vae", n_jobs=2).get_params()["n_jobs"], 2)
        for kind, jobs in (("vae", 0), ("shplrnn", 2)):
            with self.assertRaisesRegex(attractor.UsageError, "n_jobs"):
                attractor.Model(kind, n_jobs=jobs).fit(LORENZ)

    def test_a_prediction_goes_on_where_the_data_end(self) -> None:
        model = attractor.Model("ngrc", orders=2, delays=2).fit(LORENZ[:1000])
        np.testing.assert_allclose(model.predict(LORENZ[:1000], 5), LORENZ[1000:1005], atol=0.01)

    def test_a_finished_run_learns_on(self) -> None:
        model = attractor.Model("clipped-shplrnn", **SMALL).fit(LORENZ)
        self.assertEqual(model.resume(updates=100).result_["updates"], 300)

    def test_a_run_is_a_folder_that_is_found_again(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run = Path(folder) / "RUN"
            model = attractor.Model("clipped-shplrnn", run=run, **SMALL).fit([LORENZ[:500], LORENZ[500:]])
            orbit = model.generate(20)
            self.assertTrue((run / "model.safetensors").exists())
            np.testing.assert_array_equal(attractor.Model.load(run).generate(20), orbit)
            with self.assertRaises(attractor.RunExistsError):
                attractor.Model("clipped-shplrnn", run=run, **SMALL).fit(LORENZ)
            attractor.Model("clipped-shplrnn", run=run, overwrite=True, **SMALL).fit(LORENZ)

    def test_what_is_wrong_is_said_in_the_words_of_the_command(self) -> None:
        with self.assertRaisesRegex(attractor.UsageError, 'did you mean "hidden"'):
            attractor.Model("shplrnn", hiden=3).fit(LORENZ)
        with self.assertRaisesRegex(attractor.UsageError, "latent is 1: the data have 3 variables"):
            attractor.Model("shplrnn", latent=1).fit(LORENZ)
        with self.assertRaisesRegex(attractor.UsageError, "lorenz63"):
            attractor.simulate("lorenz64")
        with self.assertRaisesRegex(attractor.UsageError, "not fitted"):
            attractor.Model("shplrnn").generate(3)
        with self.assertRaises(attractor.NotFoundError):
            attractor.Model("shplrnn").fit("nowhere.npy")
        with self.assertRaises(ValueError):
            attractor.compare(LORENZ, np.zeros((3, 2, 2)))

    def test_progress_is_told_and_ends_a_training(self) -> None:
        told = []
        model = attractor.Model("clipped-shplrnn", **{**SMALL, "updates": 10_000_000}, progress=lambda p: told.append(p) or len(told) < 3)
        with self.assertRaises(attractor.CancelledError):
            model.fit(LORENZ)
        self.assertGreater(told[-1]["update"], 0)

        def fails(_: dict) -> None:
            raise RuntimeError("enough")

        with self.assertRaisesRegex(RuntimeError, "enough"):
            attractor.Model("clipped-shplrnn", **{**SMALL, "updates": 10_000_000}, progress=fails).fit(LORENZ)

    def test_other_threads_run_meanwhile(self) -> None:
        counted = 0
        ended = threading.Event()

        def count() -> None:
            nonlocal counted
            while not ended.is_set():
                counted += 1
                time.sleep(0.001)

        thread = threading.Thread(target=count)
        thread.start()
        attractor.Model("clipped-shplrnn", hidden=50, updates=3000, sequence=50, select_every=0).fit(LORENZ)
        ended.set()
        thread.join()
        self.assertGreater(counted, 20)

    def test_ctrl_c_leaves_a_run_that_goes_on(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            program = (
                "import attractor, sys\n"
                "data = attractor.simulate('lorenz63', steps=1200, dt=0.01, standardize=True)\n"
                "print('begun', flush=True)\n"
                f"attractor.Model('clipped-shplrnn', run='{folder}/RUN', hidden=6, updates=50_000_000, sequence=20).fit(data)\n")
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
            with subprocess.Popen(
                [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            ) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(1.5)
                process.send_signal(signal.SIGINT)
                _, errors = process.communicate(timeout=60)
            self.assertIn("KeyboardInterrupt", errors)
            self.assertTrue((Path(folder) / "RUN" / "checkpoint" / "state.safetensors").exists())


if __name__ == "__main__":
    unittest.main()
