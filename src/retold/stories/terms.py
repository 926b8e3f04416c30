"""What an article is about: its words weighed by rarity, place and whether they name something."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from sys import intern

import numpy as np
from numpy.typing import NDArray

from retold import lexicon
from retold.config import StoriesConfig
from retold.model import Document
from retold.text import form, forms, surfaces


@dataclass(frozen=True, slots=True)
class Terms:
    """The telling terms of an article; all arrays follow the order of the text or of ``names``."""

    names: tuple[str, ...]
    """The distinct terms, sorted."""
    lifts: NDArray[np.float64]
    """What each distinct term counts beside another as rare: more in names and numbers; shape
    (terms,)."""
    numeric: NDArray[np.bool_]
    """Whether a term is a number."""
    proper: NDArray[np.bool_]
    """Whether a term is part of a name."""
    places: NDArray[np.int32]
    """Of each occurrence, the index of its word in the text; shape (occurrences,)."""
    which: NDArray[np.int32]
    """Of each occurrence, the index of its distinct term."""
    starts: NDArray[np.int32]
    """Offset of each word of the text, for all words."""
    counted: NDArray[np.bool_]
    """Of each word of the text, whether it lies outside asides."""


@lru_cache(maxsize=1 << 17)
def _term(surface: str) -> tuple[str, float]:
    """Return the folded form of a word, one string for all articles, and its rarity in nats."""
    folded = intern(form(surface))
    return folded, lexicon.idf(folded)


def terms(document: Document, config: StoriesConfig) -> Terms:
    """Weigh the words of an article.

    Names that were annotated count by their canonical form, so that aliases and transliterations
    meet. Other words that the article writes with a capital, and nowhere without, count as parts of
    names too.
    """
    found = surfaces(document.article.text)
    starts = [start for start, _ in found]
    kept: list[tuple[int, str]] = []
    named: set[int] = set()
    proper: set[str] = set()
    for name in document.names:
        first, last = bisect_left(starts, name.span.start), bisect_left(starts, name.span.end)
        if first < last:
            named.update(range(first, last))
            telling = [t for t, idf in map(_term, forms(name.entity)) if idf >= config.least_idf]
            kept += [(first, term) for term in telling]
            proper.update(telling)
    lower: set[str] = set()
    capital: set[str] = set()
    for place, (_, surface) in enumerate(found):
        term, idf = _term(surface)
        if idf >= config.least_idf:
            if surface[0].islower():
                lower.add(term)
            if place not in named:
                kept.append((place, term))
                if surface[0].isupper():
                    capital.add(term)
    proper |= capital - lower
    kept.sort()
    distinct = tuple(sorted({term for _, term in kept}))
    numeric = np.array([term[0].isdigit() for term in distinct], dtype=np.bool_)
    of_name = np.array([term in proper for term in distinct], dtype=np.bool_)
    index = {term: at for at, term in enumerate(distinct)}
    counted = np.ones(len(found), dtype=np.bool_)
    for aside in document.asides:
        counted[bisect_left(starts, aside.span.start) : bisect_left(starts, aside.span.end)] = False
    return Terms(
        names=distinct,
        lifts=np.where(numeric, config.number_weight, 1.0)
        * np.where(of_name, config.name_weight, 1.0),
        numeric=numeric,
        proper=of_name,
        places=np.array([place for place, _ in kept], dtype=np.int32),
        which=np.array([index[term] for _, term in kept], dtype=np.int32),
        starts=np.array(starts, dtype=np.int32),
        counted=counted,
    )


def rarities(pile: Sequence[Terms], config: StoriesConfig) -> dict[str, float]:
    """Return how rare each term is, in nats: its share of news articles, and of the pile.

    The pile counts beside ``config.background`` articles of general news: of a few articles nothing
    is learnt, of thousands on one war what is common in that war.
    """
    held = Counter(name for article in pile for name in article.names)
    total = config.background + len(pile)
    return {
        name: -log((config.background * exp(-lexicon.idf(name)) + count) / total)
        for name, count in held.items()
    }


def weights(
    found: Terms,
    rarity: Mapping[str, float],
    config: StoriesConfig,
    without: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Return the weight of each distinct term: (1 + ln tf) * rarity, 0 where it does not occur.

    Words of the lead count twice or more, words in asides and those marked in ``without`` (one flag
    a word of the text) not at all.
    """
    use = found.counted if without is None else found.counted & ~without
    gain = np.where(found.places < config.lead_words, 1.0 + config.lead_gain, 1.0)
    gain *= use[found.places]
    factors = np.array([rarity[name] for name in found.names]) * found.lifts
    frequency = np.bincount(found.which, weights=gain, minlength=len(found.names))
    return np.where(frequency > 0, 1 + np.log(np.maximum(frequency, 1)), 0) * factors


def pair_similarity(
    articles: tuple[Terms, Terms],
    rows: tuple[NDArray[np.float64], NDArray[np.float64]],
    config: StoriesConfig,
) -> float:
    """Return the cosine over all terms and that over numbers, weighed together, of two articles."""
    (a, b), (of_a, of_b) = articles, rows
    common, at_a, at_b = np.intersect1d(
        np.array(a.names, dtype=np.str_),
        np.array(b.names, dtype=np.str_),
        assume_unique=True,
        return_indices=True,
    )
    if not len(common):
        return 0.0
    numeric_a, numeric_b = np.where(a.numeric, of_a, 0), np.where(b.numeric, of_b, 0)
    total = 0.0
    for share, x, y in (
        (1 - config.figures_weight, of_a, of_b),
        (config.figures_weight, numeric_a, numeric_b),
    ):
        length = float(np.linalg.norm(x) * np.linalg.norm(y))
        total += share * float(x[at_a] @ y[at_b]) / length if length else 0.0
    return min(1.0, total)
