"""Kernels where nothing can be kept on the disk."""

from types import SimpleNamespace

import numba
import pytest

from retold.reuse.compiled import compiled, compiling


def test_a_kernel_is_compiled_where_it_cannot_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(**options: object) -> object:
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(**options)

    monkeypatch.setattr("retold.reuse.compiled.numba", SimpleNamespace(njit=homeless))
    assert compiled(_twice)(21) == 42


def _twice(value: int) -> int:
    return 2 * value


def test_what_is_compiled_is_told_once() -> None:
    told: list[tuple[str, int, int]] = []
    kernel = numba.njit(_twice)
    with compiling(lambda *step: told.append(step)):
        kernel(1)
        kernel(2)
    kernel(2.5)
    assert told == [("compile, once", 1, 0)]
