"""The method "evidence": kinship, direction and unseen sources weighed in one model over trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from retold.config import StemmaConfig
from retold.model import (
    Alternative,
    Document,
    Edge,
    Evidence,
    EvidenceKind,
    HypotheticalAncestor,
    Row,
    Stemma,
    Story,
    identify,
    rounded,
)
from retold.stemma.arborescence import ROOT, best_tree, marginals
from retold.stemma.coverage import cover
from retold.stemma.credited import credit_sources
from retold.stemma.features import extract
from retold.stemma.kinship import affinity, kinships
from retold.stemma.nodes import (
    Evidences,
    Forest,
    Table,
    gather,
    odds,
)
from retold.stemma.reasons import between, from_unseen
from retold.stemma.ruled import Barred
from retold.stemma.second import Second, draw_on_two, is_cyclic, objective, seconds
from retold.stemma.undecided import conflicts, open_questions
from retold.stemma.unseen import regroup, suppose, unseen_between
from retold.stemma.view import View
from retold.stemma.witness import observe


class EvidenceMethod:
    """Weighs all evidence at hand as log-likelihood ratios and finds the best tree with its odds.

    Every shared passage, rare turn, statement and error is a feature that presumably arose once;
    times, credits, comments and cuts give direction; where no collected version can be the parent
    of kin, an unseen source is supposed. The tree is the one of greatest posterior probability, the
    probabilities of edges are exact over all trees on the same nodes. In a story of more versions
    than ``config.pairs_all`` kinship is listed for the ``config.pairs_nearest`` nearest of each.
    """

    name = "evidence"

    def build(
        self,
        story: Story,
        documents: Mapping[str, Document],
        rows: tuple[Row, ...],
        config: StemmaConfig,
        barred: Barred,
    ) -> Stemma:
        """See :class:`retold.stemma.StemmaMethod`."""
        witnesses = tuple(observe(documents[a]) for a in sorted(story.articles))
        features = extract(witnesses, rows, config)
        coverage = cover(witnesses, rows, story.matches)
        evidences = gather(witnesses, features, coverage, config)
        node = {witness.id: at for at, witness in enumerate(witnesses, 1)}
        barring = {(node[p], node[c]) for c, p in barred if {c, p} <= node.keys()}
        evidences = replace(evidences, barred=frozenset(barring))
        return infer(story.id, self.name, evidences, config)


def infer(story: str, method: str, evidences: Evidences, config: StemmaConfig) -> Stemma:
    """Return the stemma that all evidence at hand calls for, whatever it was gathered from."""
    witnesses, features = evidences.witnesses, evidences.features
    forest = _grow(evidences, config)
    near = affinity(features, config)
    regroup(forest, near)
    credit_sources(forest)
    forest.shape()
    tree = _Tree.of(story, forest)
    edges, hypothetical = tree.edges(), tree.ancestors()
    kin = kinships(witnesses, features, near, config)
    undecided = (
        *open_questions(witnesses, edges, kin, hypothetical),
        *conflicts(witnesses, features, kin, edges, config),
    )
    return Stemma(
        story=story,
        method=method,
        edges=edges,
        hypothetical=hypothetical,
        kinships=kin,
        undecided=tuple(sorted(undecided, key=lambda u: (u.articles, u.id))),
    )


def _grow(evidences: Evidences, config: StemmaConfig) -> Forest:
    """Return the better of two trees: unseen sources supposed first, or second sources first.

    Either can explain what a version has and its parent lacks; each hides the need of the other.
    """
    first, second = Forest(evidences, config), Forest(evidences, config)
    for forest in (first, second):
        forest.solve()
    draw_on_two(second)
    suppose(first)
    draw_on_two(first)
    if not second.second:  # what would follow is what was done already
        return first
    suppose(second)
    draw_on_two(second)
    return second if objective(second) > objective(first) + 1e-9 else first


HALF = 0.5
"""Probability above which a thing is more probable than not."""


def _settle(forest: Forest, probability: Table) -> None:
    """Take the tree whose edges are the most probable in sum, where no unseen source loses its kin.

    The single best tree may hold an edge that is rarer over all trees than another. Where a version
    more probably derives from some other than from none it gets a parent, be its odds split among
    copies of one text.
    """
    before = forest.parents
    worth = np.where(probability > 0, probability, -np.inf)
    rootless = probability[ROOT] <= HALF + 1e-6
    worth[ROOT, rootless] = np.minimum(worth[ROOT, rootless], 0.0)
    forest.parents = best_tree(worth)
    children = forest.children()
    bereft = any(
        len(children[at]) < len(kin)
        for at, kin in _kin_of(before).items()
        if at > forest.versions and len(children[at]) < 2
    )
    if bereft or is_cyclic(forest):
        forest.parents = before


def _kin_of(parents: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for child, parent in enumerate(parents):
        found.setdefault(parent, []).append(child)
    return found


@dataclass(frozen=True, slots=True)
class _Tree:
    """The best tree with the probabilities of its edges, and the names of its nodes."""

    forest: Forest
    probability: Table
    names: tuple[str | None, ...]
    view: View

    @classmethod
    def of(cls, story: str, forest: Forest) -> _Tree:
        probability = marginals(forest.scores)
        for edge in forest.evidences.barred:
            probability[edge] = 0.0
        _settle(forest, probability)
        names: list[str | None] = [None, *(w.id for w in forest.evidences.witnesses)]
        below: dict[tuple[str, ...], int] = {}
        for at in range(len(forest.unseen)):
            kin = forest.below(forest.versions + 1 + at)
            ids = tuple(str(names[k]) for k in kin)
            again = below.get(ids, 0)  # one source above another with the same descendants
            below[ids] = again + 1
            names.append(identify("ancestor", story, again, *ids))
        return cls(forest, probability, tuple(names), View(forest))

    def ancestors(self) -> tuple[HypotheticalAncestor, ...]:
        """Describe the unseen sources."""
        forest, found = self.forest, []
        for at, one in enumerate(forest.unseen):
            node = forest.versions + 1 + at
            kin = forest.below(node)
            crediting = [k for k in kin if one.agency and one.agency in self._agencies(k)]
            if one.agency:
                count = "one version" if len(crediting) == 1 else f"{len(crediting)} versions"
                label = f"an unseen report, credited to {one.agency} by {count}"
            else:
                label = f"an unseen source of {len(kin)} versions"
            if one.group:
                why = (
                    "These versions share more with one another than with the others that go back "
                    "to the same source, and neither can be shown to be the parent of the other."
                )
            elif one.alone:
                why = (
                    f"A version credits {one.agency}, whose report is not among the collected "
                    "versions; by wording alone nothing more is known of it."
                )
            else:
                why = (
                    "These versions share content or wording, but each has some that the others "
                    "lack, so that no collected version can be the source of the rest."
                )
            found.append(
                HypotheticalAncestor(
                    str(self.names[node]), label, self._sure(node), why, one.agency
                )
            )
        return tuple(sorted(found, key=lambda h: h.id))

    def _agencies(self, node: int) -> tuple[str, ...]:
        return self.forest.evidences.witnesses[node - 1].reports

    def _sure(self, node: int) -> float:
        """How probable it is that an unseen source existed; 1 for the root and for versions."""
        at = node - self.forest.versions - 1
        return rounded(odds(self.forest.unseen[at].gain)) if at >= 0 else 1.0

    def edges(self) -> tuple[Edge, ...]:
        """Return the edges, sorted by child, the one of most share first."""
        forest = self.forest
        found = [
            self._edge(child, forest.parents[child]) for child in range(1, forest.versions + 1)
        ]
        found += [
            self._edge(child, forest.parents[child])
            for child in range(forest.versions + 1, len(forest.parents))
            if forest.parents[child] != ROOT
        ]
        found += [self._second(second) for second in seconds(forest)]
        return tuple(sorted(found, key=lambda e: (e.child, -e.share, e.parent or "")))

    def _edge(self, child: int, parent: int) -> Edge:
        forest, config = self.forest, self.forest.config
        doubt = unseen_between(self.view, parent, child)
        probability = float(self.probability[parent, child]) * self._sure(parent) * (1 - doubt)
        others = [
            (-rounded(float(self.probability[p, child]) * self._sure(p)), p == ROOT, p)
            for p in range(len(self.names))
            if p not in (parent, child)
        ]
        runner_up = None
        if parent > forest.versions and forest.unseen[parent - forest.versions - 1].group:
            # without a source of its own the group would go back to the source above
            source = forest.parents[parent]
            runner_up = Alternative(self.names[source], rounded(1 - self._sure(parent)))
        elif others:
            best = min(others)
            # a runner-up that stands below the child has no tree here to doubt
            doubt_too = unseen_between(self.view, best[2], child)
            above = best[2] not in forest.below(child)
            value = rounded(-best[0] * (1 - doubt_too)) if above else -best[0]
            if value > 0:
                runner_up = Alternative(self.names[best[2]], value)
        next_best = runner_up.probability if runner_up else 0.0
        # a credit may be for one fact: it does not show that the text as a whole derives from there
        merely_credited = (
            parent > forest.versions and forest.unseen[parent - forest.versions - 1].alone
        )
        decided = (
            rounded(probability) >= config.decided_probability
            and probability - next_best >= config.decided_margin
            and not merely_credited
        )
        return Edge(
            id=identify("edge", self.names[child], self.names[parent]),
            child=str(self.names[child]),
            parent=self.names[parent],
            probability=rounded(probability),
            share=self._share(child, parent),
            decided=decided,
            evidence=self._evidence(child, parent, doubt),
            runner_up=runner_up,
        )

    def _share(self, child: int, parent: int) -> float:
        """Share of the child's words that the parent, or its kin below an unseen source, has."""
        n, coverage = self.forest.versions, self.forest.evidences.coverage
        if parent == ROOT:
            return 0.0
        if child > n:
            return 1.0
        if parent <= n:
            return rounded(float(coverage.share[child - 1, parent - 1]))
        kin = self._kin(child, parent)
        words = coverage.words[child - 1]
        return rounded(float(words[:, kin].any(axis=1).mean())) if len(words) and kin else 0.0

    def _kin(self, child: int, parent: int) -> list[int]:
        """Indices of the versions below an unseen source that do not descend from ``child``."""
        own = set(self.forest.below(child))
        return [k - 1 for k in self.forest.below(parent) if k not in own]

    def _evidence(self, child: int, parent: int, doubt: float) -> tuple[Evidence, ...]:
        forest, n = self.forest, self.forest.versions
        if child > n:
            return ()
        if parent == ROOT:
            words = "No other version, and no source that it credits, accounts for what it tells."
            if len(forest.evidences.witnesses) > 1 and len(forest.below(child)) > 1:
                words = "Others descend from it, and no version accounts for what it tells."
            return (Evidence(EvidenceKind.SHARED_CONTENT, 0.0, words),)
        if parent > n:
            agency = forest.unseen[parent - n - 1].agency
            return from_unseen(
                forest.evidences,
                child - 1,
                self._kin(child, parent),
                agency,
                forest.config.credit_weight,
            )
        found = between(forest.evidences, parent - 1, child - 1)
        if rounded(doubt) > 0:
            words = (
                f"That both go back to a source that nobody collected has a probability of "
                f"{rounded(doubt):.2f}."
            )
            found += (Evidence(EvidenceKind.CONFLICT, 0.0, words),)
        return found

    def _second(self, second: Second) -> Edge:
        child, parent = self.names[second.child], self.names[second.parent]
        probability = rounded(second.probability)
        return Edge(
            id=identify("edge", child, parent),
            child=str(child),
            parent=parent,
            probability=probability,
            share=rounded(second.share),
            decided=probability >= self.forest.config.decided_probability,
            evidence=(
                second.evidence,
                *self.forest.evidences.direction.get((second.parent - 1, second.child - 1), ()),
            ),
            runner_up=Alternative(None, rounded(1 - probability)),
        )
