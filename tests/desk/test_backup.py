"""Copies of a desk: made while it is used, put in its place, and never half of either."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from retold.desk import Desk, backup, copying
from retold.errors import DeskError
from tests.desk.making import damage, numbered


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where a copy may be put."""
    return tmp_path / "kept" / "copy.db"


@pytest.fixture(autouse=True)
def _folder(copy: Path) -> None:
    copy.parent.mkdir()


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(file.name for file in folder.iterdir())


def count(path: Path) -> int:
    """Return how many articles a sound desk holds."""
    with Desk.open(path, create=False) as desk:
        assert desk.check() == []
        return desk.status().articles


def test_a_backup_is_a_desk_in_one_file(desk: Desk, copy: Path):
    desk.add(numbered(n) for n in range(30))
    steps: list[tuple[int, int]] = []
    desk.backup(copy, lambda _, done, total: steps.append((done, total)))
    assert names(copy.parent) == ["copy.db"]
    assert steps[-1][0] == steps[-1][1]
    with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as alone:
        assert alone.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    desk.add([numbered(99)])
    assert count(copy) == 30


def test_writing_goes_on_while_a_copy_is_made(
    desk: Desk, copy: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(copying, "STEP", 2)
    desk.add(numbered(n) for n in range(60))
    added = []

    def meanwhile(_: str, done: int, total: int) -> None:
        if done < total and len(added) < 10:
            added.append(desk.add([numbered(100 + len(added))]).new)

    desk.backup(copy, meanwhile)
    assert added == [1] * 10
    assert count(copy) == 60
    assert desk.status().articles == 70


def test_a_backup_keeps_to_itself_who_may_read_it(desk: Desk, path: Path, copy: Path):
    path.chmod(0o640)
    desk.backup(copy)
    assert copy.stat().st_mode & 0o777 == 0o640


def test_a_backup_overwrites_nothing(desk: Desk, path: Path, copy: Path):
    copy.write_text("mine")
    for target in (copy, path):
        with pytest.raises(DeskError, match="exists already"):
            desk.backup(target)
    assert copy.read_text() == "mine"
    with pytest.raises(DeskError, match="name another place"):
        desk.backup(copy.parent / "none" / "copy.db")


def test_nothing_is_left_of_a_backup_that_is_broken_off(desk: Desk, copy: Path):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    desk.add([numbered(1)])
    with pytest.raises(KeyboardInterrupt):
        desk.backup(copy, stop)
    assert names(copy.parent) == []
    desk.backup(copy)
    assert count(copy) == 1


def test_a_damaged_desk_is_not_copied(path: Path, copy: Path):
    with Desk.open(path) as desk:
        desk.add(numbered(n) for n in range(40))
    damage(path, "article_body")
    with Desk.open(path) as desk, pytest.raises(DeskError, match="is damaged"):
        desk.backup(copy)
    assert names(copy.parent) == []


def test_a_backup_is_put_in_the_place_of_a_desk(path: Path, copy: Path):
    with Desk.open(path) as desk:
        desk.add(numbered(n) for n in range(5))
        desk.backup(copy)
        desk.add(numbered(n) for n in range(5, 9))
    kept = Desk.restore(path, copy)
    assert kept is not None
    assert kept.parent == path.parent
    assert (count(path), count(kept), count(copy)) == (5, 9, 5)
    again = Desk.restore(path, kept)
    assert again not in {None, kept}
    assert count(path) == 9


def test_a_backup_begins_a_desk_where_there_is_none(desk: Desk, copy: Path, tmp_path: Path):
    desk.add([numbered(1)])
    desk.backup(copy)
    assert Desk.restore(tmp_path / "new.db", copy) is None
    assert count(tmp_path / "new.db") == 1


@pytest.mark.skipif(os.name != "posix", reason="links are those of POSIX")
@pytest.mark.parametrize("sound", [True, False])
def test_a_backup_is_put_in_the_place_that_a_link_names(path: Path, copy: Path, sound: bool):
    link = path.with_name("link.db")
    with Desk.open(path) as desk:
        desk.backup(copy)
    if not sound:
        path.write_bytes(b"no desk" * 1_000)
    link.symlink_to(path)
    Desk.restore(link, copy)
    assert link.is_symlink()
    with Desk.open(path) as desk:
        assert desk.check() == []


def test_a_desk_that_is_open_is_not_replaced(desk: Desk, path: Path, copy: Path):
    desk.add([numbered(1)])
    desk.backup(copy)
    desk.add([numbered(2)])
    with pytest.raises(DeskError, match="is in use; stop what has it open"):
        Desk.restore(path, copy)
    desk.add([numbered(3)])
    assert count(path) == 3
    assert names(path.parent) == [
        "kept",
        *sorted(f"retold.db{end}" for end in ("", "-shm", "-wal")),
    ]


def test_a_damaged_desk_is_kept_and_replaced(path: Path, copy: Path):
    with Desk.open(path) as desk:
        desk.add(numbered(n) for n in range(40))
        desk.backup(copy)
    damage(path, "article_body")
    kept = Desk.restore(path, copy)
    assert kept is not None
    assert count(path) == 40
    path.write_text("What was a desk. " * 600)
    path.with_name("retold.db-journal").write_text("What was its log.")
    kept = Desk.restore(path, copy)
    assert kept is not None
    assert kept.read_text().startswith("What was a desk.")
    assert count(path) == 40
    assert not any(name.startswith("retold.db-") for name in names(path.parent))


def test_what_is_left_of_a_desk_that_is_gone_is_not_taken_for_the_new_one(path: Path, copy: Path):
    with Desk.open(path) as desk:
        desk.add(numbered(n) for n in range(5))
        desk.backup(copy)
        desk.add(numbered(n) for n in range(5, 50))
        log = path.with_name("retold.db-wal").read_bytes()
    path.unlink()
    path.with_name("retold.db-wal").write_bytes(log)
    Desk.restore(path, copy)
    assert count(path) == 5


@pytest.mark.parametrize("kind", ["none", "text", "empty", "other", "newer", "damaged", "itself"])
def test_what_is_no_backup_replaces_nothing(path: Path, copy: Path, kind: str):
    with Desk.open(path) as desk:
        desk.add(numbered(n) for n in range(40))
        if kind in {"newer", "damaged"}:
            desk.backup(copy)
    if kind == "text":
        copy.write_text("Dear diary. " * 500)
    elif kind == "empty":
        copy.touch()
    elif kind == "damaged":
        damage(copy, "article_body")
    elif kind in {"other", "newer"}:
        statement = {"other": "CREATE TABLE diary (day)", "newer": "PRAGMA user_version = 9000"}
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(statement[kind])
    elif kind == "itself":
        os.link(path, copy)
    before = path.read_bytes()
    with pytest.raises(DeskError):
        Desk.restore(path, copy)
    assert path.read_bytes() == before
    assert names(path.parent) == ["kept", "retold.db"]


def test_a_database_of_others_is_not_replaced(desk: Desk, copy: Path, tmp_path: Path):
    desk.backup(copy)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE diary (day)")
    before = other.read_bytes()
    with pytest.raises(DeskError, match="left alone"):
        Desk.restore(other, copy)
    assert other.read_bytes() == before


def test_who_opens_a_desk_meanwhile_has_the_one_or_the_other(
    path: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
):
    with Desk.open(path) as desk:
        desk.add(numbered(n) for n in range(5))
        desk.backup(copy)
        desk.add([numbered(6)])
    seen: list[int] = []
    hold = backup._hold_alone

    def slowly(connection: sqlite3.Connection, name: Path) -> None:
        hold(connection, name)
        opener.start()

    opener = threading.Thread(target=lambda: seen.append(count(path)))
    monkeypatch.setattr(backup, "_hold_alone", slowly)
    Desk.restore(path, copy)
    opener.join()
    assert seen == [5]
    assert count(path) == 5
