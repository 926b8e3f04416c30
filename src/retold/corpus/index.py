"""What an index is asked: which of its articles share text with a text."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from retold.config import Config, ScanConfig
from retold.corpus.places import locate
from retold.corpus.results import Found, FoundSpan
from retold.corpus.store import Content, Part, Store, leading, read_content, read_parts
from retold.corpus.survey import growth
from retold.errors import ScanError
from retold.reuse.candidates import sorted_keys, spread
from retold.reuse.extend import align
from retold.reuse.sketch import sketch
from retold.reuse.stock import Stock, mark
from retold.reuse.tokens import tokenise_text

_KEYS, _STOCK, _HEADER = "keys", "stock.npz", "index.json"
_ALIGNED = 500
"""Articles that a query is aligned with at most: those that share most of its sketch."""


class _Index(NamedTuple):
    """An open index."""

    content: Content
    keys: NDArray[np.uint64]
    """Hashes of all sketches, spread, their low bits giving way to the number of the article."""
    bits: int
    stock: Stock
    config: ScanConfig
    parts: list[Part]


def build(store: Store, stock: Stock, config: ScanConfig) -> None:
    """Write what :func:`find` needs beside what the store holds."""
    folder = store.folder
    content = store.content()
    bits = max(1, len(content.ids).bit_length())
    draft = folder / f"{_KEYS}.part"
    with draft.open("wb") as stream:
        for keys in sorted_keys(content.hashes, content.hash_bounds, bits):
            stream.write(keys.data.cast("B"))
    draft.replace(folder / _KEYS)
    with (folder / f"{_STOCK}.part").open("wb") as stream:
        np.savez(stream, grams=stock.grams, sieve=stock.sieve)
    (folder / f"{_STOCK}.part").replace(folder / _STOCK)
    header = {"articles": len(content.ids), "bits": bits, "config": asdict(config)}
    (folder / f"{_HEADER}.part").write_text(json.dumps(header))
    (folder / f"{_HEADER}.part").replace(folder / _HEADER)


def find(text: str, index: str | os.PathLike[str], config: Config | None = None) -> list[Found]:
    """Return the articles of an index that share passages with a text, the most alike first.

    Args:
        text: what to look for; nothing is added to the index.
        index: the folder that ``scan`` was given as ``index``.
        config: its ``scan`` says what a passage is; that of the index where None.

    Raises:
        ScanError: the folder holds no finished index.
    """
    folder = Path(index)
    try:
        state = (folder / _HEADER).stat()
    except OSError:
        raise ScanError(
            f"{folder}: no finished index; make one with `retold scan CORPUS... --index DIR`"
        ) from None
    held = _opened(folder, state.st_mtime_ns, state.st_ino)
    how = config.scan if config else held.config
    query = tokenise_text(text)
    numbers = _alike(held, query.words, query.bounds)
    if not len(numbers):
        return []
    content = held.content
    # the query first, then each article's words, in one array
    runs = [content.words[content.bounds[n] : content.bounds[n + 1]] for n in numbers.tolist()]
    words = np.concatenate([query.words, *runs])
    ends = np.cumsum([len(query.words), *map(len, runs)])
    begins = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
    others = np.arange(1, len(begins))
    pairs = np.column_stack((np.zeros_like(others), others))
    marks = mark(words, begins, ends, how.shingle, held.stock)
    rows = align(words, begins, ends, pairs, growth(how), marks).astype(np.int64)
    number = numbers[rows[:, 0]]
    starts, stops = locate(content, number, rows[:, 3], rows[:, 4])
    lengths = ends - begins
    lengths = np.maximum(1, lengths - marks.words())
    equal = np.bincount(rows[:, 0], rows[:, 6], len(numbers))
    share = np.minimum(
        1.0, equal[:, None] / np.column_stack((np.full(len(others), lengths[0]), lengths[1:]))
    )
    hit = np.flatnonzero(equal > 0)
    hit = hit[np.lexsort((leading(content.ids[numbers[hit]]), -share[hit, 1], -share[hit, 0]))]
    told = _fields(held.parts, numbers[hit])
    found = []
    for at, field in zip(hit.tolist(), told, strict=True):
        own = np.flatnonzero(rows[:, 0] == at).tolist()
        low = rows[own, 1]
        high = low + rows[own, 2] - 1
        spans = zip(
            query.starts[low].tolist(),
            (query.starts[high] + query.lengths[high]).tolist(),
            starts[own].tolist(),
            stops[own].tolist(),
            rows[own, 5].tolist(),
            strict=True,
        )
        found.append(
            Found(
                field["article"],
                field["outlet"],
                field["title"],
                field["published"],
                round(float(share[at, 0]), 4),
                round(float(share[at, 1]), 4),
                tuple(FoundSpan(*span) for span in spans),
            )
        )
    return found


@lru_cache(maxsize=4)
def _opened(folder: Path, changed: int, inode: int) -> _Index:  # noqa: ARG001 - what is cached by
    try:
        header: dict[str, Any] = json.loads((folder / _HEADER).read_text())
        content, parts = read_content(folder), read_parts(folder)
        keys = np.memmap(folder / _KEYS, np.uint64, "r")
        with np.load(folder / _STOCK) as held:
            known = Stock(held["grams"], held["sieve"])
        config = ScanConfig(**header["config"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ScanError(
            f"{folder}: damaged, or made by another version ({error}); remove it and scan again"
        ) from None
    return _Index(content, keys, header["bits"], known, config, parts)


def _alike(held: _Index, words: NDArray[np.uint32], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of the articles whose sketches share enough with that of the words."""
    config = held.config
    # a text of few words may be part of a long one, whose sketch lacks what only the floor keeps:
    # so a query is looked up by all of its runs, and needs share as many as a sketch would
    hashes, _, _ = sketch(words, bounds, config.shingle, 1, 0)
    if not len(hashes):
        return np.empty(0, np.int64)
    low_bits = np.uint64((1 << held.bits) - 1)
    keys = spread(hashes) & ~low_bits
    low = np.searchsorted(held.keys, keys, "left")
    high = np.searchsorted(held.keys, keys | low_bits, "right")
    runs = [held.keys[a:b] & low_bits for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    numbers, counts = np.unique(np.concatenate(runs), return_counts=True)
    enough = counts >= min(config.shared, max(1, len(hashes) // config.rate // 2))
    numbers, counts = numbers[enough].astype(np.int64), counts[enough]
    numbers = numbers[numbers < len(held.content.ids)]
    counts = counts[: len(numbers)]
    return numbers[np.lexsort((numbers, -counts))][:_ALIGNED]


def _fields(parts: list[Part], numbers: NDArray[np.int64]) -> list[dict[str, Any]]:
    """Return article, outlet, title and time of some articles."""
    out: list[dict[str, Any]] = [{}] * len(numbers)
    firsts = np.array([part.first for part in parts])
    owner = np.searchsorted(firsts, numbers, "right") - 1
    for part in np.unique(owner).tolist():
        wanted = np.flatnonzero(owner == part)
        table = pq.read_table(
            parts[part].path, columns=["article", "outlet", "title", "published"], use_threads=False
        )
        rows = table.take(numbers[wanted] - parts[part].first).to_pylist()
        for place, row in zip(wanted.tolist(), rows, strict=True):
            out[place] = row
    return out
