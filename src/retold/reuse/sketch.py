"""Sketches: a small, fair sample of a text's runs of words, by which copies find each other.

FracMinHash (Irber et al. 2022, "Lightweight compositional analysis of metagenomes with FracMinHash
and minimum metagenome covers"; Broder 1997 calls it sampling modulo m): of the hashes of all runs
of ``n`` words those below a threshold are kept, so two texts keep the same of what they share, and
containment can be read off however different their lengths are. A short text keeps its ``floor``
smallest hashes at least.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retold.reuse.buffers import Buffers
from retold.reuse.compiled import compiled
from retold.reuse.tokens import Words

Hashes = NDArray[np.uint64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd 64-bit multiplier (the golden ratio's fraction; Knuth, TAOCP 3, 6.4)."""
_MIX_A, _MIX_B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)
_ONE = np.uint64(1)


@compiled
def mixed(key: np.uint64) -> np.uint64:
    """Spread a key over 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    key = (key ^ (key >> _30)) * _MIX_A
    key = (key ^ (key >> _27)) * _MIX_B
    return key ^ (key >> _31)


@compiled
def shingles(words: Words, n: int, hashes: Hashes) -> int:
    """Hash each run of ``n`` words into ``hashes``, by a rolling polynomial; return their number.

    Hashes are never 0, and where a run holds a word 0 (which no text has: see
    :mod:`retold.reuse.stock`) it is hashed like any other.
    """
    count = max(0, len(words) - n + 1)
    top = _ONE
    for _ in range(n):
        top *= _FACTOR
    key = np.uint64(0)
    for at in range(len(words)):
        key = key * _FACTOR + np.uint64(words[at]) + _ONE
        if at >= n:
            key -= top * (np.uint64(words[at - n]) + _ONE)
        if at >= n - 1:
            hashes[at - n + 1] = mixed(key) | _ONE
    return count


@compiled
def _sketch(
    words: Words,
    bounds: NDArray[np.int64],
    n: int,
    threshold: np.uint64,
    floor: int,
    kept: Hashes,
    kept_bounds: NDArray[np.int64],
    whole: Hashes,
) -> int:
    """Fill ``kept`` with each text's sketch, sorted; ``whole`` with one hash of all its words."""
    filled = 0
    buffer = np.empty(0, np.uint64)
    for text in range(len(bounds) - 1):
        run = words[bounds[text] : bounds[text + 1]]
        key = np.uint64(len(run))
        for word in run:
            key = key * _FACTOR + np.uint64(word) + _ONE
        whole[text] = mixed(key)
        if len(buffer) < len(run):
            buffer = np.empty(2 * len(run), np.uint64)
        count = shingles(run, n, buffer)
        start = filled
        for at in range(count):
            if buffer[at] < threshold:
                kept[filled] = buffer[at]
                filled += 1
        below = filled - start
        filled = _distinct(np.sort(kept[start:filled]), kept, start, below)
        if filled - start < floor and below < count:
            filled = _distinct(np.sort(buffer[:count]), kept, start, floor)
        kept_bounds[text + 1] = filled
    return filled


@compiled
def _distinct(ordered: Hashes, kept: Hashes, start: int, most: int) -> int:
    """Write ``most`` distinct hashes at most from ``start`` on; return where they end."""
    filled = start
    for at in range(len(ordered)):
        if filled - start == most:
            break
        if at == 0 or ordered[at] != ordered[at - 1]:
            kept[filled] = ordered[at]
            filled += 1
    return filled


def sketch(
    words: Words,
    bounds: NDArray[np.int64],
    n: int,
    rate: int,
    floor: int,
    buffers: Buffers | None = None,
) -> tuple[Hashes, NDArray[np.int64], Hashes]:
    """Sketch texts.

    Args:
        words: the words of all texts, one after the other.
        bounds: where each begins; one longer than the texts.
        n: words of a run.
        rate: one run in so many is kept.
        floor: runs that a text keeps at least, as far as it has them.
        buffers: what the kept hashes are written to; they hold until these are used again.

    Returns:
        The kept hashes, sorted and distinct within each text; where each text's begin; and a hash
        of all words of each text, by which texts that are equal word for word are found.
    """
    texts = len(bounds) - 1
    kept_bounds = np.zeros(texts + 1, np.int64)
    whole = np.empty(texts, np.uint64)
    # room for all: a text may be made so that every run of it is kept; untouched room costs nothing
    kept = (buffers or Buffers()).take("hashes", len(words), np.uint64)
    threshold = np.uint64(2**64 // rate - 1)
    count = _sketch(words, bounds, n, threshold, floor, kept, kept_bounds, whole)
    return kept[:count], kept_bounds, whole
