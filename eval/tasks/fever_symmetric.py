"""Does the evidence refute the claim? Pairs that differ in little (Schuster et al. 2019).

The judge was fitted to the development part among others; a claim beside a text that it was fitted
to is scored by weights that were fitted without it (``eval/judge.py``). Its rules were set by hand
while looking at that part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from eval.calibration import calibration
from eval.core import GoldError, Score, balanced_accuracy, records, score
from eval.judge import judge
from eval.overlaps import words_held
from retold.collate.conflict import CONTRADICTS
from retold.collate.crossencoder import CrossEncoder

PUBLISHED = {
    "balanced accuracy, refuted or supported": "0.575 to 0.616 (BERT, Schuster et al. 2019)",
}

Gold = tuple[str, str, str]
"""Claim, evidence and label."""

_LABELS = {"SUPPORTS", "REFUTES"}
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_BEFORE_STOP = re.compile(r" ([.,;:!?%)\]]|'s\b|n't\b)")
_AFTER_OPENING = re.compile(r"([(\[$]) ")


def evaluate(path: Path, model: CrossEncoder | None = None) -> list[Score]:
    """Score every ``*.jsonl`` of ``path``: balanced accuracy of "refutes" against "supports".

    A ``model`` judges where there is one.
    """
    gold = load(path)
    sure = _sureness(gold, model)
    cases = [
        (label, "REFUTES" if value >= CONTRADICTS else "SUPPORTS")
        for (_, _, label), (value, _) in zip(gold, sure, strict=True)
    ]
    overlaps = [words_held(claim, evidence) for claim, evidence, _ in gold]
    middle = median(overlaps)
    simple = [
        (label, "REFUTES" if shared < middle else "SUPPORTS")
        for (_, _, label), shared in zip(gold, overlaps, strict=True)
    ]
    return [
        score(
            "balanced accuracy, refuted or supported",
            cases,
            balanced_accuracy,
            balanced_accuracy(simple),
            "fewer of the claim's words in the evidence than the median",
        ),
        score("1 - expected calibration error", sure, calibration),
    ]


def sureness(path: Path) -> list[tuple[float, bool]]:
    """Return the probability that each claim is refuted, and whether it is."""
    return _sureness(load(path))


def _sureness(gold: Sequence[Gold], model: CrossEncoder | None = None) -> list[tuple[float, bool]]:
    refuted = judge([(evidence, claim) for claim, evidence, _ in gold], model)
    return [(p, label == "REFUTES") for p, (_, _, label) in zip(refuted, gold, strict=True)]


def load(path: Path) -> list[Gold]:
    """Read (claim, evidence, label) from every ``*.jsonl`` of a folder, tokenisation undone.

    Raises:
        GoldError: naming file and line, where a record lacks a field or has another label.
    """
    files = sorted(path.glob("*.jsonl"))
    if not files:
        raise GoldError(f"{path}: no .jsonl file")
    wanted = "no claim, evidence and label"
    return [gold for file in files for gold in records(file, _gold, wanted)]


def _gold(record: Any) -> Gold:
    claim, evidence = str(record["claim"]), str(record["evidence"])
    label = str(record.get("gold_label") or record["label"])
    if label not in _LABELS or not claim.strip() or not evidence.strip():
        raise ValueError(f"label {label!r}, or an empty text")
    return plain(claim), plain(evidence), label


def plain(text: str) -> str:
    """Undo the tokenisation of the Penn Treebank: brackets, quotation marks, blanks."""
    text = " ".join(_BRACKETS.get(token, token) for token in text.split())
    return _AFTER_OPENING.sub(r"\1", _BEFORE_STOP.sub(r"\1", text))
