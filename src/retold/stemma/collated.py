"""The stemma of any collated text: the readings of its witnesses are the evidence.

What several witnesses share at a place where others differ presumably arose once, as a rare turn of
news does; the same model over trees weighs it. A reading that all share, or that one has alone,
says nothing of kinship; what one has alone shows that it is not the source of the others, which
have the common reading without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig
from retold.model import (
    Article,
    Collation,
    Document,
    Evidence,
    EvidenceKind,
    Sentence,
    Span,
    Tradition,
    identify,
    rounded,
)
from retold.stemma.coverage import Coverage
from retold.stemma.evidence import infer
from retold.stemma.features import GRAIN as STEPS
from retold.stemma.features import Feature, FeatureKind, Features, Flags, spread
from retold.stemma.mutual import Mutual
from retold.stemma.nodes import Evidences
from retold.stemma.witness import Witness, observe
from retold.text import words

Table = NDArray[np.float64]

READING = 0.7
"""Nats that a shared reading lends, as a shared statement does: scribes and editors hit upon the
same change independently in about one case of two where there are few ways to change a place."""
WIDESPREAD = 0.4
"""Factor on that where nearly all witnesses share it; 1 where two do."""
OMISSION = 0.5
"""Factor on that where what they share is an omission: words are easily skipped twice."""
COMMON = 0.1
"""Nats of direction for each place where one of two has the reading of most and the other not."""
COMMON_MOST = 1.5
"""Nats for all of these: a reading is not the older for being copied more often."""
DROPPED = 0.2
"""Nats of direction for each place where one of two omits what the other has."""
DROPPED_MOST = 1.0
"""Nats for all of these."""


def derive(collation: Collation, config: StemmaConfig | None = None) -> Tradition:
    """Work out who derives from whom from a collation alone."""
    config = config or StemmaConfig()
    folded = [tuple(None if r is None else _fold(r) for r in row) for row in collation.places]
    told, spans = _documents(collation)
    witnesses = tuple(observe(document) for document in told)
    features = _features(folded, spans, len(witnesses))
    coverage = _coverage(folded, witnesses)
    facing, direction = _direction(folded, spans, len(witnesses))
    n = len(witnesses)
    nothing = np.zeros((n, n))
    none = [np.zeros(len(flags), dtype=np.bool_) for flags in coverage.sentences]
    evidences = Evidences(
        witnesses,
        features,
        coverage,
        direction,
        facing,
        nothing,
        nothing.copy(),
        Mutual(none, coverage, config),
        np.zeros(n, dtype=np.bool_),
    )
    name = identify("collation", collation.name, *collation.witnesses)
    return Tradition(collation, infer(name, "readings", evidences, config))


def _fold(reading: str) -> str:
    """Return what of a reading counts: its words, not how they are written or pointed."""
    return " ".join(w.form for w in words(reading)) or reading


Spans = list[dict[int, Span]]
"""By place, where the reading of each witness that can be read there stands in its text."""


def _documents(collation: Collation) -> tuple[list[Document], Spans]:
    """Return each witness as a text, its readings a line each; a sentence is a place."""
    found: list[Document] = []
    spans: Spans = [{} for _ in collation.places]
    for column, siglum in enumerate(collation.witnesses):
        sentences, lines, at = [], [], 0
        for place, row in enumerate(collation.places):
            reading = row[column]
            if reading is None:
                continue
            lines.append(reading or "[om.]")
            spans[place][column] = Span(siglum, at, at + len(lines[-1]))
            sentences.append(Sentence(spans[place][column], place, (0, 0)))
            at += len(lines[-1]) + 1
        article = Article(siglum, "\n".join(lines), title=siglum, outlet=siglum)
        found.append(Document(article, tuple(sentences)))
    return found, spans


def _features(places: Sequence[tuple[str | None, ...]], spans: Spans, n: int) -> Features:
    listed: list[Feature] = []
    loci: list[int] = []
    for place, row in enumerate(places):
        holders: dict[str, list[int]] = defaultdict(list)
        for witness, reading in enumerate(row):
            if reading is not None:
                holders[reading].append(witness)
        for reading, who in sorted(holders.items()):
            if len(who) < 2 or len(holders) < 2:
                continue
            weight = READING * max(WIDESPREAD, spread(n, len(who)))
            weight *= 1.0 if reading else OMISSION
            listed.append(Feature(FeatureKind.READING, weight, {w: spans[place][w] for w in who}))
            loci.append(place)
    has = np.zeros((n, len(listed)), dtype=np.bool_)
    for index, feature in enumerate(listed):
        has[list(feature.spans), index] = True
    weights = np.rint(np.array([f.weight for f in listed], dtype=np.float64) * STEPS) / STEPS
    kinds = np.full(len(listed), FeatureKind.READING.value, dtype=np.int64)
    held = has.astype(np.float64)
    shared = (held * weights) @ held.T
    rare, where = np.diag(shared).copy(), np.array(loci, dtype=np.int64)
    return Features(tuple(listed), has, weights, kinds, rare, shared, where)


def _coverage(places: Sequence[tuple[str | None, ...]], witnesses: Sequence[Witness]) -> Coverage:
    """Say of each place, and of each word, which other witnesses have the same reading there."""
    n = len(witnesses)
    sentences: list[Flags] = []
    by_word: list[Flags] = []
    share = np.zeros((n, n))
    for a, witness in enumerate(witnesses):
        same = [[b == row[a] for b in row] for row in places if row[a] is not None]
        flags: Flags = np.array(same, dtype=np.bool_).reshape(-1, n)
        sentences.append(flags)
        by_word.append(flags[np.array(witness.sentence, dtype=np.int64)])
        share[a] = flags.mean(axis=0) if len(flags) else 0.0
    return Coverage(tuple(sentences), share, tuple(by_word))


def _direction(
    places: Sequence[tuple[str | None, ...]], spans: Spans, n: int
) -> tuple[Table, dict[tuple[int, int], list[Evidence]]]:
    """Weigh, for each two witnesses, which has what most have, and which has what one omits."""
    common: dict[tuple[int, int], list[int]] = defaultdict(list)
    fuller: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, row in enumerate(places):
        counts: dict[str, int] = defaultdict(int)
        for reading in row:
            if reading is not None:
                counts[reading] += 1
        most = next((r for r, c in sorted(counts.items()) if 2 * c > sum(counts.values())), None)
        for p in range(n):
            for c in range(n):
                mine, other = row[p], row[c]
                if mine is None or other is None or mine == other:
                    continue
                if mine == most:
                    common[p, c].append(place)
                if mine and not other:
                    fuller[p, c].append(place)
    facing = np.zeros((n, n))
    direction: dict[tuple[int, int], list[Evidence]] = {}
    for p in range(n):
        for c in range(n):
            found = []
            for kind, each, most_nats, table, words_for in (
                (EvidenceKind.SHARED_READING, COMMON, COMMON_MOST, common, "what most have"),
                (EvidenceKind.OMISSION, DROPPED, DROPPED_MOST, fuller, "words the other omits"),
            ):
                ours, theirs = table.get((p, c), []), table.get((c, p), [])
                nats = max(-most_nats, min(most_nats, each * (len(ours) - len(theirs))))
                if not nats:
                    continue
                explanation = (
                    f"Where the two differ, the parent has {words_for} at {len(ours)}, the child at"
                    f" {len(theirs)} of the places."
                )
                shown = [spans[place][w] for place in (ours or theirs)[:2] for w in (c, p)]
                found.append(Evidence(kind, rounded(nats), explanation, tuple(shown)))
            if found:
                direction[p, c] = found
                facing[p, c] = sum(e.weight for e in found)
    return facing, direction
