"""Has the desk seen this? Articles picked by hand, compared."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from retold.desk.values import Seen
from retold.model import Article
from retold.report.json import dumps
from retold.web.api.common import article_of
from retold.web.api.stories import DOSSIER
from retold.web.given import fetched, pasted
from retold.web.problems import Refused
from retold.web.visiting import TheDesk, in_turn, in_turn_to_fetch

router = APIRouter(prefix="/api/v1", tags=["seen"])


@dataclass(frozen=True, slots=True)
class Given:
    """An article that is handed in: its text, or an address from which it is fetched."""

    text: Annotated[str, Field(max_length=1_000_000)] = ""
    title: Annotated[str, Field(max_length=2_000)] = ""
    outlet: Annotated[str, Field(max_length=500)] = ""
    byline: Annotated[str, Field(max_length=500)] = ""
    url: Annotated[str, Field(max_length=4_000)] = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """Articles that are to be compared, by number or id."""

    articles: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)]


def handed(request: Request, given: Given) -> Article:
    """Return the article that was handed in.

    Raises:
        Refused: there is none.
    """
    if given.text.strip():
        return pasted(given.text, asdict(given))
    if given.url.strip():
        with in_turn_to_fetch(request):
            return fetched(request.app.state.web, given.url.strip())
    raise Refused("Give a text, or an address.")


@router.post("/seen")
def seen(request: Request, desk: TheDesk, given: Given) -> Seen:
    """Say what of the desk tells the same as a text, or holds passages of it; store nothing."""
    article = handed(request, given)
    with in_turn(request):
        return desk.seen(article)


@router.post("/compare", response_class=Response, responses=DOSSIER)
def compare(request: Request, desk: TheDesk, picked: Picked) -> Response:
    """Lay articles side by side that were picked by hand; store nothing."""
    ids = [article_of(desk, key).id for key in picked.articles]
    with in_turn(request):
        found = desk.compare(ids)
    return Response(dumps(found, indent=None), media_type="application/json")
