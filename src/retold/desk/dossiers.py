"""The dossiers of stories: made anew when a story's versions change, and read.

A dossier is what :func:`retold.pipeline.examine` finds in the versions of one story, and in the
earlier texts that they stand for, as if these were all there is, under what editors decided.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

import zstandard

from retold.config import Config
from retold.desk import (
    ahead,
    articles,
    carried,
    documents,
    paging,
    standing,
    stories,
    times,
    vectors,
)
from retold.desk.database import Database
from retold.desk.values import Failed
from retold.errors import DossierError
from retold.model import Article, ChangeKind, Dossier, StoryDossier
from retold.pipeline import examine
from retold.report.json import dumps, loads

QUICK = 10
"""Versions up to which a story is renewed before those that have more."""
LARGE = 50_000
"""Words of all versions of a story from which on it is renewed when no smaller one waits: that
takes minutes."""
LONG = 5 * 10**9
"""Words of the longest version of a story times those of all, above which it is not compared: time
and memory grow with both. Two texts of 50,000 words are below it, and so are three hundred articles
with a page of 20,000 words that rolls on; two books are not."""
TURN = 4
"""Each so many stories, the one that waited longest is renewed, whatever is newer."""
HOT = 10 * 10**6
"""Microseconds after a change of its versions in which a story lets others go before: where one
comes, more often follow."""
COOL = 90 * 10**6
"""Microseconds from its first change on after which it no longer does."""
TRIES = 3
"""Times that renewing is begun before a story is left for a while: it may have been what ended the
process."""
WHILE = 6 * 3600 * 10**6
"""Microseconds that it is left, unless its versions change."""
NAMED = 100
"""Stories that could not be told so far which are listed, at most."""
_BARE = {ChangeKind.ADDITION, ChangeKind.OMISSION}


@dataclass(frozen=True, slots=True)
class Job:
    """A dossier that is being made."""

    story: int
    asked: int
    """How often it had been asked for when it was begun."""


def read(connection: sqlite3.Connection, story: int) -> Dossier | None:
    """Return the dossier of a story as it was made last.

    None where there is none, or where another Retold wrote it in a form that this one cannot read.
    """
    row = None
    if paging.storable(story):
        row = connection.execute("SELECT body FROM dossier WHERE story = ?", (story,)).fetchone()
    if row is not None:
        with suppress(DossierError):
            return loads(zstandard.decompress(row["body"]))
    return None


def ask_anew(database: Database, story: int) -> None:
    """Ask for the dossier of a story whose own cannot be read, unless it waits or has none."""
    with database.read() as connection:
        lost = connection.execute(
            "SELECT 1 FROM dossier WHERE story = ? AND story NOT IN (SELECT story FROM job)",
            (story if paging.storable(story) else None,),
        ).fetchone()
    if lost:
        with database.write() as connection:
            stories.ask(connection, story)


def waiting(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many dossiers wait to be made, and how many of these are left for a while."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(tries >= ?), 0) FROM job", (TRIES,)
    ).fetchone()
    return row[0], row[1]


def failed(connection: sqlite3.Connection) -> list[Failed]:
    """Return the stories of which no dossier could be made so far, those tried last first."""
    found = connection.execute(
        "SELECT story.row, title, versions, tries, tried, fault FROM job"
        " JOIN story ON story.row = job.story WHERE fault <> '' OR tries >= ?"
        " ORDER BY tried DESC, story.row LIMIT ?",
        (TRIES, NAMED),
    )
    return [
        Failed(row, title, versions, tries, times.shown(tried), fault)
        for row, title, versions, tries, tried, fault in found
    ]


def begin(
    connection: sqlite3.Connection, *, longest: bool = False, but: Collection[int] = ()
) -> Job | None:
    """Begin a dossier of those that wait; None where none does.

    First come stories that no version came to just now, of few versions, the latest; those of very
    many words come last. What ends before it is done is begun again the next time; after
    :data:`TRIES` times the others go before.

    Args:
        connection: within a transaction.
        longest: take the story that waited longest.
        but: stories at which others are.
    """
    now = times.now()
    row = connection.execute(
        "SELECT job.story, job.asked FROM job JOIN story ON story.row = job.story"
        " WHERE (tries < :tries OR tried < :while)"
        " AND job.story NOT IN (SELECT value FROM json_each(:but))"
        " ORDER BY tries >= :tries,"
        " (SELECT sum(words) FROM story_article JOIN article ON article.row = article"
        "  WHERE story = job.story) > :large,"
        " CASE WHEN :longest THEN since END,"
        " grown > :hot AND since > :cool, versions > :quick, last DESC, job.story LIMIT 1",
        {
            "tries": TRIES,
            "while": now - WHILE,
            "but": json.dumps(list(but)),
            "large": LARGE,
            "longest": longest,
            "hot": now - HOT,
            "cool": now - COOL,
            "quick": QUICK,
        },
    ).fetchone()
    if row is None:
        return None
    connection.execute(
        "UPDATE job SET tries = tries + 1, tried = ? WHERE story = ?", (now, row["story"])
    )
    return Job(row["story"], row["asked"])


def make(database: Database, config: Config, job: Job) -> None:
    """Make a dossier that was begun, and store it. A fault is kept with the story."""
    with database.read() as connection:
        fault = _too_long(connection, job.story)
        told = [] if fault else _articles(connection, job.story)
        rulings = standing.rulings(connection, {article.id for article in told})
    if fault:
        _fail(database, job, fault)
        return
    try:
        known = documents.make(database, told)
        recalled = vectors.recall(database.path, known.values())
        made = examine(told, config=config, known=known, rulings=rulings)
        vectors.keep(database.path, [d for name, d in known.items() if name not in recalled])
    except Exception as error:  # noqa: BLE001 - one story must not stop the others
        _fail(database, job, _fault(error))
        return
    with database.write() as connection:
        _put(connection, job, made)


def _fail(database: Database, job: Job, fault: str) -> None:
    with database.write() as connection:
        connection.execute("UPDATE job SET fault = ? WHERE story = ?", (fault, job.story))


def _too_long(connection: sqlite3.Connection, story: int) -> str:
    """Say that the texts of a story are too long to be compared; nothing where they are not."""
    found = connection.execute(
        "SELECT words FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(wanted(connection, story))),),
    )
    return too_long([row["words"] for row in found])


def too_long(words: Sequence[int]) -> str:
    """Say that texts of so many words are too long to be compared; nothing where they are not."""
    if max(words, default=0) * sum(words) <= LONG:
        return ""
    return f"too long to be compared: {max(words):,} words in one version, {sum(words):,} in all"


def _articles(connection: sqlite3.Connection, story: int) -> list[Article]:
    return list(articles.values(connection, sorted(wanted(connection, story))).values())


def wanted(connection: sqlite3.Connection, story: int) -> set[str]:
    """Return the ids of the versions of a story and of the earlier texts that they stand for."""
    versions = stories.versions(connection, story)
    earlier = connection.execute(
        "SELECT id FROM article WHERE latest IN (SELECT value FROM json_each(?))",
        (json.dumps(list(versions)),),
    ).fetchall()
    return {*versions.values(), *(row["id"] for row in earlier)}


def _put(connection: sqlite3.Connection, job: Job, made: Dossier) -> None:
    """Store a dossier, unless its story changed while it was made."""
    row = connection.execute("SELECT asked FROM job WHERE story = ?", (job.story,)).fetchone()
    if row is None or row["asked"] != job.asked:
        return
    connection.execute(
        "INSERT INTO dossier VALUES (?, ?, ?) ON CONFLICT (story)"
        " DO UPDATE SET renewed = excluded.renewed, body = excluded.body",
        (job.story, times.now(), zstandard.compress(dumps(made, None).encode())),
    )
    told = [story for story in made.stories if len(story.articles) > 1]
    connection.execute(
        "UPDATE story SET origins_low = ?, origins_high = ?, altered = ? WHERE row = ?",
        (
            sum(story.origins.low for story in made.stories),
            sum(story.origins.high for story in made.stories),
            sum(map(altered, told)),
            job.story,
        ),
    )
    carried.store(connection, job.story, made)
    ahead.ask(connection, job.story)
    connection.execute("DELETE FROM job WHERE story = ?", (job.story,))


def altered(story: StoryDossier) -> int:
    """Return how many probable differences are more than that something was added or left out."""
    found = story.apparatus
    changes = [change for claim in found.claims for change in claim.changes]
    changes += [change for quotation in found.quotations for change in quotation.changes]
    changes += [change for figure in found.figures for change in figure.changes]
    return len({c.id for c in changes if c.probability >= 0.5 and c.kind not in _BARE})


def _fault(error: Exception) -> str:
    """Say what failed where: no message, which might quote an article."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"
