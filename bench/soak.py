"""``python -m bench soak [--minutes N] [--articles N] [--keep]``: a desk in use, killed repeatedly.

Sites on this machine publish articles in feeds, some with teasers only, some articles are revised.
``retold watch`` and ``retold serve`` run as processes, readers browse pages and the API, and at
even times both processes are killed with SIGKILL and started again. At the end every article must
be stored once, the stories must be those of :func:`retold.group` over all articles at once, no
answer may have been an error, and the file must be sound.
"""

from __future__ import annotations

import argparse
import socket
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import retold
from bench.fiction import Report, reports
from bench.newsstand import Site
from bench.readers import Readers, percentiles
from bench.tended import Tended
from retold.desk import Desk
from retold.desk.values import ArticleFilter, ArticleRow

STEP = 1.0
"""Seconds between two looks at the desk."""
DAYS = timedelta(days=16)
"""Before now, when the first article was published."""
REVISED_AFTER = 20.0
"""Seconds between a text and the one that revises it, at least: three rounds of the watcher."""
WHOLE = 0.8
"""Share of the words that a stored text has at least: the rest may be furniture."""
STILL = 15.0
"""Seconds without a new article after which all are taken to be stored."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured."""

    minutes: float
    articles: int
    feeds: int
    readers: int
    kills: int
    quiet_minutes: float
    """How long is waited after the last article, at most, until all was placed and told."""


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    problems: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)


Planned = dict[str, list[Report]]
"""The texts of each address, in order."""


def main(words: list[str]) -> tuple[int, dict[str, Any]]:
    """Run it as the command line says; return the exit code and what was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="in which articles arrive")
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--feeds", type=int, default=50, help="at most 200")
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--quiet-minutes", type=float, default=60.0)
    parser.add_argument("--keep", action="store_true", help="write the result to bench/results/")
    given = vars(parser.parse_args(words))
    del given["keep"]
    plan = Plan(**given)
    with tempfile.TemporaryDirectory(prefix="retold-soak-") as folder:
        outcome = soak(plan, Path(folder))
    told = {**asdict(plan), **outcome.told, "problems": outcome.problems}
    show(told)
    return (1 if outcome.problems else 0), told


def soak(plan: Plan, folder: Path) -> Outcome:
    """Run the desk as planned; return what was found."""
    sites = [Site(number) for number in range(plan.feeds)]
    planned = publish(plan, sites)
    path, outcome = folder / "soak.db", Outcome()
    with Desk.open(path) as desk:
        for site in sites:
            desk.add_feed(site.feed, outlet=site.outlet)
    port = _free()
    served = Tended("serve", folder, "--desk", str(path), "--port", str(port), "--rate", "0")
    asked = ("--allow-private", "--delay", "0", "--every", "0.1", "--quiet")
    watched = Tended("watch", folder, "--desk", str(path), *asked)
    readers = Readers(port, plan.readers)
    for site in sites:
        site.open()
    began = time.monotonic()
    try:
        served.start()
        watched.start()
        readers.start()
        _arrive(plan, (served, watched), readers, began)
        outcome.told |= _quiet(plan, path, planned, (served, watched), began)
        readers.end()
        for each in (watched, served):
            outcome.problems += each.end()
    finally:
        readers.stop.set()
        for each in (watched, served):
            each.kill()
        for site in sites:
            site.close()
    outcome.problems += readers.found.faults[:20]
    outcome.told |= _read(readers)
    outcome.told["mebibytes"] = {each.name: each.mebibytes() for each in (served, watched)}
    outcome.told["megabytes_on_disk"] = round(path.stat().st_size / 1e6, 1)
    verify(path, planned, outcome)
    return outcome


def publish(plan: Plan, sites: list[Site]) -> Planned:
    """Give every site its articles, at even times; what revises them comes later."""
    # whole seconds: feeds tell no parts of them
    start = datetime.now(UTC).replace(microsecond=0) - DAYS
    made = reports(plan.articles, start)
    seconds = plan.minutes * 60
    first = sorted((r for r in made if not r.revision), key=lambda r: r.published)
    appears = {each.number: seconds * at / len(first) for at, each in enumerate(first)}
    later = [each for each in made if each.revision]
    planned: Planned = {}
    for at, each in enumerate([*first, *later]):
        site = sites[each.number % len(sites)]
        when = appears[each.number]
        if each.revision:
            when = max(seconds * (at - len(first)) / len(later), when + REVISED_AFTER)
        site.planned.append((when, each))
        planned.setdefault(site.address(each), []).append(each)
    return planned


def _arrive(plan: Plan, both: tuple[Tended, Tended], readers: Readers, began: float) -> None:
    """Let articles arrive, and kill both processes at even times meanwhile."""
    seconds, killed = plan.minutes * 60, 0
    while (passed := time.monotonic() - began) < seconds + REVISED_AFTER:
        if killed < plan.kills and passed >= seconds * (killed + 1) / (plan.kills + 1):
            readers.away()
            for each in both:
                each.kill()
                each.start()
            readers.away()
            killed += 1
        for each in both:
            each.look()
        time.sleep(STEP)


def _quiet(
    plan: Plan, path: Path, planned: Planned, both: tuple[Tended, Tended], began: float
) -> dict[str, Any]:
    """Wait until everything was stored, placed and told, while readers go on."""
    count, stored, quiet = 0, 0.0, None
    until = time.monotonic() + plan.quiet_minutes * 60
    with Desk.open(path) as desk:
        while quiet is None and time.monotonic() < until:
            for each in both:
                each.look()
            waits, held = desk.waiting(), desk.status()
            passed = round(time.monotonic() - began, 1)
            if held.articles != count:
                count, stored = held.articles, passed
            all_there = held.articles - held.revised >= len(planned) and passed > stored + STILL
            if all_there and not (waits.articles or waits.dossiers - waits.failed):
                quiet = passed
            time.sleep(STEP)
        waits = desk.waiting()
    return {
        "seconds_until_stored": stored,
        "seconds_until_told": quiet,
        "dossiers_left": waits.dossiers,
        "dossiers_failed": waits.failed,
    }


def _read(readers: Readers) -> dict[str, Any]:
    found = readers.found
    every = [one for kind in found.seconds.values() for one in kind]
    return {
        "requests": dict(sorted(found.statuses.items())),
        "away": found.away,
        "faults": len(found.faults),
        "milliseconds": percentiles(every),
        "by_page": {kind: percentiles(found.seconds[kind]) for kind in sorted(found.seconds)},
    }


def verify(path: Path, planned: Planned, outcome: Outcome) -> None:
    """Hold the desk to what was published, and its stories to those of all articles at once."""
    with Desk.open(path) as desk:
        outcome.problems += desk.check()
        rows = _all(desk)
        texts = desk.values(row.id for row in rows if row.latest is None)
        outcome.problems += stored_once(rows, {i: a.text for i, a in texts.items()}, planned)
        before = _stories(desk, rows)
        desk.settle()
        told = retold.group(texts.values(), desk.config)
        expected = {frozenset(story.articles) for story in told}
        found = _stories(desk, rows)
    for names in sorted(found ^ expected, key=sorted)[:10]:
        whose = "told only by the desk" if names in found else "missing from the desk"
        outcome.problems.append(f"a story of {len(names)} versions is {whose}")
    outcome.told |= {
        "stored": len(rows),
        "revised": sum(row.latest is not None for row in rows),
        "stories": len(found),
        "of_several_versions": sum(len(names) > 1 for names in found),
        "largest": max(map(len, found), default=0),
        "other_before_settling": len(found - before),
    }


def _all(desk: Desk) -> list[ArticleRow]:
    rows: list[ArticleRow] = []
    page = desk.articles(ArticleFilter(order="arrived"), None, 200)
    rows += page.items
    while page.next:
        page = desk.articles(ArticleFilter(order="arrived"), page.next, 200)
        rows += page.items
    return rows


def _stories(desk: Desk, rows: list[ArticleRow]) -> set[frozenset[str]]:
    held: dict[int | None, set[str]] = {}
    for row in rows:
        if row.latest is None:
            held.setdefault(desk.story_of(row.id), set()).add(row.id)
    return {frozenset(names) for names in held.values()}


def stored_once(rows: list[ArticleRow], texts: dict[str, str], planned: Planned) -> list[str]:
    """Return what is missing, too much, or not what was published last.

    Furniture that the reader cuts may be missing from a text, but not the end of a revised one.
    """
    held: dict[str, list[ArticleRow]] = {}
    for row in rows:
        held.setdefault(row.url, []).append(row)
    problems = [f"{url}: nobody published it" for url in sorted(held.keys() - planned.keys())]
    for url, published in planned.items():
        found = held.get(url, [])
        stands = [row for row in found if row.latest is None]
        last = published[-1]
        words, end = len(last.text.split()), last.text.split("\n\n")[-1]
        if not found:
            problems.append(f"{url}: missing")
        elif len(stands) != 1 or len(found) > len(published):
            problems.append(f"{url}: {len(found)} texts, of which {len(stands)} stand")
        elif not WHOLE * words <= stands[0].words <= words:
            problems.append(f"{url}: {stands[0].words} words, not {words}")
        elif last.revision and end not in texts[stands[0].id]:
            problems.append(f"{url}: its first text stands, though it was revised")
    return problems[:50]


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
    return port


def show(told: dict[str, Any]) -> None:
    """Print what was measured."""
    for name, value in told.items():
        if name not in {"problems", "by_page"}:
            print(f"{name:<22} {value}")
    for kind, found in told["by_page"].items():
        print(f"  {kind:<28} {found}")
    for problem in told["problems"]:
        print(f"problem: {problem}", file=sys.stderr)
