"""How likely two articles of a pile tell the same, by what their bags share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.rewrite.bags import Weights
from retold.rewrite.pile import Pile
from retold.rewrite.vocabulary import Numbers, Terms

INTERCEPT, COSINE, SHARED = -10.88, 6.13, 1.98
"""Weights of the logistic model over the cosine of two bags and log of 1 + the weight of the terms
that they share. Fitted by ``tools/fit_likely.py`` to the 37,554 news articles of Baly et al. (2020;
Apache-2.0), whole and cut to 300 and 100 words: of the articles of other outlets nearest to one,
those that were printed within a day of it stand for the same event, those four days or more apart
for another."""

Doubles = NDArray[np.float64]


def evidence(pile: Pile, pairs: Numbers) -> Doubles:
    """Return the cosine of each pair of texts and the weight of what they share, two columns."""
    return _evidence(pairs, *pile.bags, pile.idf)


def probability(found: Doubles) -> Doubles:
    """Return the probability that pairs with this :func:`evidence` tell the same."""
    z = INTERCEPT + COSINE * found[:, 0] + SHARED * np.log1p(found[:, 1])
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(z, -50, 50))), np.float64)


@compiled
def _evidence(
    pairs: Numbers, bounds: Numbers, terms: Terms, weights: Weights, idf: Weights
) -> Doubles:
    found = np.zeros((len(pairs), 2))
    for pair in range(len(pairs)):
        i, j = bounds[pairs[pair, 0]], bounds[pairs[pair, 1]]
        stop, end = bounds[pairs[pair, 0] + 1], bounds[pairs[pair, 1] + 1]
        while i < stop and j < end:
            if terms[i] < terms[j]:
                i += 1
            elif terms[i] > terms[j]:
                j += 1
            else:
                found[pair, 0] += weights[i] * weights[j]
                found[pair, 1] += idf[terms[i]]
                i += 1
                j += 1
    return found
