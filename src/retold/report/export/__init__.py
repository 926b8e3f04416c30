"""A dossier in the forms of other trades: spreadsheets, critical editions, fact-checks, graphs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from retold.model import Dossier
from retold.report.files import put


def export(
    dossier: Dossier,
    *,
    html: Path | None = None,
    json: Path | None = None,
    csv: Path | None = None,
    tei: Path | None = None,
    claimreview: Path | None = None,
    graph: Sequence[Path] = (),
) -> list[Path]:
    """Write each form that is asked for and return the files, in the order of the parameters.

    Each file is written whole or not at all. ``csv`` is a folder, made where it is missing; the
    endings of ``graph`` say how each is written. What cannot be drawn as its ending asks keeps
    nothing else from being written.
    """
    files: list[tuple[Path, str | bytes]] = []
    if html:
        from retold.report.html import render

        files.append((html, render(dossier)))
    if json:
        from retold.report.json import dumps

        files.append((json, dumps(dossier)))
    if csv:
        from retold.report.export.sheets import sheets

        files += [(csv / name, text) for name, text in sheets(dossier).items()]
    if tei:
        from retold.report.export.tei import edition

        files.append((tei, edition(dossier)))
    if claimreview:
        from retold.report.export.claimreview import reviews

        files.append((claimreview, reviews(dossier)))
    for path, content in files:
        put(path, content, folder=path.parent == csv)
    if graph:
        from retold.report.graph import write
        from retold.report.graph.stemma import stemma_graph

        drawn = stemma_graph(dossier)
        for path, content in [(path, write(drawn, path)) for path in graph]:
            put(path, content)
    return [*(path for path, _ in files), *graph]
