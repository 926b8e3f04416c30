"""Find rewritten sentences in a pile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from retold.config import RewriteConfig
from retold.engine import Progress, silent
from retold.model import Document, Match, MatchKind, Span, make_match
from retold.rewrite.evidence import Said
from retold.rewrite.neighbours import article_pairs
from retold.rewrite.score import Scorer

METHOD = "vectors+terms"
METHOD_WITHOUT = "terms"
"""Names of the method, with and without the sentence model."""

MOSTLY = 0.5
"""Share of a sentence's characters from which a passage, or an aside, covers it for the most
part."""

Index = dict[str, list[tuple[int, float]]]
"""Key -> the sentences of one article that have it, with its weight there."""


def find(
    documents: Sequence[Document],
    reused: Sequence[Match],
    config: RewriteConfig | None = None,
    progress: Progress = silent,
) -> list[Match]:
    """Return the pairs of sentences, in two articles, that tell the same in other words.

    The score of a match is the probability that both tell the same, in whole or in large part. One
    sentence may match several. Pairs that ``reused`` covers for the most part are left out, and so
    are sentences of asides. Sorted; equal for any order of ``documents``.
    """
    config = config or RewriteConfig()
    pile = sorted(documents, key=lambda document: document.id)
    if len(pile) < 2:
        return []
    scorer = Scorer(pile, lambda done, total: progress("embed", done, total))
    eligible = [_eligible(d, s, config) for d, s in zip(pile, scorer.said, strict=True)]
    indexes = [_index(said, ok) for said, ok in zip(scorer.said, eligible, strict=True)]
    covered = _by_articles(reused)
    method = METHOD if scorer.with_vectors else METHOD_WITHOUT
    pairs = article_pairs([[said.content for said in article] for article in scorer.said], config)
    found = []
    for number, (x, y) in enumerate(pairs):
        passages = covered.get((pile[x].id, pile[y].id), ())
        for i, j in _candidates(scorer, indexes, (x, y), eligible, config):
            a, b = pile[x].sentences[i].span, pile[y].sentences[j].span
            if any(_mostly(a, p.a) and _mostly(b, p.b) for p in passages):
                continue
            probability = scorer.probability((x, i), (y, j))
            if probability >= config.accept:
                found.append(make_match(a, b, MatchKind.REWRITE, probability, method))
        progress("rewrite", number + 1, len(pairs))
    return sorted(found, key=lambda match: (match.a, match.b))


def _mostly(part: Span, whole: Span) -> bool:
    return part.overlap(whole) >= MOSTLY * (part.end - part.start)


def _eligible(document: Document, said: Sequence[Said], config: RewriteConfig) -> list[bool]:
    """Which sentences are compared: those that say something and stand in no aside."""
    return [
        s.total >= config.least_content
        and not any(_mostly(sentence.span, aside.span) for aside in document.asides)
        for sentence, s in zip(document.sentences, said, strict=True)
    ]


def _by_articles(matches: Sequence[Match]) -> dict[tuple[str, str], list[Match]]:
    found = defaultdict(list)
    for match in matches:
        found[match.a.article, match.b.article].append(match)
    return found


def _index(said: Sequence[Said], eligible: Sequence[bool]) -> Index:
    index: Index = {}
    for number, sentence in enumerate(said):
        if eligible[number]:
            for key, weight in sentence.weights.items():
                index.setdefault(key, []).append((number, weight))
    return index


def _candidates(
    scorer: Scorer,
    indexes: Sequence[Index],
    pair: tuple[int, int],
    eligible: Sequence[Sequence[bool]],
    config: RewriteConfig,
) -> list[tuple[int, int]]:
    """Pairs of sentences of two articles that are worth scoring.

    By shared weight (rare words, names, figures) or by cosine, each sentence with its
    ``config.candidates`` best in the other article.
    """
    x, y = pair
    table = [[0.0] * len(eligible[y]) for _ in eligible[x]]
    few, many = sorted((indexes[x], indexes[y]), key=len)
    for key in few:
        if key in many:
            for i, first in indexes[x][key]:
                row = table[i]
                for j, second in indexes[y][key]:
                    row[j] += min(first, second)
    shared = np.array(table, np.float32).reshape(len(eligible[x]), len(eligible[y]))
    cosine = scorer.vectors[x] @ scorer.vectors[y].T
    # weight saturates: many words in common are no surer than some
    rank = cosine + np.minimum(shared / config.candidate_weight, 1.0)
    worth = rank >= config.candidate_rank
    worth &= np.array(eligible[x], bool)[:, None] & np.array(eligible[y], bool)[None, :]
    rank = np.where(worth, rank, -1.0)
    best = _top(rank, config.candidates) | _top(rank.T, config.candidates).T
    return [(int(i), int(j)) for i, j in np.argwhere(worth & best)]


def _top(
    rank: np.ndarray[tuple[int, int], np.dtype[np.float32]], k: int
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Mark the entries of each row that are not below the row's k-th highest."""
    if rank.shape[1] <= k:
        return np.ones(rank.shape, np.bool_)
    least = np.partition(rank, -k, axis=1)[:, -k]
    return np.asarray(rank >= least[:, None], np.bool_)
