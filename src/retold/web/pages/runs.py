"""Runs of adding and watching."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from retold.web.api.common import Cursor, Number
from retold.web.api.status import holding, worker_of
from retold.web.pages.articles import following
from retold.web.visiting import TheDesk, TheVisit, missing, page

router = APIRouter(include_in_schema=False)


@router.get("/runs")
def runs(request: Request, desk: TheDesk, visit: TheVisit, cursor: Cursor = None) -> Response:
    """Show the list."""
    found = desk.runs(cursor)
    more = following("/runs", {}, found.next)
    held, failed = holding(desk), desk.failed()
    return page(
        "runs.html.j2",
        visit,
        "/runs",
        found=found,
        held=held,
        failed=failed,
        worker=worker_of(request),
        following=more,
    )


@router.get("/runs/{number}")
def run(desk: TheDesk, visit: TheVisit, number: Number, cursor: Cursor = None) -> Response:
    """Show one, with what it left out."""
    row = desk.run(number)
    if row is None:
        raise missing("run")
    left = desk.rejected(number, cursor)
    more = following(f"/runs/{number}", {}, left.next)
    return page("run.html.j2", visit, "/runs", run=row, left=left, following=more)
