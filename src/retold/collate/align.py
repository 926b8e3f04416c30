"""Rows: which sentences of which versions tell the same.

Sentences are joined by average link (Sokal & Michener 1958) over versions: the link of two groups
is the mean, over each pair of versions, of the best probability that a sentence of the one tells
what a sentence of the other tells. So no chain of lucky pairs pulls unrelated sentences into one
row. A sentence bundles several statements, and may stand in several rows: in one that is there and
that its version lacks, and in further ones, for which the pairs that no row holds are linked anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retold import rewrite
from retold.collate.bundles import further_rows, merged, second_rows
from retold.collate.linkage import Strengths, link
from retold.collate.ruled import NotSame, differing, divided, without
from retold.config import CollateConfig, RewriteConfig
from retold.model import Document, Match, MatchKind, Row, Span, Story, identify, rounded


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a story that rows are made of."""

    spans: list[Span]
    """Sorted: by article, then by place."""
    by_article: dict[str, range]
    starts: list[int]
    ends: list[int]
    articles: list[str]
    """The article of each."""

    def within(self, article: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return the sentences that overlap ``start..end``, and the stretch that each shares."""
        places = self.by_article.get(article, range(0))
        last = bisect_left(self.starts, end, places.start, places.stop)
        first = bisect_right(self.starts, start, places.start, last)
        return [
            (n, low, high)
            for n in range(max(places.start, first - 1), last)
            if (low := max(start, self.starts[n])) < (high := min(end, self.ends[n]))
        ]


def align(
    story: Story,
    documents: Mapping[str, Document],
    config: CollateConfig | None = None,
    rewrites: RewriteConfig | None = None,
    not_same: NotSame = (),
) -> tuple[Row, ...]:
    """Return the rows of a story, in its order.

    ``rewrites`` says how its sentences are compared, all but the least probability. No row holds
    two sentences that are ``not_same``.
    Every sentence outside asides stands in one or more.
    A row's probability is the mean over its pairs of versions that they tell the same; 1 for a
    sentence that only one version has. Equal for any order of articles and matches.
    """
    config = config or CollateConfig()
    sentences = _sentences(story, documents)
    # the weaker pairs count too: a row is judged by all of its pairs
    faint = replace(rewrites or RewriteConfig(), accept=config.row_faint)
    strengths = _strengths(story, documents, sentences, config, faint)
    barred = differing(not_same, sentences.spans)
    strengths = without(strengths, barred)
    homes = divided(link(sentences.articles, strengths, config), barred, strengths)
    groups = second_rows(homes, sentences.articles, strengths, config)
    further: list[frozenset[int]] = []
    if len(story.articles) <= config.row_judged:  # else the weaker pairs are not known
        texts = [documents[span.article].text_of(span) for span in sentences.spans]
        further = further_rows(groups, homes, sentences.articles, texts, strengths, config)
    home = {n: g for g, group in enumerate(homes) for n in group}
    known = set(groups)
    groups = merged(groups, further)
    known = set(divided(known, barred, strengths))
    groups = divided(groups, barred, strengths)
    rows = []
    for _, group in sorted(zip(_reading_order(groups, sentences), groups, strict=True), key=_first):
        spans = tuple(sentences.spans[n] for n in sorted(group))
        parts = (part for s in spans for part in (s.article, s.start, s.end))
        told = {} if group in known else home
        probability = rounded(_cohesion(group, sentences, strengths, told))
        rows.append(Row(identify("row", *parts), spans, probability))
    return tuple(rows)


def _first(pair: tuple[tuple[float, str, int], frozenset[int]]) -> tuple[object, ...]:
    key, group = pair
    return (*key, sorted(group))


def _sentences(story: Story, documents: Mapping[str, Document]) -> _Sentences:
    spans: list[Span] = []
    by_article = {}
    for article in sorted(story.articles):
        asides = [aside.span for aside in documents[article].asides]
        first = len(spans)
        spans.extend(
            s.span
            for s in documents[article].sentences
            if 2 * sum(s.span.overlap(a) for a in asides) < s.span.end - s.span.start
        )
        by_article[article] = range(first, len(spans))
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    return _Sentences(spans, by_article, starts, ends, [span.article for span in spans])


# ---------------------------------------------------------------- how surely two sentences agree


def _strengths(
    story: Story,
    documents: Mapping[str, Document],
    sentences: _Sentences,
    config: CollateConfig,
    faint: RewriteConfig,
) -> Strengths:
    """How surely sentences of two versions tell the same: by passages, and by the scorer."""
    found: Strengths = defaultdict(dict)
    lengths = [span.end - span.start for span in sentences.spans]
    for (a, b), shared in _shared(story.matches, sentences).items():
        coverage = min(1.0, shared / min(lengths[a], lengths[b]))
        if coverage >= config.row_coverage:
            found[a][b] = found[b][a] = coverage
    # as tuples, whose hash costs a tenth of a span's
    place = {(s.article, s.start, s.end): n for n, s in enumerate(sentences.spans)}
    told: list[tuple[Span, Span, float]] = []
    if 1 < len(story.articles) <= config.row_judged:
        told = rewrite.scored([documents[a] for a in sorted(story.articles)], (), faint)
    told += [(m.a, m.b, m.score) for m in story.matches if m.kind is MatchKind.REWRITE]
    for one, two, score in told:
        a = place.get((one.article, one.start, one.end), -1)
        b = place.get((two.article, two.start, two.end), -1)
        if min(a, b) >= 0:
            found[a][b] = found[b][a] = max(score, found[a].get(b, 0.0))
    return found


def _shared(matches: Iterable[Match], sentences: _Sentences) -> dict[tuple[int, int], int]:
    """Characters that two sentences share within verbatim and near passages."""
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for match in matches:
        if match.kind is MatchKind.REWRITE:
            continue
        one, two = match.a.article, match.b.article
        for start, end, other_start, other_end in _equal_runs(match):
            # equal but for typography: places correspond in proportion
            scale = (other_end - other_start) / (end - start)
            for n, low, high in sentences.within(one, start, end):
                first = other_start + round((low - start) * scale)
                last = other_start + round((high - start) * scale)
                for m, left, right in sentences.within(two, first, last):
                    shared[n, m] += right - left
    return shared


def _equal_runs(match: Match) -> list[tuple[int, int, int, int]]:
    """The stretches of a passage between its edits: start and end, on both sides."""
    runs = []
    a, b = match.a.start, match.b.start
    for edit in sorted(match.edits, key=lambda e: (e.a.start, e.b.start)):
        runs.append((a, edit.a.start, b, edit.b.start))
        a, b = edit.a.end, edit.b.end
    runs.append((a, match.a.end, b, match.b.end))
    return [run for run in runs if run[0] < run[1] and run[2] < run[3]]


def _cohesion(
    group: frozenset[int],
    sentences: _Sentences,
    strengths: Strengths,
    home: Mapping[int, int],
) -> float:
    """Mean over the pairs of versions of the best probability between their sentences.

    Two versions whose sentences ``home`` puts into one row already do not count.
    """
    best: dict[tuple[str, str], float] = {}
    articles = sorted({sentences.articles[n] for n in group})
    known = {
        (sentences.articles[a], sentences.articles[b])
        for a in group
        for b in group
        if a in home and home[a] == home.get(b) and sentences.articles[a] < sentences.articles[b]
    }
    for a in sorted(group):
        for b, strength in strengths.get(a, {}).items():
            if a < b and b in group:  # which sorts their articles too
                both = sentences.articles[a], sentences.articles[b]
                if strength > best.get(both, 0.0) and both not in known:
                    best[both] = strength
    pairs = len(articles) * (len(articles) - 1) // 2 - len(known)
    return sum(sorted(best.values())) / pairs if pairs else 1.0


# ---------------------------------------------------------------- reading order


def _reading_order(
    groups: Sequence[frozenset[int]], sentences: _Sentences
) -> list[tuple[float, str, int]]:
    """Return keys that put rows in the order in which the story is read.

    The version with the most sentences leads. A row that it lacks follows the row before it in the
    first of its versions that has one which the leader has too.
    """
    leader = min(sentences.by_article, key=lambda a: (-len(sentences.by_article[a]), a), default="")
    led: dict[int, float] = {}
    for group in groups:
        at = [n for n in group if sentences.articles[n] == leader]
        if at:
            place = float(min(at) - sentences.by_article[leader].start)
            for n in group:
                led[n] = min(place, led.get(n, place))
    keys = []
    for group in groups:
        first = min(group, key=lambda n: (sentences.articles[n] != leader, n))
        article = sentences.articles[first]
        start = sentences.by_article[article].start
        if article == leader:
            keys.append((float(first - start), "", 0))
        else:
            before = next((led[n] for n in range(first, start - 1, -1) if n in led), -1.0)
            keys.append((before + 0.5, article, first - start))
    return keys
