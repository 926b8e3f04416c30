"""Files wherever Spark's file systems are."""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession


def located(session: SparkSession, path: str) -> tuple[Any, Any]:
    """Return a path as Hadoop knows it, and the file system that it is of."""
    # Spark has no other door to its file systems
    jvm: Any = session.sparkContext._jvm  # noqa: SLF001
    java: Any = session.sparkContext._jsc  # noqa: SLF001
    place = jvm.org.apache.hadoop.fs.Path(path)
    return place, place.getFileSystem(java.hadoopConfiguration())


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
