"""The stemma as a picture and as a table, and what it leaves undecided."""

from __future__ import annotations

from dataclasses import dataclass

from retold.model import Edge, Evidence, Kinship, Span
from retold.report.html import layout
from retold.report.html.context import Context, Quote, percent
from retold.report.html.naming import Witness, clip, day, visible
from retold.report.html.wording import Piece, pieces, window

NEAREST = 12
"""Pairs of kin that are shown where more are known; the rest are counted."""
QUESTIONS = 40
"""Open questions that are told; the rest are counted and stand in the JSON."""
SPANS = 6
"""Passages quoted for one piece of evidence; the rest are counted."""
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


@dataclass(frozen=True, slots=True)
class Line:
    """An edge of the picture: an SVG path and how it is drawn."""

    path: str
    style: str
    """``sure``, ``open`` (undecided) or ``rival`` (the runner-up of an undecided edge)."""
    width: str
    opacity: str
    title: str
    label: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence."""

    kind: str
    against: bool
    explanation: str
    quotes: list[Quote]
    unlisted: int


@dataclass(frozen=True, slots=True)
class EdgeView:
    """A row of the table that says the same as the picture."""

    id: str
    child: str
    child_href: str
    parent: str
    parent_href: str
    probability: str
    share: str
    decided: bool
    runner_up: str
    evidence: list[Reason]
    second: bool
    """Whether the child has another, stronger parent."""


@dataclass(frozen=True, slots=True)
class KinView:
    """Two versions and how near they are."""

    a: Witness
    b: Witness
    content: str
    wording: str
    containment: str
    resemblance: str
    nearest: bool
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class OpenView:
    """A question that stays open."""

    id: str
    question: str
    explanation: str
    witnesses: list[Witness]
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Descent:
    """The stemma of a story, ready for the template."""

    method: str
    width: str
    height: str
    trunks: list[str]
    nodes: list[Node]
    lines: list[Line]
    edges: list[EdgeView]
    hypothetical: list[tuple[str, str, str]]
    """Label, probability, explanation."""
    open: list[OpenView]
    open_unlisted: int
    kin: list[KinView]
    kin_unlisted: int
    summary: str
    columns: bool


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


def _href(context: Context, node: str | None) -> str:
    witness = context.witnesses.get(node or "")
    return f"#{witness.anchor}" if witness else ""


def quotes(context: Context, spans: tuple[Span, ...]) -> list[Quote]:
    """Quote the first few of some spans."""
    found = []
    for span in spans[:SPANS]:
        witness = context.witnesses.get(span.article)
        if witness is None or span.end <= span.start:
            continue
        text = witness.article.text
        low, high = span.start, min(span.end, span.start + 320)
        if high - low < 60:
            low, high = window(text, low, high, around=50)
        marked: list[Piece] = pieces(text, low, high, [])
        place = context.places.at(span.article, span.start, span.end)
        clipped = high < len(text) and text[high - 1 : high] not in {".", "!", "?", "”", '"'}
        opened = low > 0 and text[low - 1] != "\n" and not text[low].isupper()
        found.append(Quote(witness, place, marked, opened=opened, clipped=clipped))
    return found


def _reason(context: Context, evidence: Evidence) -> Reason:
    return Reason(
        kind=evidence.kind.replace("-", " "),
        against=evidence.weight < 0,
        explanation=visible(evidence.explanation),
        quotes=quotes(context, evidence.spans),
        unlisted=max(0, len(evidence.spans) - SPANS),
    )


def _edge(context: Context, edge: Edge, *, second: bool) -> EdgeView:
    rival = edge.runner_up
    return EdgeView(
        id=edge.id,
        child=name_of(context, edge.child),
        child_href=_href(context, edge.child),
        parent=name_of(context, edge.parent),
        parent_href=_href(context, edge.parent),
        probability=percent(edge.probability),
        share=percent(edge.share),
        decided=edge.decided,
        runner_up=(
            f"{name_of(context, rival.parent)}, {percent(rival.probability)}" if rival else "none"
        ),
        evidence=[_reason(context, e) for e in sorted(edge.evidence, key=lambda e: -abs(e.weight))],
        second=second,
    )


def _short(probability: float) -> str:
    said = percent(probability)
    return said.replace(" %", "%").replace("over ", ">").replace("under ", "<")


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _path(
    parent: layout.Box, child: layout.Box, *, hung: bool, aside: int = 0
) -> tuple[str, float, float]:
    """Return the SVG path of an edge and the place of its label, just above the child.

    ``aside`` says how many slots right of the middle (left, if negative) the path ends.
    """
    wide, high = layout.WIDTH, layout.HEIGHT
    if hung and child.trunk is not None:
        y = child.y + high / 2
        path = f"M{_number(child.trunk)} {_number(y)}H{_number(child.x)}"
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
        bend = (y2 - y1) / 2
        curve = (x1, y1 + bend, x2, y2 - bend)
    points = " ".join(_number(c) for c in curve)
    path = f"M{_number(x1)} {_number(y1)}C{points} {_number(x2)} {_number(y2)}"
    return path, x2, y2 - 13


def _lines(context: Context, picture: layout.Picture) -> list[Line]:
    """Draw every edge, and the runner-up of each that is undecided."""
    edges = [
        e
        for e in context.story.stemma.edges
        if e.parent in picture.boxes and e.child in picture.boxes
    ]
    drawn = {(e.child, e.parent) for e in edges}
    lines = []
    further: dict[str, int] = {}
    for edge in sorted(edges, key=lambda e: (e.probability, e.id)):
        parent, child = picture.boxes[edge.parent or ""], picture.boxes[edge.child]
        hung = child.trunk is not None and child.parent == edge.parent
        if child.parent != edge.parent:
            further[edge.child] = further.get(edge.child, 0) + 1
        aside = further[edge.child] if child.parent != edge.parent else 0
        path, x, y = _path(parent, child, hung=hung, aside=aside)
        said = percent(edge.probability)
        lines.append(
            Line(
                path=path,
                style="sure" if edge.decided else "open",
                width=_number(1 + 3.5 * edge.probability),
                opacity=_number(0.4 + 0.6 * edge.probability),
                title=f"{name_of(context, edge.child)} from {name_of(context, edge.parent)}: {said}"
                + ("" if edge.decided else ", undecided"),
                label="" if picture.columns or len(edges) > LABELLED else _short(edge.probability),
                label_x=round(x, 1),
                label_y=round(y, 1),
            )
        )
        if edge.decided or picture.columns:  # in columns, only the table names runners-up
            continue
        rival = edge.runner_up.parent if edge.runner_up else None
        if rival in picture.boxes and rival and (edge.child, rival) not in drawn:
            drawn.add((edge.child, rival))
            path, x, y = _path(picture.boxes[rival], child, hung=False, aside=-1)
            weak = edge.runner_up.probability if edge.runner_up else 0.0
            lines.insert(
                0,
                Line(
                    path=path,
                    style="rival",
                    width="1.2",
                    opacity="0.7",
                    title=f"{name_of(context, edge.child)} perhaps from {name_of(context, rival)}: "
                    f"{percent(weak)}",
                    label="",
                    label_x=0,
                    label_y=0,
                ),
            )
    return lines


def _nodes(context: Context, picture: layout.Picture) -> list[Node]:
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
            nodes.append(Node(box.x, box.y, "?", label, detail, "", hypothetical=True, name=name))
            continue
        w = context.witnesses[node]
        when = w.article.published
        detail = sure.get(node, "") + (day(when) if when else w.detail)
        nodes.append(
            Node(
                box.x,
                box.y,
                w.siglum,
                clip(w.label, 21 if len(w.siglum) == 1 else 19),
                clip(detail, 26),
                f"#{w.anchor}",
                hypothetical=False,
                name=f"{w.name}, {w.detail}" if w.detail else w.name,
            )
        )
    return nodes


def _kin(context: Context, kinship: Kinship) -> KinView:
    a, b = context.witnesses[kinship.a], context.witnesses[kinship.b]
    return KinView(
        a,
        b,
        content=percent(kinship.content),
        wording=percent(kinship.wording),
        containment=f"{percent(kinship.containment_a)} / {percent(kinship.containment_b)}",
        resemblance=percent(kinship.resemblance),
        nearest=kinship.nearest,
        quotes=quotes(context, kinship.spans),
    )


def _summary(context: Context) -> str:
    """Say in words what the picture shows, for those who do not see it."""
    edges = context.story.stemma.edges
    roots = sum(e.parent is None for e in edges)
    parts = [
        f"{len(context.witnesses)} versions",
        f"{len(context.story.stemma.hypothetical)} hypothetical ancestors",
        f"{sum(e.parent is not None and e.decided for e in edges)} decided derivations",
        f"{sum(not e.decided for e in edges)} undecided",
        f"{roots} without a parent among these",
    ]
    return "; ".join(parts) + ". The table below the picture says the same in words."


def descent(context: Context) -> Descent:
    """Make the view of a story's stemma."""
    stemma = context.story.stemma
    nodes = [*sorted(h.id for h in stemma.hypothetical), *context.witnesses]
    links = [
        layout.Link(e.child, e.parent, e.probability) for e in stemma.edges if e.parent is not None
    ]
    picture = layout.arrange(nodes, links)
    strongest: dict[str, Edge] = {}
    for edge in sorted(stemma.edges, key=lambda e: (-e.probability, e.id)):
        strongest.setdefault(edge.child, edge)
    order = {n: i for i, n in enumerate([*context.witnesses, *(h.id for h in stemma.hypothetical)])}
    edges = sorted(
        stemma.edges, key=lambda e: (order.get(e.child, len(order)), -e.probability, e.id)
    )
    kin = sorted(
        (k for k in stemma.kinships if k.a in context.witnesses and k.b in context.witnesses),
        key=lambda k: (not k.nearest, -k.affinity, k.a, k.b),
    )
    return Descent(
        method=stemma.method,
        width=_number(picture.width),
        height=_number(picture.height),
        trunks=[
            "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in line) for line in picture.trunks
        ],
        nodes=_nodes(context, picture),
        lines=_lines(context, picture),
        edges=[_edge(context, e, second=strongest[e.child] is not e) for e in edges],
        hypothetical=[
            (visible(h.label), percent(h.probability), visible(h.explanation))
            for h in sorted(stemma.hypothetical, key=lambda h: h.id)
        ],
        open=[
            OpenView(
                u.id,
                visible(u.question),
                visible(u.explanation),
                [context.witnesses[a] for a in u.articles if a in context.witnesses],
                quotes(context, u.spans),
            )
            for u in stemma.undecided[:QUESTIONS]
        ],
        open_unlisted=max(0, len(stemma.undecided) - QUESTIONS),
        kin=[_kin(context, k) for k in kin[:NEAREST]],
        kin_unlisted=max(0, len(kin) - NEAREST),
        summary=_summary(context),
        columns=picture.columns,
    )
