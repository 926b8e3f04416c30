"""The columns that stages hand to each other, and how arrays of numbers stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retold.corpus.prepare import ID_BYTES
from retold.corpus.store import leading
from retold.corpus.tables import ARTICLES, GROUPS, MATCHES, OUTLETS, PASSAGES, REJECTED

Numbers = NDArray[np.int64]

_INT, _SHORT, _BYTES = pa.int64(), pa.int32(), pa.large_binary()


def _of(table: Any, *left_out: str) -> list[pa.Field]:
    return [pa.field(c.name, c.type) for c in table.columns if c.name not in left_out]


READ = pa.schema(
    [
        ("n", _INT),
        ("id", _BYTES),
        *_of(ARTICLES, "article"),
        ("origin", _INT),
        ("whole", _BYTES),
        ("begin", _SHORT),
        ("end", _SHORT),
        ("hashes", _BYTES),
        ("reason", pa.large_string()),
        ("detail", pa.large_string()),
        ("seen", _INT),
        ("articles", _INT),
    ]
)
"""What was read: an article, its sketch among it; or, where ``reason`` is not empty, what was left
out, or what is known of a file as a whole (see :data:`SEEN`). ``n`` is the article's number,
``origin`` a number for its outlet (0 where that is not known), ``whole`` a hash of all its words
(empty without any), ``begin`` and ``end`` where the first of them begins and the last ends."""
SEEN, HOLDS = "seen", "holds"
"""In place of a reason: that the reader has given as many rows of a file, or bytes of its lines, as
``seen`` says, of which ``articles`` were made; or that the file holds so many, by its own account.
A file may have several such rows, which add up."""
LEFT_OUT = pa.schema(_of(REJECTED))
TWICE = pa.schema([("n", _INT), ("source", pa.large_string()), ("kept", pa.large_string())])
"""An article that is there twice, and the source from where it is kept."""
PLACES = pa.schema(
    [
        ("n", _INT),
        ("source", pa.large_string()),
        ("file", pa.large_string()),
        ("start", _INT),
        ("row", _INT),
    ]
)
"""Where an article stands: its source, and in parts by which sources are in their order."""
COUNT = pa.schema([("articles", _INT), ("words", _INT)])
HELD = pa.schema([("key", _INT), ("n", _INT), ("copy", _INT), ("origin", _INT)])
"""That the sketch of an article has a hash. ``copy`` is equal for articles of equal words."""
POSTINGS = pa.schema([("key", _INT), ("texts", _BYTES), ("asked", pa.bool_())])
"""A hash that several texts hold: their numbers, rising, and whether it may be stock."""
SAMPLES = pa.schema([("key", _INT), ("n", _INT)])
STOCK = pa.schema([("key", _INT), ("a", _INT), ("b", _INT)])
"""A posting that is stock, and two texts that share next to nothing else."""
SHARED = pa.schema([("a", _INT), ("b", _INT), ("shared", _INT)])
"""How many hashes two texts share, as far as they were counted."""
CROWDS = pa.schema([("n", _INT), ("first", _INT)])
"""An article of a crowd (:func:`retold.reuse.candidates.crowds`), and the first of that."""
GRAMS = pa.schema(
    [
        ("a", _INT),
        ("b", _INT),
        ("first", _INT),
        ("words", _INT),
        ("both", _BYTES),
        ("own", _BYTES),
    ]
)
"""A stock passage of two texts: its place in a, in words, the runs that both have, those of a."""
FIRSTS = pa.schema(
    [("whole", _BYTES), ("n", _INT), ("id", _BYTES), ("begin", _SHORT), ("end", _SHORT)]
)
"""The first of several articles of equal words."""
FOUND = pa.schema(
    [
        ("a_n", _INT),
        ("b_n", _INT),
        ("a_id", _BYTES),
        ("b_id", _BYTES),
        ("strength", pa.float64()),
        ("places", _BYTES),
        *_of(MATCHES),
    ]
)
"""A match, and what groups and passages are made from: ``places`` are four numbers for each span,
where it begins in a and its words there, and the same in b, in words."""
FOREST = pa.schema([("bucket", _INT), ("n", _INT), ("root", _INT)])
"""That two articles are connected."""
CERTAIN = pa.schema(
    [
        ("a_n", _INT),
        ("b_n", _INT),
        ("a_id", _BYTES),
        ("b_id", _BYTES),
        ("strength", pa.float64()),
        ("kind", pa.large_string()),
    ]
)
"""A match of versions."""
EDGES = pa.schema([*CERTAIN, ("root", _INT)])
"""The same, with what it is part of; or with an empty kind: that ``a_n`` is of a crowd."""
PLACED = pa.schema([("n", _INT), ("lead", _INT)])
MEMBERS = pa.schema([("n", _INT), ("lead", _INT), ("place", _INT), *_of(GROUPS)])
"""A member of a group, the first of the group, and the member's place in it."""
CARRIED = pa.schema([("outlet_n", _INT), ("other_n", _INT), ("lag", _INT)])
"""An article of an outlet that carries another's; see :func:`retold.corpus.outlets.carried`.
Outlets are told by the numbers that articles have as their ``origin``."""
LAGS = pa.schema(
    [
        ("outlet_n", _INT),
        ("other_n", _INT),
        *_of(OUTLETS, "outlet", "other", "share"),
    ]
)
"""How many, and how much later."""
TOTALS = pa.schema([("origin", _INT), ("outlet", pa.large_string()), ("all", _INT)])
"""How many articles an outlet has."""
CARRIES = pa.schema(_of(OUTLETS))

PAIRS = pa.schema([("a_n", _INT), ("b_n", _INT), ("places", _BYTES)])
"""Two texts that share passages."""
_KEY = [("kind", pa.large_string()), ("p", _INT), ("q", _INT), ("r", _INT)]
"""A passage: by its first stretch, or of stock by its number."""
CARRIERS = pa.schema([*_KEY, ("n", _INT), ("first", _INT), ("words", _INT)])
"""A stretch of an article, in words, that belongs to a passage."""
LISTED = pa.schema(
    [
        *_KEY,
        ("articles", _INT),
        ("outlets", _INT),
        ("published", _INT),
        ("lead_words", _INT),
        ("lead_n", _INT),
        ("lead_first", _INT),
        ("place", _INT),
        ("n", _INT),
        ("first", _INT),
        ("words", _INT),
    ]
)
"""A carrier of a passage that is written, by its place among them, and what is told of the passage:
its articles and outlets, when the first was published, its words there, and where."""
SIZES = pa.schema([("kind", pa.large_string()), ("articles", _INT), ("words", _INT), ("n", _INT)])
"""How many passages of a kind have so many articles and words."""
TEXTS = pa.schema([("n", _INT), ("rows", _BYTES)])
"""All that is written of an article: rows of numbers."""
SPANNED = pa.schema(
    [*LISTED, ("id", _BYTES), ("start", _SHORT), ("end", _SHORT), ("text", pa.large_string())]
)
"""The same, with the span in the article and, of the first carrier, its text."""
WRITTEN = pa.schema([("rank", _INT), ("n", _INT), ("lead", _INT), *_of(PASSAGES)])
"""A passage, and what the table is sorted by besides its articles and words."""


def numbers(ids: NDArray[np.uint8]) -> Numbers:
    """Return the numbers of articles, which sort as their ids do."""
    return (leading(ids) ^ np.uint64(1 << 63)).view(np.int64)


def ids_of(column: pa.ChunkedArray) -> NDArray[np.uint8]:
    """Return ids as an array of shape (rows, ID_BYTES)."""
    return np.frombuffer(b"".join(column.to_pylist()), np.uint8).reshape(-1, ID_BYTES)


def packed(values: NDArray[Any], bounds: Numbers) -> pa.Array:
    """Return runs of an array as a column of bytes."""
    data = np.ascontiguousarray(values)
    offsets = np.ascontiguousarray(bounds.astype(np.int64) * data.itemsize)
    return pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(bounds) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    )


def unpacked(column: pa.ChunkedArray, kind: type[np.generic]) -> tuple[NDArray[Any], Numbers]:
    """Return what :func:`packed` made a column of: the array, and where each run begins."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], column.type)
    _, offsets, data = array.buffers()
    bounds = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    held = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
    values = np.frombuffer(held[bounds[0] : bounds[-1]].tobytes(), kind)
    return values, (bounds - bounds[0]) // np.dtype(kind).itemsize


def array(table: pa.Table, name: str) -> Any:
    """Return a column of numbers as an array."""
    return table[name].to_numpy()


def runs(*columns: Numbers) -> Numbers:
    """Return where the groups of sorted columns begin; one longer than the groups."""
    count = len(columns[0])
    new = np.ones(count, np.bool_)
    if count:
        new[1:] = np.any([c[1:] != c[:-1] for c in columns], axis=0)
    return np.append(np.flatnonzero(new), count)


def made(schema: pa.Schema, *columns: Any) -> pa.Table:
    """Return columns as a table of a schema."""
    arrays = [
        c if isinstance(c, pa.Array | pa.ChunkedArray) else pa.array(c, f.type)
        for c, f in zip(columns, schema, strict=True)
    ]
    return pa.table(arrays, names=schema.names).cast(schema)


def named(fields: pa.Schema, *left_out: str) -> Sequence[str]:
    """Return the names of a schema's columns but some."""
    return [name for name in fields.names if name not in left_out]
