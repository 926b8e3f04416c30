"""``retold schema``."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of a dossier."""
    from retold.report.json import schema_text

    click.echo(schema_text(), nl=False)
