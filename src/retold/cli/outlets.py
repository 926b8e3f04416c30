"""``retold outlets``."""

from __future__ import annotations

from pathlib import Path

import click

from retold.cli.options import graph_option

SHOWN = 15
"""Rows told on the screen; the page and the graphs have more."""


@click.command()
@click.argument("found", metavar="DOSSIER|DIR", type=click.Path())
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write it as one self-contained HTML page.",
)
@graph_option("Write it as a graph")
def command(found: str, html: str | None, graph: tuple[str, ...]) -> None:
    """Show which outlets carry whose text, over many stories.

    DOSSIER is a file that `retold compare --json` wrote, DIR a folder that `retold scan --out`
    wrote. Of a dossier the stemmata say who took it from whom; of a scan only times do.
    """
    import retold
    from retold.report.outlets.page import build

    held = retold.load_scan(found) if Path(found).is_dir() else retold.load(found)
    page = build(retold.outlets(held, html=html, graph=graph))
    click.echo(page.summary)
    for row in page.rows[:SHOWN]:
        click.echo(
            f"{row.outlet} {row.verb} {row.source}: {row.articles} ({row.of_all} of its articles),"
            f" {row.lag}; {page.sure} {row.sure}"
        )
    left = len(page.rows) - SHOWN + page.unlisted
    if left > 0:
        click.echo(f"and {left} more")
    for path in (*([html] if html else []), *graph):
        click.echo(f"written: {path}")
