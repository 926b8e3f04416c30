"""The stemma as a picture: its boxes and lines, what stands in them and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from retold.labels import count
from retold.model import Edge
from retold.report.html import layout, timeline
from retold.report.html.bundles import Bundle
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
    target: str = ""
    """Of a bundle: the anchor, within the story, of what it holds."""


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
    target: str
    """Anchor, within the story, of its evidence or of the bundle that it leads to."""
    rival: str
    """SVG path from the runner-up, shown while the edge is looked at; empty where none is drawn."""
    rival_title: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stemma, or a part of it, as a picture."""

    width: str
    height: str
    trunks: list[str]
    nodes: list[Node]
    bands: list[layout.Band]
    lines: list[Line]


def draw(
    context: Context,
    nodes: Sequence[str],
    bundles: Sequence[Bundle],
    links: Sequence[layout.Link],
    rows: Sequence[Edge],
) -> Drawn:
    """Draw some nodes of a stemma, and bundles of others just below, by time where there is any.

    ``links`` are those of the whole stemma, ``rows`` the edges in the order of the table.
    """
    published = {n: w.article.published for n, w in context.witnesses.items()}
    times = {n: t for n in nodes if (t := published.get(n))}
    boxes = [*nodes, *(b.id for b in bundles)]
    held = [k for k in links if k.child in boxes and k.parent in boxes]
    held += [layout.Link(b.id, b.parent, 1.0) for b in bundles if b.parent is not None]
    if timeline.suits(nodes, times):
        picture = timeline.arrange(boxes, held, times)
    else:
        picture = layout.arrange(boxes, held)
    return Drawn(
        width=number(picture.width),
        height=number(picture.height),
        trunks=[
            "M" + "L".join(f"{number(x)} {number(y)}" for x, y in line) for line in picture.trunks
        ],
        nodes=[*nodes_of(context, picture), *_bundled(context, picture, bundles)],
        bands=picture.bands,
        lines=[*_to_bundles(context, picture, bundles), *lines_of(context, picture, rows)],
    )


def title_of(context: Context, bundle: Bundle) -> str:
    """Say what a bundle holds."""
    versions = count(sum(m in context.witnesses for m in bundle.members), "version")
    if bundle.parent is None:
        return f"{versions} that go back to none of the others here"
    direct = len(bundle.tops)
    through = "" if direct == len(bundle.members) else f", {direct} of them directly"
    return f"{versions} that go back to {name_of(context, bundle.parent)}{through}"


def _bundled(context: Context, picture: layout.Picture, bundles: Sequence[Bundle]) -> list[Node]:
    """Return the boxes of bundles."""
    nodes = []
    for bundle in bundles:
        box = picture.boxes[bundle.id]
        held = [context.witnesses[m].siglum for m in bundle.members if m in context.witnesses]
        nodes.append(
            Node(
                box.x,
                box.y,
                "+",
                count(len(held), "version"),
                clip(", ".join(held), 26),
                "",
                hypothetical=False,
                name=f"{title_of(context, bundle)}: {', '.join(held)}",
                early=False,
                target=_anchor(bundle),
            )
        )
    return nodes


def _anchor(bundle: Bundle) -> str:
    return bundle.id.replace(" ", "-")


def _to_bundles(context: Context, picture: layout.Picture, bundles: Sequence[Bundle]) -> list[Line]:
    """Draw a line to each bundle: sure where all are that lead into it."""
    edges = {(e.child, e.parent): e for e in context.story.stemma.edges}
    lines = []
    for bundle in bundles:
        if bundle.parent is None:
            continue
        child = picture.boxes[bundle.id]
        path, x, y = _path(
            picture.boxes[bundle.parent],
            child,
            hung=child.trunk is not None,
            lanes=picture.routes.get((bundle.parent, bundle.id), ()),
        )
        into = [edges[top, bundle.parent] for top in bundle.tops]
        mean = sum(e.probability for e in into) / len(into)
        lines.append(
            Line(
                path=path,
                style="sure" if all(e.decided for e in into) else "open",
                further=False,
                width=number(1 + 3.5 * mean),
                opacity=number(0.4 + 0.6 * mean),
                title=f"{title_of(context, bundle)}: {percent(mean)} on average",
                label="",
                label_x=round(x, 1),
                label_y=round(y, 1),
                target=_anchor(bundle),
                rival="",
                rival_title="open them",
            )
        )
    return lines


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
                target=f"why-{numbers[edge.id]}",
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
        if node not in hypothetical and node not in context.witnesses:
            continue
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
