"""Scores of claims that two outlets share and of what differs in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from eval.calibration import Case, calibration
from eval.claims import Anchor, Found, Range
from eval.core import Score, balanced_accuracy, score, share
from retold.labels import POSSIBLE
from retold.model import Change, ChangeKind

BINS = 5
"""Bins of the calibration error: the changes are few."""

FACTS = frozenset({ChangeKind.FIGURE, ChangeKind.DATE, ChangeKind.PLACE, ChangeKind.NAME})
VOICES = frozenset({ChangeKind.HEDGE, ChangeKind.ATTRIBUTION})
KINDS = (ChangeKind.FIGURE, ChangeKind.DATE, ChangeKind.HEDGE, ChangeKind.ATTRIBUTION)
"""Those that are common enough to be scored each by itself."""
PRESENCE = frozenset({ChangeKind.ADDITION, ChangeKind.OMISSION})


def parts(found: Sequence[Found]) -> dict[str, Sequence[Found]]:
    """Return the events for development, those held out, and all."""
    return {
        "even events": [f for f in found if f.pair.event % 2 == 0],
        "odd events": [f for f in found if f.pair.event % 2],
        "all": found,
    }


def claims(found: Sequence[Found], *halves: str) -> Iterator[Score]:
    """Recall and precision of the pairs that rows make, over all anchors of each half.

    The simple method's threshold is the best one for the even events.
    """
    split = parts(found)
    line = _threshold(split["even events"])
    for half in halves:
        part = split[half]
        mine = [count for f in part for count in f.counts]
        simple = [_counts(x, _above(f, x, line)) for f in part for x in f.pair.anchors]
        for name, statistic in (("recall", _recall), ("precision", _precision)):
            if part:
                yield score(
                    f"claims shared, {name}, {half}",
                    mine,
                    statistic,
                    statistic(simple),
                    "cosine of TF-IDF",
                )


def _above(found: Found, anchor: Anchor, line: float) -> frozenset[Range]:
    return frozenset(p for p, value in found.plain[anchor.span].items() if value >= line)


def _counts(anchor: Anchor, hits: frozenset[Range]) -> tuple[int, int, int]:
    """Count what is found, wrong and missed, for sentences as labelled."""
    gold = {label.span for label in anchor.labels if label.same}
    return len(gold & hits), len(hits - gold), len(gold - hits)


def _recall(counts: Sequence[tuple[int, int, int]]) -> float:
    hits, missed = sum(c[0] for c in counts), sum(c[2] for c in counts)
    return hits / (hits + missed) if hits + missed else 0.0


def _precision(counts: Sequence[tuple[int, int, int]]) -> float:
    hits, wrong = sum(c[0] for c in counts), sum(c[1] for c in counts)
    return hits / (hits + wrong) if hits + wrong else 0.0


def _threshold(found: Sequence[Found]) -> float:
    """The cosine from which F1 over the anchors of ``found`` is best, in steps of a hundredth."""

    def f1(line: float) -> float:
        counts = [_counts(x, _above(f, x, line)) for f in found for x in f.pair.anchors]
        r, p = _recall(counts), _precision(counts)
        return 2 * r * p / (r + p) if r + p else 0.0

    return max((n / 100 for n in range(1, 100)), key=f1)


def changes(found: Sequence[Found], half: str = "") -> Iterator[Score]:
    """Alarms and recall of changes, contradiction, calibration: on pairs that share a claim.

    All are such that more is better, as floors want it. Their names end in ``half``, if any.
    """
    end = half and f", {half}"
    cases = [x for f in found for x in f.changes]
    naive = [x for f in found for x in f.naive]
    unchanged = [not any(real for _, real in label.changes) for label, _, _ in cases]
    for name, kinds in (
        ("figure, date, place, name", FACTS),
        ("any kind", frozenset(ChangeKind)),
    ):
        silent = [
            not _shows(shown, kinds) for (_, shown, _), u in zip(cases, unchanged, strict=True) if u
        ]
        plain = [not unequal for (_, unequal, _), u in zip(naive, unchanged, strict=True) if u]
        if silent:
            base = (share(plain), "numbers and capitalised words differ") if kinds == FACTS else ()
            yield score(f"unchanged pairs without alarm, {name}{end}", silent, share, *base)
    for name, kinds in (("figure, date, place, name", FACTS), ("hedge, attribution", VOICES)):
        caught, simple = [], []
        for (label, shown, _), (_, _, apart) in zip(cases, naive, strict=True):
            for kind, real in label.changes:
                if real and kind in kinds:
                    caught.append(_shows(shown, FACTS if kinds == FACTS else {kind}))
                    simple.append(apart)
        if caught:
            base = (share(simple), "neither side holds the other's") if kinds == FACTS else ()
            yield score(f"real changes found, {name}{end}", caught, share, *base)
    verdicts = [(label.contradiction, said) for label, _, said in cases]
    if verdicts:
        yield score(f"contradiction, balanced accuracy{end}", verdicts, balanced_accuracy)
    sure = [
        (change.probability, any(k is change.kind and real for k, real in label.changes))
        for label, shown, _ in cases
        for change in shown
        if change.kind not in PRESENCE
    ]
    if sure:
        yield score(f"changes, 1 - expected calibration error{end}", sure, _calibrated)
        rights = [right for probability, right in sure if probability >= POSSIBLE]
        if rights:
            yield score(f"changes shown at .5, precision{end}", rights, share)


def by_kind(found: Sequence[Found], half: str) -> Iterator[Score]:
    """Real changes of one kind that are shown as such, and pairs without one that show none."""
    cases = [x for f in found for x in f.changes]
    for kind in KINDS:
        real = [(kind, True) in label.changes for label, _, _ in cases]
        shows = [_shows(shown, {kind}) for _, shown, _ in cases]
        caught = [s for s, r in zip(shows, real, strict=True) if r]
        silent = [not s for s, r in zip(shows, real, strict=True) if not r]
        if caught:
            yield score(f"real changes found, {kind}, {half}", caught, share)
        if silent:
            yield score(f"1 - false alarms, {kind}, {half}", silent, share)


def _shows(changes: Iterable[Change], kinds: Iterable[ChangeKind]) -> bool:
    wanted = set(kinds) - PRESENCE
    return any(c.probability >= POSSIBLE and c.kind in wanted for c in changes)


def _calibrated(cases: Sequence[Case]) -> float:
    return calibration(cases, BINS)
