"""The table of matches."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retold.corpus.places import locate
from retold.corpus.prepare import written
from retold.corpus.survey import Survey
from retold.corpus.tables import MATCHES, SPANS
from retold.reuse.extend import COLUMNS

KINDS = ("exact", "verbatim", "near")
_ID_BYTES = 5
"""Bytes of each article's id that a match's id has."""


class Matched(NamedTuple):
    """All matches, by (a, b): those that were aligned and those of copies with their originals."""

    pairs: NDArray[np.int64]
    """Ranks; shape (matches, 2)."""
    kinds: NDArray[np.int8]
    """Places in :data:`KINDS`."""
    equal: NDArray[np.int64]
    containment: NDArray[np.float64]
    """Shape (matches, 2)."""
    resemblance: NDArray[np.float64]
    verified: NDArray[np.bool_]
    aligned: NDArray[np.int64]
    """Number of the pair in the survey; -1 for a copy."""


def matched(survey: Survey) -> Matched:
    """Put aligned pairs and copies together."""
    ranked = survey.ranked
    copies = np.flatnonzero(ranked.original != np.arange(len(ranked.original)))
    exact = np.column_stack((ranked.original[copies], copies))
    pairs = np.concatenate((survey.pairs, exact))
    aligned = np.concatenate((np.arange(len(survey.pairs)), np.full(len(copies), -1)))
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, aligned = pairs[order], aligned[order]
    copy = aligned < 0
    words = (ranked.ends - ranked.begins)[pairs[:, 0]]
    equal = np.where(copy, words, _of(survey.equal, aligned))
    told, lengths = _of(survey.told, aligned), survey.lengths[pairs]
    containment = np.minimum(1.0, told[:, None] / lengths)
    containment[copy] = 1.0
    resemblance = np.where(copy, 1.0, told / np.maximum(1, lengths.sum(axis=1) - told))
    covered = survey.covered[aligned] if len(survey.covered) else np.zeros_like(pairs)
    verbatim = (equal == covered[:, 0]) & (equal == covered[:, 1])
    kinds = np.where(copy, 0, np.where(verbatim, 1, 2)).astype(np.int8)
    verified = copy | _of(survey.verified, aligned).astype(np.bool_)
    return Matched(pairs, kinds, equal, containment, resemblance, verified, aligned)


def _of(values: NDArray[Any], at: NDArray[np.int64]) -> NDArray[Any]:
    return values[at] if len(values) else np.zeros(len(at), values.dtype)


def names(found: Matched, ids: NDArray[np.uint8]) -> pa.Array:
    """Return the id of each match."""
    return named(*(ids[found.pairs[:, side]] for side in (0, 1)))


def named(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> pa.Array:
    """Return the ids of matches: each made of the ids of its articles."""
    return written(np.concatenate((a[:, :_ID_BYTES], b[:, :_ID_BYTES]), axis=1), b"match:")


def table(found: Matched, survey: Survey, ids: NDArray[np.uint8]) -> pa.Table:
    """Build the table; ``ids`` by rank."""
    spans, offsets = _spans(found, survey)
    texts = written(ids)
    return pa.table(
        [
            names(found, ids),
            texts.take(found.pairs[:, 0]),
            texts.take(found.pairs[:, 1]),
            pa.DictionaryArray.from_arrays(found.kinds, list(KINDS)).cast(pa.large_string()),
            *(found.containment[:, side].astype(np.float32) for side in (0, 1)),
            found.resemblance.astype(np.float32),
            found.equal.astype(np.int32),
            found.verified,
            pa.ListArray.from_arrays(offsets.astype(np.int32), spans),
        ],
        schema=MATCHES.schema,
    )


def _spans(found: Matched, survey: Survey) -> tuple[pa.StructArray, NDArray[np.int64]]:
    """Return all spans, match by match, and where each match's begin."""
    ranked, rows = survey.ranked, survey.passages
    begins = np.searchsorted(rows[:, 0], np.arange(len(survey.pairs) + 1))
    copy = found.aligned < 0
    sizes = np.where(copy, 1, _of(np.diff(begins), found.aligned))
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    owner = np.repeat(np.arange(len(sizes)), sizes)
    step = np.arange(len(owner)) - offsets[owner]
    of_copy = copy[owner]
    row = np.where(of_copy, 0, _of(begins, found.aligned)[owner] + step)
    held = rows[row].astype(np.int64) if len(rows) else np.zeros((len(owner), COLUMNS), np.int64)
    whole = (ranked.ends - ranked.begins)[found.pairs[owner, 0]]
    held[of_copy, 1] = held[of_copy, 3] = 0
    for column in (2, 4, 5):
        held[of_copy, column] = whole[of_copy]
    sides = [found.pairs[owner, side] for side in (0, 1)]
    starts, ends = locate(
        ranked.content,
        ranked.order[np.concatenate(sides)],
        np.concatenate((held[:, 1], held[:, 3])),
        np.concatenate((held[:, 2], held[:, 4])),
    )
    half = len(owner)
    columns = (starts[:half], ends[:half], starts[half:], ends[half:], held[:, 5].astype(np.int32))
    return pa.StructArray.from_arrays(
        list(map(pa.array, columns)), fields=list(SPANS.value_type)
    ), offsets
