"""What goes wrong, under the same codes as ``attractor ... --json``."""

from __future__ import annotations

from typing import Any


class AttractorError(Exception):
    """Something went wrong: ``code`` is a stable word, ``exit_code`` what the command would end with, ``answer`` what was found."""

    def __init__(self, message: str, code: str = "failed", exit_code: int = 1, answer: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.exit_code = exit_code
        self.answer = answer or {}


class UsageError(AttractorError, ValueError):
    """An argument or a setting does not do, or not with the data."""


class DataError(AttractorError, ValueError):
    """A file holds what cannot be read."""


class NotFoundError(AttractorError, LookupError):
    """A file, a run or a folder is not there."""


class RunExistsError(AttractorError, ValueError):
    """A folder holds a run that is not to be replaced."""


class DivergedError(AttractorError, ArithmeticError):
    """A training diverged, or what a model does on its own."""


class NotConvergedError(AttractorError, ArithmeticError):
    """A fit did not converge, or came to nothing."""


class CancelledError(AttractorError):
    """A progress function said that it is enough."""


_CLASSES: dict[str, type[AttractorError]] = {
    "usage": UsageError,
    "data": DataError,
    "not_found": NotFoundError,
    "exists": RunExistsError,
    "diverged": DivergedError,
    "not_converged": NotConvergedError,
    "cancelled": CancelledError,
}


def error(answer: dict[str, Any]) -> AttractorError:
    """The exception for an answer that has an ``error``."""
    told = answer.pop("error")
    kind = _CLASSES.get(told["code"], AttractorError)
    return kind(told["message"], told["code"], told["exit_code"], answer)
