"""How many independent origins a set of carriers has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from retold.model import Edge, EvidenceKind, Origins, Stemma

KIN = 4.0
"""Nats of shared wording and content from which on two versions surely have a source in common,
even where it is undecided which derives from which: odds of 1 to 50. Chosen while
reading the results on a few real articles, the bundled example and simulated traditions."""

_KINSHIP = frozenset(
    {EvidenceKind.CONTAINMENT, EvidenceKind.SHARED_READING, EvidenceKind.SHARED_CONTENT}
)


def _above(node: str, parents: Mapping[str, set[str]]) -> set[str]:
    """Return a node with all that it descends from."""
    seen, stack = {node}, [node]
    while stack:
        fresh = parents.get(stack.pop(), set()) - seen
        seen |= fresh
        stack.extend(fresh)
    return seen


class _Descent:
    """Who derives from whom in a stemma, surely or perhaps. Made once for each stemma."""

    def __init__(self, stemma: Stemma) -> None:
        self.labels = {h.id: h.label for h in stemma.hypothetical}
        self.sure: dict[str, frozenset[str]] = {}
        self.perhaps: dict[str, frozenset[str]] = {}
        sure: dict[str, set[str]] = {}
        perhaps: dict[str, set[str]] = {}
        for edge in stemma.edges:
            if edge.parent is not None:
                kin = edge.decided or edge.child in self.labels
                kin = kin or (_kinship(edge) >= KIN and not self._own_report(edge))
                (sure if kin else perhaps).setdefault(edge.child, set()).add(edge.parent)
        for edge in sorted(stemma.edges, key=lambda e: e.child):
            other = edge.runner_up.parent if edge.runner_up else None
            if edge.parent is None and not edge.decided and other is not None:
                # perhaps no report of its own after all; but two cannot each be the other's source
                both = {c: sure.get(c, set()) | perhaps.get(c, set()) for c in {*sure, *perhaps}}
                if edge.child not in _above(other, both):
                    perhaps.setdefault(edge.child, set()).add(other)
        self.sure = {child: frozenset(found) for child, found in sure.items()}
        self.perhaps = {
            child: frozenset(found | sure.get(child, set())) for child, found in perhaps.items()
        }
        self.count = lru_cache(maxsize=65_536)(self._count)

    def _own_report(self, edge: Edge) -> bool:
        """Say whether the doubt of an edge is that the version may derive from nothing at all.

        Between two collected versions that may be doubt of the direction only.
        """
        other = edge.runner_up
        return edge.parent in self.labels and other is not None and other.parent is None

    def _count(self, carriers: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The roots when nothing doubtful holds, and when all of it does."""
        most = self._roots(carriers, self.sure, closed=True)
        loose = {**self.sure, **self.perhaps}
        least = self._roots(carriers, loose, closed=False)
        return most, least

    def _roots(
        self, carriers: frozenset[str], parents: Mapping[str, frozenset[str]], *, closed: bool
    ) -> frozenset[str]:
        """Climb from the carriers; ``closed``: only through carriers and unseen sources."""
        roots = set()
        seen = set(carriers)
        stack = sorted(carriers)
        while stack:
            node = stack.pop()
            above = parents.get(node, frozenset())
            if closed:
                above = frozenset(p for p in above if p in carriers or p in self.labels)
            if not above:
                roots.add(node)
            fresh = above - seen
            seen |= fresh
            stack.extend(sorted(fresh))
        return frozenset(roots)


def _kinship(edge: Edge) -> float:
    return sum(e.weight for e in edge.evidence if e.kind in _KINSHIP)


class _Same:
    """A stemma as a key: equal to itself only, so that nothing of it is hashed."""

    __slots__ = ("stemma",)

    def __init__(self, stemma: Stemma) -> None:
        self.stemma = stemma

    def __hash__(self) -> int:
        return id(self.stemma)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.stemma is self.stemma


@lru_cache(maxsize=16)
def _descent(key: _Same) -> _Descent:
    return _Descent(key.stemma)


def origins(stemma: Stemma, articles: Sequence[str]) -> Origins:
    """Count the unrelated roots through which ``articles`` descend.

    ``high`` follows only kinship that is beyond doubt, and only through versions that carry the
    item themselves or that nobody collected: what a version's source lacks, the version has from
    itself. ``low`` follows every edge of the stemma. Versions that are near kin have one origin,
    also where it is undecided which of them came first. Linear in the carriers and what lies above
    them.
    """
    descent = _descent(_Same(stemma))
    carriers = frozenset(articles)
    most, least = descent.count(carriers)
    low, high = sorted((len(least), len(most)))
    roots = tuple(sorted(most))
    return Origins(low, high, roots, _words(len(carriers), low, high, most, descent.labels))


def _words(
    carriers: int, low: int, high: int, roots: Iterable[str], labels: Mapping[str, str]
) -> str:
    if not carriers:
        return "No version carries it."
    told = "One version carries it" if carriers == 1 else f"{carriers} versions carry it"
    unseen = sorted(labels[r] for r in roots if r in labels)
    behind = f" ({'; '.join(unseen)})" if unseen else ""
    if low == high == 1:
        same = ", from one origin" if carriers == 1 else "; all go back to one origin"
        return f"{told}{same}{behind}."
    if low == high:
        return f"{told}; they go back to {high} origins that nothing connects{behind}."
    return (
        f"{told}; they go back to {low} to {high} origins{behind}, as the evidence does not decide "
        "whether all are kin."
    )
