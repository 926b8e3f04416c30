"""Furniture and stock paragraphs: text that many articles carry which have nothing else in common.

Told from the corpus alone. A posting (:mod:`retold.reuse.candidates`) is stock where most pairs
sampled from its texts share little, or some more but each pair the same; the texts of one agency
story share much, and as each was cut and edited by itself, not the same. From a
few such pairs the passages are aligned, and every run of words in them becomes known as stock.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.candidates import Index, Postings, Texts
from retold.reuse.compiled import compiled
from retold.reuse.sketch import Hashes, shingles
from retold.reuse.tokens import Words


class Stock(NamedTuple):
    """Runs of words that are stock, for quick asking."""

    grams: Hashes
    """Their hashes, sorted."""
    sieve: NDArray[np.bool_]
    """Whether any of them has these low bits; its length is a power of two."""


def stock(grams: Hashes) -> Stock:
    """Make hashes of runs of words ready to be asked for."""
    grams = np.unique(grams)
    size = 1 << max(10, int(8 * len(grams)).bit_length())
    sieve = np.zeros(size, np.bool_)
    sieve[(grams & np.uint64(size - 1)).astype(np.int64)] = True
    return Stock(grams, sieve)


class Widespread(NamedTuple):
    """When a posting is stock; the meaning of each is in :class:`retold.config.ScanConfig`."""

    articles: int
    one_outlet: int
    samples: int
    overlap: float
    same_overlap: float


def judge(
    found: Postings,
    hashes: Hashes,
    bounds: Index,
    order: Index,
    outlets: Texts,
    when: Widespread,
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Tell the postings of furniture and stock paragraphs.

    Args:
        found: the postings, by rank of the text.
        hashes: the sketches.
        bounds: where each begins.
        order: of each rank, the number of its sketch.
        outlets: of each rank, a number for its outlet, below 0 where that is not known.
        when: when a posting is stock.

    Returns:
        By posting, whether it is stock; and pairs of texts, by rank, that have next to nothing but
        stock in common, sorted: one for each such posting.
    """
    asked = suspects(found.bounds, found.texts, outlets, when)
    return judged(found.bounds, found.texts, asked, hashes, bounds, order, when)


def suspects(bounds: Index, texts: Texts, outlets: Texts, when: Widespread) -> NDArray[np.bool_]:
    """Tell the postings that are wide-spread enough to be looked at.

    Args:
        bounds: where each posting begins; one longer than the postings.
        texts: the texts of all postings.
        outlets: of each text, a number for its outlet, below 0 where that is not known.
        when: when a posting is stock.
    """
    return _suspects(bounds, texts, outlets, when.articles, when.one_outlet)


def judged(
    bounds: Index,
    texts: Texts,
    asked: NDArray[np.bool_],
    hashes: Hashes,
    own: Index,
    order: Index,
    when: Widespread,
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Look at pairs of the first texts of some postings; see :func:`judge`.

    Ids are hashes: the first of them are as good a sample as any, and the same for all postings of
    one paragraph.

    Args:
        bounds: where each posting begins; one longer than the postings.
        texts: their texts, rising within each.
        asked: which postings are looked at.
        hashes: the sketches.
        own: where each begins.
        order: of each text, the number of its sketch.
        when: when a posting is stock.
    """
    verdict = np.zeros(len(asked), np.bool_)
    proposed = np.empty((len(asked), 2), np.int32)
    filled = _judge(
        bounds, texts, asked, hashes, own, order, when.samples, when.overlap, when.same_overlap,
        verdict, proposed,
    )  # fmt: skip
    return verdict, np.unique(proposed[:filled], axis=0).astype(np.int64)


@compiled
def _suspects(
    bounds: Index, texts: Texts, outlets: Texts, articles: int, one_outlet: int
) -> NDArray[np.bool_]:
    asked = np.zeros(len(bounds) - 1, np.bool_)
    for posting in range(len(asked)):
        members = texts[bounds[posting] : bounds[posting + 1]]
        asked[posting] = len(members) >= articles or (
            len(members) >= one_outlet and _of_one(outlets[members])
        )
    return asked


@compiled
def _judge(
    bounds: Index,
    texts: Texts,
    asked: NDArray[np.bool_],
    hashes: Hashes,
    own: Index,
    order: Index,
    samples: int,
    overlap: float,
    same_overlap: float,
    verdict: NDArray[np.bool_],
    proposed: Texts,
) -> int:
    filled = 0
    none = np.empty(0, np.uint64)
    for posting in range(len(verdict)):
        if not asked[posting]:
            continue
        members = texts[bounds[posting] : bounds[posting + 1]]
        apart = tried = 0
        pair_a = pair_b = -1
        usual = none
        for at in range(0, min(len(members) - 1, 2 * samples), 2):
            one, two = order[members[at]], order[members[at + 1]]
            a, b = hashes[own[one] : own[one + 1]], hashes[own[two] : own[two + 1]]
            common = _common(a, b)
            if tried == 0:
                usual = common
            tried += 1
            share = len(common) / max(1, min(len(a), len(b)))
            alike = 5 * len(_common(common, usual)) >= 3 * max(len(common), len(usual))
            if share < overlap or (share < same_overlap and alike):
                apart += 1
                if pair_a < 0:
                    pair_a, pair_b = members[at], members[at + 1]
        if 2 * apart > tried:
            verdict[posting] = True
            proposed[filled, 0], proposed[filled, 1] = pair_a, pair_b
            filled += 1
    return filled


@compiled
def _of_one(outlets: Texts) -> bool:
    """Whether nine in ten of some texts are of one outlet."""
    most, lead = -1, 0
    for outlet in outlets:  # Boyer and Moore's majority vote
        if lead == 0:
            most = outlet
        lead += 1 if outlet == most else -1
    own = np.count_nonzero(outlets == most) if most >= 0 else 0
    return bool(10 * own >= 9 * len(outlets))


@compiled
def _common(a: Hashes, b: Hashes) -> Hashes:
    """Return what two sorted arrays both have."""
    out = np.empty(min(len(a), len(b)), np.uint64)
    i = j = shared = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            out[shared] = a[i]
            shared += 1
            i += 1
            j += 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return out[:shared]


def stock_passages(
    words: Words,
    begins: Index,
    pairs: NDArray[np.int64],
    passages: NDArray[np.int32],
    n: int,
    found: Postings,
    verdict: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], Stock]:
    """Tell which passages of the proposed pairs are stock, and gather their runs of words.

    Such a passage holds a run of a stock posting; what else two such texts share is left alone.
    """
    grams, rows = _shared_grams(words, begins, pairs, passages, n)
    at = found.find(grams)
    told = np.zeros(len(passages), np.bool_)
    told[rows[(at >= 0) & verdict[at]] if len(verdict) else []] = True
    return told, stock(grams[told[rows]])


@compiled
def _shared_grams(
    words: Words, begins: Index, pairs: NDArray[np.int64], passages: NDArray[np.int32], n: int
) -> tuple[Hashes, Index]:
    """Return the runs of ``n`` words that both sides of each passage have, and whose they are."""
    room = 0
    for row in range(len(passages)):
        room += max(0, passages[row, 2] - n + 1)
    out, rows = np.empty(room, np.uint64), np.empty(room, np.int64)
    filled = 0
    for row in range(len(passages)):
        one, two = pairs[passages[row, 0], 0], pairs[passages[row, 0], 1]
        low = begins[one] + passages[row, 1]
        a = words[low : low + passages[row, 2]]
        low = begins[two] + passages[row, 3]
        b = words[low : low + passages[row, 4]]
        grams_a, grams_b = np.empty(len(a), np.uint64), np.empty(len(b), np.uint64)
        count_a, count_b = shingles(a, n, grams_a), shingles(b, n, grams_b)
        known = np.sort(grams_b[:count_b])
        for at in range(count_a):
            place = np.searchsorted(known, grams_a[at])
            if place < count_b and known[place] == grams_a[at]:
                out[filled], rows[filled] = grams_a[at], row
                filled += 1
    return out[:filled], rows[:filled]


class Marks(NamedTuple):
    """Where stock stands in texts."""

    bounds: Index
    """Where each text's stretches begin; one longer than the texts."""
    spans: NDArray[np.int32]
    """Shape (stretches, 2): the first word of a stretch and the first after it, within the text."""

    def words(self) -> Index:
        """Return by text how many of its words are stock."""
        sizes = (self.spans[:, 1] - self.spans[:, 0]).astype(np.int64)
        sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        return sums[self.bounds[1:]] - sums[self.bounds[:-1]]


def mark(words: Words, begins: Index, ends: Index, n: int, known: Stock) -> Marks:
    """Find the stock runs of ``n`` words in texts; runs that touch are one stretch."""
    bounds = np.zeros(len(begins) + 1, np.int64)
    if not len(known.grams):
        return Marks(bounds, np.empty((0, 2), np.int32))
    return Marks(bounds, _mark(words, begins, ends, n, *known, bounds))


@compiled
def _mark(
    words: Words,
    begins: Index,
    ends: Index,
    n: int,
    grams: Hashes,
    sieve: NDArray[np.bool_],
    bounds: Index,
) -> NDArray[np.int32]:
    """Fill ``bounds``; return the stretches."""
    out = np.empty((1024, 2), np.int32)
    hashes = np.empty(0, np.uint64)
    low_bits = np.uint64(len(sieve) - 1)
    filled = 0
    for text in range(len(begins)):
        own = words[begins[text] : ends[text]]
        if len(hashes) < len(own):
            hashes = np.empty(2 * len(own), np.uint64)
        count = shingles(own, n, hashes)
        first = filled
        for k in range(count):
            if not sieve[hashes[k] & low_bits]:
                continue
            place = np.searchsorted(grams, hashes[k])
            if place == len(grams) or grams[place] != hashes[k]:
                continue
            if filled > first and k <= out[filled - 1, 1]:
                out[filled - 1, 1] = k + n
                continue
            if filled == len(out):
                larger = np.empty((2 * filled, 2), np.int32)
                larger[:filled] = out
                out = larger
            out[filled, 0], out[filled, 1] = k, k + n
            filled += 1
        bounds[text + 1] = filled
    return out[:filled].copy()
