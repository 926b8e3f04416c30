"""The stemma as a picture and as a table with its evidence, and what it leaves undecided."""

from __future__ import annotations

from dataclasses import dataclass

from retold.model import Edge, Evidence, Kinship, Span
from retold.report.html.bundles import Folded, fold
from retold.report.html.context import Context, Quote, percent
from retold.report.html.layout import Link
from retold.report.html.naming import Witness, visible
from retold.report.html.picture import Drawn, draw, name_of, title_of
from retold.report.html.timeline import CROWD
from retold.report.html.wording import Piece, pieces, window

NEAREST = 12
"""Pairs of kin that are shown where more are known; the rest are counted."""
QUESTIONS = 40
"""Open questions that are told; the rest are counted and stand in the JSON."""
SPANS = 6
"""Passages quoted for one piece of evidence; the rest are counted."""


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
    left: str
    right: str
    """Anchors of parent and child where both were collected, to be laid side by side."""


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
class BundleView:
    """Branches of a large stemma that its picture shows as one box."""

    title: str
    picture: Drawn
    """Of the node that they stem from and all in them."""


@dataclass(frozen=True, slots=True)
class Descent:
    """The stemma of a story, ready for the template."""

    method: str
    picture: Drawn
    bundles: list[BundleView]
    """What the picture holds folded, in the order of its bundles."""
    edges: list[EdgeView]
    hypothetical: list[tuple[str, str, str]]
    """Label, probability, explanation."""
    open: list[OpenView]
    open_unlisted: int
    kin: list[KinView]
    kin_unlisted: int
    summary: str
    further: bool
    """Whether a version draws on several."""


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
        left=_href(context, edge.parent)[1:],
        right=_href(context, edge.child)[1:],
    )


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
    links = [Link(e.child, e.parent, e.probability) for e in stemma.edges if e.parent is not None]
    folded = fold(nodes, links) if len(nodes) > CROWD else Folded(tuple(nodes), ())
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
        picture=draw(context, folded.shown, folded.bundles, links, edges),
        bundles=[
            BundleView(
                title_of(context, bundle),
                draw(context, [*filter(None, [bundle.parent]), *bundle.members], (), links, edges),
            )
            for bundle in folded.bundles
        ],
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
        further=any(strongest[e.child] is not e for e in edges),
    )
