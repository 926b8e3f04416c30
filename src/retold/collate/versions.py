"""How much of each version stands in the others, and where: the passages of the reading view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.config import CollateConfig
from retold.model import Derivation, Document, MatchKind, Passage, Span, Story, Version
from retold.text import Word, words

_KINDS = (MatchKind.VERBATIM, MatchKind.NEAR, MatchKind.REWRITE)
"""The better first."""
_UNITS = 10_000
"""Shares are counted in ten-thousandths, so that they sum to 1 exactly."""
_NOWHERE = -1


class _Side(NamedTuple):
    """A stretch of a version that stands in another one."""

    kind: MatchKind
    score: float
    start: int
    end: int
    match: str
    """Id of the match that it belongs to."""
    least: int = 0
    """Words that it must have to count."""


_Place = tuple[MatchKind, int, int, int]
"""Kind, start and end of a stretch, and the words that it must have to count."""
_Sides = dict[_Place, tuple[float, str]]
"""For each stretch the best match over it: negative score, id."""


def versions(
    story: Story, documents: Mapping[str, Document], config: CollateConfig | None = None
) -> tuple[Version, ...]:
    """Return each version of a story, in the order of its articles.

    The passages of a version cover its whole text but for white space between them. Where several
    matches lie over a word, verbatim wins over near and near over rewritten; then the higher score,
    the longer match and the lower id. Long stretches of a near match between two of its edits are
    verbatim. Punctuation goes with the word that it stands at. Words in asides lie in passages but
    are not counted: ``words`` and the shares are over the others (over all, where there are no
    others).
    """
    config = config or CollateConfig()
    found: dict[str, _Sides] = {article: {} for article in story.articles}
    least = 2 * config.verbatim_words - 1
    for match in story.matches:
        kind, value, name, edits = match.kind, (-match.score, match.id), match.id, match.edits
        for first, span in ((True, match.a), (False, match.b)):
            sides = found.get(span.article)
            if sides is None:
                continue
            # copies match over one stretch many times: the best match of each kind is kept
            place = (kind, span.start, span.end, 0)
            held = sides.get(place)
            if held is None or value < held:
                sides[place] = value
            if not edits or span.end - span.start < least:
                continue
            spans = [edit.a if first else edit.b for edit in edits]
            for start, end in _between(span, spans, least):
                place = (MatchKind.VERBATIM, start, end, config.verbatim_words)
                held = sides.get(place)
                if held is None or (-1.0, name) < held:
                    sides[place] = -1.0, name
    return tuple(_version(documents[a], _sides(found[a]), config) for a in story.articles)


def _sides(found: _Sides) -> list[_Side]:
    """Return the stretches with their matches, the best first."""
    made = [
        _Side(kind, -negative, start, end, match, least)
        for (kind, start, end, least), (negative, match) in found.items()
    ]
    return sorted(made, key=_rank)


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


def _version(document: Document, sides: Sequence[_Side], config: CollateConfig) -> Version:
    found = words(document.article.text)
    starts, ends = [word.start for word in found], [word.end for word in found]
    ranked: list[_Side] = []
    parts: list[slice] = []
    for side in sides:
        part = slice(bisect_left(starts, side.start), bisect_right(ends, side.end))
        if part.stop - part.start >= side.least:
            ranked.append(side)
            parts.append(part)
    owners = _owners(len(found), parts)
    kinds = [_KINDS.index(side.kind) for side in ranked]
    of_kind = np.array([*kinds, len(_KINDS)], dtype=np.int64)[owners]  # _NOWHERE takes the last
    counted = _outside_asides(found, document)
    counts = np.bincount(of_kind[counted], minlength=len(_KINDS) + 1).tolist()
    verbatim, near, rewritten, own = _shares(counts)
    return Version(
        article=document.id,
        words=int(counted.sum()),
        verbatim=verbatim,
        near=near,
        rewritten=rewritten,
        own=own,
        derivation=_derivation(1 - own, config),
        passages=_passages(document.article.text, found, owners, ranked),
    )


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


def _outside_asides(found: Sequence[Word], document: Document) -> NDArray[np.bool_]:
    starts = [word.start for word in found]
    outside = np.ones(len(found), dtype=np.bool_)
    for aside in document.asides:
        outside[bisect_left(starts, aside.span.start) : bisect_left(starts, aside.span.end)] = False
    return outside if outside.any() else np.ones_like(outside)


def _shares(counts: Sequence[int]) -> tuple[float, ...]:
    """Return the shares of the counts, the last of which takes all where there is nothing.

    They sum to 1, by the largest remainder.
    """
    total = sum(counts)
    if not total:
        return (*(0.0 for _ in counts[1:]), 1.0)
    units = [count * _UNITS // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda at: (-(counts[at] * _UNITS % total), at))
    for at in by_remainder[: _UNITS - sum(units)]:
        units[at] += 1
    return tuple(unit / _UNITS for unit in units)


def _derivation(derived: float, config: CollateConfig) -> Derivation:
    if derived >= config.wholly_derived:
        return Derivation.WHOLLY
    return Derivation.PARTIALLY if derived >= config.partially_derived else Derivation.NOT


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
