"""Corpora read by Spark's readers, tables written by its writers, wherever its file systems are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documents call it

from retold.engine.edges import NUMBER, PATH, START, VALUE, source_of
from retold.engine.spark.places import located
from retold.engine.spark.verbs import Rows, SparkEngine, plain, spark_schema, tables
from retold.model import Reason, Rejected

_PARQUET = (".parquet", ".pq")
_LINES = (".jsonl", ".ndjson")
_PACKED = tuple(f"{ending}.gz" for ending in _LINES)
_LONGEST = "mapreduce.input.linerecordreader.line.maxlength"
_MOST = (1 << 31) - 1024
"""Bytes of a file that is read whole: what Spark and Java hold in one piece."""
_META = "_metadata"
_PLACE = r"(@[0-9]+)?(:[0-9]+)?$"
"""What follows the name of a file in a source."""
_Batches = Iterator[pa.RecordBatch]


class Listed:
    """The files of a corpus, and what could not be reached."""

    def __init__(self, engine: SparkEngine, paths: Sequence[str]) -> None:
        """List files, folders and patterns; what begins with a point or a line is passed over."""
        self.files: dict[str, tuple[int, int]] = {}
        """By address, bytes and time of change."""
        self.rejected: list[Rejected] = []
        for path in sorted(set(paths)):
            try:
                place, system = located(engine.session, path)
                found = system.globStatus(place) or []
                for status in found:
                    self._add(system, status)
            except Py4JError as error:
                self.rejected.append(Rejected(path, Reason.MISSING, _why(error)))
                continue
            if not len(found):
                self.rejected.append(
                    Rejected(
                        path,
                        Reason.MISSING,
                        "There is no such file or folder, as Spark sees it. Check the spelling, and"
                        " that the cluster can reach it.",
                    )
                )
        for path in [p for p in self.files if not self._way(p)]:
            del self.files[path]
            self.rejected.append(
                Rejected(
                    source_of(path),
                    Reason.TOO_LARGE,
                    "It is larger than 2 GiB, which Spark reads in one piece. Split it, or write it"
                    " as Parquet or JSON Lines.",
                )
            )

    def _add(self, system: Any, status: Any) -> None:
        if status.isFile():
            self._take(status)
            return
        within = system.listFiles(status.getPath(), True)  # noqa: FBT003 - Java's
        root = status.getPath().toString()
        while within.hasNext():
            one = within.next()
            path = one.getPath().toString()
            names = path.removeprefix(root).split("/")
            if not any(name.startswith((".", "_")) for name in names):
                self._take(one)

    def _take(self, status: Any) -> None:
        told = status.getLen(), status.getModificationTime()
        self.files[status.getPath().toString()] = told

    def of(self, way: str) -> list[str]:
        """Return the files that are read one way: ``parquet``, ``lines`` or ``whole``."""
        return sorted(path for path in self.files if self._way(path) == way)

    def _way(self, path: str) -> str:
        name, (size, _) = path.lower(), self.files[path]
        if name.endswith(_PARQUET):
            return "parquet"
        # of a packed file damage is told where it is read whole, so that is done where it can be
        if name.endswith(_LINES) or (name.endswith(_PACKED) and size > _MOST):
            return "lines"
        return "whole" if size <= _MOST else ""


def parquet(engine: SparkEngine, paths: Sequence[str]) -> DataFrame:
    """Read Parquet files: their columns, and beside them PATH and NUMBER."""
    frame = engine.session.read.option("mergeSchema", "true").parquet(*paths)
    path, number = F.col(f"{_META}.file_path"), F.col(f"{_META}.row_index")
    return frame.select("*", path.alias(PATH), number.alias(NUMBER))


def lines(engine: SparkEngine, paths: Sequence[str], longest: int) -> DataFrame:
    """Read files line by line: PATH, START and VALUE; lines of more bytes are passed over."""
    reader = engine.session.read.option("lineSep", "\n").option(_LONGEST, str(longest))
    frame = reader.text(list(paths))
    return frame.select(
        F.col(f"{_META}.file_path").alias(PATH),
        F.col(f"{_META}.file_block_start").alias(START),
        F.col("value").cast("binary").alias(VALUE),
    )


def whole(engine: SparkEngine, paths: Sequence[str]) -> DataFrame:
    """Read whole files: PATH and VALUE."""
    frame = engine.session.read.format("binaryFile").load(list(paths))
    return frame.select(F.col("path").alias(PATH), F.col("content").alias(VALUE))


def streamed(
    frame: DataFrame, function: Callable[[_Batches], Iterator[pa.Table]], schema: pa.Schema
) -> DataFrame:
    """Return ``function`` of the rows of each part of a file, which come in their order."""
    given = plain(schema)

    def every(batches: _Batches) -> _Batches:
        for table in function(batches):
            yield from table.cast(given).to_batches()

    return frame.mapInArrow(every, spark_schema(schema))


def told(rows: Rows) -> set[str]:
    """Return the files that rows with a ``source`` tell of."""
    if isinstance(rows, pa.Table):
        return set(pc.replace_substring_regex(rows["source"], _PLACE, "").unique().to_pylist())
    name = F.regexp_replace("source", _PLACE, "")
    return {row[0] for row in rows.select(name.alias("source")).distinct().toLocalIterator()}


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


def count(rows: Rows) -> int:
    """Return the number of rows."""
    return len(rows) if isinstance(rows, pa.Table) else rows.count()


def _why(error: Exception) -> str:
    reason = str(getattr(error, "java_exception", error)).partition("\n")[0]
    return f"Spark could not reach it ({reason}). Check the address and what the cluster may read."
