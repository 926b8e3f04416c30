"""What stands of the decisions of editors, as the stages take it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from retold.desk import articles
from retold.desk.decisions import row_of, take_effect, touched
from retold.desk.values import DecisionKind, DecisionRow
from retold.model import Ruling, RulingKind, Rulings, Span
from retold.rulings import among, carried, contradicted, followed, settle
from retold.stories import Bag
from retold.stories.rows import UNDATED

_NOTE = DecisionKind.NOTE


def rulings(connection: sqlite3.Connection, names: Collection[str] | None = None) -> Rulings:
    """Return what stands, of some articles by id or of all.

    What holds among some is what holds among all: decisions on articles that these are together
    with count, too. What is said of an earlier text is said of the one that stands for it; a date,
    where that gives the same as the earlier gave; of words, where it has them.
    """
    if not step(connection):
        return Rulings()
    made, stands = _made(connection, names)
    found = settle(one for _, one in made)
    return among(found, {*stands, *stands.values()} if names is None else names)


def marked(connection: sqlite3.Connection, rows: Sequence[DecisionRow]) -> tuple[DecisionRow, ...]:
    """Return decisions, those that stand with the newer one that contradicts them, if any does."""
    names = {
        name
        for row in rows
        if row.undone is None and row.decision.kind is not _NOTE
        for name in touched(row.decision)
    }
    if not names:
        return tuple(rows)
    made, _ = _made(connection, names)
    against = {
        made[place][0]: made[newer][0]
        for place, newer in contradicted([one for _, one in made]).items()
    }
    return tuple(replace(row, overruled=against.get(row.number)) for row in rows)


def _made(
    connection: sqlite3.Connection, names: Collection[str] | None
) -> tuple[list[tuple[int, Ruling]], dict[str, str]]:
    """Return what stands, the oldest first, of the texts that stand now; and which these are.

    Each ruling has the number of its decision; a decision may be several.
    """
    kept = [row_of(row) for row in _standing(connection, names)]
    numbered = [(row.number, _ruling(row)) for row in kept if row.decision.kind is not _NOTE]
    made = [ruling for _, ruling in numbered]
    texts = _texts(connection, made)
    stands = {name: text.latest for name, text in texts.items()}
    # of what is decided on one article the later holds, whichever of its texts it was decided on
    follow = _following(connection, made, stands)
    found = [
        (number, carried(one, stands, follow))
        for number, each in numbered
        for one in _dated(each, texts)
    ]
    return found, stands


class _Text(NamedTuple):
    """A text of the desk, by id."""

    latest: str
    """What stands for it."""
    dated: bool
    """Whether that gives the same time of publication, or neither gives one."""


def _texts(connection: sqlite3.Connection, rulings: Iterable[Ruling]) -> dict[str, _Text]:
    """Return the texts that rulings are about, as far as they are there."""
    concerned = {
        name
        for one in rulings
        for name in (*one.articles, *one.others, *(span.article for span in one.spans))
    }
    found = connection.execute(
        "SELECT article.id, later.id, later.published IS article.published FROM article"
        " JOIN article AS later ON later.row = coalesce(article.latest, article.row)"
        " WHERE article.id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(concerned)),),
    )
    return {name: _Text(latest, bool(dated)) for name, latest, dated in found}


def _following(
    connection: sqlite3.Connection, rulings: Iterable[Ruling], stands: Mapping[str, str]
) -> Callable[[Span], Span]:
    """Return what says where words stand now: themselves, where they stand in no later text."""
    named = {span.article for one in rulings for span in one.spans}
    revised = {name for name in named if stands.get(name, name) != name}
    texts = articles.values(connection, {*revised, *(stands[name] for name in revised)})

    def follow(span: Span) -> Span:
        if span.article not in revised:
            return span
        return followed(span, texts[span.article], texts[stands[span.article]]) or span

    return follow


def _dated(ruling: Ruling, texts: Mapping[str, _Text]) -> Iterator[Ruling]:
    """Yield a ruling and, where it is a date that holds for a later text too, that one."""
    yield ruling
    if ruling.kind is RulingKind.DATE and ruling.articles[0] in texts:
        name, text = ruling.articles[0], texts[ruling.articles[0]]
        if text.dated and text.latest != name:
            yield replace(ruling, articles=(text.latest,))


def _standing(
    connection: sqlite3.Connection, names: Collection[str] | None
) -> Sequence[sqlite3.Row]:
    """Return the rows of what stands, the oldest first, with all that hangs together with it."""
    if names is None:
        return connection.execute(
            "SELECT * FROM decision WHERE undone IS NULL ORDER BY row"
        ).fetchall()
    return connection.execute(
        "WITH RECURSIVE reached (article, decision) AS ("
        " SELECT held.article, held.decision FROM json_each(?) AS asked"
        " JOIN article ON article.id = asked.value"
        " JOIN article AS text ON text.row = article.row OR text.latest = article.row"
        " JOIN decision_article AS held ON held.article = text.id"
        " UNION"
        " SELECT more.article, more.decision FROM reached"
        " JOIN decision ON decision.row = reached.decision"
        " AND decision.undone IS NULL AND decision.kind IN ('together', 'apart')"
        " JOIN decision_article AS same ON same.decision = decision.row"
        " JOIN article AS one ON one.id = same.article"
        " JOIN article AS text ON text.row = coalesce(one.latest, one.row)"
        " OR text.latest = coalesce(one.latest, one.row)"
        " JOIN decision_article AS more ON more.article = text.id)"
        " SELECT * FROM decision WHERE undone IS NULL"
        " AND row IN (SELECT decision FROM reached) ORDER BY row",
        (json.dumps(sorted(names)),),
    ).fetchall()


def _ruling(row: DecisionRow) -> Ruling:
    made = row.decision
    dated = made.kind is DecisionKind.DATE and bool(made.value)
    return Ruling(
        RulingKind(made.kind),
        made.articles,
        made.others,
        made.spans,
        made.value if made.kind is DecisionKind.SPEAKER else "",
        datetime.fromisoformat(made.value) if dated else None,
        row.by,
    )


def partners(connection: sqlite3.Connection, names: Iterable[str]) -> set[int]:
    """Return the numbers of the articles that decisions put together with some, by id."""
    found = connection.execute(
        "SELECT DISTINCT coalesce(article.latest, article.row) FROM json_each(?) AS asked"
        " JOIN article AS one ON one.id = asked.value"
        " JOIN article AS text ON text.row = one.row OR text.latest = one.row"
        " JOIN decision_article AS held ON held.article = text.id"
        " JOIN decision ON decision.row = held.decision"
        " AND decision.undone IS NULL AND decision.kind = 'together'"
        " JOIN decision_article AS more ON more.decision = decision.row"
        " JOIN article ON article.id = more.article",
        (json.dumps(sorted(names)),),
    )
    return {row for (row,) in found}


def step(connection: sqlite3.Connection) -> int:
    """Return how much was decided and undone so far: it grows with each."""
    found: int = connection.execute("SELECT coalesce(max(step), 0) FROM decision").fetchone()[0]
    return found


def take_effect_since(connection: sqlite3.Connection, before: int) -> None:
    """Let take effect once more what was decided and undone after a step."""
    found = connection.execute("SELECT * FROM decision WHERE step > ? ORDER BY row", (before,))
    take_effect(connection, [row.decision for row in map(row_of, found.fetchall())])


def days(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the days of publication that were decided, by id; ``UNDATED`` for unknown."""
    found = connection.execute(
        "SELECT * FROM decision WHERE undone IS NULL AND kind = 'date' ORDER BY row"
    )
    made = [_ruling(row_of(row)) for row in found.fetchall()]
    texts = _texts(connection, made)
    return {
        one.articles[0]: UNDATED if one.published is None else one.published.toordinal()
        for each in made
        for one in _dated(each, texts)
    }


def dated(connection: sqlite3.Connection, bags: Mapping[int, Bag]) -> dict[int, Bag]:
    """Return articles, each with the day that was decided, if any."""
    known = days(connection)
    return {
        row: replace(each, day=known[each.id]) if each.id in known else each
        for row, each in bags.items()
    }
