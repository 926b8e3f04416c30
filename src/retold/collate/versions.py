"""How much of each version stands in the others, and where: the passages of the reading view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from retold.config import CollateConfig
from retold.model import Derivation, Document, Match, MatchKind, Passage, Span, Story, Version
from retold.text import Word, words

_KINDS = (MatchKind.VERBATIM, MatchKind.NEAR, MatchKind.REWRITE)
"""The better first."""
_UNITS = 10_000
"""Shares are counted in ten-thousandths, so that they sum to 1 exactly."""
_NOWHERE = -1


def versions(
    story: Story, documents: Mapping[str, Document], config: CollateConfig | None = None
) -> tuple[Version, ...]:
    """Return each version of a story, in the order of its articles.

    The passages of a version cover its whole text but for white space between them. Where several
    matches lie over a word, verbatim wins over near and near over rewritten; then the higher score,
    the longer match and the lower id. Punctuation goes with the word that it stands at. Words in
    asides lie in passages but are not counted: ``words`` and the shares are over the others (over
    all, where there are no others).
    """
    config = config or CollateConfig()
    sides: dict[str, list[tuple[Match, Span]]] = {article: [] for article in story.articles}
    for match in story.matches:
        for span in (match.a, match.b):
            if span.article in sides:
                sides[span.article].append((match, span))
    return tuple(_version(documents[article], sides[article], config) for article in story.articles)


def _version(
    document: Document, sides: Iterable[tuple[Match, Span]], config: CollateConfig
) -> Version:
    ranked = sorted(sides, key=_rank)
    found = words(document.article.text)
    owners = _owners(found, [span for _, span in ranked])
    kinds = [_KINDS.index(match.kind) for match, _ in ranked]
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
        passages=_passages(document.article.text, found, owners, [match for match, _ in ranked]),
    )


def _rank(side: tuple[Match, Span]) -> tuple[int, float, int, str, int]:
    match, span = side
    return _KINDS.index(match.kind), -match.score, span.start - span.end, match.id, span.start


def _owners(found: Sequence[Word], spans: Sequence[Span]) -> NDArray[np.int64]:
    """Return which span each word belongs to: the first that covers it, or :data:`_NOWHERE`."""
    starts, ends = [word.start for word in found], [word.end for word in found]
    owners = np.full(len(found), _NOWHERE, dtype=np.int64)
    for at, span in enumerate(spans):
        part = owners[bisect_left(starts, span.start) : bisect_left(ends, span.end + 1)]
        part[part == _NOWHERE] = at
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
    text: str, found: Sequence[Word], owners: NDArray[np.int64], matches: Sequence[Match]
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
            passages.append(Passage(start, end, matches[owner].kind, matches[owner].id))
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
