"""Where the stemma's boxes and lines go: ancestors on top.

A small stemma is drawn as a layered tree in the manner of Reingold and Tilford, "Tidier Drawings of
Trees" (IEEE Transactions on Software Engineering, 1981), without their contour step: every subtree
has a strip of its own, so boxes never overlap. One too wide for that is drawn as an organisation
chart: subtrees hang in columns, their levels indented, so that sixty copies of one report stay
readable on a screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

WIDTH, HEIGHT = 176, 46
"""Size of a box, in pixels."""
GAP, LAYER = 22, 104
"""Space between neighbours, and from the top of one layer to the top of the next, in pixels."""
STEP, INDENT, GUTTER = 56, 20, 10
"""In columns: from one box to the next below, from one level to the next, between two columns."""
WIDEST = 1150
"""Pixels from which on a layered tree gives way to columns: what a desktop page shows at once."""
COLUMNS = 5
"""Columns at most; they fill the same width."""
TALL = 7
"""Boxes in a column before another is begun."""
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
    """x of the trunk that it hangs from, where it stands in a column."""


@dataclass(frozen=True, slots=True)
class Band:
    """A layer of one time: its top, its days and its hours."""

    y: float
    days: str
    hours: str


@dataclass(slots=True)
class Picture:
    """Places of all nodes, and the size of the whole."""

    boxes: dict[str, Box]
    width: float = 0.0
    height: float = 0.0
    columns: bool = False
    """Whether it is drawn in columns."""
    trunks: list[list[tuple[float, float]]] = field(default_factory=list)
    """Corner points of the trunk lines."""
    routes: dict[tuple[str, str], list[tuple[float, float]]] = field(default_factory=dict)
    """By parent and child: the top of each lane that the edge between them runs through, where the
    layers are times."""
    bands: list[Band] = field(default_factory=list)
    """What the layers stand for, where that is time."""


Children = dict[str | None, list[str]]


def forest(nodes: list[str], links: list[Link]) -> dict[str, str]:
    """Choose one parent a child, the heaviest first, such that no cycle arises."""
    known = set(nodes)
    chosen: dict[str, str] = {}
    for link in sorted(links, key=lambda k: (-k.weight, k.child, k.parent)):
        if link.child in chosen or not {link.child, link.parent} <= known:
            continue
        above: str | None = link.parent
        while above is not None and above != link.child:
            above = chosen.get(above)
        if above is None:
            chosen[link.child] = link.parent
    return chosen


def arrange(nodes: list[str], links: list[Link]) -> Picture:
    """Lay out ``nodes``, in the order given where the links leave it open.

    Links that would close a cycle, and second parents, take no part in it.
    """
    parents = forest(nodes, links)
    below: Children = {}
    for node in nodes:
        below.setdefault(parents.get(node), []).append(node)
    picture = Picture({node: Box(parent=parents.get(node)) for node in nodes})
    widths = _widths(below)
    if widths[None] <= WIDEST:
        _layers(picture, below, widths)
    else:
        _columns(picture, below)
    boxes = picture.boxes.values()
    picture.width = max((b.x + WIDTH for b in boxes), default=0) + MARGIN
    picture.height = max((b.y + HEIGHT for b in boxes), default=0) + MARGIN
    return picture


def _preorder(top: list[str], below: Children) -> list[tuple[str, int]]:
    """List nodes with their depth, parents before children, siblings in order."""
    found = []
    stack = [(node, 0) for node in reversed(top)]
    while stack:
        node, depth = stack.pop()
        found.append((node, depth))
        stack += [(child, depth + 1) for child in reversed(below.get(node, []))]
    return found


def _widths(below: Children) -> dict[str | None, float]:
    """Return how wide the strip of every subtree is; under None, that of the whole."""
    widths: dict[str | None, float] = {}
    order: list[str | None] = [None, *(n for n, _ in _preorder(below.get(None, []), below))]
    for node in reversed(order):
        children = below.get(node, [])
        inner = sum(widths[c] for c in children) + GAP * (len(children) - 1)
        widths[node] = max(WIDTH if node is not None else 0, inner)
    return widths


def _layers(picture: Picture, below: Children, widths: dict[str | None, float]) -> None:
    """Give every subtree a strip of its own, parents in the middle above their children."""
    left: dict[str | None, float] = {None: MARGIN}
    nodes = _preorder(below.get(None, []), below)
    depths: dict[str | None, int] = {None: -1, **dict(nodes)}
    order: list[str | None] = [None, *(n for n, _ in nodes)]
    for node in order:
        if node is not None:
            picture.boxes[node].x = left[node] + (widths[node] - WIDTH) / 2
            picture.boxes[node].y = MARGIN + LAYER * depths[node]
        children = below.get(node, [])
        inner = sum(widths[c] for c in children) + GAP * (len(children) - 1)
        at = left[node] + max(0.0, (widths[node] - inner) / 2)
        for child in children:
            left[child] = at
            at += widths[child] + GAP


def _columns(picture: Picture, below: Children) -> None:
    """Hang subtrees in columns of like height: those of the root, or all where roots are many."""
    picture.columns = True
    roots = below.get(None, [])
    root = roots[0] if len(roots) == 1 else None
    subtrees = [_preorder([top], below) for top in (below.get(root, []) if root else roots)]
    total = sum(len(s) for s in subtrees)
    count = max(1, min(COLUMNS, math.ceil(total / TALL), len(subtrees)))
    columns: list[list[tuple[str, int]]] = [[] for _ in range(count)]
    for subtree in sorted(subtrees, key=lambda s: -len(s)):  # the longest first evens them out
        min(columns, key=len).extend(subtree)
    top = float(MARGIN)
    if root:
        picture.boxes[root].x, picture.boxes[root].y = MARGIN, MARGIN
        top += LAYER - 20
    x = float(MARGIN)
    for column in columns:
        for row, (node, depth) in enumerate(column):
            box = picture.boxes[node]
            box.x, box.y = x + INDENT * (depth + (1 if root else 0)), top + STEP * row
            if box.parent is not None:
                box.trunk = box.x - INDENT / 2
        x = max(picture.boxes[n].x for n, _ in column) + WIDTH + GUTTER
    _draw_trunks(picture, below, root, columns, top)


def _draw_trunks(
    picture: Picture,
    below: Children,
    root: str | None,
    columns: list[list[tuple[str, int]]],
    top: float,
) -> None:
    """Draw the line that a parent's children hang from."""
    for node, children in below.items():
        if node is None or node == root:
            continue
        x = picture.boxes[node].x + INDENT / 2
        last = picture.boxes[children[-1]].y + HEIGHT / 2
        picture.trunks.append([(x, picture.boxes[node].y + HEIGHT), (x, last)])
    if root:
        start, bus = picture.boxes[root], top - 14
        for column in columns:
            x = picture.boxes[column[0][0]].trunk or 0.0
            last = max(picture.boxes[n].y for n, depth in column if depth == 0) + HEIGHT / 2
            middle = start.x + INDENT / 2
            picture.trunks.append([(middle, start.y + HEIGHT), (middle, bus), (x, bus), (x, last)])
