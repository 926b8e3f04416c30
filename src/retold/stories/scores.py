"""How much speaks for two articles telling one story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from retold.config import StoriesConfig
from retold.model import Document, Match, MatchKind
from retold.stories.graph import Graph, build
from retold.stories.likeness import UNDATED, nearness, similarity
from retold.stories.terms import Terms, pair_similarity, rarities, terms, weights

Pair = tuple[int, int]
"""Indices of two articles, the lower first."""


@dataclass(frozen=True, slots=True)
class Pile:
    """The articles, sorted by id, with what their comparison rests on."""

    documents: tuple[Document, ...]
    terms: tuple[Terms, ...]
    rows: tuple[NDArray[np.float64], ...]
    """Weights of each article's terms."""
    rarity: Mapping[str, float]
    """In nats, of each term of the pile."""
    matches: Mapping[Pair, tuple[Match, ...]]
    """The strongest first."""
    scores: Graph


def score_pile(
    documents: Sequence[Document], matches: Sequence[Match], config: StoriesConfig
) -> Pile:
    """Score every pair of articles."""
    ordered = tuple(sorted({d.id: d for d in documents}.values(), key=lambda d: d.id))
    index = {document.id: at for at, document in enumerate(ordered)}
    by_pair: dict[Pair, list[Match]] = {}
    for match in {m.id: m for m in matches}.values():
        pair = index[match.a.article], index[match.b.article]
        by_pair.setdefault(pair, []).append(match)
    found = tuple(terms(document, config) for document in ordered)
    rarity = rarities(found, config)
    rows = tuple(weights(article, rarity, config) for article in found)
    days = [_day(document) for document in ordered]
    alike = similarity(found, rows, days, config)
    held = {pair: tuple(sorted(by_pair[pair], key=_strength)) for pair in sorted(by_pair)}
    keys = alike.a * len(ordered) + alike.b
    matched = np.array([i * len(ordered) + j for i, j in held], dtype=np.int64)
    free = ~np.isin(keys, matched)
    known = dict(zip(keys[~free].tolist(), alike.likeness[~free].tolist(), strict=True))
    scores = []
    for (i, j), shared in held.items():
        near = nearness(days[i], days[j], config)
        before = known.get(i * len(ordered) + j, 0.0)
        scores.append(_score((found[i], found[j]), shared, before, near, rarity, config))
    graph = build(
        len(ordered),
        np.concatenate((alike.a[free], matched // max(1, len(ordered)))),
        np.concatenate((alike.b[free], matched % max(1, len(ordered)))),
        np.concatenate((alike.likeness[free], np.array(scores))),
    )
    return Pile(ordered, found, rows, rarity, held, graph)


def _day(document: Document) -> int:
    when = document.article.published
    return UNDATED if when is None else when.toordinal()


def _strength(match: Match) -> tuple[int, float, str]:
    """Sort key: verbatim before near before rewrite, then by length or probability, then by id."""
    if match.kind is MatchKind.REWRITE:
        return 2, -match.score, match.id
    rank = 0 if match.kind is MatchKind.VERBATIM else 1
    return rank, -match.score * (match.a.end - match.a.start), match.id


def coverage(
    articles: tuple[Terms, Terms], matches: Sequence[Match]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far each word of two articles is covered by matches between them, 0..1.

    A word counts as much as the best match over it: its score.
    """
    # of several over one word, the best is written last
    rising = sorted(matches, key=_score_of)
    a = _covered(articles[0].starts, [(m.a.start, m.a.end, m.score) for m in rising])
    b = _covered(articles[1].starts, [(m.b.start, m.b.end, m.score) for m in rising])
    return a, b


_score_of = attrgetter("score")


def _covered(
    starts: NDArray[np.int32], rising: Sequence[tuple[int, int, float]]
) -> NDArray[np.float64]:
    cover = np.zeros(len(starts))
    for start, end, score in rising:
        first = bisect_left(starts, start)
        cover[first : bisect_left(starts, end, first)] = score
    return cover


def derived_share(
    articles: tuple[Terms, Terms], covers: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> float:
    """Return the share of the words outside asides that matches cover, of the article with more."""
    shares = [
        float(cover[article.counted].sum()) / max(1, int(article.counted.sum()))
        for article, cover in zip(articles, covers, strict=True)
    ]
    return max(shares)


def _score(
    articles: tuple[Terms, Terms],
    matches: Sequence[Match],
    alike: float,
    near: float,
    rarity: Mapping[str, float],
    config: StoriesConfig,
) -> float:
    share = derived_share(articles, coverage(articles, matches))
    derived = (share - config.derived_from) / (config.derived_full - config.derived_from)
    derived = min(1.0, max(0.0, derived))
    if derived < 1:
        stock = [match for match in matches if _is_stock(articles[0], match, config)]
        if stock:
            alike = min(alike, near * _rest_alike(articles, stock, rarity, config))
    return derived + (1 - derived) * alike


def _is_stock(article: Terms, match: Match, config: StoriesConfig) -> bool:
    """Say whether a match is a passage as long as stock background is."""
    first = bisect_left(article.starts, match.a.start)
    words = bisect_left(article.starts, match.a.end) - first
    return match.kind is not MatchKind.REWRITE and words >= config.stock_words


def _rest_alike(
    articles: tuple[Terms, Terms],
    stock: Sequence[Match],
    rarity: Mapping[str, float],
    config: StoriesConfig,
) -> float:
    """Return how alike two articles are without some passages."""
    over_a, over_b = coverage(articles, stock)
    of_a = weights(articles[0], rarity, config, over_a > 0)
    of_b = weights(articles[1], rarity, config, over_b > 0)
    return pair_similarity(articles, (of_a, of_b), config)
