"""Words as arrays of hashes, and what is computed on such arrays: shingles and exact runs.

Pure functions over arrays; nothing here knows of articles. A word is a 64-bit hash of its folded
form, so arrays made in different processes agree. Among a million distinct words the chance that
any two hashes are equal is below one in ten million.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint64]
"""One hash a word, in the order of the text."""

_FACTOR = 0x9E3779B97F4A7C15
"""Odd 64-bit multiplier (the golden ratio's fraction; Knuth, TAOCP 3, 6.4)."""


@lru_cache(maxsize=1 << 17)
def _code(form: str) -> int:
    digest = blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def encode(forms: Sequence[str]) -> Codes:
    """Return the hash of each folded word; shape (words,)."""
    return np.fromiter(map(_code, forms), dtype=np.uint64, count=len(forms))


def shingle_hashes(codes: Codes, n: int) -> Codes:
    """Return the hash of each run of ``n`` words; shape (max(0, words - n + 1),)."""
    count = max(0, len(codes) - n + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(n):
        hashes *= np.uint64(_FACTOR)
        hashes += codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(29)
    return hashes


def exact_runs(a: Codes, b: Codes, n: int, repeats: int) -> NDArray[np.int64]:
    """Return the maximal runs of at least ``n`` words that stand in both texts.

    Shape (runs, 3): first word in ``a``, first word in ``b``, number of words; sorted by diagonal,
    then by place. Where a run of ``n`` words stands in so many places that it could be paired in
    more than ``repeats`` ways, its k-th place in one text is paired only with the k-th in the
    other, so that work stays linear on texts that repeat themselves; everywhere else every maximal
    run is found.
    """
    i, j = shared_places(shingle_hashes(a, n), shingle_hashes(b, n), repeats)
    if not len(i):
        return np.empty((0, 3), dtype=np.int64)
    order = np.lexsort((i, i - j))
    i, j = i[order], j[order]
    broken = (np.diff(i - j) != 0) | (np.diff(i) != 1)
    first = np.flatnonzero(np.concatenate(([True], broken)))
    counts = np.diff(np.append(first, len(i)))
    return np.column_stack((i[first], j[first], counts + n - 1))


def shared_places(a: Codes, b: Codes, repeats: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of places whose hashes are equal, as two arrays of one length.

    Values with more than ``repeats`` pairs are paired by rank only; see :func:`exact_runs`.
    """
    places_a, values_a, starts_a, counts_a = _grouped(a)
    places_b, values_b, starts_b, counts_b = _grouped(b)
    _, at_a, at_b = np.intersect1d(values_a, values_b, assume_unique=True, return_indices=True)
    here, there = counts_a[at_a], counts_b[at_b]
    ranked = here * there > repeats
    sizes = np.where(ranked, np.minimum(here, there), here * there)
    group = np.repeat(np.arange(len(sizes)), sizes)
    step = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    wide = there[group]
    of_a = np.where(ranked[group], step, step // wide)
    of_b = np.where(ranked[group], step, step % wide)
    return places_a[starts_a[at_a][group] + of_a], places_b[starts_b[at_b][group] + of_b]


def _grouped(
    hashes: Codes,
) -> tuple[NDArray[np.int64], Codes, NDArray[np.int64], NDArray[np.int64]]:
    """Places sorted by value; distinct values; where each begins among the places; how many."""
    places = np.argsort(hashes, kind="stable").astype(np.int64)
    values, starts, counts = np.unique(hashes[places], return_index=True, return_counts=True)
    return places, values, starts.astype(np.int64), counts.astype(np.int64)
