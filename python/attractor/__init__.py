"""Attractor: learns generative models of data, then checks that what they generate behaves like the data.

    import attractor

    data = attractor.simulate("lorenz63", steps=20_000, dt=0.01, noise=0.05, seed=1, standardize=True)
    model = attractor.Model("shplrnn", hidden=50, updates=5_000, seed=1).fit(data)
    orbit = model.generate(20_000)
    print(attractor.compare(data, orbit))
    print(attractor.lyapunov_exponents(model, count=3).exponents)

Arrays are float64, rows in time, columns variables.
"""

from ._native import version
from .errors import (
    AttractorError,
    CancelledError,
    DataError,
    DivergedError,
    NotConvergedError,
    NotFoundError,
    RunExistsError,
    UsageError,
)
from .functions import (
    Comparison,
    Dimension,
    Exponents,
    Forecast,
    compare,
    correlation_dimension,
    forecast,
    lyapunov_exponents,
    lyapunov_of_data,
    simulate,
    systems,
)
from .models import Model, kinds

__version__ = version()

__all__ = [
    "AttractorError", "CancelledError", "Comparison", "DataError", "Dimension", "DivergedError", "Exponents", "Forecast", "Model",
    "NotConvergedError", "NotFoundError", "RunExistsError", "UsageError", "compare", "correlation_dimension", "forecast", "kinds",
    "lyapunov_exponents", "lyapunov_of_data", "simulate", "systems",
]
