"""Who carries whose text, over many stories or a whole scan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from retold.model import Dossier
from retold.report.files import put
from retold.report.graph import write
from retold.report.outlets.gather import of_dossier, of_scan
from retold.report.outlets.graph import outlet_graph
from retold.report.outlets.page import render
from retold.report.outlets.values import Outlets

if TYPE_CHECKING:
    from retold.corpus.results import Scan


def outlets(found: Dossier | Scan, html: Path | None, graph: Sequence[Path]) -> Outlets:
    """Gather who carries whose text, and write the page and the graphs that are asked for."""
    made = of_dossier(found) if isinstance(found, Dossier) else of_scan(found)
    drawn = outlet_graph(made)
    files: list[tuple[Path, str | bytes]] = [(path, write(drawn, path)) for path in graph]
    if html:
        files.insert(0, (html, render(made)))
    for path, content in files:
        put(path, content)
    return made
