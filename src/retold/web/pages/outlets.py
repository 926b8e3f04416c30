"""Outlets: the list with the picture of all, one of them, and who carries whose text."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from retold.desk import Desk
from retold.desk.values import Page
from retold.report.outlets.page import CarriageView, build, case_view, view
from retold.report.outlets.values import Carriage
from retold.web.api.common import Cursor, Text
from retold.web.api.outlets import Name, outlet_of
from retold.web.guard.access import Visit
from retold.web.pages.articles import following
from retold.web.visiting import TheDesk, TheVisit, missing, page

router = APIRouter(include_in_schema=False)

PAIRS = 20
"""Pairs beside the picture, and those that it may draw."""
Row = tuple[Carriage, CarriageView]


def _rows(pairs: tuple[Carriage, ...]) -> list[Row]:
    """Return what a table tells, each row with what it tells of."""
    return [(pair, view(pair)) for pair in pairs]


def _more(found: Page[Carriage], outlet: str = "", source: str = "") -> str:
    return following("/outlets/carried", {"outlet": outlet, "source": source}, found.next)


@router.get("/outlets")
def outlets(desk: TheDesk, visit: TheVisit, cursor: Cursor = None) -> Response:
    """Show all."""
    found = desk.outlets(cursor)
    graph = desk.outlet_graph(PAIRS) if cursor is None else None  # it stands on the first page
    shown = replace(build(graph), undrawn=0) if graph else None  # the page itself says what is not
    return page(
        "outlets_page.html.j2",
        visit,
        "/outlets",
        found=found,
        page=shown,
        rows=_rows(graph.carried) if graph else [],
        following=following("/outlets", {}, found.next),
    )


@router.get("/outlet")
def outlet(desk: TheDesk, visit: TheVisit, name: Name) -> Response:
    """Show one."""
    row = outlet_of(desk, name)
    carries, carried = desk.carried(outlet=row.name), desk.carried(source=row.name)
    return page(
        "outlet.html.j2",
        visit,
        "/outlets",
        outlet=row,
        carries=_rows(carries.items),
        more_carries=_more(carries, outlet=row.name),
        carried=_rows(carried.items),
        more_carried=_more(carried, source=row.name),
    )


@router.get("/outlets/carried")
def carried(
    desk: TheDesk, visit: TheVisit, outlet: Text = "", source: Text = "", cursor: Cursor = None
) -> Response:
    """Show who carries whose text; of a pair, which articles do."""
    if outlet and source:
        return _pair(desk, visit, outlet, source, cursor)
    found = desk.carried(outlet, source, cursor)
    return page(
        "carried.html.j2",
        visit,
        "/outlets",
        outlet=outlet,
        source=source,
        rows=_rows(found.items),
        following=_more(found, outlet, source),
    )


def _pair(desk: Desk, visit: Visit, outlet: str, source: str, cursor: str | None) -> Response:
    pairs = desk.carried(outlet, source).items
    if not pairs:
        raise missing("pair of outlets")
    found = desk.cases(outlet, source, cursor)
    asked = {"outlet": outlet, "source": source}
    return page(
        "carried_pair.html.j2",
        visit,
        "/outlets",
        pair=pairs[0],
        row=view(pairs[0]),
        cases=[(taken, case_view(taken.case)) for taken in found.items],
        following=following("/outlets/carried", asked, found.next),
    )
