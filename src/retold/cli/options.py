"""Options and output that commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from retold.errors import RetoldError, UsageError

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.engine import Progress
    from retold.model import Dossier

Command = TypeVar("Command", bound=Callable[..., Any])


def export_options(function: Command) -> Command:
    """Add what a dossier can be written as beside JSON; see :func:`retold.export`."""
    for option in (
        graph_option("Write who took it from whom as a graph"),
        click.option(
            "--claimreview",
            metavar="FILE",
            type=click.Path(dir_okay=False),
            help="Write the claims of fact as ClaimReview drafts (JSON-LD), without verdicts.",
        ),
        click.option(
            "--tei",
            metavar="FILE",
            type=click.Path(dir_okay=False),
            help="Write the apparatus as TEI P5.",
        ),
        click.option(
            "--csv",
            metavar="DIR",
            type=click.Path(file_okay=False),
            help="Write claims, quotations, figures, readings, changes and versions as tables for a"
            " spreadsheet, a CSV file each, into a folder.",
        ),
        click.option(
            "--html",
            metavar="FILE",
            type=click.Path(dir_okay=False),
            help="Write the dossier as one self-contained HTML page.",
        ),
    ):
        function = option(function)
    return function


def graph_option(what: str) -> Callable[[Command], Command]:
    """Return ``--graph``, which may be given several times; ``what`` begins its help."""
    return click.option(
        "--graph",
        metavar="FILE",
        multiple=True,
        type=click.Path(dir_okay=False),
        help=f"{what}; the ending says how: .dot, .nwk, .graphml, .gexf or .json. May be given"
        " several times.",
    )


def output_options(function: Command) -> Command:
    """Add everything that a dossier can be written as, and ``--quiet``."""
    json_option = click.option(
        "--json",
        metavar="FILE|-",
        type=click.Path(dir_okay=False, allow_dash=True),
        help="Write the dossier as JSON, to the standard output with '-'.",
    )
    quiet = click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
    return export_options(json_option(quiet(function)))


def field_option(function: Command) -> Command:
    """Add ``--field``, which may be given several times; :func:`read_config` reads it."""
    return click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="NAME=COLUMN",
        help="Take Retold's field NAME (text, title, outlet, byline, url, published, language) from"
        " COLUMN of CSV, JSON and Parquet records.",
    )(function)


def processes_option(function: Command) -> Command:
    """Add ``--processes``."""
    return click.option(
        "--processes",
        type=click.IntRange(1),
        help="Processes that annotate, at most; as many as there are cores unless given."
        " The result is the same for any number.",
    )(function)


def desk_option(function: Command) -> Command:
    """Add ``--desk``, which names the file of the desk."""
    return click.option(
        "--desk",
        metavar="FILE",
        envvar="RETOLD_DESK",
        default="retold.db",
        show_default=True,
        show_envvar=True,
        type=click.Path(dir_okay=False),
        help="The file of the desk.",
    )(function)


def web_options(function: Command) -> Command:
    """Add what every command that reads the web takes: ``--contact`` and ``--allow-private``."""
    contact = click.option(
        "--contact",
        metavar="TEXT",
        envvar="RETOLD_CONTACT",
        default="",
        show_envvar=True,
        help="Mail or web address that sites are told, so that they can reach you.",
    )
    private = click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch from this machine and from private networks, too.",
    )
    return contact(private(function))


def reading_options(function: Command) -> Command:
    """Add what the commands take that read many pages: how often, as whom, and what follows."""
    delay = click.option(
        "--delay",
        type=click.FloatRange(0, 3600),
        default=1.0,
        show_default=True,
        help="Seconds from one request of a host to the next; more where its robots.txt asks for"
        " more.",
    )
    work = click.option(
        "--work/--no-work",
        default=True,
        show_default=True,
        help="Place what is new into stories and renew their dossiers, or leave that to `retold"
        " serve` or a later call.",
    )
    return delay(web_options(work(function)))


def judge_option(meaning: str) -> Callable[[Command], Command]:
    """Add ``--judge``, which names the folder of a classifier; ``meaning`` says what it decides."""
    return click.option(
        "--judge",
        metavar="DIR",
        type=click.Path(),
        help=f"A folder with a classifier of sentence pairs in ONNX (model.onnx, tokenizer.json,"
        f" config.json) {meaning}. Nothing is fetched.",
    )


def read_config(fields: tuple[str, ...], language: str) -> ReadConfig:
    """Build the reader's configuration from ``--field`` and ``--language``.

    Raises:
        UsageError: a field is not NAME=COLUMN, or NAME is none of Retold's, or the language is
            one that the later stages cannot read.
    """
    from retold.config import ReadConfig
    from retold.read import FIELDS

    pairs = []
    for given in fields:
        name, equals, column = given.partition("=")
        if not (equals and column and name in FIELDS):
            raise UsageError(
                f"--field {given}: give NAME=COLUMN, where NAME is one of {', '.join(FIELDS)}"
            )
        pairs.append((name, column))
    if language and language not in ReadConfig().languages:
        known = ", ".join(ReadConfig().languages)
        raise UsageError(f"--language {language}: Retold reads {known}; leave others out")
    return ReadConfig(fields=tuple(pairs), assume_language=language)


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """Show on standard error how far each stage is: bars, or lines where it is no terminal."""
    from retold.engine import silent

    if quiet:
        yield silent
    elif not sys.stderr.isatty():
        yield _Lines()
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.description:>9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
            tasks: dict[str, Any] = {}

            def progress(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(stage, total=total or None)
                bars.update(tasks[stage], completed=done, total=total or None)

            yield progress


class _Lines:
    """Progress for a log: one line when a stage begins."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002 - the protocol's
        if stage not in self.seen:
            self.seen.add(stage)
            click.echo(f"{stage} ..." if not total else f"{stage} {total} ...", err=True)


def refuse(outputs: Mapping[str, Any]) -> None:
    """Refuse what could not be written, before anything is worked out.

    Raises:
        RetoldError: the folder of a file is missing.
        UsageError: a graph has another ending than those that are known.
    """
    for form, given in outputs.items():
        for path in map(Path, given if isinstance(given, tuple) else [given] if given else []):
            if form == "graph":
                from retold.report.graph import FORMATS

                if path.suffix.lower() not in FORMATS:
                    endings = ", ".join(FORMATS)
                    raise UsageError(f"{path}: name a file that ends in {endings}")
            if form != "csv" and not path.parent.is_dir():
                raise RetoldError(
                    f"{path}: cannot be written (there is no folder {path.parent}); name another"
                    " place"
                )


def write(dossier: Dossier, outputs: dict[str, Any], *, quiet: bool) -> None:
    """Write what was asked for; show the summary unless quiet or JSON goes to standard output."""
    import retold

    wanted = {form: path for form, path in outputs.items() if path}
    if wanted.get("json") == "-":
        from retold.report.json import dumps

        del wanted["json"]
        sys.stdout.buffer.write(dumps(dossier).encode())
        sys.stdout.buffer.flush()
        quiet = True
    written = retold.export(dossier, **wanted) if wanted else []
    if not quiet:
        from retold.report.terminal import show

        show(dossier)
        for path in written:
            click.echo(f"written: {path}")
