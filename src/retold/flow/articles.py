"""From what was read to numbered articles with their sketches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.config import ScanConfig
from retold.corpus.prepare import Prepared, prepare, written
from retold.corpus.tables import ARTICLES
from retold.flow.rows import (
    COUNT,
    FIRSTS,
    HOLDS,
    LEFT_OUT,
    PLACES,
    READ,
    SEEN,
    TWICE,
    array,
    ids_of,
    made,
    numbers,
    packed,
    runs,
)
from retold.model import Rejected
from retold.read.corpus import Batch
from retold.reuse.buffers import Buffers

_SOURCE = r"(?s)^(?P<file>.*?)(?:@(?P<start>[0-9]{1,18}))?(?::(?P<row>[0-9]{1,18}))?$"
"""A source as :func:`retold.engine.edges.source_of` and the readers write it."""
_WHOLE = 16
"""Bytes of the hash of all words of an article."""


@dataclass(slots=True)
class Tally:
    """How much of a file, or of a part of it, has been read."""

    source: str
    """The file."""
    seen: int = 0
    """Rows that the reader gave; of lines their bytes."""
    articles: int = 0


def sketched(batch: Batch, config: ScanConfig) -> pa.Table:
    """Make articles ready; what was left out follows them."""
    ready = prepare(batch, config, Buffers())
    parts = []
    if len(ready.ids):
        parts.append(_ready(ready))
    if batch.rejected:
        parts.append(_rejected(batch.rejected))
    return pa.concat_tables(parts) if parts else READ.empty_table()


def _ready(ready: Prepared) -> pa.Table:
    count = len(ready.ids)
    low, high = ready.bounds[:-1], ready.bounds[1:]
    some = np.flatnonzero(high > low)
    begin, end = np.zeros(count, np.int32), np.zeros(count, np.int32)
    begin[some] = ready.starts[low[some]]
    last = high[some] - 1
    end[some] = ready.starts[last] + ready.lengths[last]
    words = ready.words.data.cast("B")
    wholes = [
        hashlib.blake2b(words[4 * a : 4 * b], digest_size=_WHOLE).digest() if b > a else b""
        for a, b in zip(low.tolist(), high.tolist(), strict=True)
    ]
    nothing = pa.repeat(pa.scalar("", pa.large_string()), count)
    fields = ready.articles.drop_columns(["article"])
    return made(
        READ,
        numbers(ready.ids),
        pa.array([one.tobytes() for one in ready.ids], pa.large_binary()),
        *fields.columns,
        _origins(fields["outlet"]),
        wholes,
        begin,
        end,
        packed(ready.hashes, ready.hash_bounds),
        nothing,
        nothing,
        pa.nulls(count, pa.int64()),
        pa.nulls(count, pa.int64()),
    )


def _origins(outlets: pa.ChunkedArray) -> pa.Array:
    """Number outlets by a hash of their names, which is the same wherever they are met."""
    coded = outlets.combine_chunks().dictionary_encode()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    known = [_origin(name) for name in coded.dictionary.to_pylist()]
    return pa.array(known, pa.int64()).take(coded.indices)


def _origin(outlet: str | None) -> int:
    if not outlet:
        return 0
    name = hashlib.blake2b(outlet.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(name, "little", signed=True)


def _rejected(rejected: Sequence[Rejected]) -> pa.Table:
    return _some(
        source=[r.source for r in rejected],
        reason=[str(r.reason) for r in rejected],
        detail=[r.detail for r in rejected],
    )


def seen(tallies: Sequence[Tally]) -> pa.Table:
    """Return rows of :data:`retold.flow.rows.SEEN`."""
    return _some(
        source=[t.source for t in tallies],
        reason=[SEEN] * len(tallies),
        seen=[t.seen for t in tallies],
        articles=[t.articles for t in tallies],
    )


def _some(**columns: Sequence[object]) -> pa.Table:
    """Return rows of which most columns are empty."""
    none = [None] * len(columns["source"])
    return pa.table({name: columns.get(name, none) for name in READ.names}, schema=READ)


def _articles_of(table: pa.Table) -> pa.Table:
    """Keep what is an article, and not what was left out."""
    return table.filter(pc.equal(table["reason"], ""))


def places(table: pa.Table) -> pa.Table:
    """Return where each article stands."""
    table = _articles_of(table)
    parts = pc.extract_regex(table["source"], _SOURCE)
    start, row = (
        pc.replace_substring_regex(pc.struct_field(parts, name), "^$", "0").cast(pa.int64())
        for name in ("start", "row")
    )
    return made(PLACES, table["n"], table["source"], pc.struct_field(parts, "file"), start, row)


def worded(table: pa.Table) -> pa.Table:
    """Keep the articles that have words."""
    table = _articles_of(table)
    return table.filter(pc.not_equal(table["whole"], b"")).select(FIRSTS.names)


def left_out(table: pa.Table) -> pa.Table:
    """Keep what was left out."""
    other = pa.array(["", SEEN, HOLDS], table["reason"].type)
    return table.filter(pc.invert(pc.is_in(table["reason"], other))).select(LEFT_OUT.names)


def counted(table: pa.Table) -> pa.Table:
    """Count articles and their words."""
    table = _articles_of(table)
    return made(COUNT, [len(table)], [pc.sum(table["words"]).as_py() or 0])


def twice(table: pa.Table) -> pa.Table:
    """Return what stands under a number after the first source."""
    n = array(table, "n")
    bounds = runs(n)
    first = np.repeat(bounds[:-1], np.diff(bounds))
    later = np.flatnonzero(first != np.arange(len(n)))
    again = table.take(later)
    return made(TWICE, again["n"], again["source"], table["source"].take(first[later]))


def fewest(table: pa.Table) -> pa.Table:
    """Of articles of equal words keep the first two: enough to know that there are several."""
    order = pc.sort_indices(table, [("whole", "ascending"), ("n", "ascending")])
    table = table.take(order)
    coded = table["whole"].combine_chunks().dictionary_encode().indices.to_numpy()
    bounds = runs(coded)
    place = np.arange(len(table)) - np.repeat(bounds[:-1], np.diff(bounds))
    return table.filter(pa.array(place < 2))


def firsts(table: pa.Table) -> pa.Table:
    """Return the first of each group of articles of equal words."""
    coded = table["whole"].combine_chunks().dictionary_encode().indices.to_numpy()
    bounds = runs(coded)
    return table.take(bounds[:-1][np.diff(bounds) > 1]).select(FIRSTS.names)


def public(table: pa.Table) -> pa.Table:
    """Return the columns of the table of articles."""
    table = _articles_of(table)
    names = [c.name for c in ARTICLES.columns[1:]]
    columns = [written(ids_of(table["id"])), *(table[name] for name in names)]
    return pa.table(columns, schema=ARTICLES.schema)
