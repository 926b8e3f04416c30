"""Trees over versions: the best one, and how probable each of its edges is.

Node 0 is the root, which stands for "derives from nothing that is known". ``scores[p, c]`` is the
log of how well ``p`` explains ``c`` as its parent, ``-inf`` where it cannot be. A tree's score is
the sum over its edges; its probability is proportional to the exponential of that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

GAP = 40.0
"""Nats. A set of nodes that is entered only at a cost above this is entered once (e**-40 is
nothing), so that what all its entrances cost alike can be left out, and no weight underflows."""


def best_tree(scores: Scores) -> list[int]:
    """Return the parent of each node in the tree of greatest score; -1 for the root.

    Chu and Liu (1965), Edmonds (1967), all cycles contracted at once. Ties go to the lower index.
    Raises ValueError where a node has no possible parent.
    """
    return [-1, *_best(np.array(scores, dtype=np.float64))[1:]]


def _best(scores: Scores) -> list[int]:
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    scores[:, 0] = -np.inf
    best = np.argmax(scores, axis=0)
    parents = [0, *best[1:].tolist()]
    possible = np.isfinite(scores[best, np.arange(n)])
    possible[0] = True
    if not possible.all():
        raise ValueError(f"node {int(np.argmin(possible))} has no possible parent")
    cycles = _cycles(parents)
    if not cycles:
        return parents
    # each cycle becomes one node; an edge into it costs the cycle's edge that it replaces
    inside = {node for cycle in cycles for node in cycle}
    members = [[i] for i in range(n) if i not in inside] + cycles
    lost = np.zeros(n)
    for cycle in cycles:
        for node in cycle:
            lost[node] = scores[parents[node], node]
    into = scores - lost[None, :]
    # heads first, then tails: for each pair of new nodes the best edge between their members
    heads = np.array([m[0] for m in members])
    value, head = into[:, heads], np.repeat(heads[None, :], n, axis=0)
    for k, cycle in enumerate(cycles, len(members) - len(cycles)):
        which = np.argmax(into[:, cycle], axis=1)
        value[:, k], head[:, k] = into[np.arange(n), np.array(cycle)[which]], np.array(cycle)[which]
    tail = np.repeat(heads[:, None], len(members), axis=1)
    smaller, source = value[heads], head[heads]
    for k, cycle in enumerate(cycles, len(members) - len(cycles)):
        at = np.array(cycle)[np.argmax(value[cycle], axis=0)]
        columns = np.arange(len(members))
        smaller[k], tail[k], source[k] = value[at, columns], at, head[at, columns]
    np.fill_diagonal(smaller, -np.inf)
    above = _best(smaller)
    for c in range(1, len(members)):
        parents[int(source[above[c], c])] = int(tail[above[c], c])
    return parents


def _cycles(parents: list[int]) -> list[list[int]]:
    state = [0] * len(parents)
    state[0] = -1
    cycles = []
    for start in range(1, len(parents)):
        node = start
        while state[node] == 0:
            state[node] = start
            node = parents[node]
        if state[node] == start and node != 0:
            cycle = [node]
            while parents[cycle[-1]] != node:
                cycle.append(parents[cycle[-1]])
            cycles.append(sorted(cycle))
        # whatever was reached is settled: mark it by a value that no later start has
    return cycles


def marginals(scores: Scores) -> Scores:
    """Return the probability of each edge ``[p, c]``; each column but the root's sums to 1.

    Follows from the matrix-tree theorem for directed trees (Tutte 1984; Koo et al. 2007,
    "Structured prediction models via the matrix-tree theorem"): the edge from ``p`` to ``c`` is as
    probable as its weight times the probability that a walk from ``p`` to ever further parents,
    each chosen by weight, meets the root before ``c``. The walks are solved by eliminating nodes
    without a subtraction (Grassmann, Taksar and Heyman 1985), as the weights span hundreds of
    orders of magnitude; halves of the nodes are eliminated at once for all nodes of the other
    half: O(n**3).
    """
    s = np.array(scores, dtype=np.float64)
    np.fill_diagonal(s, -np.inf)
    s[:, 0] = -np.inf
    n = len(s)
    result = np.zeros((n, n))
    if n == 1:
        return result
    s[:, 1:] -= s[:, 1:].max(axis=0)
    _level(s)
    weights = np.exp(np.maximum(s, -700.0)) * np.isfinite(s)
    _eliminate(list(range(1, n)), list(range(n)), weights.T.copy(), [], weights, result)
    return result


Step = tuple[int, NDArray[np.int64], Scores]
"""An eliminated node, the nodes that were left, and the probabilities of going on to each of
them."""


def _eliminate(
    wanted: list[int],
    left: list[int],
    steps: Scores,
    gone: list[Step],
    weights: Scores,
    out: Scores,
) -> None:
    """Fill columns ``wanted`` of ``out``; ``steps[i, j]`` leads from ``left[i]`` to ``left[j]``."""
    if len(wanted) == 1:
        reach = np.zeros(len(weights))
        reach[0] = 1.0
        for node, others, onward in reversed(gone):
            reach[node] = onward @ reach[others]
        column = weights[:, wanted[0]] * reach
        out[:, wanted[0]] = column / column.sum()
        return
    half = len(wanted) // 2
    for keep, drop in ((wanted[:half], wanted[half:]), (wanted[half:], wanted[:half])):
        nodes = [0, *keep, *drop]  # what goes first stands last: what is left is a corner
        places = {node: at for at, node in enumerate(left)}
        order = [places[node] for node in nodes]
        ids = np.array(nodes, dtype=np.int64)
        table = steps[np.ix_(order, order)]
        inner = list(gone)
        for at in range(len(nodes) - 1, len(keep), -1):
            onward = table[at, :at] / table[at, :at].sum()
            table[:at, :at] += np.outer(table[:at, at], onward)
            inner.append((nodes[at], ids[:at], onward))
        count = 1 + len(keep)
        _eliminate(keep, nodes[:count], table[:count, :count], inner, weights, out)


def _level(s: Scores) -> None:
    """Raise what enters a closed set of nodes until its cheapest entrance costs ``GAP``, in place.

    A set is closed where every edge into it from outside costs more than ``GAP`` over the best edge
    of its head. Every tree enters it at least once, and in all that count once only, so one
    constant over all entrances changes no probability; without this weights would underflow.
    """
    n = len(s)
    for _ in range(n):
        near = s > -GAP - 1e-9
        closed = _closed_sets(near)
        if not closed:
            return
        for members in closed:
            rest = [i for i in range(n) if i not in set(members)]
            entrances = s[np.ix_(rest, members)]
            shift = -GAP - float(entrances.max())
            s[np.ix_(rest, members)] = entrances + shift


def _closed_sets(near: NDArray[np.bool_]) -> list[list[int]]:
    """Strongly connected sets that no near edge enters from outside, the root left out."""
    n = len(near)
    reached = _reach(near, [0])
    left = [i for i in range(1, n) if not reached[i]]
    closed = []
    settled = np.zeros(n, dtype=np.bool_)
    for start in left:
        if settled[start]:
            continue
        # climb to ever smaller sets of ancestors until all are one another's
        node, above = start, _reach(near.T, [start])
        while True:
            higher = above & ~_reach(near, [node])
            if not higher.any():
                break
            node = int(np.flatnonzero(higher)[0])
            above = _reach(near.T, [node])
        if not settled[node]:
            closed.append([int(i) for i in np.flatnonzero(above)])
            settled |= _reach(near, [node])
    return closed


def _reach(edges: NDArray[np.bool_], start: list[int]) -> NDArray[np.bool_]:
    """Which nodes can be reached from ``start`` along ``edges[from, to]``, themselves included."""
    reached = np.zeros(len(edges), dtype=np.bool_)
    reached[start] = True
    frontier = reached
    while frontier.any():
        following = edges[frontier].any(axis=0) & ~reached
        reached |= following
        frontier = following
    return reached
