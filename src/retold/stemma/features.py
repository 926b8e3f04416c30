"""What versions have in common, as features: shared wording, shared statements, shared errors.

A feature is something that several versions have and that presumably arose once. How much it speaks
for kinship is its weight in nats: the log of how much likelier it is that two versions share it
because one text lies behind both than because two reporters told the same event.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import log

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig
from retold.model import NameKind, Row, Span
from retold.stemma.runs import Holders, Places, held_by, segments, versions_of
from retold.stemma.witness import GRAM, Witness, pair_weights

Flags = NDArray[np.bool_]
Weights = NDArray[np.float64]

GRAIN = 2.0**30
"""Weights are multiples of ``1 / GRAIN`` nats, so that their sums are exact in whatever order they
are taken, and what weighs alike counts as alike."""


class FeatureKind(Enum):
    """What a feature is made of."""

    PASSAGE = 0
    """Runs of five words and more, word for word."""
    WORDING = 1
    """A rare turn of two or more words outside of longer shared runs."""
    STATEMENT = 2
    """A row: the same statement, in whatever words."""
    ERROR = 3
    """A figure or a name against the majority of its row."""
    READING = 4
    """What several witnesses have, and others have not, at one place of a collated text."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One shared thing. ``spans`` maps the index of each version that has it to where it stands."""

    kind: FeatureKind
    weight: float
    spans: Mapping[int, Span]


@dataclass(frozen=True, slots=True)
class Features:
    """All features of a story. ``has`` is (versions, features), ``weights`` (features,)."""

    listed: tuple[Feature, ...]
    has: Flags
    weights: Weights
    kinds: NDArray[np.int64]
    rare: Weights
    """(versions,): the weight of all rare wording of each version, shared or not."""
    shared_rare: Weights
    """(versions, versions): the weight of the rare wording that two versions share."""
    loci: NDArray[np.int64]
    """(features,): the row that a wording stands in; -1 for what stands in none, and for statements
    and errors. A text has one wording of a row."""

    def common(self, a: int, b: int, *kinds: FeatureKind) -> list[Feature]:
        """Return the features that both versions have, of these kinds, heaviest first."""
        wanted = {kind.value for kind in kinds}
        both = np.flatnonzero(self.has[a] & self.has[b])
        found = [self.listed[i] for i in both if self.kinds[i] in wanted]
        return sorted(found, key=lambda f: (-f.weight, f.spans[a], f.spans[b]))


def spread(versions: int, holders: int) -> float:
    """Return 1 for what two versions have, less the more have it: what all tell shows little.

    ``log((n + 2) / k) / log((n + 2) / 2)``, the smoothed inverse frequency within the story.
    """
    return log((versions + 2) / holders) / log((versions + 2) / 2)


SAME_TEXT = 0.7
"""Containment of word 5-grams from which on two versions count as one text when tellings are
counted."""


def texts(holders: Holders, places: Places) -> list[int]:
    """Return, for each version, which text it is: copies and cuts of one text have one number.

    Ten copies of a report are no ten tellings, so that how many tell a thing is counted by texts.
    """
    n = len(places)
    shared = np.zeros((n, n))
    for mask, count in sorted(Counter(holders.values()).items()):
        members = versions_of(mask)
        shared[np.ix_(members, members)] += count
    own = np.maximum(1.0, np.diag(shared))
    same = shared / own[:, None] >= SAME_TEXT
    label = list(range(n))
    for a, b in zip(*np.nonzero(same | same.T), strict=True):
        low, high = sorted((label[a], label[b]))
        if low != high:
            label = [low if x == high else x for x in label]
    return label


class Tellings:
    """Counts how widely something is told among the texts of a story."""

    def __init__(self, label: Sequence[int]) -> None:
        """``label`` numbers the text of each version."""
        self._label = label
        self._all = len(set(label))

    def spread(self, holders: Iterable[int]) -> float:
        """Return :func:`spread` over texts; copies among themselves count as two."""
        return spread(max(2, self._all), max(2, len({self._label[h] for h in holders})))


def extract(witnesses: Sequence[Witness], rows: Sequence[Row], config: StemmaConfig) -> Features:
    """Find the features of a story. Work grows with the words and with pairs of holders."""
    n = len(witnesses)
    gram_holders, gram_places = held_by([w.grams() for w in witnesses])
    rarity = [pair_weights(w) for w in witnesses]
    listed = list(_passages(witnesses, gram_holders, gram_places, rarity, config))
    told = Tellings(texts(gram_holders, gram_places))
    pairs = [_rare_pairs(w, r, config.rare_pair) for w, r in zip(witnesses, rarity, strict=True)]
    pair_holders, pair_places = held_by(pairs)
    covered = _covered(gram_holders, gram_places)
    listed += _wordings(witnesses, pair_holders, pair_places, covered, rarity, told, config)
    listed += statements(witnesses, rows, told, config)
    listed += errors(witnesses, rows, config)
    listed.sort(key=lambda f: (f.kind.value, sorted(f.spans.values())))
    has = np.zeros((n, len(listed)), dtype=np.bool_)
    for index, feature in enumerate(listed):
        has[list(feature.spans), index] = True
    weights = np.rint(np.array([f.weight for f in listed], dtype=np.float64) * GRAIN) / GRAIN
    kinds = np.array([f.kind.value for f in listed], dtype=np.int64)
    rare, shared = _rare_totals(told, pair_holders, pair_places, rarity)
    loci = _loci(witnesses, rows, listed)
    return Features(tuple(listed), has, weights, kinds, rare, shared, loci)


def _loci(
    witnesses: Sequence[Witness], rows: Iterable[Row], listed: Sequence[Feature]
) -> NDArray[np.int64]:
    """For each wording the row that it begins in, by its first holder whose sentence has one."""
    row_of: dict[tuple[int, int], int] = {}
    for place, (_, by_version) in enumerate(located(witnesses, rows)):
        for version, spans in by_version.items():
            for span in spans:
                for sentence in sentences_of(witnesses[version], span):
                    row_of.setdefault((version, sentence), place)
    found = np.full(len(listed), -1, dtype=np.int64)
    for index, feature in enumerate(listed):
        if feature.kind in {FeatureKind.PASSAGE, FeatureKind.WORDING}:
            for version, span in sorted(feature.spans.items()):
                first = sentences_of(witnesses[version], span)[:1]
                if first and (version, first[0]) in row_of:
                    found[index] = row_of[version, first[0]]
                    break
    return found


def _passages(
    witnesses: Sequence[Witness],
    holders: Holders,
    places: Places,
    rarity: Sequence[Sequence[float]],
    config: StemmaConfig,
) -> Iterable[Feature]:
    for mask, version, first, last, start, end in segments(holders, places):
        heft = sum(rarity[version][start : end + GRAM - 1])
        count = end - start + 1
        # runs of neighbouring sets of holders overlap by four words: what is short counts less
        weight = min(config.passage_most, config.passage_weight * heft) * count / (count + 2)
        if weight < config.feature_least:
            continue
        spans = {}
        for member in versions_of(mask):
            begin, finish = places[member][first], places[member][last]
            finish = max(begin, finish)  # where it stands in another order, show how it begins
            spans[member] = witnesses[member].span(begin, finish + GRAM - 1)
        yield Feature(FeatureKind.PASSAGE, weight, spans)


def _rare_pairs(
    witness: Witness, rarity: Sequence[float], least: float
) -> list[tuple[int, tuple[str, ...]]]:
    forms = [w.form for w in witness.words]
    return [(i, (forms[i], forms[i + 1])) for i, rare in enumerate(rarity) if rare >= least]


def _covered(holders: Holders, places: Places) -> list[dict[int, int]]:
    """For each version, which versions share a long run over each pair of words."""
    covered: list[dict[int, int]] = []
    for first in places:
        masks: dict[int, int] = {}
        for unit, place in first.items():
            mask = holders[unit]
            if mask & (mask - 1):
                for at in range(place, place + GRAM - 1):
                    masks[at] = masks.get(at, 0) | mask
        covered.append(masks)
    return covered


def _wordings(
    witnesses: Sequence[Witness],
    holders: Holders,
    places: Places,
    covered: Sequence[Mapping[int, int]],
    rarity: Sequence[Sequence[float]],
    told: Tellings,
    config: StemmaConfig,
) -> Iterable[Feature]:
    for mask, version, first, last, start, end in segments(holders, places):
        over = covered[version]
        if all(over.get(at, 0) & mask == mask for at in range(start, end + 1)):
            continue  # a longer run, counted already, says the same
        members = versions_of(mask)
        heft = config.wording_weight * sum(rarity[version][start : end + 1])
        weight = min(config.wording_most, heft) * told.spread(members)
        if weight < config.feature_least:
            continue
        spans = {}
        for member in members:
            begin, finish = places[member][first], places[member][last]
            finish = begin + end - start if finish - begin != end - start else finish
            finish = min(finish, len(witnesses[member].words) - 2)
            spans[member] = witnesses[member].span(begin, finish + 1)
        yield Feature(FeatureKind.WORDING, weight, spans)


def _rare_totals(
    told: Tellings, holders: Holders, places: Places, rarity: Sequence[Sequence[float]]
) -> tuple[Weights, Weights]:
    """How much rare wording each version has, and each two share, what all have counting less."""
    n = len(places)
    total = np.zeros(n)
    shared = np.zeros((n, n))
    for unit, mask in sorted(holders.items()):
        members = versions_of(mask)
        version = members[0]
        weight = rarity[version][places[version][unit]] * told.spread(members)
        total[members] += weight
        if len(members) > 1:
            shared[np.ix_(members, members)] += weight
    return total, shared


# ------------------------------------------------------------- statements and errors


def located(
    witnesses: Sequence[Witness], rows: Iterable[Row]
) -> list[tuple[Row, dict[int, list[Span]]]]:
    """Return each row that several versions have, with its spans by index of the version."""
    index = {w.id: i for i, w in enumerate(witnesses)}
    found = []
    for row in sorted(rows, key=lambda r: r.id):
        by_version: dict[int, list[Span]] = defaultdict(list)
        for span in sorted(row.spans):
            if span.article in index:
                by_version[index[span.article]].append(span)
        if len(by_version) > 1:
            found.append((row, dict(by_version)))
    return found


def sentences_of(witness: Witness, span: Span) -> list[int]:
    """Return the indices of the sentences that a span touches."""
    starts = [s.span.start for s in witness.document.sentences]
    first = max(0, bisect_left(starts, span.start + 1) - 1)
    last = bisect_left(starts, span.end)
    sentences = witness.document.sentences
    return [i for i in range(first, last) if sentences[i].span.overlap(span)]


def statements(
    witnesses: Sequence[Witness], rows: Iterable[Row], told: Tellings, config: StemmaConfig
) -> Iterable[Feature]:
    """Rows as features: few versions with a statement show kinship, all with it the event."""
    for row, by_version in located(witnesses, rows):
        plain = any(
            witnesses[v].specific[s]
            for v, spans in by_version.items()
            for span in spans
            for s in sentences_of(witnesses[v], span)
        )
        rare = max(config.statement_least, told.spread(by_version))
        weight = config.statement_weight * row.probability * rare
        weight *= 1.0 if plain else config.vague_statement
        if weight >= config.feature_least:
            spans_of = {v: spans[0] for v, spans in sorted(by_version.items())}
            yield Feature(FeatureKind.STATEMENT, weight, spans_of)


def errors(
    witnesses: Sequence[Witness], rows: Iterable[Row], config: StemmaConfig
) -> Iterable[Feature]:
    """Figures and names that a minority of a row has instead of the majority's."""
    marked = [_Marked(witness) for witness in witnesses]
    for _, by_version in located(witnesses, rows):
        if len(by_version) < config.error_versions:
            continue
        readings: dict[tuple[str, ...], dict[str, dict[int, Span]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for version, spans in sorted(by_version.items()):
            for slot, value, span in _values(marked[version], spans):
                readings[slot][value].setdefault(version, span)
        for slot in sorted(readings):
            yield from _minorities(readings[slot], config)


class _Marked:
    """The figures, persons and places of one version: (slot, value, span) in their order."""

    def __init__(self, witness: Witness) -> None:
        self.values: list[tuple[tuple[str, ...], str, Span]] = [
            (("figure", f.unit, f.counted), f"{f.low:g}-{f.high:g}", f.span)
            for f in witness.document.figures
        ]
        self.values += [
            (("name", str(name.kind)), name.entity, name.span)
            for name in witness.document.names
            if name.kind in {NameKind.PERSON, NameKind.PLACE}
        ]
        self._order = sorted((v[2].start, at) for at, v in enumerate(self.values))

    def within(self, span: Span) -> Iterable[int]:
        """Return the places in ``values`` of what stands inside ``span``."""
        low, high = (bisect_left(self._order, (at, -1)) for at in (span.start, span.end + 1))
        return [at for _, at in self._order[low:high] if span.contains(self.values[at][2])]


def _values(marked: _Marked, spans: Sequence[Span]) -> Iterable[tuple[tuple[str, ...], str, Span]]:
    """(slot, value, span) of the figures and names in these spans; a slot with one value only."""
    found: dict[tuple[str, ...], list[tuple[str, Span]]] = defaultdict(list)
    for at in sorted({at for s in spans for at in marked.within(s)}):
        slot, value, span = marked.values[at]
        found[slot].append((value, span))
    for slot, values in sorted(found.items()):
        if len({value for value, _ in values}) == 1:
            yield slot, *values[0]


def _minorities(
    values: Mapping[str, Mapping[int, Span]], config: StemmaConfig
) -> Iterable[Feature]:
    counts = Counter({value: len(holders) for value, holders in values.items()})
    total = sum(counts.values())
    most = max(counts.values())
    if total < config.error_versions or most * 2 <= total:
        return
    for _, holders in sorted(values.items()):
        if 2 <= len(holders) < most:
            yield Feature(FeatureKind.ERROR, config.error_weight, dict(holders))
