"""Fictional articles in any number."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from retold.model import Article, article_id

DAY = datetime(2031, 4, 9, 8, tzinfo=UTC)
PLACES = ("Gull Point", "Port Almery", "Sedge Mouth", "Tarn Hollow", "Kestria", "Brannock")
THINGS = ("ferry", "lighthouse", "harbour crane", "weir", "tram depot", "signal box")
FATES = ("failed", "was repaired", "burned", "was sold", "reopened", "flooded")


def article(text: str, **fields: Any) -> Article:
    """Make an article whose id is that of its content."""
    hashed = ("title", "outlet", "url", "byline", "published")
    named = {name: fields[name] for name in hashed if name in fields}
    return Article(article_id(text, **named), text, **fields)


def numbered(number: int) -> Article:
    """Make the article of this number: short, unlike the others, each a minute after the last."""
    place, thing = PLACES[number % 6], THINGS[number // 6 % 6]
    fate = FATES[number // 36 % 6]
    return article(
        f"The {thing} at {place} {fate} on day {number}, the board said.",
        title=f"{thing.capitalize()} {fate}",
        outlet=("Harbour Post", "The Almery Echo", "Kestria Today")[number % 3],
        url=f"https://news.example/{number}",
        published=DAY + timedelta(minutes=number),
    )


def damage(path: Path, table: str) -> None:
    """Write over the pages of a table in the file of a desk that nobody has open."""
    with closing(sqlite3.connect(path)) as connection:
        pages = connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,)
        ).fetchall()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    raw = bytearray(path.read_bytes())
    for (page,) in pages:
        raw[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(raw)
