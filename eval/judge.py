"""The weights by which a set is scored that the judge was fitted to: those that have not seen it.

``tools/fit_judge.py`` divides what it fits the judge to by document and keeps, in
``eval/data/judge_folds.json``, the weights without each part. A text that none of them has seen is
judged by what ships.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from retold.collate.conflict import weights

FOLDS = Path(__file__).with_name("data") / "judge_folds.json"


def mark(evidence: str) -> str:
    """Return what a text of evidence is known by."""
    return hashlib.sha256(evidence.encode()).hexdigest()[:12]


@cache
def _folds() -> tuple[list[dict[str, float]], dict[str, int]]:
    if not FOLDS.is_file():
        return [], {}
    raw = json.loads(FOLDS.read_text("utf-8"))
    fold_of = {name: n for n, names in enumerate(raw["held_out"]) for name in names}
    return raw["weights"], fold_of


def seen(evidence: str) -> bool:
    """Say whether the judge was fitted to claims beside this text."""
    return mark(evidence) in _folds()[1]


def held_out(evidence: str) -> Mapping[str, float]:
    """Return weights that were not fitted to claims beside this text."""
    folds, fold_of = _folds()
    fold = fold_of.get(mark(evidence))
    return weights() if fold is None else folds[fold]
