"""``retold export``."""

from __future__ import annotations

from typing import Any

import click

from retold.cli.options import export_options
from retold.errors import UsageError


@click.command()
@click.argument("dossier", type=click.Path())
@export_options
def command(dossier: str, **outputs: Any) -> None:
    """Write a dossier in other forms: a page, tables, TEI, drafts, graphs.

    DOSSIER is a file that `retold compare --json` wrote. `retold compare` has the same options:
    this command writes again, without comparing again, what it would have written.
    """
    import retold

    wanted = {form: path for form, path in outputs.items() if path}
    if not wanted:
        names = ", ".join(f"--{form}" for form in outputs)
        raise UsageError(f"say what to write: {names}")
    for path in retold.export(retold.load(dossier), **wanted):
        click.echo(f"written: {path}")
