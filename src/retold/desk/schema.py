"""What makes a SQLite file a desk: its mark, its version, and the scripts that lead to the next."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from retold.errors import DeskError

APPLICATION = 0x52544C44
"""``PRAGMA application_id`` of a desk: the letters RTLD."""
LEAST_SQLITE = (3, 37)
"""The first SQLite with STRICT tables."""


class Migration(NamedTuple):
    """A script ``NNNN_name.sql``: it leads from version ``number - 1`` to ``number``."""

    number: int
    name: str
    script: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Return all scripts in the order in which they are applied."""
    folder = resources.files("retold.desk") / "migrations"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return tuple(
        Migration(int(name[:4]), name, (folder / name).read_text("utf-8")) for name in names
    )


def newest() -> int:
    """Return the version of the schema that this Retold writes."""
    return migrations()[-1].number


def version(connection: sqlite3.Connection, name: str) -> int:
    """Return the version of a desk's schema; 0 where the file is empty and may become a desk.

    Raises:
        DeskError: the file is none of Retold's, or of a newer version; ``name`` is its name.
    """
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise DeskError(
            f"this Python has SQLite {sqlite3.sqlite_version}; a desk needs 3.37 or newer: use a"
            " newer Python"
        )
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if mark != APPLICATION:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if mark or found or tables:
            raise DeskError(f"{name}: is a database, but no desk of Retold; name another file")
        return 0
    if found > newest():
        raise DeskError(
            f"{name}: was written by a newer Retold (schema {found}, this one knows {newest()});"
            " install that one, nothing was changed"
        )
    return found


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a desk to the newest version, each script in a transaction of its own.

    Several processes may do so at once: each script is applied by one of them.
    """
    # a script may make a table anew, to which others refer; what they refer to is checked instead
    connection.execute("PRAGMA foreign_keys = OFF")
    for migration in migrations():
        connection.execute("BEGIN IMMEDIATE")
        try:
            _apply(connection, migration)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] >= migration.number:
        return
    for statement in statements(migration.script):
        connection.execute(statement)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise DeskError(f"{migration.name}: rows of {broken[0]} would refer to none of {broken[2]}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {migration.number}")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, triggers whole."""
    held = ""
    for piece in re.split(r"(?<=;)", script):
        held += piece
        if sqlite3.complete_statement(held):
            yield held
            held = ""
    if re.sub(r"--[^\n]*", "", held).strip():
        raise ValueError(f"a script ends within a statement: {held.strip()[:80]}")
