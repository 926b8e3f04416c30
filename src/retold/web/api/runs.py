"""Runs of adding and watching, and what they left out."""

from __future__ import annotations

from fastapi import APIRouter

from retold.desk.values import Page, RunRow
from retold.model import Rejected
from retold.web.api.common import Cursor, Limit, Number
from retold.web.visiting import TheDesk, missing

router = APIRouter(prefix="/api/v1/runs", tags=["runs"])


@router.get("")
def runs(desk: TheDesk, cursor: Cursor = None, limit: Limit = 50) -> Page[RunRow]:
    """List runs, the last begun first."""
    return desk.runs(cursor, limit)


@router.get("/{number}")
def run(desk: TheDesk, number: Number) -> RunRow:
    """Tell of one run."""
    found = desk.run(number)
    if found is None:
        raise missing("run")
    return found


@router.get("/{number}/rejected")
def rejected(
    desk: TheDesk, number: Number, cursor: Cursor = None, limit: Limit = 50
) -> Page[Rejected]:
    """List what a run left out, and why."""
    return desk.rejected(run(desk, number).number, cursor, limit)
