"""``retold compare``."""

from __future__ import annotations

from typing import Any

import click

from retold.cli.options import (
    field_option,
    judge_option,
    output_options,
    processes_option,
    progress_bar,
    read_config,
    refuse,
    write,
)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@output_options
@field_option
@click.option(
    "--language",
    metavar="CODE",
    default="",
    help="Take every article as written in this language (en) instead of detecting it.",
)
@judge_option(
    "that decides which readings of a claim contradict each other, instead of their changes"
)
@processes_option
def command(
    paths: tuple[str, ...],
    quiet: bool,  # noqa: FBT001 - click passes options by name
    fields: tuple[str, ...],
    language: str,
    judge: str | None,
    processes: int | None,
    **outputs: Any,
) -> None:
    """Find the stories in a pile of articles and lay their versions side by side.

    PATHS are files or folders: .txt, .md, .html, .json, .jsonl, .csv, .tsv, .parquet, each also
    compressed with gzip or zstd.
    """
    import retold
    from retold.engine.local import cores

    config = retold.Config(read=read_config(fields, language))
    refuse(outputs)
    with progress_bar(quiet=quiet) as progress:
        dossier = retold.compare(
            paths, config, processes=processes or cores(), progress=progress, judge=judge
        )
    write(dossier, outputs, quiet=quiet)
