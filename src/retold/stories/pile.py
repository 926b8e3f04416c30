"""A pile of articles as it is compared: read once, weighed, with the matches between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retold.config import StoriesConfig
from retold.engine import Progress, silent
from retold.model import Document, Match, MatchKind
from retold.stories.bags import Bag
from retold.stories.rows import UNDATED, Weighed, weigh
from retold.stories.terms import Background, Lexis, Places, Terms, placed, terms

Pair = tuple[int, int]
"""Indices of two articles, the lower first."""

_TOLD = 1000
"""Articles after which it is told how many were read."""


@dataclass(frozen=True, slots=True)
class Pile:
    """The articles, sorted by id, with what their comparison rests on."""

    ids: tuple[str, ...]
    lexis: Lexis
    terms: tuple[Terms, ...]
    places: Mapping[int, Places]
    """Of the articles with a match, where their terms stand."""
    names: Mapping[int, Counter[str]]
    """Of the articles whose names were annotated, how often each stands there."""
    weighed: Weighed
    matches: Mapping[Pair, tuple[Match, ...]]
    """The strongest first."""


def read_pile(
    documents: Iterable[Document | Bag],
    matches: Iterable[Match],
    config: StoriesConfig,
    progress: Progress = silent,
    background: Background | None = None,
) -> Pile:
    """Read every text once; none is kept. One without matches may be given as a bag."""
    found = {match.id: match for match in matches}.values()
    matched = {side.article for match in found for side in (match.a, match.b)}
    lexis = Lexis(config)
    days: dict[str, int] = {}
    read: dict[str, Terms] = {}
    where: dict[str, Places] = {}
    named: dict[str, Counter[str]] = {}
    for document in documents:
        name = document.id
        if name in read:
            continue
        if isinstance(document, Bag):
            read[name], days[name] = document.terms(lexis), document.day
        else:
            if name in matched:
                read[name], where[name] = placed(document, lexis, config)
            else:
                read[name] = terms(document, lexis, config)
            if document.names:
                named[name] = Counter(mention.entity for mention in document.names)
            when = document.article.published
            days[name] = UNDATED if when is None else when.toordinal()
        if len(read) % _TOLD == 0:
            progress("stories: words", len(read), 0)
    ids = tuple(sorted(read))
    index = {name: at for at, name in enumerate(ids)}
    by_pair: dict[Pair, list[Match]] = {}
    for match in found:
        by_pair.setdefault((index[match.a.article], index[match.b.article]), []).append(match)
    gathered = tuple(read[name] for name in ids)
    return Pile(
        ids=ids,
        lexis=lexis,
        terms=gathered,
        places={index[name]: of_one for name, of_one in where.items()},
        names={index[name]: counts for name, counts in named.items()},
        weighed=weigh(gathered, [days[name] for name in ids], lexis, config, background),
        matches={pair: tuple(sorted(by_pair[pair], key=_strength)) for pair in sorted(by_pair)},
    )


def _strength(match: Match) -> tuple[int, float, str]:
    """Sort key: verbatim before near before rewrite, then by length or probability, then by id."""
    if match.kind is MatchKind.REWRITE:
        return 2, -match.score, match.id
    rank = 0 if match.kind is MatchKind.VERBATIM else 1
    return rank, -match.score * (match.a.end - match.a.start), match.id
