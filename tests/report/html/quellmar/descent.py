"""Who took the story of Quellmar from whom."""

from __future__ import annotations

from retold.model import (
    Alternative,
    Edge,
    Evidence,
    EvidenceKind,
    HypotheticalAncestor,
    Kinship,
    Stemma,
    Undecided,
    identify,
)
from tests.report.html.fiction import span
from tests.report.html.quellmar.articles import (
    courier,
    inland,
    lantern,
    nameless,
    north,
    post,
    wire,
)
from tests.report.html.quellmar.readings import c1, w1


def edge(
    child: str,
    parent: str | None,
    probability: float,
    evidence: tuple[Evidence, ...] = (),
    rival: tuple[str | None, float] | None = None,
    *,
    decided: bool = True,
    share: float = 0.8,
) -> Edge:
    return Edge(
        identify("edge", child, parent),
        child,
        parent,
        probability,
        share,
        decided,
        evidence,
        Alternative(*rival) if rival else None,
    )


unseen = HypotheticalAncestor(
    "hypothetical:1",
    "an unseen report, credited to the harbour office",
    0.62,
    "Inland and the nameless sheet share details that the wire lacks.",
    "Harbour office",
)
shared = Evidence(
    EvidenceKind.SHARED_READING,
    3.1,
    "Both give 71 injured, which nobody else does.",
    (span(post, "Seventy-one dockers"), span(lantern, "71 workers")),
)
held = Evidence(
    EvidenceKind.CONTAINMENT,
    5.2,
    "88 % of its 5-grams stand in the wire.",
    (span(wire, w1.text), span(courier, c1.text)),
)
against = Evidence(EvidenceKind.CONFLICT, -0.9, "It dates from before the supposed source.")
edges = (
    edge(wire.id, None, 0.97),
    edge(courier.id, wire.id, 0.98, (held,), (north.id, 0.01), share=0.88),
    edge(north.id, wire.id, 0.95, (held,), (courier.id, 0.04), share=1.0),
    edge(post.id, wire.id, 0.83, (held, against), (courier.id, 0.12), share=0.6),
    edge(lantern.id, post.id, 0.91, (shared,), (wire.id, 0.05), share=0.7),
    edge(inland.id, "hypothetical:1", 0.52, (), (wire.id, 0.41), decided=False, share=0.5),
    edge(nameless.id, "hypothetical:1", 0.48, (), (post.id, 0.44), decided=False, share=0.5),
    edge(nameless.id, post.id, 0.61, (shared,), None, share=0.5),
)
first, second = sorted((post.id, lantern.id))
kin = (
    Kinship(
        first,
        second,
        0.75,
        0.62,
        0.08,
        0.06,
        0.04,
        0.7,
        nearest=True,
        spans=(
            span(post, "The owners were warned twice"),
            span(lantern, "The owners were warned twice"),
        ),
    ),
    Kinship(*sorted((wire.id, courier.id)), 0.9, 0.88, 0.81, 0.79, 0.71, 0.9, nearest=True),
    Kinship(*sorted((wire.id, inland.id)), 0.4, 0.05, 0.0, 0.0, 0.0, 0.3, nearest=False),
)
stemma = Stemma(
    "story:1",
    "evidence",
    edges,
    (unseen,),
    kin,
    (
        Undecided(
            "undecided:1",
            (inland.id, wire.id),
            "Where does Inland Observer take its figures from?",
            "It agrees with the wire on 17 injured and with The Tidewater Post on the number 71, "
            "which it gives to workers sent home.",
            (
                span(inland, "71 workers were sent home"),
                span(post, "Seventy-one dockers were hurt"),
            ),
        ),
    ),
)
