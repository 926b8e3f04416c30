"""Kernels: plain functions over arrays, compiled at their first call and kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

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
