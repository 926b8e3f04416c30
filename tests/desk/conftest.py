"""Desks to test with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold.desk import Desk
from tests.conftest import ROOT
from tests.fetch.site import Site, serve


def output(*words: str) -> str:
    """Run ``python -m`` with what forks others and kills them; return what it says."""
    if not hasattr(os, "fork"):
        pytest.skip("those who are killed are forked, to be many")
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a desk may be made."""
    return tmp_path / "retold.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    """A desk without articles."""
    with Desk.open(path) as opened:
        yield opened


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback without any page."""
    made = Site({})
    end = serve(made)
    yield made
    end()
