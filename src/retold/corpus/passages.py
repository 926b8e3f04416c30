"""Passages that live in several articles, wherever they stand in them.

Each span of a match is a *stretch* of an article. The two stretches of a span pair are one passage,
and so are two stretches of one article that cover nearly the same words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from retold.config import ScanConfig
from retold.corpus.furniture import Stretches
from retold.corpus.places import locate
from retold.corpus.prepare import written
from retold.corpus.store import Part
from retold.corpus.survey import Survey
from retold.corpus.tables import PASSAGES, PLACES
from retold.reuse.candidates import Index
from retold.reuse.compiled import compiled

_SAME = 0.8
"""Share of the longer of two stretches of one article that both cover for them to be one."""
NEVER = int(np.iinfo(np.int64).max)
"""Stands for a time that is not known."""
_OWN = 0.9
"""Share of the carriers of stock that are of one outlet where it is that outlet's furniture."""
SHOWN = 4_000
"""Code points of a passage's text that are written."""


@dataclass(frozen=True, slots=True)
class Articles:
    """What is known of the articles, by rank."""

    ids: NDArray[np.uint8]
    outlets: NDArray[np.int32]
    """A number for each outlet; below 0 where it is not known."""
    published: Index
    """Microseconds since 1970; the largest number where it is not known."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Stretches, passage by passage; within a passage by time of publication, then by rank."""

    passage: Index
    """By passage, its number among the stretches."""
    bounds: Index
    text: Index
    first: Index
    words: Index
    articles: Index
    """By passage."""
    outlets: Index
    kinds: NDArray[np.int8]


KINDS = ("shared", "furniture", "stock")


def table(
    survey: Survey,
    known: Articles,
    parts: Sequence[Part],
    config: ScanConfig,
) -> tuple[pa.Table, bool]:
    """Build the table; say also whether ``config.passages`` cut it off."""
    original = survey.ranked.original
    gathered = stretches(survey.pairs, survey.passages)
    shared = carried(_with_copies(original, gathered), known, config.carriers)
    left = left_out(_with_copies(original, survey.stock), known)
    found = _both(shared, left)
    cut = len(found.articles) > config.passages
    found = _most(found, config.passages)
    return _written(found, survey, known, parts, config), cut


def too_many(config: ScanConfig) -> str:
    """Return what to say where not all passages are listed."""
    return f"More than {config.passages:,} passages were found; those in most articles are listed."


def stretches(pairs: NDArray[np.int64], rows: NDArray[np.int32]) -> Stretches:
    """Gather the stretches of aligned pairs to passages.

    Args:
        pairs: texts, shape (pairs, 2).
        rows: their passages (:func:`retold.reuse.extend.align`).
    """
    owner = pairs[rows[:, 0]]
    text = np.concatenate((owner[:, 0], owner[:, 1]))
    first = np.concatenate((rows[:, 1], rows[:, 3])).astype(np.int64)
    words = np.concatenate((rows[:, 2], rows[:, 4])).astype(np.int64)
    order = np.lexsort((words, first, text))
    return Stretches(_gather(len(rows), order, text, first, words, _SAME), text, first, words)


def left_out(found: Stretches, known: Articles) -> Carried:
    """Sort the stretches of furniture and stock paragraphs, and tell which is which."""
    left = carried(found, known, 2)
    own = _mostly(left.bounds, known.outlets[left.text])
    return replace(left, kinds=np.where(own >= _OWN * left.articles, 1, 2).astype(np.int8))


def carried(found: Stretches, known: Articles, least: int) -> Carried:
    """Sort stretches, one an article for each passage; keep passages in ``least`` articles."""
    root, text, first, words = found
    # of several stretches of one passage in one article, the longest stands for all
    order = np.lexsort((first, -words, text, known.published[text], root))
    text, first, words, root = text[order], first[order], words[order], root[order]
    once = np.ones(len(root), np.bool_)
    once[1:] = (root[1:] != root[:-1]) | (text[1:] != text[:-1])
    text, first, words, root = text[once], first[once], words[once], root[once]
    passage, sizes = np.unique(root, return_counts=True)
    wanted = sizes >= least
    member = np.repeat(wanted, sizes)
    text, first, words = text[member], first[member], words[member]
    passage, sizes = passage[wanted], sizes[wanted]
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    outlets = _outlets(bounds, known.outlets[text])
    kinds = np.zeros(len(sizes), np.int8)
    return Carried(passage, bounds, text, first, words, sizes, outlets, kinds)


def _with_copies(original: Index, found: Stretches) -> Stretches:
    """Give the stretches of an article to its copies too."""
    copies = np.flatnonzero(original != np.arange(len(original)))
    copies = copies[np.argsort(original[copies], kind="stable")]
    low = np.searchsorted(original[copies], found.text, "left")
    sizes = np.searchsorted(original[copies], found.text, "right") - low
    of = np.repeat(np.arange(len(found.text)), sizes)
    step = np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return Stretches(
        np.concatenate((found.passage, found.passage[of])),
        np.concatenate((found.text, copies[low[of] + step])),
        np.concatenate((found.first, found.first[of])),
        np.concatenate((found.words, found.words[of])),
    )


@compiled
def _gather(
    pairs: int, order: Index, text: Index, first: Index, words: Index, same: float
) -> Index:
    """Return a number for the passage of each stretch."""
    root = np.arange(len(order))
    for at in range(pairs):
        _unite(root, at, pairs + at)
    for at in range(1, len(order)):
        here = order[at]
        back = at - 1
        # the stretches that begin shortly before: sorted by article and first word
        while back >= 0 and at - back <= 8 and text[order[back]] == text[here]:
            other = order[back]
            low = max(first[here], first[other])
            high = min(first[here] + words[here], first[other] + words[other])
            if high - low >= same * max(words[here], words[other]):
                _unite(root, here, other)
                break
            back -= 1
    for at in range(len(root)):
        root[at] = _top(root, at)
    return root


@compiled
def _top(root: Index, at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at


@compiled
def _unite(root: Index, one: int, two: int) -> None:
    one, two = _top(root, one), _top(root, two)
    if one < two:
        root[two] = one
    else:
        root[one] = two


def _outlets(bounds: Index, outlets: NDArray[np.int32]) -> Index:
    """Count the distinct outlets of each passage, 0 where none is known."""
    passage = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    known = outlets >= 0
    many = int(outlets.max(initial=0)) + 1
    pairs = np.unique(passage[known] * many + outlets[known])
    return np.bincount(pairs // many, minlength=len(bounds) - 1)


def _mostly(bounds: Index, outlets: NDArray[np.int32]) -> Index:
    """Count the carriers of each passage that are of its most frequent outlet."""
    passage = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    known = outlets >= 0
    many = int(outlets.max(initial=0)) + 1
    pairs, counts = np.unique(passage[known] * many + outlets[known], return_counts=True)
    most = np.zeros(len(bounds) - 1, np.int64)
    np.maximum.at(most, pairs // many, counts)
    return most


def _both(one: Carried, two: Carried) -> Carried:
    def joined(name: str) -> Any:
        return np.concatenate((getattr(one, name), getattr(two, name)))

    bounds = np.concatenate((one.bounds, two.bounds[1:] + one.bounds[-1]))
    rest = ("text", "first", "words", "articles", "outlets", "kinds")
    return Carried(joined("passage"), bounds, *map(joined, rest))


def _most(found: Carried, most: int) -> Carried:
    """Sort passages by the number of their carriers, then by the first carrier; cut off."""
    lead = found.bounds[:-1]
    order = np.lexsort(
        (found.first[lead], found.text[lead], -found.words[lead], found.kinds, -found.articles)
    )[:most]
    sizes = found.articles[order]
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    at = np.repeat(lead[order] - bounds[:-1], sizes) + np.arange(bounds[-1])
    return Carried(
        found.passage[order], bounds, found.text[at], found.first[at], found.words[at], sizes,
        found.outlets[order],
        found.kinds[order],
    )  # fmt: skip


def _written(
    found: Carried,
    survey: Survey,
    known: Articles,
    parts: Sequence[Part],
    config: ScanConfig,
) -> pa.Table:
    sizes = np.minimum(found.articles, config.places)
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    at = np.repeat(found.bounds[:-1] - offsets[:-1], sizes) + np.arange(offsets[-1])
    number = survey.ranked.order[found.text[at]]
    starts, ends = locate(survey.ranked.content, number, found.first[at], found.words[at])
    ids = written(known.ids)
    lead = offsets[:-1]
    texts = _texts(parts, number[lead], starts[lead], ends[lead])
    owners = ids.take(found.text[at])
    published = known.published[found.text[found.bounds[:-1]]]
    places = pa.StructArray.from_arrays(
        [owners, pa.array(starts), pa.array(ends)], fields=list(PLACES.value_type)
    )
    owned = np.array(owners.to_pylist(), dtype=object)
    spans = zip(lead.tolist(), offsets[1:].tolist(), texts, strict=True)
    named = [
        name(text, owned[low:high], starts[low:high], ends[low:high]) for low, high, text in spans
    ]
    return pa.table(
        [
            pa.array(named, pa.large_string()),
            pa.DictionaryArray.from_arrays(found.kinds, list(KINDS)).cast(pa.large_string()),
            found.articles,
            found.outlets,
            found.words[found.bounds[:-1]].astype(np.int32),
            pa.array([text[:SHOWN] for text in texts], pa.large_string()),
            ids.take(found.text[found.bounds[:-1]]),
            pa.array(published, pa.int64(), mask=published == NEVER).cast(
                pa.timestamp("us", "UTC")
            ),
            pa.ListArray.from_arrays(offsets.astype(np.int32), places),
        ],
        schema=PASSAGES.schema,
    )


def name(
    text: str, owners: NDArray[np.object_], starts: NDArray[np.int32], ends: NDArray[np.int32]
) -> str:
    """Return the id of a passage, made of its text and places."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    digest.update("\x1f".join(owners).encode() + starts.tobytes() + ends.tobytes())
    return f"passage:{digest.hexdigest()[:20]}"


def _texts(
    parts: Sequence[Part], articles: Index, starts: NDArray[np.int32], ends: NDArray[np.int32]
) -> list[str]:
    """Cut stretches out of their articles."""
    out = [""] * len(articles)
    order = np.argsort(articles, kind="stable")
    edges = np.searchsorted(articles[order], [part.first for part in parts]).tolist()
    for part, low, high in zip(parts, edges, [*edges[1:], len(order)], strict=True):
        if low == high:
            continue
        rows, at = np.unique(articles[order[low:high]] - part.first, return_inverse=True)
        column = pq.read_table(part.path, columns=["text"], use_threads=False)["text"]
        texts = column.take(rows).to_pylist()
        for place, row in zip(order[low:high].tolist(), at.tolist(), strict=True):
            out[place] = texts[row][starts[place] : ends[place]]
    return out
