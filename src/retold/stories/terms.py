"""What an article is about: its words weighed by rarity, place and whether they name something."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold import lexicon
from retold.config import StoriesConfig
from retold.model import Document
from retold.text import forms, words

BLOCK = 4096
"""Terms whose weights are multiplied at a time: what bounds the memory, not the result."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The telling terms of an article; all arrays follow the order of the text or of ``names``."""

    names: tuple[str, ...]
    """The distinct terms, sorted."""
    factors: NDArray[np.float64]
    """Rarity of each distinct term, raised for names; shape (terms,)."""
    numeric: NDArray[np.bool_]
    """Whether a term is a number."""
    proper: NDArray[np.bool_]
    """Whether a term is part of a name."""
    places: NDArray[np.int64]
    """Of each occurrence, the index of its word in the text; shape (occurrences,)."""
    which: NDArray[np.int64]
    """Of each occurrence, the index of its distinct term."""
    starts: tuple[int, ...]
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
    factors: dict[str, float] = {}
    kept = []
    for place, form, proper in sorted(occurrences):
        idf = lexicon.idf(form) if form else 0.0
        if idf >= config.least_idf:
            factors[form] = max(factors.get(form, 0.0), idf * (config.name_weight if proper else 1))
            kept.append((place, form))
    distinct = tuple(sorted(factors))
    index = {form: at for at, form in enumerate(distinct)}
    counted = np.ones(len(found), dtype=np.bool_)
    for aside in document.asides:
        counted[bisect_left(starts, aside.span.start) : bisect_left(starts, aside.span.end)] = False
    proper_terms = {form for _, form, proper in occurrences if proper}
    return Terms(
        names=distinct,
        factors=np.array([factors[form] for form in distinct], dtype=np.float64),
        numeric=np.array([form[0].isdigit() for form in distinct], dtype=np.bool_),
        proper=np.array([form in proper_terms for form in distinct], dtype=np.bool_),
        places=np.array([place for place, _ in kept], dtype=np.int64),
        which=np.array([index[form] for _, form in kept], dtype=np.int64),
        starts=starts,
        counted=counted,
    )


def weights(
    found: Terms, config: StoriesConfig, without: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """Return the weight of each distinct term: (1 + ln tf) * rarity, 0 where it does not occur.

    Words of the lead count twice or more, words in asides and those marked in ``without`` (one flag
    a word of the text) not at all.
    """
    use = found.counted if without is None else found.counted & ~without
    gain = np.where(found.places < config.lead_words, 1.0 + config.lead_gain, 1.0)
    gain *= use[found.places]
    frequency = np.bincount(found.which, weights=gain, minlength=len(found.names))
    return np.where(frequency > 0, 1 + np.log(np.maximum(frequency, 1)), 0) * found.factors


def similarity(
    articles: Sequence[Terms], rows: Sequence[NDArray[np.float64]], config: StoriesConfig
) -> NDArray[np.float64]:
    """Return how alike any two articles are, 0..1; shape (articles, articles).

    The cosine over all terms, and that over numbers alone, weighed together (Salton & Buckley
    1988).
    """
    numbers = [np.where(terms.numeric, row, 0) for terms, row in zip(articles, rows, strict=True)]
    share = config.figures_weight
    found: NDArray[np.float64] = (1 - share) * _cosines(articles, rows) + share * _cosines(
        articles, numbers
    )
    return found


def _cosines(articles: Sequence[Terms], rows: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    vocabulary: dict[str, int] = {}
    held: dict[str, int] = {}
    for article in articles:
        for term in article.names:
            held[term] = held.get(term, 0) + 1
    for term in sorted(term for term, count in held.items() if count > 1):
        vocabulary[term] = len(vocabulary)
    columns = [
        np.array([vocabulary.get(term, -1) for term in article.names], dtype=np.int64)
        for article in articles
    ]
    unit = [row / max(float(np.linalg.norm(row)), 1e-12) for row in rows]
    product = np.zeros((len(articles), len(articles)))
    for low in range(0, len(vocabulary), BLOCK):
        block = np.zeros((len(articles), min(BLOCK, len(vocabulary) - low)))
        for at, (column, row) in enumerate(zip(columns, unit, strict=True)):
            inside = (column >= low) & (column < low + BLOCK)
            block[at, column[inside] - low] = row[inside]
        product += block @ block.T
    return np.clip(product, 0.0, 1.0)


def pair_similarity(
    articles: tuple[Terms, Terms],
    rows: tuple[NDArray[np.float64], NDArray[np.float64]],
    config: StoriesConfig,
) -> float:
    """Return the same as :func:`similarity` for two articles with the weights given."""
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
