"""Figures over the versions: which count the same thing, and whether they agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import fsum

from retold.annotate.figures import agree, comparable, family
from retold.collate.changes.figures import counted_words
from retold.collate.claims import Views
from retold.collate.descent import Descent, plan
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.views import View, rarity, stem
from retold.config import CollateConfig
from retold.model import (
    Agreement,
    ChangeKind,
    Document,
    Figure,
    FigureMention,
    FigureReading,
    Hedge,
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

NEAR = 0.3
"""Share of idf weight that the sentences of two differing figures have in common at least."""

WEAK = 1.5
"""Idf (natural log) below which a word of the sentence is no context."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it is compared by."""

    mention: FigureMention
    sentence: Span
    context: dict[str, float]
    """Stem -> idf of the other words of its sentence."""
    rows: frozenset[str]

    weight: float
    """Of the context, in all."""

    @property
    def value(self) -> tuple[float, float, str, str]:
        """What makes two figures one reading."""
        m = self.mention
        return m.low, m.high, m.unit, m.hedge.value


def make_figures(
    story: Sequence[str],
    rows: Sequence[Row],
    views: Views,
    stemma: Stemma,
    config: CollateConfig,
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
    for cluster in _cluster(counted, config):
        articles = {c.mention.span.article for c in cluster}
        if len(articles) > 1 or all(_tells(c.mention) for c in cluster):
            made.append(_figure(cluster, story, documents, views, stemma, descent, config))
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


def _cluster(counted: Sequence[Counted], config: CollateConfig) -> list[list[Counted]]:
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
        if likeness.clash(said[a], said[b]):
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


_Bare = tuple[float, float, str, Hedge]
"""What a figure says, without its place and what it counts: low, high, unit, hedge."""

_NOWHERE = Span("", 0, 0)


def _bare(mention: FigureMention) -> _Bare:
    return mention.low, mention.high, mention.unit, mention.hedge


@lru_cache(maxsize=65_536)
def _comparable(unit_a: str, noun_a: str, unit_b: str, noun_b: str) -> bool:
    """Say whether figures with these units and nouns are comparable."""
    one, two = ((unit_a, noun_a), (unit_b, noun_b))
    return comparable(
        FigureMention(_NOWHERE, 1.0, 1.0, *one), FigureMention(_NOWHERE, 1.0, 1.0, *two)
    )


class Likeness:
    """How surely figures of a story count the same thing.

    Versions repeat each other's values and sentences: two values, and the contexts of two
    sentences, are compared once, however many figures have them.
    """

    def __init__(self, counted: Sequence[Counted], config: CollateConfig) -> None:
        """``counted`` are the figures; they are named by their places there."""
        self._counted = counted
        self._config = config
        bare: dict[_Bare, int] = {}
        self.values = [bare.setdefault(_bare(c.mention), len(bare)) for c in counted]
        self._said: dict[int, FigureMention] = {}
        contexts: dict[tuple[frozenset[tuple[str, float]], float], int] = {}
        self._contexts = [
            contexts.setdefault((frozenset(c.context.items()), c.weight), len(contexts))
            for c in counted
        ]
        for value, c in zip(self.values, counted, strict=True):
            self._said.setdefault(value, c.mention)
        self._agreed: dict[tuple[int, int], bool] = {}
        self._nearness: dict[tuple[int, int], float] = {}

    def agree(self, value: int, other: int) -> bool:
        """Say whether two of :attr:`values` agree, wherever they stand."""
        key = (value, other) if value < other else (other, value)
        known = self._agreed.get(key)
        if known is None:
            known = self._agreed[key] = agree(self._said[value], self._said[other])
        return known

    def _near(self, i: int, j: int) -> float:
        """Return the share of the lighter context's weight that both have."""
        one, two = self._contexts[i], self._contexts[j]
        key = (one, two) if one < two else (two, one)
        known = self._nearness.get(key)
        if known is None:
            a, b = self._counted[i], self._counted[j]
            lighter = min(a.weight, b.weight)
            both = a.context.keys() & b.context.keys()
            shared = fsum(min(a.context[w], b.context[w]) for w in both)
            known = self._nearness[key] = min(1.0, shared / lighter) if lighter else 0.0
        return known

    def score(self, i: int, j: int) -> float:
        """Return how surely two figures count the same thing; 0 where nothing shows it."""
        a, b = self._counted[i], self._counted[j]
        x, y = a.mention, b.mention
        one_claim = not a.rows.isdisjoint(b.rows)
        near = self._near(i, j)
        if not one_claim and near < self._config.figure_context / 2:
            return 0.0  # neither a claim nor the words around them ties the two
        same_value = self.agree(self.values[i], self.values[j])
        if not _comparable(x.unit, x.counted, y.unit, y.counted):
            # "1,340 people", "1,340 villagers": a telling number in one claim counts one thing
            return 0.5 if x.low >= 10 and one_claim and same_value else 0.0
        same_noun = bool(x.counted) and x.counted == y.counted
        counts_what = bool((x.unit or x.counted) and (y.unit or y.counted))
        alike = counts_what and x.unit == y.unit and (same_noun or near >= NEAR)
        if not same_value and not alike:
            return 0.0  # two bare numbers in one claim need not be one figure
        if one_claim:
            return 0.5 + 0.2 * same_noun + 0.2 * same_value + 0.1 * near
        if near >= self._config.figure_context and (same_noun or same_value):
            return 0.4 * near + 0.2 * same_value
        telling = same_value and x.low >= 10 and same_noun
        return 0.3 + 0.1 * near if telling else 0.0

    def clash(self, first: Mapping[str, set[int]], second: Mapping[str, set[int]]) -> bool:
        """Say whether one article has values in both that disagree."""
        fewer, more = sorted((first, second), key=len)
        return any(
            not self.agree(one, two)
            for article in fewer
            if article in more
            for two in fewer[article]
            for one in more[article]
        )


def _figure(
    cluster: Sequence[Counted],
    story: Sequence[str],
    documents: Mapping[str, Document],
    views: Views,
    stemma: Stemma,
    descent: Descent,
    config: CollateConfig,
) -> Figure:
    articles = tuple(sorted({c.mention.span.article for c in cluster}))
    changes = merge_changes(_changes(cluster, documents, views, descent, config))
    if any(c.kind is ChangeKind.FIGURE for c in changes):
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
        if agree(a, b) and (a.hedge is b.hedge or Hedge.EXACT not in {a.hedge, b.hedge}):
            continue
        one, two = documents[a.span.article], documents[b.span.article]
        kind = ChangeKind.HEDGE if agree(a, b) else ChangeKind.FIGURE
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
                probability=0.9,
                salience=0.95 if kind is ChangeKind.FIGURE else 0.6,
                explanation=f"{words} ({label})" if label else words,
                first=articles[step.before],
                second=articles[step.after],
            )
        )
    return found


def _label(view: View, mention: FigureMention) -> str:
    """Return what is counted or measured, in the words of the text."""
    if words := counted_words(view, mention):
        return words
    if mention.unit:  # "some two and a half metres"
        return forms(view.document.text_of(mention.span))[-1]
    following = view.document.article.text[mention.span.end : view.span.end]
    return mention.counted or " ".join(following.split()[:3]).strip(" ,.;:")
