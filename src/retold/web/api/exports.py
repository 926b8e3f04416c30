"""What the desk lists, as files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from retold.desk.export import export_list, export_outlets, export_story
from retold.web.api.common import Moment, Number, Text
from retold.web.api.search import Kind
from retold.web.api.stories import story
from retold.web.visiting import TheDesk, in_turn

router = APIRouter(prefix="/api/v1/export", tags=["export"])

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "dot": "text/vnd.graphviz",
    "nwk": "text/x-newick",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "xml": "application/tei+xml",
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {kind.partition(";")[0]: {"schema": {}} for kind in MEDIA.values()},
    }
}


def _file(request: Request, name: str, form: str, write: Callable[[Path], object]) -> Response:
    """Return what is written to a file, for the browser to keep; it is sent piece by piece."""
    folder = TemporaryDirectory()
    path = Path(folder.name) / f"{name}.{form}"
    try:
        with in_turn(request):
            write(path)
    except BaseException:
        folder.cleanup()
        raise
    gone = BackgroundTask(folder.cleanup)
    return FileResponse(path, media_type=MEDIA[form], filename=path.name, background=gone)


@router.get("/outlets-carried", response_class=Response, responses=FILE)
def carried(
    request: Request, desk: TheDesk, form: Literal["dot", "graphml", "gexf"] = "gexf"
) -> Response:
    """Give who carries whose text as a graph."""
    return _file(request, "outlets-carried", form, lambda path: export_outlets(desk, path))


@router.get("/stories/{number}", response_class=Response, responses=FILE)
def one_story(
    request: Request,
    desk: TheDesk,
    number: Number,
    form: Literal["dot", "nwk", "graphml", "gexf", "xml"] = "gexf",
) -> Response:
    """Give a story: who took it from whom as a graph, or its apparatus as TEI (`xml`)."""
    story(desk, number)
    name = f"story-{number}"
    return _file(request, name, form, lambda path: export_story(desk, number, path))


@router.get("/{what}", response_class=Response, responses=FILE)
def listed(
    request: Request,
    desk: TheDesk,
    what: Literal[
        "articles",
        "texts",
        "hits",
        "stories",
        "versions",
        "outlets",
        "feeds",
        "decisions",
        "runs",
        "rejected",
    ],
    form: Annotated[Literal["csv", "jsonl", "parquet"], Query()] = "csv",
    q: Annotated[str, Query(max_length=2000, description="What hits are of; see search.")] = "",
    kind: Annotated[Kind | None, Query(description="Of hits: what is searched.")] = None,
    outlet: Text = "",
    language: Text = "",
    since: Moment = None,
    until: Moment = None,
    standing: bool = False,  # noqa: FBT001, FBT002
    run: Annotated[int | None, Query(ge=1, lt=2**63, description="What rejected needs.")] = None,
    order: Annotated[str, Query(max_length=20, description="As the list itself has it.")] = "",
) -> Response:
    """Give a list whole, narrowed as the list itself can be.

    `texts` are articles with their texts, `hits` what a search finds, `versions` the articles of
    stories; `rejected` is what a run left out.
    """
    given: dict[str, Any] = {
        "query": q,
        "kind": kind,
        "outlet": outlet,
        "language": language,
        "since": since,
        "until": until,
        "standing": standing,
        "run": run,
        "order": order,
    }
    asked = {name: value for name, value in given.items() if value}
    return _file(request, what, form, lambda path: export_list(desk, what, path, **asked))
