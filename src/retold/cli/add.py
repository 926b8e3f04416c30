"""``retold add``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from retold.cli.options import desk_option, field_option, progress_bar, read_config, reading_options

if TYPE_CHECKING:
    from datetime import datetime

    from retold.fetch import Fetched

SHOWN = 20
"""Left-out inputs that are listed in the terminal; the desk keeps all."""


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(), metavar="PATH|URL...")
@desk_option
@click.option(
    "--sitemap",
    is_flag=True,
    help="The addresses are those of sites or of their sitemaps: add the pages that they lead to,"
    " the newest first. Pages that the desk has and that have not changed are not fetched again.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=200,
    show_default=True,
    help="Pages of each sitemap, at most; 0 for all.",
)
@reading_options
@click.option(
    "--dossiers",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Dossiers that are renewed at most, the latest stories' first: each takes a second or two."
    " `retold desk work`, `retold watch` and `retold serve` renew the others.",
)
@field_option
@click.option(
    "--language",
    metavar="CODE",
    default="",
    help="Take every article as written in this language (en) instead of detecting it.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def command(
    sources: tuple[str, ...],
    desk: str,
    sitemap: bool,  # noqa: FBT001 - click passes options by name
    limit: int,
    delay: float,
    contact: str,
    allow_private: bool,  # noqa: FBT001
    work: bool,  # noqa: FBT001
    dossiers: int,
    fields: tuple[str, ...],
    language: str,
    quiet: bool,  # noqa: FBT001
) -> None:
    """Add articles to the desk, each once, and place them into stories.

    PATHs are files and folders: all that `retold compare` reads, and .warc and .wacz. URLs are
    pages, or files of those kinds; they are fetched as the site's robots.txt allows.

    What was stored stays when it is interrupted; the same command then goes on with the rest.
    """
    from retold.config import Config, FetchConfig
    from retold.desk import Desk
    from retold.desk.values import Worked
    from retold.errors import InputError, UsageError
    from retold.fetch import is_url, reader
    from retold.fetch.gather import gather
    from retold.labels import count, visible
    from retold.model import Article, Reason, Rejected

    config = Config(read=read_config(fields, language))
    web = any(map(is_url, sources))
    if sitemap and not all(map(is_url, sources)):
        raise UsageError("--sitemap: give addresses (https://...) of sites or of sitemaps only")
    polite = FetchConfig(seconds_between=delay, contact=contact, allow_private=allow_private)
    client = reader(polite) if web else None
    reasons: set[Reason] = set()
    read: list[tuple[str, datetime]] = []

    def noted(items: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
        for given in items:
            item = given
            if isinstance(given, Article) and is_url(given.source) and opened.told(given):
                detail = "The desk has this text of the address already. Leave it out."
                item = Rejected(given.source, Reason.DUPLICATE, detail)
            if isinstance(item, Rejected):
                reasons.add(item.reason)
            yield item

    def fetched(found: Fetched) -> None:
        opened.keep_marks(found)
        read.append((found.url, found.fetched))

    with Desk.open(desk, config=config) as opened, progress_bar(quiet=quiet) as progress:
        items = gather(
            sources,
            client,
            config.read,
            sitemap=sitemap,
            most=limit,
            stored=opened.fetched,
            fetched=fetched,
            progress=progress,
        )
        added = opened.add(noted(items), " ".join(sources))
        opened.keep_read(read)
        left = opened.rejected(added.run, limit=SHOWN).items
        worked = opened.work(progress, most=dossiers) if work else Worked()
        waiting = opened.waiting().dossiers
    lines = [f"{item.source}: {item.detail}" for item in left]
    more = added.rejected - len(left)
    rest = [f"and {more:,} more left out"] if more else []
    if not (added.new or added.known or Reason.DUPLICATE in reasons):
        raise InputError("\n".join(["no article could be read", *lines, *rest]))
    if not quiet:
        told = (
            f"{added.new:,} new",
            f"{added.known:,} known already" if added.known else "",
            f"{added.revised:,} revised" if added.revised else "",
            f"{added.rejected:,} left out" if added.rejected else "",
            f"{count(worked.renewed, 'dossier')} renewed" if worked.renewed else "",
            f"{count(waiting, 'dossier')} to renew" if waiting else "",
            "another process places them" if worked.busy else "",
        )
        click.echo(f"{desk}: {', '.join(filter(None, told))}")
        for line in (*(f"Left out {visible(line)}" for line in lines), *rest):
            click.echo(line)
