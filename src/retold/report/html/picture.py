"""The stemma as a picture: its boxes and lines, what stands in them and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from retold.model import Edge
from retold.report.html import layout
from retold.report.html.context import Context, percent
from retold.report.html.naming import clip, day, visible

SLOT = 42
"""Pixels between the ends of two edges that lead to one child."""
LABELLED = 18
"""Edges from which on their probabilities are told by strength and table alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the picture."""

    x: float
    y: float
    siglum: str
    label: str
    detail: str
    href: str
    hypothetical: bool
    name: str
    early: bool
    """Whether it is dated before its own source."""


@dataclass(frozen=True, slots=True)
class Line:
    """An edge of the picture: an SVG path and how it is drawn."""

    path: str
    style: str
    """``sure`` or ``open`` (undecided)."""
    further: bool
    """Whether it leads from a further source."""
    width: str
    opacity: str
    title: str
    label: str
    label_x: float
    label_y: float
    edge: int
    """The row of the table that holds its evidence, from 1."""
    rival: str
    """SVG path from the runner-up, shown while the edge is looked at; empty where none is drawn."""
    rival_title: str


def name_of(context: Context, node: str | None) -> str:
    """Return how a node of the stemma is called in a sentence."""
    if node is None:
        return "no parent among these"
    witness = context.witnesses.get(node)
    if witness:
        return witness.name
    for ancestor in context.story.stemma.hypothetical:
        if ancestor.id == node:
            return clip(ancestor.label, 90)
    return "an unknown source"


def _short(probability: float) -> str:
    said = percent(probability)
    return said.replace(" %", "%").replace("over ", ">").replace("under ", "<")


def number(value: float) -> str:
    """Return a coordinate as short as it is."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _path(
    parent: layout.Box,
    child: layout.Box,
    *,
    hung: bool,
    aside: int = 0,
    lanes: Sequence[tuple[float, float]] = (),
) -> tuple[str, float, float]:
    """Return the SVG path of an edge and the place of its label, just above the child.

    ``aside`` says how many slots right of the middle (left, if negative) the path ends; ``lanes``
    are the tops of those that it runs through.
    """
    wide, high = layout.WIDTH, layout.HEIGHT
    if hung and child.trunk is not None:
        y = child.y + high / 2
        path = f"M{number(child.trunk)} {number(y)}H{number(child.x)}"
        return path, child.trunk, y
    x1, y1 = parent.x + wide / 2, parent.y + high
    x2, y2 = child.x + wide / 2 + SLOT * aside, child.y
    if child.y <= parent.y:  # beside or above: from side to side
        right = child.x >= parent.x
        x1, y1 = parent.x + (wide if right else 0), parent.y + high / 2
        x2, y2 = child.x + (0 if right else wide), child.y + high / 2
        bend = (x2 - x1) / 2
        curve = (x1 + bend, y1 + 30, x2 - bend, y2 + 30)
    else:
        path = f"M{number(x1)} {number(y1)}"
        for x, y in lanes:
            path += f"{_down(x1, y1, x, y)}V{number(y + high)}"
            x1, y1 = x, y + high
        return path + _down(x1, y1, x2, y2), x2, y2 - 13
    points = " ".join(number(c) for c in curve)
    path = f"M{number(x1)} {number(y1)}C{points} {number(x2)} {number(y2)}"
    return path, x2, y2 - 13


def _down(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return the curve from one point to another below it."""
    middle = (y1 + y2) / 2
    return "C" + " ".join(number(c) for c in (x1, middle, x2, middle, x2, y2))


def lines_of(context: Context, picture: layout.Picture, rows: Sequence[Edge]) -> list[Line]:
    """Draw every edge, the surest on top, each with its runner-up; ``rows`` are those of the table.

    The runner-up of a pair of kin that stands below its own child is told but not drawn.
    """
    numbers = {e.id: n for n, e in enumerate(rows, 1)}
    edges = [e for e in rows if e.parent in picture.boxes and e.child in picture.boxes]
    lines = []
    slots: dict[str, int] = {}
    for edge in sorted(edges, key=lambda e: (e.probability, e.id)):
        parent, child = picture.boxes[edge.parent or ""], picture.boxes[edge.child]
        further = child.parent != edge.parent
        if further:
            slots[edge.child] = slots.get(edge.child, 0) + 1
        path, x, y = _path(
            parent,
            child,
            hung=child.trunk is not None and not further,
            aside=slots[edge.child] if further else 0,
            lanes=picture.routes.get((edge.parent or "", edge.child), ()),
        )
        title = (
            f"{name_of(context, edge.child)} from {name_of(context, edge.parent)}: "
            + percent(edge.probability)
            + ("" if edge.decided else ", undecided")
        )
        rival, rival_title = _rival(context, picture, edge)
        lines.append(
            Line(
                path=path,
                style="sure" if edge.decided else "open",
                further=further,
                width=number(1 + 3.5 * edge.probability),
                opacity=number(0.4 + 0.6 * edge.probability),
                title=title,
                label="" if picture.columns or len(edges) > LABELLED else _short(edge.probability),
                label_x=round(x, 1),
                label_y=round(y, 1),
                edge=numbers[edge.id],
                rival=rival,
                rival_title=rival_title,
            )
        )
    return lines


def _rival(context: Context, picture: layout.Picture, edge: Edge) -> tuple[str, str]:
    """Return the path from the runner-up of an edge, where it is drawn, and how it is told."""
    rival = edge.runner_up
    if rival is None:
        return "", "no runner-up"
    told = f"runner-up: {name_of(context, rival.parent)}, {percent(rival.probability)}"
    box = picture.boxes.get(rival.parent or "")
    if box is None:
        return "", told
    path, _, _ = _path(box, picture.boxes[edge.child], hung=False, aside=-1)
    return path, told


def _utc(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _fitting(label: str, columns: int) -> str:
    """Clip a label to its box; capitals and digits are wider than other letters."""
    broad = sum(c.isupper() or c.isdigit() for c in label) / max(1, len(label))
    return clip(label, columns - round(3 * broad))


def nodes_of(context: Context, picture: layout.Picture) -> list[Node]:
    """Return the boxes with what stands in them."""
    nodes = []
    hypothetical = {h.id: h for h in context.story.stemma.hypothetical}
    sure: dict[str, str] = {}
    for edge in context.story.stemma.edges if picture.columns else ():
        box = picture.boxes.get(edge.child)
        if box is not None and edge.parent is not None and box.parent == edge.parent:
            sure[edge.child] = _short(edge.probability) + ("" if edge.decided else "?") + ", "
    for node, box in picture.boxes.items():
        if node in hypothetical:
            ancestor = hypothetical[node]
            label = clip(ancestor.agency or "unseen source", 18)
            name = f"Hypothetical ancestor: {visible(ancestor.label)}"
            detail = f"not collected, {percent(ancestor.probability)}"
            nodes.append(
                Node(
                    box.x,
                    box.y,
                    "?",
                    label,
                    detail,
                    "",
                    hypothetical=True,
                    name=name,
                    early=False,
                )
            )
            continue
        w = context.witnesses[node]
        when = w.article.published
        source = context.witnesses.get(box.parent or "")
        before = source.article.published if source else None
        early = before is not None and when is not None and _utc(when) < _utc(before)
        detail = sure.get(node, "") + (day(when) if when else w.detail)
        nodes.append(
            Node(
                box.x,
                box.y,
                w.siglum,
                _fitting(w.label, 22 - len(w.siglum)),
                clip(detail, 26),
                f"#{w.anchor}",
                hypothetical=False,
                name=", ".join(
                    filter(None, (w.name, w.detail, "dated before its source" if early else ""))
                ),
                early=early,
            )
        )
    return nodes
