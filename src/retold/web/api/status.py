"""How much the desk holds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from fastapi import APIRouter, Request

from retold.desk import Desk
from retold.desk.values import Failed
from retold.web.beside import Beside, State, Worker
from retold.web.visiting import TheDesk

router = APIRouter(prefix="/api/v1/status", tags=["status"])


@dataclass(frozen=True, slots=True)
class Holding:
    """How much the desk holds; where its file lies is nobody's business."""

    articles: int
    revised: int
    """Articles that a later text stands for."""
    waiting: int
    """Articles that wait to be placed in a story."""
    dossiers: int
    """Stories whose dossier lags behind their versions."""
    failed: int
    """Of these, such as could not be made so far, and are left for some hours."""
    outlets: int
    runs: int
    bytes: int
    earliest: datetime | None
    """The first time of publication (else of fetching, else of storing)."""
    latest: datetime | None
    arrived: datetime | None
    """When the last article was stored."""

    def counts(self) -> dict[str, int]:
        """Return what is a number."""
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in held.items() if isinstance(value, int)}


def holding(desk: Desk) -> Holding:
    """Return how much a desk holds."""
    found, waiting = desk.status(), desk.waiting()
    lags = ("dossiers", "failed")
    own = {f.name: getattr(found, f.name) for f in fields(Holding) if f.name not in lags}
    return Holding(dossiers=waiting.dossiers, failed=waiting.failed, **own)


@router.get("")
def status(desk: TheDesk) -> Holding:
    """Count what the desk holds."""
    return holding(desk)


@router.get("/failed")
def failed(desk: TheDesk) -> list[Failed]:
    """List the stories of which no dossier could be made so far, and why."""
    return desk.failed()


def worker_of(request: Request) -> Worker:
    """Return how the process fares that works beside the serving."""
    beside: Beside | None = request.app.state.beside
    return Worker(State.ELSEWHERE) if beside is None else beside.worker


@router.get("/worker")
def worker(request: Request) -> Worker:
    """Say how the process fares that places articles and tells stories."""
    return worker_of(request)
