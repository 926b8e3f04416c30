"""Who took text from whom, over all dossiers of the desk; and what is known of an outlet."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from retold.desk import paging, runs, times
from retold.desk.values import OutletRow, Page
from retold.model import Dossier
from retold.report.outlets.gather import Taken, taken, together
from retold.report.outlets.values import Carriage, Case, Outlet, Outlets

_ROWS = (
    "SELECT carried.*, story.title AS told, child.title AS child_title,"
    " coalesce(origin.title, '') AS parent_title"
    " FROM carried JOIN story ON story.row = carried.story"
    " JOIN article AS child ON child.row = carried.article"
    " LEFT JOIN article AS origin ON origin.row = carried.parent"
)
_OF_PAIR = (
    "SELECT *, '' AS told, '' AS child_title, '' AS parent_title FROM carried"
    " WHERE outlet = ? AND source = ?"
)
_PAIRS = (
    "SELECT outlet, source, count(DISTINCT article) AS number, avg(probability) AS sure"
    " FROM carried"
)
_CARRIES = (
    "SELECT outlet, count(DISTINCT article) FROM carried"
    " WHERE outlet IN (SELECT value FROM json_each(?)) GROUP BY outlet"
)
_OF_IT = (
    "SELECT source, count(DISTINCT article) FROM carried"
    " WHERE source IN (SELECT value FROM json_each(?)) GROUP BY source"
)
_LISTED = (
    "SELECT outlet AS name, count(*) AS articles, min(moment) AS first, max(moment) AS last"
    " FROM article WHERE latest IS NULL AND outlet <> ''"
)


def store(connection: sqlite3.Connection, story: int, dossier: Dossier) -> None:
    """Keep what a story's dossier says of who took text from whom."""
    connection.execute("DELETE FROM carried WHERE story = ?", (story,))
    connection.executemany(
        "INSERT INTO carried VALUES (?, ?, ?, ?, (SELECT row FROM article WHERE id = ?),"
        " (SELECT row FROM article WHERE id = ?), ?, ?, ?, ?)",
        (
            (
                story,
                each.case.edge,
                each.outlet,
                each.source,
                each.article,
                each.parent,
                each.case.probability,
                each.case.share,
                each.case.lag,
                int(each.case.decided),
            )
            for each in taken(dossier)
        ),
    )


def outlets(connection: sqlite3.Connection, cursor: str | None, limit: int) -> Page[OutletRow]:
    """Return a page of the outlets, those with most articles first."""
    limit = paging.bounded(limit)
    place = paging.behind(cursor, "outlets", int, str) if cursor is not None else ()
    behind = "HAVING (-count(*), outlet) > (?, ?)" if place else ""
    found = connection.execute(
        f"{_LISTED} GROUP BY outlet {behind} ORDER BY articles DESC, name LIMIT ?",
        (*place, limit + 1),
    ).fetchall()
    following = None
    if len(found) > limit:
        last = found[limit - 1]
        following = paging.cursor("outlets", (-last["articles"], last["name"]))
    return Page(tuple(_rows(connection, found[:limit])), following)


def outlet(connection: sqlite3.Connection, name: str) -> OutletRow | None:
    """Return an outlet; None where no article of it is there, and none that has its text."""
    if not paging.storable(name):
        return None
    rows = connection.execute(f"{_LISTED} AND outlet = ? GROUP BY outlet", (name,)).fetchall()
    if rows:
        return _rows(connection, rows)[0]
    carries, of_it = _counts(connection, [name])[_plain(name)]
    return OutletRow(name, 0, None, None, carries, of_it) if carries or of_it else None


def _plain(name: str) -> str:
    """Return a name as dossiers have it; one that no file can hold as one that nobody has."""
    return " ".join(runs.nameable(name).split())


def _rows(connection: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> list[OutletRow]:
    listed = list(rows)
    counts = _counts(connection, [row["name"] for row in listed])
    return [
        OutletRow(
            row["name"],
            row["articles"],
            times.shown(row["first"]),
            times.shown(row["last"]),
            *counts[_plain(row["name"])],
        )
        for row in listed
    ]


def _counts(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return how many articles of each outlet carry text of others, and how many carry its."""
    plain = list({_plain(name) for name in names})
    carries, of_it = (
        dict(connection.execute(counted, (json.dumps(plain),)).fetchall())
        for counted in (_CARRIES, _OF_IT)
    )
    return {name: (carries.get(name, 0), of_it.get(name, 0)) for name in plain}


# ---------------------------------------------------------------- who carries whose text


def graph(connection: sqlite3.Connection) -> Outlets:
    """Return who carries whose text, with every article that does."""
    rows = connection.execute(_ROWS)
    return together(map(_taken, rows), _every(connection), _told(connection))


def outline(connection: sqlite3.Connection, most: int) -> Outlets:
    """Return all outlets that carry or are carried, and the ``most`` pairs with most articles."""
    every = _every(connection)
    names = connection.execute(
        "SELECT outlet AS name FROM carried GROUP BY outlet"
        " UNION SELECT source FROM carried GROUP BY source ORDER BY name"
    ).fetchall()
    return Outlets(
        tuple(Outlet(name, every[name], collected=name in every) for (name,) in names),
        pairs(connection, "", "", None, most).items,
        by_time=False,
        stories=_told(connection),
        unnamed=every[""],
    )


def pairs(
    connection: sqlite3.Connection, outlet: str, source: str, cursor: str | None, limit: int
) -> Page[Carriage]:
    """Return a page of who carries whose text, most articles first, without naming these.

    Args:
        connection: of the store.
        outlet: only what it carries; all where empty.
        source: only who carries its text; all where empty.
        cursor: the ``next`` of the page before.
        limit: items of the page.
    """
    limit = paging.bounded(limit)
    sides = {"outlet": _plain(outlet), "source": _plain(source)}
    listing = f"carried {json.dumps(sides)}"
    place = paging.behind(cursor, listing, int, float, str, str) if cursor is not None else ()
    given = [name for name in sides.values() if name]
    asked = " AND ".join(f"{side} = ?" for side, name in sides.items() if name)
    asked = f"WHERE {asked}" if asked else ""
    behind = "HAVING (-count(DISTINCT article), -avg(probability), outlet, source) > (?, ?, ?, ?)"
    found = connection.execute(
        f"{_PAIRS} {asked} GROUP BY outlet, source {behind if place else ''}"
        " ORDER BY number DESC, sure DESC, outlet, source LIMIT ?",
        (*given, *place, limit + 1),
    ).fetchall()
    following = None
    if len(found) > limit:
        last = found[limit - 1]
        key = (-last["number"], -last["sure"], last["outlet"], last["source"])
        following = paging.cursor(listing, key)
    wanted = [(row["outlet"], row["source"]) for row in found[:limit]]
    rows = (row for pair in wanted for row in connection.execute(_OF_PAIR, pair))
    gathered = together(map(_taken, rows), _every(connection), 0).carried
    told = {(c.outlet, c.source): replace(c, cases=()) for c in gathered}
    return Page(tuple(told[pair] for pair in wanted), following)


def cases(
    connection: sqlite3.Connection, outlet: str, source: str, cursor: str | None, limit: int
) -> Page[Taken]:
    """Return a page of the articles of one outlet that have text of another, the surest first."""
    limit = paging.bounded(limit)
    pair = (_plain(outlet), _plain(source))
    listing = f"cases {json.dumps(pair)}"
    place = paging.behind(cursor, listing, float, int, str) if cursor is not None else ()
    found = connection.execute(
        f"{_ROWS} WHERE carried.outlet = ? AND carried.source = ?"
        + (" AND (-probability, carried.story, edge) > (?, ?, ?)" if place else "")
        + " ORDER BY probability DESC, carried.story, edge LIMIT ?",
        (*pair, *place, limit + 1),
    ).fetchall()
    following = None
    if len(found) > limit:
        last = found[limit - 1]
        following = paging.cursor(listing, (-last["probability"], last["story"], last["edge"]))
    return Page(tuple(map(_taken, found[:limit])), following)


def _every(connection: sqlite3.Connection) -> Counter[str]:
    """Return how many articles each outlet has; of those without a name too."""
    every = Counter[str]()
    for name, count in connection.execute(
        "SELECT outlet, count(*) FROM article WHERE latest IS NULL GROUP BY outlet"
    ):
        every[_plain(name)] += count
    return every


def _told(connection: sqlite3.Connection) -> int:
    """Count the stories of several versions."""
    found: int = connection.execute("SELECT count(*) FROM story WHERE versions > 1").fetchone()[0]
    return found


def _taken(row: sqlite3.Row) -> Taken:
    case = Case(
        row["edge"],
        row["told"],
        row["child_title"],
        row["parent_title"],
        row["probability"],
        row["share"],
        row["lag"],
        bool(row["decided"]),
    )
    parent = None if row["parent"] is None else str(row["parent"])
    return Taken(row["outlet"], row["source"], str(row["story"]), str(row["article"]), parent, case)
