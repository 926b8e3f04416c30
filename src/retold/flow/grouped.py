"""From matches to groups: what is connected is found in rounds, and joined as one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.config import ScanConfig
from retold.corpus import groups, matches
from retold.flow.rows import (
    CERTAIN,
    COUNT,
    EDGES,
    FOREST,
    MEMBERS,
    PAIRS,
    PLACED,
    Numbers,
    array,
    ids_of,
    made,
)
from retold.reuse.candidates import Index
from retold.reuse.compiled import compiled


def linked(table: pa.Table) -> pa.Table:
    """Return verified matches as a forest."""
    table = table.filter(table["verified"])
    return _forest(array(table, "a_n"), array(table, "b_n"))


def hanging(table: pa.Table) -> pa.Table:
    """Return all matches as a forest."""
    return _forest(array(table, "a_n"), array(table, "b_n"))


def placed_pairs(table: pa.Table) -> pa.Table:
    """Return which articles share what."""
    return table.select(PAIRS.names)


def merged(table: pa.Table) -> pa.Table:
    """Return the forests of some rows as one: each article with the least that it hangs with."""
    return _forest(array(table, "n"), array(table, "root"))


def spread(table: pa.Table, *, buckets: int) -> pa.Table:
    """Say which forests are merged next."""
    at = table.column_names.index("bucket")
    bucket = array(table, "root").view(np.uint64) % np.uint64(buckets)
    return table.set_column(at, FOREST.field(at), pa.array(bucket.astype(np.int64)))


def _forest(one: Numbers, two: Numbers) -> pa.Table:
    nodes, ends = np.unique(np.concatenate((one, two)), return_inverse=True)
    root = _roots(len(nodes), *ends.reshape(2, -1).astype(np.int64))
    return made(FOREST, np.zeros(len(nodes), np.int64), nodes, nodes[root])


@compiled
def _roots(count: int, one: Index, two: Index) -> Index:
    root = np.arange(count)
    for at in range(len(one)):
        a, b = one[at], two[at]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        root[max(a, b)] = min(a, b)
    for at in range(count):
        # the root of each is less than itself, and settled
        root[at] = root[root[at]]
    return root


def counted(table: pa.Table) -> pa.Table:
    """Count rows."""
    return made(COUNT, [len(table)], [0])


def certain(table: pa.Table) -> pa.Table:
    """Keep the matches of versions."""
    return table.filter(table["verified"]).select(CERTAIN.names)


def edges(table: pa.Table) -> pa.Table:
    """Put columns in their order."""
    return table.select(EDGES.names)


def crowd_edges(table: pa.Table) -> pa.Table:
    """Return who is of a crowd, as rows beside the matches."""
    count = len(table)
    nothing = pa.array([b""] * count, pa.large_binary())
    kinds = pa.array([""] * count, pa.large_string())
    return made(
        EDGES, table["n"], table["first"], nothing, nothing, np.zeros(count), kinds, table["root"]
    )


def placed(table: pa.Table) -> pa.Table:
    """Return which article is of which group."""
    return table.select(PLACED.names)


def grouped(table: pa.Table, *, config: ScanConfig) -> pa.Table:
    """Group articles, for some of what is connected as :func:`retold.corpus.groups.group` for all.

    Groups do not reach from one part of what is connected to another, so each is joined by itself.
    """
    is_match = pc.not_equal(table["kind"], "")
    crowd, table = table.filter(pc.invert(is_match)), table.filter(is_match)
    sides = np.concatenate((array(table, "a_n"), array(table, "b_n")))
    nodes, first, ends = np.unique(sides, return_index=True, return_inverse=True)
    pairs = ends.reshape(2, -1).T.astype(np.int64)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, strength = np.ascontiguousarray(pairs[order]), array(table, "strength")[order]
    copy = pc.equal(table["kind"], "exact").to_numpy()[order]
    original = np.arange(len(nodes))
    original[pairs[copy, 1]] = pairs[copy, 0]
    crowds = np.full(len(nodes), -1, np.int32)
    names = np.unique(array(crowd, "b_n"), return_inverse=True)[1]
    crowds[np.searchsorted(nodes, array(crowd, "a_n"))] = names
    found = groups.group(original, pairs, strength, config.anchors, crowds=crowds)
    ids = np.concatenate([ids_of(table[name]) for name in ("a_id", "b_id")])[first]
    match = matches.named(ids[pairs[:, 0]], ids[pairs[:, 1]])
    told = groups.table(found, ids, match)
    sizes = np.diff(found.bounds)
    lead = np.repeat(nodes[found.texts[found.bounds[:-1]]], sizes)
    place = np.arange(len(found.texts)) - np.repeat(found.bounds[:-1], sizes)
    return made(MEMBERS, nodes[found.texts], lead, place, *told.columns)
