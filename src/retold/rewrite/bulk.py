"""Many pairs of sentences at once: the scorer's probabilities, for a whole pile in little time.

What two sentences share is gathered from lists of the sentences that have a key, one pass for each
sentence; word by word they are compared only where the logistic model can still reach what is asked
for. :class:`retold.rewrite.score.Scorer` says the same pair by pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retold.rewrite.alike import SMALL, Alike, Nearest
from retold.rewrite.evidence import LEXICAL, VECTOR, Said, model_weights
from retold.rewrite.score import GAIN, WORTH, Scorer
from retold.rewrite.vectors import DIMENSIONS, Floats

Numbers = NDArray[np.intp]
Doubles = NDArray[np.float64]
Index = dict[str, tuple[Numbers, Doubles]]
"""Key -> the sentences that have it, and its weight in each."""

TOGETHER = 1 << 15
"""Pairs that are compared word by word at once."""

AGREED = 1 << 20
"""Pairs of sentences of which it is kept what of the one stands in the other: 24 MB."""

LARGE = 1 << 26
"""Multiplications from which on they do save: tens of milliseconds of one thread."""

MARGIN = 1e-3
"""By how much a bound must fail for a pair to be left: more than any rounding. A probability."""


class Bulk:
    """The sentences of a scorer, numbered: all of its documents' in order, then those in context.

    A sentence in context is one that points back, read together with the one before it.
    """

    def __init__(self, scorer: Scorer) -> None:
        """Index the sentences."""
        self._with_vectors = scorer.with_vectors
        plain = [said for article in scorer.said for said in article]
        starts = np.cumsum([0, *(len(article) for article in scorer.said)])
        self.starts: Numbers = starts.astype(np.intp)
        """Number of each document's first sentence; one more for the end."""
        self.context: Numbers = np.full(len(plain), -1, np.intp)
        """Number of a sentence in its context, -1 where it does not point back."""
        self._said: list[Said] = list(plain)
        tables = _tables(plain)
        names: dict[tuple[int, int], int] = {}
        for d, article in enumerate(scorer.said):
            for s in range(1, len(article)):
                if scorer.points_back((d, s)):
                    n = int(starts[d]) + s
                    self.context[n] = len(self._said)
                    self._said.append(scorer.in_context((d, s)))
                    both = tables[n - 1], tables[n]
                    tables.append(names.setdefault(both, len(plain) + len(names)))
        self._tables: Numbers = np.array(tables, np.intp)
        """Number of the vectors of each sentence: copies share them."""
        self._vectors: Floats = np.zeros((max(tables, default=-1) + 1, DIMENSIONS), np.float32)
        """By the same number, their vector."""
        for table, said in zip(tables, self._said, strict=True):
            if said.embedded is not None:
                self._vectors[table] = said.embedded.vector
        self._weights = _index(said.weights for said in self._said)
        self._phrases = _index(said.phrases for said in self._said)
        self._singular = _index(said.singular for said in self._said)
        self._totals = np.array([said.total for said in self._said])
        self._runs = np.array([len(said.phrases) for said in self._said])
        self._commentary = np.array([said.content.commentary for said in self._said])
        self._lengths = np.array([len(said.plain) for said in self._said], np.intp)
        self._plain_totals = np.array([said.plain.sum() for said in self._said], np.float32)
        self._alike = _worded(self._said, tables)
        self._agreed: dict[int, Doubles] = {}

    def shared(self, n: int) -> Floats:
        """Return the weight of the keys that sentence ``n`` has in common with each other one."""
        return _overlap(self._said[n].weights, self._weights, len(self._said)).astype(np.float32)

    def cosines(self, first: int, last: int) -> Floats:
        """Return the cosines of the sentences from ``first`` up to ``last`` with all, a row each.

        Each distinct pair is worked out once, so that copies are equally near to the last bit.
        """
        which = self._tables[: len(self.context)]
        own, places = np.unique(which[first:last], return_inverse=True)
        found = products(self._vectors[own], self._vectors[: which.max(initial=-1) + 1])
        return np.asarray(found[places][:, which])

    def best(self, a: Numbers, b: Numbers, usual: Doubles, least: float) -> Doubles:
        """Return the probability of each pair, as :meth:`Scorer.probability` gives it.

        ``a`` and ``b`` are numbers of sentences, ``usual`` what is usual for their documents. 0 or
        a lower value may stand for a probability below ``least``.
        """
        best = self._alone(a, b, usual, least)
        for one, two in ((a, b), (b, a)):
            back = np.flatnonzero(self.context[one] >= 0)
            together = self._alone(self.context[one[back]], two[back], usual[back], least)
            back, together = back[together > 0], together[together > 0]
            here, there, mean = one[back], two[back], usual[back]
            before = self._alone(here - 1, there, mean, 0.0)
            counts = self._alone(here, there, mean, 0.0) >= WORTH
            counts &= together > before + GAIN
            back, together = back[counts], together[counts]
            best[back] = np.maximum(best[back], together)
        return best

    def _alone(self, a: Numbers, b: Numbers, usual: Doubles, least: float) -> Doubles:
        """The probability of each pair as it stands; 0 where it cannot reach ``least``."""
        if not len(a):
            return np.zeros(0)
        lexical = self._lexical(a, b)
        names: tuple[str, ...] = LEXICAL
        if self._with_vectors:
            names += VECTOR
        intercept, weighed = model_weights()["full" if self._with_vectors else "lexical"]
        weight = dict(zip(names, weighed, strict=True))
        z = np.full(len(a), intercept)
        for name, column in zip(LEXICAL, lexical, strict=True):
            z += weight[name] * column
        if self._with_vectors:
            cosine = _paired(a, b, self._cosines)
            z += weight["excess"] * np.maximum(0.0, cosine - usual)
            most = z + max(0.0, weight["plain"]) + max(0.0, weight["plain both"])
            alive = np.flatnonzero(_logistic(most) >= least - MARGIN)
            more, less = self._plain(a[alive], b[alive])
            found = np.zeros(len(a))
            z = z[alive] + weight["plain"] * more + weight["plain both"] * less
            found[alive] = _logistic(z)
        else:
            found = _logistic(z)
        return np.where(found >= least - MARGIN, found, 0.0)

    # ------------------------------------------------------------ words, names and figures

    def _lexical(self, a: Numbers, b: Numbers) -> tuple[Doubles, ...]:
        """The features :data:`LEXICAL` of each pair, as columns."""
        one, one_anchor, one_run = _paired(a, b, self._agreements).T
        two, two_anchor, two_run = _paired(b, a, self._agreements).T
        alone = _paired(a, b, self._alone_shared)
        covers = [
            np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
            for part, whole in ((one, self._totals[a]), (two, self._totals[b]))
        ]
        # the phrases of the sentence with fewer of them; of one in context where both have as many
        plain = len(self.context)
        fewer, as_many = self._runs[a] < self._runs[b], self._runs[a] == self._runs[b]
        run = np.where(fewer | (as_many & (b < plain)), one_run, two_run)
        return (
            np.maximum(*covers),
            np.minimum(*covers),
            np.log1p(np.minimum(one, two)),
            np.log1p(np.minimum(one_anchor, two_anchor)),
            np.log1p(np.minimum(one - one_anchor, two - two_anchor)),
            np.log1p(run),
            np.log1p(alone),
            1.0 - np.maximum(self._commentary[a], self._commentary[b]),
        )

    def _agreements(self, n: int, others: Numbers) -> Doubles:
        """What of sentence ``n`` stands in others: weight, that of anchors, and of phrases."""
        if n not in self._agreed:
            if (len(self._agreed) + 1) * len(self._said) > AGREED:
                self._agreed.clear()
            self._agreed[n] = self._agreement(n)
        return np.asarray(self._agreed[n][others])

    def _agreement(self, n: int) -> Doubles:
        """The same for all others."""
        said, size = self._said[n], len(self._said)
        words, anchors, run = found = np.zeros((3, size))
        for term in said.content.terms:
            weight, holders = said.weights[term.key], self._weights[term.key][0]
            target = anchors if term.anchor else words
            whole = sum(said.weights[part] for part, _ in term.parts)
            if whole:
                agreed = np.zeros(size)
                for part, _ in term.parts:
                    agreed[self._weights[part][0]] += weight * said.weights[part] / whole
                agreed[holders] = weight
                target += agreed
            else:
                target[holders] += weight
        for phrase, weight in said.phrases.items():
            run[self._phrases[phrase][0]] += weight
        words += anchors
        return np.ascontiguousarray(found.T)

    def _alone_shared(self, n: int, others: Numbers) -> Doubles:
        singular = self._said[n].singular
        return _overlap(singular, self._singular, len(self._said))[others]

    # ------------------------------------------------------------ vectors of words

    def _plain(self, a: Numbers, b: Numbers) -> tuple[Doubles, Doubles]:
        """The features "plain" and "plain both" of each pair."""
        shares = np.zeros((len(a), 2), np.float32)
        swap = self._tables[a] > self._tables[b]
        a, b = np.where(swap, b, a), np.where(swap, a, b)
        worded = np.flatnonzero((self._lengths[a] > 0) & (self._lengths[b] > 0))
        order = np.lexsort((self._tables[b[worded]], self._tables[a[worded]]))
        for start in range(0, len(worded), TOGETHER):
            block = worded[order[start : start + TOGETHER]]
            ours, theirs = a[block], b[block]
            which, *near = self._alike.nearest(self._tables[ours], self._tables[theirs])
            shares[block, 0] = self._found_alike(ours, which, near[0])
            shares[block, 1] = self._found_alike(theirs, which, near[1])
        return shares.max(axis=1).astype(np.float64), shares.min(axis=1).astype(np.float64)

    def _cosines(self, n: int, others: Numbers) -> Doubles:
        vectors = self._vectors[self._tables[others]]
        found = np.einsum("ij,j->i", vectors, self._vectors[self._tables[n]])
        return np.asarray(found, np.float64)

    def _found_alike(self, sentences: Numbers, which: Numbers, near: Nearest) -> Floats:
        """The share of the words of each sentence that find their like in its partner."""
        shares = np.empty(len(sentences), np.float32)
        for length, places in _groups(self._lengths[sentences]):
            weights = np.array([self._said[n].plain for n in sentences[places].tolist()])
            shares[places] = np.einsum("ij,ij->i", near.rows(which[places], length), weights)
        return _share(shares, self._plain_totals[sentences])


def products(one: Floats, two: Floats) -> Floats:
    """Return ``one @ two.T``, of rows of vectors; in parts where threads would not save time."""
    cost = DIMENSIONS * len(one)
    if not SMALL < cost * len(two) < LARGE:
        return np.asarray(one @ two.T)
    step = max(1, SMALL // cost)
    parts = [one @ two[start : start + step].T for start in range(0, len(two), step)]
    return np.concatenate(parts, axis=1)


def _worded(sentences: Sequence[Said], tables: Sequence[int]) -> Alike:
    """The vectors of the words of each table."""
    words = [np.zeros((0, DIMENSIONS), np.float16)] * (max(tables, default=-1) + 1)
    for table, said in zip(tables, sentences, strict=True):
        if said.embedded is not None:
            words[table] = said.embedded.words
    return Alike(words)


def _tables(sentences: Iterable[Said]) -> list[int]:
    """Number sentences so that those with the same vectors of words have one number."""
    names: dict[int, int] = {}
    return [names.setdefault(id(s.embedded and s.embedded.words), len(names)) for s in sentences]


def _index(bags: Iterable[Mapping[str, float]]) -> Index:
    found: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for n, bag in enumerate(bags):
        for key, weight in bag.items():
            holders, values = found[key]
            holders.append(n)
            values.append(weight)
    return {k: (np.array(n, np.intp), np.array(w, np.float64)) for k, (n, w) in found.items()}


def _overlap(bag: Mapping[str, float], index: Index, size: int) -> Doubles:
    """The smaller of the weights of each key that a bag shares with each sentence, summed."""
    shared = np.zeros(size)
    for key, weight in bag.items():
        holders, values = index[key]
        shared[holders] += np.minimum(values, weight)
    return shared


def _paired(a: Numbers, b: Numbers, of: Callable[[int, Numbers], NDArray[np.floating]]) -> Doubles:
    """Apply ``of`` to each of ``a`` with all of ``b`` that it is paired with, in the pairs' order.

    There is one pair at least.
    """
    groups = _groups(a)
    n, places = next(groups)
    values = of(n, b[places])
    result = np.zeros((len(a), *values.shape[1:]))
    result[places] = values
    for n, places in groups:
        result[places] = of(n, b[places])
    return result


def _groups(numbers: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Each distinct number, with its places; nothing where there are none."""
    if not len(numbers):
        return
    order = np.argsort(numbers, kind="stable")
    distinct, firsts = np.unique(numbers[order], return_index=True)
    yield from zip(distinct.tolist(), np.split(order, firsts[1:]), strict=True)


def _share(parts: Floats, wholes: Floats) -> Floats:
    quotient = np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)
    return np.maximum(quotient, np.float32(0.0))


def _logistic(z: Doubles) -> Doubles:
    found: Doubles = 1.0 / (1.0 + np.exp(-np.clip(z, -50.0, 50.0)))
    return found
