"""Where the outlets and their lines go: a circle of names, lines bent towards its middle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from retold.report.html.naming import clip, visible
from retold.report.scan import words
from retold.report.scan.pair import Pair

WIDTH, HEIGHT = 760, 560
"""Size of the picture, in pixels."""
RADIUS = 205
NODE = 7
"""Radius of the dot that stands for an outlet."""
TIP = 19
"""Pixels between the middle of a dot and the tip of an arrow."""
THIN, THICK = 1.2, 8.0
"""Width of a line where no article is shared, and where all are."""
LABEL = 24
"""Columns of a name in the picture."""


@dataclass(frozen=True, slots=True)
class Node:
    """An outlet: its dot and its name."""

    name: str
    label: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    """``text-anchor`` of the name: it stands outside the circle."""


@dataclass(frozen=True, slots=True)
class Line:
    """Two outlets that share text."""

    path: str
    width: float
    directed: bool
    title: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture: from whom the text comes to who carries it."""

    nodes: list[Node]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT


def graph(pairs: Sequence[Pair]) -> Graph:
    """Lay out the outlets of some pairs; those that share most stand first, from the top on."""
    weight: dict[str, int] = {}
    for pair in pairs:
        for name in (pair.outlet, pair.other):
            weight[name] = weight.get(name, 0) + pair.articles
    names = sorted(weight, key=lambda n: (-weight[n], n))
    places = {n: _place(i, len(names)) for i, n in enumerate(names)}
    nodes = [_node(name, *places[name]) for name in names]
    lines = [_line(p, places[p.other], places[p.outlet]) for p in reversed(pairs)]
    return Graph(nodes, lines)


def _place(index: int, among: int) -> tuple[float, float]:
    turn = 2 * math.pi * index / among - math.pi / 2
    return WIDTH / 2 + RADIUS * math.cos(turn), HEIGHT / 2 + RADIUS * math.sin(turn)


def _node(name: str, x: float, y: float) -> Node:
    out_x, out_y = (x - WIDTH / 2) / RADIUS, (y - HEIGHT / 2) / RADIUS
    anchor = "middle" if abs(out_x) < 0.2 else "start" if out_x > 0 else "end"
    away = 16 if anchor == "middle" else 13
    return Node(
        visible(words.outlet(name)),
        clip(words.outlet(name), LABEL),
        round(x, 1),
        round(y, 1),
        round(x + away * out_x, 1),
        round(y + away * out_y + 4, 1),
        anchor,
    )


def _line(pair: Pair, start: tuple[float, float], end: tuple[float, float]) -> Line:
    middle = [(s + e) / 2 for s, e in zip(start, end, strict=True)]
    bend = [0.55 * m + 0.45 * c for m, c in zip(middle, (WIDTH / 2, HEIGHT / 2), strict=True)]
    low = _towards(start, bend, NODE + 2)
    high = _towards(end, bend, TIP if pair.directed else NODE + 2)
    verb = "carries text of" if pair.directed else "shares text with"
    return Line(
        f"M{low[0]:.1f} {low[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {high[0]:.1f} {high[1]:.1f}",
        round(THIN + (THICK - THIN) * min(1.0, pair.share), 2),
        pair.directed,
        f"{visible(words.outlet(pair.outlet))} {verb} {visible(words.outlet(pair.other))}",
    )


def _towards(point: Sequence[float], to: Sequence[float], by: float) -> tuple[float, float]:
    """Return the point ``by`` pixels from ``point`` on the way to another."""
    across, down = to[0] - point[0], to[1] - point[1]
    length = math.hypot(across, down) or 1.0
    return point[0] + across * by / length, point[1] + down * by / length
