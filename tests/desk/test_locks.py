"""One process at a time, whoever's it is."""

from __future__ import annotations

import os
import stat

import pytest

from retold.desk import Desk, locks, worker
from retold.errors import DeskError
from tests.desk.making import numbered

posix = pytest.mark.skipif(os.name != "posix", reason="modes and owners are those of POSIX")
root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="for root alone")


@pytest.fixture
def path(tmp_path):
    Desk.open(tmp_path / "retold.db").close()
    return tmp_path / "retold.db"


def test_one_has_it_and_then_another(path):
    with (
        locks.alone(path, "work") as mine,
        locks.alone(path, "work") as other,
        locks.alone(path, "watch") as watches,
    ):
        assert (mine, other, watches) == (True, False, True)
    with locks.alone(path, "work") as again:
        assert again


@posix
def test_it_is_one_desk_by_whatever_name(path, tmp_path):
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "news.db"
    link.symlink_to(path)
    with Desk.open(path) as desk, Desk.open(link) as same:
        with worker.turn(desk.database) as mine, worker.turn(same.database) as other:
            assert (mine, other) == (True, False)
        same.add([numbered(1)])
        assert same.status().bytes == desk.status().bytes
    assert [file.name for file in link.parent.iterdir()] == ["news.db"]


@posix
def test_who_may_write_the_desk_may_have_it(path):
    path.chmod(0o660)
    with locks.alone(path, "work"):
        assert stat.S_IMODE(path.with_name("retold.db.work").stat().st_mode) == 0o660


@posix
@root
def test_what_an_administrator_made_is_the_desks_owners(path):
    os.chown(path, 65534, 65534)
    with locks.alone(path, "work"):
        made = path.with_name("retold.db.work").stat()
    assert (made.st_uid, made.st_gid) == (65534, 65534)


def test_one_that_cannot_be_had_is_told(path):
    path.with_name("retold.db.work").mkdir()
    with Desk.open(path) as desk:
        with pytest.raises(DeskError, match=r"retold\.db\.work: cannot be opened .*; remove it"):
            worker.turn(desk.database).__enter__()
        with pytest.raises(DeskError, match="cannot be opened"):
            desk.work()
