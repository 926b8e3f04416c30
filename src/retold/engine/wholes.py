"""From a stream of batches to tables: of some size, or of whole groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.engine.base import Function

ROWS, BYTES = 1 << 20, 64 << 20
"""Rows, or bytes, after which a table is large enough to be worth a call."""
_LARGE = {
    pa.string(): pa.large_string(),
    pa.binary(): pa.large_binary(),
}


def large(table: pa.Table) -> pa.Table:
    """Return a table whose texts and bytes are of the large types."""
    fields = [field.with_type(_LARGE.get(field.type, field.type)) for field in table.schema]
    return table.cast(pa.schema(fields))


def small(kind: pa.DataType) -> pa.DataType:
    """Return a type without large texts and bytes, which not every engine knows."""
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, small(field.type)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(small(kind.value_type))
    return {large: plain for plain, large in _LARGE.items()}.get(kind, kind)


def gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield the rows as tables of some size, none of them empty."""
    held: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        held.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= ROWS or size >= BYTES:
            yield _one(held)
            held, rows, size = [], 0, 0
    if held:
        yield _one(held)


def wholes(
    batches: Iterable[pa.RecordBatch], by: Sequence[str], combine: Function | None
) -> Iterator[pa.Table]:
    """Yield sorted rows as tables of whole groups.

    A group that is larger than a table should be is made smaller by ``combine`` as it comes.
    """
    held: pa.Table | None = None
    for table in gathered(batches):
        held = table if held is None else pa.concat_tables([held, table]).combine_chunks()
        cut = _last_group(held, by)
        if cut:
            yield held.slice(0, cut).combine_chunks()
            held = held.slice(cut).combine_chunks()
        elif combine is not None:
            held = combine(held)
    if held is not None:
        yield held


def _one(held: Sequence[pa.RecordBatch]) -> pa.Table:
    return large(pa.Table.from_batches(held)).combine_chunks()


def _last_group(table: pa.Table, by: Sequence[str]) -> int:
    """Return where the last group of sorted rows begins."""
    same = np.ones(len(table), np.bool_)
    for name in by:
        column = table[name]
        same &= pc.equal(column, column[-1]).to_numpy()
    return len(table) - int(np.count_nonzero(same))
