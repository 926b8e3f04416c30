"""Figures over the versions: which count the same thing, and whether they agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from retold.annotate.figures import agree, family, hedged_alike
from retold.collate.changes.figures import counted_words
from retold.collate.claims import Views
from retold.collate.descent import Descent, plan
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.ruled import Opposed
from retold.collate.tally import Counted, Likeness, Sameness
from retold.collate.views import View, rarity, stem
from retold.config import CollateConfig
from retold.model import (
    Agreement,
    ChangeKind,
    Document,
    Figure,
    FigureMention,
    FigureReading,
    Row,
    Sentence,
    Span,
    Stemma,
    identify,
)
from retold.stemma import origins
from retold.text import forms, squeeze

COMMON = 300
"""Distinct figures above which what they have in common is too common to lead on."""

HEDGED = 0.85
"""Probability that a number with another hedge, in figures that are one, is a change. Of 14 such
differences between outlets, read by hand, 11 were."""

WEAK = 1.5
"""Idf (natural log) below which a word of the sentence is no context."""


def make_figures(
    story: Sequence[str],
    rows: Sequence[Row],
    views: Views,
    stemma: Stemma,
    config: CollateConfig,
    opposed: Opposed | None = None,
) -> tuple[Figure, ...]:
    """Return the figures of a story, clustered, those of most versions first."""
    documents = views.documents
    inside: dict[Span, set[str]] = defaultdict(set)
    for row in rows:
        if len({s.article for s in row.spans}) > 1:
            for span in row.spans:
                inside[span].add(row.id)
    counted = [c for article in sorted(story) for c in _counted(documents[article], inside)]
    descent = Descent(stemma)
    made = []
    sameness = Sameness(views)
    found = _cluster(counted, config, opposed or Opposed())
    clusters = (part for cluster in found for part in _split(cluster, sameness, config))
    for cluster in clusters:
        articles = {c.mention.span.article for c in cluster}
        if len(articles) > 1 or all(_tells(c.mention) for c in cluster):
            made.append(
                _figure(cluster, story, documents, views, sameness, stemma, descent, config)
            )
    return tuple(sorted(made, key=lambda f: (-len({r.article for r in f.readings}), f.label, f.id)))


def _counted(document: Document, inside: Mapping[Span, set[str]]) -> list[Counted]:
    found = []
    sentences = list(document.sentences)
    at = 0
    for mention in sorted(document.figures, key=lambda f: f.span):
        while at < len(sentences) - 1 and sentences[at].span.end <= mention.span.start:
            at += 1
        if not sentences or not sentences[at].span.contains(mention.span):
            continue
        found.append(_one(document, mention, sentences[at], inside))
    return found


def _one(
    document: Document, mention: FigureMention, sentence: Sentence, inside: Mapping[Span, set[str]]
) -> Counted:
    own = set(forms(document.text_of(mention.span)))
    words = [
        w for w in forms(document.text_of(sentence.span)) if w not in own and rarity(w) >= WEAK
    ]
    rows = frozenset(inside.get(sentence.span, ()))
    context = {stem(w): rarity(w) for w in words}
    return Counted(mention, sentence.span, context, rows, sum(context.values()))


def _tells(mention: FigureMention) -> bool:
    """Say whether a figure that stands alone counts something (not every "one")."""
    if mention.high <= 1 and not mention.unit:
        return False
    return bool(mention.unit or mention.counted or mention.low >= 10)


def _cluster(
    counted: Sequence[Counted], config: CollateConfig, opposed: Opposed
) -> list[list[Counted]]:
    """Cluster by single link over scores; figures of one article that disagree never meet."""
    distinct: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n, figure in enumerate(counted):
        # within a claim, equal figures of one noun are one; elsewhere the sentence counts
        where = figure.rows or tuple(sorted(figure.context))
        key = (figure.value, figure.mention.counted, where)
        distinct[key].append(n)
    links = [(-1.0, same[0], other) for same in distinct.values() for other in same[1:]]
    likeness = Likeness(counted, config)
    for i, j in _candidates(counted, [same[0] for same in distinct.values()]):
        score = likeness.score(i, j)
        if score > 0.0:
            links.append((-score, i, j))
    group = list(range(len(counted)))
    members_of = {n: [n] for n in group}
    said = {n: {c.mention.span.article: {likeness.values[n]}} for n, c in enumerate(counted)}
    apart: set[tuple[int, int]] = set()  # groups only grow: what clashed once will again
    for _, i, j in sorted(links):
        a, b = sorted((group[i], group[j]))
        if a == b or (a, b) in apart:
            continue
        sides = ([counted[n].mention.span for n in members_of[side]] for side in (a, b))
        if likeness.clash(said[a], said[b]) or (opposed and opposed(*sides)):
            apart.add((a, b))
            continue
        for n in members_of.pop(b):
            group[n] = a
            members_of[a].append(n)
        for article, figures in said.pop(b).items():
            said[a].setdefault(article, set()).update(figures)
    return [
        sorted((counted[n] for n in members), key=lambda c: c.mention.span)
        for members in members_of.values()
    ]


def _candidates(counted: Sequence[Counted], which: Sequence[int]) -> set[tuple[int, int]]:
    """Return pairs of figures with a claim, a counted noun or a value in common.

    ``which`` names the figures, in order.
    """
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n in which:
        mention = counted[n].mention
        for row in counted[n].rows:
            blocks["row", row].append(n)
        blocks["noun", mention.unit, family(mention.counted)].append(n)
        blocks["value", mention.unit, mention.low, mention.high].append(n)
    return {
        pair for block in blocks.values() if len(block) <= COMMON for pair in combinations(block, 2)
    }


def _split(
    cluster: Sequence[Counted], sameness: Sameness, config: CollateConfig
) -> list[list[Counted]]:
    """Part values of a cluster that nothing but their sentences' likeness holds together."""
    by_value: dict[tuple[float, float, str, str], list[Counted]] = defaultdict(list)
    for counted in cluster:
        by_value[counted.value].append(counted)
    groups = sorted(by_value.values(), key=lambda g: (-len(g), g[0].mention.span))
    parts: list[list[list[Counted]]] = []
    for group in groups:
        joined = [
            part
            for part in parts
            if any(
                agree(group[0].mention, other[0].mention)
                or sameness.best(group, other) >= config.contradicts
                for other in part[: config.all_pairs]
            )
        ]
        merged = [group, *(other for part in joined for other in part)]
        parts = [part for part in parts if part not in joined]
        parts.append(merged)
    return [
        sorted((c for group in part for c in group), key=lambda c: c.mention.span) for part in parts
    ]


def _figure(
    cluster: Sequence[Counted],
    story: Sequence[str],
    documents: Mapping[str, Document],
    views: Views,
    sameness: Sameness,
    stemma: Stemma,
    descent: Descent,
    config: CollateConfig,
) -> Figure:
    articles = tuple(sorted({c.mention.span.article for c in cluster}))
    changes = merge_changes(_changes(cluster, documents, views, sameness, descent, config))
    if any(c.kind is ChangeKind.FIGURE and c.probability >= config.contradicts for c in changes):
        agreement = Agreement.CONTRADICTED
    elif len(articles) == 1:
        agreement = Agreement.SINGULAR if len(story) > 1 else Agreement.ALL
    else:
        agreement = Agreement.ALL if len(articles) == len(story) else Agreement.SOME
    readings = tuple(_reading(documents[c.mention.span.article], c.mention) for c in cluster)
    labels = Counter(_label(views[c.sentence], c.mention) for c in cluster)
    label = min(labels, key=lambda words: (not words, -labels[words], len(words), words))
    return Figure(
        identify("figure", *(p for r in readings for p in (r.article, r.start, r.end))),
        *(label, readings, agreement, changes, origins(stemma, articles)),
    )


def _reading(document: Document, mention: FigureMention) -> FigureReading:
    span = mention.span
    return FigureReading(
        *(document.id, span.start, span.end, document.text_of(span)),
        *(mention.low, mention.high, mention.unit, mention.hedge),
    )


def _changes(
    cluster: Sequence[Counted],
    documents: Mapping[str, Document],
    views: Views,
    sameness: Sameness,
    descent: Descent,
    config: CollateConfig,
) -> list[Draft]:
    by_value: dict[tuple[float, float, str, str], list[Counted]] = defaultdict(list)
    for counted in cluster:
        by_value[counted.value].append(counted)
    groups = sorted(by_value.values(), key=lambda g: g[0].mention.span)
    articles = [tuple(sorted({c.mention.span.article for c in g})) for g in groups]
    found = []
    for step in plan(articles, descent, config.all_pairs, lambda _i, _j: 0.0):
        ours = next(c for c in groups[step.before] if c.mention.span.article == step.first)
        theirs = next(c for c in groups[step.after] if c.mention.span.article == step.second)
        a, b = ours.mention, theirs.mention
        agreed = agree(a, b)
        if agreed and not _hedged_otherwise(a, b):
            continue
        probability = HEDGED if agreed else sameness.of(ours, theirs)
        if probability < config.least_probability:
            continue
        one, two = documents[a.span.article], documents[b.span.article]
        kind = ChangeKind.HEDGE if agreed else ChangeKind.FIGURE
        before, after = squeeze(one.text_of(a.span)), squeeze(two.text_of(b.span))
        label = _label(views[ours.sentence], a)
        words = (
            f"‘{before}’ became ‘{after}’" if step.directed else f"‘{before}’ here, ‘{after}’ there"
        )
        found.append(
            Draft(
                kind,
                reading(one, a.span),
                reading(two, b.span),
                directed=step.directed,
                probability=probability,
                salience=0.95 if kind is ChangeKind.FIGURE else 0.6,
                explanation=f"{words} ({label})" if label else words,
                first=articles[step.before],
                second=articles[step.after],
            )
        )
    return found


def _hedged_otherwise(a: FigureMention, b: FigureMention) -> bool:
    """Say whether one number is given with another hedge; "over 300" of 313 is none."""
    same = (a.low, a.high, a.unit) == (b.low, b.high, b.unit)
    return same and not hedged_alike(a.hedge, b.hedge)


def _label(view: View, mention: FigureMention) -> str:
    """Return what is counted or measured, in the words of the text."""
    if words := counted_words(view, mention):
        return words
    if mention.unit:  # "some two and a half metres"
        return forms(view.document.text_of(mention.span))[-1]
    following = view.document.article.text[mention.span.end : view.span.end]
    return mention.counted or " ".join(following.split()[:3]).strip(" ,.;:")
