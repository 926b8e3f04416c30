"""The weights by which a set is scored that the judge was fitted to: those that have not seen it.

``tools/fit_judge.py`` divides what it fits the judge to by document and keeps, in
``eval/data/judge_folds.json``, the weights without each part. A text that none of them has seen is
judged by what ships.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from retold.annotate import annotate
from retold.collate import check
from retold.collate.conflict import features, judged, weights
from retold.collate.crossencoder import CrossEncoder
from retold.model import Article, Document, article_id

FOLDS = Path(__file__).with_name("data") / "judge_folds.json"


def mark(evidence: str) -> str:
    """Return what a text of evidence is known by."""
    return hashlib.sha256(evidence.encode()).hexdigest()[:12]


@cache
def _folds() -> tuple[list[dict[str, float]], dict[str, int]]:
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


def judge(pairs: Sequence[tuple[str, str]], model: CrossEncoder | None = None) -> list[float]:
    """Return how probably, in each pair of texts, the second contradicts or exceeds the first.

    By a ``model`` where there is one, as in a check, else by Retold's own judge.
    """
    documents = annotated(text for pair in pairs for text in pair)
    if model:
        return [
            check(documents[claim], documents[evidence], model).probability
            for evidence, claim in pairs
        ]
    return [
        judged(features(documents[evidence], documents[claim]), held_out(evidence))
        for evidence, claim in pairs
    ]


def annotated(texts: Iterable[str]) -> dict[str, Document]:
    """Annotate each distinct text; return the documents by text."""
    articles = [Article(article_id(text), text, language="en") for text in sorted(set(texts))]
    return {document.article.text: document for document in annotate(articles)}
