"""Paths that cannot be read, and paths that lead to one article: what is left out is listed."""

import builtins
import io
import json
import os
import socket
from pathlib import Path

import pytest

from retold.model import Reason
from tests.read.pieces import BODY, PLAIN, clear, gather, refused


def test_missing_path(tmp_path):
    gone = tmp_path / "gone.txt"
    rejected = refused(gone)
    clear(rejected, gone, Reason.MISSING)
    assert "is there" in rejected.detail
    deep = tmp_path / "no" / "folder.txt"
    assert "no folder" in refused(deep).detail


def test_a_directory_loop_is_found_and_listed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(PLAIN)
    (tmp_path / "in" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "in" / "self").symlink_to("self")
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    assert {(r.source.rsplit("/", 1)[-1], r.reason) for r in rejected} == {
        ("up", Reason.LOOP),
        ("self", Reason.LOOP),
    }
    for item in rejected:
        clear(item, item.source, Reason.LOOP)


def test_links_that_fan_out_are_followed_once(tmp_path):
    for i in range(12):
        (tmp_path / f"d{i}").mkdir()
        for j in range(2):
            (tmp_path / f"d{i}" / f"l{j}").symlink_to(
                tmp_path / f"d{(i + 1) % 12}", target_is_directory=True
            )
    (tmp_path / "d11" / "a.txt").write_text(PLAIN)
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    assert len(rejected) <= 24


def test_a_broken_link_is_listed(tmp_path):
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone")
    clear(refused(tmp_path), tmp_path / "broken.txt", Reason.MISSING)


def test_a_socket_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("door")
        clear(refused(Path("door")), "door", Reason.UNKNOWN_FORMAT)
    os.mkfifo("pipe")
    assert refused(Path("pipe")).reason is Reason.UNKNOWN_FORMAT


def test_no_permission_on_a_file(tmp_path, monkeypatch):
    """Root may read everything, so the refusal of the system is put in where the file is opened."""
    shut = tmp_path / "shut.txt"
    shut.write_text(PLAIN)
    (tmp_path / "open.txt").write_text(PLAIN)
    real = io.open

    def guarded(file, *args, **kwargs):
        if str(file) == str(shut):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **kwargs)

    monkeypatch.setattr(io, "open", guarded)
    monkeypatch.setattr(builtins, "open", guarded)
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    clear(rejected[0], shut, Reason.NO_PERMISSION)


def test_no_permission_on_a_folder(tmp_path, monkeypatch):
    shut = tmp_path / "shut"
    shut.mkdir()
    (tmp_path / "open.txt").write_text(PLAIN)
    real = os.scandir

    def guarded(path):
        if str(path) == str(shut):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    clear(rejected[0], shut, Reason.NO_PERMISSION)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_no_permission_for_real(tmp_path):
    shut = tmp_path / "shut.txt"
    shut.write_text(PLAIN)
    shut.chmod(0)
    clear(refused(shut), shut, Reason.NO_PERMISSION)


def test_two_identical_files(tmp_path):
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(PLAIN)
    articles, rejected = gather(tmp_path)
    assert [a.source for a in articles] == [(tmp_path / "a.txt").as_posix()]
    assert [r.reason for r in rejected] == [Reason.DUPLICATE] * 2
    assert all("a.txt" in r.detail and "outlet or url" in r.detail for r in rejected)


def test_the_same_text_of_two_outlets_is_two_versions(tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"text": BODY, "outlet": name}) for name in ("Tarn Post", "Quell Mail")
        )
    )
    articles, rejected = gather(path)
    assert len(articles) == 2
    assert rejected == []


def test_the_same_file_by_two_names_is_read_once(tmp_path):
    (tmp_path / "real.txt").write_text(PLAIN)
    (tmp_path / "a_link.txt").symlink_to(tmp_path / "real.txt")
    articles, rejected = gather(tmp_path, tmp_path / "real.txt", tmp_path / "real.txt")
    assert [a.source for a in articles] == [(tmp_path / "real.txt").as_posix()]
    assert [(r.source, r.reason) for r in rejected] == [
        ((tmp_path / "a_link.txt").as_posix(), Reason.DUPLICATE)
    ]
