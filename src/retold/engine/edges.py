"""What rows of files are called where they come in, and files where they are told of."""

from __future__ import annotations

from urllib.parse import unquote

PATH, START, NUMBER = "_retold_path", "_retold_start", "_retold_row"
VALUE, SIZE = "_retold_value", "_retold_size"
"""Columns that an engine adds to those of a file: its address, written as in a URL; the byte from
which its lines are read; the number of the row from 0; a line of it, or its whole content; and the
bytes of the line, of which VALUE may be only the beginning."""


def source_of(path: str, start: int = 0) -> str:
    """Return the name by which a file is told of, as a scan on one machine names it.

    Of a file that is read in parts, those after the first are named by the byte they begin at.

    Args:
        path: its address, written as in a URL.
        start: that byte.
    """
    name = unquote(local_of(path))
    return f"{name}@{start}" if start else name


def local_of(path: str) -> str:
    """Return an address without its scheme, where that is of files of one machine."""
    for scheme in ("file://", "file:"):
        path = path.removeprefix(scheme)
    return path
