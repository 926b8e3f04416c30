"""How near the words of two sentences are: for each word the likest of the other sentence's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.rewrite.vectors import DIMENSIONS, Floats

Numbers = NDArray[np.intp]
Vectors = NDArray[np.floating]
"""Those of the words of one sentence, of length 1: a row each."""

SMALL = 1 << 18
"""Multiplications up to which OpenBLAS lets one thread make a product. Threads that wait for their
share of a small one cost far more than they save."""

UNPACKED = 1 << 28
"""Bytes up to which the vectors of all words are kept in full precision; in half beyond."""

KEPT = 1 << 16
"""Pairs of sentences that are kept for the next time: some 20 MB."""


class Nearest(NamedTuple):
    """For some pairs of sentences, how near each word of one side is to the likest of the other."""

    cosines: Floats
    """Of all pairs, one after the other."""
    starts: Numbers
    """Of each pair, where its own begin."""

    def rows(self, which: Numbers, length: int) -> Floats:
        """Return those of some pairs of which that side has ``length`` words, a row each."""
        return np.asarray(self.cosines[self.starts[which][:, None] + np.arange(length)])


class Alike:
    """The words of some sentences, numbered, and how near those of any two are."""

    def __init__(self, words: Sequence[Vectors]) -> None:
        """Take the vectors of the words of each sentence."""
        size = sum(map(len, words)) * DIMENSIONS * 4
        precision = np.float32 if size <= UNPACKED else np.float16
        self._words: list[Vectors] = [np.asarray(w, precision) for w in words]
        self._lengths = np.array([len(w) for w in words], np.intp)
        self._keys = np.zeros(0, np.intp)
        self._known = _nothing(), _nothing()

    def nearest(self, a: Numbers, b: Numbers) -> tuple[Numbers, Nearest, Nearest]:
        """Return how near the words of each of ``a`` and of each of ``b`` are to the other's.

        Of each pair the number under which it stands, then what stands there, on both sides. Every
        distinct pair is worked out once, also over several calls. Neither lacks words.
        """
        keys = a * len(self._words) + b
        fresh = np.setdiff1d(keys, self._keys)
        if len(fresh):
            if len(self._keys) + len(fresh) > KEPT:
                fresh = np.unique(keys)
                self._keys, self._known = np.zeros(0, np.intp), (_nothing(), _nothing())
            found = self._found(*np.divmod(fresh, len(self._words)))
            self._known = _joined(self._known[0], found[0]), _joined(self._known[1], found[1])
            self._keys = np.concatenate([self._keys, fresh])
        order = np.argsort(self._keys, kind="stable")
        which = order[np.searchsorted(self._keys, keys, sorter=order)]
        return which, *self._known

    def _found(self, a: Numbers, b: Numbers) -> tuple[Nearest, Nearest]:
        """The same, of distinct pairs sorted by ``a``."""
        firsts = np.flatnonzero(np.diff(a, prepend=-1))
        here: list[Floats] = []
        there: list[Floats] = []
        for n, others in zip(a[firsts].tolist(), np.split(b, firsts[1:]), strict=True):
            likeness, starts = self._likeness(n, others)
            here.append(np.maximum.reduceat(likeness, starts, axis=1).T.ravel())
            there.append(likeness.max(axis=0))
        return (
            Nearest(np.concatenate(here), _starts(self._lengths[a])),
            Nearest(np.concatenate(there), _starts(self._lengths[b])),
        )

    def _likeness(self, n: int, others: Numbers) -> tuple[Floats, Numbers]:
        """The cosines of the words of a sentence, a row each, with those of others, side by side.

        Each two are a product by themselves, in parts where threads would not save time: of one
        shape, whatever else is compared, so that copies are equally near to the last bit.
        """
        own = self._words[n].astype(np.float32, copy=False)
        lengths = self._lengths[others]
        starts = _starts(lengths)
        likeness = np.empty((len(own), int(lengths.sum())), np.float32)
        for other, start in zip(others.tolist(), starts.tolist(), strict=True):
            # of a table with itself numpy would make another kind of product
            theirs = self._words[other].astype(np.float32, copy=other == n)
            step = max(1, SMALL // (DIMENSIONS * len(theirs)))
            target = likeness[:, start : start + len(theirs)]
            for row in range(0, len(own), step):
                np.matmul(own[row : row + step], theirs.T, out=target[row : row + step])
        return likeness, starts


def _nothing() -> Nearest:
    return Nearest(np.zeros(0, np.float32), np.zeros(0, np.intp))


def _joined(one: Nearest, two: Nearest) -> Nearest:
    starts = np.concatenate([one.starts, two.starts + len(one.cosines)])
    return Nearest(np.concatenate([one.cosines, two.cosines]), starts)


def _starts(lengths: Numbers) -> Numbers:
    """Where stretches of these lengths begin, one after the other."""
    return np.asarray(np.cumsum(lengths) - lengths)
