"""Who took it from whom, on what evidence, and from how many origins."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retold.model.articles import Span


class EvidenceKind(StrEnum):
    """What an edge, or a kinship, rests on."""

    CONTAINMENT = "containment"
    SHARED_READING = "shared-reading"
    """A wording, error or singular reading that two versions share."""
    SHARED_CONTENT = "shared-content"
    OMISSION = "omission"
    ADDITION = "addition"
    CREDIT = "credit"
    TIME = "time"
    CONFLICT = "conflict"
    """Evidence that speaks against the edge."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason, in words and spans."""

    kind: EvidenceKind
    weight: float
    """Natural log of the likelihood ratio that it lends; negative where it speaks against."""
    explanation: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """The runner-up: the parent that the evidence likes next best."""

    parent: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A child and the parent it most probably took its text from."""

    id: str
    child: str
    parent: str | None
    """An article id, the id of a hypothetical ancestor, or None for a root."""
    probability: float
    share: float
    """Share of the child's words that this parent accounts for."""
    decided: bool
    """False where the evidence does not decide between this parent and the runner-up."""
    evidence: tuple[Evidence, ...] = ()
    runner_up: Alternative | None = None


@dataclass(frozen=True, slots=True)
class HypotheticalAncestor:
    """A source that nobody collected but that the versions presuppose."""

    id: str
    label: str
    """What is known of it ("an unseen report, credited to TASS by two versions")."""
    probability: float
    explanation: str
    agency: str = ""
    """The agency that its descendants credit, where they do."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two versions agree, in content and, apart from that, in wording."""

    a: str
    b: str
    content: float
    """Share of the aligned statements of the shorter version that both have."""
    wording: float
    """How much rare wording they share (0..1), commonplaces and shared quotations left out."""
    containment_a: float
    """Broder's containment of a's word 5-grams in b."""
    containment_b: float
    resemblance: float
    affinity: float
    """Content and wording weighed together; what nearness is judged by."""
    nearest: bool
    """Whether each is the nearest relative of the other."""
    spans: tuple[Span, ...] = ()
    """The shared wordings, side by side: spans of a and of b in turn."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A question that the evidence leaves open, said instead of hidden."""

    id: str
    articles: tuple[str, ...]
    question: str
    explanation: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Stemma:
    """The derivation graph of a story."""

    story: str
    method: str
    edges: tuple[Edge, ...] = ()
    hypothetical: tuple[HypotheticalAncestor, ...] = ()
    kinships: tuple[Kinship, ...] = ()
    undecided: tuple[Undecided, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """How many unrelated roots carry a claim. ``low < high`` where the evidence does not decide."""

    low: int
    high: int
    roots: tuple[str, ...]
    """Articles and hypothetical ancestors at the top of the carriers' descent, sorted."""
    explanation: str
