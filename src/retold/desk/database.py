"""One SQLite file: its connections, its transactions, and what SQLite's errors mean to a user."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retold.desk import schema
from retold.errors import DeskError

PATIENCE = 30.0
"""Seconds that a writer waits for another process to finish its transaction."""
IDLE = 8
"""Connections for reading that are kept open between uses."""
_CACHE_KIB = 32 * 1024
_WAL_PAGES = 4_000
"""Pages in the write-ahead log after which they are moved into the file: 16 MB, so that batches of
articles are not moved one by one."""
_WAL_BYTES = 64 << 20
"""Bytes of the log after which it is emptied, even if those who read must be waited for."""
_WAL_WAIT = 0.5
"""Seconds that they are waited for; after that it is left for the next time."""


class Database:
    """A desk's file. Any number of threads and processes may hold one open on the same file.

    ``with database.read() as connection`` gives a snapshot: what it sees does not change meanwhile,
    whatever is written. ``with database.write() as connection`` is one transaction: it is durable
    when the block ends and undone when the block raises. One writes at a time; the others wait.
    Blocks must be short, do no other work (reading the web, say) and not be nested: functions take
    the connection instead. Rows can be asked by place and by name (:class:`sqlite3.Row`).

    Raises:
        DeskError: the file cannot be opened or is no desk; or, from a block, SQLite could not read
            or write. The message names the remedy; what was stored before is untouched.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open the desk at ``path``; make one where there is none, if ``create``."""
        # the file itself: what lies beside it, as the log and the locks, is found by any name
        self.path = Path(os.path.realpath(path))
        self._idle: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._turn = threading.Lock()
        self._writes_in: int | None = None
        self._closed = False
        if not self.path.parent.is_dir():
            raise DeskError(f"{path}: there is no folder {self.path.parent}; make it first")
        if self.path.is_dir():
            raise DeskError(f"{path}: is a folder; name a file")
        if not create and not (self.path.exists() and self.path.stat().st_size):
            raise DeskError(f"{path}: there is no desk; name another, or add articles to begin one")
        with explained(self.path):
            self._writer = self._connect()
            try:
                self._prepare(create=create)
            except BaseException:
                self._writer.close()
                raise

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _prepare(self, *, create: bool) -> None:
        found = schema.version(self._writer, str(self.path))
        if not (found or create):
            raise DeskError(f"{self.path}: is empty; name another, or add articles to begin a desk")
        self._keep_log()
        # a commit is on the disk when it is acknowledged, also where the power fails
        self._writer.execute("PRAGMA synchronous = FULL")
        self._writer.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
        self._writer.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
        if found < schema.newest():
            schema.migrate(self._writer)

    def _keep_log(self) -> None:
        """Turn to a write-ahead log, with which nobody who reads waits for one who writes."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                mode = self._writer.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            except sqlite3.OperationalError as error:
                # SQLite does not wait here by itself: another process begins the same file
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)
                continue
            if mode != "wal":
                raise DeskError(
                    f"{self.path}: this file system cannot share a desk between processes; put it"
                    " on a local disk"
                )
            return

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that reads one state of the desk."""
        with explained(self.path):
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                self._hand_back(connection)

    def _borrow(self) -> sqlite3.Connection:
        with self._guard:
            self._refuse_closed()
            if self._idle:
                return self._idle.pop()
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _hand_back(self, connection: sqlite3.Connection) -> None:
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        with self._guard:
            if not (connection.in_transaction or self._closed) and len(self._idle) < IDLE:
                self._idle.append(connection)
                return
        connection.close()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the connection that writes, within one transaction."""
        if self._writes_in == threading.get_ident():
            raise RuntimeError("a transaction within a transaction: hand the connection on")
        with self._turn, explained(self.path):
            self._refuse_closed()
            self._writes_in = threading.get_ident()
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
                self._empty_log()
            finally:
                # after a full disk SQLite may have undone it already
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                self._writes_in = None

    def _empty_log(self) -> None:
        """Move a log that grew into the file: where many read, there may never be a good moment."""
        log = self.path.with_name(f"{self.path.name}-wal")
        if not log.exists() or log.stat().st_size <= _WAL_BYTES:
            return
        self._writer.execute(f"PRAGMA busy_timeout = {_WAL_WAIT * 1000:.0f}")
        # an answer, not an error, says that somebody read on; a full disk has nothing to do with
        # what was just stored
        with suppress(sqlite3.Error):
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._writer.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")

    def _refuse_closed(self) -> None:
        if self._closed:
            raise DeskError(f"{self.path}: the desk is closed; open it again")

    def close(self) -> None:
        """Close the file; a write that goes on ends first."""
        with self._turn, self._guard:
            self._closed = True
            for connection in (*self._idle, self._writer):
                connection.close()
            self._idle.clear()


_MEANINGS = {
    sqlite3.SQLITE_BUSY: "another process has been writing for {patience:.0f} seconds; try again",
    sqlite3.SQLITE_LOCKED: "another process has been writing for {patience:.0f} seconds; try again",
    sqlite3.SQLITE_FULL: (
        "the disk is full; free some space and do it again: what was stored before is all there"
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk could not be read or written ({error}); see that it is sound, has space and sets"
        " no limit to the size of files, and do it again: what was stored before is all there"
    ),
    sqlite3.SQLITE_READONLY: "cannot be written; change its permissions, or copy it elsewhere",
    sqlite3.SQLITE_PERM: "cannot be written; change its permissions, or copy it elsewhere",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; see that you may read and write it and its folder",
    sqlite3.SQLITE_CORRUPT: (
        "is damaged ({error}); `retold desk check` says where, `retold desk restore` puts a backup"
        " in its place"
    ),
    sqlite3.SQLITE_NOTADB: "is no desk of Retold, or is damaged from its beginning; name another",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into a :class:`~retold.errors.DeskError`; no others."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        meaning = _MEANINGS.get(code & 0xFF) if code is not None else None
        if meaning is None:
            raise
        raise DeskError(f"{path}: {meaning.format(patience=PATIENCE, error=error)}") from error
