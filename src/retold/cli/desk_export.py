"""``retold desk export``: what a desk lists, as files for other programs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from retold.cli.options import desk_option

_MOMENT = click.DateTime(("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"))


@click.command()
@click.argument("what", metavar="WHAT")
@click.argument("about", metavar="[QUERY|NUMBER]", nargs=-1)
@click.option(
    "--out",
    metavar="FILE",
    required=True,
    type=click.Path(),
    help="Write to this file; its ending says how.",
)
@click.option("--outlet", metavar="NAME", help="Of this outlet.")
@click.option("--language", metavar="CODE", help="Of this language: en, say.")
@click.option("--since", metavar="TIME", type=_MOMENT, help="Published since this time, in UTC.")
@click.option("--until", metavar="TIME", type=_MOMENT, help="Published before this time, in UTC.")
@click.option(
    "--standing", is_flag=True, default=None, help="Without texts that a later one stands for."
)
@click.option("--run", type=int, help="Brought by the run of this number.")
@click.option(
    "--kind",
    type=click.Choice(("text", "quotation", "figure", "name")),
    help="Of hits: what is searched.",
)
@click.option("--order", metavar="ORDER", help="As the command or page that lists it has it.")
@desk_option
def command(desk: str, what: str, about: tuple[str, ...], out: str, **given: Any) -> None:
    """Write what a desk lists to a file.

    WHAT is articles (without their texts), texts (articles with their texts), hits QUERY (what a
    search finds), stories, versions (the articles of these stories), outlets, feeds, decisions,
    runs, or rejected NUMBER (what the run of this number left out, and why). A list is written as a
    table (.csv), as objects, one a line (.jsonl), or as Parquet (.parquet).

    Outlets can also be written as a graph of who carries whose text (.graphml, .gexf, .dot, .json)
    or as a page (.html); story NUMBER as a page (.html), as its dossier (.json), as TEI (.xml), as
    its stemma (.graphml, .gexf, .dot, .nwk), or as tables in a folder (a name without an ending).
    """
    from retold.desk import Desk
    from retold.desk.export import OUTLETS, export_list, export_outlets, export_story

    asked = {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for name, value in given.items()
        if value is not None
    }
    asked |= _about(what, about)
    with Desk.open(desk, create=False) as opened:
        if what == "story":
            for path in export_story(opened, _alone(asked, "number"), out):
                click.echo(f"written: {path}")
            return
        if what == "outlets" and Path(out).suffix.lower() in OUTLETS:
            _alone(asked)
            export_outlets(opened, out)
            click.echo(f"written: {out}")
            return
        number = export_list(opened, what, out, **asked)
    click.echo(f"written: {out}, {number:,} {'row' if number == 1 else 'rows'}")


def _about(what: str, given: tuple[str, ...]) -> dict[str, Any]:
    """Return what stands after the name of a list."""
    if not given:
        return {}
    if what == "hits":
        return {"query": " ".join(given)}
    if len(given) > 1 or not given[0].isdecimal():
        raise click.UsageError(f"{what} {' '.join(given)}: give one number")
    return {"number" if what == "story" else "run": int(given[0])}


def _alone(asked: dict[str, Any], needed: str | None = None) -> Any:
    """Return what is needed; refuse what cannot narrow it."""
    for name in asked:
        if name != needed:
            raise click.UsageError(f"what is written so cannot be narrowed by {name}")
    if needed is not None and needed not in asked:
        raise click.UsageError(f"give the {needed} too")
    return asked.get(needed or "")
