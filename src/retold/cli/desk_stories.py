"""``retold desk work``, ``settle``, ``stories`` and ``story``: what the articles of a desk tell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from retold.cli.options import desk_option, progress_bar

if TYPE_CHECKING:
    from retold.desk.values import ArticleRow, StoryRow

ORDERS = ("new", "growing", "retold", "altered")

_quiet = click.option("--quiet", "-q", is_flag=True, help="No progress.")


@click.command()
@click.option(
    "--alone",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Annotate up to N articles that no other is alike with, too, so that their quotations,"
    " figures and names are found.",
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    metavar="N",
    default=1,
    show_default=True,
    help="Dossiers that are made at once, where many wait; each process takes some 650 MB.",
)
@_quiet
@desk_option
def work(desk: str, alone: int, processes: int, quiet: bool) -> None:  # noqa: FBT001
    """Place articles that wait into stories, and renew the dossiers that lag behind.

    `retold serve` does so by itself. What is interrupted goes on the next time.
    """
    from retold.desk import Desk

    with Desk.open(desk, create=False) as opened, progress_bar(quiet=quiet) as progress:
        done = opened.work(progress, alone=alone, processes=processes)
        left = opened.waiting()
    if done.busy:
        click.echo("another process is at it")
    else:
        annotated = f", {done.annotated:,} articles annotated" if done.annotated else ""
        click.echo(f"{done.placed:,} articles placed, {done.renewed:,} dossiers made{annotated}")
    if left.articles or left.dossiers:
        failed = f", of which {left.failed:,} failed so far" if left.failed else ""
        click.echo(f"waiting: {left.articles:,} articles, {left.dossiers:,} dossiers{failed}")


@click.command()
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Cores that are used, at most.",
)
@_quiet
@desk_option
def settle(desk: str, processes: int, quiet: bool) -> None:  # noqa: FBT001
    """Group all articles at once.

    Stories then do not depend on the order in which articles came. They keep their numbers by what
    they share with the stories before. What changed waits for its dossier: `retold desk work`.
    """
    from retold.desk import Desk

    with Desk.open(desk, create=False) as opened, progress_bar(quiet=quiet) as progress:
        found = opened.settle(progress, threads=processes)
    click.echo(
        f"{found.articles:,} articles make {found.stories:,} stories, {found.changed:,} of them new"
        " or changed"
    )


@click.command()
@click.option("--order", type=click.Choice(ORDERS), default=ORDERS[0], show_default=True)
@click.option(
    "--since",
    metavar="TIME",
    type=click.DateTime(("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")),
    help="With a version published since this time, in UTC.",
)
@click.option("--cursor", metavar="TEXT", help="Go on where a page ended, as it told.")
@click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many at most."
)
@desk_option
def stories(desk: str, order: str, since: datetime | None, cursor: str | None, limit: int) -> None:
    """List the stories that several versions tell.

    The order: new, the latest first; growing, those first whose versions changed last; retold, most
    versions first; altered, most differences first.
    """
    from retold.desk import Desk

    moment = since and since.replace(tzinfo=UTC)
    with Desk.open(desk, create=False) as opened:
        found = opened.stories(order, moment, cursor, limit)
    for story in found.items:
        click.echo(_line(story))
    if found.next:
        click.echo(f"more: --cursor {found.next}")


@click.command()
@click.argument("number", type=int)
@click.option(
    "--json",
    "target",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write its dossier, for the other commands: `retold export FILE --html PAGE`, say.",
)
@click.option(
    "--related",
    is_flag=True,
    help="Show the stories that it is related to, too: what followed upon it, or one of its kind.",
)
@desk_option
def story(desk: str, number: int, target: str | None, related: bool) -> None:  # noqa: FBT001
    """Show a story by its number, with its versions and their numbers."""
    from retold import export
    from retold.desk import Desk
    from retold.desk.values import Moved
    from retold.errors import UsageError

    with Desk.open(desk, create=False) as opened:
        found = opened.story(number)
        if isinstance(found, Moved):
            click.echo(f"story {number} is part of story {found.to} now")
            found = opened.story(found.to)
        if found is None or isinstance(found, Moved):
            raise UsageError(
                f"story {number}: is not in the desk; `retold desk stories` lists them"
            )
        versions = opened.versions(found.number)
        dossier = opened.dossier(found.number) if target else None
        others = opened.related(found.number) if related else []
    click.echo(_line(found))
    for article in versions:
        click.echo(_version(article))
    if related and not others:
        click.echo("related to no other story")
    for other in others:
        click.echo(f"related, {other.score:.2f}: {other.explanation}")
        click.echo(_line(other.story))
    if target and dossier is None:
        raise UsageError(
            f"story {found.number}: has no dossier yet; `retold desk work` makes it, where it has"
            " several versions"
        )
    if target and dossier:
        export(dossier, json=target)
        click.echo(f"written: {target}")


def _line(story: StoryRow) -> str:
    from retold.labels import short

    told = [f"{story.versions} version{'' if story.versions == 1 else 's'}"]
    if story.outlets:
        told.append(f"{story.outlets} outlet{'' if story.outlets == 1 else 's'}")
    if story.origins:
        low, high = story.origins
        number = f"{low}" if low == high else f"{low} to {high}"
        told.append(f"{number} independent origin{'' if high == 1 else 's'}")
    if story.altered is not None:
        told.append(f"{story.altered} differences")
    if story.waits:
        told.append("dossier waits")
    return f"{story.number:>6}  {_time(story.first)}  {short(story.title, 80)}  ({', '.join(told)})"


def _version(article: ArticleRow) -> str:
    from retold.labels import short

    when = _time(article.published) if article.published else "no date         "
    outlet = short(article.outlet, 24) or "no outlet"
    title = short(article.title or article.opening, 70)
    return f"{f'[{article.number}]':>8}  {when}  {outlet:<24}  {title}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
