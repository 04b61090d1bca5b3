"""The shared library: which one, and one call of it."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import AttractorError, error

Progress = Callable[[dict[str, Any]], Any]

_LEVELS = ("x86-64-v4", "x86-64-v3")
_FLAGS = {
    "x86-64-v4": {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"},
    "x86-64-v3": {"avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"},
}
_MOST_OUTPUTS = 8


class _Array(ctypes.Structure):
    _fields_ = [("values", ctypes.POINTER(ctypes.c_double)), ("rows", ctypes.c_int64), ("columns", ctypes.c_int64)]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)


def _flags() -> set[str]:
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            return next((set(line.split(":")[1].split()) for line in file if line.startswith("flags")), set())
    except OSError:
        return set()


def _library_path() -> Path:
    if named := os.environ.get("ATTRACTOR_LIBRARY"):
        return Path(named)
    folder = Path(__file__).parent / "lib"
    flags = _flags()
    for level in _LEVELS:
        path = folder / f"attractor-{level}.so"
        if path.exists() and _FLAGS[level] <= flags:
            return path
    there = ", ".join(sorted(path.name for path in folder.glob("*.so"))) or "none"
    raise ImportError(
        f"no library of attractor for this processor ({platform.machine()}): it needs AVX2, and there are {there} in {folder}; "
        "python/build makes them, ATTRACTOR_LIBRARY names another"
    )


def _load() -> ctypes.CDLL:
    library = ctypes.CDLL(str(_library_path()))
    library.attractor_call.restype = ctypes.c_int
    library.attractor_call.argtypes = [
        ctypes.c_char_p, ctypes.c_char_p,
        ctypes.POINTER(_Array), ctypes.c_int32,
        ctypes.POINTER(_Array), ctypes.c_int32, ctypes.POINTER(ctypes.c_int32),
        ctypes.POINTER(ctypes.c_void_p), _Callback, ctypes.c_void_p,
    ]
    library.attractor_free.restype = None
    library.attractor_free.argtypes = [ctypes.c_void_p]
    library.attractor_version.restype = ctypes.c_char_p
    library.attractor_version.argtypes = []
    return library


_library = _load()


def version() -> str:
    """The version of the library."""
    return _library.attractor_version().decode()


def as_rows(values: ArrayLike, what: str = "the data") -> NDArray[np.float64]:
    """Rows x columns of float64, in C order; the same array where it is one."""
    array = np.ascontiguousarray(values, dtype=np.float64)
    if array.ndim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"{what} must have rows and columns, not the shape {array.shape}")
    return array


def call(
    function: str,
    settings: dict[str, Any] | None = None,
    inputs: Sequence[NDArray[np.float64]] = (),
    progress: Progress | None = None,
) -> tuple[dict[str, Any], list[NDArray[np.float64]]]:
    """Calls a function of the library: its answer, and the arrays that it gives back, which are not copied.

    The call runs on a thread of its own and without the interpreter's lock, so that Ctrl-C is heard: it cancels the work, which leaves a
    run that can be resumed, and is raised as ``KeyboardInterrupt`` then.
    """
    given = (_Array * max(1, len(inputs)))()
    for place, array in zip(given, inputs):
        place.values = array.ctypes.data_as(ctypes.POINTER(ctypes.c_double))
        place.rows, place.columns = array.shape
    found, count, answer = (_Array * _MOST_OUTPUTS)(), ctypes.c_int32(), ctypes.c_void_p()
    stop = threading.Event()
    raised: list[BaseException] = []

    @_Callback
    def tell(text: bytes | None, _: Any) -> int:
        if text is not None and progress is not None and not raised:
            try:
                if progress(json.loads(text)) is False:
                    stop.set()
            except BaseException as exception:  # noqa: BLE001 - it is raised again where the call ends
                raised.append(exception)
                stop.set()
        return int(stop.is_set())

    code = ctypes.c_int(1)

    text = json.dumps(settings or {}, allow_nan=False).encode()
    # A thread whose join is interrupted may count as dead while it works: an event does not.
    ended = threading.Event()

    def work() -> None:
        try:
            code.value = _library.attractor_call(
                function.encode(), text, given, len(inputs), found, _MOST_OUTPUTS, ctypes.byref(count), ctypes.byref(answer), tell, None,
            )
        finally:
            ended.set()

    thread = threading.Thread(target=work, name="attractor", daemon=True)
    thread.start()
    interrupted = False
    while not ended.is_set():
        try:
            ended.wait(0.1)
        except KeyboardInterrupt:
            interrupted = True
            stop.set()
    arrays = [_owned(found[i]) for i in range(count.value)]
    if answer.value is None:
        raise AttractorError(f"{function} ended without an answer", "fault")
    try:
        told: dict[str, Any] = json.loads(ctypes.string_at(answer.value))
    finally:
        _library.attractor_free(answer)
    if interrupted:
        raise KeyboardInterrupt
    if raised:
        raise raised[0]
    if code.value != 0:
        raise error(told)
    return told, arrays


def _owned(array: _Array) -> NDArray[np.float64]:
    """The library's memory as an array, which lets go of it with its last view."""
    address = ctypes.cast(array.values, ctypes.c_void_p).value
    buffer = (ctypes.c_double * (array.rows * array.columns)).from_address(address)
    weakref.finalize(buffer, _library.attractor_free, address)
    return np.frombuffer(buffer, dtype=np.float64).reshape(array.rows, array.columns)
