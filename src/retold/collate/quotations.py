"""Quotations over the versions: same words, other words, another speaker, or in one only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from retold.annotate.sources import reporters
from retold.collate.blocks import Block, Telling, blocks
from retold.collate.changes.speaking import speaker_in
from retold.collate.claims import Views
from retold.collate.descent import Descent, plan
from retold.collate.kindred import gather
from retold.collate.lone import Lone, alone
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.reported import Reported, turned
from retold.collate.retelling import Retelling, retell
from retold.collate.ruled import Opposed
from retold.collate.speakers import other_source
from retold.collate.utterances import RowIndex, Said, utterances
from retold.config import CollateConfig
from retold.model import (
    Attribution,
    Change,
    ChangeKind,
    Document,
    Handing,
    Quotation,
    QuotationStatus,
    Row,
    Span,
    Stemma,
    Utterance,
    identify,
    rounded,
)
from retold.stemma import origins

_RANK = (
    QuotationStatus.SAME,
    QuotationStatus.SPLICED,
    QuotationStatus.SHORTENED,
    QuotationStatus.TRANSLATED,
    QuotationStatus.REWORDED,
    QuotationStatus.OTHER_SPEAKER,
)
"""Of several, a quotation has the status that stands last here."""


def make_quotations(
    story: Sequence[str],
    rows: Sequence[Row],
    views: Views,
    stemma: Stemma,
    config: CollateConfig,
    opposed: Opposed | None = None,
) -> tuple[Quotation, ...]:
    """Return the quotations of a story, clustered, in the order of their first words."""
    documents = views.documents
    index = RowIndex(rows)
    quoted, told = utterances(story, documents, index)
    found = blocks(quoted, gather(quoted, config, opposed))
    reported = Reported(told, config)
    descent = Descent(stemma)
    lone = Lone(found, story, documents, descent, index)
    maker = _Maker(documents, descent, stemma, config)
    made = []
    for block in found:
        drafts: list[Draft] = []
        if len(story) > 1:
            drafts += turned(block, reported.of(block), documents, descent)
            drafts = drafts or lone.unmarked(block) or alone(block, lone)
        made.append(maker.quotation(block, drafts))
    return tuple(sorted(made, key=lambda q: (q.readings[0].article, q.readings[0].start)))


class _Maker:
    """Makes quotations of blocks."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        descent: Descent,
        stemma: Stemma,
        config: CollateConfig,
    ) -> None:
        self.documents, self.descent = documents, descent
        self.stemma, self.config = stemma, config

    def quotation(self, block: Block, others: Sequence[Draft]) -> Quotation:
        """Make one; ``others`` are the changes against versions that do not quote it."""
        drafts, statuses = self._compared(block)
        merged = merge_changes((*drafts, *others))
        articles = tuple(t.article for t in block.tellings)
        readings = tuple(
            self._utterance(telling, said) for telling in block.tellings for said in telling.said
        )
        first, sure = self._first(articles)
        return Quotation(
            identify("quotation", *(p for r in readings for p in (r.article, r.start, r.end))),
            readings,
            _status(statuses, merged, articles),
            merged,
            origins(self.stemma, articles),
            rounded(block.probability),
            first,
            rounded(sure),
            self._handed(block),
        )

    def _utterance(self, telling: Telling, said: Said) -> Utterance:
        document, attribution = self.documents[telling.article], said.attribution
        parts = [part for p in telling.pieces if p.said is said for part in p.parts]
        joined = _contiguous(parts, attribution)
        start, end = joined[0].start, joined[-1].end
        return Utterance(
            *(document.id, start, end, document.article.text[start:end], attribution.speech),
            *(joined, attribution.speaker, attribution.source, attribution.cue),
            *(attribution.source_kind, reporters(document, attribution)),
        )

    def _compared(self, block: Block) -> tuple[list[Draft], list[QuotationStatus]]:
        by_reading: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
        for telling in block.tellings:
            speakers = tuple(s.attribution.speaker for s in telling.said)
            by_reading[telling.words, telling.utterances, speakers].append(telling)
        groups = sorted(by_reading.values(), key=lambda g: g[0].span)
        articles = [tuple(t.article for t in g) for g in groups]
        drafts: list[Draft] = []
        statuses = []
        for step in plan(articles, self.descent, self.config.all_pairs, lambda _i, _j: 0.0):
            a = next(t for t in groups[step.before] if t.article == step.first)
            b = next(t for t in groups[step.after] if t.article == step.second)
            sides = articles[step.before], articles[step.after]
            found = self._retell(a, b, directed=step.directed)
            statuses.append(found.became if found.salience > 0.0 else QuotationStatus.SAME)
            if found.salience > 0.0:
                drafts.append(self._wording(found, sides, block, directed=step.directed))
            if speaker := self._speaker(a, b, sides, directed=step.directed):
                drafts.append(speaker)
        return drafts, statuses

    def _retell(self, a: Telling, b: Telling, *, directed: bool) -> Retelling:
        one, two = self.documents[a.article], self.documents[b.article]
        return retell(a, one, b, two, directed=directed)

    def _wording(
        self,
        found: Retelling,
        sides: tuple[tuple[str, ...], tuple[str, ...]],
        block: Block,
        *,
        directed: bool,
    ) -> Draft:
        return Draft(
            ChangeKind.QUOTE_WORDING,
            reading(self.documents[found.before.article], found.before),
            reading(self.documents[found.after.article], found.after),
            directed=directed,
            probability=found.probability * block.probability,
            salience=found.salience,
            explanation=found.told,
            first=sides[0],
            second=sides[1],
        )

    def _speaker(
        self,
        a: Telling,
        b: Telling,
        sides: tuple[tuple[str, ...], tuple[str, ...]],
        *,
        directed: bool,
    ) -> Draft | None:
        one, two = self.documents[a.article], self.documents[b.article]
        x, y = _all_of(a), _all_of(b)
        sure = other_source(x, one, y, two, directed=directed)
        if not sure:
            return None
        names = speaker_in(one, x[0]), speaker_in(two, y[0])
        return Draft(
            ChangeKind.QUOTE_SPEAKER,
            reading(one, x[0].source or a.span),
            reading(two, y[0].source or b.span),
            directed=directed,
            probability=sure,
            salience=1.0,
            explanation=(
                f"words of {names[0]} given to {names[1]}"
                if directed
                else f"said by {names[0]} here, by {names[1]} there"
            ),
            first=sides[0],
            second=sides[1],
        )

    # ------------------------------------------------------------ descent

    def _first(self, articles: Sequence[str]) -> tuple[str, float]:
        """Return the version that all others have a quotation from, with how surely; else none."""
        tops = [a for a in articles if not any(x in articles for x in self.descent.ancestors(a))]
        if len(tops) != 1:
            return "", 0.0
        sure = [self._path(tops[0], a) for a in articles if a != tops[0]]
        return tops[0], min(sure, default=1.0)

    def _path(self, above: str, below: str) -> float:
        """Return the probability of the likeliest descent from one version to another."""
        best = {below: 1.0}
        queue = [below]
        while queue:
            at = queue.pop(0)
            for edge in self.descent.edges(at):
                sure = best[at] * edge.probability
                if edge.parent is not None and sure > best.get(edge.parent, 0.0):
                    best[edge.parent] = sure
                    queue.append(edge.parent)
        return best.get(above, 0.0)

    def _handed(self, block: Block) -> tuple[Handing, ...]:
        """Return how each version came by a quotation, from its nearest ancestor that has it."""
        home = {t.article: t for t in block.tellings}
        found = []
        for article, telling in sorted(home.items()):
            source = next((a for a in self.descent.ancestors(article) if a in home), None)
            if source is not None:
                became = self._became(home[source], telling)
                sure = rounded(self._path(source, article))
                found.append(Handing(home[source].span, telling.span, became, sure))
        return tuple(found)

    def _became(self, a: Telling, b: Telling) -> QuotationStatus:
        one, two = self.documents[a.article], self.documents[b.article]
        if other_source(_all_of(a), one, _all_of(b), two, directed=True) >= 0.5:
            return QuotationStatus.OTHER_SPEAKER
        if a.words == b.words and a.utterances == b.utterances and a.shape == b.shape:
            return QuotationStatus.SAME
        return self._retell(a, b, directed=True).became


def _all_of(telling: Telling) -> tuple[Attribution, ...]:
    """Return the attributions of a version's words, the nearest first."""
    return tuple(a for said in telling.said for a in (said.attribution, *said.others))


def _contiguous(parts: Sequence[Span], attribution: Attribution) -> tuple[Span, ...]:
    """Join the sentences of one quoted stretch again."""
    joined = []
    for content in attribution.content:
        within = [p for p in parts if content.contains(p)]
        if within:
            joined.append(Span(content.article, within[0].start, within[-1].end))
    return tuple(joined)


def _status(
    statuses: Sequence[QuotationStatus], changes: Sequence[Change], articles: Sequence[str]
) -> QuotationStatus:
    if any(c.kind is ChangeKind.QUOTE_SPEAKER and c.probability >= 0.5 for c in changes):
        return QuotationStatus.OTHER_SPEAKER
    if len(articles) > 1:
        return max(statuses, key=_RANK.index, default=QuotationStatus.SAME)
    if any(c.kind is ChangeKind.QUOTE_WORDING and c.probability >= 0.5 for c in changes):
        return QuotationStatus.TURNED
    return QuotationStatus.SINGULAR
