"""What rows of files are called where they come in, and files where they are told of."""

from __future__ import annotations

PATH, START, NUMBER, VALUE = "_retold_path", "_retold_start", "_retold_row", "_retold_value"
"""Columns that an engine adds to those of a file: its address, the byte from which its lines are
read, the number of the row from 0; and a line of it, or its whole content."""


def source_of(path: str, start: int = 0) -> str:
    """Return the name by which a file is told of, as a scan on one machine names it.

    Of a file that is read in parts, those after the first are named by the byte they begin at.
    """
    for scheme in ("file://", "file:"):
        path = path.removeprefix(scheme)
    return f"{path}@{start}" if start else path
