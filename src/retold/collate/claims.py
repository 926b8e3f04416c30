"""Claims: one a row of aligned sentences, with its distinct readings compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retold.collate.changes import find_changes
from retold.collate.commentary import is_commentary
from retold.collate.descent import Descent, plan
from retold.collate.held import held_by
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.pairs import align_pair
from retold.collate.views import View, per_view, spoken_at, view, weights
from retold.config import CollateConfig
from retold.model import (
    Agreement,
    Attribution,
    Change,
    ChangeKind,
    Claim,
    Document,
    Row,
    Span,
    Stemma,
    identify,
    rounded,
)
from retold.rewrite.vectors import Embedded
from retold.stemma import origins
from retold.text import form, squeeze

CONTRADICTING = frozenset(
    {
        *(ChangeKind.FIGURE, ChangeKind.DATE, ChangeKind.PLACE, ChangeKind.NAME),
        *(ChangeKind.ROLE_SWAP, ChangeKind.NEGATION),
    }
)
"""Kinds of change under which two readings cannot both be right."""


class Views:
    """The views of a story's sentences, each built once."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        embedded: Mapping[str, Embedded] | None = None,
    ) -> None:
        """``documents`` maps article ids to documents, ``embedded`` sentences to their vectors."""
        self.documents = documents
        self._embedded = embedded or {}
        self._built: dict[Span, View] = {}
        self._spoken: dict[str, dict[int, list[Attribution]]] = {}

    def __getitem__(self, span: Span) -> View:
        """Return the view of the sentence at ``span``."""
        if span not in self._built:
            document = self.documents[span.article]
            if span.article not in self._spoken:
                self._spoken[span.article] = spoken_at(document)
            spoken = self._spoken[span.article].get(span.start, ())
            embedded = self._embedded.get(document.text_of(span))
            self._built[span] = view(document, span, spoken, embedded)
        return self._built[span]


@dataclass(frozen=True)
class Group:
    """The versions that word a claim in one way."""

    said: dict[str, tuple[View, ...]]
    """For each version its sentences, in their order."""

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The versions, sorted."""
        return tuple(sorted(self.said))

    @property
    def views(self) -> tuple[View, ...]:
        """The sentences of the first of the versions."""
        return self.said[self.articles[0]]

    @cached_property
    def weights(self) -> dict[str, float]:
        """How rare each thing is that the reading holds."""
        return {u.key: u.weight for v in self.views for u in v.units}


def group_readings(spans: Sequence[Span], views: Views) -> list[Group]:
    """Group the versions of a row by their wording; typography makes no difference."""
    by_article: dict[str, list[View]] = defaultdict(list)
    for span in sorted(set(spans)):
        by_article[span.article].append(views[span])
    by_words: dict[tuple[str, ...], dict[str, tuple[View, ...]]] = defaultdict(dict)
    for article, said in by_article.items():
        by_words[tuple(_signature(v) for v in said)][article] = tuple(said)
    groups = [Group(said) for said in by_words.values()]
    return sorted(groups, key=lambda g: g.articles)


@per_view
def _signature(said: View) -> str:
    return form(squeeze(said.text))


def overlap(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the share of the lighter side's weight that both sides have."""
    lighter = min(sum(a.values()), sum(b.values()))
    shared = sum(min(a[k], b[k]) for k in sorted(a.keys() & b.keys()))
    return min(1.0, shared / lighter) if lighter else 0.0


def make_claims(
    story: Sequence[str],
    rows: Sequence[Row],
    views: Views,
    stemma: Stemma,
    config: CollateConfig,
) -> tuple[Claim, ...]:
    """Return the claims of a story, in the order of the rows."""
    descent = Descent(stemma)
    return tuple(_claim(story, row, views, stemma, descent, config) for row in rows)


def _claim(
    story: Sequence[str],
    row: Row,
    views: Views,
    stemma: Stemma,
    descent: Descent,
    config: CollateConfig,
) -> Claim:
    groups = group_readings(row.spans, views)
    spans = sorted(set(row.spans))
    articles = sorted({span.article for span in spans})
    found = _compare(groups, row, descent, config)
    commentary = is_commentary([v for g in groups for v in g.views])
    own = {span.article: views[span] for span in sorted(row.spans, reverse=True)}
    found += _presence(story, own, descent, commentary=commentary)
    changes = merge_changes(found)
    return Claim(
        id=identify("claim", row.id),
        label=_label(groups),
        readings=tuple(reading(views.documents[s.article], s) for s in spans),
        agreement=_agreement(story, articles, changes, config),
        changes=changes,
        origins=origins(stemma, tuple(articles)),
        probability=rounded(row.probability),
        commentary=commentary,
        sources=held_by(views[s] for s in spans),
    )


def _compare(
    groups: Sequence[Group], row: Row, descent: Descent, config: CollateConfig
) -> list[Draft]:
    comparisons = plan(
        [g.articles for g in groups],
        descent,
        config.all_pairs,
        lambda i, j: overlap(groups[i].weights, groups[j].weights),
    )
    found: list[Draft] = []
    for comparison in comparisons:
        first, second = groups[comparison.before], groups[comparison.after]
        ours, theirs = first.said[comparison.first], second.said[comparison.second]
        for a, b in _sentence_pairs(ours, theirs, config.least_overlap):
            pair = align_pair(
                a,
                b,
                directed=comparison.directed,
                context_a=ours,
                context_b=theirs,
            )
            for change in find_changes(pair):
                probability = change.probability * row.probability
                if probability < config.least_probability:
                    continue
                before = reading(a.document, change.a) if change.a else None
                after = reading(b.document, change.b) if change.b else None
                found.append(
                    Draft(
                        change.kind,
                        before,
                        after,
                        directed=comparison.directed,
                        probability=probability,
                        salience=change.salience,
                        explanation=change.explanation,
                        first=first.articles,
                        second=second.articles,
                    )
                )
    return found


def _sentence_pairs(
    ours: Sequence[View], theirs: Sequence[View], least: float
) -> list[tuple[View, View]]:
    """Return each sentence of either version with its best partner in the other."""
    if len(ours) == len(theirs) == 1:
        return [(ours[0], theirs[0])]
    scores = [[overlap(weights(x), weights(y)) for y in theirs] for x in ours]
    chosen = set()
    for i, line in enumerate(scores):
        j = max(range(len(line)), key=lambda n: (line[n], -n))
        if line[j] >= least:
            chosen.add((i, j))
    for j in range(len(theirs)):
        i = max(range(len(scores)), key=lambda n: (scores[n][j], -n))
        if scores[i][j] >= least:
            chosen.add((i, j))
    return [(ours[i], theirs[j]) for i, j in sorted(chosen)]


def _presence(
    story: Sequence[str],
    own: Mapping[str, View],
    descent: Descent,
    *,
    commentary: bool,
) -> list[Draft]:
    """Return what children left out or put in, along decided edges."""
    members = set(story)
    found: list[Draft] = []
    for child in story:
        parents = [e for e in descent.edges(child) if e.parent in members]
        if not parents:
            continue
        if child not in own:
            for edge in parents:
                if edge.parent in own:
                    kept = own[str(edge.parent)]
                    found.append(
                        _presence_change(
                            ChangeKind.OMISSION,
                            kept,
                            edge.probability,
                            child,
                            str(edge.parent),
                            commentary=commentary,
                        )
                    )
        elif not any(a in own for a in descent.ancestors(child)):
            edge = max(parents, key=lambda e: (e.probability, e.id))
            added = own[child]
            found.append(
                _presence_change(
                    ChangeKind.ADDITION,
                    added,
                    edge.probability,
                    child,
                    str(edge.parent),
                    commentary=commentary,
                )
            )
    return found


def _presence_change(
    kind: ChangeKind, said: View, certainty: float, child: str, parent: str, *, commentary: bool
) -> Draft:
    telling = 0.15 if commentary else 0.25 + 0.1 * bool(said.figures) + 0.1 * bool(said.names)
    kept = reading(said.document, said.span)
    omitted = kind is ChangeKind.OMISSION
    return Draft(
        kind,
        kept if omitted else None,
        None if omitted else kept,
        directed=True,
        probability=0.8 * certainty,
        salience=telling,
        explanation="not taken over" if omitted else "not in the source",
        first=(parent,),
        second=(child,),
    )


def _label(groups: Sequence[Group]) -> str:
    """Return the shortest sentence that shares nearly as much with the others as the best does."""
    candidates = [v for g in groups for v in g.views]
    sample = candidates[:12]
    scored = []
    for said in candidates[:40]:
        others = [overlap(weights(said), weights(v)) for v in sample if v is not said]
        scored.append((sum(others) / len(others) if others else 1.0, said))
    best = max(score for score, _ in scored)
    good = [v for score, v in scored if score >= 0.8 * best]
    chosen = min(good, key=lambda v: (v.span.end - v.span.start, v.span))
    return squeeze(chosen.text)


def _agreement(
    story: Sequence[str], articles: Sequence[str], changes: Sequence[Change], config: CollateConfig
) -> Agreement:
    if any(c.kind in CONTRADICTING and c.probability >= config.contradicts for c in changes):
        return Agreement.CONTRADICTED
    if len(articles) == 1:
        return Agreement.SINGULAR if len(story) > 1 else Agreement.ALL
    return Agreement.ALL if len(articles) == len(story) else Agreement.SOME
