"""``retold desk feed`` and ``retold desk kin``: what is watched, and which sites are akin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retold.cli.options import desk_option, web_options

if TYPE_CHECKING:
    from retold.desk import Desk
    from retold.desk.values import FeedRow

SHOWN = 20
"""Sites that are listed of one mark."""


@click.group()
def feed() -> None:
    """Say which feeds are watched; `retold watch` asks them."""


@feed.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--outlet", metavar="NAME", default="", help="The outlet of all its articles.")
@click.option("--all", "every", is_flag=True, help="Of a page that names several feeds, add all.")
@web_options
@desk_option
def add(
    urls: tuple[str, ...],
    desk: str,
    outlet: str,
    every: bool,  # noqa: FBT001 - click passes options by name
    contact: str,
    allow_private: bool,  # noqa: FBT001
) -> None:
    """Watch the feed at URL from now on, or the feed that the page at URL names.

    Without --outlet, articles are of the outlet that their pages name, or that has the feed's name.
    """
    from retold.config import FetchConfig
    from retold.desk import Desk
    from retold.desk.feeding import look
    from retold.errors import UsageError
    from retold.fetch import reader
    from retold.labels import visible

    client = reader(FetchConfig(contact=contact, allow_private=allow_private))
    with Desk.open(desk) as opened:
        for url in urls:
            found = look(client, url)
            if len(found) > 1 and not every:
                lines = (f"  {visible(link.url)}  {visible(link.title)}".rstrip() for link in found)
                named = "\n".join(lines)
                raise UsageError(f"{url}: names several feeds; give one of them, or --all\n{named}")
            for link in found:
                number, new = opened.add_feed(link.url, title=link.title, outlet=outlet)
                said = "is watched from now on" if new else "was watched already"
                click.echo(f"feed {number} {said}: {visible(link.title or link.url)}")


@feed.command()
@click.argument("feeds", nargs=-1, required=True, metavar="NUMBER|URL...")
@desk_option
def remove(feeds: tuple[str, ...], desk: str) -> None:
    """Watch feeds no more, by number or address. Their articles stay."""
    from retold.desk import Desk
    from retold.labels import visible

    with Desk.open(desk, create=False) as opened:
        for key in feeds:
            gone = opened.remove_feed(key)
            click.echo(f"feed {gone.number} is watched no more: {visible(gone.title or gone.url)}")


@feed.command("list")
@desk_option
def listed(desk: str) -> None:
    """List all feeds and how each fares."""
    from retold.desk import Desk

    with Desk.open(desk, create=False) as opened:
        rows = list(_all(opened))
    for row in rows:
        for line in _told(row):
            click.echo(line)
    if not rows:
        click.echo("no feed is watched; `retold desk feed add URL` adds one")


@feed.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@desk_option
def import_(source: str, desk: str) -> None:
    """Watch all feeds of an OPML file, as readers of feeds write it."""
    from retold.desk import Desk
    from retold.errors import InputError

    with Desk.open(desk) as opened:
        try:
            new, known, left = opened.import_feeds(Path(source).read_bytes())
        except InputError as error:
            raise InputError(f"{source}: {error}") from None
    told = (f"{new:,} new", f"{known:,} watched already" if known else "", _left(left))
    click.echo(f"{source}: {', '.join(filter(None, told))}")


@feed.command()
@click.argument("target", metavar="FILE|-", type=click.Path(dir_okay=False, allow_dash=True))
@desk_option
def export(target: str, desk: str) -> None:
    """Write the feeds to an OPML file, for other programs."""
    from retold.desk import Desk

    with Desk.open(desk, create=False) as opened:
        written = opened.export_feeds()
    with click.open_file(target, "wb") as file:
        file.write(written)
    if target != "-":
        click.echo(f"written: {target}")


@click.command()
@click.argument("site", required=False)
@desk_option
def kin(site: str | None, desk: str) -> None:
    """List sites that share marks which few others have: accounts, themes, hosts, footers.

    With SITE, those akin to that one. Shared marks are evidence, never proof. They come from the
    pages that were fetched.
    """
    from retold.desk import Desk
    from retold.labels import count, short, visible

    with Desk.open(desk, create=False) as opened:
        if site:
            for other in opened.kin(site):
                click.echo(visible(other.site))
                for item in other.shared:
                    rare = f"{len(item.sites)} of {count(item.known, 'site')}"
                    click.echo(f"  {item.mark.kind}: {short(item.mark.value, 80)}  ({rare})")
            return
        for item in opened.kin_sites():
            rare = f"{len(item.sites)} of {count(item.known, 'site')}"
            click.echo(f"{item.mark.kind}: {short(item.mark.value, 80)}  ({rare})")
            click.echo(f"  {', '.join(map(visible, item.sites[:SHOWN]))}")


def _all(desk: Desk) -> Iterator[FeedRow]:
    cursor = None
    while True:
        page = desk.feeds(cursor, 200)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def _told(row: FeedRow) -> Iterator[str]:
    from retold.labels import count, visible

    yield f"{row.number}  {visible(row.title) or '(no title yet)'}  {visible(row.url)}"
    parts = [count(row.articles, "article")]
    if row.waiting:
        parts.append(f"{count(row.waiting, 'entry', 'entries')} waiting")
    if row.looks:
        parts.append(f"{count(row.looks, 'page')} to be asked again")
    if row.asked is None:
        parts.append("not asked yet")
    else:
        parts += [f"asked {_time(row.asked)}", f"last new {_time(row.brought)}"]
        parts.append(f"next {_time(row.next)}")
    yield f"   {', '.join(parts)}"
    if row.error:
        failed = f"failed {count(row.failures, 'time')} in a row: " if row.failures else ""
        yield f"   {failed}{visible(row.error)}"


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"


def _left(number: int) -> str:
    return f"{number:,} without an address of the web left out" if number else ""
