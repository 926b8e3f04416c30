"""``retold scan``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from retold.cli.options import field_option, progress_bar, read_config, refuse


@click.command()
@click.argument("corpus", nargs=-1, required=True, type=click.Path())
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False),
    help="Write the tables to this folder: articles, matches, groups, passages, outlets, rejected"
    " and run, as Parquet. What stands behind any row: `retold explain DIR ID`.",
)
@click.option(
    "--index",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Keep the sketches in this folder. Later scans add articles to it, with the same result"
    " as all at once, and `retold find` asks it.",
)
@click.option(
    "--keep",
    metavar="POLICY",
    type=click.Choice(("earliest", "longest", "central")),
    help="Write the corpus without its copies to kept.parquet, and every article left out with the"
    " reason to left_out.parquet. Of each group is kept: earliest, the first by time of"
    " publication; longest, the one with most words; central, the one with most verified matches.",
)
@click.option(
    "--rewrites",
    is_flag=True,
    help="Look for articles that tell the same in other words, too, by the rare words, names and"
    " figures that they share: pairs with a probability and the terms that tell, in"
    " rewrites.parquet.",
)
@click.option(
    "--stories",
    is_flag=True,
    help="Group the articles into stories, too: those that tell one event, also in other words,"
    " within days of each other. Who belongs to which story, why, and which stories are related"
    " stands in stories.parquet, merges.parquet and related.parquet. For English.",
)
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write what was found as one self-contained HTML page.",
)
@field_option
@click.option(
    "--processes",
    type=click.IntRange(1),
    help="Cores that are used, at most; all there are unless given. The result is the same for any"
    " number.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    show_default=True,
    help="Spread the scan over a cluster of Spark, with the same result. CORPUS and --out may then"
    " be any address that Spark reads and writes; tables are folders of Parquet files.",
)
@click.option(
    "--master",
    metavar="URL",
    help="Where Spark runs: spark://host:7077, yarn, k8s://..., local[4]. As it is configured"
    " unless given, and on this machine where it is not.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def command(
    corpus: tuple[str, ...],
    out: str,
    index: str | None,
    keep: str | None,
    rewrites: bool,  # noqa: FBT001 - click passes options by name
    stories: bool,  # noqa: FBT001 - click passes options by name
    html: str | None,
    fields: tuple[str, ...],
    processes: int | None,
    engine: Literal["local", "spark"],
    master: str | None,
    quiet: bool,  # noqa: FBT001 - click passes options by name
) -> None:
    """Find every copy in a corpus, passage by passage.

    CORPUS are files, folders and patterns: all that `retold compare` reads, and .warc and .wacz.
    Articles of any language are read, in a stream, so that the corpus need not fit in memory.

    An interrupted scan goes on where it stopped when the same command is given again; a finished
    one is not computed again, so that --keep, --rewrites, --stories and --html can be asked for
    later.
    """
    import retold
    from retold.engine.local import cores

    config = retold.Config(read=read_config(fields, ""))
    refuse({"html": html})
    if html and "://" in out:
        raise retold.UsageError("--html: made from tables on this machine; give a folder as --out")
    try:
        with progress_bar(quiet=quiet) as progress:
            found = retold.scan(
                corpus,
                out,
                config,
                index=index,
                keep=keep,
                rewrites=rewrites,
                stories=stories,
                processes=processes or cores(),
                progress=progress,
                engine=engine,
                master=master,
            )
    except KeyboardInterrupt:
        click.echo("interrupted; give the same command again and it goes on", err=True)
        raise click.exceptions.Exit(130) from None
    if "://" in out:  # where only Spark reads
        for name, count in found.counts.items():
            click.echo(f"{count:>12,} {name}")
        click.echo(f"written: {out}")
        return
    if html:
        from retold.report.files import put
        from retold.report.scan.page import render

        put(Path(html), render(found))
    if not quiet:
        from retold.report.scan.terminal import show

        show(found)
        if html:
            click.echo(f"written: {html}")
