"""``retold desk``: what is kept, searched and cared for in a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from retold.cli import decide, desk_export, desk_feeds, desk_stories, user
from retold.cli.options import Command, desk_option, progress_bar

if TYPE_CHECKING:
    from retold.desk.values import ArticleRow, Failed, Hit, Page, Status, Waiting

KINDS = ("text", "quotation", "figure", "name")

_quiet = click.option("--quiet", "-q", is_flag=True, help="No progress.")
_cursor = click.option("--cursor", metavar="TEXT", help="Go on where a page ended, as it told.")
_limit = click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many at most."
)


def _narrowing(*orders: str) -> Callable[[Command], Command]:
    """Add what narrows, orders and pages a list of articles; the first order is the default."""

    def add(function: Command) -> Command:
        for option in (
            _cursor,
            _limit,
            click.option(
                "--order", type=click.Choice(orders), default=orders[0], show_default=True
            ),
            click.option(
                "--standing", is_flag=True, help="Without texts that a later one stands for."
            ),
            click.option(
                "--until", metavar="TIME", type=_MOMENT, help="Published before this time, in UTC."
            ),
            click.option(
                "--since", metavar="TIME", type=_MOMENT, help="Published since this time, in UTC."
            ),
            click.option("--language", metavar="CODE", help="Of this language: en, say."),
            click.option("--outlet", metavar="NAME", help="Of this outlet."),
        ):
            function = option(function)
        return function

    return add


_MOMENT = click.DateTime(("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"))


@click.group()
def command() -> None:
    """Look after a desk: one file with every article that was added, and what is found in them.

    `retold add` and `retold watch` fill it; `retold serve` shows it. The commands here work while
    others use it, all but restore.
    """


command.add_command(user.command, "user")
for _of_stories in (
    desk_stories.work,
    desk_stories.settle,
    desk_stories.stories,
    desk_stories.story,
):
    command.add_command(_of_stories)
command.add_command(desk_export.command, "export")
command.add_command(desk_feeds.feed)
command.add_command(desk_feeds.kin)
for _one in (decide.decide, decide.decisions, decide.note, decide.undo):
    command.add_command(_one)


@command.command()
@desk_option
def status(desk: str) -> None:
    """Say how much the desk holds."""
    from retold.desk import Desk

    with Desk.open(desk, create=False) as opened:
        for name, value in _told(opened.status(), opened.waiting(), opened.failed()):
            click.echo(f"{name:<10} {value}")


def _told(found: Status, waiting: Waiting, failed: Sequence[Failed]) -> Iterable[tuple[str, str]]:
    from retold.labels import short

    yield "desk", f"{found.path}, {found.bytes / 1e6:,.1f} MB, schema {found.schema}"
    yield "articles", f"{found.articles:,}, of which {found.revised:,} were revised"
    yield "stories", f"{found.stories:,} in several versions"
    yield "outlets", f"{found.outlets:,}"
    yield "waiting", f"{found.waiting:,} articles to be placed in stories"
    yield "", f"{waiting.dossiers:,} stories to be compared: `retold desk work`"
    for each in failed:
        why = each.fault or "the process ended each time: for want of memory, say"
        told = f"story {each.number} ({short(each.title, 60)}), {each.tries} times: {why}"
        yield "failed", told
    yield "runs", f"{found.runs:,}"
    if found.earliest and found.latest and found.arrived:
        yield "published", f"{_time(found.earliest)} to {_time(found.latest)}"
        yield "last came", _time(found.arrived)


@command.command()
@_quiet
@desk_option
def check(desk: str, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Say whether the desk is sound.

    Looked at are its file, each article, the indexes of searches, and whether stories, dossiers and
    counts of words fit the articles, in a copy that is made beside it and removed. The exit code is
    1 where anything is wrong.
    """
    from retold.desk import Desk

    with Desk.open(desk, create=False) as opened, progress_bar(quiet=quiet) as progress:
        problems = opened.check(progress)
        articles = opened.status().articles
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"sound: {articles:,} articles, as they were stored")


@command.command()
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False))
@_quiet
@desk_option
def backup(desk: str, target: str, quiet: bool) -> None:  # noqa: FBT001
    """Copy the desk to FILE, while others use it.

    The copy is the desk as it is at this moment. FILE must not exist; it appears whole or not at
    all, and was examined.
    """
    from retold.desk import Desk

    with Desk.open(desk, create=False) as opened, progress_bar(quiet=quiet) as progress:
        opened.backup(target, progress)
    click.echo(f"written: {target}")


@command.command()
@click.argument("source", metavar="FILE", type=click.Path(dir_okay=False))
@_quiet
@desk_option
def restore(desk: str, source: str, quiet: bool) -> None:  # noqa: FBT001
    """Make the desk what the backup FILE is.

    What the desk was is kept in a file beside it. Nobody may use the desk meanwhile: stop `retold
    serve` and `retold watch` first.
    """
    from retold.desk import Desk

    with progress_bar(quiet=quiet) as progress:
        kept = Desk.restore(desk, source, progress)
    click.echo(f"restored: {desk}")
    if kept:
        click.echo(f"kept, as it was: {kept}")


@command.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default=KINDS[0],
    show_default=True,
    help="What is searched: titles and texts, or what was found in articles that were compared.",
)
@_narrowing("best", "published")
@desk_option
def search(desk: str, query: tuple[str, ...], kind: str, **given: Any) -> None:
    """Search titles and texts for words, or quotations, figures and names.

    All of QUERY must be there, in any case and with accents or without: words, '"a phrase"',
    beginnings of three letters or more with a star (evacuat*); but not what follows a minus: -word,
    '-"a phrase"'. Where anything begins with a minus, write -- before QUERY, and options before it.
    """
    from retold.desk import Desk
    from retold.desk.finding import MOST
    from retold.desk.values import SearchFilter
    from retold.labels import short

    cursor, limit = given.pop("cursor"), given.pop("limit")
    with Desk.open(desk, create=False) as opened:
        found = opened.search(" ".join(query), kind, SearchFilter(**_filter(given)), cursor, limit)
    name = "article" if kind == "text" else kind
    if found.total is None:
        click.echo(f"more than {MOST:,} {name}s")
    else:
        click.echo(f"{found.total:,} {name}{'' if found.total == 1 else 's'}")
    for hit in found.items:
        about = f"{short(hit.about, 40)}: " if hit.about else ""
        click.echo(_line(hit.article))
        click.echo(f"       {about}{_marked(hit)}")
    _more(found)


@command.command()
@_narrowing("published", "arrived")
@click.option("--run", type=int, help="Brought by the run of this number.")
@desk_option
def articles(desk: str, **given: Any) -> None:
    """List articles, the latest first."""
    from retold.desk import Desk
    from retold.desk.values import ArticleFilter

    cursor, limit = given.pop("cursor"), given.pop("limit")
    with Desk.open(desk, create=False) as opened:
        found = opened.articles(ArticleFilter(**_filter(given)), cursor, limit)
    for article in found.items:
        click.echo(_line(article))
    _more(found)


@command.command()
@click.argument("number", metavar="[NUMBER]", type=int, required=False)
@_cursor
@_limit
@desk_option
def runs(desk: str, number: int | None, cursor: str | None, limit: int) -> None:
    """List the runs that brought articles.

    With NUMBER, list what that run left out, and why.
    """
    from retold.desk import Desk
    from retold.labels import visible

    with Desk.open(desk, create=False) as opened:
        if number is not None:
            left_out = opened.rejected(number, cursor, limit)
            for item in left_out.items:
                click.echo(visible(f"{item.source}: {item.reason}: {item.detail}"))
            _more(left_out)
            return
        found = opened.runs(cursor, limit)
    for run in found.items:
        ended = "" if run.finished else "  not finished"
        click.echo(
            f"{run.number:>6}  {_time(run.started)}  {run.kind}  {run.new:,} new, {run.known:,}"
            f" known, {run.revised:,} revised, {run.rejected:,} left out{ended}"
            f"  {visible(run.source)}"
        )
    _more(found)


def _filter(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a filter: no value for what was not given, times in UTC."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for name, value in given.items()
        if value is not None
    }


def _line(article: ArticleRow) -> str:
    from retold.labels import short

    moment = _time(article.published) if article.published else "no date         "
    outlet = short(article.outlet, 24) or "no outlet"
    revised = "  (revised later)" if article.latest else ""
    title = short(article.title or article.opening, 80)
    return f"{article.number:>6}  {moment}  {outlet:<24}  {title}{revised}"


def _marked(hit: Hit) -> str:
    """Return the excerpt on one line, its finds in bold where the terminal can."""
    from retold.labels import visible

    within = [span for span in hit.spans if hit.excerpt.contains(span)]
    edges = [hit.excerpt.start, *(e for s in within for e in (s.start, s.end)), hit.excerpt.end]
    places = pairwise(edge - hit.excerpt.start for edge in edges)
    shown = [_spaced(piece, visible(piece)) for piece in (hit.text[a:b] for a, b in places)]
    shown[1::2] = [click.style(piece, bold=True) for piece in shown[1::2]]
    return "".join(shown)


def _spaced(raw: str, shown: str) -> str:
    """Give back the white space at the ends that was taken from a piece of a sentence."""
    before = " " if raw[:1].isspace() else ""
    after = " " if raw[-1:].isspace() and shown else ""
    return f"{before}{shown}{after}"


def _more(page: Page[Any]) -> None:
    if page.next:
        click.echo(f"more: --cursor {page.next}")


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
