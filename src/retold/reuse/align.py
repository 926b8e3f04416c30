"""Passages of two texts: exact runs as seeds, extended word by word over light edits.

Pure functions over arrays. Seed and extend follows BLAST (Altschul et al. 1990, 1997): a seed grows
in both directions for as long as what is gained by equal words exceeds what is lost on unequal
ones. Passages are taken longest seed first and no word of either text is covered twice.
"""

from __future__ import annotations

import heapq
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from retold.reuse.shingles import Codes, Places, exact_runs, places

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


class Text(NamedTuple):
    """A text made ready to be aligned with others that were made ready with it."""

    letters: str
    """One character a word; equal words of any two texts have equal characters."""
    shingles: Places
    sums: list[float]
    """Running sum of the gains of the words; one longer than the text."""
    sums_back: list[float]
    """The same from the end."""


def texts(codes: Sequence[Codes], gains: Sequence[NDArray[np.float64]], seed: int) -> list[Text]:
    """Make texts ready to be aligned with each other.

    ``gains`` has one value in 0..1 for each word: what it is worth that this word is equal, where
    an unequal word costs 1. ``seed`` is :attr:`Limits.seed`. Raises ValueError for more than a
    million distinct words that stand in several texts each.
    """
    return [
        Text(letters, places(each, seed), _running(gain), _running(gain[::-1]))
        for letters, each, gain in zip(_letters(codes), codes, gains, strict=True)
    ]


def _running(gain: NDArray[np.float64]) -> list[float]:
    sums: list[float] = np.concatenate(([0.0], np.cumsum(gain))).tolist()
    return sums


def _letters(codes: Sequence[Codes]) -> list[str]:
    """Write each text with one character a word: what the fast alignment works on.

    Words that no other text has need no character of their own; one for each text is enough.
    """
    own = [np.unique(each) for each in codes]
    words, held = np.unique(np.concatenate([*own, np.empty(0, np.uint64)]), return_counts=True)
    shared = words[held > 1]
    if len(shared) + len(codes) > sys.maxunicode:
        raise ValueError("too many distinct words for one pile; align it in parts")
    written = []
    for number, each in enumerate(codes):
        at = np.searchsorted(shared, each)
        at[at == len(shared)] = 0
        known = shared[at] == each if len(shared) else np.zeros(len(each), dtype=np.bool_)
        letters = np.where(known, at, len(shared) + number).astype("<u4")
        # a surrogate is a character like others to all that is done with these strings
        written.append(letters.tobytes().decode("utf-32-le", "surrogatepass"))
    return written


def passages(a: Text, b: Text, limits: Limits, telling: Callable[[Aligned], bool]) -> list[Aligned]:
    """Return the passages that two texts share, sorted by place in ``a``.

    ``telling`` says whether a passage is more than common wording; those that are not cover
    nothing.
    """
    runs = exact_runs(a.shingles, b.shingles, limits.seed, limits.repeats).tolist()
    if not runs:
        return []
    heap = [(-n, i, j) for i, j, n in runs]
    heapq.heapify(heap)
    pair = _Pair(a, b, limits)
    taken_a, taken_b = _Taken(len(a.letters)), _Taken(len(b.letters))
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

    def __init__(self, a: Text, b: Text, limits: Limits) -> None:
        self.forward = a.letters, b.letters, a.sums
        self.backward = a.letters[::-1], b.letters[::-1], a.sums_back
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
        back = aligned(0, 0, before)
        return aligned(i - back.words_a, j - back.words_b, _joined(before, (n, n), after))

    def _extend(
        self, pair: tuple[str, str, list[float]], i: int, j: int, end_a: int, end_b: int
    ) -> list[Op]:
        """Return the operations that lead on from (i, j) for as long as they gain."""
        a, b, sums = pair
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
            ops += onward
            for da, db in onward:
                i, j = i + abs(da), j + abs(db)


def columns(a: str, b: str) -> tuple[Op, ...]:
    """Align two strings with as many equal characters in order as there can be (their LCS)."""
    ops: list[Op] = []
    dropped = added = 0
    steps = cast("list[tuple[str, int, int, int, int]]", Indel.opcodes(a, b).as_list())
    for tag, a_from, a_to, b_from, b_to in steps:
        if tag == "equal":
            if dropped or added:
                ops.append((-dropped, -added))
                dropped = added = 0
            ops.append((a_to - a_from, a_to - a_from))
        else:
            dropped, added = dropped + a_to - a_from, added + b_to - b_from
    if dropped or added:
        ops.append((-dropped, -added))
    return tuple(ops)


def _joined(before: Sequence[Op], core: Op, after: Sequence[Op]) -> list[Op]:
    """Put what was found backwards and forwards around the core; join equal neighbours."""
    joined: list[Op] = []
    for op in (*reversed(before), core, *after):
        if joined and joined[-1][0] > 0 and op[0] > 0:
            joined[-1] = (joined[-1][0] + op[0], joined[-1][1] + op[1])
        else:
            joined.append(op)
    return joined


def _best_prefix(ops: Sequence[Op], sums: Sequence[float], i: int, gap: int) -> Sequence[Op]:
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
    return ops[:end]


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
