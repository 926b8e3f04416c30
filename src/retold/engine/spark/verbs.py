"""The verbs of an engine, as Spark's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from typing import TypeAlias, cast

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documents call it
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from retold.engine.base import Function
from retold.engine.spark.places import exists, written
from retold.engine.tables import TableEngine, beside, fitting
from retold.engine.wholes import gathered, large, small, wholes

_Batches = Iterator[pa.RecordBatch]
Rows: TypeAlias = DataFrame | pa.Table
"""Rows on the cluster; or a table of this machine, where they are few."""
GATHER = 64 << 20
"""Bytes, as Parquet, up to which a result is few rows: the work on so much takes one machine some
seconds, less than Spark takes to plan, send and start it."""
_GROWN = 8
"""Times so many bytes in memory are still few, where rows are joined."""


class SparkEngine:
    """Rows are data frames; functions run in the Python of Spark's workers.

    What has a name is written to a folder, in Parquet, and read from there: a scan that was
    interrupted goes on, and a worker that is lost takes nothing with it. Of what has been written
    few rows are fetched, and what is made of few rows alone is made on this machine.
    """

    name = "spark"

    def __init__(self, session: SparkSession, work: str, gather: int = GATHER) -> None:
        """Work with a session.

        Args:
            session: runs what is not done on this machine.
            work: that folder, wherever Spark reads and writes.
            gather: see :data:`GATHER`; with 0 all is done on the cluster.
        """
        self.session = session
        self.work = work.rstrip("/")
        self.gather = gather
        self._here = TableEngine()

    def of(self, table: pa.Table) -> Rows:
        """Return rows of this machine as this engine holds them."""
        return large(table) if table.nbytes < self.gather else self.frame(table)

    def frame(self, rows: Rows) -> DataFrame:
        """Return rows as a data frame."""
        if isinstance(rows, DataFrame):
            return rows
        # in one chunk, as Spark stops at an empty one among others, and where there is none
        given = rows.cast(plain(rows.schema)).combine_chunks()
        if not len(given):
            none = [pa.array([], field.type) for field in given.schema]
            given = pa.Table.from_batches([pa.record_batch(none, schema=given.schema)])
        return self.session.createDataFrame(given, spark_schema(rows.schema))

    def map(
        self,
        function: Function,
        data: Rows | Sequence[Rows],
        schema: pa.Schema,
        *,
        columns: Sequence[str] = (),
        name: str = "",
    ) -> Rows:
        """See :meth:`retold.engine.base.Engine.map`."""
        few = tables(data)
        if few is not None:
            return pa.concat_tables(self._here.map(function, few, schema, columns=columns))

        def make() -> DataFrame:
            return _mapped(self.together(data, columns), _by_table(function, schema), schema)

        return self._kept(name, schema, make)

    def group(
        self,
        function: Function,
        data: Rows | Sequence[Rows],
        by: Sequence[str],
        schema: pa.Schema,
        *,
        order: Sequence[str] = (),
        columns: Sequence[str] = (),
        combine: Function | None = None,
        name: str = "",
    ) -> Rows:
        """See :meth:`retold.engine.base.Engine.group`."""
        few = tables(data)
        if few is not None:
            made = self._here.group(
                function, few, by, schema, order=order, columns=columns, combine=combine
            )
            return pa.concat_tables(made)

        def make() -> DataFrame:
            frame = self.together(data, columns)
            if combine is not None:
                given = large(pa.Table.from_batches([], _arrow(frame.schema))).schema
                frame = _mapped(frame, _by_table(combine, given), given)
            frame = frame.repartition(*by).sortWithinPartitions(*by, *order)
            return _mapped(frame, _by_group(function, by, combine, schema), schema)

        return self._kept(name, schema, make)

    def join(
        self,
        left: Rows,
        right: Rows,
        on: Mapping[str, str],
        *,
        columns: Sequence[str] = (),
        suffix: str = "",
        without: bool = False,
    ) -> Rows:
        """See :meth:`retold.engine.base.Engine.join`."""
        if isinstance(left, pa.Table) and isinstance(right, pa.Table):
            fits = fitting(left, right, on, without=without)
            if len(fits) * (_width(left) + _width(right.select(columns))) <= _GROWN * self.gather:
                return beside(left, right, fits, columns, suffix)
        keys = {one: f"_{two}_" for one, two in on.items()}
        wanted = [F.col(two).alias(keys[one]) for one, two in on.items()]
        wanted += [F.col(name).alias(name + suffix) for name in columns]
        one, two = self.frame(left), self.frame(right).select(*wanted)
        # few rows are sent to where the many lie, which then stay there
        if isinstance(right, pa.Table):
            two = F.broadcast(two)
        elif isinstance(left, pa.Table) and not without:
            one = F.broadcast(one)
        fit = reduce(lambda a, b: a & b, [one[key] == two[its] for key, its in keys.items()])
        return one.join(two, fit, "left_anti" if without else "inner").drop(*keys.values())

    def collect(self, data: Rows | Sequence[Rows]) -> pa.Table:
        """See :meth:`retold.engine.base.Engine.collect`."""
        few = tables(data)
        if few is not None:
            return self._here.collect(few)
        return large(self.together(data).toArrow())

    def named(self, name: str, data: Rows | Sequence[Rows], schema: pa.Schema) -> Rows:
        """Return rows as a result that has a name."""
        few = tables(data)
        if few is not None:
            return pa.concat_tables([rows.select(schema.names) for rows in few])
        return self._kept(name, schema, lambda: self.together(data, schema.names))

    def fetched(self, data: Sequence[Rows], schema: pa.Schema) -> Rows:
        """Return rows that are known to be few, as a table."""
        return large(self.together(data, schema.names).toArrow()).cast(schema)

    def together(self, data: Rows | Sequence[Rows], columns: Sequence[str] = ()) -> DataFrame:
        """Return some columns, or all, of rows as one data frame."""
        columns = list(dict.fromkeys(columns))
        every = [data] if isinstance(data, Rows) else list(data)
        some = [rows for rows in every if isinstance(rows, DataFrame) or len(rows)] or every[:1]
        frames = [self.frame(rows) for rows in some]
        frames = [frame.select(*columns) if columns else frame for frame in frames]
        return reduce(DataFrame.unionByName, frames)

    def _kept(self, name: str, schema: pa.Schema, make: Callable[[], DataFrame]) -> Rows:
        if not name:
            return make()
        path = f"{self.work}/{name.replace(' ', '-')}"
        if not exists(self.session, f"{path}/_SUCCESS"):
            make().write.mode("overwrite").parquet(path)
        frame = self.session.read.schema(spark_schema(schema)).parquet(path)
        few = written(self.session, path) < self.gather
        return self.fetched([frame], schema) if few else frame


def tables(data: Rows | Sequence[Rows]) -> list[pa.Table] | None:
    """Return rows as the tables that they are, where all are on this machine."""
    every = [data] if isinstance(data, Rows) else list(data)
    few = all(isinstance(rows, pa.Table) for rows in every)
    return cast("list[pa.Table]", every) if few else None


def _width(table: pa.Table) -> float:
    """Return the bytes of a row, on average."""
    return int(table.nbytes) / max(1, len(table))


def spark_schema(schema: pa.Schema) -> StructType:
    """Return a schema as Spark says it."""
    return from_arrow_schema(plain(schema))


def _arrow(schema: StructType) -> pa.Schema:
    from pyspark.sql.pandas.types import to_arrow_schema

    return to_arrow_schema(schema, timezone="UTC")


def plain(schema: pa.Schema) -> pa.Schema:
    """Return a schema in the types that Spark takes from Python."""
    return pa.schema([(f.name, small(f.type)) for f in schema])


def _mapped(
    frame: DataFrame, function: Callable[[_Batches], _Batches], schema: pa.Schema
) -> DataFrame:
    return frame.mapInArrow(function, spark_schema(schema))


def _by_table(function: Function, schema: pa.Schema) -> Callable[[_Batches], _Batches]:
    given = plain(schema)

    def every(batches: _Batches) -> _Batches:
        for table in gathered(batches):
            yield from function(table).cast(given).to_batches()

    return every


def _by_group(
    function: Function, by: Sequence[str], combine: Function | None, schema: pa.Schema
) -> Callable[[_Batches], _Batches]:
    given, keys = plain(schema), tuple(by)

    def every(batches: _Batches) -> _Batches:
        for table in wholes(batches, keys, combine):
            yield from function(table).cast(given).to_batches()

    return every
