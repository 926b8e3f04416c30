"""The stemma by time: layers from the earliest down, every parent above its children.

Layered drawing in the manner of Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of
Hierarchical System Structures" (IEEE Transactions on Systems, Man and Cybernetics, 1981): layers,
order within them by the mean place of neighbours, then places. An edge over several layers runs
through lanes of its own between the boxes; the edges of one parent share a lane.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush
from itertools import pairwise

from retold.report.html.layout import (
    GAP,
    HEIGHT,
    LAYER,
    MARGIN,
    WIDEST,
    WIDTH,
    Band,
    Box,
    Link,
    Picture,
)
from retold.report.html.layout import forest as first_parents

ACROSS = 5
"""Boxes in a layer at most: what a desktop page shows at once."""
AXIS = 80
"""Pixels for the times on the left."""
ROOM = WIDEST - AXIS - 2 * MARGIN - GAP
"""Pixels for boxes and lanes; more only where a layer would not fit."""
LANE = 8
"""Width of a lane, in pixels."""
SWEEPS = 6
"""How often layers are put in order by those above and below; further ones change little."""
CROWD = 60
"""Nodes up to which a stemma is drawn by time: more would take many screens."""
NEVER = datetime.min.replace(tzinfo=UTC)

Item = tuple[str, int]
"""A box (its node, -1) or a lane: the parent whose edges it holds, and its layer."""


def suits(nodes: Sequence[str], times: Mapping[str, datetime]) -> bool:
    """Say whether there is time enough to draw by: at least two, and of half of the nodes."""
    dated = sum(n in times for n in nodes)
    return 2 <= dated <= len(nodes) <= CROWD and 2 * dated >= len(nodes)


def arrange(nodes: list[str], links: list[Link], times: Mapping[str, datetime]) -> Picture:
    """Lay out ``nodes``, the earlier above the later; ``times`` holds what is known of them.

    Who is dated before its own source stands below it all the same, and lends its layer no time.
    """
    chosen = first_parents(nodes, links)
    above = _parents(nodes, links, chosen)
    times = {n: t.astimezone(UTC) if t.tzinfo else t.replace(tzinfo=UTC) for n, t in times.items()}
    layers, trusted = _layers(nodes, above, times)
    drawing = _Drawing(layers, above)
    places = drawing.places()
    left = min(x - drawing.width(item) / 2 for item, x in places.items())
    shift = MARGIN + AXIS - left
    picture = Picture({n: Box(parent=chosen.get(n)) for n in nodes})
    for node, box in picture.boxes.items():
        box.x = places[node, -1] + shift - WIDTH / 2
        box.y = MARGIN + LAYER * layers[node]
    for child, parents in above.items():
        for parent in parents:
            lanes = range(layers[parent] + 1, layers[child])
            picture.routes[parent, child] = [
                (places[parent, layer] + shift, float(MARGIN + LAYER * layer)) for layer in lanes
            ]
    by_layer: dict[int, list[datetime]] = defaultdict(list)
    for node in trusted:
        by_layer[layers[node]].append(times[node])
    picture.bands = [Band(MARGIN + LAYER * n, *_told(by_layer[n])) for n in sorted(by_layer)]
    right = max(x + drawing.width(item) / 2 for item, x in places.items())
    picture.width = right + shift + MARGIN
    picture.height = MARGIN + LAYER * max(layers.values()) + HEIGHT + MARGIN
    return picture


def _parents(
    nodes: list[str], links: list[Link], chosen: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return all parents of each node, the one that it stands under first, none in a circle."""
    known = set(nodes)
    above = {n: [chosen[n]] if n in chosen else [] for n in nodes}
    for link in sorted(links, key=lambda k: (-k.weight, k.child, k.parent)):
        if not {link.child, link.parent} <= known or link.parent in above[link.child]:
            continue
        seen, stack = {link.parent}, [link.parent]
        while stack:
            higher = [p for p in above[stack.pop()] if p not in seen]
            seen.update(higher)
            stack += higher
        if link.child not in seen:
            above[link.child].append(link.parent)
    return above


def _layers(
    nodes: list[str], above: Mapping[str, list[str]], times: Mapping[str, datetime]
) -> tuple[dict[str, int], list[str]]:
    """Return the layer of each node, and the nodes whose times agree with their descent.

    Taken by time, each goes as high as its parents, those before it and the room allow, so that
    the later of two dated nodes never stands above the earlier.
    """
    order = {node: at for at, node in enumerate(nodes)}
    below: dict[str, list[str]] = defaultdict(list)
    for child, parents in above.items():
        for parent in parents:
            below[parent].append(child)
    waiting = {node: len(parents) for node, parents in above.items()}
    layers: dict[str, int] = {}
    known: dict[str, datetime] = {}
    trusted: list[str] = []
    taken: dict[int, int] = defaultdict(int)
    ready = [(times.get(n, NEVER), order[n], n) for n in nodes if not above[n]]
    heapify(ready)
    current = 0
    while ready:
        when, _, node = heappop(ready)
        known[node] = when
        layer = max((layers[p] + 1 for p in above[node]), default=0)
        if times.get(node) == when:
            layer = max(layer, current)
            trusted.append(node)
        while taken[layer] == ACROSS:
            layer += 1
        layers[node] = layer
        taken[layer] += 1
        current = max(current, layer) if trusted[-1:] == [node] else current
        for child in below[node]:
            waiting[child] -= 1
            if not waiting[child]:
                latest = max(known[p] for p in above[child])
                heappush(ready, (max(latest, times.get(child, NEVER)), order[child], child))
    for node in nodes:  # a source without a time stands just above what was taken from it
        lowest = min((layers[c] for c in below[node]), default=0) - 1
        free = not above[node] and node not in times and layers[node] < lowest
        if free and taken[lowest] < ACROSS:
            taken[layers[node]] -= 1
            taken[lowest] += 1
            layers[node] = lowest
    number = {layer: n for n, layer in enumerate(sorted(set(layers.values())))}  # none left empty
    return {node: number[layer] for node, layer in layers.items()}, trusted


@dataclass(slots=True)
class _Drawing:
    """Boxes and lanes by layer, in their order from left to right."""

    layers: Mapping[str, int]
    above: Mapping[str, list[str]]
    rows: list[list[Item]] = field(init=False)
    upper: dict[Item, list[Item]] = field(init=False)
    lower: dict[Item, list[Item]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [[] for _ in range(max(self.layers.values()) + 1)]
        self.upper, self.lower = defaultdict(list), defaultdict(list)
        for node, layer in self.layers.items():
            self.rows[layer].append((node, -1))
        for child, parents in self.above.items():
            for parent in parents:
                at: Item = (parent, -1)
                for layer in range(self.layers[parent] + 1, self.layers[child]):
                    lane = (parent, layer)
                    if lane not in self.rows[layer]:
                        self.rows[layer].append(lane)
                        self._join(at, lane)
                    at = lane
                self._join(at, (child, -1))

    def _join(self, high: Item, low: Item) -> None:
        self.lower[high].append(low)
        self.upper[low].append(high)

    @staticmethod
    def width(item: Item) -> float:
        """Return how wide an item is."""
        return WIDTH if item[1] < 0 else LANE

    def places(self) -> dict[Item, float]:
        """Return the middle of each item."""
        at = {item: x for row in self.rows for item, x in self._packed(row, [ROOM / 2] * len(row))}
        for sweep in range(SWEEPS):
            down = sweep % 2 == 0
            beside = self.upper if down else self.lower
            for n in range(len(self.rows)) if down else reversed(range(len(self.rows))):
                wanted = {i: _mean([at[k] for k in beside[i]], at[i]) for i in self.rows[n]}
                row = self.rows[n] = sorted(self.rows[n], key=lambda i: (wanted[i], at[i]))
                at |= dict(self._packed(row, [wanted[i] for i in row]))
        return at

    def _packed(self, row: list[Item], wanted: list[float]) -> list[tuple[Item, float]]:
        """Place a row as near to where its items want to be as their widths allow.

        Least squares: with the widths taken off, a regression that may only rise (Ayer et al.
        1955, pooling what would fall).
        """
        offsets = [0.0]
        for one, other in pairwise(row):
            offsets.append(offsets[-1] + (self.width(one) + self.width(other)) / 2 + GAP)
        pools: list[tuple[float, int]] = []
        for want, offset in zip(wanted, offsets[: len(row)], strict=True):
            total, count = want - offset, 1
            while pools and pools[-1][0] / pools[-1][1] > total / count:
                more, several = pools.pop()
                total, count = total + more, count + several
            pools.append((total, count))
        lowest = self.width(row[0]) / 2
        highest = max(lowest, ROOM - self.width(row[-1]) / 2 - offsets[-1])
        level = [
            min(highest, max(lowest, total / count)) for total, count in pools for _ in range(count)
        ]
        return [
            (i, at + offset) for i, at, offset in zip(row, level, offsets[: len(row)], strict=True)
        ]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _told(times: list[datetime]) -> tuple[str, str]:
    """Return the days and the hours of a layer; no hours where days alone are known."""
    first, last = min(times), max(times)
    days = [f"{t.day} {t:%b} {t.year}" for t in (first, last)]
    if days[0] != days[1]:
        short = f"{first.day} {first:%b}" if first.year == last.year else days[0]
        return f"{short} –", days[1]
    hours = [f"{t:%H:%M}" for t in (first, last)]
    if hours == ["00:00", "00:00"]:
        return days[0], ""
    return days[0], hours[0] if hours[0] == hours[1] else f"{hours[0]} – {hours[1]}"
