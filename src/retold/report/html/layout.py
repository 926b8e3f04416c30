"""Where the stemma's boxes and lines go: ancestors on top, many leaves hung in columns.

A layered tree drawing in the manner of Reingold and Tilford, "Tidier Drawings of Trees" (IEEE TSE
1981), without their contour step: every subtree has a strip of its own, so boxes never overlap. Where
a node has many leaves they hang in columns from a trunk, as in an organisation chart, so that sixty
copies of one report stay readable.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

WIDTH, HEIGHT = 176, 46
"""Size of a box, in pixels."""
GAP, LAYER = 22, 104
"""Space between neighbours, and from the top of one layer to the top of the next, in pixels."""
STEP, TRUNK = 58, 18
"""From one hung box to the next, and room for the trunk on their left, in pixels."""
HANG = 6
"""Leaves of one parent from which on they hang in columns."""
COLUMNS = 6
"""Columns at most under one parent."""
MARGIN = 12


@dataclass(frozen=True, slots=True)
class Link:
    """An edge to lay out; ``weight`` decides which parent a child stands under."""

    child: str
    parent: str
    weight: float


@dataclass(slots=True)
class Box:
    """A node's place: its top left corner, in pixels."""

    x: float = 0.0
    y: float = 0.0
    parent: str | None = None
    """The parent it stands under."""
    trunk: float | None = None
    """x of the trunk that it hangs from."""


@dataclass(slots=True)
class Picture:
    """Places of all nodes, and the size of the whole."""

    boxes: dict[str, Box]
    width: float
    height: float
    trunks: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Trunk lines: x of the parent, y where it branches, x of the trunk, y of its lower end."""


def _forest(nodes: list[str], links: list[Link]) -> dict[str, str]:
    """Choose one parent a child, the heaviest first, such that no cycle arises."""
    known, chosen = set(nodes), dict[str, str]()
    for link in sorted(links, key=lambda k: (-k.weight, k.child, k.parent)):
        if link.child in chosen or not {link.child, link.parent} <= known:
            continue
        above: str | None = link.parent
        while above is not None and above != link.child:
            above = chosen.get(above)
        if above is None:
            chosen[link.child] = link.parent
    return chosen


def _units(children: list[str], below: dict[str | None, list[str]]) -> list[list[str]]:
    """Group children into units that stand side by side: a subtree each, or a column of leaves."""
    leaves = [c for c in children if not below.get(c)]
    if len(leaves) < HANG:
        return [[c] for c in children]
    rows = max(4, math.ceil(len(leaves) / COLUMNS))
    columns = [leaves[i : i + rows] for i in range(0, len(leaves), rows)]
    return [[c] for c in children if below.get(c)] + columns


def arrange(nodes: list[str], links: list[Link]) -> Picture:
    """Lay out ``nodes``, in the order given where the links leave it open.

    Links that would close a cycle, and second parents, take no part in it.
    """
    parents = _forest(nodes, links)
    below: dict[str | None, list[str]] = {}
    for node in nodes:
        below.setdefault(parents.get(node), []).append(node)
    order: list[str] = []  # parents before children
    queue = list(below.get(None, ()))
    while queue:
        node = queue.pop()
        order.append(node)
        queue.extend(below.get(node, ()))

    units: dict[str | None, list[list[str]]] = {}
    widths: dict[str | None, float] = {}
    for node in [*reversed(order), None]:
        units[node] = _units(below.get(node, []), below)
        total = sum(_width(u, widths) for u in units[node]) + GAP * (len(units[node]) - 1)
        widths[node] = max(WIDTH if node is not None else 0, total)

    boxes = {node: Box(parent=parents.get(node)) for node in nodes}
    picture = Picture(boxes, 0, 0)
    strips: dict[str | None, tuple[float, float]] = {None: (MARGIN, MARGIN - LAYER)}
    for node in [None, *order]:
        left, top = strips[node]
        if node is not None:
            boxes[node].x = left + (widths[node] - WIDTH) / 2
            boxes[node].y = top
        inner = sum(_width(u, widths) for u in units[node]) + GAP * (len(units[node]) - 1)
        at = left + max(0.0, (widths[node] - inner) / 2)
        for unit in units[node]:
            _place(unit, at, top + LAYER, node, picture, strips)
            at += _width(unit, widths) + GAP
    picture.width = max((b.x + WIDTH for b in boxes.values()), default=0) + MARGIN
    picture.height = max((b.y + HEIGHT for b in boxes.values()), default=0) + MARGIN
    return picture


def _width(unit: list[str], widths: dict[str | None, float]) -> float:
    return widths[unit[0]] if len(unit) == 1 else WIDTH + TRUNK


def _place(
    unit: list[str],
    left: float,
    top: float,
    parent: str | None,
    picture: Picture,
    strips: dict[str | None, tuple[float, float]],
) -> None:
    """Give a subtree its strip, or the leaves of a column their places."""
    if len(unit) == 1:
        strips[unit[0]] = (left, top)
        return
    for row, leaf in enumerate(unit):
        strips[leaf] = (left + TRUNK, top + row * STEP)
        if parent is not None:
            picture.boxes[leaf].trunk = left + TRUNK / 2
    if parent is not None:
        centre = picture.boxes[parent].x + WIDTH / 2
        end = top + (len(unit) - 1) * STEP + HEIGHT / 2
        picture.trunks.append((centre, top - 14, left + TRUNK / 2, end))
