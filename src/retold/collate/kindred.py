"""Which quoted sentences of the versions are one, without chains and in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retold.collate.alike import PLAIN, SHORT, Pool, inside, likeness
from retold.collate.ruled import Opposed
from retold.collate.speakers import one_source
from retold.collate.utterances import TELLING, Piece
from retold.config import CollateConfig
from retold.model import Speech

COMMON = 300
"""Distinct quotations above which a word that they share is too common to lead on."""

FAINT = 0.2
"""Likeness under which two wordings are unlike: they are in one quotation under no third's name."""

RUN = 5
"""Words in a row that two quotations share, however common, which makes them worth comparing."""

_CROWD = 40
"""Distinct wordings of one claim from which they are no longer compared for their figures alone."""


@dataclass(frozen=True, eq=False)
class Kin:
    """Quoted sentences that are one, with how surely (0..1)."""

    pieces: tuple[Piece, ...]
    """Sorted by place; at most one a version, repeats in part aside."""
    probability: float


def gather(
    quoted: Iterable[Sequence[Piece]], config: CollateConfig, opposed: Opposed | None = None
) -> list[Kin]:
    """Cluster quoted sentences: equal words at once, then distinct wordings by average link.

    Two sentences of one version are two. A sentence is like every other of its cluster, or both
    are parts of a third, word for word; so none comes in by way of another. A fragment that its
    version quotes in full elsewhere goes with the full one.
    """
    opposed = opposed or Opposed()
    whole, parts = _fragments(quoted)
    pools = _pools(whole, opposed)
    scores = _scores(pools, config)
    groups = _linked(pools, scores, opposed)
    found = []
    for group in groups:
        pieces = [piece for n in group for piece in pools[n].pieces]
        pieces += [part for piece in pieces for part in parts.get(id(piece), ())]
        links = [scores.get((i, j), 1.0) for i in group for j in group if i < j]
        sure = sum(links) / len(links) if links else 1.0
        found.append(Kin(tuple(sorted(pieces, key=lambda p: p.span)), sure))
    return found


def _fragments(
    quoted: Iterable[Sequence[Piece]],
) -> tuple[list[Piece], dict[int, list[Piece]]]:
    """Part partial quotations from what their own version quotes in full, by the full one."""
    by_article: dict[str, list[Sequence[Piece]]] = defaultdict(list)
    for utterance in quoted:
        by_article[utterance[0].article].append(utterance)
    whole: list[Piece] = []
    parts: dict[int, list[Piece]] = defaultdict(list)
    for same in by_article.values():
        full = [p for utterance in same for p in utterance if not _partial(utterance)]
        whole += full
        for utterance in same:
            if _partial(utterance):
                found = next((p for p in full if _part_of(utterance[0], p)), None)
                if found is None:
                    whole.append(utterance[0])
                else:
                    parts[id(found)].append(utterance[0])
    return whole, parts


def _partial(utterance: Sequence[Piece]) -> bool:
    return len(utterance) == 1 and utterance[0].said.attribution.speech is Speech.MIXED


def _part_of(part: Piece, full: Piece) -> bool:
    """Say whether a few quoted words are some of a longer quotation's."""
    return (
        len(full.key) > len(part.key)
        and bool(part.weights)
        and part.weights.keys() <= full.weights.keys()
        and inside(part.key, full.key)
        and one_source(part.said.attribution, full.said.attribution) is not False
    )


def _pools(pieces: Sequence[Piece], opposed: Opposed) -> list[Pool]:
    by_words: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_words[piece.key].append(piece)
    pools = [pool for _, same in sorted(by_words.items()) for pool in _backed(same, opposed)]
    return [
        Pool(
            tuple(pool),
            frozenset(p.article for p in pool),
            frozenset().union(*(p.rows for p in pool)),
        )
        for pool in pools
    ]


def _backed(same: Sequence[Piece], opposed: Opposed) -> list[list[Piece]]:
    """Part equal sentences: two of one version, and plain words of different speakers."""
    pools: list[list[Piece]] = []
    for piece in sorted(same, key=lambda p: p.span):
        free = [p for p in pools if all(piece.article != other.article for other in p)]
        fit = [p for p in free if _may_join(piece, p[0])]
        if opposed:
            fit = [p for p in fit if not opposed([piece.span], [other.span for other in p])]
        shared = [p for p in fit if any(piece.rows & other.rows for other in p)]
        if fit:
            (shared or fit)[0].append(piece)
        else:
            pools.append([piece])
    return pools


def _may_join(a: Piece, b: Piece) -> bool:
    if a.rows & b.rows:
        return True
    same = one_source(a.said.attribution, b.said.attribution)
    if len(a.key) < SHORT:
        return same is True
    return a.weight >= PLAIN or same is not False


# ---------------------------------------------------------------- likeness of distinct wordings


def _scores(pools: Sequence[Pool], config: CollateConfig) -> dict[tuple[int, int], float]:
    """Return how surely two distinct wordings are one quotation, where that is not nought."""
    by_word: dict[str, list[int]] = defaultdict(list)
    by_row: dict[str, list[int]] = defaultdict(list)
    by_run: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, pool in enumerate(pools):
        key = pool.first.key
        for run in {key[i : i + RUN] for i in range(len(key) - RUN + 1)}:
            by_run[run].append(n)
        for word, weight in pool.first.weights.items():
            if weight >= TELLING:
                by_word[word].append(n)
        for row in pool.rows:
            by_row[row].append(n)
    candidates = {
        (i, j)
        for found, most in (
            *((f, COMMON) for f in by_word.values()),
            *((f, COMMON) for f in by_run.values()),
            *((f, _CROWD) for f in by_row.values()),
        )
        if len(found) <= most
        for i in found
        for j in found
        if i < j
    }
    found = {}
    for i, j in sorted(candidates):
        score = likeness(pools[i], pools[j], config)
        if score > 0.0:
            found[i, j] = score
    return found


# ---------------------------------------------------------------- clusters


def _linked(
    pools: Sequence[Pool], scores: dict[tuple[int, int], float], opposed: Opposed
) -> list[list[int]]:
    """Join pools, the likest first, while all of a cluster are alike; return sorted clusters."""
    parent = list(range(len(pools)))
    members = {n: [n] for n in parent}
    articles = {n: pools[n].articles for n in parent}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    def rank(pair: tuple[int, int]) -> tuple[float, tuple[int, int]]:
        """The likest first; a whole sentence rather than a part of one."""
        short, long = sorted(len(pools[n].first.key) for n in pair)
        return -round(scores[pair] * (1.0 + short / long), 9), pair

    for i, j in sorted((pair for pair in scores if scores[pair] >= 0.5), key=rank):
        a, b = sorted((root(i), root(j)))
        if a == b or articles[a] & articles[b]:
            continue
        if opposed and opposed(
            *([p.span for n in members[side] for p in pools[n].pieces] for side in (a, b))
        ):
            continue
        if _fits(members[a], members[b], pools, scores):
            parent[b] = a
            members[a] += members.pop(b)
            articles[a] |= articles.pop(b)
    return [sorted(group) for group in members.values()]


def _fits(
    ours: Sequence[int],
    theirs: Sequence[int],
    pools: Sequence[Pool],
    scores: dict[tuple[int, int], float],
) -> bool:
    """Say whether two clusters are alike throughout: on average .5, and never unlike.

    Two parts of one third, word for word, are alike as far as that.
    """
    total, count = 0.0, 0
    both = (*ours, *theirs)
    for x in ours:
        for y in theirs:
            score = scores.get((min(x, y), max(x, y)), 0.0)
            if score < 0.5 and any(
                _within(pools[x], pools[z]) and _within(pools[y], pools[z])
                for z in both
                if z not in (x, y)
            ):
                continue
            if score < FAINT:
                return False
            total, count = total + score, count + 1
    return not count or total / count >= 0.5


def _within(part: Pool, whole: Pool) -> bool:
    a, b = part.first, whole.first
    return len(a.key) < len(b.key) and a.weights.keys() <= b.weights.keys() and inside(a.key, b.key)
