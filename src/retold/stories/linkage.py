"""Grouping by average link, with guards against chains and against stories of one kind.

A pure function over a graph of scores; the caller knows what the items are.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.stories.graph import UNITS, Graph, Item, Items, build, drop, measure, room, take
from retold.stories.terms import Numbers, Values

_UNITS = float(UNITS)


class Guards(NamedTuple):
    """When two groups may merge; the meaning is given in :class:`retold.config.StoriesConfig`."""

    cut: float
    cohesion: float
    cohesion_cap: float
    straggler: float


class Joint(NamedTuple):
    """Two groups that became one; a group is known by its first item."""

    left: int
    right: int
    score: float
    """The mean score between them."""
    ruled: tuple[int, int] | None = None
    """Where an editor ruled that they are one: the items for which this holds, the lower first."""


class _State(NamedTuple):
    """The groups so far; a group is known by its first item."""

    size: Numbers
    """Members of the group; 0 once it is part of another."""
    inner: Numbers
    """Sum of the scores within it."""
    following: Items
    """Of each item the next member of its group; -1 for the last."""
    last: Items
    """Of each group, its last member."""
    held: NDArray[np.float32]
    told: NDArray[np.int32]
    seen: NDArray[np.int8]
    """By group, on which sides of a merge its sum was found: 1, 2 or both."""
    sums: Numbers
    """By group, its sum with the two groups of a merge; by item, its sum with another group."""


def agglomerate(graph: Graph, guards: Guards) -> list[Joint]:
    """Merge the two most alike groups for as long as the guards allow; return the merges in order.

    Groups are alike as the mean of the scores between their members (UPGMA, Sokal & Michener 1958).
    Of equal candidates, the one with the first items is taken, so that sorted items give the same
    groups whatever the order of the input. Every pair whose score reaches the cut must be told in
    the graph.
    """
    left, right, scores = _merge(graph, guards)
    rows = zip(left.tolist(), right.tolist(), scores.tolist(), strict=True)
    return [Joint(*row) for row in rows]


def join(graph: Graph, items: Sequence[int]) -> list[Joint]:
    """Merge the items of one group (rising), the most alike first, as far as any score joins them.

    For groups that were found otherwise.
    """
    table = graph.dense(items)
    a, b = np.nonzero(np.triu(table, 1))
    inside = build(len(items), a, b, table[a, b])
    merged = agglomerate(inside, Guards(1 / UNITS / len(items) ** 2, 0, 1, 0))
    return [Joint(items[j.left], items[j.right], j.score) for j in merged]


@compiled
def _merge(graph: Graph, guards: Guards) -> tuple[Numbers, Numbers, Values]:
    count = len(graph.bounds) - 1
    held, told = room(graph)
    state = _State(
        np.ones(count, np.int64), np.zeros(count, np.int64), np.full(count, -1, np.int32),
        np.arange(count).astype(np.int32), held, told,
        np.zeros(count, np.int8), np.zeros(count, np.int64),
    )  # fmt: skip
    # (mean with its sign turned, group, group, members of both when it was counted, sum)
    heap = [(0.0, np.int64(0), np.int64(0), np.int64(0), np.int64(0))]
    heap.pop()
    links, filled = _links(graph)
    for item in range(count):
        for at in range(graph.bounds[item], graph.bounds[item + 1]):
            other, unit = np.int64(graph.others[at]), np.int64(graph.units[at])
            if other > item and unit >= guards.cut * _UNITS:
                heap.append((-unit / _UNITS, np.int64(item), other, np.int64(2), unit))
    heapify(heap)
    size = 0
    left, right = np.empty(count, np.int64), np.empty(count, np.int64)
    scores = np.empty(count)
    met = np.empty(count, np.int64)
    while heap:
        negative, i, j, members, total = heappop(heap)
        # what was counted before one of them grew was counted anew then
        if not state.size[i] or not state.size[j] or state.size[i] + state.size[j] != members:
            continue
        if not _allowed(graph, state, guards, i, j, -negative):
            continue
        left[size], right[size], scores[size] = i, j, -negative
        size += 1
        near = _gather(links[i], filled[i], i, j, 1, state, met, 0)
        near = _gather(links[j], filled[j], i, j, 2, state, met, near)
        _complete(graph, state, i, met[:near], 2)
        _complete(graph, state, j, met[:near], 1)
        state.inner[i] += state.inner[j] + total
        state.following[state.last[i]] = j
        state.last[i] = state.last[j]
        state.size[i] = members
        state.size[j] = 0
        links[j] = np.empty((0, 3), np.int64)
        own = np.empty((near + 4, 3), np.int64)
        for k in range(near):
            other = met[k]
            between, theirs = state.sums[other], state.size[other]
            state.sums[other] = 0
            state.seen[other] = 0
            own[k, 0], own[k, 1], own[k, 2] = other, theirs, between
            if filled[other] == len(links[other]):
                links[other] = _wider(links[other])
            row = links[other][filled[other]]
            row[0], row[1], row[2] = i, members, between
            filled[other] += 1
            mean = between / (theirs * members) / _UNITS
            if mean >= guards.cut:
                first, second = min(i, other), max(i, other)
                heappush(heap, (-mean, first, second, members + theirs, between))
        links[i], filled[i] = own, near
    return left[:size], right[:size], scores[:size]


@compiled
def _wider(row: Numbers) -> Numbers:
    wider = np.empty((2 * len(row) + 4, 3), np.int64)
    wider[: len(row)] = row
    return wider


@compiled
def _links(graph: Graph) -> tuple[list[Numbers], Numbers]:
    """Return, by group, whom it has a sum with: group, its members then, sum; and how many."""
    count = len(graph.bounds) - 1
    filled = np.diff(graph.bounds)
    links = [np.empty((0, 3), np.int64) for _ in range(count)]
    for item in range(count):
        row = np.empty((filled[item], 3), np.int64)
        low = graph.bounds[item]
        for k in range(filled[item]):
            row[k, 0], row[k, 1], row[k, 2] = graph.others[low + k], 1, graph.units[low + k]
        links[item] = row
    return links, filled


@compiled
def _gather(
    row: Numbers, filled: Item, i: Item, j: Item, side: int, state: _State, met: Numbers, near: int
) -> int:
    """Add the sums of one group of a merge that still hold; return how many others are met."""
    for k in range(filled):
        other = row[k, 0]
        if other in (i, j) or state.size[other] != row[k, 1] or state.seen[other] & side:
            continue
        if not state.seen[other]:
            met[near] = other
            near += 1
        state.seen[other] |= side
        state.sums[other] += row[k, 2]
    return near


@compiled
def _complete(graph: Graph, state: _State, group: Item, met: Numbers, other_side: int) -> None:
    """Work out the sums of a group with those that only the other group of a merge has met."""
    lacking = 0
    for other in met:
        lacking += state.seen[other] == other_side
    if not lacking:
        return
    member = np.int64(group)
    while member >= 0:
        take(graph, member, state.held, state.told)
        for other in met:
            if state.seen[other] == other_side:
                theirs = np.int64(other)
                while theirs >= 0:
                    state.sums[other] += measure(graph, member, theirs, state.held, state.told)
                    theirs = np.int64(state.following[theirs])
        drop(graph, member, state.held, state.told)
        member = np.int64(state.following[member])


@compiled
def _allowed(graph: Graph, state: _State, guards: Guards, i: Item, j: Item, mean: float) -> bool:
    for group in (i, j):
        size = state.size[group]
        if size >= 3:
            within = state.inner[group] / (size * (size - 1) / 2) / _UNITS
            if mean < guards.cohesion * min(within, guards.cohesion_cap):
                return False
    floor = guards.straggler * guards.cut * _UNITS
    if floor <= 0 or state.size[i] + state.size[j] == 2:
        return True
    small, large = (i, j) if state.size[i] <= state.size[j] else (j, i)
    held = True
    member = np.int64(small)
    while member >= 0:
        take(graph, member, state.held, state.told)
        own = np.int64(0)
        theirs = np.int64(large)
        while theirs >= 0:
            score = measure(graph, member, theirs, state.held, state.told)
            own += score
            state.sums[theirs] += score
            theirs = np.int64(state.following[theirs])
        drop(graph, member, state.held, state.told)
        # that of a single one is the mean itself
        if state.size[small] > 1 and own / state.size[large] < floor:
            held = False
        member = np.int64(state.following[member])
    theirs = np.int64(large)
    while theirs >= 0:
        if state.sums[theirs] / state.size[small] < floor:
            held = False
        state.sums[theirs] = 0
        theirs = np.int64(state.following[theirs])
    return held


def ends(joints: Sequence[Joint], count: int) -> list[int]:
    """Return the group that each of ``count`` items ends in, by its first item."""
    group = list(range(count))
    for joint in reversed(joints):
        # a group that is joined later is known under its last name by then
        group[joint.right] = group[joint.left]
    return group
