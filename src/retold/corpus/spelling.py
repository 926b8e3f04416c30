"""The words of a finished scan's articles on the disk, without stock, and how they are spelled.

They are mapped, not held in memory. Articles are ranked by their ids, so that nothing depends on
the order in which they were read.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retold.corpus.prepare import text_buffers
from retold.corpus.results import Scan
from retold.corpus.rows import batches, tables
from retold.corpus.store import unwritten
from retold.reuse.buffers import Buffers
from retold.reuse.sketch import shingles
from retold.reuse.stock import Stock, mark, stock
from retold.reuse.tokens import Words, tokenise
from retold.rewrite.pile import Read
from retold.rewrite.vocabulary import Numbers
from retold.text import form

_FILES = (("words", np.uint32), ("starts", np.int32), ("lengths", np.uint8))
_ARTICLES = 4096
"""Articles that are split at a time."""


class Spelled(NamedTuple):
    """The articles of a scan as words, but those that an earlier article of a group stands for."""

    ids: pa.Array
    """Of each text its article's id, sorted."""
    outlets: pa.Array
    """And its outlet; null where it is not known."""
    read: Read
    starts: NDArray[np.int32]
    """Of each word, its first code point."""
    lengths: NDArray[np.uint8]
    """And its length."""


def spell(scan: Scan, folder: Path, n: int) -> Spelled:
    """Split the articles of a scan, files of words going to ``folder``.

    Of a group only the first member counts. Stock, by its runs of ``n`` words, is taken out.

    Raises:
        ScanError: a table is damaged, or the disk is full.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        ids, outlets, bounds = _split(scan, folder)
    except OSError as error:
        raise unwritten(folder, error) from None
    words, starts, lengths = (_mapped(folder / name, np.dtype(kind)) for name, kind in _FILES)
    members = _later_members(scan)
    single = ~pc.is_in(ids, value_set=members).to_numpy(zero_copy_only=False)
    order = pc.sort_indices(ids).to_numpy()
    order = order[single[order]]
    begins, ends = bounds[:-1][order], bounds[1:][order]
    _without_stock(scan, words, begins, ends, n)

    def spelled(places: Numbers) -> list[str]:
        return _spelled(scan, bounds, starts, lengths, places)

    kept = pa.array(order)
    read = Read(words, begins, ends, spelled)
    return Spelled(ids.take(kept), outlets.take(kept), read, starts, lengths)


def _split(scan: Scan, folder: Path) -> tuple[pa.Array, pa.Array, Numbers]:
    """Write the words of all articles; return ids, outlets and where each one's words begin."""
    empty = [pa.array([], pa.large_string())]
    ids, outlets, sizes = [*empty], [*empty], [np.zeros(1, np.int64)]
    buffers = Buffers()
    with (
        (folder / "words").open("wb") as words,
        (folder / "starts").open("wb") as starts,
        (folder / "lengths").open("wb") as lengths,
    ):
        for table in tables(scan.articles, ("article", "outlet", "text"), _ARTICLES):
            ids.append(_one(table["article"]))
            outlets.append(_one(table["outlet"]))
            found = tokenise(*text_buffers(_one(table["text"])), buffers)
            sizes.append(np.diff(found.bounds))
            for file, data in ((words, found.words), (starts, found.starts)):
                file.write(data.data.cast("B"))
            lengths.write(found.lengths.data)
    named = pa.concat_arrays(outlets)
    named = pc.if_else(pc.equal(named, ""), None, named)
    return pa.concat_arrays(ids), named, np.cumsum(np.concatenate(sizes))


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0)


def _later_members(scan: Scan) -> pa.Array:
    """Return the members of groups but the first of each."""
    where = pc.field("joined").is_valid()
    parts = [batch.column(0) for batch in batches(scan.groups, ["article"], where)]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.large_string())


def stock_runs(scan: Scan, n: int) -> Stock:
    """Return the runs of ``n`` words of furniture and stock paragraphs, ready to be asked for."""
    held = [np.empty(0, np.uint64)]
    where = pc.field("kind") != "shared"
    for batch in batches(scan.passages, ["text"], where):
        found = tokenise(*text_buffers(batch.column(0)))
        for low, high in zip(found.bounds[:-1].tolist(), found.bounds[1:].tolist(), strict=True):
            grams = np.empty(high - low, np.uint64)
            held.append(grams[: shingles(found.words[low:high], n, grams)])
    return stock(np.concatenate(held))


def _without_stock(scan: Scan, words: Words, begins: Numbers, ends: Numbers, n: int) -> None:
    """Put 0 where furniture or a stock paragraph stands."""
    marks = mark(words, begins, ends, n, stock_runs(scan, n))
    owners = np.repeat(np.arange(len(begins)), np.diff(marks.bounds))
    for owner, (first, last) in zip(owners.tolist(), marks.spans.tolist(), strict=True):
        words[begins[owner] + first : begins[owner] + last] = 0


def _spelled(
    scan: Scan,
    bounds: Numbers,
    starts: NDArray[np.int32],
    lengths: NDArray[np.uint8],
    places: Numbers,
) -> list[str]:
    """Return the folded words at some places, reading the articles once more."""
    order = np.argsort(places)
    owners = np.searchsorted(bounds, places[order], "right") - 1
    out = [""] * len(places)
    article = at = 0
    for batch in batches(scan.articles, ["text"], size=_ARTICLES):
        last = int(np.searchsorted(owners, article + len(batch)))
        texts = batch.column(0)
        text, held = "", -1
        for k in range(at, last):
            owner, place = int(owners[k]) - article, int(places[order[k]])
            if owner != held:
                text, held = texts[owner].as_py(), owner
            start = int(starts[place])
            out[order[k]] = form(text[start : start + int(lengths[place])])
        article, at = article + len(batch), last
    return out


def _mapped(path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    return np.memmap(path, kind, "r+") if path.stat().st_size else np.empty(0, kind)
