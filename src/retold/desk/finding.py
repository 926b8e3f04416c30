"""Finds in an index of words, page by page: how many, and which come first.

What stands in very many articles tells little of any, and to rank 100,000 of them takes half a
second. So finds are counted and ranked up to :data:`MOST`; of more, those that were stored last
are listed, and first such as have all words where words count most. By time all are listed.

To go through what has a phrase of common words takes a tenth of a second. So it is done once: what
is found is sorted without the index where that can be, and ranked by what tells something.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retold.desk import articles, paging
from retold.desk.common import telling
from retold.desk.query import Query, Term
from retold.desk.values import SearchFilter
from retold.errors import UsageError

MOST = 5_000
"""Finds that are counted and ranked, at most."""
SINGLE = 1_000
"""Words of rows that are looked up one by one, at most; more rows are picked from all finds."""


@dataclass(frozen=True, slots=True)
class Order:
    """How finds are sorted: by a key, and by their row where keys are equal."""

    ranked: bool
    """Whether the most telling come first; else those of which ``moments`` gives the latest."""
    last: bool = False
    """Whether of equal keys the row that was stored last comes first."""
    every: bool = False
    """Whether all finds are listed, however many: rows are then those of ``article``."""


@dataclass(frozen=True, slots=True)
class Source:
    """An index, and what its rows belong to."""

    index: str
    tables: str
    """What joins it to ``article``, in this order (``CROSS JOIN``): to begin with the articles of
    a language, say, and to look up each in the index takes seconds."""
    telling: str
    """The column where words count most."""
    orders: Mapping[str, Order]
    rows: str
    """What gives the rows of the index that belong to articles: ``SELECT ... FROM article ...``."""
    moments: str
    """What gives rows with the moments of their articles, of rows as JSON."""
    condition: str = ""
    """Which of its rows are searched; nothing for all."""


class Find(NamedTuple):
    """A row of the index that has what is sought."""

    key: float
    number: int
    row: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of finds."""

    finds: Sequence[Find] = ()
    ranked: bool = False
    """Whether ``key`` is how telling a find is, negated."""
    following: str | None = None
    total: int | None = 0
    """All finds; None where they are more than :data:`MOST`."""


def find(
    connection: sqlite3.Connection,
    source: Source,
    asked: Query,
    wanted: SearchFilter,
    listing: str,
    cursor: str | None,
    limit: int,
) -> Found:
    """Return a page of what a query finds; one that asks for nothing finds nothing.

    ``listing`` names the list in its cursors.
    """
    if wanted.order not in source.orders:
        raise UsageError(f"order {wanted.order}: give one of {', '.join(source.orders)}")
    order = source.orders[wanted.order]
    limit = paging.bounded(limit)
    if not asked.wanted:
        return Found()
    search = _Search(connection, source, order, asked, *_narrowed(connection, source, wanted))
    place: Sequence[float] = ()
    rows: Sequence[int] | None = None
    if cursor is None:
        rows = search.stored(0, MOST + 1)
        total = len(rows) if len(rows) <= MOST else -1
        rows = rows[:MOST]
        least = rows[-1] if rows else 0
    else:
        kind = float if order.ranked else int
        *place, least, total = paging.behind(cursor, listing, kind, int, int, int)
    told: tuple[Term, ...] = ()
    if order.ranked and total >= 0:
        told = telling(connection, source.index, asked.wanted, 2 * MOST)
        if place:
            # a rank is below 0, and what was ranked stays so if its words became common
            told = told or asked.wanted if place[0] < 0 else ()
    if total < 0 and order.every:
        found = search.latest(place, limit + 1)
    else:
        if rows is None:
            rows = search.stored(least, -1)
        if told:
            finds = search.ranked(rows, told)
        else:
            finds = search.titled(rows) if order.ranked else search.dated(rows)
        found = _behind(sorted(finds), place, limit + 1)
    following = None
    if len(found) > limit:
        following = paging.cursor(listing, (*found[limit - 1][:2], least, total))
    return Found(found[:limit], bool(told), following, total if total >= 0 else None)


def _narrowed(
    connection: sqlite3.Connection, source: Source, wanted: SearchFilter
) -> tuple[list[str], list[object], list[int] | None]:
    """Return what a filter asks, as conditions and the values in them, and the rows that pass it.

    The rows are named where they are few: not every find is looked up in the tables then.
    """
    conditions, values = articles.conditions(wanted)
    if not conditions:
        return conditions, values, None
    where = " AND ".join([*filter(None, [source.condition]), *conditions])
    found = connection.execute(f"{source.rows} WHERE {where} LIMIT ?", (*values, MOST + 1))
    few = sorted(row for (row,) in found)
    return conditions, values, few if len(few) <= MOST else None


def _behind(found: Sequence[Find], place: Sequence[float], limit: int) -> Sequence[Find]:
    begin = bisect_right(found, tuple(place), key=lambda each: each[:2]) if place else 0
    return found[begin : begin + limit]


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked of a source."""

    connection: sqlite3.Connection
    source: Source
    order: Order
    asked: Query
    conditions: Sequence[str]
    values: Sequence[object]
    named: Sequence[int] | None
    """The rows that pass the conditions, ascending, where they are few."""

    def stored(self, least: int, limit: int) -> list[int]:
        """Return the rows from ``least`` on that are found, the last stored first."""
        expression = self.asked.expression()
        if self.named is not None:
            among = self.named[bisect_left(self.named, least) :]
            return self._among(expression, among)[::-1][: limit if limit >= 0 else None]
        index, row = self.source.index, f"{self.source.index}.rowid"
        conditions = [*filter(None, [self.source.condition]), *self.conditions]
        tables = f"{index} {self.source.tables}" if conditions else index
        where = " AND ".join([f"{index} MATCH ?", *conditions, f"{row} >= ?"])
        return self._numbers(
            f"SELECT {row} FROM {tables} WHERE {where} ORDER BY {row} DESC LIMIT ?",  # noqa: S608
            *(expression, *self.values, least, limit),
        )

    def ranked(self, rows: Sequence[int], told: Sequence[Term]) -> list[Find]:
        """Return finds by how telling they are, judged by some of the terms."""
        if not rows:
            return []
        index = self.source.index
        # the plus: row by row it would be looked up in the index
        found = self.connection.execute(
            f"SELECT rank, rowid FROM {index} WHERE {index} MATCH ?"  # noqa: S608
            " AND rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM json_each(?))",
            (Query(tuple(told), ()).sought(), min(rows), max(rows), json.dumps(list(rows))),
        )
        return [self._find(key, row) for key, row in found]

    def titled(self, rows: Sequence[int]) -> list[Find]:
        """Return such finds first as have all words where they count most, the last stored first.

        Then the others, likewise.
        """
        sought = f"{self.source.telling} : ({self.asked.sought()})"
        first = set(self._among(sought, rows[::-1]))
        return [Find(float(row not in first), -row, row) for row in rows]

    def dated(self, rows: Sequence[int]) -> list[Find]:
        """Return finds by time, the latest first."""
        found = self.connection.execute(self.source.moments, (json.dumps(list(rows)),))
        return [self._find(-moment, row) for row, moment in found]

    def latest(self, place: Sequence[float], limit: int) -> Sequence[Find]:
        """Return the first finds by time, where there are so many that the next articles may do.

        If these have too few, all finds are sorted.
        """
        behind = ["(-moment, -row) > (?, ?)"] if place else []
        where = " AND ".join([*self.conditions, *behind]) or "1"
        for many in (0 if self.asked.open else self._lookups(), MOST):
            rows = self._numbers(
                f"SELECT row FROM article WHERE {where} ORDER BY moment DESC, row DESC LIMIT ?",  # noqa: S608
                *(*self.values, *place, many),
            )
            found = self._among(self.asked.expression(), sorted(rows))
            if len(found) >= limit:
                return sorted(self.dated(found))[:limit]
        return _behind(sorted(self.dated(self.stored(0, -1))), place, limit)

    def _find(self, key: float, row: int) -> Find:
        return Find(key, -row if self.order.last else row, row)

    def _among(self, expression: str, rows: Sequence[int]) -> list[int]:
        """Return such of some rows, ascending, as have what an expression asks for."""
        if not rows:
            return []
        if len(rows) <= self._lookups() and not self.asked.open:
            return list(self._single(expression, rows))
        index = self.source.index
        return self._numbers(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608
            " AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid",
            *(expression, rows[0], rows[-1], json.dumps(list(rows))),
        )

    def _lookups(self) -> int:
        """Return how many rows may be looked up one by one."""
        return SINGLE // self.asked.words

    def _single(self, expression: str, rows: Sequence[int]) -> Iterator[int]:
        """Yield them, going from each to the next that the index finds.

        A row that is asked for by its number costs as much where it is none: the index goes on to
        the next find before it says so.
        """
        index = self.source.index
        at = 0
        while at < len(rows):
            found = self._numbers(
                f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid >= ?"  # noqa: S608
                " ORDER BY rowid LIMIT 1",
                *(expression, rows[at]),
            )
            if not found:
                return
            at = bisect_left(rows, found[0], at)
            if at < len(rows) and rows[at] == found[0]:
                yield found[0]
                at += 1

    def _numbers(self, statement: str, *given: object) -> list[int]:
        return [row for (row,) in self.connection.execute(statement, given)]
