"""The stories of a large pile: ``retold scan``, then ``--stories`` over what it wrote.

The pile is the articles of ``articles_37k``; where more are asked for, those of ``reuters_1987``,
and then the first again, turn after turn, with their dates moved by eleven years each. An article
in eight has no date, and is compared with all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.corpus import NEWS
from bench.processes import RETOLD, timed
from retold.read.dates import parse

SIZES = (37_554, 100_000)
SECONDS, MEBIBYTES = 900.0, 4096.0
"""Aims, for the larger pile."""
AGENCY = NEWS.parents[1] / "reuters_1987" / "articles.parquet"
_MOVED = timedelta(days=4018)
_ROWS = 5_000
_SCHEMA = pa.schema(
    [
        ("title", pa.large_string()),
        ("outlet", pa.string()),
        ("url", pa.string()),
        ("published", pa.timestamp("us", "UTC")),
        ("text", pa.large_string()),
    ]
)


def write(path: Path, count: int) -> None:
    """Write a pile of ``count`` articles."""
    coming = rows()
    with pq.ParquetWriter(path, _SCHEMA) as writer:
        for first in range(0, count, _ROWS):
            part = [next(coming) for _ in range(min(_ROWS, count - first))]
            writer.write_table(pa.Table.from_pylist(part, schema=_SCHEMA))


def rows() -> Iterator[dict[str, Any]]:
    """Yield articles without end: the news, the agency's, and the news again."""
    yield from _articles(NEWS, 0)
    yield from _articles(AGENCY, 0)
    turn = 1
    while True:
        yield from _articles(NEWS, turn)
        turn += 1


def _articles(source: Path, turn: int) -> Iterator[dict[str, Any]]:
    for batch in pq.ParquetFile(source).iter_batches(_ROWS):
        for row in batch.to_pylist():
            when = parse(row["published"] or "").moment
            yield {
                "title": row["title"],
                "outlet": row.get("outlet") or "Reuters",
                "url": "" if turn else row.get("url"),
                "published": when - turn * _MOVED if when else None,
                "text": row["text"],
            }


def measure() -> dict[str, Any]:
    """Measure both sizes, each once."""
    found = []
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder / "pile.parquet", count)
            command = (*RETOLD, "scan", "-q", str(folder / "pile.parquet"), "--out")
            scan = timed((*command, str(folder / "out")))
            stories = timed((*command, str(folder / "out"), "--stories"))
            merges = pq.read_metadata(folder / "out" / "merges.parquet").num_rows
        found.append(
            {
                "articles": count,
                "stories": count - merges,
                "scan": asdict(scan),
                "grouping": asdict(stories),
                "aim_seconds": SECONDS,
                "aim_mebibytes": MEBIBYTES,
            }
        )
        show(found[-1])
    return {"stories": found}


def show(told: dict[str, Any]) -> None:
    """Print a measurement."""
    scan, stories = told["scan"], told["grouping"]
    print(
        f"{told['articles']:,} articles, {told['stories']:,} stories: scan {scan['seconds']:.0f} s"
        f" (cpu {scan['cpu']:.0f}), stories {stories['seconds']:.0f} s (cpu {stories['cpu']:.0f}),"
        f" {max(scan['mebibytes'], stories['mebibytes']):.0f} MiB",
        flush=True,
    )
