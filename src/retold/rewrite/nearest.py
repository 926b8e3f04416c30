"""Which articles of a large pile are nearest to one, by its rare terms: words, names and figures.

An inverted index of the heaviest terms of each text finds candidates; these are compared by all
terms of their bags. What a search costs grows with the texts that share a rare term, not with the
pile.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from retold.reuse.compiled import compiled
from retold.rewrite.bags import Bags, Weights
from retold.rewrite.vocabulary import Numbers, Terms


class Index(NamedTuple):
    """For each term the texts that are known by it."""

    bounds: Numbers
    """Where each term's texts begin; one longer than the terms."""
    texts: Terms
    """Rising within a term."""
    weights: Weights


class Near(NamedTuple):
    """Texts and what is nearest to them, the nearest first."""

    texts: Terms
    """Shape (queries, most); -1 where fewer were found."""
    cosines: Weights
    """Of the same shape, 0 there."""


def index(bags: Bags, terms: int, most: int, long: int) -> Index:
    """Turn bags round.

    Args:
        bags: of all texts.
        terms: number of terms of the pile.
        most: heaviest terms of each text at which it stands.
        long: texts that stand at one term at most, those in which it weighs most, so that a search
            costs no more in a larger pile.
    """
    return Index(*_shortened(*_inverted(*bags, terms, most), long))


def nearest(
    queries: Bags, own: Numbers, pile: Bags, found: Index, candidates: int, most: int
) -> Near:
    """Return the ``most`` texts of the pile with the highest cosine to each query.

    Args:
        queries: bags whose terms are those of the pile.
        own: of each query its number in the pile, which is not searched for; -1 for none.
        pile: the bags of all texts.
        found: the index of ``pile``.
        candidates: texts, best by the index, whose whole bags are compared.
        most: texts that are returned at most.
    """
    texts = np.full((len(own), most), -1, np.int32)
    cosines = np.zeros((len(own), most), np.float32)
    _search(*queries, own, *pile, *found, candidates, texts, cosines)
    return Near(texts, cosines)


@compiled
def _inverted(
    bounds: Numbers, terms: Terms, weights: Weights, count: int, most: int
) -> tuple[Numbers, Terms, Weights]:
    begins = np.zeros(count + 1, np.int64)
    kept = np.zeros(len(terms), np.bool_)
    for text in range(len(bounds) - 1):
        low = bounds[text]
        order = np.argsort(-weights[low : bounds[text + 1]], kind="mergesort")[:most]
        for k in order:
            kept[low + k] = True
            begins[terms[low + k] + 1] += 1
    for term in range(count):
        begins[term + 1] += begins[term]
    texts = np.empty(begins[count], np.int32)
    held = np.empty(begins[count], np.float32)
    place = begins[:-1].copy()
    for text in range(len(bounds) - 1):
        for k in range(bounds[text], bounds[text + 1]):
            if kept[k]:
                at = place[terms[k]]
                texts[at], held[at] = text, weights[k]
                place[terms[k]] += 1
    return begins, texts, held


@compiled
def _shortened(
    begins: Numbers, texts: Terms, held: Weights, long: int
) -> tuple[Numbers, Terms, Weights]:
    """Keep of each term's texts the ``long`` in which it weighs most; of equals the first."""
    kept = np.zeros(len(texts), np.bool_)
    bounds = np.zeros_like(begins)
    for term in range(len(begins) - 1):
        low, high = begins[term], begins[term + 1]
        bounds[term + 1] = bounds[term] + min(long, high - low)
        if high - low <= long:
            kept[low:high] = True
        else:
            for k in np.argsort(-held[low:high], kind="mergesort")[:long]:
                kept[low + k] = True
    return bounds, texts[kept], held[kept]


@compiled
def cosine(one: Terms, one_weights: Weights, two: Terms, two_weights: Weights) -> float:
    """Return the product of two bags, each sorted by term."""
    total = 0.0
    i = j = 0
    while i < len(one) and j < len(two):
        if one[i] < two[j]:
            i += 1
        elif one[i] > two[j]:
            j += 1
        else:
            total += one_weights[i] * two_weights[j]
            i += 1
            j += 1
    return total


@compiled
def _search(
    query_bounds: Numbers,
    query_terms: Terms,
    query_weights: Weights,
    own: Numbers,
    bounds: Numbers,
    terms: Terms,
    weights: Weights,
    begins: Numbers,
    texts: Terms,
    held: Weights,
    candidates: int,
    out: Terms,
    cosines: Weights,
) -> None:
    count = len(bounds) - 1
    likeness = np.zeros(count, np.float32)
    touched = np.empty(count, np.int64)
    for query in range(len(own)):
        low, high = query_bounds[query], query_bounds[query + 1]
        size = 0
        for k in range(low, high):
            for at in range(begins[query_terms[k]], begins[query_terms[k] + 1]):
                text = texts[at]
                if likeness[text] == 0:
                    touched[size] = text
                    size += 1
                likeness[text] += query_weights[k] * held[at]
        if own[query] >= 0:
            likeness[own[query]] = 0
        best = _heaviest(touched[:size], likeness, candidates)
        found = np.empty(len(best), np.float64)
        for k in range(len(best)):
            begin, end = bounds[best[k]], bounds[best[k] + 1]
            found[k] = cosine(
                query_terms[low:high], query_weights[low:high],
                terms[begin:end], weights[begin:end],
            )  # fmt: skip
        for k in range(size):
            likeness[touched[k]] = 0
        # rising numbers and a stable sort: of equals the first
        order = np.argsort(-found, kind="mergesort")[: out.shape[1]]
        for k in range(len(order)):
            out[query, k] = best[order[k]]
            cosines[query, k] = found[order[k]]


@compiled
def _heaviest(texts: Numbers, likeness: Weights, most: int) -> Numbers:
    """Return the texts, rising, that are likest; of equals at the edge the lowest numbers."""
    if len(texts) <= most:
        every = texts[likeness[texts] > 0]
        return np.sort(every)
    values = likeness[texts]
    edge = np.partition(values, len(values) - most)[len(values) - most]
    above = texts[values > edge]
    level = np.sort(texts[values == edge])[: most - len(above)]
    both = np.concatenate((above, level))
    return np.sort(both[likeness[both] > 0])
