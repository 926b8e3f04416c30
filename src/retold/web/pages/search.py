"""Search."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from retold.desk import finding
from retold.desk.values import Hit, SearchFilter
from retold.web.api.common import Cursor
from retold.web.api.search import Kind
from retold.web.pages.articles import following
from retold.web.pages.snippets import Piece, pieces
from retold.web.visiting import TheDesk, TheVisit, page

router = APIRouter(include_in_schema=False)

KINDS = (
    ("text", "titles and texts"),
    ("quotation", "quotations"),
    ("figure", "figures"),
    ("name", "names"),
)


def told(hit: Hit) -> tuple[Hit, list[Piece], list[Piece]]:
    """Return a hit with the words of its title and its excerpt, the finds marked."""
    spans = ((s.start, s.end) for s in hit.spans)
    return (
        hit,
        pieces(hit.article.title, hit.title_spans),
        pieces(hit.text, spans, hit.excerpt.start),
    )


@router.get("/search")
def search(
    desk: TheDesk,
    visit: TheVisit,
    q: Annotated[str, Query(max_length=2000)] = "",
    kind: Kind = "text",
    order: Literal["best", "published"] = "best",
    cursor: Cursor = None,
) -> Response:
    """Show what has the words that are asked for."""
    found = desk.search(q, kind, SearchFilter(order=order), cursor)
    return page(
        "search.html.j2",
        visit,
        asked=q,
        kind=kind,
        kinds=KINDS,
        order=order,
        total=found.total,
        most=finding.MOST,
        hits=[told(hit) for hit in found.items],
        following=following("/search", {"q": q, "kind": kind, "order": order}, found.next),
    )
