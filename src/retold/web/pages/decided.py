"""Decisions in words, with what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from retold.desk import Desk
from retold.desk.values import ArticleRow, DecisionKind, DecisionRow
from retold.model import Article

WORDS = {
    DecisionKind.TOGETHER: "These tell one story",
    DecisionKind.APART: "These tell something else",
    DecisionKind.NOT_DERIVED: "The first did not take its text from the second",
    DecisionKind.NOT_SAME: "These do not say the same",
    DecisionKind.SPEAKER: "Said by",
    DecisionKind.DATE: "Published",
    DecisionKind.NOTE: "Note",
}
MOST = 12
"""Articles that are named; of very many the rest is counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as it is shown."""

    row: DecisionRow
    words: str
    value: str
    articles: list[ArticleRow]
    more: int
    others: list[ArticleRow]
    """The other side of what is apart."""
    more_others: int
    quotes: list[tuple[ArticleRow, str]]
    """Words that it is about, each with its article."""


def told(desk: Desk, rows: tuple[DecisionRow, ...]) -> list[Told]:
    """Return decisions as they are shown."""
    listed = desk.concerned(rows, MOST)
    texts = desk.values({span.article for row in rows for span in row.decision.spans})
    return [_told(row, listed, texts) for row in rows]


def _told(row: DecisionRow, listed: Mapping[str, ArticleRow], texts: Mapping[str, Article]) -> Told:
    made = row.decision
    named, others = (
        [listed[name] for name in side[:MOST] if name in listed]
        for side in (made.articles, made.others)
    )
    quotes = [
        (listed[span.article], texts[span.article].text[span.start : span.end])
        for span in made.spans
        if span.article in texts
    ]
    value = made.value
    if made.kind is DecisionKind.DATE:
        value = (
            f"{datetime.fromisoformat(value):%-d %B %Y, %H:%M} UTC"
            if value
            else "nobody knows when"
        )
    return Told(
        row,
        WORDS[made.kind],
        value,
        named,
        len(made.articles) - len(named),
        others,
        len(made.others) - len(others),
        quotes,
    )
