"""Copies of a desk: one made while it is used, and one put in its place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from retold.desk import copying, schema
from retold.desk.database import Database, explained
from retold.engine import Progress, silent
from retold.errors import DeskError

_PATIENCE = 1_000
"""Milliseconds that others have to let go of a desk that is to be replaced."""


def backup(database: Database, target: Path, progress: Progress = silent) -> None:
    """Copy a desk, as it is at this moment, to a file; see :meth:`retold.desk.Desk.backup`."""
    target = target.absolute()
    if target.exists():
        raise DeskError(f"{target}: exists already; name another file, or move that one away")
    with copying.part(target, database.path) as made:
        with database.read() as connection:
            copying.copy(connection, made, target, progress)
        _examine(made, database.path)
        made.replace(target)
        _settle(target.parent)


def restore(path: Path, source: Path, progress: Progress = silent) -> Path | None:
    """Put a backup in the place of a desk; see :meth:`retold.desk.Desk.restore`."""
    path, source = Path(os.path.realpath(path)), source.absolute()
    if not source.is_file():
        raise DeskError(f"{source}: there is no such backup")
    there = path.exists() and path.stat().st_size > 0
    if there and path.samefile(source):
        raise DeskError(f"{source}: is the desk itself; name a backup")
    with copying.part(path, source) as made:
        with explained(source), closing(_reader(source)) as given:
            if not schema.version(given, str(source)):
                raise DeskError(f"{source}: is empty; name a backup")
            copying.copy(given, made, path, progress)
        _examine(made, source)
        kept = _kept(path)
        if not (there and _overwrite(path, made, kept)):
            # nobody works with a file that cannot be read, or with what is left beside one that is
            # gone: it is moved away, or would be taken for the new one's
            for end in ("", "-wal", "-shm", "-journal"):
                with suppress(FileNotFoundError):
                    path.with_name(path.name + end).replace(kept.with_name(kept.name + end))
            made.replace(path)
        _settle(path.parent)
    return kept if kept.exists() else None


def _kept(path: Path) -> Path:
    """Return a name for the desk that is replaced."""
    base = f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{base}{f'-{n}' if n else ''}") for n in range(1_000))
    return next(name for name in names if not name.exists())


def _overwrite(path: Path, made: Path, kept: Path) -> bool:
    """Keep the desk at ``path`` as ``kept``, and make it what ``made`` is; False if it is damaged.

    It is written over within a transaction, not exchanged: whoever opens it at this moment waits,
    and has the one or the other.
    """
    with explained(path), closing(sqlite3.connect(path, isolation_level=None)) as held:
        try:
            _hold_alone(held, path)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _DAMAGED:
                raise
            return False
        with copying.part(kept, path) as old:
            copying.copy(held, old, kept)
            old.replace(kept)
        with closing(sqlite3.connect(made)) as new:
            new.backup(held)
        return True


_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _hold_alone(connection: sqlite3.Connection, path: Path) -> None:
    """Lock a desk against all others until it is closed, if nobody has it open.

    Raises:
        DeskError: it is open, or is no desk.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION:
        raise DeskError(f"{path}: is no desk of Retold, and is left alone; name another file")
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise DeskError(
            f"{path}: is in use; stop what has it open (`retold serve`, `retold watch`) first"
        ) from None
    connection.execute("COMMIT")


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)


def _examine(made: Path, origin: Path) -> None:
    """Refuse a copy that is not sound: what it was made of is not."""
    with explained(origin), closing(_reader(made)) as copied:
        said = copied.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise DeskError(f"{origin}: is damaged ({said}); nothing was copied or replaced")


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
