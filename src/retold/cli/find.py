"""``retold find``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retold.cli.options import progress_bar
from retold.errors import InputError, UsageError

if TYPE_CHECKING:
    from retold.corpus.results import Found

SHOWN = 10
"""Articles shown for a text; --json gives all."""
_PATH = re.compile(r"\S*(?:/|\.[A-Za-z]\w{0,7}$)\S*")
"""What is meant as a path where no such file is: no blank, and a slash or a suffix."""


@click.command()
@click.argument("query", metavar="TEXT|FILE|-")
@click.option(
    "--index",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False),
    help="The folder that `retold scan --index` wrote.",
)
@click.option("--json", "as_json", is_flag=True, help="Print all that was found as JSON.")
def command(
    query: str,
    index: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
) -> None:
    """Find the articles of an index that share text with a text.

    Give the TEXT itself, a FILE of one or more articles in any format that `retold scan` reads, or
    - for a text on standard input. Nothing is added to the index.
    """
    import retold
    from retold.labels import visible
    from retold.reuse.compiled import compiling

    with progress_bar(quiet=False) as progress, compiling(progress):
        answers = [(source, text, retold.find(text, index)) for source, text in _queries(query)]
    if as_json:
        click.echo(json.dumps([_plain(s, f) for s, _, f in answers], indent=1, ensure_ascii=False))
        return
    for source, text, found in answers:
        if len(answers) > 1:
            click.echo(f"{visible(source)}:")
        for line in _told(found, text):
            click.echo(line)


def _queries(given: str) -> Iterator[tuple[str, str]]:
    """Yield each text that is asked for, with where it comes from."""
    if given == "-":
        from retold.read.decode import decode

        yield "-", decode(sys.stdin.buffer.read()).text
    elif _is_there(given):
        yield from _articles(given)
    elif _PATH.fullmatch(given):
        raise UsageError(f"{given}: no such file; check the path, or give a text of several words")
    else:
        yield "text", given


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # a text may be no possible name of a file
        return False


def _articles(path: str) -> Iterator[tuple[str, str]]:
    from retold.config import ReadConfig
    from retold.read import corpus

    files, rejected = corpus.inputs([path])
    count = 0
    for file in files:
        for batch in corpus.batches(file, ReadConfig()):
            rejected += batch.rejected
            for row in batch.articles.select(["source", "text"]).to_pylist():
                count += 1
                yield row["source"], row["text"]
    if not count:
        why = [f"{r.source}: {r.detail}" for r in rejected[:20]]
        raise InputError("\n".join(why) or f"{path}: holds no article; give a file that has one")


def _plain(source: str, found: list[Found]) -> dict[str, Any]:
    return {
        "query": source,
        "found": [
            {
                "article": f.article,
                "outlet": f.outlet,
                "title": f.title,
                "published": f.published.isoformat() if f.published else None,
                "containment_query": round(f.containment_query, 4),
                "containment_article": round(f.containment_article, 4),
                "spans": [span._asdict() for span in f.spans],
            }
            for f in found
        ],
    }


def _told(found: list[Found], text: str) -> Iterator[str]:
    from retold.labels import count, percent, short

    if not found:
        yield "No article of the index shares a passage with this text."
        return
    yield f"Found in {count(len(found), 'article')} of the index"
    for f in found[:SHOWN]:
        when = f", {f.published:%Y-%m-%d %H:%M}" if f.published else ""
        yield f"{short(f.outlet or '(no outlet)', 40)}{when}: {short(f.title, 60)} ({f.article})"
        yield (
            f"  {percent(f.containment_query)} of this text stands there,"
            f" {percent(f.containment_article)} of that article in this text"
        )
        for span in f.spans:
            quoted = short(text[span.query_start : span.query_end], 60)
            yield (
                f"  [{span.query_start}:{span.query_end}] at [{span.start}:{span.end}],"
                f" {count(span.words, 'equal word')}: “{quoted}”"
            )
    if len(found) > SHOWN:
        yield f"and {len(found) - SHOWN} more; --json lists all"
