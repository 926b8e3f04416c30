"""Quotations over the versions: same words, other words, another speaker, or in one only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retold.annotate.quotations import find_quotes
from retold.collate.changes.sources import known, same_speaker_name, speaker_in
from retold.collate.claims import Views
from retold.collate.descent import Descent, plan
from retold.collate.kindred import FRAME, Said, gather, inside
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.views import rarity, stem
from retold.collate.wording import SHOWN, difference
from retold.config import CollateConfig
from retold.model import (
    Attribution,
    Change,
    ChangeKind,
    Document,
    Quotation,
    QuotationStatus,
    Row,
    Span,
    Speech,
    Stemma,
    Utterance,
    identify,
)
from retold.stemma import origins
from retold.text import forms

QUOTED = 20
"""Characters in marks, about four words, from which mixed speech is taken for a quotation."""


def make_quotations(
    story: Sequence[str],
    rows: Sequence[Row],
    views: Views,
    stemma: Stemma,
    config: CollateConfig,
) -> tuple[Quotation, ...]:
    """Return the direct quotations of a story, clustered, in the order of their first words."""
    documents = views.documents
    row_spans = _row_index(rows)
    direct: list[Said] = []
    indirect: list[Said] = []
    for article in sorted(story):
        marks = sorted(
            Span(article, start, end)
            for quote in find_quotes(documents[article].article.text)
            for start, end in quote.parts
        )
        for attribution in documents[article].attributions:
            if not attribution.content:
                continue
            parts = _quoted_parts(attribution, marks)
            kept = replace(attribution, content=parts or attribution.content)
            said = _said(documents[article], kept, row_spans)
            (direct if parts else indirect).append(said)
    descent = Descent(stemma)
    clusters = gather(direct, config)
    made = [
        _quotation(cluster, indirect, story, documents, stemma, descent, config)
        for cluster in clusters
    ]
    return tuple(sorted(made, key=lambda q: (q.readings[0].article, q.readings[0].start)))


def _quoted_parts(attribution: Attribution, marks: Sequence[Span]) -> tuple[Span, ...]:
    """Return the quoted words of an attribution; none where a few words at most are quoted.

    Of a mixed one ("that it is “moving away from the plan”") only what stands in marks is quoted.
    """
    if attribution.speech is Speech.DIRECT:
        return attribution.content
    if attribution.speech is Speech.INDIRECT:
        return ()
    found: list[Span] = []
    for content in attribution.content:
        n = bisect_left(marks, content.start, key=lambda m: m.start)
        while n < len(marks) and marks[n].end <= content.end:
            if not found or marks[n].start >= found[-1].end:  # not a mark within marks
                found.append(marks[n])
            n += 1
    long = sum(m.end - m.start for m in found) >= QUOTED
    return tuple(found) if long else ()


def _row_index(rows: Sequence[Row]) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for row in rows:
        if len({s.article for s in row.spans}) > 1:
            for span in row.spans:
                found[span.article].append((span, row.id))
    return {article: sorted(spans) for article, spans in found.items()}


def _said(
    document: Document,
    attribution: Attribution,
    row_spans: Mapping[str, Sequence[tuple[Span, str]]],
) -> Said:
    words = tuple(w for part in attribution.content for w in forms(document.text_of(part)))
    weights = {stem(w): rarity(w) for w in words if rarity(w) >= FRAME}
    spans = row_spans.get(document.id, ())
    held = set()
    for part in attribution.content:
        n = bisect_right(spans, part.start, key=lambda s: s[0].end)
        while n < len(spans) and spans[n][0].start < part.end:
            held.add(spans[n][1])
            n += 1
    return Said(attribution, document.id, words, weights, frozenset(held))


def _quotation(
    cluster: Sequence[Said],
    indirect: Sequence[Said],
    story: Sequence[str],
    documents: Mapping[str, Document],
    stemma: Stemma,
    descent: Descent,
    config: CollateConfig,
) -> Quotation:
    articles = tuple(sorted({s.article for s in cluster}))
    changes = _changes(cluster, documents, descent, config)
    if len(story) > 1:
        made = _made_from_indirect(cluster, indirect, documents, descent, config)
        changes += made or _singular(cluster, articles, story, documents, descent)
    merged = merge_changes(changes)
    readings = tuple(_utterance(documents[s.article], s) for s in cluster)
    return Quotation(
        identify("quotation", *(p for r in readings for p in (r.article, r.start, r.end))),
        readings,
        _status(cluster, merged, articles),
        merged,
        origins(stemma, articles),
    )


def _utterance(document: Document, said: Said) -> Utterance:
    attribution, span = said.attribution, said.span
    return Utterance(
        *(document.id, span.start, span.end, document.text_of(span), attribution.speech),
        *(attribution.content, attribution.speaker, attribution.source, attribution.cue),
    )


def _status(
    cluster: Sequence[Said], changes: Sequence[Change], articles: Sequence[str]
) -> QuotationStatus:
    if any(c.kind is ChangeKind.QUOTE_SPEAKER for c in changes):
        return QuotationStatus.OTHER_SPEAKER
    if len(articles) == 1:
        return QuotationStatus.SINGULAR
    distinct = sorted({s.words for s in cluster}, key=len)
    if all(inside(distinct[0], other) and inside(other, distinct[-1]) for other in distinct):
        return QuotationStatus.SAME
    return QuotationStatus.REWORDED


def _changes(
    cluster: Sequence[Said],
    documents: Mapping[str, Document],
    descent: Descent,
    config: CollateConfig,
) -> list[Draft]:
    by_reading: dict[tuple[tuple[str, ...], str], list[Said]] = defaultdict(list)
    for said in cluster:
        speaker = said.attribution.speaker if known(said.attribution) else ""
        by_reading[said.words, speaker].append(said)
    groups = sorted(by_reading.values(), key=lambda g: g[0].span)
    articles = [tuple(sorted({s.article for s in g})) for g in groups]
    found: list[Draft] = []
    for step in plan(articles, descent, config.all_pairs, lambda _i, _j: 0.0):
        a = next(s for s in groups[step.before] if s.article == step.first)
        b = next(s for s in groups[step.after] if s.article == step.second)
        first, second = articles[step.before], articles[step.after]
        if a.words != b.words:
            found.append(_wording_change(a, b, first, second, documents, directed=step.directed))
        x, y = a.attribution, b.attribution
        if known(x) and known(y) and not same_speaker_name(x.speaker, y.speaker):
            speakers = speaker_in(documents[a.article], x), speaker_in(documents[b.article], y)
            found.append(
                Draft(
                    ChangeKind.QUOTE_SPEAKER,
                    reading(documents[a.article], x.source or a.span),
                    reading(documents[b.article], y.source or b.span),
                    directed=step.directed,
                    probability=0.9 * min(x.probability, y.probability),
                    salience=1.0,
                    explanation=(
                        f"words of {speakers[0]} given to {speakers[1]}"
                        if step.directed
                        else f"said by {speakers[0]} here, by {speakers[1]} there"
                    ),
                    first=first,
                    second=second,
                )
            )
    return found


def _wording_change(
    a: Said,
    b: Said,
    first: tuple[str, ...],
    second: tuple[str, ...],
    documents: Mapping[str, Document],
    *,
    directed: bool,
) -> Draft:
    one, two = documents[a.article], documents[b.article]
    trimmed = inside(a.words, b.words)
    span_a, span_b, words = difference(
        one, a.attribution.content, two, b.attribution.content, directed=directed
    )
    if trimmed:
        shorter = len(b.words) < len(a.words)
        words = ("trimmed" if shorter else "longer") if directed else "one is a part of the other"
        words = f"the same words, {words}"
    return Draft(
        ChangeKind.QUOTE_WORDING,
        reading(one, span_a),
        reading(two, span_b),
        directed=directed,
        probability=0.95 if trimmed else 0.9,
        salience=0.2 if trimmed else 0.85,
        explanation=words,
        first=first,
        second=second,
    )


def _made_from_indirect(
    cluster: Sequence[Said],
    indirect: Sequence[Said],
    documents: Mapping[str, Document],
    descent: Descent,
    config: CollateConfig,
) -> list[Draft]:
    """Return the reported speech of other versions that this quotation turns into quoted words."""
    having = {s.article for s in cluster}
    quoted = cluster[0]
    best: dict[str, tuple[float, Said]] = {}
    for told in indirect:
        if told.article in having or not _may_speak(told, quoted):
            continue
        score = _indirect_likeness(told, quoted)
        if score >= config.quote_overlap and score > best.get(told.article, (0.0, told))[0]:
            best[told.article] = score, told
    found: list[Draft] = []
    opening = _opening(quoted, documents[quoted.article])
    for article, (score, told) in sorted(best.items()):
        directed = descent.before(article, quoted.article)
        back = descent.before(quoted.article, article)
        sides = (told, quoted) if not back else (quoted, told)
        if back:
            words = f"{opening}, quoted, became reported speech"
        elif directed:
            words = f"{opening}, only reported before, became a quotation"
        else:
            words = f"{opening} quoted in one, only reported in the other"
            sides = (told, quoted) if told.span < quoted.span else (quoted, told)
        found.append(
            Draft(
                ChangeKind.QUOTE_WORDING,
                reading(documents[sides[0].article], sides[0].span),
                reading(documents[sides[1].article], sides[1].span),
                directed=directed or back,
                probability=0.3 + 0.5 * score,
                salience=0.5 if back else 0.8,
                explanation=words,
                first=(sides[0].article,),
                second=(sides[1].article,),
            )
        )
    return found


def _opening(said: Said, document: Document) -> str:
    """Return whose words a quotation gives, and how it begins."""
    text = " ".join(document.text_of(said.attribution.content[0]).split()).split(" ")
    begins = " ".join(text[:SHOWN]).rstrip(" ,;:-–—")
    more = len(text) > SHOWN or len(said.attribution.content) > 1
    who = speaker_in(document, said.attribution)
    return f"words{f' of {who}' if who else ''} (‘{begins}{' …' if more else ''}’)"


def _may_speak(a: Said, b: Said) -> bool:
    x, y = a.attribution, b.attribution
    return not (known(x) and known(y)) or same_speaker_name(x.speaker, y.speaker)


def _indirect_likeness(told: Said, quoted: Said) -> float:
    shared = told.weights.keys() & quoted.weights.keys()
    weight = sum(quoted.weights[w] for w in shared)
    total = min(sum(quoted.weights.values()), sum(told.weights.values()))
    if len(shared) < 3 or not total:
        return 0.0
    return min(1.0, weight / total)


def _singular(
    cluster: Sequence[Said],
    articles: Sequence[str],
    story: Sequence[str],
    documents: Mapping[str, Document],
    descent: Descent,
) -> list[Draft]:
    """Return the quotation as an addition where one version has it, or only its descendants do."""
    first = min(articles, key=lambda a: (len(descent.ancestors(a)), a))
    if len(articles) > 1 and not all(a == first or descent.before(first, a) for a in articles):
        return []
    members = set(story)
    sources = [a for a in descent.ancestors(first) if a in members]
    if len(articles) > 1 and not sources:
        return []  # the origin's own quotation, handed down
    said = next(s for s in cluster if s.article == first)
    who = speaker_in(documents[first], said.attribution)
    of = f" of {who}" if who else ""
    words = f"a quotation{of} that " + (
        "its source does not have" if sources else "no other version has"
    )
    content = sum(said.weights.values())
    return [
        Draft(
            ChangeKind.ADDITION,
            None,
            reading(documents[first], said.span),
            directed=bool(sources),
            probability=(0.8 if sources else 0.6) * said.attribution.probability,
            salience=0.8 if content >= 10.0 else 0.55,
            explanation=words,
            first=tuple(sources[:1]),
            second=(first,),
        )
    ]
