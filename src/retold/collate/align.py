"""Rows: the sentences of all versions that tell the same, found from the matches of a story.

Sentences are grouped by average linkage (Sokal & Michener 1958) over the affinities that the matches
lend to pairs of sentences. Unlike single linkage it does not chain: a sentence joins a row only when it fits the
row's sentences on the whole, and pairs that no match joins count as 0.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from retold.config import CollateConfig
from retold.model import Document, Match, MatchKind, Row, Span, Story, identify, rounded
from retold.text import words

Links = dict[int, dict[int, float]]
"""Affinity, 0..1, of a sentence (by number) and its neighbours; symmetric."""


def align(
    story: Story, documents: Mapping[str, Document], config: CollateConfig | None = None
) -> tuple[Row, ...]:
    """Return the rows of a story in the order in which its versions tell them.

    Every sentence outside asides stands in one row at least; one that tells two things may stand in
    two. A row of one version has probability 1; otherwise the probability is the mean, over the
    sentences of the row, of the affinity to the one that fits best in another version.
    """
    config = config or CollateConfig()
    sentences = _sentences(story, documents)
    number = {span: i for i, span in enumerate(sentences)}
    links = _links(story.matches, _Sentences(sentences, documents), number, config)
    groups = _average_linkage(sentences, links, config)
    _stand_twice(groups, sentences, links, config)
    lengths = {a: max(1, len(documents[a].article.text)) for a in story.articles}

    def place(row: Row) -> tuple[float, tuple[Span, ...]]:
        return median(span.start / lengths[span.article] for span in row.spans), row.spans

    rows = {_row(group, sentences, links) for group in groups}
    return tuple(sorted(rows, key=place))


def _sentences(story: Story, documents: Mapping[str, Document]) -> list[Span]:
    """The sentences of a story outside asides, sorted."""
    found = []
    for article in story.articles:
        document = documents[article]
        asides = [aside.span for aside in document.asides]
        found += [
            s.span
            for s in document.sentences
            if 2 * sum(s.span.overlap(aside) for aside in asides) < s.span.end - s.span.start
        ]
    return sorted(found)


class _Sentences:
    """Sentences by article, to be looked up by offset."""

    def __init__(self, sentences: list[Span], documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.spans: dict[str, list[Span]] = {}
        for span in sentences:
            self.spans.setdefault(span.article, []).append(span)
        self.ends = {article: [s.end for s in spans] for article, spans in self.spans.items()}
        self.words = {
            article: [w.start for w in words(documents[article].article.text)]
            for article in self.spans
        }

    def touched(self, span: Span) -> Iterator[Span]:
        """Sentences that overlap ``span``."""
        spans = self.spans.get(span.article, [])
        for sentence in spans[bisect_right(self.ends.get(span.article, []), span.start) :]:
            if sentence.start >= span.end:
                break
            yield sentence

    def count(self, span: Span) -> int:
        """Words that begin in ``span``."""
        starts = self.words[span.article]
        return bisect_left(starts, span.end) - bisect_left(starts, span.start)


def _links(
    matches: Iterable[Match],
    sentences: _Sentences,
    number: Mapping[Span, int],
    config: CollateConfig,
) -> Links:
    """Turn matches into affinities between sentences; the strongest match of a pair counts."""
    links: Links = {}
    for match in matches:
        for a, b, affinity in _pairs(match, sentences, config):
            i, j = number[a], number[b]
            if affinity > links.get(i, {}).get(j, 0.0):
                links.setdefault(i, {})[j] = affinity
                links.setdefault(j, {})[i] = affinity
    return links


def _pairs(
    match: Match, sentences: _Sentences, config: CollateConfig
) -> Iterator[tuple[Span, Span, float]]:
    """Pairs of sentences that a match makes correspond, with their affinity."""
    if match.kind is MatchKind.REWRITE:
        for a in sentences.touched(match.a):
            for b in sentences.touched(match.b):
                yield a, b, match.score
        return
    shared: dict[tuple[Span, Span], int] = {}
    for left, right in _equal_blocks(match):
        for a in sentences.touched(left):
            # the blocks are equal but for typography, so that places within them correspond
            share = (right.end - right.start) / max(1, left.end - left.start)
            start = right.start + round((max(a.start, left.start) - left.start) * share)
            end = right.start + round((min(a.end, left.end) - left.start) * share)
            image = Span(right.article, start, max(start + 1, end))
            for b in sentences.touched(image):
                part = Span(b.article, max(b.start, image.start), min(b.end, image.end))
                shared[a, b] = shared.get((a, b), 0) + sentences.count(part)
    for (a, b), count in shared.items():
        coverage = count / max(1, min(sentences.count(a), sentences.count(b)))
        if coverage >= config.least_coverage:
            yield a, b, min(1.0, coverage)


def _equal_blocks(match: Match) -> Iterator[tuple[Span, Span]]:
    """The stretches of a passage between its edits, in both articles."""
    a, b = match.a.start, match.b.start
    for edit in sorted(match.edits, key=lambda e: (e.a.start, e.b.start)):
        if edit.a.start > a and edit.b.start > b:
            yield Span(match.a.article, a, edit.a.start), Span(match.b.article, b, edit.b.start)
        a, b = max(a, edit.a.end), max(b, edit.b.end)
    if match.a.end > a and match.b.end > b:
        yield Span(match.a.article, a, match.a.end), Span(match.b.article, b, match.b.end)


def _average_linkage(sentences: list[Span], links: Links, config: CollateConfig) -> list[set[int]]:
    """Merge the nearest groups while their mean affinity reaches the threshold."""
    groups: dict[int, set[int]] = {i: {i} for i in range(len(sentences))}
    counts = {i: {s.article: 1} for i, s in enumerate(sentences)}
    sums: dict[int, dict[int, float]] = {i: dict(near) for i, near in links.items()}

    def mean(i: int, j: int) -> float:
        pairs = len(groups[i]) * len(groups[j])
        pairs -= sum(n * counts[j].get(article, 0) for article, n in counts[i].items())
        return sums[i][j] / pairs if pairs else 0.0

    heap = [(-w, i, j) for i, near in links.items() for j, w in near.items() if i < j]
    heapq.heapify(heap)
    fresh = len(sentences)
    while heap:
        weight, i, j = heapq.heappop(heap)
        if i not in groups or j not in groups:
            continue
        if -weight < config.row_affinity:
            break
        if not _fits(counts[i], counts[j], config):
            continue
        groups[fresh] = groups.pop(i) | groups.pop(j)
        merged: dict[int, float] = {}
        for old in (i, j):
            for other, total in sums.pop(old, {}).items():
                if other not in (i, j):
                    merged[other] = merged.get(other, 0.0) + total
                    sums[other].pop(old, None)
                    sums[other][fresh] = merged[other]
        left, right = counts.pop(i), counts.pop(j)
        counts[fresh] = {a: left.get(a, 0) + right.get(a, 0) for a in {**left, **right}}
        sums[fresh] = merged
        for other in merged:
            value = mean(fresh, other)
            if value >= config.row_affinity:
                heapq.heappush(heap, (-value, min(fresh, other), max(fresh, other)))
        fresh += 1
    return sorted(groups.values(), key=min)


def _fits(left: dict[str, int], right: dict[str, int], config: CollateConfig) -> bool:
    """Whether no version would have too many sentences in the row."""
    return all(n + right.get(a, 0) <= config.sentences_a_row for a, n in left.items())


def _stand_twice(
    groups: list[set[int]], sentences: list[Span], links: Links, config: CollateConfig
) -> None:
    """Let a sentence join a second row that it fits as well as if it were its only one."""
    home = {i: g for g, group in enumerate(groups) for i in group}
    versions = [{sentences[i].article for i in group} for group in groups]
    guests: list[tuple[int, int]] = []
    for i in sorted(links):
        article = sentences[i].article
        near: dict[int, dict[str, float]] = {}
        for j, affinity in links[i].items():
            if home[j] != home[i]:
                best = near.setdefault(home[j], {})
                best[sentences[j].article] = max(affinity, best.get(sentences[j].article, 0.0))
        for group, best in near.items():
            others = versions[group]
            if article not in others and sum(best.values()) >= config.second_row * len(others):
                guests.append((group, i))
    for group, i in guests:
        # a sentence alone in its row moves rather than standing twice
        if len(groups[home[i]]) == 1:
            groups[home[i]] = set()
        groups[group].add(i)
    groups[:] = [group for group in groups if group]


def _row(group: set[int], sentences: list[Span], links: Links) -> Row:
    """Build a row with its probability."""
    spans = tuple(sorted(sentences[i] for i in group))
    if len({span.article for span in spans}) == 1:
        probability = 1.0
    else:
        best = [
            max((w for j, w in links.get(i, {}).items() if j in group), default=0.0) for i in group
        ]
        probability = sum(sorted(best)) / len(best)
    parts = (part for span in spans for part in (span.article, span.start, span.end))
    return Row(identify("row", *parts), spans, rounded(probability))
