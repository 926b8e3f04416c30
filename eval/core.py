"""Scores with confidence intervals, and the errors of bad gold data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Case = TypeVar("Case")

ROUNDS = 1000
"""Bootstrap resamples (Efron & Tibshirani 1993, ch. 13): enough for two decimals of a 95 %
interval."""


class GoldError(Exception):
    """The labelled data are not what the loader expects; names the file and the line."""


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of quality."""

    name: str
    value: float
    low: float
    """Lower end of the 95 % percentile bootstrap interval."""
    high: float
    n: int
    """Cases that the figure rests on."""
    baseline: float | None = None
    """The same figure for the simple method named in ``baseline_name``."""
    baseline_name: str = ""


def records(file: Path, read: Callable[[Any], Case], wanted: str) -> list[Case]:
    """Read the lines of a JSON Lines file; ``read`` takes what a line holds.

    Raises:
        GoldError: naming file, line and what was ``wanted`` there, where a line is no JSON, or
            ``read`` raises a ValueError, KeyError or TypeError.
    """
    if not file.is_file():
        raise GoldError(f"{file}: no such file")
    found = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                found.append(read(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise GoldError(f"{file}:{number}: {wanted} ({error})") from None
    return found


def score(
    name: str,
    cases: Sequence[Case],
    statistic: Callable[[Sequence[Case]], float],
    baseline: float | None = None,
    baseline_name: str = "",
    seed: int = 0,
) -> Score:
    """Return ``statistic(cases)`` with its percentile bootstrap interval over resampled cases."""
    if not cases:
        raise GoldError(f"{name}: no cases to score")
    generator = np.random.default_rng(seed)
    samples = []
    for _ in range(ROUNDS):
        picks = generator.integers(0, len(cases), len(cases))
        samples.append(statistic([cases[i] for i in picks]))
    low, high = np.percentile(samples, [2.5, 97.5])
    return Score(
        name,
        round(float(statistic(cases)), 4),
        round(float(low), 4),
        round(float(high), 4),
        len(cases),
        None if baseline is None else round(baseline, 4),
        baseline_name,
    )


def f1(counts: Sequence[tuple[float, float, float]]) -> float:
    """Return micro-averaged F1 over cases of (true positives, false positives, false negatives)."""
    tp, fp, fn = (sum(column) for column in zip(*counts, strict=True))
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def share(cases: Sequence[object]) -> float:
    """Return the share of cases that are true."""
    return sum(map(bool, cases)) / len(cases)


def accuracy(cases: Sequence[tuple[object, object]]) -> float:
    """Return the share of (gold, predicted) cases that agree."""
    return sum(gold == predicted for gold, predicted in cases) / len(cases)


def balanced_accuracy(cases: Sequence[tuple[object, object]]) -> float:
    """Return the mean recall over the gold classes of (gold, predicted) cases."""
    recalls = []
    for label in sorted({str(gold) for gold, _ in cases}):
        of_label = [str(predicted) == label for gold, predicted in cases if str(gold) == label]
        recalls.append(sum(of_label) / len(of_label))
    return sum(recalls) / len(recalls)


def auc(cases: Sequence[tuple[float, float]]) -> float:
    """Return how often a positive score beats a negative one, over all pairs of the two columns."""
    return _beaten([positive for positive, _ in cases], [negative for _, negative in cases])


def auc_labelled(cases: Sequence[tuple[float, bool]]) -> float:
    """Return the same for (score, whether it is positive); .5 where all are of one kind."""
    positives, negatives = ([v for v, label in cases if label is side] for side in (True, False))
    return _beaten(positives, negatives) if positives and negatives else 0.5


def _beaten(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Return the share of pairs won; ties count half (Hanley & McNeil 1982).

    By ranks, so that n scores cost n log n.
    """
    ranked = np.sort(negatives)
    below = np.searchsorted(ranked, positives, "left")
    tied = np.searchsorted(ranked, positives, "right") - below
    return float((below + tied / 2).sum() / (len(positives) * len(negatives)))


def data_hash(path: Path) -> str:
    """Return ``sha256:`` over the names and bytes of every file below ``path``."""
    digest = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        digest.update(file.relative_to(path).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return f"sha256:{digest.hexdigest()}"
