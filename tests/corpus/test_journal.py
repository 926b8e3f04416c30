"""The journal of a store."""

import errno
import json
import os

import pytest

from retold.corpus import journal
from retold.corpus.journal import Journal


def held(path):
    return [json.loads(line)["n"] for line in path.read_text().splitlines()]


def test_lines_wait_for_their_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "_GROUP", 10)
    path, data = tmp_path / "lines", tmp_path / "data"
    data.write_bytes(b"x")
    book = Journal(path)
    book.add({"n": 1}, 4, [data])
    assert held(path) == []
    book.add({"n": 2}, 6, [data])
    book.note({"n": 3})
    assert held(path) == [1, 2, 3]
    book.add({"n": 4}, 1, [data])
    book.close()
    assert held(path) == [1, 2, 3, 4]
    again = Journal(path)
    again.close()
    assert [line["n"] for line in again.lines] == [1, 2, 3, 4]


def test_no_line_stands_after_one_that_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "_GROUP", 1)
    path, data = tmp_path / "lines", tmp_path / "data"
    data.write_bytes(b"x")
    book = Journal(path)
    book.note({"n": 1})
    sync = os.fsync

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    book.add({"n": 2}, 1, [data])
    with pytest.raises(OSError, match="space"):
        book.add({"n": 3}, 1, [data])
    monkeypatch.setattr(os, "fsync", sync)
    book.add({"n": 4}, 1, [data])
    book.close()
    assert held(path) == [1]


def test_the_end_of_an_interruption_is_cut_off(tmp_path):
    path = tmp_path / "lines"
    path.write_bytes(b'{"n": 1}\n{"n": 2')
    book = Journal(path)
    book.note({"n": 3})
    book.close()
    assert held(path) == [1, 3]
