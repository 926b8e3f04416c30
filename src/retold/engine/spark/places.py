"""Files wherever Spark's file systems are."""

from __future__ import annotations

from typing import Any

from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession


def located(session: SparkSession, path: str) -> tuple[Any, Any]:
    """Return a path as Hadoop knows it, and the file system that it is of."""
    # Spark has no other door to its file systems
    jvm: Any = session.sparkContext._jvm  # noqa: SLF001
    java: Any = session.sparkContext._jsc  # noqa: SLF001
    place = jvm.org.apache.hadoop.fs.Path(path)
    return place, place.getFileSystem(java.hadoopConfiguration())


def trouble(session: SparkSession, path: str) -> str | None:
    """Return what Spark says where a file cannot be opened; "" where it can, None where none is."""
    place, system = located(session, path)
    try:
        if not system.exists(place):
            return None
        system.open(place).close()
    except (Py4JError, PySparkException) as error:
        return said(error)
    return ""


def ending(session: SparkSession, path: str, size: int, count: int) -> bytes:
    """Return the last bytes of a file of so many bytes; none where it cannot be read."""
    place, system = located(session, path)
    try:
        stream = system.open(place)
        try:
            stream.seek(size - count)
            return bytes(stream.read() & 0xFF for _ in range(count))
        finally:
            stream.close()
    except (Py4JError, PySparkException):
        return b""


def said(error: Exception) -> str:
    """Return the first line of what Spark says is wrong."""
    return str(getattr(error, "java_exception", None) or error).partition("\n")[0]


def exists(session: SparkSession, path: str) -> bool:
    """Say whether there is a file or folder."""
    place, system = located(session, path)
    return bool(system.exists(place))


def written(session: SparkSession, path: str) -> int:
    """Return the bytes of all files in a folder."""
    place, system = located(session, path)
    return int(system.getContentSummary(place).getLength())


def remove(session: SparkSession, path: str) -> None:
    """Remove a file or folder, if it is there."""
    place, system = located(session, path)
    system.delete(place, True)  # noqa: FBT003 - Java's: with all that is in it
