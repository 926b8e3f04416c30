"""Search over texts."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from retold.desk.values import Hit, Page, SearchFilter
from retold.web.api.common import Cursor, Limit, Moment, Text
from retold.web.visiting import TheDesk

router = APIRouter(prefix="/api/v1/search", tags=["search"])

Kind = Literal["text", "quotation", "figure", "name"]


@router.get("")
def search(
    desk: TheDesk,
    q: Annotated[str, Query(max_length=2000, description='Words, `"phrases"`, `begin*`, `-not`.')],
    kind: Kind = "text",
    outlet: Text = "",
    language: Text = "",
    since: Moment = None,
    until: Moment = None,
    standing: bool = False,  # noqa: FBT001, FBT002
    order: Literal["best", "published"] = "best",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[Hit]:
    """Find articles, or the quotations, figures and names in them, and where they stand."""
    wanted = SearchFilter(outlet, language, since, until, standing, order)
    return desk.search(q, kind, wanted, cursor, limit)
