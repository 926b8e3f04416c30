"""Claims: one a row of aligned sentences, with its distinct readings compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.collate.changes import find_changes
from retold.collate.commentary import is_commentary
from retold.collate.contradictions import contradictions
from retold.collate.crossencoder import CrossEncoder
from retold.collate.descent import Descent
from retold.collate.held import held_by
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.pairs import align_pair
from retold.collate.readings import Group, comparisons, group_readings, overlap
from retold.collate.views import View, spoken_at, view, weights
from retold.config import CollateConfig
from retold.model import (
    Agreement,
    Attribution,
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
from retold.text import squeeze

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


def make_claims(
    story: Sequence[str],
    rows: Sequence[Row],
    views: Views,
    stemma: Stemma,
    config: CollateConfig,
    judge: CrossEncoder | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of a story, in the order of the rows.

    Where there is a ``judge``, readings contradict each other by its word, else by the kinds of
    their changes.
    """
    descent = Descent(stemma)
    grouped = [group_readings([views[span] for span in sorted(set(row.spans))]) for row in rows]
    judged: Sequence[Sequence[Draft]] = [()] * len(rows)
    deciding = CONTRADICTING
    if judge:
        judged = contradictions(rows, grouped, descent, config, judge)
        deciding = frozenset({ChangeKind.CONTRADICTION})
    return tuple(
        _claim(story, row, groups, views, stemma, descent, config, found, deciding)
        for row, groups, found in zip(rows, grouped, judged, strict=True)
    )


def _claim(
    story: Sequence[str],
    row: Row,
    groups: Sequence[Group],
    views: Views,
    stemma: Stemma,
    descent: Descent,
    config: CollateConfig,
    judged: Sequence[Draft],
    deciding: frozenset[ChangeKind],
) -> Claim:
    spans = sorted(set(row.spans))
    articles = sorted({span.article for span in spans})
    found = [*_compare(groups, row, descent, config), *judged]
    commentary = is_commentary([v for g in groups for v in g.views])
    own = {span.article: views[span] for span in sorted(row.spans, reverse=True)}
    found += _presence(story, own, descent, commentary=commentary)
    changes = merge_changes(found)
    decided = any(c.kind in deciding and c.probability >= config.contradicts for c in changes)
    return Claim(
        id=identify("claim", row.id),
        label=_label(groups),
        readings=tuple(reading(views.documents[s.article], s) for s in spans),
        agreement=Agreement.CONTRADICTED if decided else _agreement(story, articles),
        changes=changes,
        origins=origins(stemma, tuple(articles)),
        probability=rounded(row.probability),
        commentary=commentary,
        sources=held_by(views[s] for s in spans),
    )


def _compare(
    groups: Sequence[Group], row: Row, descent: Descent, config: CollateConfig
) -> list[Draft]:
    found: list[Draft] = []
    for compared in comparisons(groups, descent, config):
        a, b = compared.a, compared.b
        pair = align_pair(
            a,
            b,
            directed=compared.directed,
            context_a=compared.ours,
            context_b=compared.theirs,
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
                    directed=compared.directed,
                    probability=probability,
                    salience=change.salience,
                    explanation=change.explanation,
                    first=compared.first.articles,
                    second=compared.second.articles,
                )
            )
    return found


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


def _agreement(story: Sequence[str], articles: Sequence[str]) -> Agreement:
    if len(articles) == 1:
        return Agreement.SINGULAR if len(story) > 1 else Agreement.ALL
    return Agreement.ALL if len(articles) == len(story) else Agreement.SOME
