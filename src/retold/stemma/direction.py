"""What speaks for one direction between two versions: times, credits, comments, what was cut.

Each weigher looks at a would-be parent and child and returns evidence with its weight in nats; none
is worth more than a wrong clock or a misleading credit would allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig
from retold.model import CreditForm, Evidence, EvidenceKind, Span, rounded
from retold.stemma.coverage import Coverage
from retold.stemma.newsroom import by_codes, by_days, by_edition, lean
from retold.stemma.witness import Witness, agency_key, credits_report_of, same_agency

WHOLE = 0.9
"""Share of words from which on one text counts as holding all of the other: .9 allows for edits."""
PART = 0.7
"""Such a share up to which it holds too little for either to be a cut of the other."""
CUT = 0.2
"""Share of the longer text that must be gone for a cut to be clear."""
SLIGHT = 0.1
"""Such a share up to which lengths tell nothing: of pairs of updates that are so alike in length
the longer is the earlier in every second."""

POLISHED = 0.5
"""Letters by which words are longer on the mean from which on more tells no more. Of two outlets
that report one event for themselves half differ by .23 and one of twenty by .64 (150 pairs, BASIL,
Fan et al. 2019). By judgement."""
ENOUGH = 30
"""Words below which their mean length tells nothing."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is counted of every two versions at once; both (versions, versions)."""

    length: NDArray[np.float64]
    """The mean length, in letters, of those words of the first that say something and stand in
    sentences which the second has too; 0 where they are too few to tell."""
    comments: NDArray[np.int64]
    """How many comments the first has that the second lacks."""


def compared(witnesses: Sequence[Witness], coverage: Coverage) -> Compared:
    """Count what the sentences of every two versions have in common."""
    n = len(witnesses)
    length, comments = np.zeros((n, n)), np.zeros((n, n), dtype=np.int64)
    for version, witness in enumerate(witnesses):
        told = coverage.sentences[version]
        letters, words = np.array(witness.telling, dtype=np.float64).reshape(-1, 2).T @ told
        length[version] = np.where(words >= ENOUGH, letters / np.maximum(words, 1.0), 0.0)
        flagged = np.array(witness.commentary, dtype=np.bool_)
        comments[version] = (~told[flagged]).sum(axis=0)
    return Compared(length, comments)


def direct(
    witnesses: Sequence[Witness],
    coverage: Coverage,
    counted: Compared,
    parent: int,
    child: int,
    config: StemmaConfig,
) -> list[Evidence]:
    """Return all evidence of direction for ``parent`` before ``child``."""
    found = [
        by_time(witnesses[parent], witnesses[child], config),
        by_credit(witnesses[parent], witnesses[child], config),
        by_comment(witnesses, coverage, counted, parent, child, config),
        by_cut(witnesses, coverage, parent, child, config),
        by_polish(counted, parent, child, config),
        by_edition(witnesses[parent], witnesses[child], config),
        by_codes(witnesses[parent], witnesses[child], config),
        by_days(witnesses[parent], witnesses[child], config),
    ]
    return [one for one in found if one is not None]


def by_time(parent: Witness, child: Witness, config: StemmaConfig) -> Evidence | None:
    """A parent is earlier, unless a clock is wrong; the weight is bounded by how often that is."""
    first, second = parent.document.article.published, child.document.article.published
    if first is None or second is None:
        return None
    if _bare(first) or _bare(second):  # a day without a time: only other days tell
        seconds = (second.date() - first.date()).days * 86_400.0
    else:
        seconds = (second - first).total_seconds()
    if not seconds:
        return None
    sure = 1 - exp(-abs(seconds) / config.clock_scale)
    if seconds > 0:
        weight = sure * log(2 * (1 - config.clock_wrong))
        words = f"The parent was published {_lapse(seconds)} before the child."
        return Evidence(EvidenceKind.TIME, rounded(weight), words)
    weight = sure * log(2 * config.clock_wrong)
    words = (
        f"By their dates the parent was published {_lapse(-seconds)} after the child; that holds "
        "only if a date is wrong."
    )
    return Evidence(EvidenceKind.TIME, rounded(weight), words)


def _bare(moment: datetime) -> bool:
    return moment.timetz().replace(tzinfo=None) == time(0)


def _lapse(seconds: float) -> str:
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def credit_span(witness: Witness, key: str) -> tuple[Span, ...]:
    """Return where a version credits ``key`` for its text; nothing where only its byline does."""
    for credit in witness.document.credits:
        if credit.form is not CreditForm.PHOTO and same_agency(agency_key(credit.agency), key):
            return (credit.span,) if credit.span.end > credit.span.start else ()
    return ()


def by_credit(parent: Witness, child: Witness, config: StemmaConfig) -> Evidence | None:
    """A version that credits an agency or outlet takes from its report, not the other way round."""
    if credits_report_of(child, parent):
        words = f"The child credits {_name(child, parent)}, whose report the parent is."
        spans = credit_span(child, parent.own)
        return Evidence(EvidenceKind.CREDIT, rounded(config.credit_weight), words, spans)
    if credits_report_of(parent, child):
        words = f"The parent credits {_name(parent, child)}, whose report the child is."
        spans = credit_span(parent, child.own)
        return Evidence(EvidenceKind.CREDIT, rounded(-config.credit_weight), words, spans)
    return None


def _name(witness: Witness, report: Witness) -> str:
    return next(n for n in witness.agencies if same_agency(agency_key(n), report.own))


def by_comment(
    witnesses: Sequence[Witness],
    coverage: Coverage,
    counted: Compared,
    parent: int,
    child: int,
    config: StemmaConfig,
) -> Evidence | None:
    """Comment is added to a report more often than a report is cleaned of comment."""
    added = int(counted.comments[child, parent]) - int(counted.comments[parent, child])
    weight = config.commentary_weight * added
    weight = max(-config.commentary_most, min(config.commentary_most, weight))
    if not weight:
        return None
    side, other = (child, parent) if weight > 0 else (parent, child)
    more = _comments(witnesses, coverage, side, other)
    who = "child" if weight > 0 else "parent"
    words = f"The {who} comments in stock phrases where the other has nothing ({len(more)}×)."
    spans = tuple(witnesses[side].sentence_span(i) for i in more[:3])
    return Evidence(EvidenceKind.ADDITION, rounded(weight), words, spans)


def _comments(
    witnesses: Sequence[Witness], coverage: Coverage, version: int, other: int
) -> list[int]:
    found = coverage.sentences[version]
    return [i for i, c in enumerate(witnesses[version].commentary) if c and not found[i, other]]


def by_cut(
    witnesses: Sequence[Witness],
    coverage: Coverage,
    parent: int,
    child: int,
    config: StemmaConfig,
) -> Evidence | None:
    """Where one text holds most of the other and is clearly longer, it is oftener the earlier."""
    forth, back = coverage.share[child, parent], coverage.share[parent, child]
    sizes = len(witnesses[parent].words), len(witnesses[child].words)
    held = forth if sizes[0] > sizes[1] else back
    whole = min(1.0, max(0.0, (held - PART) / (WHOLE - PART)))
    gone = 1 - min(sizes) / max(1, *sizes)
    shorter = min(1.0, max(0.0, (gone - SLIGHT) / (CUT - SLIGHT)))
    probability = 0.5 + (config.longer_first - 0.5) * whole * shorter
    weight = rounded(lean(probability, forward=sizes[0] > sizes[1]))
    if not weight:
        return None
    if weight > 0:
        words = "The child stands in the parent, which has more: the child may be a cut."
    else:
        words = "The parent stands in the child, which has more."
    return Evidence(EvidenceKind.OMISSION, weight, words)


def by_polish(counted: Compared, parent: int, child: int, config: StemmaConfig) -> Evidence | None:
    """Who rewrites takes longer words, a language model above all, for what both tell."""
    before, after = float(counted.length[parent, child]), float(counted.length[child, parent])
    if not before or not after:
        return None
    grade = min(1.0, abs(after - before) / POLISHED)
    probability = 0.5 + (config.polished_later - 0.5) * grade
    weight = rounded(lean(probability, forward=after > before))
    if not weight:
        return None
    longer, shorter = ("child", "parent") if after > before else ("parent", "child")
    words = (
        f"For what both tell the {longer} has longer words than the {shorter} "
        f"({max(before, after):.1f} letters, {min(before, after):.1f}), as rewriting makes them."
    )
    return Evidence(EvidenceKind.SHARED_CONTENT, weight, words)


def selective(coverage: Coverage, version: int, config: StemmaConfig) -> NDArray[np.float64]:
    """Return nats against each other version as a child of ``version``; shape (versions,).

    A child keeps of its parent's text without regard to where the parent had it from. If versions p
    and q each have many of this version's sentences but hardly any in common, it merges the two and
    neither is its child: the probability of so small an overlap is hypergeometric.
    """
    has = coverage.sentences[version].astype(np.float64)
    count = len(has)
    overlap = has.T @ has
    kept = np.diag(overlap)
    against = np.zeros(len(kept))
    expected = np.outer(kept, kept) / max(1, count)
    suspects = (overlap < expected / 2) & (np.minimum.outer(kept, kept) >= 3)
    suspects[version, :] = suspects[:, version] = False
    chances = log(max(1.0, len(kept) * (len(kept) - 1) / 2))  # as many pairs could be so by chance
    for p, q in zip(*np.nonzero(suspects), strict=True):
        chance = _at_most(int(overlap[p, q]), count, int(kept[p]), int(kept[q]))
        surprise = max(0.0, -log(max(1e-9, chance)) - chances)
        against[q] = max(against[q], min(config.selective_most, surprise))
    return against


@lru_cache(maxsize=1 << 16)  # the same few numbers come again and again
def _at_most(overlap: int, total: int, first: int, second: int) -> float:
    """Probability that two random choices from ``total`` share at most ``overlap``.

    The hypergeometric distribution function.
    """
    term, summed = 1.0, 0.0
    least = max(0, first + second - total)
    # the probability of the least overlap as a product, so that nothing overflows
    for k in range(second - least):
        term *= (total - first - k) / (total - k) if k < total else 1.0
    if least:
        term = 1.0
        for k in range(total - first):
            term *= (second - k) / (total - k)
    for k in range(least, overlap + 1):
        summed += term
        rest = total - first - second + k + 1
        term *= (first - k) * (second - k) / ((k + 1) * rest) if rest > 0 else 0.0
    return min(1.0, summed)
