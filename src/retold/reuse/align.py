"""Passages of two texts: exact runs as seeds, extended word by word over light edits.

Pure functions over arrays. Seed and extend follows BLAST (Altschul et al. 1990, 1997): a seed grows
in both directions for as long as what is gained by equal words exceeds what is lost on unequal
ones. Passages are taken longest seed first and no word of either text is covered twice.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from retold.reuse.shingles import Codes, exact_runs

Op = tuple[int, int]
"""``(n, n)`` with n > 0 and equal words, or a change: ``(-words in a, -words in b)``, one of them
below 0."""

WINDOW = 60
"""Words aligned at a time; the alignment is fastest on up to 64, the bits of a machine word."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What makes a passage; the meaning of each is given in :class:`retold.config.ReuseConfig`."""

    seed: int
    gap: int
    near_share: float
    repeats: int


class Aligned(NamedTuple):
    """Two stretches of words that correspond, word by word as ``ops`` say."""

    i: int
    """First word in ``a``."""
    j: int
    words_a: int
    """Number of words in ``a``."""
    words_b: int
    equal: int
    """Number of words that are equal."""
    ops: tuple[Op, ...]
    """Beginning and ending with equal words."""

    @property
    def share(self) -> float:
        """Equal words by the words of the longer side."""
        return self.equal / max(self.words_a, self.words_b)

    def stretches(self) -> list[tuple[int, int, int]]:
        """Return the equal stretches: first word in ``a``, first word in ``b``, number of words."""
        found, i, j = [], self.i, self.j
        for da, db in self.ops:
            if da > 0:
                found.append((i, j, da))
            i, j = i + abs(da), j + abs(db)
        return found


def aligned(i: int, j: int, ops: Sequence[Op]) -> Aligned:
    """Return the passage that ``ops`` lead through from word ``i`` in ``a`` and ``j`` in ``b``."""
    words_a = words_b = equal = 0
    for da, db in ops:
        if da > 0:
            words_a, words_b, equal = words_a + da, words_b + db, equal + da
        else:
            words_a, words_b = words_a - da, words_b - db
    return Aligned(i, j, words_a, words_b, equal, tuple(ops))


def passages(
    a: Codes,
    b: Codes,
    gains: NDArray[np.float64],
    limits: Limits,
    telling: Callable[[Aligned], bool],
) -> list[Aligned]:
    """Return the passages that two texts share, sorted by place in ``a``.

    ``gains`` has one value in 0..1 for each word of ``a``: what it is worth that this word is
    equal, where an unequal word costs 1. ``telling`` says whether a passage is more than common
    wording; those that are not cover nothing.
    """
    heap = [(-n, i, j) for i, j, n in exact_runs(a, b, limits.seed, limits.repeats).tolist()]
    if not heap:
        return []
    heapq.heapify(heap)
    pair = _Pair(*_characters(a, b), gains, limits)
    taken_a, taken_b = _Taken(len(a)), _Taken(len(b))
    found: list[Aligned] = []
    while heap:
        length, i, j = heapq.heappop(heap)
        i, j, n = _longest_free(i, j, -length, taken_a, taken_b)
        if n < limits.seed:
            continue
        if n < -length:
            heapq.heappush(heap, (-n, i, j))
            continue
        for part in _divide(pair.grow(i, j, n, taken_a.room(i), taken_b.room(j)), limits):
            if telling(part):
                taken_a.add(part.i, part.i + part.words_a)
                taken_b.add(part.j, part.j + part.words_b)
                found.append(part)
    return sorted(found, key=lambda p: (p.i, p.j))


def _characters(a: Codes, b: Codes) -> tuple[str, str]:
    """Both texts as strings of one character a word: what the fast alignment works on."""
    _, inverse = np.unique(np.concatenate((a, b)), return_inverse=True)
    # a surrogate is a character like others; no pair of texts has a million distinct words
    both = (inverse % 0x10FFFF).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return both[: len(a)], both[len(a) :]


class _Taken:
    """The words of one text that passages cover already: disjoint intervals, sorted."""

    def __init__(self, length: int) -> None:
        self.starts, self.ends = [-1, length], [0, length + 1]

    def room(self, place: int) -> tuple[int, int]:
        """Return the free stretch around a free word."""
        at = bisect_right(self.starts, place)
        return self.ends[at - 1], self.starts[at]

    def add(self, start: int, end: int) -> None:
        at = bisect_right(self.starts, start)
        self.starts.insert(at, start)
        self.ends.insert(at, end)

    def free(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the free stretches within ``start..end``."""
        found = []
        at = bisect_right(self.starts, start) - 1
        while start < end:
            start = max(start, self.ends[at])
            stop = min(end, self.starts[at + 1])
            if start < stop:
                found.append((start, stop))
            at += 1
            start = max(start, stop)
        return found


def _longest_free(i: int, j: int, n: int, taken_a: _Taken, taken_b: _Taken) -> tuple[int, int, int]:
    """Return the longest part of a run that is free in both texts; the first of several."""
    best = (i, j, 0)
    for start, end in taken_a.free(i, i + n):
        for low, high in taken_b.free(start - i + j, end - i + j):
            if high - low > best[2]:
                best = (low - j + i, low, high - low)
    return best


class _Pair:
    """Two texts between which seeds grow."""

    def __init__(self, a: str, b: str, gains: NDArray[np.float64], limits: Limits) -> None:
        self.forward = (a, b, np.concatenate(([0.0], np.cumsum(gains))).tolist())
        self.backward = (a[::-1], b[::-1], np.concatenate(([0.0], np.cumsum(gains[::-1]))).tolist())
        self.gap = limits.gap

    def grow(
        self, i: int, j: int, n: int, room_a: tuple[int, int], room_b: tuple[int, int]
    ) -> Aligned:
        """Extend the run of ``n`` words at (i, j) in both directions, within the room given."""
        length_a, length_b = len(self.forward[0]), len(self.forward[1])
        after = self._extend(self.forward, i + n, j + n, room_a[1], room_b[1])
        before = self._extend(
            self.backward, length_a - i, length_b - j, length_a - room_a[0], length_b - room_b[0]
        )
        ops = _joined([*reversed(before), (n, n), *after])
        back_a, back_b = sum(abs(op[0]) for op in before), sum(abs(op[1]) for op in before)
        return aligned(i - back_a, j - back_b, ops)

    def _extend(
        self, texts: tuple[str, str, list[float]], i: int, j: int, end_a: int, end_b: int
    ) -> list[Op]:
        """Return the operations that lead on from (i, j) for as long as they gain."""
        a, b, sums = texts
        ops: list[Op] = []
        while True:
            start = i
            while i < end_a and j < end_b and a[i] == b[j]:
                i, j = i + 1, j + 1
            if i > start:
                ops.append((i - start, i - start))
            ahead_a, ahead_b = min(i + WINDOW, end_a), min(j + WINDOW, end_b)
            if i == ahead_a or j == ahead_b:
                return ops
            onward = _best_prefix(columns(a[i:ahead_a], b[j:ahead_b]), sums, i, self.gap)
            if not onward:
                return ops
            ops.extend(onward)
            i += sum(abs(op[0]) for op in onward)
            j += sum(abs(op[1]) for op in onward)


def columns(a: str, b: str) -> list[Op]:
    """Align two strings with as many equal characters in order as there can be (their LCS)."""
    ops: list[Op] = []
    for op in Indel.opcodes(a, b):
        words_a, words_b = op.src_end - op.src_start, op.dest_end - op.dest_start
        ops.append((words_a, words_b) if op.tag == "equal" else (-words_a, -words_b))
    return _joined(ops)


def _joined(ops: Sequence[Op]) -> list[Op]:
    """Join neighbours of one sort."""
    joined: list[Op] = []
    for da, db in ops:
        if joined and (joined[-1][0] > 0) == (da > 0):
            joined[-1] = (joined[-1][0] + da, joined[-1][1] + db)
        else:
            joined.append((da, db))
    return joined


def _best_prefix(ops: Sequence[Op], sums: Sequence[float], i: int, gap: int) -> list[Op]:
    """Return the prefix of ``ops`` with the highest gain above 0; none where there is none.

    The search ends where the gain has dropped by more than ``gap`` words below the best so far.
    """
    best, end, score = 0.0, 0, 0.0
    for at, (da, db) in enumerate(ops):
        if da > 0:
            score += sums[i + da] - sums[i]
            i += da
            if score > best:
                best, end = score, at + 1
        else:
            score += min(da, db)
            i -= da
            if score < best - gap:
                break
    return list(ops[:end])


def _divide(found: Aligned, limits: Limits) -> list[Aligned]:
    """Divide a passage at its longest change until every part has enough equal words."""
    parts, waiting = [], [found]
    while waiting:
        part = waiting.pop()
        if part.share >= limits.near_share:
            parts.append(part)
            continue
        worst = min(
            (at for at, op in enumerate(part.ops) if op[0] <= 0),
            key=lambda at: (min(part.ops[at]), at),
        )
        before = aligned(part.i, part.j, part.ops[:worst])
        i = part.i + before.words_a - part.ops[worst][0]
        j = part.j + before.words_b - part.ops[worst][1]
        waiting += [before, aligned(i, j, part.ops[worst + 1 :])]
    return parts
