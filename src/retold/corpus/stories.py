"""``retold scan --stories``: the articles that tell one event, from a scan's tables.

The way of ``retold compare`` without its annotation, which is too dear for a corpus: articles are
grouped by the words of their texts and the passages that the scan found, texts pass through once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold import stories as telling
from retold.config import Config, canonical
from retold.corpus.added import deliver, is_made, remove
from retold.corpus.keep import fingerprint
from retold.corpus.prepare import text_buffers
from retold.corpus.results import Scan, load_scan
from retold.corpus.rows import batches, tables
from retold.corpus.spelling import stock_runs
from retold.corpus.survey import checkpoint_name
from retold.corpus.tables import MERGES, RELATED, STORIES, STORY_TABLES
from retold.engine import Progress
from retold.model import (
    Article,
    Aside,
    AsideKind,
    Document,
    Match,
    MatchKind,
    Span,
    Story,
    make_match,
)
from retold.reuse.buffers import Buffers
from retold.reuse.compiled import compiling
from retold.reuse.stock import mark
from retold.reuse.tokens import tokenise

_FORMAT = "1"
"""Version of the method; grows when it gives other stories."""
_ARTICLES = 2048
"""Articles whose texts are in memory at a time."""
_METHOD = "scan"


def stories(scan: Scan, config: Config, threads: int, progress: Progress) -> Scan:
    """Write ``stories``, ``merges`` and ``related`` beside the tables of a scan.

    Where the tables are there, made from these very tables, they are left as they are.

    Args:
        scan: a finished scan.
        config: its ``stories`` and ``scan`` count.
        threads: how many work side by side.
        progress: is told how far it has come.

    Returns:
        The scan with the tables.

    Raises:
        ScanError: a table is damaged, or the disk is full.
    """
    made = _made(scan, config)
    if is_made(scan, STORY_TABLES, made):
        return load_scan(scan.folder)
    with compiling(progress):
        earlier = telling.revisions(_at_one_address(scan), config.stories)
        found = telling.group(
            _documents(scan, earlier, config),
            _matches(scan, earlier),
            config.stories,
            threads,
            progress,
        )
    found.sort(key=lambda story: (-len(story.articles), story.articles))
    for table, name in (
        (_merges(found), MERGES.name),
        (_related(found), RELATED.name),
        (_members(found, earlier), STORIES.name),
    ):
        deliver(scan, table, name, made)
    return load_scan(scan.folder)


def discard(scan: Scan, config: Config) -> Scan:
    """Remove the tables where they were made from other tables than these."""
    gone = remove(scan, STORY_TABLES, _made(scan, config))
    return load_scan(scan.folder) if gone else scan


def _made(scan: Scan, config: Config) -> str:
    """Return a name for all that the tables depend on."""
    return checkpoint_name(f"{_FORMAT} {fingerprint(scan)}", canonical(config.stories))


def _at_one_address(scan: Scan) -> list[Article]:
    """Return the articles whose address another has, too."""
    seen: dict[str, int] = {}
    for batch in batches(scan.articles, ["url"], pc.field("url") != ""):
        for url in batch.column(0).to_pylist():
            place = telling.address(url)
            seen[place] = seen.get(place, 0) + 1
    several = {place for place, number in seen.items() if place and number > 1}
    found = []
    if several:
        columns = ["article", "url", "published", "text"]
        for batch in batches(scan.articles, columns, pc.field("url") != "", _ARTICLES):
            urls = batch.column(1).to_pylist()
            kept = [at for at, url in enumerate(urls) if telling.address(url) in several]
            for row in batch.take(pa.array(kept, pa.int64())).to_pylist():
                name, url, when, text = (row[column] for column in columns)
                found.append(Article(name, text, url=url, published=when))
    return found


def _documents(scan: Scan, earlier: Collection[str], config: Config) -> Iterator[Document]:
    """Yield the articles, furniture and stock paragraphs marked as asides."""
    n, buffers = config.scan.shingle, Buffers()
    known = stock_runs(scan, n)
    for table in tables(scan.articles, ("article", "published", "text"), _ARTICLES):
        texts = table["text"].chunk(0)
        found = tokenise(*text_buffers(texts), buffers)
        begins, ends = found.bounds[:-1], found.bounds[1:]
        marks = mark(found.words, begins, ends, n, known)
        ids, moments = table["article"].to_pylist(), table["published"].to_pylist()
        for at, (name, when) in enumerate(zip(ids, moments, strict=True)):
            if name in earlier:
                continue
            spans = marks.spans[marks.bounds[at] : marks.bounds[at + 1]].astype(np.int64)
            low, high = begins[at] + spans[:, 0], begins[at] + spans[:, 1] - 1
            starts, stops = found.starts[low], found.starts[high] + found.lengths[high]
            asides = tuple(
                Aside(Span(name, start, end), AsideKind.BOILERPLATE)
                for start, end in zip(starts.tolist(), stops.tolist(), strict=True)
            )
            yield Document(Article(name, texts[at].as_py(), published=when), asides=asides)


def _matches(scan: Scan, earlier: Collection[str]) -> Iterator[Match]:
    """Yield the passages that articles share."""
    lengths = _lengths_of_words(scan)
    columns = ["a", "b", "kind", "spans"]
    for batch in batches(scan.matches, columns):
        for row in batch.to_pylist():
            a, b = row["a"], row["b"]
            if a in earlier or b in earlier:
                continue
            near = row["kind"] == "near"
            for span in row["spans"]:
                here = Span(a, span["a_start"], span["a_end"])
                there = Span(b, span["b_start"], span["b_end"])
                equal = 1.0
                if near:
                    equal = min(1.0, span["words"] * lengths[a] / max(1, here.end - here.start))
                kind = MatchKind.NEAR if near else MatchKind.VERBATIM
                yield make_match(here, there, kind, equal, _METHOD)


def _lengths_of_words(scan: Scan) -> dict[str, float]:
    """Return, of each article with light edits of another, how long a word is with its blank."""
    where = pc.field("kind") == "near"
    wanted = [batch.column(0) for batch in batches(scan.matches, ["a"], where)]
    if not wanted:
        return {}
    known = pa.concat_arrays(wanted).unique()
    found: dict[str, float] = {}
    for batch in batches(scan.articles, ["article", "words", "text"], size=_ARTICLES):
        held = batch.filter(pc.is_in(batch.column(0), value_set=known))
        long = pc.divide(
            pc.cast(pc.utf8_length(held.column(2)), pa.float64()),
            pc.cast(pc.max_element_wise(held.column(1), 1), pa.float64()),
        )
        found.update(zip(held.column(0).to_pylist(), long.to_pylist(), strict=True))
    return found


def _members(found: Sequence[Story], earlier: dict[str, str]) -> pa.Table:
    revised: dict[str, list[str]] = {}
    for name, latest in earlier.items():
        revised.setdefault(latest, []).append(name)
    rows: list[tuple[Any, ...]] = []
    for story in found:
        held: list[tuple[str, str | None]] = [(name, None) for name in story.articles]
        held += [(old, name) for name in story.articles for old in revised.get(name, ())]
        rows += [
            (story.id, name, len(story.articles), latest)
            for name, latest in sorted(held, key=itemgetter(0))
        ]
    return _table(rows, STORIES.schema)


def _merges(found: Sequence[Story]) -> pa.Table:
    rows = [
        (merge.id, story.id, merge.a, merge.b, merge.score, merge.explanation)
        for story in found
        for merge in story.merges
    ]
    return _table(rows, MERGES.schema)


def _related(found: Sequence[Story]) -> pa.Table:
    rows = [
        (story.id, other.story, other.score, other.divided, other.explanation)
        for story in found
        for other in story.related
    ]
    return _table(rows, RELATED.schema)


def _table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)
