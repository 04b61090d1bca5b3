"""Known systems, scores, exponents, dimensions, forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._native import as_rows, call

if TYPE_CHECKING:
    from .models import Model


@dataclass(frozen=True)
class Comparison:
    """An orbit beside the truth; a floor is what a perfect model would score on as many rows.

    ``d_stsp``: Kullback-Leibler divergence of where the orbits spend their time, nats. ``d_hellinger``: mean Hellinger distance of the
    power spectra, 0 to 1.
    """

    d_stsp: float
    d_stsp_floor: float
    d_hellinger: float
    d_hellinger_floor: float


@dataclass(frozen=True)
class Exponents:
    """Lyapunov exponents in descending order with their standard errors.

    Per step; ``dt`` is the time of a step, or None, and ``exponents / dt`` are those of a unit of time. ``kaplan_yorke_dimension`` is None
    unless all of the ``dimension`` exponents were asked for.
    """

    exponents: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    dt: float | None
    dimension: int
    kaplan_yorke_dimension: float | None


@dataclass(frozen=True)
class Dimension:
    """The correlation dimension, its standard error, the radii between which it was fitted, and the correlation sum C(r)."""

    value: float
    standard_error: float
    region: tuple[float, float]
    theiler: int
    radii: NDArray[np.float64]
    correlation_sum: NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """What follows a recording: steps x N, the ends of its intervals, and what was found on the way (``info``)."""

    orbit: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    info: dict[str, Any]


def systems() -> dict[str, dict[str, Any]]:
    """The known systems by name: kind, dimension, title, source."""
    return {system["name"]: system for system in call("systems")[0]["systems"]}


def simulate(
    system: str,
    steps: int = 10_000,
    *,
    dt: float | None = None,
    transient: float | None = None,
    noise: float = 0.0,
    seed: int | None = None,
    standardize: bool = False,
    **parameters: float,
) -> NDArray[np.float64]:
    """A known system, as ``attractor simulate`` has it: steps x N.

    ``transient`` is the time to run through beforehand (10,000 customary steps), ``noise`` in standard deviations, added after
    ``standardize``; ``seed`` that of another initial condition and of the noise. Other keywords are parameters of the system.
    """
    settings: dict[str, Any] = {"system": system, "steps": steps, "noise": noise, "standardize": standardize, "parameters": parameters}
    settings |= {key: value for key, value in {"dt": dt, "transient": transient, "seed": seed}.items() if value is not None}
    return call("simulate", settings)[1][0]


def compare(truth: ArrayLike, generated: ArrayLike, *, bins: int | None = None) -> Comparison:
    """How well an orbit reconstructs the truth (T x N each): geometry and spectrum, each beside its floor."""
    settings = {} if bins is None else {"bins": bins}
    answer, _ = call("compare", settings, [as_rows(truth, "the truth"), as_rows(generated, "the generated orbit")])
    return Comparison(**{key: _number(answer[key]) for key in Comparison.__dataclass_fields__})


def lyapunov_exponents(
    subject: Model | str | Path,
    *,
    count: int = 1,
    steps: int = 100_000,
    transient: int | None = None,
    interval: int = 1,
    dt: float | None = None,
    **parameters: float,
) -> Exponents:
    """The first ``count`` Lyapunov exponents of a fitted model, a run folder, a known system or a file of equations."""
    name = getattr(subject, "run_", subject)
    settings: dict[str, Any] = {
        "subject": str(name), "count": count, "steps": steps, "interval": interval, "parameters": parameters,
    }
    settings |= {key: value for key, value in {"dt": dt, "transient": transient}.items() if value is not None}
    answer, (exponents, errors) = call("lyapunov", settings)
    return Exponents(exponents[:, 0], errors[:, 0], answer["dt"], answer["dimension"], answer["kaplan_yorke_dimension"])


def lyapunov_of_data(*recordings: ArrayLike, method: str = "rosenstein") -> tuple[float, float]:
    """The largest exponent of one or several recordings of the same variables, per row, and its standard error."""
    answer, _ = call("lyapunov_of_data", {"method": method}, [as_rows(r, "a recording") for r in recordings])
    return _number(answer["lyapunov_max_per_step"]), _number(answer["standard_error_per_step"])


def correlation_dimension(*recordings: ArrayLike, theiler: int | None = None) -> Dimension:
    """The correlation dimension of one or several recordings of the same variables.

    Pairs no further apart in time than ``theiler`` rows are left out; the mean period if None.
    """
    settings = {} if theiler is None else {"theiler": theiler}
    answer, (radii, sums) = call("dimension", settings, [as_rows(r, "a recording") for r in recordings])
    return Dimension(
        _number(answer["correlation_dimension"]), _number(answer["standard_error"]), tuple(answer["region"]), answer["theiler"],
        radii[:, 0], sums[:, 0],
    )


def forecast(recording: ArrayLike, steps: int = 100, *, dt: float = 1.0, coverage: float | None = None) -> Forecast:
    """What follows a recording (T x N), without training: several methods are compared on its end, the best goes on."""
    settings: dict[str, Any] = {"steps": steps, "dt": dt} | ({} if coverage is None else {"coverage": coverage})
    answer, (orbit, low, high) = call("forecast", settings, [as_rows(recording, "the recording")])
    return Forecast(orbit, low, high, answer)


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
