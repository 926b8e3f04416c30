"""Which texts to align: those whose sketches share enough, counted without ever listing all pairs.

The hashes of all sketches are sorted; each that several texts hold is a *posting*. Texts in short
postings are paired with each other. In a long posting, one of a text with thousands of copies, each
text is paired with the first few alone, the *leaders*: work stays linear and the copies still hang
together. Hashes of furniture and stock paragraphs (:mod:`retold.reuse.stock`) pair nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.reuse.sketch import Hashes

Index = NDArray[np.int64]
Texts = NDArray[np.int32]

_BUCKET = 1 << 25
"""Hashes that are sorted at a time: 256 MiB."""


class Postings(NamedTuple):
    """For each hash that several texts hold, the texts."""

    hashes: Hashes
    """Spread over 64 bits and cut off; sorted."""
    bounds: Index
    """Where each posting begins; one longer than the hashes."""
    texts: Texts
    """Rising within a posting."""
    bits: int
    """Low bits of the hashes, spread, that are left out."""

    def find(self, grams: Hashes) -> Index:
        """Return the number of each hash's posting; -1 where only one text or none holds it."""
        keys = spread(grams) >> np.uint64(self.bits)
        at = np.searchsorted(self.hashes, keys)
        at[at == len(self.hashes)] = 0
        found = self.hashes[at] == keys if len(self.hashes) else np.zeros(len(keys), np.bool_)
        return np.where(found, at, -1)


def postings(hashes: Hashes, bounds: Index, rank: Texts) -> Postings:
    """Invert sketches.

    Args:
        hashes: those of all sketches, distinct within each.
        bounds: where each sketch begins; one longer than the sketches.
        rank: the number by which each text is to be known, below 0 for one that is left out.
    """
    bits = cut_off(len(rank))
    return _joined([_held(packed, bits) for packed in _sorted(hashes, bounds, rank, bits)])


def cut_off(texts: int) -> int:
    """Return how many low bits of a hash give way to the number of one of so many texts."""
    return max(1, (texts - 1).bit_length())


def sorted_keys(hashes: Hashes, bounds: Index, bits: int) -> Iterator[Hashes]:
    """Yield the hashes of all sketches in order, a share at a time.

    They are spread (:func:`spread`), and the lowest ``bits`` of each give way to the number of its
    sketch.
    """
    yield from _sorted(hashes, bounds, np.arange(len(bounds) - 1, dtype=np.int32), bits)


def spread(hashes: Hashes) -> Hashes:
    """Spread hashes, of which a sketch keeps only the smallest, over all 64 bits."""
    return hashes * _SPREAD


def _sorted(hashes: Hashes, bounds: Index, rank: Texts, bits: int) -> Iterator[Hashes]:
    parts = max(1, -(-len(hashes) // _BUCKET))
    # whole keys: what is equal once the low bits are cut off stands in one share
    edges = [*((part << 64) // parts >> bits << bits for part in range(parts)), 1 << 64]
    for low, high in pairwise(edges):
        first, last = np.uint64(low), np.uint64(high - 1)
        packed = np.empty(_count(hashes, bounds, rank, first, last), np.uint64)
        _pack(hashes, bounds, rank, first, last, np.uint64(bits), packed)
        packed.sort()
        yield packed


def _held(packed: Hashes, bits: int) -> Postings:
    """Keep the hashes that several texts hold."""
    held, members = _count_postings(packed, np.uint64(bits))
    keys, begins = np.empty(held, np.uint64), np.zeros(held + 1, np.int64)
    texts = np.empty(members, np.int32)
    _fill(packed, np.uint64(bits), keys, begins, texts)
    return Postings(keys, begins, texts, bits)


def _joined(parts: Sequence[Postings]) -> Postings:
    if len(parts) == 1:
        return parts[0]
    shift = np.cumsum([0, *(len(p.texts) for p in parts)])
    bounds = [p.bounds[:-1] + s for p, s in zip(parts, shift, strict=False)]
    return Postings(
        np.concatenate([p.hashes for p in parts]),
        np.concatenate([*bounds, shift[-1:]]),
        np.concatenate([p.texts for p in parts]),
        parts[0].bits,
    )


_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_1, _0 = np.uint64(1), np.uint64(0)


@compiled
def _count(hashes: Hashes, bounds: Index, rank: Texts, low: np.uint64, high: np.uint64) -> int:
    count = 0
    for text in range(len(rank)):
        if rank[text] >= 0:
            for at in range(bounds[text], bounds[text + 1]):
                if low <= hashes[at] * _SPREAD <= high:
                    count += 1
    return count


@compiled
def _pack(
    hashes: Hashes,
    bounds: Index,
    rank: Texts,
    low: np.uint64,
    high: np.uint64,
    bits: np.uint64,
    packed: Hashes,
) -> None:
    """Put hash and text into one number, so that one plain sort orders by both.

    A few low bits of the hash give way to the text; what falls together by that is told apart by
    the alignment.
    """
    filled = 0
    for text in range(len(rank)):
        if rank[text] >= 0:
            for at in range(bounds[text], bounds[text + 1]):
                key = hashes[at] * _SPREAD
                if low <= key <= high:
                    packed[filled] = (key >> bits) << bits | np.uint64(rank[text])
                    filled += 1


@compiled
def _count_postings(packed: Hashes, bits: np.uint64) -> tuple[int, int]:
    """Return how many hashes several texts hold, and the members of all their postings."""
    held = members = 0
    at = 0
    while at < len(packed):
        end, size = _posting(packed, at, bits)
        if size > 1:
            held += 1
            members += size
        at = end
    return held, members


@compiled
def _posting(packed: Hashes, at: int, bits: np.uint64) -> tuple[int, int]:
    """Return where the posting that begins at ``at`` ends, and how many texts are in it.

    Two hashes of one text that are equal once cut off count once.
    """
    end, size = at + 1, 1
    while end < len(packed) and packed[end] >> bits == packed[at] >> bits:
        size += packed[end] != packed[end - 1]
        end += 1
    return end, size


@compiled
def _fill(packed: Hashes, bits: np.uint64, hashes: Hashes, bounds: Index, texts: Texts) -> None:
    low = (_1 << bits) - _1
    held = members = 0
    at = 0
    while at < len(packed):
        end, size = _posting(packed, at, bits)
        if size > 1:
            hashes[held] = packed[at] >> bits
            for k in range(at, end):
                if k == at or packed[k] != packed[k - 1]:
                    texts[members] = packed[k] & low
                    members += 1
            held += 1
            bounds[held] = members
        at = end


@compiled
def by_text(bounds: Index, texts: Texts, count: int) -> tuple[Index, Texts]:
    """Turn postings round: for each of ``count`` texts, the numbers of its postings, rising."""
    begins = np.zeros(count + 1, np.int64)
    for text in texts:
        begins[text + 1] += 1
    for text in range(count):
        begins[text + 1] += begins[text]
    held = np.empty(len(texts), np.int32)
    place = begins[:-1].copy()
    for posting in range(len(bounds) - 1):
        for at in range(bounds[posting], bounds[posting + 1]):
            held[place[texts[at]]] = posting
            place[texts[at]] += 1
    return begins, held


@compiled
def crowds(bounds: Index, texts: Texts, stock: NDArray[np.bool_], count: int, long: int) -> Texts:
    """Return of each of ``count`` texts the first text of its long postings; -1 without any.

    Copies of one text mostly have the same: they were aligned with their leaders alone.
    """
    out = np.full(count, -1, np.int32)
    for posting in range(len(stock)):
        low, high = bounds[posting], bounds[posting + 1]
        if high - low > long and not stock[posting]:
            for at in range(low, high):
                if out[texts[at]] < 0 or texts[low] < out[texts[at]]:
                    out[texts[at]] = texts[low]
    return out


class Pairing(NamedTuple):
    """How texts are paired; the meaning of each is given in :class:`retold.config.ScanConfig`."""

    shared: int
    long: int
    leaders: int


def pairs(
    found: Postings,
    turned: tuple[Index, Texts],
    stock: NDArray[np.bool_],
    first: int,
    last: int,
    how: Pairing,
) -> NDArray[np.int64]:
    """Return the pairs whose first text lies in ``first..last``, sorted; shape (pairs, 2).

    Args:
        found: the postings.
        turned: the same by text (:func:`by_text`).
        stock: by posting, whether it pairs nobody.
        first: the first of the texts whose pairs are wanted.
        last: one past the last.
        how: what makes a pair.
    """
    begins, held = turned
    counts = np.zeros(len(begins) - 1, np.int32)
    parts, at = [], first
    room = max(1 << 12, 8 * (last - first))
    while at < last:
        out = np.empty((room, 2), np.int64)
        at, filled = _pairs(
            found.bounds, found.texts, begins, held, stock, counts, at, last, out,
            how.shared, how.long, how.leaders,
        )  # fmt: skip
        parts.append(out[:filled])
        room *= 2
    return np.concatenate(parts) if parts else np.empty((0, 2), np.int64)


@compiled
def _pairs(
    bounds: Index,
    texts: Texts,
    begins: Index,
    held: Texts,
    stock: NDArray[np.bool_],
    counts: Texts,
    first: int,
    last: int,
    out: NDArray[np.int64],
    shared: int,
    long: int,
    leaders: int,
) -> tuple[int, int]:
    """Fill ``out`` for the texts from ``first`` on; return the next text and the rows filled."""
    met = np.empty(len(counts), np.int32)
    filled = 0
    for text in range(first, last):
        partners = 0
        for place in range(begins[text], begins[text + 1]):
            posting = held[place]
            if stock[posting]:
                continue
            low, high = bounds[posting], bounds[posting + 1]
            at = low + np.searchsorted(texts[low:high], text)
            if high - low > long and at - low >= leaders:
                continue
            for other in texts[at + 1 : high]:
                if counts[other] == 0:
                    met[partners] = other
                    partners += 1
                counts[other] += 1
        wanted = 0
        for k in range(partners):
            if counts[met[k]] >= shared:
                met[wanted], met[k] = met[k], met[wanted]
                wanted += 1
        if filled + wanted > len(out):
            for k in range(partners):
                counts[met[k]] = 0
            return text, filled
        for other in np.sort(met[:wanted]):
            out[filled, 0], out[filled, 1] = text, other
            filled += 1
        for k in range(partners):
            counts[met[k]] = 0
    return last, filled
