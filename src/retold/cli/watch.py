"""``retold watch``."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

import click

from retold.cli.options import desk_option, reading_options

if TYPE_CHECKING:
    from retold.desk.events import Event
    from retold.desk.watch import Round


@click.command()
@desk_option
@click.option(
    "--every",
    type=click.FloatRange(0, min_open=True),
    default=15.0,
    show_default=True,
    metavar="MINUTES",
    help="How often a feed is asked that does not say how often. Those that fail are asked ever"
    " more seldom, up to once a day.",
)
@click.option("--once", is_flag=True, help="Ask the feeds that are due, then end.")
@click.option("--now", is_flag=True, help="Begin with all feeds, due or not.")
@click.option(
    "--looks/--no-looks",
    default=True,
    show_default=True,
    envvar="RETOLD_LOOKS",
    show_envvar=True,
    help="Ask pages again an hour, six hours, a day, three days and a week after they were"
    " published, though no feed says that they changed: the edits that nobody tells.",
)
@reading_options
@click.option(
    "--log",
    metavar="FILE|-",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Append a line of JSON for each feed asked and each page read; '-' is the standard error.",
)
@click.option("--quiet", "-q", is_flag=True, help="No line for each round.")
def command(
    desk: str,
    every: float,
    once: bool,  # noqa: FBT001 - click passes options by name
    now: bool,  # noqa: FBT001
    looks: bool,  # noqa: FBT001
    delay: float,
    contact: str,
    allow_private: bool,  # noqa: FBT001
    work: bool,  # noqa: FBT001
    log: str | None,
    quiet: bool,  # noqa: FBT001
) -> None:
    """Ask the desk's feeds when they are due, and add their articles, until it is stopped.

    An entry that is a teaser has its page fetched; one that changed is fetched again and becomes a
    revision, as does a page that is found changed when it is looked at again. Ctrl-C or a SIGTERM
    ends it; the next start goes on. `retold desk feed` says which feeds are watched.
    """
    from dataclasses import replace

    from retold.config import FeedConfig, FetchConfig
    from retold.desk import Desk
    from retold.fetch import reader
    from retold.labels import count

    polite = FetchConfig(
        seconds_between=delay, contact=contact, allow_private=allow_private, max_wait_seconds=30.0
    )
    config = replace(FeedConfig(), every=every * 60)
    config = replace(config, least=min(config.least, config.every))
    config = config if looks else replace(config, looks=())
    stop = threading.Event()
    with ExitStack() as held:
        opened = held.enter_context(Desk.open(desk, create=False))
        write = _silent if log is None else _lines(held.enter_context(_opened(log)))
        asked = held.enter_context(_stopping(stop))
        watching = opened.feeds(limit=1).total or 0
        if not quiet:
            click.echo(
                f"watching {count(watching, 'feed')}"
                if watching
                else "no feed is watched yet; `retold desk feed add URL` adds one"
            )
        for found in opened.watch(
            lambda sleep: reader(polite, sleep=sleep),
            config,
            once=once,
            now=now,
            work=work,
            stop=stop,
            log=write,
        ):
            if not quiet:
                click.echo(_told(found))
    if asked and not quiet:
        click.echo("stopped; the next start goes on with what waits")


def _told(found: Round) -> str:
    from retold.labels import count

    parts = [
        f"{count(found.asked, 'feed')} asked" if found.asked else "",
        f"{found.new:,} with news" if found.new else "",
        f"{found.failed:,} failed" if found.failed else "",
        f"{count(found.pages, 'page')} read" if found.pages else "",
        f"{count(found.looks, 'page')} asked again" if found.looks else "",
        f"{count(found.articles, 'new article')}",
        f"{found.revised:,} revised" if found.revised else "",
        f"next {found.next:%H:%M}" if found.next else "",
    ]
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}  {', '.join(filter(None, parts))}"


def _silent(_: Event) -> None:
    """Log nothing."""


def _lines(file: TextIO) -> Callable[[Event], None]:
    """Return what writes an event as a line of JSON: addresses and counts, never a text."""

    def write(event: Event) -> None:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "what": event.what,
            "url": event.url,
            "outcome": event.outcome,
            "detail": event.detail,
            "seconds": round(event.seconds, 3),
            "entries": event.entries,
            "articles": event.articles,
            "revised": event.revised,
        }
        file.write(json.dumps(line) + "\n")
        file.flush()

    return write


@contextmanager
def _opened(log: str) -> Iterator[TextIO]:
    from retold.errors import UsageError

    if log == "-":
        yield sys.stderr
        return
    try:
        file = open(log, "a", encoding="utf-8")  # noqa: PTH123, SIM115 - closed below
    except OSError as error:
        raise UsageError(f"{log}: cannot be written ({error.strerror}); name another") from None
    with file:
        yield file


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[list[int]]:
    """Set ``stop`` where the process is asked to end; give the list of the signals that asked."""
    asked: list[int] = []

    def ask(number: int, _: object) -> None:
        asked.append(number)
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
