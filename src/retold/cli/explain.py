"""``retold explain``."""

from __future__ import annotations

import click


@click.command()
@click.argument("dossier", type=click.Path(dir_okay=False))
@click.argument("identifier", metavar="ID")
def command(dossier: str, identifier: str) -> None:
    """Show the evidence behind anything in a dossier.

    DOSSIER is a file that `retold compare --json` wrote; ID is the id of a match, merge, edge,
    claim, change, quotation, figure, story or article, or any beginning of it that fits only one.
    """
    import retold

    click.echo(retold.explain(retold.load(dossier), identifier), nl=False)
