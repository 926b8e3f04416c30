"""Decisions of editors: kept apart from what is found, with who and when, and honoured by it.

Each is a row that stays; one that is undone says by whom and when. What stands is handed to the
stages as :class:`retold.model.Rulings`, by :mod:`retold.desk.standing`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from retold.desk import articles, paging, stories, times
from retold.desk.values import (
    ArticleRow,
    Decision,
    DecisionKind,
    DecisionRow,
    Moved,
    Page,
)
from retold.errors import UsageError
from retold.model import Span

NAME_CHARACTERS = 200
NOTE_CHARACTERS = 10_000
"""Of who decides and who speaks, and of a note, at most."""
_REGROUPED = frozenset({DecisionKind.TOGETHER, DecisionKind.APART, DecisionKind.DATE})
"""Kinds that may change which articles tell one story."""


# ---------------------------------------------------------------- deciding


def decide(connection: sqlite3.Connection, decision: Decision, by: str) -> DecisionRow:
    """Keep a decision; the stories that it touches are told anew."""
    _require_text(decision.value, decision.note, by)
    made = _sound(connection, decision)
    by = _named("who decides", by)
    moment = times.now()
    number = connection.execute(
        "INSERT INTO decision (step, kind, articles, others, spans, value, note, by, made)"
        " SELECT coalesce(max(step), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM decision RETURNING row",
        (
            made.kind,
            json.dumps(made.articles),
            json.dumps(made.others),
            json.dumps([[s.article, s.start, s.end] for s in made.spans]),
            made.value,
            made.note,
            by,
            moment,
        ),
    ).fetchone()[0]
    connection.executemany(
        "INSERT INTO decision_article VALUES (?, ?)", [(name, number) for name in touched(made)]
    )
    take_effect(connection, [made])
    return DecisionRow(number, made, by, times.shown(moment), None, "")


def undo(connection: sqlite3.Connection, number: int, by: str) -> DecisionRow:
    """Let a decision stand no more; it stays in the list."""
    _require_text(by)
    by = _named("who undoes it", by)
    found = one(connection, number)
    if found is None:
        raise UsageError(f"decision {number}: there is none; `retold desk decisions` lists them")
    if found.undone:
        raise UsageError(f"decision {number}: was undone by {found.undone_by}; decide anew")
    moment = times.now()
    connection.execute(
        "UPDATE decision SET undone = ?, undone_by = ?,"
        " step = (SELECT max(step) + 1 FROM decision) WHERE row = ?",
        (moment, by, number),
    )
    take_effect(connection, [found.decision])
    return replace(found, undone=times.shown(moment), undone_by=by)


def merged(connection: sqlite3.Connection, numbers: Iterable[int], note: str = "") -> Decision:
    """Return the decision by which some stories are one."""
    wanted = sorted({_present(connection, number) for number in numbers})
    if len(wanted) < 2:
        raise UsageError("name two stories or more that are to be one")
    names = [name for number in wanted for name in stories.versions(connection, number).values()]
    return Decision(DecisionKind.TOGETHER, tuple(names), note=note)


def split(
    connection: sqlite3.Connection, names: Iterable[str], number: int, note: str = ""
) -> Decision:
    """Return the decision by which articles are no part of a story that they are in."""
    number = _present(connection, number)
    inside = list(stories.versions(connection, number).values())
    leaving = tuple(dict.fromkeys(names))
    strangers = [name for name in leaving if name not in inside]
    if strangers:
        raise UsageError(f"story {number}: has no article {strangers[0]}")
    staying = tuple(name for name in inside if name not in leaving)
    if not leaving or not staying:
        raise UsageError(f"story {number}: name some of its articles, but not all")
    return Decision(DecisionKind.APART, leaving, staying, note=note)


def noted(connection: sqlite3.Connection, subject: str | int, text: str) -> Decision:
    """Return a note on an article, by id, or on a story, by number."""
    if isinstance(subject, str):
        return Decision(DecisionKind.NOTE, (subject,), note=text)
    names = stories.versions(connection, _present(connection, subject)).values()
    return Decision(DecisionKind.NOTE, tuple(names), note=text)


def _present(connection: sqlite3.Connection, number: int) -> int:
    found = stories.one(connection, number)
    if found is None:
        raise UsageError(f"story {number}: there is none")
    return found.to if isinstance(found, Moved) else found.number


def take_effect(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Let the stories of what was decided be told anew: by whom, or only what of it."""
    for decision in decisions:
        if decision.kind is DecisionKind.NOTE:
            continue
        names = json.dumps(sorted(touched(decision)))
        told = connection.execute(
            "SELECT DISTINCT story FROM article JOIN story_article"
            " ON story_article.article = coalesce(article.latest, article.row)"
            " WHERE article.id IN (SELECT value FROM json_each(?)) ORDER BY story",
            (names,),
        ).fetchall()
        for (story,) in told:
            stories.ask(connection, story)
            if decision.kind in _REGROUPED:
                connection.execute(
                    "UPDATE article SET placed = 0"
                    " WHERE row IN (SELECT article FROM story_article WHERE story = ?)",
                    (story,),
                )


# ---------------------------------------------------------------- what a decision must be


def _sound(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Return a decision as it is kept.

    Raises:
        UsageError: it lacks something, has too much, or names what is not there.
    """
    kind = decision.kind
    ours = tuple(dict.fromkeys(decision.articles))
    others = tuple(dict.fromkeys(decision.others))
    made = replace(decision, articles=ours, others=others, value=decision.value.strip())
    most, what = _SHAPES[kind]
    counts = len(ours), len(others), len(made.spans)
    fits = all(bool(n) == bool(limit) and n <= limit for n, limit in zip(counts, most, strict=True))
    few = kind in _PAIRS and len(ours) + len(made.spans) < 2
    if not fits or few or (made.value and kind not in _VALUED):
        raise UsageError(f"{kind}: give {what}, and nothing else")
    if len(made.note) > NOTE_CHARACTERS:
        raise UsageError(f"a note has at most {NOTE_CHARACTERS:,} characters")
    if set(ours) & set(others):
        raise UsageError(f"{kind}: an article cannot be on both sides")
    if kind is DecisionKind.SPEAKER:
        made = replace(made, value=_named("the speaker", made.value))
    if kind is DecisionKind.DATE and made.value:
        made = replace(made, value=_moment(made.value).isoformat())
    if kind is DecisionKind.NOTE and not made.note.strip():
        raise UsageError("a note needs some words")
    _there(connection, made)
    return made


_MANY = 100_000
_SHAPES = {
    DecisionKind.TOGETHER: ((_MANY, 0, 0), "two articles or more"),
    DecisionKind.APART: ((_MANY, _MANY, 0), "articles of both sides"),
    DecisionKind.NOT_DERIVED: ((2, 0, 0), "two articles, the child before the parent"),
    DecisionKind.NOT_SAME: ((0, 0, 2), "the spans of two readings"),
    DecisionKind.SPEAKER: ((0, 0, 1), "the span of the words, and the speaker"),
    DecisionKind.DATE: ((1, 0, 0), "one article, and the time"),
    DecisionKind.NOTE: ((_MANY, 0, 0), "articles and a note"),
}
"""Of each kind how many articles, others and spans it has at most, and that in words."""
_PAIRS = frozenset({DecisionKind.TOGETHER, DecisionKind.NOT_DERIVED, DecisionKind.NOT_SAME})
_VALUED = frozenset({DecisionKind.SPEAKER, DecisionKind.DATE})


def _require_text(*given: str) -> None:
    try:
        "".join(given).encode()
    except UnicodeEncodeError:
        raise UsageError("a decision cannot hold half a surrogate pair; no file can") from None


def _named(what: str, given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= NAME_CHARACTERS:
        raise UsageError(f"{what}: give a name of at most {NAME_CHARACTERS} characters")
    return name


def _moment(given: str) -> datetime:
    try:
        moment = datetime.fromisoformat(given)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{given}: is no time; give one as 2031-04-09T08:00, in UTC unless it says otherwise"
        ) from None


def _there(connection: sqlite3.Connection, decision: Decision) -> None:
    """Refuse articles that the desk lacks, and spans that lie outside of their texts."""
    length = dict(
        connection.execute(
            "SELECT id, length(text) FROM article_full"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(touched(decision))),),
        ).fetchall()
    )
    for name in sorted(touched(decision)):
        if name not in length:
            raise UsageError(f"article {name}: is not in the desk")
    for span in decision.spans:
        if not 0 <= span.start < span.end <= length[span.article]:
            raise UsageError(f"{span.article} {span.start}-{span.end}: is no part of the text")
    if len(set(decision.spans)) < len(decision.spans):
        raise UsageError("a reading is the same as itself; name two")


def touched(decision: Decision) -> set[str]:
    """Return the ids of the articles that a decision is about."""
    return {*decision.articles, *decision.others, *(span.article for span in decision.spans)}


# ---------------------------------------------------------------- listing


def one(connection: sqlite3.Connection, number: int) -> DecisionRow | None:
    """Return a decision, undone or not."""
    if not paging.storable(number):
        return None
    row = connection.execute("SELECT * FROM decision WHERE row = ?", (number,)).fetchone()
    return None if row is None else row_of(row)


def listed(
    connection: sqlite3.Connection, subject: str | int | None, cursor: str | None, limit: int
) -> Page[DecisionRow]:
    """Return a page of decisions, the last made first.

    Args:
        connection: to read.
        subject: an article's id, a story's number (what was decided on any of its versions as they
            are now), or None for all.
        cursor: where the page before ended.
        limit: how many at most.
    """
    listing = f"decisions {subject!r}"
    before = paging.behind(cursor, listing, int) if cursor is not None else (2**63 - 1,)
    limit = paging.bounded(limit)
    condition, given = "", list[object]()
    if subject is not None:
        names = [subject] if isinstance(subject, str) else _versions(connection, subject)
        condition = (
            " AND row IN (SELECT decision FROM decision_article"
            " WHERE article IN (SELECT value FROM json_each(?)))"
        )
        given.append(json.dumps(names))
    found = connection.execute(
        f"SELECT * FROM decision WHERE row < ?{condition} ORDER BY row DESC LIMIT ?",  # noqa: S608
        (*before, *given, limit + 1),
    ).fetchall()
    following = paging.cursor(listing, (found[limit - 1]["row"],)) if len(found) > limit else None
    return Page(tuple(map(row_of, found[:limit])), following)


def _versions(connection: sqlite3.Connection, number: int) -> list[str]:
    """Return the articles of a story by id, with the earlier texts that they stand for.

    One that became part of another is that.
    """
    there = stories.one(connection, number)
    if there is None:
        return []
    found = connection.execute(
        "SELECT article.id FROM story_article JOIN article"
        " ON article.row = story_article.article OR article.latest = story_article.article"
        " WHERE story = ?",
        (there.to if isinstance(there, Moved) else there.number,),
    )
    return [name for (name,) in found]


def concerned(
    connection: sqlite3.Connection, rows: Collection[DecisionRow], most: int
) -> dict[str, ArticleRow]:
    """Return the articles that decisions are about, by id: of each side ``most`` at most."""
    names = {
        name
        for row in rows
        for side in (row.decision.articles, row.decision.others)
        for name in side[:most]
    }
    names |= {span.article for row in rows for span in row.decision.spans}
    numbers = connection.execute(
        "SELECT row FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(names)),),
    ).fetchall()
    found = articles.rows(connection, [number for (number,) in numbers])
    return {row.id: row for row in found.values()}


def row_of(row: sqlite3.Row) -> DecisionRow:
    """Return a decision as it is listed."""
    return DecisionRow(
        row["row"],
        Decision(
            DecisionKind(row["kind"]),
            tuple(json.loads(row["articles"])),
            tuple(json.loads(row["others"])),
            tuple(Span(*parts) for parts in json.loads(row["spans"])),
            row["value"],
            row["note"],
        ),
        row["by"],
        times.shown(row["made"]),
        None if row["undone"] is None else times.shown(row["undone"]),
        row["undone_by"] or "",
    )
