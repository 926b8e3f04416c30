"""Which quoted sentences of the versions are one: by their words, speakers, claims and figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from retold.collate.speakers import one_source
from retold.collate.utterances import Piece
from retold.collate.views import stem
from retold.collate.wording import sequence_share
from retold.config import CollateConfig
from retold.model import Speech

SHORT = 4
"""Words below which a quotation proves nothing by itself: one speaker or one claim must back it."""

COMMON = 300
"""Distinct quotations above which a word that they share is too common to lead on."""

TELLING = 3.0
"""Idf (natural log) from which a word that two quotations share makes them worth comparing."""

PLAIN = 12.0
"""Nats below which two people may well say the same words of themselves."""

FAINT = 0.2
"""Likeness under which two wordings are unlike: they are in one quotation under no third's name."""

STRANGE = 0.2
"""Share of idf weight, names and figures aside, under which two sentences have hardly a word in
common."""

EXCERPT = 0.8
"""Share of the shorter one's words, and of its rare ones, in order, that make it a part of the
longer."""

BUILT = 0.45
"""Share of the words after a common beginning, grammar included, that two sentences have in order
from which only words were exchanged."""

LONG = 10
"""Words, a common beginning aside, from which on how two sentences are built tells anything."""

RUN = 5
"""Words in a row that two quotations share, however common, which makes them worth comparing."""

_CROWD = 40
"""Distinct wordings of one claim from which they are no longer compared for their figures alone."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Quoted sentences of the same words, one a version."""

    pieces: tuple[Piece, ...]
    """Sorted by place."""
    articles: frozenset[str]
    rows: frozenset[str]

    @property
    def first(self) -> Piece:
        """The one that stands for all."""
        return self.pieces[0]


@dataclass(frozen=True, eq=False)
class Kin:
    """Quoted sentences that are one, with how surely (0..1)."""

    pieces: tuple[Piece, ...]
    """Sorted by place; at most one a version, repeats in part aside."""
    probability: float


def gather(quoted: Iterable[Sequence[Piece]], config: CollateConfig) -> list[Kin]:
    """Cluster quoted sentences: equal words at once, then distinct wordings by average link.

    Two sentences of one version are two. A sentence is like every other of its cluster, or both
    are parts of a third, word for word; so none comes in by way of another. A fragment that its
    version quotes in full elsewhere goes with the full one.
    """
    whole, parts = _fragments(quoted)
    pools = _pools(whole)
    scores = _scores(pools, config)
    groups = _linked(pools, scores)
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


def _pools(pieces: Sequence[Piece]) -> list[Pool]:
    by_words: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_words[piece.key].append(piece)
    pools = [pool for _, same in sorted(by_words.items()) for pool in _backed(same)]
    return [
        Pool(
            tuple(pool),
            frozenset(p.article for p in pool),
            frozenset().union(*(p.rows for p in pool)),
        )
        for pool in pools
    ]


def _backed(same: Sequence[Piece]) -> list[list[Piece]]:
    """Part equal sentences: two of one version, and plain words of different speakers."""
    pools: list[list[Piece]] = []
    for piece in sorted(same, key=lambda p: p.span):
        free = [p for p in pools if all(piece.article != other.article for other in p)]
        fit = [p for p in free if _may_join(piece, p[0])]
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


def likeness(a: Pool, b: Pool, config: CollateConfig) -> float:
    """Return how surely two wordings are one quotation, 0..1; at .5 it is as likely as not.

    Weighs the idf of the words that both have against that of the lighter and of both, their order,
    and how far the sentences are built alike. A frame alone ("we will continue to") has no weight.
    Less is asked of one speaker and of one claim; near-equal words of two known speakers.
    """
    if a.articles == b.articles and len(a.articles) == 1:
        return 0.0
    x, y = a.first, b.first
    shared = x.weights.keys() & y.weights.keys()
    weight = sum(x.weights[w] for w in shared)
    told = bool(a.rows & b.rows)
    if len(shared) < 2 or weight < config.quote_rarity:
        return _plainly(a, b)
    said = _speakers(a, b)
    lighter = min(x.weight, y.weight)
    cover = min(1.0, weight / lighter)
    if cover == 1.0 and inside(x.key, y.key):
        enough = weight >= PLAIN or told or said is True
        return 0.97 if enough else 0.6 if said is None else 0.0
    if weight < PLAIN and _framed(x, y, shared):
        return 0.0
    dice = 2 * weight / (x.weight + y.weight)
    order = sequence_share(
        [s for s in map(stem, x.key) if s in shared], [s for s in map(stem, y.key) if s in shared]
    )
    built = _built(x.key, y.key)
    if said is False and (cover < 0.8 or built < 0.6):
        return 0.0
    content = (cover + dice) / 2 * (0.7 + 0.3 * order)
    score = 0.4 * content + 0.6 * min(1.0, 1.6 * built)
    excerpt = cover >= EXCERPT and (told or weight >= PLAIN)
    if excerpt and (in_order := sequence_share(x.key, y.key)) >= EXCERPT:
        score = max(score, 0.9 * in_order)  # a part of the other, hardly changed
    least = config.quote_likeness
    if told and said is True and weight >= PLAIN:
        least = config.quote_likeness_context
    elif (told or said is True) and weight >= PLAIN:
        least = (config.quote_likeness + config.quote_likeness_context) / 2
    if score >= least:
        return 0.5 + 0.48 * (score - least) / (1.0 - least)
    return max(0.5 * score / least, _reset(x, y) if told and said is True else 0.0)


def _built(a: Sequence[str], b: Sequence[str]) -> float:
    """Return how far two sentences are built alike: the words that both have in order, of both.

    Grammar counts: where words were exchanged, the sentence stays; two sentences about one matter
    share its words and little else.
    """
    short, long = sorted((len(a), len(b)))
    return sequence_share(a, b) * sqrt(short / long)


def _plainly(a: Pool, b: Pool) -> float:
    """Judge sentences that share too few rare words to be told by these."""
    x, y, told, said = a.first, b.first, bool(a.rows & b.rows), _speakers(a, b)
    if said is False:
        return 0.0
    if inside(x.key, y.key):
        return 0.75 if told or said is True else 0.0
    if min(len(x.key), len(y.key)) >= LONG and (built := _built(x.key, y.key)) >= EXCERPT:
        return built if said is True else 0.75 * built
    return _reset(x, y) if told and said is True else 0.0


def _reset(a: Piece, b: Piece) -> float:
    """Return how surely two sentences of one claim and speaker are one with most words exchanged.

    Either the sentence stayed and its words were exchanged, or each was translated by itself.
    """
    begin = next(
        (n for n, (x, y) in enumerate(zip(a.key, b.key, strict=False)) if x != y),
        min(len(a.key), len(b.key)),
    )
    ours, theirs = a.key[begin:], b.key[begin:]
    if min(len(ours), len(theirs)) >= LONG and (built := _built(ours, theirs)) >= BUILT:
        return 0.5 + 0.4 * (built - BUILT) / (1.0 - BUILT)
    return _translated(a, b)


def _speakers(a: Pool, b: Pool) -> bool | None:
    """Say whether two wordings are of one source; None where that is not known."""
    told = {
        one_source(x.said.attribution, y.said.attribution)
        for x in _distinct(a)
        for y in _distinct(b)
    }
    return True if True in told else False if False in told else None


def _distinct(pool: Pool) -> list[Piece]:
    return list({p.said.attribution.speaker: p for p in reversed(pool.pieces)}.values())


def _translated(a: Piece, b: Piece) -> float:
    """Return how surely two sentences of one claim and speaker say the same in other words.

    As where each was translated by itself: the figures are the same, names and length alike, and
    hardly another word.
    """
    shared = a.anchors & b.anchors
    figures = [{w for w in p.anchors if w[0].isdigit()} for p in (a, b)]
    short, long = sorted((len(a.key), len(b.key)))
    if figures[0] != figures[1] or 2 * short < long or short <= SHORT:
        return 0.0
    named = {stem(w) for anchor in shared for w in anchor.split()}
    others = sum(a.weights[w] for w in a.weights.keys() & b.weights.keys() - named)
    if others > STRANGE * min(a.weight, b.weight):
        return 0.0
    alike = len(shared) / max(len(a.anchors), len(b.anchors), 1)
    return 0.45 + 0.2 * alike if alike >= 0.5 and (figures[0] or len(shared) > 1) else 0.0


def _framed(a: Piece, b: Piece, shared: Collection[str]) -> bool:
    """Say whether all that two sentences share is how they begin, and each goes on for itself."""
    for piece in (a, b):
        stems = [stem(w) for w in piece.key]
        places = [n for n, word in enumerate(stems) if word in piece.weights]
        common = [n for n in places if stems[n] in shared]
        if len(places) - len(common) < 2 or places[: len(common)] != common:
            return False
    return True


def inside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether the shorter stands in the longer, word for word."""
    short, long = sorted((a, b), key=len)
    return any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))


# ---------------------------------------------------------------- clusters


def _linked(pools: Sequence[Pool], scores: dict[tuple[int, int], float]) -> list[list[int]]:
    """Join pools, the likest first, while all of a cluster are alike; return sorted clusters."""
    parent = list(range(len(pools)))
    members = {n: [n] for n in parent}
    articles = {n: pools[n].articles for n in parent}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        a, b = sorted((root(i), root(j)))
        if score < 0.5:
            break
        if a == b or articles[a] & articles[b]:
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
