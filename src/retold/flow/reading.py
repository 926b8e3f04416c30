"""From rows that an engine has read to articles with their sketches."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.config import ReadConfig, ScanConfig
from retold.engine.edges import NUMBER, PATH, SIZE, START, VALUE, source_of
from retold.flow.articles import Tally, seen, sketched
from retold.model import Rejected
from retold.read import bulk, corpus, gather, records
from retold.read.ledger import Ledger
from retold.read.records import Record
from retold.read.walk import Found

_Tables = Iterator[pa.RecordBatch]


def of_parquet(batches: _Tables, read: ReadConfig, scan: ScanConfig) -> Iterator[pa.Table]:
    """Read rows of Parquet files: columns of theirs, PATH and NUMBER."""
    tallies: list[Tally] = []
    for (path,), found in _by_file(batches, PATH):
        tally = Tally(source_of(path))
        tallies.append(tally)
        parts = _watched(found, tally, lambda part: part.num_rows)
        ledger = Ledger(tally.source, read)
        yield from _made(ledger, _drafts(parts, ledger, read), tally, read, scan)
        # no row is asked for where no column is the text, but all count
        deque(parts, maxlen=0)
    yield from _told(tallies)


def of_lines(batches: _Tables, read: ReadConfig, scan: ScanConfig) -> Iterator[pa.Table]:
    """Read lines of JSON Lines files: PATH, START, VALUE and SIZE."""
    tallies: list[Tally] = []
    for (path, start), found in _by_file(batches, PATH, START):
        tally = Tally(source_of(path))
        tallies.append(tally)
        parts = _watched(found, tally, _bytes)
        ledger = Ledger(source_of(path, start), read)
        stream = (line + b"\n" for part in parts for line in part.column(VALUE).to_pylist())
        entries = records.json_lines(stream, read)
        most = corpus.BATCH_ARTICLES, corpus.BATCH_BYTES
        yield from _made(ledger, gather.drafts(entries, ledger, *most, read), tally, read, scan)
    yield from _told(tallies)


def of_files(batches: _Tables, read: ReadConfig, scan: ScanConfig) -> Iterator[pa.Table]:
    """Read whole files: PATH and VALUE."""
    tallies: list[Tally] = []
    for batch in batches:
        for path, content in zip(batch.column(PATH), batch.column(VALUE), strict=True):
            tally = Tally(source_of(path.as_py()), 1)
            tallies.append(tally)
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder) / PurePosixPath(tally.source).name
                place.write_bytes(content.as_buffer())
                size = place.stat().st_size
                item = corpus.Input(tally.source, (Found(tally.source, place),), size, "")
                for made in corpus.batches(item, read):
                    tally.articles += len(made.articles)
                    yield sketched(made, scan)
    yield from _told(tallies)


def _made(
    ledger: Ledger, drafts: Iterator[Any], tally: Tally, read: ReadConfig, scan: ScanConfig
) -> Iterator[pa.Table]:
    for batch in corpus.recorded(ledger, drafts, read):
        tally.articles += len(batch.articles)
        yield sketched(batch, scan)


def _watched(
    parts: _Tables, tally: Tally, measure: Callable[[pa.RecordBatch], int]
) -> Iterator[pa.RecordBatch]:
    for part in parts:
        tally.seen += measure(part)
        yield part


def _bytes(part: pa.RecordBatch) -> int:
    """Return how many bytes lines have, their ends counted."""
    return int(part.num_rows + pc.sum(part.column(SIZE)).as_py())


def _told(tallies: list[Tally]) -> Iterator[pa.Table]:
    if tallies:
        yield seen(tallies)


def _drafts(
    parts: Iterator[pa.RecordBatch], ledger: Ledger, read: ReadConfig
) -> Iterator[tuple[Any, list[Rejected]]]:
    first = next(parts)
    beside = [PATH, NUMBER]
    plain = pa.schema([field for field in first.schema if field.name not in beside])
    every = _again(first, parts)
    found = bulk.plan(plain, read)
    if found is not None:
        yield from bulk.numbered(
            ((part.column(NUMBER).to_numpy() + 1, part.select(plain.names)) for part in every),
            found,
            ledger,
        )
        return
    entries = (
        Record(int(number) + 1, row)
        for part in every
        for number, row in zip(
            part.column(NUMBER).to_numpy(), part.select(plain.names).to_pylist(), strict=True
        )
    )
    most = corpus.BATCH_ARTICLES, corpus.BATCH_BYTES
    yield from gather.drafts(entries, ledger, *most, read)


def _again(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from rest


def _by_file(
    batches: _Tables, *keys: str
) -> Iterator[tuple[tuple[Any, ...], Iterator[pa.RecordBatch]]]:
    """Yield the rows of each file, which follow one another."""

    def pieces() -> Iterator[tuple[tuple[Any, ...], pa.RecordBatch]]:
        for batch in batches:
            if not batch.num_rows:
                continue
            new = np.zeros(batch.num_rows, np.bool_)
            new[0] = True
            for key in keys:
                codes = batch.column(key).dictionary_encode().indices.to_numpy()
                new[1:] |= codes[1:] != codes[:-1]
            begins = np.flatnonzero(new).tolist()
            for low, high in zip(begins, [*begins[1:], batch.num_rows], strict=True):
                part = batch.slice(low, high - low)
                yield tuple(part.column(key)[0].as_py() for key in keys), part

    for key, found in groupby(pieces(), key=lambda piece: piece[0]):
        yield key, (part for _, part in found)
