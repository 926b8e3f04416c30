"""Runs of adding and watching, and what each left out."""

from __future__ import annotations

import re
import sqlite3

from retold.desk import paging, times
from retold.desk.values import Added, Page, RunRow
from retold.errors import UsageError
from retold.model import Reason, Rejected

_HALVES = re.compile("[\ud800-\udfff]")


def nameable(name: str) -> str:
    """Return the name of a file as it can be stored, though its bytes may be no text at all."""
    return _HALVES.sub("\ufffd", name)


def begin(connection: sqlite3.Connection, kind: str, source: str) -> int:
    """Begin a run; return its number."""
    made = connection.execute(
        "INSERT INTO run (kind, source, started) VALUES (?, ?, ?)",
        (kind, nameable(source), times.now()),
    )
    assert made.lastrowid is not None
    return made.lastrowid


def must_be_open(connection: sqlite3.Connection, number: int) -> None:
    """Refuse a run that ended or never began."""
    row = connection.execute("SELECT finished FROM run WHERE row = ?", (number,)).fetchone()
    if row is None or row["finished"] is not None:
        raise UsageError(f"run {number}: has ended or never began; begin another")


def count(connection: sqlite3.Connection, added: Added) -> None:
    """Add what a batch brought to the counts of its run."""
    connection.execute(
        "UPDATE run SET new = new + ?, known = known + ?, revised = revised + ?,"
        " rejected = rejected + ? WHERE row = ?",
        (added.new, added.known, added.revised, added.rejected, added.run),
    )


def end(connection: sqlite3.Connection, number: int) -> None:
    """Note that a run is done."""
    connection.execute(
        "UPDATE run SET finished = ? WHERE row = ? AND finished IS NULL", (times.now(), number)
    )


def listed(connection: sqlite3.Connection, cursor: str | None, limit: int) -> Page[RunRow]:
    """Return a page of runs, the last begun first."""
    before = paging.behind(cursor, "runs", int) if cursor is not None else (2**63 - 1,)
    limit = paging.bounded(limit)
    found = connection.execute(
        "SELECT * FROM run WHERE row < ? ORDER BY row DESC LIMIT ?", (*before, limit + 1)
    ).fetchall()
    following = paging.cursor("runs", (found[limit - 1]["row"],)) if len(found) > limit else None
    return Page(tuple(map(_row, found[:limit])), following)


def one(connection: sqlite3.Connection, number: int) -> RunRow | None:
    """Return a run."""
    if not paging.storable(number):
        return None
    row = connection.execute("SELECT * FROM run WHERE row = ?", (number,)).fetchone()
    return None if row is None else _row(row)


def _row(row: sqlite3.Row) -> RunRow:
    return RunRow(
        row["row"],
        row["kind"],
        row["source"],
        times.shown(row["started"]),
        times.shown(row["finished"]),
        row["new"],
        row["known"],
        row["revised"],
        row["rejected"],
    )


def rejected(
    connection: sqlite3.Connection, run: int, cursor: str | None, limit: int
) -> Page[Rejected]:
    """Return a page of what a run left out, in the order in which it was met."""
    listing = f"rejected {run}"
    after = paging.behind(cursor, listing, int) if cursor is not None else (0,)
    limit = paging.bounded(limit)
    if not paging.storable(run):
        return Page(())
    found = connection.execute(
        "SELECT * FROM rejected WHERE run = ? AND row > ? ORDER BY row LIMIT ?",
        (run, *after, limit + 1),
    ).fetchall()
    following = paging.cursor(listing, (found[limit - 1]["row"],)) if len(found) > limit else None
    items = (Rejected(row["source"], Reason(row["reason"]), row["detail"]) for row in found[:limit])
    total = connection.execute("SELECT rejected FROM run WHERE row = ?", (run,)).fetchone()
    return Page(tuple(items), following, None if total is None else total[0])
