"""Corpora read by Spark's readers, tables written by its writers, wherever its file systems are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, DataFrameReader
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documents call it
from pyspark.sql.types import StructType

from retold.engine.edges import NUMBER, PATH, SIZE, START, VALUE
from retold.engine.spark.places import exists
from retold.engine.spark.verbs import Rows, SparkEngine, plain, spark_schema, tables

LONGER = 4
"""Times the bytes of the longest line that is read, up to which one is told of as its file has it:
Java holds it several times."""
_LONGEST = "mapreduce.input.linerecordreader.line.maxlength"
_SPECIAL = re.compile(r"[{}\[\]*?\\]")
"""What has a meaning in a pattern."""
_META = "_metadata"
_PLACE = r"(@[0-9]+)?(:[0-9]+)?$"
"""What follows the name of a file in a source."""
_Batches = Iterator[pa.RecordBatch]


def parquet(engine: SparkEngine, paths: Sequence[str]) -> list[DataFrame]:
    """Read Parquet files: their columns, and beside them PATH and NUMBER.

    Files whose columns do not fit together are in several frames. What has no columns that Spark
    can read is in none.
    """
    groups: dict[str, tuple[StructType, list[str]]] = {}
    for schema, alike in _alike(engine, paths) if paths else ():
        groups.setdefault(schema.json(), (schema, []))[1].extend(alike)
    path, number = F.col(f"{_META}.file_path"), F.col(f"{_META}.row_index")
    return [
        engine.session.read.schema(schema).parquet(*_plain(alike)).select(
            "*", path.alias(PATH), number.alias(NUMBER)
        )
        for schema, alike in groups.values()
    ]  # fmt: skip


def _alike(engine: SparkEngine, paths: Sequence[str]) -> list[tuple[StructType, list[str]]]:
    """Divide Parquet files until the columns of each part fit together."""
    try:
        reader = engine.session.read.option("mergeSchema", "true")
        return [(reader.parquet(*_plain(paths)).schema, [*paths])]
    except (PySparkException, Py4JError):
        half = len(paths) // 2
        if not half:
            return []
        return _alike(engine, paths[:half]) + _alike(engine, paths[half:])


def held(
    frame: DataFrame, columns: Mapping[str, str], told: Mapping[str, str], schema: pa.Schema
) -> DataFrame:
    """Count the rows of Parquet files by what their ends say; no row is read.

    Args:
        frame: of :func:`parquet`.
        columns: by a column of the result, which of PATH and ``count`` it is.
        told: by further columns, what they say in every row.
        schema: all columns of the result; those that are not named are empty.
    """
    named = {name: F.col(column) for name, column in columns.items()}
    named |= {name: F.lit(value) for name, value in told.items()}
    every = [
        named.get(field.name, F.lit(None)).cast(field.dataType).alias(field.name)
        for field in spark_schema(schema)
    ]
    return frame.groupBy(PATH).count().select(*every)


def lines(engine: SparkEngine, paths: Sequence[str], longest: int) -> list[DataFrame]:
    """Read files line by line: PATH, START, SIZE and VALUE.

    Of a line of more than ``longest`` bytes one byte more is there. Those of more than
    :data:`LONGER` times as many are passed over, or broken into pieces.
    """
    reader = _by_line(engine, longest)
    line = F.col("value").cast("binary")
    size = F.octet_length("value")
    start = F.when(size > longest, F.substring(line, 1, longest + 1)).otherwise(line)
    return [
        frame.select(
            F.col(f"{_META}.file_path").alias(PATH),
            F.col(f"{_META}.file_block_start").alias(START),
            size.alias(SIZE),
            start.alias(VALUE),
        )
        for frame in _loaded(engine, reader.text, paths)
    ]


def _by_line(engine: SparkEngine, longest: int) -> DataFrameReader:
    # Hadoop counts the end of a line, and stops one byte before
    most = LONGER * longest + 2
    return engine.session.read.option("lineSep", "\n").option(_LONGEST, str(most))


def unpacks(engine: SparkEngine, path: str, longest: int) -> bool:
    """Say whether packed lines can be read to their end, by reading them."""
    try:
        _by_line(engine, longest).option("ignoreCorruptFiles", "false").text(_plain([path])).count()
    except (PySparkException, Py4JError):
        return False
    return True


def whole(engine: SparkEngine, paths: Sequence[str]) -> list[DataFrame]:
    """Read whole files: PATH and VALUE."""
    reader = engine.session.read.format("binaryFile")
    path, value = F.col(f"{_META}.file_path").alias(PATH), F.col("content").alias(VALUE)
    return [frame.select(path, value) for frame in _loaded(engine, reader.load, paths)]


def _plain(paths: Sequence[str]) -> list[str]:
    """Return addresses as a reader takes them that takes patterns."""
    return [_SPECIAL.sub(r"\\\g<0>", path) for path in paths]


def _loaded(
    engine: SparkEngine, load: Callable[[list[str]], DataFrame], paths: Sequence[str]
) -> list[DataFrame]:
    """Load those files that are still there."""
    if not paths:
        return []
    try:
        return [load(_plain(paths))]
    except AnalysisException:
        there = [path for path in paths if exists(engine.session, path)]
        if len(there) == len(paths):
            raise
        return [load(_plain(there))] if there else []


def streamed(
    frame: DataFrame, function: Callable[[_Batches], Iterator[pa.Table]], schema: pa.Schema
) -> DataFrame:
    """Return ``function`` of the rows of each part of a file, which come in their order."""
    given = plain(schema)

    def every(batches: _Batches) -> _Batches:
        for table in function(batches):
            yield from table.cast(given).to_batches()

    return frame.mapInArrow(every, spark_schema(schema))


def tallied(rows: Rows, reasons: Sequence[str]) -> pa.Table:
    """Add up ``seen`` and ``articles`` by ``source`` and ``reason``, of some reasons."""
    keys, sums = ["source", "reason"], ["seen", "articles"]
    if isinstance(rows, pa.Table):
        some = rows.filter(pc.is_in(rows["reason"], pa.array(reasons, rows["reason"].type)))
        found = some.group_by(keys).aggregate([(name, "sum") for name in sums])
        return found.rename_columns([name.removesuffix("_sum") for name in found.column_names])
    some = rows.filter(F.col("reason").isin(list(reasons))).groupBy(*keys)
    return some.agg(*(F.sum(name).alias(name) for name in sums)).toArrow()


def beside(engine: SparkEngine, rows: Rows, more: Rows) -> Rows:
    """Return rows and further rows with the same columns."""
    few = tables([rows, more])
    return engine.together([rows, more]) if few is None else pa.concat_tables(few)


def without(engine: SparkEngine, rows: Rows, names: Sequence[str]) -> Rows:
    """Leave out the rows whose ``source`` is in one of some files."""
    if isinstance(rows, pa.Table):
        held = pc.is_in(pc.replace_substring_regex(rows["source"], _PLACE, ""), pa.array(names))
        return rows.filter(pc.invert(held))
    some = engine.session.createDataFrame([(name,) for name in names], "_name string")
    name = F.regexp_replace("source", _PLACE, "")
    return rows.join(F.broadcast(some), name == some["_name"], "left_anti")


def write(
    engine: SparkEngine,
    data: Rows | Sequence[Rows],
    schema: pa.Schema,
    path: str,
    order: Sequence[str] = (),
) -> None:
    """Write a table as a folder of Parquet files.

    Args:
        engine: holds the rows.
        data: its rows.
        schema: its columns.
        path: the folder.
        order: columns by which the rows are sorted throughout; those that begin with ``-``, the
            largest first.
    """
    names = list(dict.fromkeys((*schema.names, *(name.lstrip("-") for name in order))))
    few = tables(data)
    if few is not None:
        table = pa.concat_tables([rows.select(names) for rows in few])
        ways = [(n.lstrip("-"), "descending" if n[0] == "-" else "ascending") for n in order]
        frame = engine.frame(table.sort_by(ways) if ways else table)
    else:
        frame = engine.together(data, names)
        keys = [F.col(n[1:]).desc() if n[0] == "-" else F.col(n) for n in order]
        frame = frame.orderBy(*keys) if keys else frame
    frame.select(*schema.names).write.mode("overwrite").parquet(path)


def written(engine: SparkEngine, path: str) -> int:
    """Return the number of rows of a table that was written."""
    return engine.session.read.parquet(path).count()


def first(rows: Rows, most: int) -> list[dict[str, Any]]:
    """Return some rows, so many at most."""
    some = rows.slice(0, most) if isinstance(rows, pa.Table) else rows.limit(most).toArrow()
    return cast("list[dict[str, Any]]", some.to_pylist())


def count(rows: Rows) -> int:
    """Return the number of rows."""
    return len(rows) if isinstance(rows, pa.Table) else rows.count()
