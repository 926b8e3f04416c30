"""The engine of one process, whose rows are Arrow tables in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.engine.base import Function
from retold.engine.wholes import large

Tables = list[pa.Table]
"""Parts of one table."""


class TableEngine:
    """Holds rows in memory, divided into parts as a cluster would divide them.

    For corpora that fit; :func:`retold.scan` itself does not need it.
    """

    name = "tables"

    def __init__(self, parts: int = 1) -> None:
        """``parts`` is into how many tables rows are divided; no result depends on it."""
        self.parts = parts

    def of(self, table: pa.Table) -> Tables:
        """Return rows as this engine holds them."""
        table = large(table)
        size = -(-len(table) // self.parts) or 1
        return [table.slice(low, size) for low in range(0, max(1, len(table)), size)]

    def map(
        self,
        function: Function,
        data: Tables | Sequence[Tables],
        schema: pa.Schema,
        *,
        columns: Sequence[str] = (),
        name: str = "",  # noqa: ARG002 - all is computed once
    ) -> Tables:
        """See :meth:`retold.engine.base.Engine.map`."""
        given = (_taken(table, columns) for table in _every(data) if len(table))
        return [schema.empty_table(), *(function(table).cast(schema) for table in given)]

    def group(
        self,
        function: Function,
        data: Tables | Sequence[Tables],
        by: Sequence[str],
        schema: pa.Schema,
        *,
        order: Sequence[str] = (),
        columns: Sequence[str] = (),
        combine: Function | None = None,
        name: str = "",  # noqa: ARG002 - all is computed once
    ) -> Tables:
        """See :meth:`retold.engine.base.Engine.group`."""
        given = [_taken(table, columns) for table in _every(data)]
        if combine is not None:
            given = [combine(table) if len(table) else table for table in given]
        table = pa.concat_tables(given).combine_chunks()
        if not len(table):
            return [schema.empty_table()]
        table = table.sort_by([(name, "ascending") for name in (*by, *order)]).combine_chunks()
        edges = _edges(table, by)
        chosen = edges[:: max(1, len(edges) // self.parts)]
        made = [schema.empty_table()]
        for low, high in pairwise([*chosen, len(table)]):
            made.append(function(table.slice(low, high - low).combine_chunks()).cast(schema))
        return made

    def join(
        self,
        left: Tables,
        right: Tables,
        on: Mapping[str, str],
        *,
        columns: Sequence[str] = (),
        suffix: str = "",
        without: bool = False,
    ) -> Tables:
        """See :meth:`retold.engine.base.Engine.join`."""
        one, two = pa.concat_tables(left), pa.concat_tables(right)
        return self.of(beside(one, two, fitting(one, two, on, without=without), columns, suffix))

    def collect(self, data: Tables | Sequence[Tables]) -> pa.Table:
        """See :meth:`retold.engine.base.Engine.collect`."""
        return pa.concat_tables(_every(data)).combine_chunks()


def fitting(
    one: pa.Table, two: pa.Table, on: Mapping[str, str], *, without: bool = False
) -> pa.Table:
    """Return the numbers of rows that fit each other: columns ``one`` and, if wanted, ``two``."""
    # by the numbers of rows, as Arrow joins no columns of lists
    keys = [f"key{at}" for at in range(len(on))]
    rows = [
        table.select(list(own))
        .rename_columns(keys)
        .append_column(side, pa.array(np.arange(len(table))))
        for table, own, side in ((one, on, "one"), (two, on.values(), "two"))
    ]
    found = rows[0].join(rows[1], keys, join_type="left anti" if without else "inner")
    return found.drop_columns(keys).combine_chunks()


def beside(
    one: pa.Table, two: pa.Table, fits: pa.Table, columns: Sequence[str], suffix: str
) -> pa.Table:
    """Return rows of one table, and beside them some columns of the other's that fit them."""
    found = one.take(fits["one"])
    if "two" not in fits.column_names:
        return found
    more = two.select(list(columns)).take(fits["two"])
    for field, column in zip(more.schema, more.columns, strict=True):
        found = found.append_column(field.with_name(field.name + suffix), column)
    return found


def _every(data: Tables | Sequence[Tables]) -> Iterator[pa.Table]:
    for part in data:
        yield from [part] if isinstance(part, pa.Table) else part


def _taken(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    return table.select(list(columns)) if columns else table


def _edges(table: pa.Table, by: Sequence[str]) -> list[int]:
    """Return where the groups of sorted rows begin."""
    new = np.zeros(len(table), np.bool_)
    new[0] = True
    for name in by:
        column = table[name]
        new[1:] |= pc.not_equal(column[1:], column[:-1]).to_numpy()
    return np.flatnonzero(new).tolist()
