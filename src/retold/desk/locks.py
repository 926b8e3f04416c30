"""Who is alone at something: a lock beside the desk, that the system frees however one ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from retold.errors import DeskError


@contextmanager
def alone(desk: Path, what: str) -> Iterator[bool]:
    """Let one process at a time do something; say whether it is this one.

    Args:
        desk: the desk's file.
        what: ends the name of the lock's file.

    Raises:
        DeskError: the lock's file cannot be opened.
    """
    path = desk.with_name(f"{desk.name}.{what}")
    try:
        lock = FileLock(path, timeout=0, mode=desk.stat().st_mode & 0o666)
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as error:
        raise DeskError(
            f"{path}: cannot be opened ({error.strerror or error}); remove it if another user left"
            " it there, and see that you may write in its folder"
        ) from error
    belong(path, desk)
    try:
        yield True
    finally:
        lock.release()


def belong(path: Path, desk: Path) -> None:
    """Give what an administrator made to whom the desk belongs, as SQLite does with its log."""
    if os.name == "posix" and os.geteuid() == 0:
        of = desk.stat()
        with suppress(OSError):
            os.chown(path, of.st_uid, of.st_gid)
