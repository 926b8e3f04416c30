"""How a tree's shape tells its root: the one in the middle has most orders to have grown in."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from retold.stemma.arborescence import ROOT


def root_odds(parents: Sequence[int]) -> NDArray[np.float64]:
    """Return, for each node, the log odds of being the top of its tree against the likeliest there.

    ``parents`` are those of nodes 1 and up, node 0 being what stands above all trees. Of a tree
    whose links alone are known a node is as probable the first as there are orders in which the
    tree can have grown from it: rumour centrality (Shah and Zaman 2011), ``n! / prod(sizes of the
    subtrees)``. From a node to a child, with ``t`` of the tree's ``n`` nodes below, it changes by
    ``t / (n - t)``.
    """
    children: list[list[int]] = [[] for _ in parents]
    for child, parent in enumerate(parents):
        if child != ROOT:
            children[parent].append(child)
    found = np.zeros(len(parents))
    for top in children[ROOT]:
        order = [top]
        for node in order:
            order.extend(children[node])
        size = dict.fromkeys(order, 1)
        for node in reversed(order[1:]):
            size[parents[node]] += size[node]
        for node in order[1:]:
            found[node] = found[parents[node]] + log(size[node] / (len(order) - size[node]))
        found[order] -= found[order].max()
    return found
