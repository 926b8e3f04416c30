"""Fit the models of retold.collate.changes.apart and print how well they hold on events left out.

    python -m tools.fit_apart

Fits to the events with an even number of ``eval/data/reports.jsonl``, our own fictional reports of
one event by two newsrooms: to each pair of figures, or of dates, in sentences that share a claim
and that may be one which changed, whether its writer marked it as changed, but where one text is
the other with some words exchanged, as no model is asked there; and to each such pair of sentences
written apart, whether a change of the attribution is marked, real or harmless. To the latter also
where no source would be told: fitted to the others alone, the model tells less well on events left
out (area under the curve .55 against .58, n 236). Logistic regression with a ridge
(``eval/logistic.py``), once with the vectors of words and once without.

Writes ``src/retold/collate/data/apart.json``. Takes a minute on one core.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval import logistic
from eval.claims import report
from eval.core import auc_labelled, data_hash
from eval.logistic import Floats
from eval.tasks.reports import DATA
from retold.annotate import annotate
from retold.collate.changes import attributed, dates, figures
from retold.collate.changes.ties import tie
from retold.collate.nearness import embedded
from retold.collate.pairs import Pair, align_pair
from retold.collate.views import View, view
from retold.model import Document, Span
from retold.rewrite.vectors import Embedded

WEIGHTS = Path(__file__).parents[1] / "src/retold/collate/data/apart.json"
RIDGE = 5.0
"""Strength of the ridge, on standardised features."""
FOLDS = 10
ALONE = ", words alone"
FROM_VECTORS = frozenset({"own", "around", "nearest", "verb near"})
"""What there is only with the vectors of words."""
AGAINST = frozenset({
    *("ratio", "known", "clash", "many", "told from", "spoken", "overlap"),
    *("both same", "both kind", "both known", "both direct"),
    *("one direct", "one there", "one known", "one before", "one belief", "one person"),
})  # fmt: skip
"""Features that can only speak against a change; all others can only speak for one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of details, or of sentences."""

    model: str
    event: int
    changed: bool
    evidence: Mapping[str, float]


def rows() -> Iterator[Row]:
    """Yield what is fitted to, of each event with an even number."""
    for number, line in enumerate(DATA.read_text("utf-8").splitlines()):
        if number % 2:
            continue
        record = json.loads(line)
        (one, ours), (two, theirs) = (
            report(a["paragraphs"], a["title"], a["outlet"], a["published"])
            for a in record["articles"]
        )
        read = {d.id: d for d in annotate([one, two])}
        told = read[one.id], read[two.id]
        vectors = embedded(told)
        for marked in record["pairs"]:
            if marked["label"] == "same":
                places = ours[marked["a"]], theirs[marked["b"]]
                for found, suffix in ((vectors, ""), ({}, ALONE)):
                    views = [_view(d, p, found) for d, p in zip(told, places, strict=True)]
                    if None not in views:
                        pair = align_pair(*views)  # type: ignore[arg-type]
                        yield from _rows(pair, marked.get("changes", ()), number, suffix)


def _view(document: Document, place: tuple[int, int], found: Mapping[str, Embedded]) -> View | None:
    """The view of the sentence that fills most of a place."""
    span = max(
        (s.span for s in document.sentences),
        key=lambda s: min(s.end, place[1]) - max(s.start, place[0]),
        default=None,
    )
    return view(document, span, embedded=found.get(document.text_of(span))) if span else None


def _rows(
    pair: Pair, marked: Sequence[Mapping[str, Any]], event: int, suffix: str
) -> Iterator[Row]:
    def changed(kind: str, a: Span, b: Span) -> bool:
        return any(
            m["kind"] == kind and m["real"] and _in(m.get("a"), a) and _in(m.get("b"), b)
            for m in marked
        )

    for one, two in figures.candidates(pair):
        if told := figures.evidence(pair, one, two):
            yield Row(f"figure{suffix}", event, changed("figure", one.span, two.span), told)
    for u, v in dates.candidates(pair):
        if u.date and v.date and (told := dates.evidence(pair, u, v, tie(pair, u, v))):
            yield Row(f"date{suffix}", event, changed("date", u.date.span, v.date.span), told)
    if pair.apart:
        ours, theirs = (attributed.answered(pair, first=first) for first in (True, False))
        any_change = any(m["kind"] == "attribution" for m in marked)
        told = attributed.evidence(pair, ours, theirs)
        yield Row(f"attribution{suffix}", event, any_change, told)


def _in(place: Sequence[int] | None, span: Span) -> bool:
    return place is not None and span.start < place[1] and place[0] < span.end


def weigh(x: Floats, y: Floats, signs: Floats) -> Floats:
    """Return intercept and weights; a feature whose weight would have the wrong sign gets none."""
    scale = np.maximum(x.std(axis=0), 1e-9)
    kept = [n for n in range(x.shape[1]) if scale[n] > 1e-9]
    while True:
        w = logistic.fit(x[:, kept] / scale[kept], y, RIDGE)
        wrong = [(float(v * signs[n]), n) for n, v in zip(kept, w[1:], strict=True)]
        if not wrong or min(wrong)[0] >= 0:
            break
        kept.remove(min(wrong)[1])
    full = np.zeros(x.shape[1] + 1)
    full[[0, *(n + 1 for n in kept)]] = w / np.concatenate([[1.0], scale[kept]])
    return full


def fit(model: str, found: Sequence[Row]) -> dict[str, float]:
    """Fit one model to its rows, and print how well it holds on events left out."""
    names = [n for n in found[0].evidence if not (model.endswith(ALONE) and n in FROM_VECTORS)]
    x = np.array([[r.evidence[n] for n in names] for r in found])
    y = np.array([float(r.changed) for r in found])
    signs = np.array([-1.0 if n in AGAINST else 1.0 for n in names])
    events = np.array([r.event // 2 for r in found])
    odds = np.zeros(len(y))
    for part in range(FOLDS):
        out = events % FOLDS == part
        w = weigh(x[~out], y[~out], signs)
        odds[out] = w[0] + x[out] @ w[1:]
    shown = odds >= 0
    told = list(zip(odds.tolist(), (y > 0).tolist(), strict=True))
    print(
        f"{model:25} n {len(y):4} changed {int(y.sum()):3} area under the curve "
        f"{auc_labelled(told):.3f}; at .5 shown {int(shown.sum())}, right {int(y[shown].sum())}"
    )
    w = weigh(x, y, signs)
    return {n: round(float(v), 4) for n, v in zip(("intercept", *names), w, strict=True)}


def main() -> None:
    """Fit, measure and write."""
    found = list(rows())
    models = sorted({r.model for r in found})
    about = {
        "fitted by": "tools/fit_apart.py",
        "fitted to": {"reports, even events": data_hash(DATA.parent)},
        "models": {m: fit(m, [r for r in found if r.model == m]) for m in models},
    }
    WEIGHTS.write_text(json.dumps(about, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
