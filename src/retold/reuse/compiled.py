"""Kernels: plain functions over arrays, compiled at their first call and kept on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba.core import event

from retold.engine.base import Progress

_In = ParamSpec("_In")
_Out = TypeVar("_Out")


def compiled(function: Callable[_In, _Out]) -> Callable[_In, _Out]:
    """Compile ``function`` for the types of its first call; threads run it side by side.

    What is written in such a function must be what numba knows: arrays, numbers, loops. Mind that
    uint64 and int64 together become a float there.
    """
    try:
        made = numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:  # neither the package's folder nor one of the user's can be written
        made = numba.njit(nogil=True)(function)
    return cast("Callable[_In, _Out]", made)


class _Teller(event.Listener):
    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.begun = 0

    def on_start(self, event: Any) -> None:  # noqa: ARG002 - the listener's
        self.begun += 1
        self.progress("compile, once", self.begun, 0)

    def on_end(self, event: Any) -> None:
        pass


@contextmanager
def compiling(progress: Progress) -> Iterator[None]:
    """Tell how many kernels are compiled meanwhile: the first run after an installation waits."""
    with event.install_listener("numba:compile", _Teller(progress)):
        yield
