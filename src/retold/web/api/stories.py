"""Stories: lists, one, its versions, its dossier."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from retold.desk import Desk
from retold.desk.values import ArticleRow, Moved, Page, RelatedRow, StoryRow
from retold.report.json import dumps, schema
from retold.web.api.common import Cursor, Limit, Moment, Number
from retold.web.visiting import TheDesk, missing

router = APIRouter(prefix="/api/v1/stories", tags=["stories"])

Order = Literal["new", "growing", "retold", "altered"]
MOVED: dict[int | str, dict[str, Any]] = {308: {"description": "It became part of another."}}
DOSSIER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The dossier; `/api/v1/stories/dossier.schema.json` describes it.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


@router.get("")
def stories(
    desk: TheDesk,
    order: Order = "new",
    since: Moment = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[StoryRow]:
    """List the stories that several versions tell."""
    return desk.stories(order, since, cursor, limit)


@router.get("/dossier.schema.json")
def dossier_schema() -> dict[str, Any]:
    """Give the JSON Schema of dossiers."""
    return schema()


@router.get("/{number}", response_model=StoryRow, responses=MOVED)
def story(desk: TheDesk, number: Number) -> StoryRow | Response:
    """Tell of one story."""
    return _there(desk, number)


@router.get("/{number}/articles", response_model=list[ArticleRow], responses=MOVED)
def versions(desk: TheDesk, number: Number) -> list[ArticleRow] | Response:
    """List the versions of a story."""
    story = _there(desk, number, "/articles")
    return story if isinstance(story, Response) else desk.versions(number)


@router.get("/{number}/related", response_model=list[RelatedRow], responses=MOVED)
def related(desk: TheDesk, number: Number) -> list[RelatedRow] | Response:
    """List the stories that a story is related to: what followed upon it, or one of its kind."""
    story = _there(desk, number, "/related")
    return story if isinstance(story, Response) else desk.related(number)


@router.get("/{number}/dossier", response_class=Response, responses={**DOSSIER, **MOVED})
def dossier(desk: TheDesk, number: Number) -> Response:
    """Give all that was found about a story."""
    story = _there(desk, number, "/dossier")
    if isinstance(story, Response):
        return story
    found = desk.dossier(number)
    if found is None:
        raise missing("dossier")
    return Response(dumps(found, indent=None), media_type="application/json")


def _there(desk: Desk, number: int, rest: str = "") -> StoryRow | Response:
    """Return a story, or the answer that leads to what it became part of.

    Raises:
        HTTPException: there never was one (404).
    """
    found = desk.story(number)
    if isinstance(found, Moved):
        return RedirectResponse(f"/api/v1/stories/{found.to}{rest}", 308)
    if found is None:
        raise missing("story")
    return found
