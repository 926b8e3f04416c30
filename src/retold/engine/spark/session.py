"""A session of Spark: the one that there is, or a new one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from retold.engine.local import cores
from retold.engine.spark.verbs import GATHER
from retold.errors import UsageError

_RUNTIME = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.parquet.enableVectorizedReader": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(32 << 20),
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.caseSensitive": "true",
    # what is then missing is found out by counting, and listed
    "spark.sql.files.ignoreCorruptFiles": "true",
    "spark.sql.files.ignoreMissingFiles": "true",
}
"""What results or speed depend on, set for this scan's own session alone."""
AGAIN = 256 << 20
"""Bytes of a file up to which it is read once more, in one piece, where Spark did not read all of
it: a worker holds that three times."""
_GATHER, _AGAIN = "spark.retold.gather", "spark.retold.again"
_JAVA = (
    "Spark does not start ({reason}). It needs Java 17 or later: install it (Debian: apt install"
    " openjdk-17-jre-headless) and set JAVA_HOME where it is not found"
)


@contextmanager
def started(master: str | None) -> Iterator[SparkSession]:
    """Give a session of its own settings.

    A program that has a session already, as on Databricks or under spark-submit, shares its
    context; else one is begun, and ended in the end.

    Args:
        master: where Spark runs, as it says it (``local[4]``, ``spark://host:7077``, ``yarn``,
            ``k8s://...``); as it is configured where None, and on this machine where that says
            nothing either.

    Raises:
        UsageError: Spark does not start.
    """
    active = SparkSession.getActiveSession()
    base = active or _begun(master)
    session = base.newSession()
    for name, value in _RUNTIME.items():
        session.conf.set(name, value)
    for name, size in ((_GATHER, GATHER), (_AGAIN, AGAIN)):
        session.conf.set(name, base.conf.get(name, str(size)) or "0")
    try:
        yield session
    finally:
        if active is None:
            base.stop()
        else:
            # whose session last made a frame from Python is what a program finds as the active one
            active.createDataFrame([], "nothing int")


def warm(session: SparkSession) -> None:
    """Let workers start their Python, which takes seconds, while the driver is at other things."""

    def start() -> None:
        parts = session.sparkContext.defaultParallelism
        frame = session.range(parts, numPartitions=parts).mapInArrow(lambda rows: rows, "id long")
        # what is wrong is told by what really has to be done
        with suppress(PySparkException, Py4JError):
            frame.write.format("noop").mode("overwrite").save()

    Thread(target=start, name="retold-warm", daemon=True).start()


def gathering(session: SparkSession) -> int:
    """Return how many bytes are few rows, by what Spark's settings say; see :data:`GATHER`.

    Raises:
        UsageError: they say it in no way that Spark understands.
    """
    return _size(session, _GATHER)


def again(session: SparkSession) -> int:
    """Return up to how many bytes a file is read again, by Spark's settings; see :data:`AGAIN`.

    Raises:
        UsageError: they say it in no way that Spark understands.
    """
    return _size(session, _AGAIN)


def _size(session: SparkSession, name: str) -> int:
    told = session.conf.get(name) or "0"
    # Spark's own way to write sizes, of which Python has no other door
    jvm: Any = session.sparkContext._jvm  # noqa: SLF001
    try:
        return int(jvm.org.apache.spark.network.util.JavaUtils.byteStringAsBytes(told))
    except (Py4JError, PySparkException):
        raise UsageError(f"{name}: {told!r} is no size; write it as 64m, or 0") from None


def _begun(master: str | None) -> SparkSession:
    builder = SparkSession.builder.appName("retold")
    given = master or os.environ.get("MASTER", "")
    if not given and "SPARK_HOME" not in os.environ:
        given = "local[*]"
    if given:
        builder = builder.master(given)
    if given.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        count = cores()
        for name, value in {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": f"{_memory()}m",
            "spark.driver.maxResultSize": "0",
            # most of what Java's slower compiler makes is run too seldom to pay for itself
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
            "spark.sql.shuffle.partitions": str(4 * count),
            "spark.ui.enabled": "false",
            "spark.python.daemon.module": "retold.engine.spark.daemon",
        }.items():
            builder = builder.config(name, value)
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise UsageError(_JAVA.format(reason=reason)) from None
    session.sparkContext.setLogLevel("ERROR")
    return session


def _memory() -> int:
    """Return a third of this machine's memory in MiB: the workers' Python needs the rest."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 2048
    return int(max(1024, whole / 3 / (1 << 20)))
