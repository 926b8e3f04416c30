"""What editors decided: lists, deciding, undoing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from retold.desk import Desk
from retold.desk.values import Decision, DecisionRow, Page
from retold.web.api.common import Cursor, Limit, Number, article_of
from retold.web.guard.access import Visit
from retold.web.visiting import TheDesk, TheVisit, missing

router = APIRouter(prefix="/api/v1/decisions", tags=["decisions"])

Name = Annotated[str, Field(max_length=100)]
Note = Annotated[str, Field(max_length=10_000)]
Story = Annotated[int, Field(ge=1, lt=2**63)]


@dataclass(frozen=True, slots=True)
class Merge:
    """Stories that are one."""

    stories: Annotated[list[Story], Field(min_length=2, max_length=100)]
    note: Note = ""


@dataclass(frozen=True, slots=True)
class Split:
    """Articles, by number or id, that are no part of a story."""

    story: Story
    articles: Annotated[list[Name], Field(min_length=1, max_length=1_000)]
    note: Note = ""


def who(visit: Visit) -> str:
    """Return who decides."""
    assert visit.person is not None
    return visit.person.name


@router.get("")
def decisions(
    desk: TheDesk,
    article: Annotated[str, Query(max_length=100)] = "",
    story: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[DecisionRow]:
    """List decisions and notes, the last made first, undone ones among them."""
    return desk.decisions(article_of(desk, article).id if article else story, cursor, limit)


@router.post("", status_code=201)
def decide(desk: TheDesk, visit: TheVisit, decision: Decision) -> DecisionRow:
    """Decide. Articles may be given by number; the stories that it touches are told anew."""
    named = replace(
        decision,
        articles=tuple(_named(desk, key) for key in decision.articles),
        others=tuple(_named(desk, key) for key in decision.others),
        spans=tuple(replace(s, article=_named(desk, s.article)) for s in decision.spans),
    )
    return desk.decide(named, who(visit))


@router.post("/merge", status_code=201)
def merge(desk: TheDesk, visit: TheVisit, given: Merge) -> DecisionRow:
    """Decide that stories are one."""
    return desk.merge(given.stories, who(visit), given.note)


@router.post("/split", status_code=201)
def split(desk: TheDesk, visit: TheVisit, given: Split) -> DecisionRow:
    """Decide that articles do not tell the story that they are in."""
    ids = [_named(desk, key) for key in given.articles]
    return desk.split(ids, given.story, who(visit), given.note)


@router.get("/{number}")
def decision(desk: TheDesk, number: Number) -> DecisionRow:
    """Tell of one decision."""
    found = desk.decision(number)
    if found is None:
        raise missing("decision")
    return found


@router.post("/{number}/undo")
def undo(desk: TheDesk, visit: TheVisit, number: Number) -> DecisionRow:
    """Let a decision stand no more; it stays in the list."""
    return desk.undo(decision(desk, number).number, who(visit))


def _named(desk: Desk, key: str) -> str:
    return article_of(desk, key).id
