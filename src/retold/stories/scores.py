"""How much speaks for two articles telling one story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from retold.config import StoriesConfig
from retold.engine import Progress, silent
from retold.model import Match, MatchKind
from retold.stories.graph import UNITS, Graph, build, whole_units
from retold.stories.likeness import likeness, similar
from retold.stories.pile import Pair, Pile
from retold.stories.rows import Rows
from retold.stories.terms import Flags, Numbers, Places, Values, frequencies, lifts


def score_pairs(
    pile: Pile, config: StoriesConfig, threads: int = 1, progress: Progress = silent
) -> Graph:
    """Score the pairs that may bring articles together: the alike, and those with matches."""
    rows, count = pile.weighed.rows, len(pile.ids)
    # all that reach the cut once they are rounded
    alike = similar(rows, config.cut - 0.5 / UNITS, threads, progress)
    pairs = np.array(list(pile.matches), np.int64).reshape(-1, 2)
    near = _nearness(rows, pairs)
    by_words = likeness(rows, pairs[:, 0], pairs[:, 1]) * near
    by_words[by_words < config.least_alike] = 0
    scores = [
        _score(pile, pair, shared, of_one, config)
        for (pair, shared), *of_one in zip(
            pile.matches.items(), by_words.tolist(), near.tolist(), strict=True
        )
    ]
    keys = alike.a.astype(np.int64) * count + alike.b
    free = ~np.isin(keys, pairs[:, 0] * count + pairs[:, 1])
    return build(
        count,
        np.concatenate((alike.a[free], pairs[:, 0])),
        np.concatenate((alike.b[free], pairs[:, 1])),
        np.concatenate((alike.units[free], whole_units(np.array(scores, np.float64)))),
        rows,
    )


def _nearness(rows: Rows, pairs: Numbers) -> Values:
    """Return what the likeness of pairs counts, given their days; 1 where one has none."""
    one, other = rows.days[pairs[:, 0]], rows.days[pairs[:, 1]]
    apart = np.abs(one - other)
    within = np.where(apart < len(rows.fade), rows.fade[np.minimum(apart, len(rows.fade) - 1)], 0.0)
    return np.where((one < 0) | (other < 0), 1.0, within)


def coverage(places: tuple[Places, Places], matches: Sequence[Match]) -> tuple[Values, Values]:
    """Return how far each word of two articles is covered by matches between them, 0..1.

    A word counts as much as the best match over it: its score.
    """
    # of several over one word, the best is written last
    rising = sorted(matches, key=_score_of)
    a = _covered(places[0].starts, [(m.a.start, m.a.end, m.score) for m in rising])
    b = _covered(places[1].starts, [(m.b.start, m.b.end, m.score) for m in rising])
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


def derived_share(places: tuple[Places, Places], covers: tuple[Values, Values]) -> float:
    """Return the share of the words outside asides that matches cover, of the article with more."""
    shares = [
        float(cover[article.counted].sum()) / max(1, int(article.counted.sum()))
        for article, cover in zip(places, covers, strict=True)
    ]
    return max(shares)


def _score(
    pile: Pile, pair: Pair, matches: Sequence[Match], known: Sequence[float], config: StoriesConfig
) -> float:
    """Return the score of two articles with matches; ``known`` are likeness and nearness."""
    alike, near = known
    places = pile.places[pair[0]], pile.places[pair[1]]
    share = derived_share(places, coverage(places, matches))
    derived = (share - config.derived_from) / (config.derived_full - config.derived_from)
    derived = min(1.0, max(0.0, derived))
    if derived < 1:
        stock = [match for match in matches if _is_stock(places[0], match, config)]
        if stock:
            alike = min(alike, near * _rest_alike(pile, pair, stock, config))
    return derived + (1 - derived) * alike


def _is_stock(places: Places, match: Match, config: StoriesConfig) -> bool:
    """Say whether a match is a passage as long as stock background is."""
    first = bisect_left(places.starts, match.a.start)
    words = bisect_left(places.starts, match.a.end) - first
    return match.kind is not MatchKind.REWRITE and words >= config.stock_words


def _rest_alike(pile: Pile, pair: Pair, stock: Sequence[Match], config: StoriesConfig) -> float:
    """Return how alike two articles are without some passages."""
    covers = coverage((pile.places[pair[0]], pile.places[pair[1]]), stock)
    rows = [
        weights(pile, article, config, cover == 0)
        for article, cover in zip(pair, covers, strict=True)
    ]
    one, other = (pile.terms[article].numbers for article in pair)
    _, at, there = np.intersect1d(one, other, assume_unique=True, return_indices=True)
    of_numbers = [
        np.where(pile.weighed.numeric[n], row, 0) for n, row in zip((one, other), rows, strict=True)
    ]
    total = 0.0
    for share, (x, y) in (
        (1 - config.figures_weight, rows),
        (config.figures_weight, of_numbers),
    ):
        length = float(np.linalg.norm(x) * np.linalg.norm(y))
        total += share * float(x[at] @ y[there]) / length if length else 0.0
    return min(1.0, total)


def weights(pile: Pile, article: int, config: StoriesConfig, use: Flags) -> Values:
    """Return the weight of each term of an article with matches, from the words marked in ``use``.

    ``use`` has a flag for each word of the text; words in asides count for nothing either way.
    """
    of_one, places = pile.terms[article], pile.places[article]
    numbers = of_one.numbers
    frequency = frequencies(places, len(numbers), config, places.counted & use)
    lifted = lifts(of_one.proper, pile.weighed.numeric[numbers], config)
    found: Values = frequency * pile.weighed.rarity[numbers] * lifted
    return found
