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

from retold.rewrite.evidence import LEXICAL, VECTOR, Said, model_weights
from retold.rewrite.score import GAIN, WORTH, Scorer
from retold.rewrite.vectors import DIMENSIONS, Floats

Numbers = NDArray[np.intp]
Doubles = NDArray[np.float64]
Index = dict[str, tuple[Numbers, Doubles]]
"""Key -> the sentences that have it, and its weight in each."""

TOGETHER = 1024
"""Pairs that are compared word by word at once."""

SMALL = 1 << 18
"""Multiplications up to which OpenBLAS lets one thread make a product. Threads that wait for their
share of a small one cost far more than they save."""

UNPACKED = 1 << 28
"""Bytes up to which the vectors of all words are kept in full precision; in half beyond."""

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
        """Number of the word vectors of each sentence: copies share them."""
        self.vectors: Floats = np.zeros((len(self._said), DIMENSIONS), np.float32)
        for n, said in enumerate(self._said):
            if said.embedded is not None:
                self.vectors[n] = said.embedded.vector
        self._weights = _index(said.weights for said in self._said)
        self._phrases = _index(said.phrases for said in self._said)
        self._singular = _index(said.singular for said in self._said)
        self._totals = np.array([said.total for said in self._said])
        self._runs = np.array([len(said.phrases) for said in self._said])
        self._commentary = np.array([said.content.commentary for said in self._said])
        self._lengths = np.array([len(said.plain) for said in self._said], np.intp)
        self._plain_totals = np.array([said.plain.sum() for said in self._said], np.float32)
        self._stacks, self._level = _stacked(self._said, tables)

    def shared(self, n: int) -> Floats:
        """Return the weight of the keys that sentence ``n`` has in common with each other one."""
        return _overlap(self._said[n].weights, self._weights, len(self._said)).astype(np.float32)

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
        said, size = self._said[n], len(self._said)
        words, anchors = np.zeros(size), np.zeros(size)
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
        run = np.zeros(size)
        for phrase, weight in said.phrases.items():
            run[self._phrases[phrase][0]] += weight
        return np.stack([words[others] + anchors[others], anchors[others], run[others]], axis=1)

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
        kind = self._tables[a[worded]] * (int(self._lengths.max()) + 1) + self._lengths[b[worded]]
        for _, places in _groups(kind):
            pairs = worded[places]
            pairs = pairs[np.argsort(self._tables[b[pairs]], kind="stable")]
            for start in range(0, len(pairs), TOGETHER):
                block = pairs[start : start + TOGETHER]
                shares[block] = self._found_alike(a[block], b[block])
        return shares.max(axis=1).astype(np.float64), shares.min(axis=1).astype(np.float64)

    def _cosines(self, n: int, others: Numbers) -> Doubles:
        found = np.einsum("ij,j->i", self.vectors[others], self.vectors[n])
        return np.asarray(found, np.float64)

    def _found_alike(self, a: Numbers, b: Numbers) -> Floats:
        """The shares of the words of ``a`` that find their like in ``b``, and of those of ``b``.

        All of ``a`` have the same vectors of words, and all of ``b`` equally many.
        """
        own = self._stacks[int(self._lengths[a[0]])][self._level[self._tables[a[0]]]]
        others, which = np.unique(self._tables[b], return_inverse=True)
        theirs = self._stacks[int(self._lengths[b[0]])][self._level[others]]
        likeness = _products(own.astype(np.float32), theirs.astype(np.float32))
        shares = np.empty((len(a), 2), np.float32)
        for side, sentences, axis in ((0, a, 2), (1, b, 1)):
            weights = np.array([self._said[n].plain for n in sentences.tolist()])
            found = np.einsum("ij,ij->i", likeness.max(axis=axis)[which], weights)
            shares[:, side] = _share(found, self._plain_totals[sentences])
        return shares


def _stacked(
    sentences: Sequence[Said], tables: Sequence[int]
) -> tuple[dict[int, NDArray[np.floating]], Numbers]:
    """Tables of word vectors by their length, one upon another; and of each table, its place.

    In full precision where that takes up to :data:`UNPACKED` bytes.
    """
    level = np.zeros(max(tables, default=-1) + 1, np.intp)
    layers: dict[int, list[NDArray[np.float16]]] = defaultdict(list)
    for table, n in {table: n for n, table in enumerate(tables)}.items():
        embedded = sentences[n].embedded
        if embedded is not None:
            level[table] = len(layers[len(embedded.words)])
            layers[len(embedded.words)].append(embedded.words)
    size = sum(length * len(words) for length, words in layers.items()) * DIMENSIONS * 4
    precision = np.float32 if size <= UNPACKED else np.float16
    return {length: np.array(words, precision) for length, words in layers.items()}, level


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


def _products(one: Floats, stack: Floats) -> Floats:
    """Return ``one @ two.T`` for each of a stack, each too small to be shared among threads."""
    step = max(1, SMALL // (DIMENSIONS * stack.shape[1]))
    turned = stack.transpose(0, 2, 1)
    parts = [np.matmul(one[start : start + step], turned) for start in range(0, len(one), step)]
    return np.concatenate(parts, axis=1)


def _share(parts: Floats, wholes: Floats) -> Floats:
    quotient = np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)
    return np.maximum(quotient, np.float32(0.0))


def _logistic(z: Doubles) -> Doubles:
    found: Doubles = 1.0 / (1.0 + np.exp(-np.clip(z, -50.0, 50.0)))
    return found
