"""A stemma of very many nodes, folded: its largest branches are drawn, small ones are counted.

From the top down the branch with most nodes in it is opened until there are as many boxes as a
screen takes in. What stays closed below one node, its copies that nobody took further above all, is
one bundle: one box that says how many it holds, with a picture of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.report.html.layout import Link, forest

MOST = 30
"""Boxes of a folded picture, bundles included: what stays readable on a desktop page."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Branches below one node that are drawn as one box."""

    id: str
    parent: str | None
    """The node that they stem from; None where they stem from none of these."""
    members: tuple[str, ...]
    """All nodes of these branches, in their order."""
    tops: tuple[str, ...]
    """Those among them that stand directly below the parent."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What is drawn of a stemma: some of its nodes, and bundles of the others."""

    shown: tuple[str, ...]
    bundles: tuple[Bundle, ...]


def fold(nodes: Sequence[str], links: Sequence[Link], most: int = MOST) -> Folded:
    """Fold a stemma to at most ``most`` boxes; what has fewer stays as it is.

    The parent of each node is that of :func:`retold.report.html.layout.forest`. A node is drawn
    only below one that is drawn; of equal branches the one that comes first in ``nodes``. Nodes
    below which nothing stands are drawn where there is room for all of one parent.
    """
    if len(nodes) <= most:
        return Folded(tuple(nodes), ())
    parents = forest(list(nodes), list(links))
    below: dict[str | None, list[str]] = defaultdict(list)
    for node in nodes:
        below[parents.get(node)].append(node)
    sizes = _sizes(nodes, parents)
    order = {node: at for at, node in enumerate(nodes)}
    shown: set[str] = set()
    ready = [n for n in below[None] if sizes[n] > 1]
    while ready:
        largest = min(ready, key=lambda n: (-sizes[n], order[n]))
        ready.remove(largest)
        if _boxes(shown | {largest}, below) > most:
            break
        shown.add(largest)
        ready += [n for n in below[largest] if sizes[n] > 1]
    families = [
        [c for c in below[n] if c not in shown] for n in (None, *nodes) if n is None or n in shown
    ]
    for closed in sorted(families, key=len):
        if all(sizes[c] == 1 for c in closed) and _boxes(shown.union(closed), below) <= most:
            shown.update(closed)
    bundles: list[Bundle] = []
    for parent in (None, *(n for n in nodes if n in shown)):
        tops = tuple(c for c in below[parent] if c not in shown)
        if tops:
            members = _branches(tops, below)
            ordered = tuple(sorted(members, key=order.__getitem__))
            bundles.append(Bundle(f"bundle {len(bundles) + 1}", parent, ordered, tops))
    return Folded(tuple(n for n in nodes if n in shown), tuple(bundles))


def _boxes(shown: set[str], below: Mapping[str | None, Sequence[str]]) -> int:
    """How many boxes there are where these nodes are drawn."""
    opened: list[str | None] = [None, *shown]
    return len(shown) + sum(any(c not in shown for c in below.get(n, ())) for n in opened)


def _sizes(nodes: Sequence[str], parents: Mapping[str, str]) -> dict[str, int]:
    """Return how many nodes stand in the branch of each, itself included."""
    sizes = dict.fromkeys(nodes, 0)
    for node in nodes:
        at: str | None = node
        while at is not None:
            sizes[at] += 1
            at = parents.get(at)
    return sizes


def _branches(tops: Sequence[str], below: Mapping[str | None, Sequence[str]]) -> list[str]:
    found, stack = [], list(tops)
    while stack:
        node = stack.pop()
        found.append(node)
        stack += below.get(node, ())
    return found
