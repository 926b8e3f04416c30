"""A finished scan on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from retold.corpus.results import Scan, load_scan
from tests.corpus.fiction import Barge, barge


@pytest.fixture
def told() -> Barge:
    return barge()


@pytest.fixture
def scan(told: Barge, tmp_path: Path) -> Scan:
    return load_scan(told.fiction.write(tmp_path / "scan"))
