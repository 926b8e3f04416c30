"""Verbatim and near passages of a pile: pairs proposed, aligned and told as matches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise, product

import numpy as np
from numpy.typing import NDArray

from retold import lexicon
from retold.config import ReuseConfig
from retold.engine import Progress, silent
from retold.model import Document, Edit, Match, MatchKind, Span, make_match
from retold.reuse.align import Aligned, Limits, aligned, passages, texts
from retold.reuse.pairs import candidate_pairs
from retold.reuse.shingles import Codes, encode
from retold.text import Word, words

_STAGE = "reuse"
_STRAYS = 2
"""Words at an end of a passage that are dropped where a paragraph parts them from the rest."""
_TOLD_EVERY = 64
"""Pairs between two calls of the progress."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """A text as words, and the articles that have it, word for word."""

    codes: Codes
    gains: NDArray[np.float64]
    """What it is worth that a word is equal, 0..1."""
    alone: list[float]
    """What each word tells, in nats, beyond a common one where the word before it does not
    count."""
    follows: list[float]
    """Running sum of what each word tells beyond a common one, given the word before it; one longer
    than the text."""
    holders: tuple[_Holder, ...]


@dataclass(frozen=True, slots=True)
class _Holder:
    """An article, and where its words stand."""

    document: Document
    starts: list[int]
    ends: list[int]
    breaks: frozenset[int]
    """The words that begin a paragraph."""
    spans: dict[tuple[int, int], Span]
    """By first word and number of words: an article has the same passages with many others."""

    def span(self, first: int, count: int) -> Span:
        """Return the span of ``count`` words; of none, the place after the last word before."""
        span = self.spans.get((first, count))
        if span is None:
            end = self.ends[first + count - 1]
            span = Span(self.document.id, self.starts[first] if count else end, end)
            self.spans[first, count] = span
        return span


def find(
    documents: Sequence[Document],
    config: ReuseConfig | None = None,
    progress: Progress = silent,
) -> list[Match]:
    """Return the verbatim and near passages between any two articles, sorted by articles and place.

    A passage is as long as it can be, may run over sentences and paragraphs, and overlaps no other
    passage of the same two articles. Passages of nothing but common wording are left out, and so
    are those that lie in asides (captions, embedded posts) in both articles. The order of
    ``documents`` is of no account.
    """
    config = config or ReuseConfig()
    wordings = _wordings(documents, config)
    pairs = candidate_pairs(
        [wording.codes for wording in wordings], config.shingle, config.shingle_articles
    )
    found: list[Match] = []
    for wording in wordings:
        if len(wording.holders) > 1 and (whole := _whole(wording, config)):
            for a, b in combinations(wording.holders, 2):
                found.extend(_matches(whole, a, b))
    ready = texts([w.codes for w in wordings], [w.gains for w in wordings], config.shingle)
    limits = Limits(config.shingle, config.gap, config.near_share, config.repeats)
    telling = [partial(_is_telling, wording=wording, config=config) for wording in wordings]
    progress(_STAGE, 0, len(pairs))
    for done, (first, second) in enumerate(pairs.tolist(), start=1):
        one, other = wordings[first], wordings[second]
        shared = passages(ready[first], ready[second], limits, telling[first])
        if shared:
            for a, b in product(one.holders, other.holders):
                found.extend(_matches(shared, a, b))
        if done % _TOLD_EVERY == 0 or done == len(pairs):
            progress(_STAGE, done, len(pairs))
    return sorted(found, key=lambda m: (m.a.article, m.b.article, m.a, m.b))


def _wordings(documents: Sequence[Document], config: ReuseConfig) -> list[_Wording]:
    """The distinct texts of the pile, sorted by their words."""
    holders: dict[bytes, list[_Holder]] = {}
    forms_of: dict[bytes, list[str]] = {}
    for document in sorted({d.id: d for d in documents}.values(), key=lambda d: d.id):
        found = words(document.article.text)
        forms = [word.form for word in found]
        key = encode(forms).tobytes()
        forms_of.setdefault(key, forms)
        starts, ends = [word.start for word in found], [word.end for word in found]
        holders.setdefault(key, []).append(
            _Holder(document, starts, ends, _breaks(document, found), {})
        )
    pair_rarity: dict[tuple[str, str], float] = {}
    return [
        _wording(forms_of[key], tuple(holders[key]), config, pair_rarity) for key in sorted(holders)
    ]


def _wording(
    forms: Sequence[str],
    holders: tuple[_Holder, ...],
    config: ReuseConfig,
    pair_rarity: dict[tuple[str, str], float],
) -> _Wording:
    """Weigh the words of a text.

    A word after another carries what the pair carries beyond the first word (a Markov chain of
    document frequencies), and no less than alone where the pair was never seen; within a name it
    carries nothing, as a name is one thing however many words it has.
    """
    alone = np.array([lexicon.idf(form) for form in forms], dtype=np.float64)
    follows = np.zeros(len(forms) + 1, dtype=np.float64)
    inside, rarest = _inside_names(holders[0]), lexicon.idf("")
    for at in range(1, len(forms)):
        if at in inside:
            continue
        pair = (forms[at - 1], forms[at])
        if pair not in pair_rarity:
            pair_rarity[pair] = lexicon.pair_rarity(*pair)
        least = alone[at] if pair_rarity[pair] >= rarest else 0.0
        told = max(least, pair_rarity[pair] - alone[at - 1])
        follows[at + 1] = told - config.common_rate
    gain = config.common_word_gain
    return _Wording(
        codes=encode(forms),
        gains=gain + (1 - gain) * np.minimum(1.0, alone / config.full_gain_idf),
        alone=(alone - config.common_rate).tolist(),
        follows=np.cumsum(follows).tolist(),
        holders=holders,
    )


def _breaks(document: Document, found: Sequence[Word]) -> frozenset[int]:
    text = document.article.text
    return frozenset(
        at
        for at, (before, after) in enumerate(pairwise(found), start=1)
        if "\n" in text[before.end : after.start]
    )


def _inside_names(holder: _Holder) -> set[int]:
    """The places of the words that continue a name."""
    inside: set[int] = set()
    for name in holder.document.names:
        first = bisect_left(holder.starts, name.span.start)
        last = bisect_left(holder.starts, name.span.end)
        inside.update(range(first + 1, last))
    return inside


def _whole(wording: _Wording, config: ReuseConfig) -> list[Aligned]:
    """The passage of a text with itself: all of it, where it is long enough to count."""
    count = len(wording.codes)
    whole = aligned(0, 0, ((count, count),))
    return [whole] if count and _is_telling(whole, wording, config) else []


def _is_telling(passage: Aligned, wording: _Wording, config: ReuseConfig) -> bool:
    """Say whether a passage is more than common wording."""
    equal = passage.equal
    if equal < config.passage_words:
        return False
    if equal >= config.long_words:
        return True
    alone, follows = wording.alone, wording.follows
    told = (alone[i] + follows[i + n] - follows[i + 1] for i, _, n in passage.stretches())
    return sum(max(0.0, each) for each in told) >= config.passage_rarity


def _matches(shared: Sequence[Aligned], a: _Holder, b: _Holder) -> list[Match]:
    """Tell the passages of two texts as matches of two articles that have them."""
    found = []
    for whole in shared:
        passage = _trimmed(whole, a.breaks, b.breaks)
        span_a = a.span(passage.i, passage.words_a)
        span_b = b.span(passage.j, passage.words_b)
        if _in_aside(a.document, span_a) and _in_aside(b.document, span_b):
            continue
        if len(passage.ops) == 1:
            found.append(make_match(span_a, span_b, MatchKind.VERBATIM, 1.0, "alignment"))
            continue
        edits, i, j = [], passage.i, passage.j
        for da, db in passage.ops:
            if da > 0:
                i, j = i + da, j + db
            else:
                edits.append(Edit(a.span(i, -da), b.span(j, -db)))
                i, j = i - da, j - db
        found.append(
            make_match(span_a, span_b, MatchKind.NEAR, passage.share, "alignment", tuple(edits))
        )
    return found


def _trimmed(passage: Aligned, breaks_a: AbstractSet[int], breaks_b: AbstractSet[int]) -> Aligned:
    """Leave out a word or two that a passage has of the paragraph before or after its own."""
    i, j, ops = passage.i, passage.j, list(passage.ops)
    end_i, end_j = i + passage.words_a, j + passage.words_b
    for count in range(_STRAYS, 0, -1):
        if ops[0][0] > count and (i + count in breaks_a or j + count in breaks_b):
            ops[0] = (ops[0][0] - count, ops[0][1] - count)
            i, j = i + count, j + count
            break
    for count in range(_STRAYS, 0, -1):
        if ops[-1][0] > count and (end_i - count in breaks_a or end_j - count in breaks_b):
            ops[-1] = (ops[-1][0] - count, ops[-1][1] - count)
            break
    return aligned(i, j, ops)


def _in_aside(document: Document, span: Span) -> bool:
    return any(aside.span.contains(span) for aside in document.asides)
