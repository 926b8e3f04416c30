"""A disk that is full: it is said, nothing stored is lost, and it goes on once there is room."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retold.desk import Desk
from retold.errors import DeskError
from tests.conftest import ROOT
from tests.desk.making import article, numbered

LONG = article("A long report of the harbour board. " * 20_000)

LIMITED = """
import resource, sys
from retold.desk import Desk
from retold.errors import DeskError
from tests.desk.making import numbered
with Desk.open(sys.argv[1]) as desk:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    number = 0
    try:
        while True:
            desk.add(numbered(number + n) for n in range(20))
            number += 20
            print(number, flush=True)
    except DeskError as error:
        print(error, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    print(desk.add([numbered(999_999)]).new)
"""


def allow(desk: Desk, pages: int) -> None:
    """Let the file have so many pages more, at most."""
    with desk.database.write() as connection:
        has = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {has + pages}")


def test_a_full_disk_loses_nothing(desk: Desk):
    desk.add(numbered(n) for n in range(20))
    allow(desk, 20)
    with pytest.raises(DeskError, match="the disk is full; free some space and do it again"):
        desk.add([numbered(20), LONG])
    assert desk.value(LONG.id) is None
    assert desk.value(numbered(20).id) is None
    assert desk.search('"harbour board"').total == 0
    assert desk.status().articles == 20
    # what is small may still fit
    assert desk.add([numbered(21)]).new == 1
    allow(desk, 10_000)
    assert desk.add([numbered(20), LONG]).new == 2
    assert desk.check() == []


def test_a_copy_that_does_not_fit_is_not_begun_for_others_to_find(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
):
    import sqlite3

    desk.add(numbered(n) for n in range(200))
    real = sqlite3.connect

    class Small(sqlite3.Connection):
        def __init__(self, *given, **named):
            super().__init__(*given, **named)
            self.execute("PRAGMA max_page_count = 9")

    monkeypatch.setattr(sqlite3, "connect", lambda *w, **o: real(*w, factory=Small, **o))
    with pytest.raises(DeskError, match="the disk is full"):
        desk.backup(path.with_name("copy.db"))
    assert sorted(file.name for file in path.parent.iterdir()) == [
        *("retold.db", "retold.db-shm", "retold.db-wal")
    ]


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files as POSIX has it")
@pytest.mark.parametrize("size", [400_000, 600_000, 1_500_000])
def test_a_limit_to_files_loses_nothing(path: Path, size: int):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(size)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    *acknowledged, error, after = done.stdout.splitlines()
    assert str(path) in error
    assert "what was stored before is all there" in error
    assert after == "1"
    stored = int(acknowledged[-1]) if acknowledged else 0
    with Desk.open(path) as desk:
        ids = [numbered(n).id for n in range(stored)]
        assert desk.values(ids).keys() == set(ids)
        assert desk.status().articles == stored + 1
        assert desk.check() == []
