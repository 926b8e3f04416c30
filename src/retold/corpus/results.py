"""A finished scan: its folder, its tables, and what a search in an index finds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow.fs import LocalFileSystem

from retold.corpus.tables import (
    ARTICLES,
    KEEP_TABLES,
    REWRITES,
    RUN,
    SCHEMA,
    STORY_TABLES,
    TABLES,
    Table,
)
from retold.engine.wholes import small
from retold.errors import ScanError, UsageError

_EVERY = (*TABLES, *KEEP_TABLES, REWRITES, *STORY_TABLES)
_REMEDY = "write it again with `retold scan CORPUS... --out DIR`"


class FoundSpan(NamedTuple):
    """A passage of a query that stands in an article; offsets are half-open code points."""

    query_start: int
    query_end: int
    start: int
    end: int
    words: int
    """How many of its words are equal on both sides."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article of an index that shares text with a query."""

    article: str
    outlet: str
    title: str
    published: datetime | None
    """In UTC; None where no date was found."""
    containment_query: float
    """Share of the words of the query that stand in the article, 0 to 1."""
    containment_article: float
    """Share of the words of the article that stand in the query, 0 to 1."""
    spans: tuple[FoundSpan, ...]
    """The shared passages, by place in the query."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A finished scan. It holds no rows: each table is opened when it is asked for.

    A table is a :class:`pyarrow.dataset.Dataset`: ``scan.matches.to_table(columns=["a", "b"])``
    reads what is asked for, and DuckDB, Polars and pandas take it as it is. The columns are those
    of :mod:`retold.corpus.tables`.
    """

    folder: Path
    """Where the tables are."""
    counts: Mapping[str, int]
    """Number of rows, by name of table."""
    policy: str = ""
    """By which policy articles were kept; empty where all were."""

    @property
    def articles(self) -> ds.Dataset:
        """The articles, with their texts."""
        return self.table("articles")

    @property
    def matches(self) -> ds.Dataset:
        """Pairs of articles that share text."""
        return self.table("matches")

    @property
    def groups(self) -> ds.Dataset:
        """Which articles are versions of one text."""
        return self.table("groups")

    @property
    def passages(self) -> ds.Dataset:
        """Passages that live in several articles."""
        return self.table("passages")

    @property
    def outlets(self) -> ds.Dataset:
        """How much text one outlet shares with another."""
        return self.table("outlets")

    @property
    def rejected(self) -> ds.Dataset:
        """What was left out, and why."""
        return self.table("rejected")

    @property
    def run(self) -> ds.Dataset:
        """How the scan was made: one row."""
        return self.table("run")

    @property
    def kept(self) -> ds.Dataset:
        """The articles that a policy kept."""
        return self.table("kept")

    @property
    def left_out(self) -> ds.Dataset:
        """The articles that a policy left out, and why."""
        return self.table("left_out")

    @property
    def rewrites(self) -> ds.Dataset:
        """Pairs of articles that tell the same in other words."""
        return self.table("rewrites")

    @property
    def stories(self) -> ds.Dataset:
        """Which articles tell one event."""
        return self.table("stories")

    @property
    def merges(self) -> ds.Dataset:
        """Why the articles of a story are one."""
        return self.table("merges")

    @property
    def related(self) -> ds.Dataset:
        """Which stories have to do with each other."""
        return self.table("related")

    def table(self, name: str) -> ds.Dataset:
        """Open a table by its name.

        Raises:
            UsageError: there is none of this name.
        """
        if name not in self.counts:
            known = ", ".join(self.counts)
            wanted = {t.name for t in KEEP_TABLES}
            more = "; that one is written with --keep POLICY" if name in wanted else ""
            if name == REWRITES.name:
                more = "; that one is written with --rewrites"
            if name in {t.name for t in STORY_TABLES}:
                more = "; that one is written with --stories"
            raise UsageError(f"{name!r}: no such table in this scan; it has {known}{more}")
        return _dataset(path_of(self.folder, name))


def path_of(folder: Path, name: str) -> Path:
    """Return the file of a table; that of the articles is a folder of files."""
    return folder / (name if name == ARTICLES.name else f"{name}.parquet")


def load_scan(folder: str | os.PathLike[str]) -> Scan:
    """Open the tables that a scan wrote.

    Raises:
        ScanError: the folder holds no finished scan, or a table is missing, damaged or of another
            schema; the message names it.
    """
    place = Path(folder)
    if not place.is_dir():
        raise ScanError(f"{place}: no such folder; check the path")
    if not path_of(place, RUN.name).exists():
        raise ScanError(
            f"{place}: no finished scan (it has no {RUN.name}.parquet); finish or {_REMEDY}"
        )
    counts = {t.name: _rows(path_of(place, t.name), t) for t in TABLES}
    if counts[RUN.name] != 1:
        raise ScanError(f"{path_of(place, RUN.name)}: holds {counts[RUN.name]} rows, not one")
    files = {t.name: path_of(place, t.name) for t in KEEP_TABLES}
    policy = ""
    if all(file.is_file() for file in files.values()):
        found = {t.name: _check(files[t.name], t) for t in KEEP_TABLES}
        counts |= {name: each.num_rows for name, each in found.items()}
        policy = (found["kept"].metadata or {}).get(b"retold.policy", b"").decode()
    if path_of(place, REWRITES.name).is_file():
        counts[REWRITES.name] = _rows(path_of(place, REWRITES.name), REWRITES)
    if all(path_of(place, t.name).is_file() for t in STORY_TABLES):
        counts |= {t.name: _rows(path_of(place, t.name), t) for t in STORY_TABLES}
    return Scan(place, counts, policy)


def _dataset(path: Path) -> ds.Dataset:
    # with the file system named, no path is taken for an address
    schema = next((t.schema for t in _EVERY if path == path_of(path.parent, t.name)), None)
    return ds.dataset(
        os.fspath(path), schema=schema, filesystem=LocalFileSystem(), format="parquet"
    )


def _rows(path: Path, table: Table) -> int:
    """Count the rows of a table, of one file or several, once each is seen to be ours."""
    return sum(_check(file, table).num_rows for file in files_of(path))


def files_of(path: Path) -> list[Path]:
    """Return the files of a table: itself, or those in its folder, where Spark writes more."""
    if not path.is_dir():
        return [path]
    return sorted(f for f in path.iterdir() if not f.name.startswith((".", "_")))


def _check(path: Path, table: Table) -> pq.FileMetaData:
    """Return the metadata of a table's file, once its schema is seen to be ours."""
    try:
        with path.open("rb") as stream:
            metadata = pq.read_metadata(stream)
            schema = metadata.schema.to_arrow_schema()
    except FileNotFoundError:
        raise ScanError(f"{path}: missing; {_REMEDY}") from None
    except (OSError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        raise ScanError(f"{path}: damaged or not Parquet ({reason}); {_REMEDY}") from None
    said = metadata.metadata or {}
    by_spark = b"org.apache.spark.version" in said  # which says no more; the run's row does
    own = SCHEMA.encode() if by_spark else b""
    version = said.get(b"retold.schema", own).decode("utf-8", "replace")
    if version != SCHEMA:
        found = f"schema {version}" if version else "no table of a scan"
        raise ScanError(f"{path}: {found}, where this Retold reads schema {SCHEMA}; {_REMEDY}")
    wanted = {c.name: c.type for c in table.columns}
    for name, kind in wanted.items():
        if name not in schema.names or not _fits(schema.field(name).type, kind, by_spark=by_spark):
            raise ScanError(f"{path}: column {name!r} is missing or not of {kind}; {_REMEDY}")
    return metadata


def _fits(found: pa.DataType, wanted: pa.DataType, *, by_spark: bool) -> bool:
    """Whether a column is of a type; Spark knows no large texts, which are read as such."""
    return bool(found.equals(small(wanted) if by_spark else wanted))
