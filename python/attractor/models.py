"""Models of every kind, with the habits of scikit-learn."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._native import Progress, as_rows, call
from .errors import DivergedError, UsageError

# Rows that drive a model before a prediction: what is not observed finds its values.
_MOST_DRIVEN = 1000

Data = ArrayLike | Sequence[ArrayLike] | str | PathLike[str]


@lru_cache(maxsize=1)
def kinds() -> dict[str, dict[str, Any]]:
    """Every kind of model by name: its description, its settings with help and defaults, and what can be asked of it."""
    return {kind["name"]: kind for kind in call("kinds")[0]["kinds"]}

# What a model is made with besides the settings of its kind.
_OWN = ("kind", "run", "overwrite", "progress", "random_state", "n_jobs")


class Model:
    """A generative model of time series or tables, learnt as ``attractor train`` learns it, to the same bits.

    Parameters
    ----------
    kind : str
        One of ``attractor.kinds()``: shplrnn, clipped-shplrnn, plrnn, alrnn, ..., esn, ngrc, vae, seqvae, mixture, zero-shot, auto.
    run : path, optional
        The run folder. None for one that goes with the model.
    overwrite : bool
        Whether a run that is there may be replaced.
    progress : callable, optional
        Told about ten times a second how far a training is, as a dict; it ends the training by returning False.
    random_state : int, optional
        Another word for the setting ``seed``.
    n_jobs : int, optional
        Another word for the setting ``threads`` of the kinds that have it; -1 for all processors. Other kinds take the processors that they
        can use. The bits do not depend on it.
    **settings
        Settings of the kind, as ``attractor train KIND --help`` lists them, with underscores: ``hidden=50, updates=5_000``.

    Attributes
    ----------
    run_ : Path
        The run folder: every verb of the command takes it.
    result_ : dict
        What the training came to, as ``attractor train --json`` prints it.
    n_features_in_ : int
        The observed variables.

    Examples
    --------
    >>> model = Model("clipped-shplrnn", hidden=20, updates=1000, seed=1).fit(data)
    >>> orbit = model.generate(10_000)
    >>> model.score(data)  # minus D_stsp: larger is better
    """

    def __init__(
        self,
        kind: str = "shplrnn",
        *,
        run: str | PathLike[str] | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
        random_state: int | None = None,
        n_jobs: int | None = None,
        **settings: Any,
    ) -> None:
        self.kind = kind
        self.run = run
        self.overwrite = overwrite
        self.progress = progress
        self.random_state = random_state
        self.n_jobs = n_jobs
        self._settings = settings

    @classmethod
    def load(cls, run: str | PathLike[str]) -> Model:
        """The model of a run folder, trained here or by the command."""
        import json

        path = Path(run)
        try:
            config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError(f"{path} is not a run: it has no config.json", "not_found", 2) from None
        known = {setting["key"] for setting in kinds()[config["model"]]["settings"]}
        model = cls(config["model"], run=path, **{k: v for k, v in config.items() if k in known and v is not None})
        model.run_, model.result_, model.n_features_in_ = path, {}, int(config["observed"])
        return model

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """What the model was made with."""
        own = {name: getattr(self, name) for name in _OWN}
        return own | self._settings

    def set_params(self, **params: Any) -> Model:
        """Changes what the model was made with; a setting may be set to None, which is its default."""
        for name, value in params.items():
            if name in _OWN:
                setattr(self, name, value)
            else:
                self._settings[name] = value
        return self

    def fit(self, X: Data | None = None, y: Any = None, *, names: Sequence[str] | None = None) -> Model:
        """Learns from a recording (T x N), several (a list, or K x T x N), a table, or a file of data; kinds that have data of their own,
        a vae and a zero-shot, from none.

        The data are kept beside the run, whose folder stands for itself. ``names`` are those of the columns; mixtures, which take columns
        by name, want them. ``y`` is not used.
        """
        run = self._new_run()
        data = None if X is None else self._save(X, Path(f"{run}.data"), names)
        answer, _ = call(
            "fit",
            {"kind": self.kind, "run": str(run), "overwrite": self.overwrite, "settings": self._given()}
            | ({} if data is None else {"data": data}),
            progress=self.progress,
        )
        return self._trained(run, answer)

    def resume(self, **more: int) -> Model:
        """Goes on with a training that was interrupted; with ``updates=n`` or ``epochs=n`` a finished one learns for n more."""
        run = Path(self.run_) if hasattr(self, "run_") else self._new_run()
        answer, _ = call("resume", {"run": str(run), "more": more}, progress=self.progress)
        return self._trained(run, answer)

    def generate(self, steps: int | None = None, *, start: ArrayLike | None = None, **options: Any) -> NDArray[np.float64]:
        """Lets the model run by itself, or draws from it.

        A model of time series gives ``steps`` rows that begin at the first row of ``start`` (T x N, its training data if None) that has
        enough rows before it; a vae or a mixture draws ``count`` rows. Other options are those of ``attractor generate``.
        """
        asked = options | ({} if steps is None else {"steps": steps})
        if start is not None:
            asked["from"] = self._temporary(as_rows(start, "the start"))
        output = self._file("generated.npy")
        self._ask("generate", options=asked, output=output)
        return np.load(output)

    def predict(self, X: ArrayLike, steps: int = 1) -> NDArray[np.float64]:
        """What the model makes of data.

        Of a model of time series the ``steps`` rows that follow X (T x N), of a vae or seqvae the reconstruction of X, of a mixture the
        most responsible component of each row.
        """
        rows = as_rows(X, "X")
        verbs = self._verbs()
        if self._fitted_kind() == "mixture":
            output = self._file("responsibilities.npy")
            self._ask("evaluate", data=self._temporary(rows), options={"responsibilities": output})
            return np.load(output).argmax(axis=1)
        if "reconstruct" in verbs:
            output = self._file("reconstructed.npy")
            many = {"count": len(rows)} if self._fitted_kind() == "vae" else {}
            self._ask("reconstruct", data=self._temporary(rows), output=output, options=many)
            return np.load(output)
        driven = min(len(rows) - 1, _MOST_DRIVEN)
        return self.generate(steps + 1, start=rows, warm_up=driven, **{"from_row": len(rows) - 1 - driven})[1:]

    def evaluate(self, X: Data | None = None, **options: Any) -> dict[str, Any]:
        """Every score of the kind against data, as ``attractor evaluate --json`` prints them; of the run's own test data if None."""
        data = None if X is None else self._save(X, self._file("truth"), None)
        return self._ask("evaluate", data=data, options=options)

    def score(self, X: Data, y: Any = None) -> float:
        """One number, larger is better: minus D_stsp of a model of time series, of a mixture the mean log predictive density of a row, of
        a vae or seqvae the bound on log p with the most draws; minus infinity of a model that diverges."""
        try:
            answer = self.evaluate(X)
        except DivergedError:
            return float("-inf")
        if "d_stsp" in answer and "bounds" not in answer:
            return float("-inf") if answer["d_stsp"] is None else -answer["d_stsp"]
        found = answer["log_predictive"] / answer["rows"] if "log_predictive" in answer else answer["bounds"][-1]["log_likelihood_bound"]
        return float("-inf") if found is None else float(found)

    def report(self, path: str | PathLike[str]) -> Path:
        """Writes one HTML page on the model that opens offline."""
        self._ask("report", output=str(path))
        return Path(path)

    def __repr__(self) -> str:
        settings = "".join(f", {k}={v!r}" for k, v in self._settings.items())
        return f"Model({self.kind!r}{settings})"

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "run_")

    def _new_run(self) -> Path:
        if self.run is not None:
            return Path(self.run)
        return Path(self._folder()) / "run"

    def _folder(self) -> str:
        if "_temporary_folder" not in self.__dict__:
            self._temporary_folder = tempfile.mkdtemp(prefix="attractor-")
            weakref.finalize(self, shutil.rmtree, self._temporary_folder, ignore_errors=True)
        return self._temporary_folder

    def _file(self, name: str) -> str:
        return str(Path(self._folder()) / name)

    def _temporary(self, rows: NDArray[np.float64]) -> str:
        path = self._file("given.npy")
        np.save(path, rows)
        return path

    def _trained(self, run: Path, answer: dict[str, Any]) -> Model:
        self.run_, self.result_ = run, answer
        self.n_features_in_ = int(answer["observed"]) if "observed" in answer else len(answer.get("columns", []))
        return self

    def _fitted_kind(self) -> str:
        if not hasattr(self, "run_"):
            raise UsageError(f"this {self.kind} is not fitted yet: fit(data) learns it, Model.load(run) opens one", "usage", 2)
        return str(self.result_.get("model", self.kind))

    def _verbs(self) -> set[str]:
        return {capability["verb"] for capability in kinds()[self._fitted_kind()]["capabilities"]}

    def _ask(
        self, verb: str, *, data: str | None = None, output: str | None = None, options: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        kind = self._fitted_kind()
        known = {c["verb"]: {o["key"]: o for o in c["options"]} for c in kinds()[kind]["capabilities"]}.get(verb, {})
        asked = {"start" if key == "from_row" else key: value for key, value in (options or {}).items()}
        settings: dict[str, Any] = {"run": str(self.run_), "verb": verb, "options": _json(asked, known)}
        settings |= {key: value for key, value in {"data": data, "output": output}.items() if value is not None}
        return call("ask", settings)[0]

    def _given(self) -> dict[str, Any]:
        if self.kind not in kinds():
            raise UsageError(f"there is no kind of model '{self.kind}': there are {', '.join(kinds())}", "usage", 2)
        known = {setting["key"]: setting for setting in kinds()[self.kind]["settings"]}
        settings = dict(self._settings) | ({} if self.random_state is None else {"seed": self.random_state})
        if self.n_jobs is not None:
            settings |= self._threads(self.n_jobs, "threads" in known)
        return _json(settings, known)

    def _threads(self, jobs: int, are_a_setting: bool) -> dict[str, int]:
        if jobs == -1:
            return {"threads": 0} if are_a_setting else {}
        if jobs < 1:
            raise UsageError(f"n_jobs must be positive, or -1 for all processors, not {jobs}", "usage", 2)
        if not are_a_setting:
            raise UsageError(f"a {self.kind} takes the processors that it can use: n_jobs can be -1 or None, not {jobs}", "usage", 2)
        return {"threads": jobs}

    def _save(self, X: Data, stem: str | Path, names: Sequence[str] | None) -> str:
        if isinstance(X, (str, PathLike)):
            return str(X)
        Path(stem).parent.mkdir(parents=True, exist_ok=True)
        if _is_several(X):
            trials = {f"trial{n:04d}": as_rows(trial, f"trial {n}") for n, trial in enumerate(X)}
            np.savez(f"{stem}.npz", **trials)
            return f"{stem}.npz"
        rows = as_rows(X)
        if names is None:
            np.save(f"{stem}.npy", rows)
            return f"{stem}.npy"
        if len(names) != rows.shape[1] or any("," in name or '"' in name or "\n" in name for name in names):
            raise UsageError(f"{rows.shape[1]} columns want as many names, without commas and quotes", "usage", 2)
        with open(f"{stem}.csv", "w", encoding="utf-8", newline="\n") as file:
            file.write(",".join(names) + "\n")
            # repr of a float64 is read back to the same bits.
            file.writelines(",".join("" if v != v else repr(float(v)).removesuffix(".0") for v in row) + "\n" for row in rows)
        return f"{stem}.csv"


def _is_several(X: Any) -> bool:
    if isinstance(X, np.ndarray):
        return X.ndim == 3
    return isinstance(X, (list, tuple)) and len(X) > 0 and np.ndim(X[0]) == 2


def _json(values: dict[str, Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Values of Python as the library's settings have them; None is a default."""

    def one(key: str, value: Any) -> Any:
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, bool) and known.get(key, {}).get("kind") == "word":
            return "yes" if value else "no"
        if isinstance(value, (int, float)) and known.get(key, {}).get("kind") == "word":
            return repr(value)
        if isinstance(value, (list, tuple, np.ndarray)):
            return ",".join(str(one("", v)) for v in value) or "none"
        return str(value) if isinstance(value, PathLike) else value

    return {key: one(key, value) for key, value in values.items() if value is not None}
