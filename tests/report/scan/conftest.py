"""Finished scans on disk: plain, hostile, and with more of everything than is shown."""

from __future__ import annotations

import pytest

from retold.corpus.results import Scan, load_scan
from tests.corpus.fiction import Barge, Fiction, barge, crowd, hostile


@pytest.fixture(scope="session")
def told() -> Barge:
    return barge()


@pytest.fixture(scope="session")
def scans(told: Barge, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scan]:
    folder = tmp_path_factory.mktemp("scans")
    made = {"plain": told.fiction, "hostile": hostile(), "crowd": crowd(), "empty": Fiction()}
    return {name: load_scan(f.write(folder / name)) for name, f in made.items()}
