"""Is a summary consistent with its document? Edited summaries of news (Laban et al. 2023).

``*.jsonl`` with ``doc``, ``summary``, ``label`` (1 consistent, 0 not) and ``edit_types``. The judge
was fitted to the development part among others; a document that it was fitted to is scored by
weights that were fitted without it (``eval/judge.py``). The simple method calls the half of the
summaries inconsistent of whose words the fewest stand in the document.

``recall`` is the share of inconsistent summaries with an edit of that type that are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from eval.calibration import calibration
from eval.core import GoldError, Score, auc_labelled, balanced_accuracy, records, score, share
from eval.judge import judge, seen
from eval.overlaps import words_held
from retold.collate.conflict import CONTRADICTS
from retold.collate.crossencoder import CrossEncoder

PUBLISHED = dict.fromkeys(
    ("balanced accuracy", "balanced accuracy, cross-validated by document"),
    "0.619 (SummaC-Conv), 0.744 (QAFactEval), 0.833 (GPT-4), 0.900 (human; Laban et al. 2023)",
)

TYPES = {
    "entity_modification": "another entity",
    "antonym_swap": "an antonym",
    "negation_insertion_removal": "a negation",
    "hallucinated_fact_insertion": "a fact put in",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A summary beside its document."""

    document: str
    summary: str
    consistent: bool
    types: tuple[str, ...]
    """How it was edited, where it is not consistent."""


def evaluate(path: Path, model: CrossEncoder | None = None) -> list[Score]:
    """Score every ``*.jsonl`` of ``path``: balanced accuracy, and recall by type of edit.

    A ``model`` judges where there is one.
    """
    cases = load(path)
    found = _judge(cases, model)
    shares = [words_held(c.summary, c.document) for c in cases]
    middle = median(shares)
    simple = [(c.consistent, s >= middle) for c, s in zip(cases, shares, strict=True)]
    told = [(c.consistent, p < CONTRADICTS) for c, p in zip(cases, found, strict=True)]
    trained = model is None and any(seen(c.document) for c in cases)
    held = ", cross-validated by document" if trained else ""
    scores = [
        score(
            f"balanced accuracy{held}",
            told,
            balanced_accuracy,
            balanced_accuracy(simple),
            "fewer of the summary's words in the document than the median",
        ),
        score("consistent summaries let pass", [p for c, p in told if c], share),
    ]
    for kind, name in TYPES.items():
        hits = [not p for c, (_, p) in zip(cases, told, strict=True) if kind in c.types]
        if hits:
            scores.append(score(f"recall, {name}", hits, share))
    sure = [(p, not c.consistent) for c, p in zip(cases, found, strict=True)]
    scores.append(score("area under the curve", sure, auc_labelled))
    scores.append(score("1 - expected calibration error", sure, calibration))
    return scores


def sureness(path: Path) -> list[tuple[float, bool]]:
    """Return the probability that each summary is inconsistent, and whether it is."""
    cases = load(path)
    return [(p, not c.consistent) for p, c in zip(_judge(cases), cases, strict=True)]


def _judge(cases: Sequence[Case], model: CrossEncoder | None = None) -> list[float]:
    return judge([(c.document, c.summary) for c in cases], model)


def load(path: Path) -> list[Case]:
    """Read every ``*.jsonl`` of a folder.

    Raises:
        GoldError: naming file and line, where a record lacks a field or has another label.
    """
    files = sorted(path.glob("*.jsonl"))
    found = [case for file in files for case in records(file, _case, "no doc, summary, label")]
    if not found:
        raise GoldError(f"{path}: no .jsonl file with cases")
    return found


def _case(record: Any) -> Case:
    label, types = record["label"], record.get("edit_types") or []
    document, summary = str(record["doc"]), str(record["summary"])
    if label not in {0, 1} or not document.strip() or not summary.strip():
        raise ValueError(f"label {label!r}, or an empty text")
    kinds = tuple(str(t) for t in types) if label == 0 else ()
    return Case(document, summary, label == 1, kinds)
