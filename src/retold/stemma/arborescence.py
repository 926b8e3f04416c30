"""Trees over versions: the best one, and how probable each of its edges is.

Node 0 is the root, which stands for "derives from nothing that is known". ``scores[p, c]`` is the
log of how well ``p`` explains ``c`` as its parent, ``-inf`` where it cannot be. A tree's score is
the sum over its edges; its probability is proportional to the exponential of that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

ROOT = 0

GAP = 40.0
"""Nats. A set of nodes that is entered only at a cost above this is entered once (e**-40 is
nothing), so that what all its entrances cost alike can be left out, and no weight underflows."""


GRAIN = 2.0**30
"""Scores are taken in steps of ``1 / GRAIN`` nats, of which sums are exact: what ties, ties in
whatever order cycles are contracted."""


def best_tree(scores: Scores) -> list[int]:
    """Return the parent of each node in the tree of greatest score; -1 for the root.

    Chu and Liu (1965), Edmonds (1967), by growing one path against the edges and contracting each
    cycle that closes (Gabow, Galil, Spencer and Tarjan 1986, section 3), on a dense table:
    O(n**2). Deterministic; of edges that score alike the one from the lower index is taken first.
    Raises ValueError where a node has no possible parent.
    """
    n = len(scores)
    growth = _Growth(scores)
    for start in range(1, n):
        growth.reach(start)
    return growth.parents()


FRESH, ON_PATH, DONE = range(3)


class _Growth:
    """Nodes, then contracted cycles (n, n + 1, ...), each with its best entrance.

    A row of ``into`` holds, by tail, what an edge into the node gains over the edges that it would
    replace in there; the matching row of ``heads`` holds the node that it enters.
    """

    def __init__(self, scores: Scores) -> None:
        n = len(scores)
        table = np.rint(np.array(scores, dtype=np.float64).T * GRAIN) / GRAIN
        np.fill_diagonal(table, -np.inf)
        self.into = np.empty((2 * n, n))
        self.into[:n] = table
        self.heads = np.empty((2 * n, n), dtype=np.int64)
        self.heads[:n] = np.arange(n)[:, None]
        self.inside: list[NDArray[np.int64]] = list(np.arange(n)[:, None])
        self.top = np.arange(n)
        """The outermost cycle that each node is in."""
        self.state = [DONE] + [FRESH] * (n - 1)
        self.above = [-1] * n
        """The cycle that a node or a cycle is directly in; -1 for none."""
        self.tail = [-1] * n
        self.head = [-1] * n
        self.gain = [0.0] * n

    def reach(self, start: int) -> None:
        """Grow a path from ``start`` against the edges until it meets what is done already."""
        at = int(self.top[start])
        path: list[int] = []
        while self.state[at] != DONE:
            if self.state[at] == ON_PATH:
                begin = path.index(at)
                at = self._contract(path[begin:])
                del path[begin:]
            path.append(at)
            self.state[at] = ON_PATH
            tail = int(self.into[at].argmax())
            head, gain = self.heads.item(at, tail), self.into.item(at, tail)
            if gain == -np.inf:
                raise ValueError(f"node {head} has no possible parent")
            self.tail[at], self.head[at], self.gain[at] = tail, head, gain
            at = int(self.top[tail])
        for one in path:
            self.state[one] = DONE

    def _contract(self, cycle: list[int]) -> int:
        new = len(self.state)
        best, heads = self.into[new], self.heads[new]
        np.subtract(self.into[cycle[0]], self.gain[cycle[0]], out=best)
        heads[:] = self.heads[cycle[0]]
        for m in cycle[1:]:
            gains = self.into[m] - self.gain[m]
            np.copyto(heads, self.heads[m], where=gains > best)
            np.maximum(best, gains, out=best)
        inside = np.concatenate([self.inside[m] for m in cycle])
        best[inside] = -np.inf
        self.inside.append(inside)
        self.top[inside] = new
        for m in cycle:
            self.above[m] = new
        self.above.append(-1)
        self.tail.append(-1)
        self.head.append(-1)
        self.gain.append(0.0)
        self.state.append(FRESH)
        return new

    def parents(self) -> list[int]:
        """Open the cycles from the outside in: the entrance of each replaces one edge within."""
        found = [-1] * len(self.top)
        entered = [False] * len(self.state)
        for at in range(len(self.state) - 1, 0, -1):
            if entered[at]:
                continue
            node = self.head[at]
            found[node] = self.tail[at]
            while node != -1:  # all cycles around the head have their entrance now
                entered[node] = True
                node = self.above[node] if node != at else -1
        return found


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
