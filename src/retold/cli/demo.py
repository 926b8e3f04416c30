"""``retold demo``."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click

from retold.cli.options import output_options, progress_bar, refuse, write

PAGE = "retold-demo.html"
"""Where the page goes unless told otherwise: the current folder."""


@click.command()
@output_options
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
def command(
    quiet: bool,  # noqa: FBT001 - click passes options by name
    open_page: bool,  # noqa: FBT001
    **outputs: Any,
) -> None:
    """Compare the bundled example, a fictional story in fifteen versions.

    Writes the page to retold-demo.html in the current folder unless --html names another place.
    """
    import retold

    outputs["html"] = page = outputs["html"] or PAGE
    refuse(outputs)
    with progress_bar(quiet=quiet) as progress:
        dossier = retold.demo(progress=progress)
    write(dossier, outputs, quiet=quiet)
    address = Path(page).resolve().as_uri()
    click.echo(f"The page: {address}", err=outputs["json"] == "-")
    if open_page:
        webbrowser.open(address)
