"""Articles: lists, one, its text, its revisions; adding."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from retold.desk import Desk
from retold.desk.values import Added, ArticleFilter, ArticleRow, Page, StoryRow
from retold.model import Article
from retold.web.api.common import Cursor, Key, Limit, Moment, Text, article_of
from retold.web.api.seen import Given, handed
from retold.web.visiting import TheDesk, missing

router = APIRouter(prefix="/api/v1/articles", tags=["articles"])


@router.get("")
def articles(
    desk: TheDesk,
    outlet: Text = "",
    language: Text = "",
    since: Moment = None,
    until: Moment = None,
    run: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    standing: bool = False,  # noqa: FBT001, FBT002
    order: Literal["published", "arrived"] = "published",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ArticleRow]:
    """List articles, the latest first."""
    wanted = ArticleFilter(outlet, language, since, until, run, standing, order)
    return desk.articles(wanted, cursor, limit)


@router.post("", status_code=201)
def add(request: Request, desk: TheDesk, given: Given) -> Added:
    """Store an article; it is placed in its story soon afterwards."""
    return desk.add([handed(request, given)], "handed in")


@router.get("/{key}")
def article(desk: TheDesk, key: Key) -> ArticleRow:
    """Tell of one article."""
    return article_of(desk, key)


@router.get("/{key}/value")
def value(desk: TheDesk, key: Key) -> Article:
    """Give one article whole, with its text."""
    found = desk.value(article_of(desk, key).id)
    if found is None:
        raise missing("article")
    return found


def home(desk: Desk, row: ArticleRow) -> StoryRow | None:
    """Return the story that an article is in; None where it waits for one."""
    number = desk.story_of(row.id)
    found = None if number is None else desk.story(number)
    return found if isinstance(found, StoryRow) else None


@router.get("/{key}/story")
def story(desk: TheDesk, key: Key) -> StoryRow:
    """Tell of the story that the article is in; 404 where it waits for one."""
    found = home(desk, article_of(desk, key))
    if found is None:
        raise missing("story")
    return found


@router.get("/{key}/revisions")
def revisions(desk: TheDesk, key: Key) -> list[ArticleRow]:
    """List the texts of the article's address: the one that stands for the others first."""
    return desk.revisions(article_of(desk, key).id)
