"""Which texts to compare: those that share a shingle."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.reuse.shingles import Codes, shingle_hashes

_log = logging.getLogger(__name__)


def candidate_pairs(texts: Sequence[Codes], n: int, most: int) -> NDArray[np.int64]:
    """Return the pairs of texts that share a run of ``n`` words standing in at most ``most`` texts.

    Shape (pairs, 2), sorted, the lower index first. Work grows with the sum of the squares of the
    number of texts a shingle stands in; memory with the shingles and with one text's partners.
    """
    hashes = [np.unique(shingle_hashes(codes, n)) for codes in texts]
    owners = np.repeat(np.arange(len(texts)), [len(h) for h in hashes])
    values = np.concatenate(hashes) if hashes else np.empty(0, dtype=np.uint64)
    order = np.argsort(values, kind="stable")  # stable: the owners of one shingle stay sorted
    values, owners = values[order], owners[order]
    edges = np.flatnonzero(np.diff(values) != 0) + 1
    bounds = np.concatenate(([0], edges, [len(values)]))
    counts = np.diff(bounds)
    if (over := int(np.count_nonzero(counts > most))) > 0:
        _log.warning("%d shingles stand in more than %d texts and propose no pairs", over, most)
    used = np.flatnonzero((counts > 1) & (counts <= most))
    postings = [owners[bounds[k] : bounds[k + 1]] for k in used]
    return _pairs(postings, len(texts))


def _pairs(postings: Sequence[NDArray[np.int64]], texts: int) -> NDArray[np.int64]:
    """Join each text with the later texts in its postings."""
    of_text: list[list[NDArray[np.int64]]] = [[] for _ in range(texts)]
    for posting in postings:
        for at, owner in enumerate(posting[:-1].tolist()):
            of_text[owner].append(posting[at + 1 :])
    rows = []
    for owner, later in enumerate(of_text):
        if later:
            partners = np.unique(np.concatenate(later))
            rows.append(np.column_stack((np.full(len(partners), owner), partners)))
    return np.concatenate(rows) if rows else np.empty((0, 2), dtype=np.int64)
