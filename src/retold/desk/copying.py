"""A desk copied, state by state, to files that are gone unless they are put somewhere."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from retold.desk.database import explained
from retold.engine import Progress, silent
from retold.errors import DeskError

STEP = 4_096
"""Pages that are copied between two reports of progress."""


@contextmanager
def part(target: Path, like: Path) -> Iterator[Path]:
    """Give a file beside ``target``, with the permissions of ``like``; gone if it is still there.

    Raises:
        DeskError: none can be made there.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise DeskError(
            f"{target}: cannot be written ({error.strerror}); name another place"
        ) from None
    os.close(handle)
    made = Path(name)
    try:
        shutil.copymode(like, made)
        yield made
    except OSError as error:
        raise DeskError(
            f"{target}: cannot be written ({error.strerror}); name another place"
        ) from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                made.with_name(made.name + end).unlink()


def copy(source: sqlite3.Connection, made: Path, target: Path, progress: Progress = silent) -> None:
    """Copy one state of a database to a file, which then stands by itself.

    Raises:
        DeskError: there is no room for it, say; the message names ``target``, what it is made for.
    """

    def told(_: int, left: int, total: int) -> None:
        progress("copy", total - left, total)

    with explained(target), closing(sqlite3.connect(made, isolation_level=None)) as copied:
        # a state that is held is copied to its end, whatever is written meanwhile
        if not source.in_transaction:
            source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copied, pages=STEP, progress=told, sleep=0.0)
        source.execute("ROLLBACK")
        copied.execute("PRAGMA journal_mode = DELETE")
    with made.open("rb+") as stream:
        os.fsync(stream.fileno())
