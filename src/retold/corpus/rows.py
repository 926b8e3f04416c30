"""Rows of a scan's tables, read a batch at a time: no table need fit in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from retold.errors import ScanError

Row = dict[str, Any]

BATCH = 8192
"""Rows of a batch: some 20 MB of article text."""


def batches(
    table: ds.Dataset,
    columns: Sequence[str],
    where: pc.Expression | None = None,
    size: int = BATCH,
) -> Iterator[pa.RecordBatch]:
    """Yield the rows that fit ``where``, in the table's order, ``columns`` only.

    Parts of the file whose statistics rule out ``where`` are not read.

    Raises:
        ScanError: the file is damaged.
    """
    try:
        scanner = table.scanner(
            columns=list(columns),
            filter=where,
            batch_size=size,
            batch_readahead=1,
            fragment_readahead=1,
        )
        for batch in scanner.to_batches():
            if batch.num_rows:
                yield batch
    except (OSError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        raise ScanError(
            f"{', '.join(table.files)}: damaged ({reason}); write it again with"
            " `retold scan CORPUS... --out DIR`"
        ) from None


def tables(table: ds.Dataset, columns: Sequence[str], size: int) -> Iterator[pa.Table]:
    """Yield all rows in runs of at least ``size``, the last excepted; each column in one piece."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches(table, columns, size=size):
        held.append(batch)
        count += len(batch)
        if count >= size:
            yield pa.Table.from_batches(held).combine_chunks()
            held, count = [], 0
    if held:
        yield pa.Table.from_batches(held).combine_chunks()


def rows(
    table: ds.Dataset,
    columns: Sequence[str],
    where: pc.Expression | None = None,
    most: int | None = None,
) -> Iterator[Row]:
    """Yield at most ``most`` rows that fit ``where`` as dictionaries, in the table's order."""
    left = most
    for batch in batches(table, columns, where):
        yield from (batch if left is None else batch.slice(0, left)).to_pylist()
        if left is not None:
            left -= batch.num_rows
            if left <= 0:
                return


def lookup(
    table: ds.Dataset, key: str, values: Collection[str], columns: Sequence[str]
) -> dict[str, Row]:
    """Return the rows whose ``key`` is one of ``values``, by that key."""
    if not values:
        return {}
    wanted = list(dict.fromkeys((key, *columns)))
    return {row[key]: row for row in rows(table, wanted, among(key, values))}


def among(column: str, values: Collection[str]) -> pc.Expression:
    """Return the condition that ``column`` is one of ``values``, which may be none."""
    return pc.field(column).isin(pa.array(sorted(values), pa.large_string()))


def beginning(column: str, prefix: str) -> pc.Expression:
    """Return the condition that ``column`` begins with ``prefix``, by which parts are skipped."""
    return (pc.field(column) >= prefix) & (pc.field(column) < prefix + "\U0010ffff")
