"""Which words of a version stand elsewhere, and how: the passages that its text falls into."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.config import CollateConfig
from retold.model import Document, Match, MatchKind, Passage, Span
from retold.text import Word, words

_KINDS = (MatchKind.VERBATIM, MatchKind.NEAR, MatchKind.REWRITE)
"""The better first."""
_UNITS = 10_000
"""Shares are counted in ten-thousandths, so that they sum to 1 exactly."""
_NOWHERE = -1

Flags = NDArray[np.bool_]

Place = tuple[MatchKind, int, int, int]
"""Kind, start and end of a stretch that stands elsewhere, and the words that it must have to
count."""
Places = dict[Place, tuple[float, str]]
"""For each stretch the best that it rests on: its score, negative, and the id of the match."""


class _Side(NamedTuple):
    """A stretch of a version that stands in another one."""

    kind: MatchKind
    score: float
    start: int
    end: int
    match: str
    """Id of the match that it belongs to; empty where there is none."""
    least: int
    """Words that it must have to count."""


@dataclass(frozen=True, slots=True)
class Text:
    """A version read for covering."""

    text: str
    words: tuple[Word, ...]
    counted: Flags
    """A flag a word: outside of asides, or all words where there are no others."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A version's words by where they stand."""

    words: int
    """Those counted."""
    shares: tuple[float, float, float, float]
    """Of verbatim, near, rewritten and own words among these; they sum to 1."""
    passages: tuple[Passage, ...]


def gather(
    matches: Iterable[Match],
    wanted: Mapping[str, AbstractSet[str]],
    config: CollateConfig,
) -> dict[str, Places]:
    """Return where each article of ``wanted`` stands in the articles that are wanted for it.

    Long stretches of a near match between two of its edits are verbatim.
    """
    found: dict[str, Places] = {article: {} for article in wanted}
    least = 2 * config.verbatim_words - 1
    for match in matches:
        kind, value, name, edits = match.kind, (-match.score, match.id), match.id, match.edits
        for first, span, other in ((True, match.a, match.b), (False, match.b, match.a)):
            places = found.get(span.article)
            if places is None or other.article not in wanted[span.article]:
                continue
            # copies match over one stretch many times: the best match of each kind is kept
            note(places, (kind, span.start, span.end, 0), value)
            if not edits or span.end - span.start < least:
                continue
            spans = [edit.a if first else edit.b for edit in edits]
            for start, end in _between(span, spans, least):
                place = (MatchKind.VERBATIM, start, end, config.verbatim_words)
                note(places, place, (-1.0, name))
    return found


def note(places: Places, place: Place, value: tuple[float, str]) -> None:
    """Keep a stretch with the best that it rests on."""
    held = places.get(place)
    if held is None or value < held:
        places[place] = value


def _between(span: Span, edits: Sequence[Span], least: int) -> list[tuple[int, int]]:
    """The stretches of a near match that its edits leave, of ``least`` characters or more."""
    found, start = [], span.start
    for edit in sorted(edits, key=attrgetter("start")):
        if edit.start - start >= least:
            found.append((start, edit.start))
        start = edit.end
    if span.end - start >= least:
        found.append((start, span.end))
    return found


def read(document: Document) -> Text:
    """Read the words of a version."""
    text = document.article.text
    found = tuple(words(text))
    return Text(text, found, _outside_asides(found, document))


def cover(text: Text, places: Places) -> Covered:
    """Say of each word of a text where it stands.

    Where several stretches lie over a word, verbatim wins over near and near over rewritten; then
    the higher score, the longer stretch and the lower id. Punctuation goes with the word that it
    stands at. Words in asides lie in passages but are not counted.
    """
    starts, ends = [word.start for word in text.words], [word.end for word in text.words]
    ranked: list[_Side] = []
    parts: list[slice] = []
    for side in _sides(places):
        part = slice(bisect_left(starts, side.start), bisect_right(ends, side.end))
        if part.stop - part.start >= side.least:
            ranked.append(side)
            parts.append(part)
    owners = _owners(len(text.words), parts)
    kinds = [_KINDS.index(side.kind) for side in ranked]
    of_kind = np.array([*kinds, len(_KINDS)], dtype=np.int64)[owners]  # _NOWHERE takes the last
    counts = np.bincount(of_kind[text.counted], minlength=len(_KINDS) + 1).tolist()
    return Covered(
        words=int(text.counted.sum()),
        shares=_shares(counts),
        passages=_passages(text.text, text.words, owners, ranked),
    )


def own_runs(text: Text, covered: Covered) -> list[int]:
    """Return how many counted words each passage has that stands nowhere else."""
    starts = [word.start for word in text.words]
    return [
        int(text.counted[bisect_left(starts, p.start) : bisect_left(starts, p.end)].sum())
        for p in covered.passages
        if p.kind is None
    ]


def _sides(found: Places) -> list[_Side]:
    """Return the stretches with their matches, the best first."""
    made = [
        _Side(kind, -negative, start, end, match, least)
        for (kind, start, end, least), (negative, match) in found.items()
    ]
    return sorted(made, key=_rank)


def _rank(side: _Side) -> tuple[int, float, int, str, int]:
    start, end = side.start, side.end
    return _KINDS.index(side.kind), -side.score, start - end, side.match, start


def _owners(count: int, parts: Sequence[slice]) -> NDArray[np.int64]:
    """Return which part each word belongs to: the first that covers it, or :data:`_NOWHERE`."""
    owners = np.full(count, _NOWHERE, dtype=np.int64)
    for at, part in enumerate(parts):
        words_of_part = owners[part]
        words_of_part[words_of_part == _NOWHERE] = at
    return owners


def _outside_asides(found: Sequence[Word], document: Document) -> Flags:
    starts = [word.start for word in found]
    outside = np.ones(len(found), dtype=np.bool_)
    for aside in document.asides:
        outside[bisect_left(starts, aside.span.start) : bisect_left(starts, aside.span.end)] = False
    return outside if outside.any() else np.ones_like(outside)


def _shares(counts: Sequence[int]) -> tuple[float, float, float, float]:
    """Return the shares of the counts, the last of which takes all where there is nothing.

    They sum to 1, by the largest remainder.
    """
    total = sum(counts)
    if not total:
        return 0.0, 0.0, 0.0, 1.0
    units = [count * _UNITS // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: (-(counts[at] * _UNITS % total), at))
    for at in by_remainder[: _UNITS - sum(units)]:
        units[at] += 1
    verbatim, near, rewritten, own = (unit / _UNITS for unit in units)
    return verbatim, near, rewritten, own


def _passages(
    text: str, found: Sequence[Word], owners: NDArray[np.int64], sides: Sequence[_Side]
) -> tuple[Passage, ...]:
    """Return the stretches of words with one owner, with their punctuation."""
    runs = [
        (owner, [at for at, _ in run])
        for owner, run in groupby(enumerate(owners.tolist()), key=lambda pair: pair[1])
    ]
    if not runs:
        start, end = _trimmed(text, 0, len(text))
        return (Passage(start, end, None),) if start < end else ()
    bounds = [0]
    for (_, before), (_, after) in pairwise(runs):
        bounds.append(_border(text, found[before[-1]].end, found[after[0]].start))
    bounds.append(len(text))
    passages = []
    for (owner, _), low, high in zip(runs, bounds[:-1], bounds[1:], strict=True):
        start, end = _trimmed(text, low, high)
        if owner == _NOWHERE:
            passages.append(Passage(start, end, None))
        else:
            passages.append(Passage(start, end, sides[owner].kind, sides[owner].match))
    return tuple(passages)


def _border(text: str, end: int, start: int) -> int:
    """Return where to part two words: at the white space between them, else before the second."""
    return next((at for at in range(end, start) if text[at].isspace()), start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
