"""Words as arrays of hashes, and what is computed on such arrays: shingles and exact runs.

Pure functions over arrays; nothing here knows of articles. A word is a 64-bit hash of its folded
form, so arrays made in different processes agree. Among a million distinct words the chance that
any two hashes are equal is below one in ten million.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

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


class Places(NamedTuple):
    """Where each distinct shingle of a text stands."""

    places: NDArray[np.int64]
    """Places of the shingles, sorted by their hash, then by place."""
    values: Codes
    """The distinct hashes, sorted."""
    starts: NDArray[np.int64]
    """Of each distinct hash, where its places begin."""
    counts: NDArray[np.int64]
    """Of each distinct hash, the number of its places."""


def places(codes: Codes, n: int) -> Places:
    """Return where each distinct run of ``n`` words of a text stands."""
    hashes = shingle_hashes(codes, n)
    order = np.argsort(hashes, kind="stable").astype(np.int64)
    values, starts, counts = np.unique(hashes[order], return_index=True, return_counts=True)
    return Places(order, values, starts.astype(np.int64), counts.astype(np.int64))


def exact_runs(a: Places, b: Places, n: int, repeats: int) -> NDArray[np.int64]:
    """Return the maximal runs of at least ``n`` words that stand in both texts.

    Shape (runs, 3): first word in ``a``, first word in ``b``, number of words; sorted by diagonal,
    then by place. Where a run of ``n`` words stands in so many places that it could be paired in
    more than ``repeats`` ways, its k-th place in one text is paired only with the k-th in the
    other, so that work stays linear on texts that repeat themselves; everywhere else every maximal
    run is found.
    """
    i, j = shared_places(a, b, repeats)
    if not len(i):
        return np.empty((0, 3), dtype=np.int64)
    diagonal = i - j
    order = np.lexsort((i, diagonal))
    i, j, diagonal = i[order], j[order], diagonal[order]
    broken = (diagonal[1:] != diagonal[:-1]) | (i[1:] != i[:-1] + 1)
    first = np.concatenate(([0], np.flatnonzero(broken) + 1, [len(i)]))
    return np.column_stack((i[first[:-1]], j[first[:-1]], np.diff(first) + n - 1))


def shared_places(
    a: Places, b: Places, repeats: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of places whose shingles are equal, as two arrays of one length.

    Shingles with more than ``repeats`` pairs are paired by rank only; see :func:`exact_runs`.
    """
    at_b = np.searchsorted(b.values, a.values)
    at_b[at_b == len(b.values)] = 0
    at_a = np.flatnonzero(b.values[at_b] == a.values if len(b.values) else [])
    at_b = at_b[at_a]
    here, there = a.counts[at_a], b.counts[at_b]
    from_a, from_b = a.starts[at_a], b.starts[at_b]
    if (here == 1).all() and (there == 1).all():
        return a.places[from_a], b.places[from_b]
    ranked = here * there > repeats
    sizes = np.where(ranked, np.minimum(here, there), here * there)
    group = np.repeat(np.arange(len(sizes)), sizes)
    step = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    wide = there[group]
    of_a = np.where(ranked[group], step, step // wide)
    of_b = np.where(ranked[group], step, step % wide)
    return a.places[from_a[group] + of_a], b.places[from_b[group] + of_b]
