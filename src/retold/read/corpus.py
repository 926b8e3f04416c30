"""A corpus as Arrow tables: many files, of any size, without holding more than a batch of them.

Text of records is taken as it stands, so that offsets are true to the original; what a page, a text
file or a Markdown file holds goes through the same cleaning as in :func:`retold.read.read` (see
:func:`retold.read.compose.prepare`). Articles of every language are read, and the same article may
come twice: to find that is what a corpus is read for.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.engine.base import Progress, silent
from retold.model import Rejected
from retold.read import bulk, files, gather, parquet
from retold.read import stream as streams
from retold.read.columns import SCHEMA
from retold.read.compose import prepare
from retold.read.errors import UnreadableError
from retold.read.records import Page, Problem
from retold.read.settle import Draft, Made, settle
from retold.read.sniff import Format
from retold.read.walk import Found, walk

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.files import Opened
    from retold.read.ledger import Ledger

BATCH_ARTICLES = 4_096
"""Articles that a batch holds at most."""
BATCH_BYTES = 12 << 20
"""Bytes of text after which a batch ends; more only where a single article has more. Kept so small
that memory is used again from batch to batch: fresh pages cost more than the work on them."""
BUNDLE_FILES = 5_000
"""Files that are bundled into one input at most."""
BUNDLE_BYTES = 64 << 20
"""Bytes of a bundle at most; a larger file is an input of its own."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or a bundle of small files that follow one another in the order of their names."""

    source: str
    """The name of the file; of a bundle, that of its first file and how many more there are."""
    files: tuple[Found, ...]
    bytes: int
    sha256: str
    """Hash of the files' names and contents, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles of an input, and what was left out among them."""

    articles: pa.Table
    """Articles, in the order of the input, of :data:`retold.read.columns.SCHEMA`."""
    rejected: tuple[Rejected, ...]


def inputs(
    paths: Sequence[str | os.PathLike[str]], progress: Progress = silent
) -> tuple[list[Input], list[Rejected]]:
    """Return the inputs under ``paths``, sorted by source, and what could not be reached.

    The order of the paths does not matter. Each file is read once, to hash it.

    Args:
        paths: files, folders and patterns (``data/**/*.parquet``).
        progress: told how many of the files are hashed.
    """
    found, rejected = walk([paths] if isinstance(paths, str | os.PathLike) else paths)
    made: list[Input] = []
    bundle = _Bundle()
    for done, file in enumerate(found):
        progress("hash", done, len(found))
        try:
            size, digest = streams.digest(file.path)
        except UnreadableError as error:
            rejected.append(error.rejected(file.source))
            continue
        if bundle.files and not bundle.holds(size):
            made.append(bundle.close())
            bundle = _Bundle()
        bundle.add(file, size, digest)
    if bundle.files:
        made.append(bundle.close())
    progress("hash", len(found), len(found))
    return made, sorted(rejected)


@dataclass(slots=True)
class _Bundle:
    files: list[Found] = field(default_factory=list)
    size: int = 0
    digests: list[bytes] = field(default_factory=list)

    def holds(self, size: int) -> bool:
        """Say whether a further file of ``size`` bytes has room."""
        return len(self.files) < BUNDLE_FILES and self.size + size <= BUNDLE_BYTES

    def add(self, file: Found, size: int, digest: bytes) -> None:
        self.files.append(file)
        self.size += size
        self.digests.append(digest)

    def close(self) -> Input:
        whole = hashlib.sha256()
        for file, digest in zip(self.files, self.digests, strict=True):
            whole.update(hashlib.sha256(os.fsencode(file.source)).digest() + digest)
        more = f" and {len(self.files) - 1} more" if len(self.files) > 1 else ""
        source = self.files[0].source + more
        return Input(source, tuple(self.files), self.size, whole.hexdigest())


def batches(item: Input, config: ReadConfig) -> Iterator[Batch]:
    """Yield the articles of an input, at most ``BATCH_ARTICLES`` or ``BATCH_BYTES`` at a time.

    Nothing in the input raises: what cannot be read is a :class:`~retold.model.Rejected`. Where a
    batch ends depends on the input alone.
    """
    held = _Held()
    made = Made()
    for file in item.files:
        try:
            opened = files.opened(file, config)
            if opened.single:
                raw = prepare(files.article(opened, config), file.source, config)
                if isinstance(raw, Rejected):
                    held.rejected.append(raw)
                else:
                    made.add(raw, file.source)
                if made.full(BATCH_ARTICLES, BATCH_BYTES):
                    yield from held.add(made.table())
                continue
            if made.sources:
                yield from held.add(made.table())
            yield from _records(opened, held, config)
        except UnreadableError as error:
            held.rejected.append(error.rejected(file.source))
    if made.sources:
        yield from held.add(made.table())
    yield from held.close()


def recorded(
    ledger: Ledger, drafts: Iterator[tuple[Draft, list[Rejected]]], config: ReadConfig
) -> Iterator[Batch]:
    """Yield the articles of records that something else has read out of a file.

    Args:
        ledger: the book of the file.
        drafts: the fields of its records, and which of these could not be read.
        config: thresholds.
    """
    held = _Held()
    yield from _booked(_settled(drafts, ledger, config), ledger, held)
    yield from held.close()


def _records(item: Opened, held: _Held, config: ReadConfig) -> Iterator[Batch]:
    """Read a file of records; of one that is damaged, what stands before the damage."""
    ledger = files.ledger(item, config)
    yield from _booked(_tables(item, ledger, config), ledger, held)


def _booked(tables: Iterator[_Part], ledger: Ledger, held: _Held) -> Iterator[Batch]:
    damage: UnreadableError | None = None
    good = 0
    try:
        for articles, rejected in tables:
            good += len(articles)
            held.rejected += rejected
            yield from held.add(articles)
    except UnreadableError as error:
        damage = error
    held.rejected += ledger.close(good, damage)


_Part = tuple[pa.Table, list[Rejected]]


def _tables(item: Opened, ledger: Ledger, config: ReadConfig) -> Iterator[_Part]:
    if item.kind in {Format.WARC, Format.WACZ}:
        yield from _pages(item, ledger, config)
        return
    found = bulk.plan(parquet.schema(item, config), config) if item.kind is Format.PARQUET else None
    if found is not None:
        drafts = bulk.drafts(item, found, ledger, BATCH_BYTES, config)
    else:
        entries = files.entries(item, config)
        drafts = gather.drafts(entries, ledger, BATCH_ARTICLES, BATCH_BYTES, config)
    yield from _settled(drafts, ledger, config)


def _settled(
    drafts: Iterator[tuple[Draft, list[Rejected]]], ledger: Ledger, config: ReadConfig
) -> Iterator[_Part]:
    for draft, problems in drafts:
        articles, rejected = settle(draft, ledger, config)
        yield articles, problems + rejected


def _pages(item: Opened, ledger: Ledger, config: ReadConfig) -> Iterator[_Part]:
    """Yield the articles of a web archive."""
    made, rejected = Made(), list[Rejected]()
    damage: UnreadableError | None = None
    try:
        for entry in files.entries(item, config):
            if isinstance(entry, Problem):
                rejected += ledger.list(entry.number, entry.reason, entry.detail)
            elif isinstance(entry, Page):
                ledger.with_text += 1
                rejected += _page(entry, made, ledger, config)
            if made.full(BATCH_ARTICLES, BATCH_BYTES):
                yield made.table(), rejected
                rejected = []
    except UnreadableError as error:
        damage = error
    yield made.table(), rejected
    if damage is not None:
        raise damage


def _page(entry: Page, made: Made, ledger: Ledger, config: ReadConfig) -> Iterator[Rejected]:
    name = ledger.name(entry.number)
    try:
        raw = prepare(entry.raw, name, config)
    except UnreadableError as error:
        raw = error.rejected(name)
    if isinstance(raw, Rejected):
        yield from ledger.list(entry.number, raw.reason, raw.detail)
    else:
        made.add(raw, name)


class _Held:
    """Articles and rejected records until they make a batch."""

    def __init__(self) -> None:
        self._tables: list[pa.Table] = []
        self._rows = 0
        self._bytes = 0
        self.rejected: list[Rejected] = []

    def add(self, articles: pa.Table) -> Iterator[Batch]:
        """Take articles; yield the batches that are full."""
        ends = np.cumsum(pc.binary_length(articles["text"]).to_numpy(), dtype=np.int64)
        start = 0
        while start < len(articles):
            before = int(ends[start - 1]) if start else 0
            room = np.searchsorted(ends, before + BATCH_BYTES - self._bytes, side="right")
            stop = min(int(room), start + BATCH_ARTICLES - self._rows)
            if stop <= start and not self._rows:
                stop = start + 1
            if stop > start:
                self._tables.append(articles.slice(start, stop - start))
                self._rows += stop - start
                self._bytes += int(ends[stop - 1]) - before
            if stop < len(articles):
                yield from self.close()
            start = max(stop, start)

    def close(self) -> Iterator[Batch]:
        """Yield what is left."""
        if self._rows or self.rejected:
            tables = self._tables or [SCHEMA.empty_table()]
            table = tables[0] if len(tables) == 1 else pa.concat_tables(tables).combine_chunks()
            yield Batch(table, tuple(self.rejected))
        self._tables, self._rows, self._bytes, self.rejected = [], 0, 0, []
