"""What the desk lists, as files for other programs: tables, and graphs of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import retold
from retold.desk import Desk
from retold.desk.export.forms import FORMS
from retold.desk.export.lists import LISTS, rows
from retold.desk.values import Moved
from retold.errors import UsageError
from retold.report.files import writing

__all__ = ["FORMS", "LISTS", "OUTLETS", "STORY", "export_list", "export_outlets", "export_story"]

STORY = {
    ".html": "html",
    ".json": "json",
    ".xml": "tei",
    "": "csv",
    ".dot": "graph",
    ".gv": "graph",
    ".nwk": "graph",
    ".graphml": "graph",
    ".gexf": "graph",
}
"""What :func:`retold.export` writes of a story, by the ending of the file; without one, a folder of
tables."""
OUTLETS = (".html", ".dot", ".gv", ".graphml", ".gexf", ".json")
"""How who carries whose text is written: as a page, as a graph."""


def export_list(desk: Desk, what: str, out: str | os.PathLike[str], **asked: Any) -> int:
    """Write a list to a file, whose ending says how; return how many rows it has.

    The file is written whole or not at all. The list is read page after page, and may be longer
    than the memory; what is added meanwhile may be missing.

    Args:
        desk: an open desk.
        what: one of :data:`LISTS`.
        out: the file; its ending is one of :data:`FORMS`.
        asked: what the list is asked by: its query or run, and what narrows and orders it.

    Raises:
        UsageError: there is no such list or form, or the list cannot be asked so.
        RetoldError: the file cannot be written.
    """
    target = Path(out)
    if what not in LISTS:
        raise UsageError(f"{what}: give one of {', '.join(LISTS)}")
    if target.suffix.lower() not in FORMS:
        raise UsageError(f"{target}: name a file that ends in {', '.join(FORMS)}")
    counted = _Counted(rows(desk, what, asked))
    with writing(target) as stream:
        FORMS[target.suffix.lower()](LISTS[what].kind, counted, stream)
    return counted.number


class _Counted:
    """What passes through is counted."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.items = items
        self.number = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self.items:
            self.number += 1
            yield item


def export_story(desk: Desk, number: int, out: str | os.PathLike[str]) -> list[Path]:
    """Write a story in the form that the ending of the file names; return what was written.

    Raises:
        UsageError: there is no such story or form, or its dossier was not made yet.
        RetoldError: a file cannot be written.
    """
    target = Path(out)
    form = STORY.get(target.suffix.lower())
    if form is None:
        endings = ", ".join(filter(None, STORY))
        raise UsageError(f"{target}: name a file that ends in {endings}, or a folder for tables")
    found = desk.story(number)
    if isinstance(found, Moved):
        number = found.to
    dossier = desk.dossier(number)
    if dossier is None:
        raise UsageError(
            f"story {number}: "
            + (
                "there is none"
                if found is None
                else "it has no dossier: `retold desk work` makes it"
            )
        )
    return retold.export(dossier, **{form: target})


def export_outlets(desk: Desk, out: str | os.PathLike[str]) -> None:
    """Write who carries whose text, as a page or as a graph; the ending of the file says how.

    Raises:
        UsageError: the ending is none of :data:`OUTLETS`.
        RetoldError: the file cannot be written.
    """
    from retold.report.files import put
    from retold.report.graph import write
    from retold.report.outlets.graph import outlet_graph
    from retold.report.outlets.page import render

    target = Path(out)
    if target.suffix.lower() not in OUTLETS:
        raise UsageError(f"{target}: name a file that ends in {', '.join(OUTLETS)}")
    carried = desk.outlet_graph()
    page = target.suffix.lower() == ".html"
    put(target, render(carried) if page else write(outlet_graph(carried), target))
