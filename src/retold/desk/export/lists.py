"""What the desk lists, as streams of values: page after page, so that no list is held whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from retold.desk import Desk
from retold.desk.paging import MOST
from retold.desk.values import (
    ArticleFilter,
    ArticleRow,
    DecisionRow,
    FeedRow,
    Hit,
    OutletRow,
    Page,
    RunRow,
    SearchFilter,
    StoryRow,
)
from retold.errors import UsageError
from retold.model import Rejected

Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ArticleText(ArticleRow):
    """An article as it is listed, with its whole text."""

    text: str


@dataclass(frozen=True, slots=True)
class Version(ArticleRow):
    """An article as it is listed, with the number of the story that it tells."""

    story: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: what its items are, what it must and may be asked by, and how a page is asked for."""

    kind: type
    page: Callable[[Desk, dict[str, Any], str | None], Page[Any]]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


def _articles(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    return desk.articles(ArticleFilter(**asked), cursor, MOST)


def _texts(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    found = _articles(desk, asked, cursor)
    held = desk.values(row.id for row in found.items)
    told = (
        ArticleText(**_fields(row), text=held[row.id].text) for row in found.items if row.id in held
    )
    return Page(tuple(told), found.next)


def _fields(row: ArticleRow) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(ArticleRow)}


def _hits(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    query, kind = asked.pop("query"), asked.pop("kind", "text")
    return desk.search(query, kind, SearchFilter(**asked), cursor, MOST)


def _stories(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    return desk.stories(cursor=cursor, limit=MOST, **asked)


def _versions(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    found = _stories(desk, asked, cursor)
    told = (
        Version(**_fields(row), story=story.number)
        for story in found.items
        for row in desk.versions(story.number)
    )
    return Page(tuple(told), found.next)


def _outlets(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    return desk.outlets(cursor, MOST, **asked)


def _feeds(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    return desk.feeds(cursor, MOST, **asked)


def _decisions(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    return desk.decisions(None, cursor, MOST, **asked)


def _runs(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    return desk.runs(cursor, MOST, **asked)


def _rejected(desk: Desk, asked: dict[str, Any], cursor: str | None) -> Page[Any]:
    return desk.rejected(asked["run"], cursor, MOST)


_NARROWED = ("outlet", "language", "since", "until", "standing", "order")
LISTS = {
    "articles": Listing(ArticleRow, _articles, takes=(*_NARROWED, "run")),
    "texts": Listing(ArticleText, _texts, takes=(*_NARROWED, "run")),
    "hits": Listing(Hit, _hits, needs=("query",), takes=(*_NARROWED, "kind")),
    "stories": Listing(StoryRow, _stories, takes=("since", "order")),
    "versions": Listing(Version, _versions, takes=("since", "order")),
    "outlets": Listing(OutletRow, _outlets),
    "feeds": Listing(FeedRow, _feeds),
    "decisions": Listing(DecisionRow, _decisions),
    "runs": Listing(RunRow, _runs),
    "rejected": Listing(Rejected, _rejected, needs=("run",)),
}
"""What can be written, by name. ``texts`` are articles with their texts; ``versions`` are those of
the stories that several tell, a row each."""


def rows(desk: Desk, what: str, asked: Asked) -> Iterator[Any]:
    """Yield all items of a list, in its order; each page of it is one state of the desk.

    Raises:
        UsageError: it cannot be asked by what was given, or needs what was not.
    """
    wanted = LISTS[what]
    for name in wanted.needs:
        if name not in asked:
            raise UsageError(f"{what}: give the {name} too")
    for name in asked:
        if name not in (*wanted.needs, *wanted.takes):
            raise UsageError(f"{what}: cannot be narrowed by {name}")
    return _paged(desk, wanted, asked)


def _paged(desk: Desk, wanted: Listing, asked: Asked) -> Iterator[Any]:
    page = wanted.page(desk, dict(asked), None)
    yield from page.items
    while page.next is not None:
        page = wanted.page(desk, dict(asked), page.next)
        yield from page.items
