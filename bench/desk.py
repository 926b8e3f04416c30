"""``python -m bench desk [--articles N] [--at FILE] [--keep]``: a desk of very many articles.

The articles are those of the piles of bench/stories.py. Measured are adding them, settling their
stories, searching them (queries drawn from the texts, of one word to three, phrases, beginnings and
exclusions, and the commonest words there are), the pages of stories, one article more of a story
(added, placed, its dossier made anew), a check, and a backup. The stories are some of two versions
and some of ten. With ``--at`` the desk is kept in that file, and used as it is where it is there.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from starlette.testclient import TestClient

from bench.stories import rows
from retold.desk import Desk, stories
from retold.desk.values import SearchFilter
from retold.model import Article, article_id
from retold.web.app import create_app
from retold.web.settings import Settings

ARTICLES = 100_000
COMMON = ("the", "said", "the of and", "people", "government said", '"the president"', "election")
DRAWN = 43
SIZES = (2, 10)
"""Versions of the stories that are looked at; larger ones are told later, as their page says."""
TOLD = 8
"""Stories of each size that are looked at."""
HOME = "http://127.0.0.1:8765"
_FIELDS = ("title", "outlet", "url", "published")

Result = TypeVar("Result")


def articles(count: int) -> Iterator[Article]:
    """Yield so many articles."""
    for row in islice(rows(), count):
        given = {name: row[name] for name in _FIELDS if row[name]}
        yield Article(article_id(row["text"], **given), row["text"], language="en", **given)


def queries(desk: Desk, count: int) -> list[str]:
    """Return queries that have finds, drawn from the texts, and the commonest."""
    draw = random.Random(3)  # noqa: S311 - no secret
    found: list[str] = []
    while len(found) < DRAWN:
        row = desk.article(draw.randint(1, count))
        article = desk.value(row.id) if row else None
        words = re.findall(r"[A-Za-z]{3,}", article.text) if article else []
        if len(words) < 30:
            continue
        at = draw.randrange(len(words) - 3)
        one, two, three = draw.sample(words, 3)
        forms = (one, f"{one} {two}", f"{one} {two} {three}", f'"{words[at]} {words[at + 1]}"')
        found.append(draw.choice([*forms, f"{one[:4]}*", f"{one} {two} -{three}"]))
    return [*found, *COMMON]


def timed(work: Callable[[], Result]) -> tuple[Result, float, float]:
    """Return what a function returns, and the seconds on the clock and on the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - clock, time.process_time() - processor


def told(name: str, seconds: list[float], processor: list[float]) -> dict[str, object]:
    """Print and return the median and the worst of several runs."""
    figures = {
        "median": round(statistics.median(seconds), 4),
        "worst": round(max(seconds), 4),
        "processor_median": round(statistics.median(processor), 4),
        "processor_worst": round(max(processor), 4),
        "runs": len(seconds),
    }
    print(
        f"{name:<32} median {figures['median']:8.3f} s, worst {figures['worst']:8.3f} s;"
        f" processor {figures['processor_median']:8.3f} s, {figures['processor_worst']:8.3f} s"
        f"  n {len(seconds)}"
    )
    return {"name": name, **figures}


def several(name: str, works: list[Callable[[], object]]) -> dict[str, object]:
    """Measure functions one after the other."""
    measured = [timed(work) for work in works]
    return told(name, [m[1] for m in measured], [m[2] for m in measured])


def picked(desk: Desk) -> dict[int, list[int]]:
    """Return some stories of each of :data:`SIZES`, their dossiers made."""
    found: dict[int, list[int]] = {size: [] for size in SIZES}
    cursor = None
    while any(len(numbers) < TOLD for numbers in found.values()):
        page = desk.stories("retold", cursor=cursor, limit=200)
        for row in page.items:
            if len(found.get(row.versions, range(TOLD))) < TOLD:
                found[row.versions].append(row.number)
        cursor = page.next
        if cursor is None:
            break
    with desk.database.write() as connection:
        # telling all takes hours, and is not what is measured
        connection.execute("DELETE FROM job")
        for number in chain(*found.values()):
            stories.ask(connection, number)
    # as what works beside the serving makes it when nothing else waits
    desk.work(ahead=1_000)
    return {size: numbers for size, numbers in found.items() if numbers}


def further(desk: Desk, number: int) -> Article:
    """Return another version of a story: one of them without every third sentence, a bit later."""
    texts = desk.values(version.id for version in desk.versions(number)).values()
    base = next((text for text in texts if text.published), next(iter(texts)))
    sentences = base.text.split(". ")
    text = ". ".join(words for at, words in enumerate(sentences) if at % 3)
    given: dict[str, Any] = {"title": base.title, "outlet": "Another"}
    if base.published:
        given["published"] = base.published + timedelta(minutes=2)
    return Article(article_id(text, **given), text, language="en", **given)


def pages(path: Path, told: dict[int, list[int]]) -> list[dict[str, object]]:
    """Measure the pages of stories, as a browser asks for them: new, and kept."""
    results = []
    app = create_app(path, Settings(rate=0), lambda _: None)
    with app.state.desk, TestClient(app, base_url=HOME, headers={"accept": "text/html"}) as browser:
        several("the first page", [lambda: browser.get("/")])
        for size, numbers in told.items():
            asked: list[Callable[[], object]] = [
                lambda n=number: browser.get(f"/stories/{n}").raise_for_status()  # type: ignore[misc]
                for number in numbers
            ]
            results += [
                several(f"page of {size} versions, {when}", asked) for when in ("new", "again")
            ]
    return results


def measure(path: Path, count: int) -> list[dict[str, object]]:
    """Fill a desk, unless it is filled, and measure it."""
    results: list[dict[str, object]] = []
    with Desk.open(path) as desk:
        if not desk.status().articles:
            pile = list(articles(count))
            results.append(several(f"add {count:,} articles", [lambda: desk.add(pile)]))
            del pile
        held = desk.status().articles
        if desk.waiting().articles:
            results.append(several(f"settle {held:,} articles", [desk.settle]))
        results += searched(desk, held)
        told = picked(desk)
        results += pages(path, told)
        for size, numbers in told.items():
            more = [further(desk, number) for number in numbers]
            works: list[Callable[[], object]] = [
                lambda a=one: (desk.add([a]), desk.work())  # type: ignore[misc]
                for one in more
            ]
            if size == min(told) and len(works) > 1:
                results.append(several("one more, models being loaded", [works.pop()]))
            results.append(several(f"one more of {size} versions", works))
        results.append(several("check", [desk.check]))
        copy = path.with_name(f"{path.name}.copy")
        results.append(several("backup", [lambda: desk.backup(copy)]))
        copy.unlink()
    return results


def searched(desk: Desk, held: int) -> list[dict[str, object]]:
    """Measure searching and listing."""
    results = []
    asked = queries(desk, held)
    for order in ("best", "published"):
        wanted = SearchFilter(order=order)
        works: list[Callable[[], object]] = [
            lambda q=query, w=wanted: desk.search(q, wanted=w, limit=20)  # type: ignore[misc]
            for query in asked
        ]
        results.append(several(f"search, {order} first", works))
    results.append(several("a page of articles", [desk.articles] * 20))
    results.append(several("status", [desk.status] * 5))
    return results


def main(words: list[str]) -> tuple[int, dict[str, Any]]:
    """Run it as the command line says; return the exit code and what was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench desk", description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N")
    parser.add_argument("--at", type=Path, metavar="FILE", help="keep the desk there")
    parser.add_argument("--keep", action="store_true", help="write the result to bench/results/")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        path = given.at or Path(folder) / "retold.db"
        results = measure(path, given.articles)
        with Desk.open(path) as desk:
            held = desk.status()
            length = round(statistics.fmean(row.words for row in desk.articles(limit=200).items))
    print(f"{held.articles:,} articles of some {length} words in {held.bytes / 1e6:,.0f} MB")
    told = {"articles": held.articles, "words": length, "bytes": held.bytes}
    return 0, {**told, "results": results}
