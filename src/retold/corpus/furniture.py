"""Which articles carry each furniture text or stock paragraph, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.candidates import Index, Postings
from retold.reuse.compiled import compiled
from retold.reuse.sketch import Hashes, shingles
from retold.reuse.stock import Marks
from retold.reuse.tokens import Words


class Stretches(NamedTuple):
    """Runs of words of articles, gathered to passages."""

    passage: Index
    """A number for the passage, the same for all its stretches."""
    text: Index
    """Rank of the article."""
    first: Index
    """First word."""
    words: Index


def carriers(
    words: Words,
    begins: Index,
    pairs: NDArray[np.int64],
    rows: NDArray[np.int32],
    found: Postings,
    verdict: NDArray[np.bool_],
    marks: Marks,
    n: int,
    least: int,
) -> Stretches:
    """Find all articles that carry the stock which pairs of samples share.

    Args:
        words: of all articles.
        begins: of each rank, where its words begin.
        pairs: the samples.
        rows: passages of :func:`retold.reuse.extend.align` that are stock.
        found: the postings.
        verdict: by posting, whether it is stock.
        marks: where stock stands in the articles.
        n: words of a sampled run.
        least: words of the shortest stretch that counts.
    """

    def told() -> Iterator[tuple[Hashes, Index, int]]:
        # longest first: what a longer one holds too is told once
        for row in rows[np.lexsort((rows[:, 1], rows[:, 0], -rows[:, 2]))].tolist():
            low = begins[pairs[row[0], 0]] + row[1]
            grams = runs_of(words[low : low + row[2]], n)
            at = np.unique(found.find(grams))
            at = at[at >= 0]
            yield grams, at[verdict[at]], row[2]

    parts: list[NDArray[np.int64]] = []
    for grams, at, usual in unclaimed(told(), len(verdict)):
        held = [found.texts[found.bounds[k] : found.bounds[k + 1]] for k in at.tolist()]
        members = np.unique(np.concatenate(held)).astype(np.int64)
        first, size = within(words, begins, *marks, members, grams, n, usual)
        kept = size >= least
        number = np.full(len(members), len(parts))
        parts.append(np.column_stack((number, members, first, size))[kept])
    every = np.concatenate([np.empty((0, 4), np.int64), *parts])
    return Stretches(*every.T)


def runs_of(words: Words, n: int) -> Hashes:
    """Return the hashes of the runs of ``n`` words, sorted, each once."""
    grams = np.empty(len(words), np.uint64)
    return np.unique(grams[: shingles(words, n, grams)])


def unclaimed(
    told: Iterable[tuple[Hashes, Index, int]], postings: int
) -> Iterator[tuple[Hashes, Index, int]]:
    """Yield the passages of which most postings are of none before them.

    Args:
        told: of each passage the hashes of its runs of words, its postings, its words.
        postings: number of all postings.
    """
    claimed = np.zeros(postings, np.bool_)
    for grams, at, words in told:
        if len(at) and 2 * np.count_nonzero(claimed[at]) < len(at):
            claimed[at] = True
            yield grams, at, words


@compiled
def within(
    words: Words,
    begins: Index,
    marked: Index,
    spans: NDArray[np.int32],
    texts: Index,
    grams: Hashes,
    n: int,
    usual: int,
) -> tuple[Index, Index]:
    """Return where the stretch with most of the ``grams`` stands in each text, and its length.

    It is at most half as long again as ``usual``.
    """
    first, size = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.int64)
    most = usual + usual // 2
    for at in range(len(texts)):
        room = 0
        for k in range(marked[texts[at]], marked[texts[at] + 1]):
            room += spans[k, 1] - spans[k, 0]
        hits = np.empty(room, np.int64)
        filled = 0
        for k in range(marked[texts[at]], marked[texts[at] + 1]):
            begin = begins[texts[at]] + spans[k, 0]
            own = words[begin : begin + spans[k, 1] - spans[k, 0]]
            hashes = np.empty(len(own), np.uint64)
            for m in range(shingles(own, n, hashes)):
                place = np.searchsorted(grams, hashes[m])
                if place < len(grams) and grams[place] == hashes[m]:
                    hits[filled] = spans[k, 0] + m
                    filled += 1
        low = best = 0
        for high in range(filled):
            while hits[high] + n - hits[low] > most:
                low += 1
            if high + 1 - low > best:
                best = high + 1 - low
                first[at], size[at] = hits[low], hits[high] + n - hits[low]
    return first, size
