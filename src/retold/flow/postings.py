"""Which texts share enough of their sketches to be aligned; as :mod:`retold.reuse.candidates`."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retold.config import ScanConfig
from retold.flow.rows import (
    CROWDS,
    HELD,
    POSTINGS,
    SAMPLES,
    SHARED,
    STOCK,
    Numbers,
    array,
    made,
    packed,
    runs,
    unpacked,
)
from retold.reuse.candidates import Index, spread
from retold.reuse.compiled import compiled
from retold.reuse.stock import Widespread, judged, suspects


class Heavy(NamedTuple):
    """Hashes that more texts hold than are brought together, sorted, with their first texts."""

    keys: Numbers
    leaders: Numbers
    """Shape (keys, leaders)."""


def widespread(config: ScanConfig) -> Widespread:
    """Return when a posting is stock, by a configuration."""
    return Widespread(
        config.stock_articles, config.stock_outlet, config.stock_samples, config.stock_overlap,
        config.stock_same_overlap,
    )  # fmt: skip


def _keys(table: pa.Table, bits: int) -> tuple[Numbers, Numbers]:
    """Return the keys of all sketches, and the row of each."""
    hashes, bounds = unpacked(table["hashes"], np.uint64)
    keys = (spread(hashes) >> np.uint64(bits)).view(np.int64)
    return keys, np.repeat(np.arange(len(table)), np.diff(bounds))


def held(table: pa.Table, *, bits: int) -> pa.Table:
    """Return a row for each hash of each sketch."""
    table = table.filter(pc.equal(table["reason"], ""))
    keys, rows = _keys(table, bits)
    copies = np.array(
        [int.from_bytes((w or b"")[:8], "little", signed=True) for w in table["whole"].to_pylist()],
        np.int64,
    )
    return made(HELD, keys, array(table, "n")[rows], copies[rows], array(table, "origin")[rows])


def thinned(table: pa.Table, *, most: int) -> pa.Table:
    """Keep of each key the first texts, one more than ``most``, copies of one text once."""
    key, n, copy = (array(table, name) for name in ("key", "n", "copy"))
    order = np.lexsort((n, copy, key))
    once = np.zeros(len(order), np.bool_)
    once[runs(key[order], copy[order])[:-1]] = True
    kept = order[once]
    kept = kept[np.lexsort((n[kept], key[kept]))]
    bounds = runs(key[kept])
    place = np.arange(len(kept)) - np.repeat(bounds[:-1], np.diff(bounds))
    return table.take(kept[place <= most])


def postings(table: pa.Table, *, config: ScanConfig, most: int) -> pa.Table:
    """Return the keys that several texts hold."""
    table = thinned(table, most=most)
    key, n = array(table, "key"), array(table, "n")
    bounds = runs(key)
    wanted = np.diff(bounds) > 1
    member = np.repeat(wanted, np.diff(bounds))
    key, n = key[member], n[member]
    bounds = runs(key)
    outlets = np.unique(array(table, "origin")[member], return_inverse=True)[1].astype(np.int32)
    outlets[array(table, "origin")[member] == 0] = -1
    texts = np.arange(len(n), dtype=np.int32)
    asked = suspects(bounds, texts, outlets, widespread(config))
    return made(POSTINGS, key[bounds[:-1]], packed(n, bounds), asked)


def samples(table: pa.Table, *, config: ScanConfig) -> pa.Table:
    """Return the texts by which the keys in question are judged."""
    table = table.filter(table["asked"])
    n, bounds = unpacked(table["texts"], np.int64)
    row = np.repeat(np.arange(len(table)), np.diff(bounds))
    place = np.arange(len(n)) - bounds[row]
    kept = place < 2 * config.stock_samples
    return made(SAMPLES, array(table, "key")[row[kept]], n[kept])


def stocked(table: pa.Table, *, config: ScanConfig) -> pa.Table:
    """Judge keys by the sketches of some of their texts."""
    key, n = array(table, "key"), array(table, "n")
    hashes, own = unpacked(table["hashes"], np.uint64)
    every = np.arange(len(n))
    bounds = runs(key)
    verdict, proposed = np.zeros(len(bounds) - 1, np.bool_), []
    for at in range(len(verdict)):
        found, pair = judged(
            bounds[at : at + 2], every.astype(np.int32), np.ones(1, np.bool_), hashes, own, every,
            widespread(config),
        )  # fmt: skip
        verdict[at] = found[0]
        proposed += pair.tolist()
    pairs = n[np.array(proposed, np.int64).reshape(-1, 2)]
    return made(STOCK, key[bounds[:-1][verdict]], pairs[:, 0], pairs[:, 1])


def proposed(table: pa.Table) -> pa.Table:
    """Return the pairs that show what is stock."""
    return summed(made(SHARED, table["a"], table["b"], np.ones(len(table), np.int64)))


def _live(table: pa.Table, stock: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the keys that are no stock, the texts of each, and where they begin."""
    key = array(table, "key")
    at = np.searchsorted(stock, key)
    at[at == len(stock)] = 0
    dead = stock[at] == key if len(stock) else np.zeros(len(key), np.bool_)
    table = table.filter(pa.array(~dead))
    n, bounds = unpacked(table["texts"], np.int64)
    return array(table, "key"), n, bounds


def shared(table: pa.Table, *, stock: Numbers, config: ScanConfig, most: int) -> pa.Table:
    """Return the pairs of texts that share a key; of a long posting those of its leaders."""
    _, n, bounds = _live(table, stock)
    a, b = _pairs(n, bounds, config.long, config.leaders, most)
    return summed(made(SHARED, a, b, np.ones(len(a), np.int64)))


@compiled
def _pairs(n: Index, bounds: Index, long: int, leaders: int, most: int) -> tuple[Index, Index]:
    count = 0
    for posting in range(len(bounds) - 1):
        size = bounds[posting + 1] - bounds[posting]
        if size > most:
            continue
        for at in range(size if size <= long else leaders):
            count += size - 1 - at
    a, b = np.empty(count, np.int64), np.empty(count, np.int64)
    filled = 0
    for posting in range(len(bounds) - 1):
        low, size = bounds[posting], bounds[posting + 1] - bounds[posting]
        if size > most:
            continue
        for at in range(size if size <= long else leaders):
            for other in range(at + 1, size):
                a[filled], b[filled] = n[low + at], n[low + other]
                filled += 1
    return a, b


def summed(table: pa.Table) -> pa.Table:
    """Add up what pairs share."""
    a, b, count = (array(table, name) for name in ("a", "b", "shared"))
    order = np.lexsort((b, a))
    a, b, count = a[order], b[order], count[order]
    begins = runs(a, b)[:-1]
    sums = np.add.reduceat(count, begins) if len(begins) else count
    return made(SHARED, a[begins], b[begins], sums)


def candidates(table: pa.Table, *, config: ScanConfig) -> pa.Table:
    """Keep the pairs that share enough."""
    table = summed(table)
    return table.filter(pa.array(array(table, "shared") >= config.shared))


def heavy(table: pa.Table, *, stock: Numbers, config: ScanConfig, most: int) -> pa.Table:
    """Keep the keys that more texts hold than were brought together, with their leaders."""
    key, n, bounds = _live(table, stock)
    large = np.flatnonzero(np.diff(bounds) > most)
    leading = n[bounds[large][:, None] + np.arange(config.leaders)]
    return made(
        POSTINGS,
        key[large],
        packed(leading.ravel(), np.arange(len(large) + 1) * config.leaders),
        np.zeros(len(large), np.bool_),
    )


def as_heavy(table: pa.Table, leaders: int) -> Heavy:
    """Return collected rows of :func:`heavy`."""
    n, _ = unpacked(table["texts"], np.int64)
    order = np.argsort(array(table, "key"))
    return Heavy(array(table, "key")[order], n.reshape(-1, leaders)[order])


def _met(table: pa.Table, known: Heavy, bits: int) -> tuple[Numbers, Numbers]:
    """Return the articles that hold heavy keys, and these keys' numbers."""
    table = table.filter(pc.equal(table["reason"], ""))
    keys, rows = _keys(table, bits)
    at = np.searchsorted(known.keys, keys)
    at[at == len(known.keys)] = 0
    hit = known.keys[at] == keys
    return array(table, "n")[rows[hit]], at[hit]


def led(table: pa.Table, *, known: Heavy, bits: int) -> pa.Table:
    """Pair each article with the leaders of the heavy keys that it holds."""
    n, at = _met(table, known, bits)
    parts: list[NDArray[Any]] = [np.empty((0, 2), np.int64)]
    for place in range(known.leaders.shape[1]):
        lead = known.leaders[at, place]
        # a leader is paired with the later ones
        later = ~(n[:, None] == known.leaders[at][:, : place + 1]).any(axis=1)
        parts.append(np.column_stack((lead[later], n[later])))
    a, b = np.concatenate(parts).T
    return summed(made(SHARED, a, b, np.ones(len(a), np.int64)))


def crowded(table: pa.Table, *, stock: Numbers, config: ScanConfig, most: int) -> pa.Table:
    """Return the texts of long postings, each with the first."""
    _, n, bounds = _live(table, stock)
    sizes = np.diff(bounds)
    long = np.repeat((sizes > config.long) & (sizes <= most), sizes)
    return least(made(CROWDS, n[long], np.repeat(n[bounds[:-1]], sizes)[long]))


def crowded_by(table: pa.Table, *, known: Heavy, bits: int) -> pa.Table:
    """Return the texts of heavy keys, each with the first."""
    n, at = _met(table, known, bits)
    return least(made(CROWDS, n, known.leaders[at, 0]))


def least(table: pa.Table) -> pa.Table:
    """Return of each text the least first."""
    n, first = array(table, "n"), array(table, "first")
    order = np.lexsort((first, n))
    begins = runs(n[order])[:-1]
    return made(CROWDS, n[order][begins], first[order][begins])
