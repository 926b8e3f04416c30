"""From the content of a store to its matches, as numbers: who shares how much with whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.config import ScanConfig
from retold.corpus.furniture import Stretches, carriers
from retold.corpus.store import Content, leading, release
from retold.engine import Progress, in_threads
from retold.reuse.candidates import (
    Index,
    Pairing,
    Postings,
    Texts,
    by_text,
    crowds,
    pairs,
    postings,
)
from retold.reuse.extend import COLUMNS, Growth, align
from retold.reuse.stock import Marks, Stock, Widespread, judge, mark, stock, stock_passages
from retold.reuse.tokens import Words

_CHUNKS = 64
"""In how many turns pairs are aligned: enough for all cores to end together."""
_LEAST_CHUNK, _MOST_CHUNK = 1_000, 50_000
"""Articles of a turn."""


class Ranked(NamedTuple):
    """The articles of a store in the order of their ids, in which all further numbers count."""

    content: Content
    order: Index
    """Of each rank, the article's number in the store."""
    begins: Index
    """Of each rank, where its words begin."""
    ends: Index
    original: Index
    """Of each rank, the first rank whose words are the same; its own where no earlier one's are."""


class Survey(NamedTuple):
    """What was found. Articles are ranks (:class:`Ranked`); no article is its own copy here."""

    ranked: Ranked
    pairs: NDArray[np.int64]
    """Shape (pairs, 2): aligned pairs that share passages, sorted; originals only."""
    passages: NDArray[np.int32]
    """Rows of :func:`retold.reuse.extend.align`; their first column numbers ``pairs``."""
    equal: Index
    """By pair, the equal words."""
    told: Index
    """By pair, those of them that are no stock."""
    covered: Index
    """Shape (pairs, 2): words of each side that passages cover."""
    lengths: Index
    """By rank, words that are no stock; 1 at least."""
    verified: NDArray[np.bool_]
    """By pair, whether the two are versions of one text."""
    known: Stock
    """Runs of words that belong to no passage."""
    crowds: Texts
    """By rank, which texts were aligned with leaders alone: see :func:`crowds`."""
    stock: Stretches
    """Furniture and stock paragraphs, wherever they stand."""
    candidates: int
    """Pairs that were aligned."""


def rank(content: Content) -> Ranked:
    """Put articles in the order of their ids and find those whose words are the same."""
    rest = np.ascontiguousarray(content.ids[:, 8:]).view(">u2").ravel()
    order = np.lexsort((rest, leading(content.ids)))
    begins, ends = content.bounds[:-1][order], content.bounds[1:][order]
    _, firsts, group = np.unique(content.whole[order], return_index=True, return_inverse=True)
    original = firsts[group]
    # told by a hash, so looked at: a text without words is nobody's copy
    for one in np.flatnonzero(original != np.arange(len(order))).tolist():
        other = int(original[one])
        same = content.words[begins[one] : ends[one]], content.words[begins[other] : ends[other]]
        if begins[one] == ends[one] or not np.array_equal(*same):
            original[one] = one
    return Ranked(content, order, begins, ends, original)


def growth(config: ScanConfig) -> Growth:
    """Return how passages grow by a configuration."""
    return Growth(
        config.shingle, config.repeats, config.opening, config.lengthening, config.drop,
        config.gap, config.near_share, config.passage_words,
    )  # fmt: skip


def survey(
    content: Content,
    outlets: Texts,
    config: ScanConfig,
    checkpoints: Path,
    threads: int,
    progress: Progress,
) -> Survey:
    """Find all matches.

    Args:
        content: what the store holds.
        outlets: by number in the store, a number for the outlet, below 0 where it is not known.
        config: thresholds.
        checkpoints: a folder, named by all that the result depends on, for what is done so far.
        threads: how many work side by side.
        progress: is told how far it has come.
    """
    ranked = rank(content)
    texts = len(ranked.order)
    number = np.empty(texts, np.int32)
    number[ranked.order] = np.where(
        ranked.original == np.arange(texts), np.arange(texts, dtype=np.int32), np.int32(-1)
    )
    progress("candidates", 0, 0)
    release(content.words)
    found = postings(content.hashes, content.hash_bounds, number)
    when = Widespread(
        config.stock_articles, config.stock_outlet, config.stock_samples, config.stock_overlap,
        config.stock_same_overlap,
    )  # fmt: skip
    verdict, stock_pairs = judge(
        found, content.hashes, content.hash_bounds, ranked.order, outlets[ranked.order], when
    )
    release(content.hashes)
    how = growth(config)
    places = content.words, ranked.begins, ranked.ends
    nothing = mark(*places, config.shingle, stock(np.empty(0, np.uint64)))
    shared = align(*places, stock_pairs, how, nothing)
    told, known = stock_passages(
        content.words, ranked.begins, stock_pairs, shared, config.shingle, found, verdict
    )
    marks = _marked(*places, config.shingle, known, threads)
    left_out = carriers(
        content.words, ranked.begins, stock_pairs, shared[told], found, verdict, marks,
        config.shingle, config.passage_words,
    )  # fmt: skip
    aligned = _Aligned(ranked, found, verdict, marks, config, checkpoints)
    parts = list(aligned.chunks(threads, progress))
    release(content.words)
    crowded = crowds(found.bounds, found.texts, verdict, texts, config.long)
    return surveyed(ranked, parts, left_out, known, marks, crowded, config)


def _marked(words: Words, begins: Index, ends: Index, n: int, known: Stock, threads: int) -> Marks:
    """Mark stock in all texts."""
    edges = np.linspace(0, len(begins), threads + 1).astype(int).tolist()

    def one(low_high: tuple[int, int]) -> Marks:
        low, high = low_high
        return mark(words, begins[low:high], ends[low:high], n, known)

    parts = list(in_threads(one, list(pairwise(edges)), threads))
    counts = np.concatenate([np.diff(part.bounds) for part in parts])
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return Marks(bounds, np.concatenate([part.spans for part in parts]))


class _Aligned:
    """Candidates and their alignment, chunk by chunk."""

    def __init__(
        self,
        ranked: Ranked,
        found: Postings,
        verdict: NDArray[np.bool_],
        marks: Marks,
        config: ScanConfig,
        checkpoints: Path,
    ) -> None:
        self.ranked, self.found, self.verdict, self.marks = ranked, found, verdict, marks
        self.turned = by_text(found.bounds, found.texts, len(ranked.order))
        self.size = min(max(_LEAST_CHUNK, len(ranked.order) // _CHUNKS), _MOST_CHUNK)
        self.config = config
        self.folder = checkpoints

    def chunks(
        self, threads: int, progress: Progress
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int32]]]:
        texts = len(self.ranked.order)
        starts = range(0, texts, self.size)
        for done, part in enumerate(in_threads(self.chunk, starts, threads)):
            progress("align", min(texts, (done + 1) * self.size), texts)
            yield part

    def chunk(self, first: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the pairs of some articles with later ones, and their passages."""
        kept = self.folder / f"{first:012}.npz"
        if kept.is_file():
            with np.load(kept) as held:
                return held["pairs"], held["passages"]
        last = min(first + self.size, len(self.ranked.order))
        how = Pairing(self.config.shared, self.config.long, self.config.leaders)
        found = pairs(self.found, self.turned, self.verdict, first, last, how)
        passages = align(
            self.ranked.content.words, self.ranked.begins, self.ranked.ends, found,
            growth(self.config), self.marks,
        )  # fmt: skip
        draft = kept.with_suffix(".part")
        with draft.open("wb") as stream:
            np.savez(stream, pairs=found, passages=passages)
        draft.replace(kept)
        return found, passages


def surveyed(
    ranked: Ranked,
    parts: list[tuple[NDArray[np.int64], NDArray[np.int32]]],
    left_out: Stretches,
    known: Stock,
    marks: Marks,
    crowded: Texts,
    config: ScanConfig,
) -> Survey:
    """Tell what pairs share and which are versions of one text.

    Args:
        ranked: the articles.
        parts: pairs of ranks and their passages (:func:`retold.reuse.extend.align`), in order.
        left_out: where stock stands, gathered to passages.
        known: the runs of words of stock.
        marks: where stock stands, by rank.
        crowded: see :attr:`Survey.crowds`.
        config: thresholds.
    """
    aligned = np.concatenate([np.empty((0, 2), np.int64), *(p for p, _ in parts)])
    shift = np.cumsum([0, *(len(p) for p, _ in parts)])
    passages = np.concatenate([np.empty((0, COLUMNS), np.int32), *(rows for _, rows in parts)])
    numbers = np.repeat(shift[:-1], [len(rows) for _, rows in parts])
    passages[:, 0] += numbers.astype(np.int32)
    sharing, at = np.unique(passages[:, 0], return_inverse=True)
    passages[:, 0] = at
    found = aligned[sharing]
    equal, told, covered_a, covered_b = (
        np.bincount(at, passages[:, column], len(found)).astype(np.int64) for column in (5, 6, 2, 4)
    )
    lengths = np.maximum(1, ranked.ends - ranked.begins - marks.words())
    share = (told[:, None] / lengths[found]).max(axis=1, initial=0.0)
    verified = (share >= config.containment) & (told >= config.verified_words)
    covered = np.column_stack((covered_a, covered_b))
    return Survey(
        ranked, found, passages, equal, told, covered, lengths, verified, known, crowded,
        left_out, len(aligned),
    )  # fmt: skip


def checkpoint_name(state: str, configuration: str) -> str:
    """Return the name of the folder of checkpoints: a hash of all that they depend on."""
    return hashlib.sha256(f"{configuration}\n{state}".encode()).hexdigest()[:32]
