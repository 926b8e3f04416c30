"""A stream of values as a file: CSV for a spreadsheet, JSON Lines, Parquet.

Rows are written as they come, and none is kept: a list may be longer than the memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet
from pydantic import TypeAdapter

from retold.desk.export.columns import columns, schema
from retold.report.export.sheets import Cell, cell

LOT = 1000
"""Rows that are put into Parquet at once."""


def write_csv(kind: type, rows: Iterable[Any], stream: BinaryIO) -> None:
    """Write a table in the dialect that spreadsheets open; no cell is computed by one.

    UTF-8 with a byte-order mark, commas, CRLF; times in UTC; a list as JSON.
    """
    stream.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    asked = columns(kind)
    writer.writerow(column.name for column in asked)
    for row in rows:
        writer.writerow(cell(_told(column.of(row))) for column in asked)
    text.flush()
    text.detach()


def _told(value: Any) -> Cell:
    if isinstance(value, datetime):
        there = value.astimezone(UTC) if value.tzinfo else value
        return there.replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    held: Cell = value
    return held


def write_jsonl(kind: type, rows: Iterable[Any], stream: BinaryIO) -> None:
    """Write an object a line, each as the JSON API gives it."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    stream.writelines(adapter.dump_json(row) + b"\n" for row in rows)


def write_parquet(kind: type, rows: Iterable[Any], stream: BinaryIO) -> None:
    """Write a table for DuckDB, Polars and pandas; times in UTC."""
    asked, told = columns(kind), schema(kind)
    source = iter(rows)
    with parquet.ParquetWriter(stream, told, compression="zstd") as writer:
        while lot := list(islice(source, LOT)):
            arrays = [pa.array(map(c.of, lot), c.type, size=len(lot)) for c in asked]
            writer.write_table(pa.Table.from_arrays(arrays, schema=told))


FORMS: dict[str, Callable[[type, Iterable[Any], BinaryIO], None]] = {
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".parquet": write_parquet,
}
"""How a list is written, by the ending of the file."""
