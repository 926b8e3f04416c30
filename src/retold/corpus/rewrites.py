"""``retold scan --rewrites``: articles that tell the same in other words, from a scan's tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retold.config import Config, canonical
from retold.corpus.added import deliver, is_made, remove
from retold.corpus.keep import fingerprint
from retold.corpus.results import Scan, load_scan
from retold.corpus.spelling import Spelled, spell
from retold.corpus.store import alone, unwritten
from retold.corpus.survey import checkpoint_name
from retold.corpus.tables import REWRITES, TERMS
from retold.engine import Progress, in_threads
from retold.reuse.compiled import compiled, compiling
from retold.reuse.tokens import Words
from retold.rewrite import likely
from retold.rewrite.bags import term_of
from retold.rewrite.pile import Pile, pile
from retold.rewrite.vocabulary import Numbers, Terms

_WORK = ".rewrites"
"""Folder, within that of the tables, for what is done so far."""
_FORMAT = "1"
"""Version of the method; grows when it gives other pairs."""
_CHUNKS, _LEAST_CHUNK = 64, 500
"""In how many turns texts are searched for, and texts of a turn at least."""
_ID = len("article:")
_ID_DIGITS = 10
"""Digits of each article's id that a rewrite's id has."""

Spans = NDArray[np.int32]


def rewrites(scan: Scan, config: Config, threads: int, progress: Progress) -> Scan:
    """Write ``rewrites`` beside the tables of a scan.

    Where the table is there, made from these very tables, it is left as it is.

    Args:
        scan: a finished scan.
        config: its ``pile`` and ``scan`` count.
        threads: how many work side by side.
        progress: is told how far it has come.

    Returns:
        The scan with the table.

    Raises:
        ScanError: a table is damaged, the disk is full, or another process looks for the same.
    """
    made = _made(scan, config)
    if is_made(scan, (REWRITES,), made):
        return load_scan(scan.folder)
    work = scan.folder / _WORK
    with alone(work), compiling(progress):
        progress("rewrites: terms", 0, 0)
        texts = spell(scan, work / "words", config.scan.shingle)
        held = pile(texts.read, config.pile)
        pairs = _pairs(held, work / made, threads, progress)
        found = _table(texts, held, _between_outlets(texts.outlets, pairs))
        deliver(scan, found, REWRITES.name, made)
        shutil.rmtree(work, ignore_errors=True)
    return load_scan(scan.folder)


def discard(scan: Scan, config: Config) -> Scan:
    """Remove ``rewrites`` where it was made from other tables than these."""
    gone = remove(scan, (REWRITES,), _made(scan, config))
    return load_scan(scan.folder) if gone else scan


def _made(scan: Scan, config: Config) -> str:
    """Return a name for all that the table depends on."""
    return checkpoint_name(f"{_FORMAT} {fingerprint(scan)}", canonical(config.pile))


def _pairs(held: Pile, checkpoints: Path, threads: int, progress: Progress) -> Numbers:
    """Return the pairs of texts of which one is near to the other, sorted."""
    count = len(held.bags.bounds) - 1
    size = max(_LEAST_CHUNK, -(-count // _CHUNKS))
    try:
        for old in checkpoints.parent.glob("*"):
            if old.is_dir() and old.name not in {checkpoints.name, "words"}:
                shutil.rmtree(old)
        checkpoints.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritten(checkpoints, error) from None

    def chunk(first: int) -> Numbers:
        kept = checkpoints / f"{first:012}.npy"
        if kept.is_file():
            return np.asarray(np.load(kept), np.int64)
        last = min(first + size, count)
        near = held.near(first, last).texts
        own = np.repeat(np.arange(first, last), near.shape[1])
        pairs = np.column_stack((own, near.ravel()))[near.ravel() >= 0].astype(np.int64)
        draft = kept.with_suffix(".part")
        try:
            with draft.open("wb") as stream:
                np.save(stream, pairs)
            draft.replace(kept)
        except OSError as error:
            raise unwritten(checkpoints, error) from None
        return pairs

    keys = [np.empty(0, np.int64)]
    for pairs in in_threads(chunk, range(0, count, size), threads):
        keys.append(pairs.min(axis=1) * count + pairs.max(axis=1))
        progress("rewrites", min(count, (len(keys) - 1) * size), count)
    every = np.unique(np.concatenate(keys))
    return np.column_stack((every // max(1, count), every % max(1, count)))


def _between_outlets(outlets: pa.Array, pairs: Numbers) -> Numbers:
    """Leave out pairs of one outlet: series and follow-ups, made alike by the house's own style."""
    one, two = (outlets.take(pa.array(pairs[:, side])) for side in (0, 1))
    same = pc.is_in(pc.equal(one, two), value_set=pa.array([True]))
    apart: Numbers = pairs[~same.to_numpy(zero_copy_only=False)]
    return apart


def _table(texts: Spelled, held: Pile, pairs: Numbers) -> pa.Table:
    """Build the table of the pairs that are likely enough, the likeliest first."""
    config = held.config
    found = likely.evidence(held, pairs)
    told = np.round(likely.probability(found), 4)
    listed = np.flatnonzero(told >= config.least)
    listed = listed[np.lexsort((pairs[listed, 1], pairs[listed, 0], -told[listed]))]
    pairs, found, told = pairs[listed], found[listed], told[listed]
    terms, bounds = _terms(texts, held, pairs)
    a, b = (texts.ids.take(pa.array(pairs[:, side])) for side in (0, 1))
    return pa.table(
        [
            pa.array(_names(a, b), pa.large_string()),
            a,
            b,
            told.astype(np.float32),
            found[:, 0].astype(np.float32),
            found[:, 1].astype(np.float32),
            pa.ListArray.from_arrays(bounds.astype(np.int32), terms),
        ],
        schema=REWRITES.schema,
    )


def _names(a: pa.Array, b: pa.Array) -> Iterator[str]:
    for one, two in zip(a.to_pylist(), b.to_pylist(), strict=True):
        yield f"rewrite:{one[_ID : _ID + _ID_DIGITS]}{two[_ID : _ID + _ID_DIGITS]}"


def _terms(texts: Spelled, held: Pile, pairs: Numbers) -> tuple[pa.StructArray, Numbers]:
    """Return the terms that tell most of each pair, where each first stands in both texts."""
    read, known = texts.read, held.known
    rows, bounds = _shared(
        read.words, read.begins, read.ends, known.keys, known.terms, held.idf, pairs,
        held.bags.bounds, held.bags.terms, held.config.shown,
    )  # fmt: skip
    owners = np.repeat(np.arange(len(pairs)), np.diff(bounds))
    columns = []
    for side in (0, 1):
        place = read.begins[pairs[owners, side]] + rows[:, side]
        start = texts.starts[place]
        columns += [start, start + texts.lengths[place]]
    weights = held.idf[rows[:, 2]]
    arrays = [pa.array(column.astype(np.int32)) for column in columns] + [pa.array(weights)]
    return pa.StructArray.from_arrays(arrays, fields=list(TERMS.value_type)), bounds


@compiled
def _shared(
    words: Words,
    begins: Numbers,
    ends: Numbers,
    keys: Words,
    known: Terms,
    idf: NDArray[np.float32],
    pairs: Numbers,
    bounds: Numbers,
    terms: Terms,
    most: int,
) -> tuple[Spans, Numbers]:
    """Return, pair by pair, the first word of a shared term in both texts, and the term."""
    out = np.full((len(pairs) * most, 3), -1, np.int32)
    edges = np.zeros(len(pairs) + 1, np.int64)
    filled = 0
    for pair in range(len(pairs)):
        one, two = pairs[pair, 0], pairs[pair, 1]
        mine = terms[bounds[one] : bounds[one + 1]]
        theirs = terms[bounds[two] : bounds[two + 1]]
        both = mine[np.isin(mine, theirs)]
        both = np.sort(both[np.argsort(-idf[both], kind="mergesort")[:most]])
        rows = out[filled : filled + len(both)]
        rows[:, 2] = both
        for side in range(2):
            text = pairs[pair, side]
            for place in range(begins[text], ends[text]):
                term = term_of(words[place], keys, known)
                at = np.searchsorted(both, term)
                if at < len(both) and both[at] == term and rows[at, side] < 0:
                    rows[at, side] = place - begins[text]
        rows[:] = rows[np.argsort(rows[:, 0], kind="mergesort")]
        filled += len(both)
        edges[pair + 1] = filled
    return out[:filled].copy(), edges
