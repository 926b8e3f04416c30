"""Feeds that are watched, and sites that share rare marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from retold.desk import Desk
from retold.desk.feeding import look
from retold.desk.values import FeedRow, Page
from retold.errors import InputError
from retold.fetch.kinship import Shared
from retold.web.api.common import Cursor, Limit, Number
from retold.web.problems import Refused
from retold.web.visiting import TheDesk, in_turn_to_fetch, missing

router = APIRouter(prefix="/api/v1", tags=["feeds"])

OPML = "text/x-opml"
XML: dict[int | str, dict[str, Any]] = {
    200: {"description": "The feeds.", "content": {OPML: {"schema": {"type": "string"}}}}
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed that is to be watched."""

    url: Annotated[str, Field(max_length=4_000, description="Of a feed, or a page that names one.")]
    outlet: Annotated[str, Field(max_length=500)] = ""
    """What its articles are of, where they do not say."""
    every: bool = False
    """Whether all feeds are watched, where a page names several."""


@dataclass(frozen=True, slots=True)
class Opml:
    """A list of feeds that are to be watched."""

    opml: Annotated[str, Field(max_length=2_000_000)]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list of feeds."""

    new: int
    known: int
    left_out: int
    """Entries without an address of the web."""


def watched(request: Request, desk: Desk, wanted: Wanted) -> list[FeedRow]:
    """Watch what is found at an address; return the feeds.

    Raises:
        Refused: it cannot be read, or names none, or several of which one is to be given.
    """
    try:
        with in_turn_to_fetch(request):
            found = look(request.app.state.web, wanted.url.strip())
    except InputError as error:
        raise Refused(str(error)) from None
    if len(found) > 1 and not wanted.every:
        named = ", ".join(link.url for link in found[:10])
        raise Refused(f"This page names several feeds; give one of them, or ask for all: {named}")
    numbers = [desk.add_feed(x.url, title=x.title, outlet=wanted.outlet)[0] for x in found]
    return [row for row in map(desk.feed, numbers) if row]


def imported(desk: Desk, opml: str) -> Imported:
    """Watch all feeds of a list.

    Raises:
        Refused: it is no OPML.
    """
    try:
        return Imported(*desk.import_feeds(opml.encode("utf-8", "surrogatepass")))
    except InputError as error:
        raise Refused(str(error)) from None


@router.get("/feeds")
def feeds(desk: TheDesk, cursor: Cursor = None, limit: Limit = 50) -> Page[FeedRow]:
    """List the feeds that are watched, with how they fare."""
    return desk.feeds(cursor, limit)


@router.post("/feeds", status_code=201)
def add(request: Request, desk: TheDesk, wanted: Wanted) -> list[FeedRow]:
    """Watch a feed, or the one that a page names; it is asked when `retold watch` runs."""
    return watched(request, desk, wanted)


@router.get("/feeds.opml", response_class=Response, responses=XML)
def opml(desk: TheDesk) -> Response:
    """Give the feeds as an OPML file."""
    return Response(desk.export_feeds(), media_type=OPML)


@router.post("/feeds/opml", status_code=201)
def add_list(desk: TheDesk, given: Opml) -> Imported:
    """Watch all feeds of an OPML file."""
    return imported(desk, given.opml)


@router.get("/feeds/{number}")
def feed(desk: TheDesk, number: Number) -> FeedRow:
    """Tell of one feed."""
    found = desk.feed(number)
    if found is None:
        raise missing("feed")
    return found


@router.delete("/feeds/{number}")
def remove(desk: TheDesk, number: Number) -> FeedRow:
    """Watch a feed no more; its articles stay."""
    return desk.remove_feed(feed(desk, number).number)


@router.get("/sites/kin")
def kin(desk: TheDesk) -> list[Shared]:
    """List the rare marks that several sites share: evidence of kinship, never proof."""
    return desk.kin_sites()
