"""Articles: the list, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BeforeValidator

from retold.desk.values import ArticleFilter
from retold.web.api.articles import home
from retold.web.api.common import Cursor, Key, Text, article_of
from retold.web.visiting import TheDesk, TheVisit, missing, page

router = APIRouter(include_in_schema=False)


Day = Annotated[datetime | None, BeforeValidator(lambda given: given or None)]
"""A day of a form, which sends one that was not chosen as nothing."""


@router.get("/articles")
def articles(
    desk: TheDesk,
    visit: TheVisit,
    outlet: Text = "",
    language: Text = "",
    since: Day = None,
    until: Day = None,
    run: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    standing: bool = False,  # noqa: FBT001, FBT002
    order: Literal["published", "arrived"] = "published",
    cursor: Cursor = None,
) -> Response:
    """Show the list."""
    wanted = ArticleFilter(outlet, language, since, until, run, standing, order)
    found = desk.articles(wanted, cursor)
    narrowed = {
        "outlet": outlet,
        "language": language,
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
        "run": run,
        "standing": "true" if standing else "",
    }
    asked = {name: value for name, value in narrowed.items() if value}
    return page(
        "articles.html.j2",
        visit,
        "/articles",
        found=found,
        wanted=wanted,
        more="".join(f"&{urlencode({name: value})}" for name, value in asked.items()),
        following=following("/articles", {**asked, "order": order}, found.next),
    )


def following(path: str, asked: Mapping[str, object], cursor: str | None) -> str:
    """Return the address of the next part of a list; empty at its end."""
    if cursor is None:
        return ""
    return f"{path}?" + urlencode({k: v for k, v in asked.items() if v} | {"cursor": cursor})


@router.get("/articles/{key}")
def article(desk: TheDesk, visit: TheVisit, key: Key) -> Response:
    """Show one."""
    row = article_of(desk, key)
    value = desk.value(row.id)
    if value is None:
        raise missing("article")
    return page(
        "article.html.j2",
        visit,
        "/articles",
        row=row,
        value=value,
        story=home(desk, row),
        paragraphs=[line for line in value.text.split("\n") if line.strip()],
        revisions=[r for r in desk.revisions(row.id) if r.id != row.id],
    )
