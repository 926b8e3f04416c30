"""The marks of sites in the store, and which sites share rare ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from retold.config import FetchConfig, ReadConfig
from retold.desk import times
from retold.fetch import pages
from retold.fetch.kinship import Kin, Shared, kin
from retold.fetch.marks import Fingerprint, fingerprints
from retold.fetch.services import OWNED, Trait
from retold.fetch.values import Fetched
from retold.read import compose

_HTML = ("text/html", "application/xhtml+xml")
_OWNED = f"kind IN ({', '.join(map(repr, map(str, sorted(OWNED))))})"


def of_answer(found: Fetched, config: ReadConfig) -> tuple[Fingerprint, ...]:
    """Return the marks of a page that was fetched; none of anything else, nor of what breaks."""
    if not found.header("content-type").casefold().startswith(_HTML):
        return ()
    try:
        markup = pages.decoded(found, config, declared=True).text
        return fingerprints(markup, found.final_url, found.headers)
    except Exception:  # noqa: BLE001 - marks are not worth an article
        return ()


def keep(
    connection: sqlite3.Connection,
    url: str,
    marks: Iterable[Fingerprint],
    config: FetchConfig | None = None,
) -> None:
    """Keep the marks of a page as those of its site, each once, so many of a sort at most."""
    site = compose.host(url)
    if not site:
        return
    moment, most = times.now(), (config or FetchConfig()).max_site_marks
    held = dict(
        connection.execute(
            "SELECT kind, count(*) FROM fingerprint WHERE site = ? GROUP BY kind", (site,)
        ).fetchall()
    )
    for mark in marks:
        if held.get(mark.kind, 0) < most:
            added = connection.execute(
                "INSERT OR IGNORE INTO fingerprint (site, kind, value, seen) VALUES (?, ?, ?, ?)",
                (site, mark.kind, mark.value, moment),
            )
            held[mark.kind] = held.get(mark.kind, 0) + added.rowcount


def shared(
    connection: sqlite3.Connection, config: FetchConfig | None = None, site: str = ""
) -> list[Shared]:
    """Return rare marks that several sites have, the most telling first, a bounded number.

    Those that are given out to one owner come before those that a site is built of, the rarer
    before the commoner. Among few sites nothing that can be bought is rare: such marks need a share
    of ``rare_share`` at most.

    Args:
        connection: within a transaction.
        config: what is rare, and how many are returned.
        site: whose marks alone are looked at; those of all where empty.
    """
    config = config or FetchConfig()
    known = connection.execute("SELECT count(DISTINCT site) FROM fingerprint").fetchone()[0]
    of_site = (
        " WHERE (kind, value) IN (SELECT kind, value FROM fingerprint WHERE site = ?)"
        if site
        else ""
    )
    marks = connection.execute(
        f"SELECT kind, value, count(*) AS sites FROM fingerprint{of_site} GROUP BY kind, value"  # noqa: S608 - names above
        f" HAVING sites > 1 AND (sites <= ? OR (sites <= ? AND {_OWNED}))"
        f" ORDER BY NOT {_OWNED}, sites, kind, value LIMIT ?",
        (
            *((site,) if site else ()),
            config.rare_share * known,
            config.owned_sites,
            config.max_shared,
        ),
    ).fetchall()
    return [
        Shared(Fingerprint(Trait(kind), value), _having(connection, kind, value), known)
        for kind, value, _ in marks
    ]


def of_site(connection: sqlite3.Connection, site: str) -> list[Kin]:
    """Return the sites that share rare marks with one, the most telling first."""
    named = site.casefold().removeprefix("www.")
    return kin(named, shared(connection, site=named)) if named else []


def _having(connection: sqlite3.Connection, kind: str, value: str) -> tuple[str, ...]:
    found = connection.execute(
        "SELECT site FROM fingerprint WHERE kind = ? AND value = ? ORDER BY site", (kind, value)
    )
    return tuple(row["site"] for row in found)
