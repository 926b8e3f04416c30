"""Does what a desk tells fit its articles: stories, dossiers, counted words, what was found?"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator

import zstandard

from retold.config import StoriesConfig
from retold.desk import ahead, dossiers, stories
from retold.desk.reader import Reader
from retold.model import Article

_LISTED = ("title", "versions", "outlets", "first", "last")


def homes(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of articles and stories that do not have each other."""
    for (row,) in connection.execute(
        "SELECT row FROM article WHERE placed = 1 AND latest IS NULL"
        " AND row NOT IN (SELECT article FROM story_article)"
    ):
        yield f"article {row} is in no story, and does not wait for one"
    for (row,) in connection.execute(
        "SELECT row FROM article JOIN story_article ON story_article.article = row"
        " WHERE placed = 1 AND latest IS NOT NULL"
    ):
        yield f"article {row} is in a story, though a later text stands for it"
    for (row,) in connection.execute(
        "SELECT row FROM story WHERE row NOT IN (SELECT story FROM story_article)"
    ):
        yield f"story {row} has no article"
    for (row,) in connection.execute("SELECT old FROM story_moved JOIN story ON row = old"):
        yield f"story {row} is there, though it is said to have become part of another"


def listed(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of stories of which lists show what their articles are not."""
    for row in connection.execute(
        "SELECT * FROM story WHERE row IN (SELECT story FROM story_article)"
    ):
        made = stories.described(connection, row["row"])
        wrong = [name for name, is_so in zip(_LISTED, made, strict=True) if row[name] != is_so]
        if wrong:
            yield f"story {row['row']} is not as its articles are: {', '.join(wrong)}"


def told(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of stories whose dossier is not of their versions, and does not wait to be renewed."""
    for row, versions, renewed, altered in connection.execute(
        "SELECT row, versions, dossier.story IS NOT NULL, altered FROM story"
        " LEFT JOIN dossier ON dossier.story = row"
        " WHERE row NOT IN (SELECT story FROM job)"
    ):
        if versions > 1 and not renewed:
            yield f"story {row} has no dossier, and does not wait for one"
        elif versions < 2 and renewed:
            yield f"story {row} has a dossier, though it has one version"
        elif renewed != (altered is not None):
            yield f"story {row} is listed with what no dossier says"
    for row, of_job, body in connection.execute(
        "SELECT dossier.story, job.story, body FROM dossier LEFT JOIN job USING (story)"
    ):
        try:
            dossier = json.loads(zstandard.decompress(body))
            within = {article["id"] for article in dossier["articles"]}
            within |= {revision["article"]["id"] for revision in dossier["revisions"]}
        except (zstandard.ZstdError, ValueError, KeyError, TypeError):
            yield f"the dossier of story {row} cannot be read"
            continue
        if of_job is None and within != dossiers.wanted(connection, row):
            yield f"the dossier of story {row} is not of its versions"
    for (row,) in connection.execute(
        "SELECT DISTINCT story FROM carried WHERE story NOT IN (SELECT story FROM dossier)"
    ):
        yield f"story {row} is said to carry text, though it has no dossier"


def shown(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of stories of which it cannot be read what was made ahead for their pages."""
    for row, dossier, piece, related in connection.execute(
        "SELECT ahead.story, CASE WHEN piece IS NOT NULL THEN body END, piece, related FROM ahead"
        " JOIN dossier ON dossier.story = ahead.story AND dossier.renewed = ahead.renewed"
    ):
        try:
            if piece is not None:
                ahead.unpack(piece, zstandard.decompress(dossier))
            if related:
                json.loads(related)
        except (zstandard.ZstdError, ValueError, TypeError):
            yield f"what was made ahead for the page of story {row} cannot be read"


def mentions(connection: sqlite3.Connection) -> Iterator[str]:
    """Tell of quotations, figures and names that do not stand where they are said to stand."""
    for row in connection.execute("SELECT row, text FROM article_body"):
        for start, stop, shown in connection.execute(
            "SELECT start, stop, shown FROM mention WHERE article = ?", (row["row"],)
        ):
            if row["text"][start:stop] != shown:
                yield f"article {row['row']} does not say what was found in it"
                break


def words(connection: sqlite3.Connection, config: StoriesConfig) -> Iterator[str]:
    """Tell whether words are in as many articles of stories as is counted."""
    reader = Reader(config)
    made = Counter[str]()
    for name, text in connection.execute(
        "SELECT id, text FROM article_full JOIN story_article ON article = row"
    ):
        made.update(reader.read(Article(name, text)).names)
    held = dict(connection.execute("SELECT name, articles FROM term").fetchall())
    wrong = sum(held.get(name) != made.get(name) for name in held.keys() | made.keys())
    if wrong:
        yield (
            f"{wrong:,} words are in more or fewer articles of stories than is counted;"
            " `retold desk settle` counts them anew"
        )
