"""Which articles of the desk a new one may tell the same event as: those that share rare words.

The index of words that search uses finds them: of the new article the words that weigh most are
looked up, each with the articles that came last, and articles are ranked by what they share. How
alike they are is then for :mod:`retold.stories` to say.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

import numpy as np

from retold.config import StoriesConfig
from retold.desk import standing, times
from retold.stories import Background, Bag
from retold.stories.rows import UNDATED, nearness_by_days
from retold.stories.terms import Lexis, Numbers, lifts

MOST_TERMS = 48
"""Words of an article that are looked up."""
COMMON = 3_000
"""Articles that have a word, from which on it finds nobody."""
POSTING = 1_000
"""Articles that a word finds at most: those that were stored last."""
RANKED = 3_000
"""Articles, best by the words that they share, of which times are asked at most."""
ASKED = 250
"""Articles of which times are asked at once."""
MOST = 80
"""Articles that are compared with a new one, at most."""
_NONE = np.zeros(0, np.int64)


def candidates(
    connection: sqlite3.Connection,
    article: Bag,
    config: StoriesConfig,
    background: Background,
    most: int = MOST,
    days: int | None = None,
) -> list[int]:
    """Return the numbers of the articles in stories that are likest to an article by rare words.

    Only those that appeared within so many ``days`` of it, the time in which one event is told
    where None, and those without a time.
    """
    told = list(_telling(article, config, background))
    lists = [_holders(connection, term) for term, _ in told]
    rows, which = np.unique(np.concatenate([_NONE, *lists]), return_inverse=True)
    each = np.repeat([gain for _, gain in told], [len(held) for held in lists])
    # the gains of a row are added up in the order of the words
    gains = np.bincount(which, each, len(rows))
    ranked = rows[np.argsort(-gains, kind="stable")][:RANKED].tolist()
    days = len(nearness_by_days(config)) - 1 if days is None else days
    known = standing.days(connection)
    found: list[int] = []
    for first in range(0, len(ranked), ASKED):
        when = _times(connection, ranked[first : first + ASKED], known)
        found += [
            row
            for row in ranked[first : first + ASKED]
            if row in when
            and (UNDATED in {article.day, when[row]} or abs(when[row] - article.day) <= days)
        ]
        if len(found) >= most:
            break
    return found[:most]


def _holders(connection: sqlite3.Connection, term: str) -> Numbers:
    """Return the articles that have a word, those that were stored last."""
    # as one text: a row of SQLite's each costs several times as much
    held: str | None = connection.execute(
        "SELECT group_concat(rowid) FROM (SELECT rowid FROM article_text"
        " WHERE article_text MATCH ? ORDER BY rowid DESC LIMIT ?)",
        (f'text : "{term}"', POSTING),
    ).fetchone()[0]
    return np.fromstring(held, np.int64, sep=",") if held else _NONE


def _telling(
    article: Bag, config: StoriesConfig, background: Background
) -> Iterable[tuple[str, float]]:
    """Yield the words that weigh most and what it gains to share them."""
    lexis = Lexis(config)
    numbers = [lexis.number(name) for name in article.names]
    holders = np.asarray(background.holders(lexis.names), np.int64)
    rarity = lexis.rarity(holders, background.articles, config)[numbers]
    lifted = lifts(article.proper, lexis.numeric()[numbers], config)
    gains = article.frequency * (rarity * lifted) ** 2
    # what one article alone has finds no other
    gains[(holders[numbers] < 2) | (holders[numbers] > COMMON)] = 0
    order = np.argsort(-gains, kind="stable")[:MOST_TERMS]
    for at in order[gains[order] > 0].tolist():
        yield article.names[at], float(gains[at])


def _times(
    connection: sqlite3.Connection, rows: Iterable[int], known: Mapping[str, int]
) -> dict[int, int]:
    """Return the day of each of some articles that are in stories; ``known`` are those ruled."""
    found = connection.execute(
        "SELECT article.row, article.id, article.published FROM json_each(?)"
        " JOIN story_article ON story_article.article = value"
        " JOIN article ON article.row = value",
        (json.dumps(list(rows)),),
    )
    return {
        row: known.get(name, UNDATED if at is None else times.shown(at).toordinal())
        for row, name, at in found
    }
