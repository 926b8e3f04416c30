"""Tables that a scan is asked for besides, made from its other tables and kept while these last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from retold.corpus.deliver import put
from retold.corpus.results import Scan, path_of
from retold.corpus.tables import Table


def is_made(scan: Scan, tables: Sequence[Table], made: str) -> bool:
    """Whether all tables are there, made from what ``made`` names."""
    return all(_says(path_of(scan.folder, table.name)) == made for table in tables)


def deliver(scan: Scan, table: pa.Table, name: str, made: str) -> None:
    """Write a table that says what it was made from.

    Raises:
        ScanError: the disk is full, or cannot be written.
    """
    marked = {**(table.schema.metadata or {}), "retold.made": made}
    put(table.replace_schema_metadata(marked), path_of(scan.folder, name))


def remove(scan: Scan, tables: Sequence[Table], made: str) -> bool:
    """Remove the tables that were made from something else; return whether any was there."""
    old = [path_of(scan.folder, table.name) for table in tables]
    old = [path for path in old if path.is_file() and _says(path) != made]
    for path in old:
        path.unlink()
    return bool(old)


def _says(path: Path) -> str:
    """Return what a table says that it was made from; nothing where it cannot be read."""
    try:
        with path.open("rb") as stream:
            found = pq.read_metadata(stream).metadata or {}
    except (OSError, pa.ArrowException):
        return ""
    return str(found.get(b"retold.made", b""), "utf-8", "replace")
