"""Which quotations of the versions are one: by their words, their speakers and their claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from retold.collate.changes.sources import known, same_speaker_name
from retold.collate.views import stem
from retold.collate.wording import sequence_share
from retold.config import CollateConfig
from retold.model import Attribution, Span

SHORT = 4
"""Words below which a quotation proves nothing by itself: one speaker or one claim must back it."""

COMMON = 300
"""Distinct quotations above which a word that they share is too common to lead on."""

FRAME = 1.5
"""Idf (natural log) below which a word is grammar or a common verb and shows no kinship."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution with what it is compared by."""

    attribution: Attribution
    article: str
    words: tuple[str, ...]
    """Folded words of the quoted parts."""
    weights: dict[str, float]
    """Stem -> idf."""
    rows: frozenset[str]
    """Rows that its sentences stand in."""

    @property
    def span(self) -> Span:
        """From the first to the last quoted word."""
        content = self.attribution.content
        return Span(self.article, content[0].start, content[-1].end)


def gather(direct: Sequence[Said], config: CollateConfig) -> list[list[Said]]:
    """Cluster utterances: equal words at once, then distinct wordings by average link."""
    by_words: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for said in direct:
        by_words[said.words].append(said)
    pools: list[list[Said]] = []
    for words, same in sorted(by_words.items()):
        pools.extend([same] if len(words) >= SHORT else _backed(same))
    scores = _scores(pools, config)
    parent = list(range(len(pools)))
    members = {n: [n] for n in parent}

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for (i, j), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        a, b = sorted((root(i), root(j)))
        if a == b:
            continue
        links = [scores.get((min(x, y), max(x, y)), 0.0) for x in members[a] for y in members[b]]
        if sum(links) / len(links) >= config.quote_overlap_context:
            parent[b] = a
            members[a] += members.pop(b)
    return [
        sorted((s for n in group for s in pools[n]), key=lambda s: s.span)
        for group in members.values()
    ]


def _backed(same: Sequence[Said]) -> list[list[Said]]:
    """Split short equal quotations: only one speaker or one claim makes them the same."""
    pools: list[list[Said]] = []
    for said in sorted(same, key=lambda s: s.span):
        for pool in pools:
            other = pool[0]
            if said.rows & other.rows or _one_speaker(said, other):
                pool.append(said)
                break
        else:
            pools.append([said])
    return pools


def _one_speaker(a: Said, b: Said) -> bool:
    x, y = a.attribution, b.attribution
    return known(x) and known(y) and same_speaker_name(x.speaker, y.speaker)


def _scores(pools: Sequence[Sequence[Said]], config: CollateConfig) -> dict[tuple[int, int], float]:
    """Return how alike two distinct wordings are, for those that share a rare word."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for n, pool in enumerate(pools):
        for word, weight in pool[0].weights.items():
            if weight >= 2 * FRAME:
                by_word[word].append(n)
    candidates = {
        (i, j)
        for found in by_word.values()
        if len(found) <= COMMON
        for i in found
        for j in found
        if i < j
    }
    scores = {}
    for i, j in sorted(candidates):
        score = likeness(pools[i], pools[j], config)
        if score > 0.0:
            scores[i, j] = score
    return scores


def likeness(a: Sequence[Said], b: Sequence[Said], config: CollateConfig) -> float:
    """Return how much two wordings are one quotation, 0..1; 0 where they are not.

    The share of idf weight that the lighter has in the other, lowered where the order of the shared
    words differs. A common frame alone ("we will continue to") has no weight.
    """
    first, second = a[0], b[0]
    if {s.article for s in a} == {s.article for s in b} and len(a) == 1:
        return 0.0  # two utterances of one article
    if min(len(first.words), len(second.words)) < SHORT:
        backed = any(x.rows & y.rows or _one_speaker(x, y) for x in a for y in b)
        return 0.9 if backed and inside(first.words, second.words) else 0.0
    if inside(first.words, second.words):
        return 1.0
    shared = first.weights.keys() & second.weights.keys()
    weight = sum(first.weights[w] for w in shared)
    if len(shared) < 2 or weight < config.quote_rarity:
        return 0.0
    lighter = min(sum(first.weights.values()), sum(second.weights.values()))
    order = sequence_share(
        [stem(w) for w in first.words if stem(w) in shared],
        [stem(w) for w in second.words if stem(w) in shared],
    )
    score = min(1.0, weight / lighter) * (0.7 + 0.3 * order)
    in_context = any(x.rows & y.rows and _one_speaker(x, y) for x in a for y in b)
    least = config.quote_overlap_context if in_context else config.quote_overlap
    return score if score >= least else 0.0


def inside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether the shorter stands in the longer, word for word."""
    short, long = sorted((a, b), key=len)
    return any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))
