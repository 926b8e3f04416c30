"""What machines ask: styles and scripts, health, counts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from retold.web import render
from retold.web.api.status import holding, worker_of
from retold.web.beside import State
from retold.web.metrics import MEDIA, Metrics
from retold.web.visiting import TheDesk, missing

router = APIRouter(include_in_schema=False)

KEPT = "public, max-age=31536000, immutable"


@router.get("/static/{digest}/{name}")
def static(digest: str, name: str) -> Response:
    """Serve a style or script."""
    found = render.assets().get(name)
    if found is None or render.address(name) != f"/static/{digest}/{name}":
        raise missing("file")
    return Response(found[0], media_type=found[1], headers={"cache-control": KEPT})


@router.get("/healthz")
def health(desk: TheDesk) -> JSONResponse:
    """Say whether the desk's file answers."""
    desk.runs(limit=1)
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
def metrics(request: Request, desk: TheDesk) -> PlainTextResponse:
    """Show counts as Prometheus reads them."""
    counted: Metrics = request.app.state.metrics
    worker = worker_of(request)
    holds = holding(desk).counts()
    if worker.state is not State.ELSEWHERE:
        holds |= {"worker_up": worker.state is State.WORKING, "worker_ended": worker.ended}
    return PlainTextResponse(counted.text(holds), media_type=MEDIA)
