"""Which articles of a pile are compared with which, for rewrites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import log, sqrt

import numpy as np

from retold.config import RewriteConfig
from retold.rewrite.terms import Content

TELLING = 80
"""Terms an article is known by: those with the highest tf-idf."""


def article_pairs(
    articles: Sequence[Sequence[Content]], config: RewriteConfig
) -> list[tuple[int, int]]:
    """Return the pairs of articles to compare, sorted.

    All of them in a pile of up to ``config.all_pairs`` articles. In a larger one each article with
    its ``config.neighbours`` nearest by tf-idf cosine (Salton & Buckley 1988) over its most
    telling terms; terms that stand in more than ``config.common`` of the articles find nobody.
    """
    if len(articles) <= config.all_pairs:
        return list(combinations(range(len(articles)), 2))
    counts = [Counter(t.key for content in article for t in content.terms) for article in articles]
    frequency = Counter(key for count in counts for key in count)
    most = max(2.0, config.common * len(articles))
    bags = [_bag(count, frequency, most, len(articles)) for count in counts]
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, bag in enumerate(bags):
        for key, weight in bag.items():
            postings.setdefault(key, []).append((number, weight))
    index = {
        key: (np.array([n for n, _ in found]), np.array([w for _, w in found]))
        for key, found in postings.items()
    }
    pairs = set()
    for number, bag in enumerate(bags):
        likeness = np.zeros(len(articles))
        for key in sorted(bag):
            numbers, weights = index[key]
            likeness[numbers] += bag[key] * weights
        likeness[number] = 0.0
        order = np.lexsort((np.arange(len(articles)), -np.round(likeness, 9)))
        for other in order[: config.neighbours].tolist():
            if likeness[other] > 0:
                pairs.add((min(number, other), max(number, other)))
    return sorted(pairs)


def _bag(
    count: Counter[str], frequency: Counter[str], most: float, articles: int
) -> dict[str, float]:
    """The most telling terms of an article with their weights, of length 1 together."""
    weighed = {
        key: (1 + log(times)) * log((articles + 1) / frequency[key])
        for key, times in count.items()
        if 1 < frequency[key] <= most
    }
    kept = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))[:TELLING]
    norm = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {key: weight / norm for key, weight in kept}
