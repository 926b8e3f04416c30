"""What an article is about: its words weighed by rarity, place and whether they name something."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from sys import intern

import numpy as np
from numpy.typing import NDArray

from retold import lexicon
from retold.config import StoriesConfig
from retold.model import Document
from retold.text import forms, words


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


def terms(document: Document, config: StoriesConfig) -> Terms:
    """Weigh the words of an article.

    Names that were annotated count by their canonical form, so that aliases and transliterations
    meet. Other words that the article writes with a capital, and nowhere without, count as parts of
    names too.
    """
    text = document.article.text
    found = words(text)
    starts = tuple(word.start for word in found)
    lower = {word.form for word in found if text[word.start].islower()}
    occurrences = [
        (place, word.form, text[word.start].isupper() and word.form not in lower)
        for place, word in enumerate(found)
    ]
    for name in document.names:
        first, last = bisect_left(starts, name.span.start), bisect_left(starts, name.span.end)
        for place in range(first, last):
            occurrences[place] = (place, "", True)
        occurrences.extend((first, form, True) for form in forms(name.entity) if first < last)
    lifts: dict[str, float] = {}
    kept = []
    for place, form, proper in sorted(occurrences):
        if form and lexicon.idf(form) >= config.least_idf:
            lift = config.name_weight if proper else 1.0
            if form[0].isdigit():
                lift *= config.number_weight
            # one string for all articles: a pile has each word thousands of times
            term = intern(form)
            lifts[term] = max(lifts.get(term, 0.0), lift)
            kept.append((place, term))
    distinct = tuple(sorted(lifts))
    index = {form: at for at, form in enumerate(distinct)}
    counted = np.ones(len(found), dtype=np.bool_)
    for aside in document.asides:
        counted[bisect_left(starts, aside.span.start) : bisect_left(starts, aside.span.end)] = False
    proper_terms = {form for _, form, proper in occurrences if proper}
    return Terms(
        names=distinct,
        lifts=np.array([lifts[form] for form in distinct], dtype=np.float64),
        numeric=np.array([form[0].isdigit() for form in distinct], dtype=np.bool_),
        proper=np.array([form in proper_terms for form in distinct], dtype=np.bool_),
        places=np.array([place for place, _ in kept], dtype=np.int32),
        which=np.array([index[form] for _, form in kept], dtype=np.int32),
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
