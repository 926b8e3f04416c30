"""Which sentences and words of a version stand, in whatever form, in another version."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from retold.model import Match, Row, Span
from retold.stemma.features import located
from retold.stemma.witness import GRAM, Witness

Flags = NDArray[np.bool_]
Counts = NDArray[np.float64]
Places = NDArray[np.int64]

HALF = 0.5
"""Share of a sentence's words from which on it counts as found."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of each version is found in which other."""

    sentences: tuple[Flags, ...]
    """A version's (sentences, versions): whether the sentence stands in that version."""
    share: Counts
    """(versions, versions): share of the words of the first that the second has."""
    words: tuple[Flags, ...]
    """A version's (words, versions)."""


def cover(witnesses: Sequence[Witness], rows: Iterable[Row], matches: Iterable[Match]) -> Coverage:
    """Measure coverage by runs of five words, by matches and by rows. O(words x versions)."""
    n = len(witnesses)
    holders: dict[tuple[str, ...], list[int]] = {}
    grams = [w.grams() for w in witnesses]
    for version, found in enumerate(grams):
        for _, gram in found:
            seen = holders.setdefault(gram, [])
            if not seen or seen[-1] != version:
                seen.append(version)
    matched, told = _matched(witnesses, matches), _told(witnesses, rows)
    share = np.zeros((n, n))
    by_sentence, by_word = [], []
    for version, witness in enumerate(witnesses):
        found_in = _runs(len(witness.words), n, grams[version], holders)
        found_in |= _within(witness, n, matched[version])
        starts = [w.start for w in witness.words]
        for span, others in told[version]:
            low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
            found_in[low:high, others] = True
        found_in[:, version] = True
        by_sentence.append(_by_sentence(witness, found_in))
        by_word.append(found_in)
        weigh = np.array(witness.counted, dtype=np.bool_) | (found_in.sum(axis=1) > 1)
        if weigh.any():
            share[version] = found_in[weigh].mean(axis=0)
    return Coverage(tuple(by_sentence), share, tuple(by_word))


def _runs(
    words: int,
    versions: int,
    grams: Sequence[tuple[int, tuple[str, ...]]],
    holders: Mapping[tuple[str, ...], Sequence[int]],
) -> Flags:
    """Which words (words, versions) of one version stand in a run of five that another has too."""
    begins = np.zeros((words, versions), dtype=np.bool_)
    for place, gram in grams:
        others = holders[gram]
        if len(others) > 1:
            begins[place, others] = True
    found = begins.copy()
    for later in range(1, GRAM):
        found[later:] |= begins[:-later]
    return found


def _matched(witnesses: Sequence[Witness], matches: Iterable[Match]) -> list[Places]:
    """For each version, its spans in matches as rows: start, end, the version that has it too."""
    index = {w.id: i for i, w in enumerate(witnesses)}
    sides = (
        (index[a.article], a.start, a.end, index[b.article], b.start, b.end)
        for a, b in ((match.a, match.b) for match in matches)
        if a.article in index and b.article in index and a.article != b.article
    )
    table = np.fromiter(chain.from_iterable(sides), dtype=np.int64).reshape(-1, 6)
    both = np.concatenate([table[:, [0, 1, 2, 3]], table[:, [3, 4, 5, 0]]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    return np.split(both[:, 1:], np.searchsorted(both[:, 0], np.arange(1, len(witnesses))))


def _told(witnesses: Sequence[Witness], rows: Iterable[Row]) -> list[list[tuple[Span, list[int]]]]:
    """For each version, its spans in rows, with the versions of the row."""
    found: list[list[tuple[Span, list[int]]]] = [[] for _ in witnesses]
    for _, by_version in located(witnesses, rows):
        versions = list(by_version)
        for version, spans in by_version.items():
            found[version].extend((span, versions) for span in spans)
    return found


def _within(witness: Witness, versions: int, spans: Places) -> Flags:
    """Which words (words, versions) of one version stand in a span that another has too."""
    starts = np.array([w.start for w in witness.words], dtype=np.int64)
    start, end, other = spans.T
    open_spans = np.zeros((len(starts) + 1, versions), dtype=np.int64)
    np.add.at(open_spans, (np.searchsorted(starts, start), other), 1)
    np.add.at(open_spans, (np.searchsorted(starts, end), other), -1)
    found: Flags = open_spans.cumsum(axis=0)[:-1] > 0
    return found


def _by_sentence(witness: Witness, found_in: Flags) -> Flags:
    """Whether at least half of each sentence's words stand in each version."""
    count = len(witness.document.sentences)
    words = np.zeros((count + 1, 1 + found_in.shape[1]), dtype=np.int64)  # in all, and found
    sentence = np.array(witness.sentence, dtype=np.int64)  # -1, outside of all, is the last row
    np.add.at(words, sentence, np.insert(found_in, 0, True, axis=1))
    total, found = words[:count, :1], words[:count, 1:]
    result: Flags = (total > 0) & (found >= HALF * total)
    return result
