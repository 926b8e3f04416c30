"""Outlets: whose text they carry, and who carries theirs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from retold.desk import Desk
from retold.desk.values import OutletRow, Page
from retold.report.outlets.gather import Taken
from retold.report.outlets.values import Carriage, Outlets
from retold.web.api.common import Cursor, Limit, Text
from retold.web.visiting import TheDesk, missing

router = APIRouter(prefix="/api/v1", tags=["outlets"])

Name = Annotated[str, Query(min_length=1, max_length=500, description="The name of the outlet.")]


def outlet_of(desk: Desk, name: str) -> OutletRow:
    """Return the outlet of a name.

    Raises:
        HTTPException: there is none (404).
    """
    found = desk.outlet(name)
    if found is None:
        raise missing("outlet")
    return found


@router.get("/outlets")
def outlets(desk: TheDesk, cursor: Cursor = None, limit: Limit = 50) -> Page[OutletRow]:
    """List outlets, those with most articles first."""
    return desk.outlets(cursor, limit)


@router.get("/outlets/graph")
def graph(desk: TheDesk, limit: Limit = 50) -> Outlets:
    """Tell which outlets carry text of others, and the pairs with most articles.

    All pairs stand in `/outlets/carried`, or whole in `/export/outlets-carried`.
    """
    return desk.outlet_graph(limit)


@router.get("/outlets/carried")
def carried(
    desk: TheDesk, outlet: Text = "", source: Text = "", cursor: Cursor = None, limit: Limit = 50
) -> Page[Carriage]:
    """List who carries whose text, most articles first: of all, of an outlet, of a source.

    The articles are counted; `/outlets/cases` names them.
    """
    return desk.carried(outlet, source, cursor, limit)


@router.get("/outlets/cases")
def cases(
    desk: TheDesk, outlet: Name, source: Name, cursor: Cursor = None, limit: Limit = 50
) -> Page[Taken]:
    """List the articles of one outlet that have text of another, the surest first."""
    return desk.cases(outlet, source, cursor, limit)


@router.get("/outlet")
def outlet(desk: TheDesk, name: Name) -> OutletRow:
    """Tell of one outlet."""
    return outlet_of(desk, name)
