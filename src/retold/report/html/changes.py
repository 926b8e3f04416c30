"""The changes of a claim, a quotation or a figure, as they are told and marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from retold.labels import POSSIBLE
from retold.model import Change, Span
from retold.report.html.context import ChangeView, Context
from retold.report.html.naming import clip
from retold.report.html.wording import Mark

SHORT = 30
"""Characters up to which a reading may be marked as a whole: a figure, a name."""
CHANGES = 12
"""Changes told under one claim; the rest are counted and stand in the JSON."""
FEWER = 5
"""Changes told there in a crowd, where one change is often made by dozens."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one item."""

    told: list[ChangeView]
    unlisted: int
    """Changes beyond those told."""
    count: str
    """How many changes, in words; empty where there are none."""
    gist: str
    """The most telling of them in a few words."""


def distinct(changes: Iterable[Change]) -> list[Change]:
    """Return every change once: several items may share one."""
    return list({c.id: c for c in changes}.values())


def tell(context: Context, changes: tuple[Change, ...], item: str) -> Changes:
    """Tell the changes of the item whose anchor is ``item``: the sure and weighty ones first."""
    found = distinct(changes)
    ordered = sorted(found, key=lambda c: (c.probability < POSSIBLE, -c.salience, c.id))
    told = [context.change(c, item) for c in ordered[: FEWER if context.crowd else CHANGES]]
    gist = clip(told[0].explanation, 110) if told and told[0].level else ""
    return Changes(told, len(found) - len(told), _count(ordered), gist)


def _count(changes: list[Change]) -> str:
    """Say how many changes there are, those that are possible only apart."""
    sure = sum(c.probability >= POSSIBLE for c in changes)
    possible = len(changes) - sure
    parts = [f"{sure} change{'' if sure == 1 else 's'}"] if sure else []
    if possible:
        noun = "" if sure else " change" if possible == 1 else " changes"
        parts.append(f"{possible} possible{noun}")
    return ", ".join(parts)


def marks_of(context: Context, changes: tuple[Change, ...]) -> dict[str, list[Mark]]:
    """Return, by article, the words to mark for all changes of an item."""
    found: dict[str, list[Mark]] = {}
    for change in changes:
        for article, marks in context.marks(change).items():
            found.setdefault(article, []).extend(marks)
    return found


def inner(marks: list[Mark], span: Span) -> list[Mark]:
    """Drop marks over nearly all of a long reading: they say no more than its status does."""
    long = span.end - span.start > SHORT
    return [m for m in marks if not long or m.end - m.start < 0.9 * (span.end - span.start)]
