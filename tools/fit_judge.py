"""Fit the judge of retold.collate.conflict and print how well it holds on documents left out.

    python -m tools.fit_judge DATA

DATA holds ``summedits_news`` (Laban et al. 2023; Apache-2.0) and ``fever_symmetric`` (Schuster et
al. 2019; CC BY-SA 3.0); ``eval/data/edits.jsonl`` are our own controlled edits: a third of them is
judged within a text, and some sentences as they were. In each, what contradicts and what does not
counts alike. Logistic regression (``eval/logistic.py``); but for a few features no weight may fall
below 0.

Writes ``src/retold/collate/data/judge.json`` and, for measuring, the weights without each part in
``eval/data/judge_folds.json``. Takes two minutes on two cores.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import logistic
from eval.core import balanced_accuracy, data_hash
from eval.edits import HARMFUL, article
from eval.judge import FOLDS, annotated, mark
from eval.logistic import Floats
from eval.tasks import edits, fever_symmetric, summedits_news
from retold.annotate import annotate
from retold.collate.conflict import FEATURES, FREE, features

WEIGHTS = Path(__file__).parents[1] / "src/retold/collate/data/judge.json"
RIDGE = 5.0
"""Strength of the ridge, on standardised features."""
PARTS = 13
"""Parts that are left out in turn: the documents of summedits_news."""
SETS = {"summedits_news": 4, "fever_symmetric": 2, "edits": 1}
"""What is fitted to, and what each counts: whole articles are nearest to what Retold is for, and
our own edits furthest."""
NAMES = tuple(SETS)
CONFLICTING = frozenset(
    {"figure", "date", "place", "person", "body", "role swap", "negation", "escalation"}
)
"""Edits after which both sentences cannot be right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One claim beside its evidence."""

    of: str
    """One of :data:`SETS`."""
    evidence: str
    group: str
    """Rows of one group are never parted."""
    contradicts: bool
    values: tuple[float, ...]


def rows(data: Path) -> list[Row]:
    """Return all rows that the judge is fitted to."""
    return [*_summaries(data / NAMES[0]), *_claims(data / NAMES[1]), *_edits()]


def _summaries(path: Path) -> list[Row]:
    cases = summedits_news.load(path)
    read = annotated([t for c in cases for t in (c.document, c.summary)])
    return [
        Row(
            *(NAMES[0], c.document, c.document, not c.consistent),
            tuple(features(read[c.document], read[c.summary]).values()),
        )
        for c in cases
    ]


def _claims(path: Path) -> list[Row]:
    gold = fever_symmetric.load(path)
    read = annotated([t for c, e, _ in gold for t in (c, e)])
    group: dict[str, str] = {}
    for claim, evidence, _ in gold:  # a claim stands beside two texts, each beside two claims
        one = group.setdefault(evidence, evidence)
        two = group.setdefault(claim, one)
        if one != two:
            group = {text: one if g == two else g for text, g in group.items()}
    return [
        Row(
            *(NAMES[1], e, group[e], label == "REFUTES"),
            tuple(features(read[e], read[c]).values()),
        )
        for c, e, label in gold
    ]


def _edits() -> list[Row]:
    """Edited sentences beside what they were made from, alone and within a text."""
    made = [
        e for e in edits.load(edits.DATA.parent) if e.kind in CONFLICTING or e.kind not in HARMFUL
    ]
    befores = sorted({e.before for e in made})
    found = []
    for number, edit in enumerate(made):
        text = edit.before
        if number % 3 == 0:
            at = befores.index(edit.before)
            text = " ".join(befores[(at + n) % len(befores)] for n in (-2, -1, 0, 1, 2))
        claims = [edit.after, edit.before] if number % 6 == 0 else [edit.after]
        for claim in claims:
            documents = annotate([article(text, 0), article(claim, 1)])
            read = {d.article.text: d for d in documents}
            values = features(read[text], read[claim])
            conflicting = claim == edit.after and edit.kind in CONFLICTING
            found.append(Row(NAMES[2], text, edit.before, conflicting, tuple(values.values())))
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as columns."""

    of: NDArray[np.int64]
    """Number of the set."""
    contradicts: NDArray[np.bool_]
    values: Floats

    def without(self, left_out: NDArray[np.bool_]) -> Table:
        """Return the rows that are not left out."""
        kept = ~left_out
        return Table(self.of[kept], self.contradicts[kept], self.values[kept])


def fit(table: Table) -> dict[str, float]:
    """Return intercept and weights; features whose weight would fall below 0 are left out."""
    x, y = table.values, table.contradicts.astype(float)
    counts = np.zeros(len(y))
    for of, name in enumerate(NAMES):
        for label in (False, True):
            cell = (table.of == of) & (table.contradicts == label)
            counts[cell] = len(y) * SETS[name] / sum(SETS.values()) / 2 / max(1, cell.sum())
    scale = x.std(axis=0)
    kept = [n for n in range(x.shape[1]) if scale[n] > 0]
    while True:
        w = logistic.fit(x[:, kept] / scale[kept], y, RIDGE, counts=counts)
        bound = [
            (float(v), n)
            for n, v in zip(kept, w[1:], strict=True)
            if v < 0 and FEATURES[n] not in FREE
        ]
        if not bound:
            break
        kept.remove(min(bound)[1])
    full = dict.fromkeys(("intercept", *FEATURES), 0.0)
    full["intercept"] = round(float(w[0]), 4)
    for n, v in zip(kept, w[1:], strict=True):
        full[FEATURES[n]] = round(float(v / scale[n]), 4)
    return full


def main(data: Path) -> None:
    """Fit, measure and write."""
    found = rows(data)
    part: dict[str, int] = {}
    for of in SETS:
        groups = sorted({r.group for r in found if r.of == of} - part.keys(), key=mark)
        part |= {group: n % PARTS for n, group in enumerate(groups)}
    table = Table(
        np.array([NAMES.index(r.of) for r in found]),
        np.array([r.contradicts for r in found]),
        np.array([r.values for r in found]),
    )
    parts = np.array([part[r.group] for r in found])
    folds = [fit(table.without(parts == n)) for n in range(PARTS)]
    odds = np.zeros(len(found))
    for n, w in enumerate(folds):
        own = parts == n
        odds[own] = w["intercept"] + table.values[own] @ np.array([w[f] for f in FEATURES])
    for number, name in enumerate(NAMES):
        own = table.of == number
        told = list(zip(table.contradicts[own].tolist(), (odds[own] >= 0).tolist(), strict=True))
        print(f"{name:16} n {len(told):5} balanced accuracy {balanced_accuracy(told):.3f}")
    held: list[set[str]] = [set() for _ in range(PARTS)]
    for r in found:
        if r.of != NAMES[2]:
            held[part[r.group]].add(mark(r.evidence))
    FOLDS.write_text(json.dumps({"held_out": [sorted(h) for h in held], "weights": folds}) + "\n")
    about = {
        "fitted by": "tools/fit_judge.py",
        "fitted to": {of: data_hash(data / of) for of in NAMES[:2]} | {"edits": "eval/data"},
        "weights": fit(table),
    }
    WEIGHTS.write_text(json.dumps(about, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
