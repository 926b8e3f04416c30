"""Engines that the same cases run on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from retold.engine.tables import TableEngine

HAS_SPARK = bool(find_spec("pyspark") and find_spec("pandas") and shutil.which("java"))
needs_spark = pytest.mark.skipif(not HAS_SPARK, reason="PySpark, pandas or Java is not installed")


@pytest.fixture(scope="package")
def session() -> Iterator[Any]:
    """A Spark of two threads."""
    if not HAS_SPARK:
        pytest.skip("PySpark, pandas or Java is not installed")
    from retold.engine.spark import started

    with started("local[2]") as session:
        session.conf.set("spark.sql.shuffle.partitions", "3")
        yield session


@pytest.fixture(scope="package")
def spark(session: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An engine that does all on that Spark."""
    from retold.engine.spark import SparkEngine

    return SparkEngine(session, str(tmp_path_factory.mktemp("work")), gather=0)


@pytest.fixture(scope="package")
def gathering(session: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An engine for which some results are few rows, and some are not."""
    from retold.engine.spark import SparkEngine

    return SparkEngine(session, str(tmp_path_factory.mktemp("work")), gather=2_500)


ENGINES = ["one table", "seven tables", "spark", "gathering"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    """Each engine."""
    if request.param in ("spark", "gathering"):
        return request.getfixturevalue(request.param)
    return TableEngine(1 if request.param == "one table" else 7)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A corpus that has all a scan tells of."""
    from tests.flow import pile

    return pile.write(tmp_path / "pile.jsonl", pile.records())
