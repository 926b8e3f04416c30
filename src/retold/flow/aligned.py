"""From pairs of texts to matches, by the alignment and the tables of a scan on one machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.config import ScanConfig
from retold.corpus import matches
from retold.corpus.furniture import Stretches, runs_of
from retold.corpus.prepare import text_buffers, written
from retold.corpus.store import Content
from retold.corpus.survey import Ranked, growth, surveyed
from retold.corpus.tables import MATCHES, SPANS
from retold.flow.rows import FOUND, GRAMS, Numbers, array, ids_of, made, packed
from retold.reuse.candidates import Postings
from retold.reuse.extend import align
from retold.reuse.sketch import Hashes
from retold.reuse.stock import Stock, mark, stock, stock_passages
from retold.reuse.tokens import tokenise

_NO_HASHES = np.empty(0, np.uint64)


def _ranked(table: pa.Table) -> tuple[Ranked, Numbers]:
    """Return the texts of both sides as a store holds them, and the pairs, by rank."""
    sides = [array(table, side).astype(np.int64) for side in ("a", "b")]
    every, first, rank = np.unique(np.concatenate(sides), return_index=True, return_inverse=True)

    def both(name: str) -> pa.Array:
        return pa.chunked_array(
            [*table[f"{name}_a"].chunks, *table[f"{name}_b"].chunks], table[f"{name}_a"].type
        )

    texts = both("text").take(pa.array(first)).combine_chunks()
    texts = texts.chunk(0) if isinstance(texts, pa.ChunkedArray) else texts
    found = tokenise(*text_buffers(texts))
    content = Content(
        ids_of(both("id").take(pa.array(first))), found.words, found.bounds, found.starts,
        found.lengths, _NO_HASHES, np.zeros(len(every) + 1, np.int64), _NO_HASHES,
    )  # fmt: skip
    order = np.arange(len(every))
    pairs = rank.reshape(2, -1).T.astype(np.int64)
    return Ranked(content, order, found.bounds[:-1], found.bounds[1:], order), pairs


def _sorted(table: pa.Table) -> pa.Table:
    return table.take(pc.sort_indices(table, [("a", "ascending"), ("b", "ascending")]))


def aligned(table: pa.Table, *, known: Stock, config: ScanConfig) -> pa.Table:
    """Align pairs; return the matches."""
    table = _sorted(table)
    ranked, pairs = _ranked(table)
    places = ranked.content.words, ranked.begins, ranked.ends
    marks = mark(*places, config.shingle, known)
    rows = align(*places, pairs, growth(config), marks)
    nothing = Stretches(*np.empty((4, 0), np.int64))
    crowds = np.full(len(ranked.order), -1, np.int32)
    found = surveyed(ranked, [(pairs, rows)], nothing, known, marks, crowds, config)
    every = matches.matched(found)
    ids = ranked.content.ids
    told = matches.table(every, found, ids)
    at, begins = np.unique(rows[:, 0], return_index=True)
    return made(
        FOUND,
        array(table, "a")[at],
        array(table, "b")[at],
        table["id_a"].take(at),
        table["id_b"].take(at),
        every.resemblance,
        packed(rows[:, 1:5].ravel(), 4 * np.append(begins, len(rows))),
        *told.columns,
    )


def grams(table: pa.Table, *, keys: Numbers, bits: int, config: ScanConfig) -> pa.Table:
    """Return the passages of pairs that are stock."""
    table = _sorted(table)
    ranked, pairs = _ranked(table)
    words = ranked.content.words
    nothing = mark(words, ranked.begins, ranked.ends, config.shingle, stock(_NO_HASHES))
    rows = align(words, ranked.begins, ranked.ends, pairs, growth(config), nothing)
    found = Postings(
        keys.view(np.uint64), np.zeros(len(keys) + 1, np.int64), np.empty(0, np.int32), bits
    )
    every = np.ones(len(keys), np.bool_)
    both: list[Hashes] = []
    own: list[Hashes] = []
    kept = []
    for at in range(len(rows)):
        told, known = stock_passages(
            words, ranked.begins, pairs, rows[at : at + 1], config.shingle, found, every
        )
        if told[0]:
            kept.append(at)
            both.append(known.grams)
            low = ranked.begins[pairs[rows[at, 0], 0]] + rows[at, 1]
            own.append(runs_of(words[low : low + rows[at, 2]], config.shingle))
    rows = rows[kept]
    return made(
        GRAMS,
        table["a"].take(rows[:, 0]),
        table["b"].take(rows[:, 0]),
        rows[:, 1],
        rows[:, 2],
        *(
            packed(np.concatenate([_NO_HASHES, *parts]), np.cumsum([0, *map(len, parts)]))
            for parts in (both, own)
        ),
    )


def exact(table: pa.Table) -> pa.Table:
    """Return the matches of articles with the first one of equal words."""
    table = table.filter(pc.not_equal(table["n"], table["n_a"]))
    count = len(table)
    ids = [ids_of(table[name]) for name in ("id_a", "id")]
    one = np.ones(count)
    bounds: list[Any] = [
        table["begin_a"], table["end_a"], table["begin"], table["end"], table["words"],
    ]  # fmt: skip
    spans = pa.StructArray.from_arrays(
        [pa.array(b.to_numpy(), pa.int32()) for b in bounds], fields=list(SPANS.value_type)
    )
    told = [
        matches.named(*ids),
        *(written(i) for i in ids),
        pa.repeat(pa.scalar("exact", pa.large_string()), count),
        *(one.astype(np.float32) for _ in range(3)),
        table["words"],
        np.ones(count, np.bool_),
        pa.ListArray.from_arrays(np.arange(count + 1, dtype=np.int32), spans),
    ]
    nothing = pa.array([b""] * count, pa.large_binary())
    return made(FOUND, table["n_a"], table["n"], table["id_a"], table["id"], one, nothing, *told)


def public(table: pa.Table) -> pa.Table:
    """Return the columns of the table of matches."""
    return table.select([c.name for c in MATCHES.columns]).cast(MATCHES.schema)
