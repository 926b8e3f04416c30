"""``retold explain``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("found", metavar="DOSSIER|DIR", type=click.Path())
@click.argument("identifier", metavar="ID")
def command(found: str, identifier: str) -> None:
    """Show the evidence behind anything in a dossier or a scan.

    DOSSIER is a file that `retold compare --json` wrote; ID is the id of a match, merge, edge,
    claim, change, quotation, figure, story or article, or any beginning of it that fits only one.

    DIR is a folder that `retold scan --out` wrote; ID is the id of an article, match, group or
    passage, or any beginning of it that fits only one, or `outlet:OUTLET / OTHER` for what one
    outlet carries of another, or `outlet:OUTLET` for all that it carries.
    """
    import retold

    held = retold.load_scan(found) if Path(found).is_dir() else retold.load(found)
    click.echo(retold.explain(held, identifier), nl=False)
