"""The seeds of passages: maximal runs of equal words, found by the hashes of their shingles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.reuse.sketch import Hashes, shingles
from retold.reuse.tokens import Words

_BITS = 21
_LOW = (1 << _BITS) - 1
MOST_WORDS = _LOW
"""Words of the longest text that can be aligned; what follows them is left alone."""
_STEPS = 64
"""Comparisons for each word of two texts after which only runs that stand once in the first text
are seeds: only texts that repeat themselves for thousands of words come to it."""


@compiled
def table(
    a: Words,
    seed: int,
    grams: Hashes,
    heads: NDArray[np.int32],
    following: NDArray[np.int32],
    size: int,
) -> None:
    """Make the places of each run of ``seed`` words of ``a`` findable by its hash."""
    heads[:size] = -1
    mask = np.uint64(size - 1)
    count = shingles(a, seed, grams)
    for back in range(count):
        i = count - 1 - back
        slot = grams[i] & mask
        following[i] = heads[slot]
        heads[slot] = i


@compiled
def seeds(
    a: Words,
    b: Words,
    seed: int,
    repeats: int,
    grams_a: Hashes,
    grams_b: Hashes,
    heads: NDArray[np.int32],
    following: NDArray[np.int32],
    mask: np.uint64,
    reached: NDArray[np.int32],
    apart: NDArray[np.bool_],
    runs: NDArray[np.int64],
) -> int:
    """Find the maximal runs of equal words, each packed so that the longest sorts first.

    ``a`` and ``b`` end with a word that no other is equal to. Of the places in ``a`` of one run of
    words, the first ``repeats`` are paired. No run begins where ``apart`` says so.
    """
    filled = 0
    steps = _STEPS * (len(a) + len(b))
    count = max(0, len(b) - seed)
    reached[: len(a) + len(b)] = 0
    for j in range(count):
        i = -1 if apart[j] else heads[grams_b[j] & mask]
        paired = 0
        if steps < 0 and _repeated(i, grams_b[j], grams_a, following):
            continue
        while i >= 0 and paired < repeats:
            if grams_a[i] == grams_b[j]:
                paired += 1
                diagonal = i - j + len(b) - 1
                if reached[diagonal] <= j:
                    end_a, end_b = i, j
                    while a[end_a] == b[end_b]:
                        end_a += 1
                        end_b += 1
                    steps -= end_b - j
                    reached[diagonal] = end_b
                    if end_b - j >= seed and filled < len(runs):
                        runs[filled] = (
                            np.int64(_LOW - (end_b - j)) << (2 * _BITS)
                            | np.int64(i) << _BITS
                            | np.int64(j)
                        )
                        filled += 1
            i = following[i]
    return filled


@compiled
def unpacked(run: int) -> tuple[int, int, int]:
    """Return where a run begins in either text and its length."""
    return (run >> _BITS) & _LOW, run & _LOW, _LOW - (run >> (2 * _BITS))


@compiled
def _repeated(i: int, gram: np.uint64, grams: Hashes, following: NDArray[np.int32]) -> bool:
    """Whether a run of words stands in several of the places from ``i`` on."""
    count = 0
    while i >= 0 and count < 2:
        count += grams[i] == gram
        i = following[i]
    return count > 1
