"""Find rewritten sentences in a pile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from retold.config import RewriteConfig
from retold.engine import Progress, silent
from retold.model import Document, Match, MatchKind, Span, make_match, rounded
from retold.rewrite import vectors
from retold.rewrite.bulk import Bulk, Doubles, Numbers
from retold.rewrite.evidence import Said
from retold.rewrite.neighbours import article_pairs
from retold.rewrite.score import Scorer

METHOD = "vectors+terms"
METHOD_WITHOUT = "terms"
"""Names of the method, with and without the sentence model."""

MOSTLY = 0.5
"""Share of a sentence's characters from which a passage, or an aside, covers it for the most
part."""

CELLS = 1 << 23
"""Pairs of sentences that are ranked at once: 32 MB for each table of them."""

AT_ONCE = 1 << 19
"""Pairs of sentences that are scored at once: about 100 MB of features."""

KEPT = 40
"""Documents of a pile that stays ready for the next call: where a story is all of a pile, its rows
are sought among the same sentences as its matches. 20 MB for forty articles of 500 words."""

Table = NDArray[np.float32]
Marks = NDArray[np.bool_]
Ends = tuple[Numbers, Numbers]
Pairs = tuple[Numbers, Numbers, Doubles]
"""Numbers of sentences, and what is usual for their documents."""


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
    method = METHOD if not vectors.fault() else METHOD_WITHOUT
    found = scored(documents, reused, config, progress)
    return [make_match(a, b, MatchKind.REWRITE, score, method) for a, b, score in found]


def scored(
    documents: Sequence[Document],
    reused: Sequence[Match],
    config: RewriteConfig | None = None,
    progress: Progress = silent,
) -> list[tuple[Span, Span, float]]:
    """Return the spans and the scores of what :func:`find` finds, in its order.

    Where nobody asks for their ids: to make these takes longer than to compare the sentences.
    """
    config = config or RewriteConfig()
    pile = sorted(documents, key=lambda document: document.id)
    if len(pile) < 2:
        return []
    scorer, bulk = _made_ready(pile, progress)
    flags = [_eligible(d, s, config) for d, s in zip(pile, scorer.said, strict=True)]
    eligible = np.array([flag for article in flags for flag in article], np.bool_)
    covered = _by_articles(reused)
    partners: dict[int, list[int]] = defaultdict(list)
    pairs = article_pairs([[said.content for said in article] for article in scorer.said], config)
    for x, y in pairs:
        partners[x].append(y)
    spans = [sentence.span for document in pile for sentence in document.sentences]
    ends = [_ends([sentence.span for sentence in document.sentences]) for document in pile]
    found = []
    waiting: list[Pairs] = []
    done = 0
    for x, others in sorted(partners.items()):
        for y, (i, j) in zip(others, _candidates(bulk, x, others, eligible, config), strict=True):
            passages = covered.get((pile[x].id, pile[y].id), ())
            fresh = ~_covered(ends[x], ends[y], passages, i, j)
            usual = np.full(int(fresh.sum()), scorer.usual(x, y))
            waiting.append((i[fresh] + bulk.starts[x], j[fresh] + bulk.starts[y], usual))
        done += len(others)
        if done == len(pairs) or sum(len(part[0]) for part in waiting) >= AT_ONCE:
            a, b, usual = (np.concatenate(column) for column in zip(*waiting, strict=True))
            waiting = []
            best = bulk.best(a, b, usual, config.accept)
            # the pile is sorted, and so are the numbers of its sentences
            order = np.lexsort((b, a))
            order = order[best[order] > 0]
            for p, q, probability in zip(
                a[order].tolist(), b[order].tolist(), best[order].tolist(), strict=True
            ):
                if (score := rounded(probability)) >= config.accept:
                    found.append((spans[p], spans[q], score))
            progress("rewrite", done, len(pairs))
    return found


def _made_ready(pile: Sequence[Document], progress: Progress) -> tuple[Scorer, Bulk]:
    if len(pile) <= KEPT:
        return _kept_ready(tuple(pile), not vectors.fault())
    scorer = Scorer(pile, lambda done, total: progress("embed", done, total))
    return scorer, Bulk(scorer)


@lru_cache(maxsize=1)
def _kept_ready(pile: tuple[Document, ...], with_vectors: bool) -> tuple[Scorer, Bulk]:  # noqa: FBT001 - a part of the key
    scorer = Scorer(pile, lexical_only=not with_vectors)
    return scorer, Bulk(scorer)


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


def _covered(one: Ends, two: Ends, passages: Sequence[Match], i: Numbers, j: Numbers) -> Marks:
    """Which pairs of sentences of two documents some passage covers, both for the most part."""
    if not passages:
        return np.zeros(len(i), np.bool_)
    inside_one = _inside(one, [passage.a for passage in passages])
    inside_two = _inside(two, [passage.b for passage in passages])
    return np.asarray((inside_one[i] & inside_two[j]).any(axis=1), np.bool_)


def _inside(sentences: Ends, passages: Sequence[Span]) -> Marks:
    """Which passages cover which sentences of their document for the most part."""
    starts, ends = sentences
    firsts, lasts = _ends(passages)
    overlap = np.minimum(ends[:, None], lasts) - np.maximum(starts[:, None], firsts)
    found: Marks = np.maximum(overlap, 0) >= MOSTLY * (ends - starts)[:, None]
    return found


def _ends(spans: Sequence[Span]) -> Ends:
    """Where spans start, and where they end."""
    table = np.array([(s.start, s.end) for s in spans], np.intp).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _candidates(
    bulk: Bulk, x: int, others: Sequence[int], eligible: Marks, config: RewriteConfig
) -> list[tuple[Numbers, Numbers]]:
    """Pairs of sentences of document ``x`` and of each other one that are worth scoring.

    By shared weight (rare words, names, figures) or by cosine, each sentence with its
    ``config.candidates`` best in the other document. Read in blocks, so that memory stays bounded.
    """
    first, last = bulk.starts[x], bulk.starts[x + 1]
    size, k = len(eligible), config.candidates
    columns = [slice(bulk.starts[y], bulk.starts[y + 1]) for y in others]
    tops = [np.full((k, c.stop - c.start), -1.0, np.float32) for c in columns]
    kept: list[list[tuple[Numbers, Numbers, Table, Marks]]] = [[] for _ in others]
    step = max(1, CELLS // max(1, size))
    for start in range(first, last, step):
        rows = range(start, min(last, start + step))
        shared = np.stack([bulk.shared(n)[:size] for n in rows])
        cosine = bulk.cosines(rows.start, rows.stop)
        # weight saturates: many words in common are no surer than some
        rank = cosine + np.minimum(shared / config.candidate_weight, 1.0)
        worth = rank >= config.candidate_rank
        worth &= eligible[rows.start : rows.stop, None] & eligible[None, :]
        rank = np.where(worth, rank, np.float32(-1.0))
        for number, column in enumerate(columns):
            part = rank[:, column]
            tops[number] = np.partition(np.vstack([tops[number], part]), -k, axis=0)[-k:]
            best = _top(part, k)
            i, j = np.nonzero(worth[:, column] & (best | (part >= tops[number].min(axis=0))))
            kept[number].append((i + start - first, j, part[i, j], best[i, j]))
    return [_last_best(parts, top.min(axis=0)) for parts, top in zip(kept, tops, strict=True)]


def _last_best(
    parts: Sequence[tuple[Numbers, Numbers, Table, Marks]], least: Table
) -> tuple[Numbers, Numbers]:
    """Of what was kept block by block, what is among the best of its row or of its column."""
    if not parts:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    i, j, rank, best = (np.concatenate(column) for column in zip(*parts, strict=True))
    stays = best | (rank >= least[j])
    return i[stays], j[stays]


def _top(rank: Table, k: int) -> Marks:
    """Mark the entries of each row that are not below the row's k-th highest."""
    if rank.shape[1] <= k:
        return np.ones(rank.shape, np.bool_)
    least = np.partition(rank, -k, axis=1)[:, -k]
    return np.asarray(rank >= least[:, None], np.bool_)
