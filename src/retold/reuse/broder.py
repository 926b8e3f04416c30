"""How much of one article stands in another (Broder 1997, "On the resemblance and containment")."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from retold.model import Document
from retold.reuse.shingles import Codes, encode, shingle_hashes
from retold.text import forms


def containment(a: Document, b: Document, n: int = 5) -> tuple[float, float, float]:
    """Return the containment of ``a`` in ``b``, of ``b`` in ``a``, and their resemblance.

    Each lies in 0..1. Over the sets of runs of ``n`` folded words, asides left out; no run reaches
    across an aside. An article with fewer words than ``n`` contains nothing and is contained in
    nothing.
    """
    ours, theirs = _shingles(a, n), _shingles(b, n)
    if not len(ours) or not len(theirs):
        return 0.0, 0.0, 0.0
    common = len(np.intersect1d(ours, theirs, assume_unique=True))
    union = len(ours) + len(theirs) - common
    return common / len(ours), common / len(theirs), common / union


def _shingles(document: Document, n: int) -> Codes:
    asides = tuple((aside.span.start, aside.span.end) for aside in document.asides)
    return _cached_shingles(document.article.text, asides, n)


@lru_cache(maxsize=4096)
def _cached_shingles(text: str, asides: tuple[tuple[int, int], ...], n: int) -> Codes:
    """The distinct shingles of the text around the asides, sorted."""
    pieces, place = [], 0
    for start, end in (*sorted(asides), (len(text), len(text))):
        if start > place:
            pieces.append(shingle_hashes(encode(forms(text[place:start])), n))
        place = max(place, end)
    return np.unique(np.concatenate(pieces)) if pieces else np.empty(0, dtype=np.uint64)
