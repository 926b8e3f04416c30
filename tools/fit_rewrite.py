"""Fit the weights of retold.rewrite to our own fictional sentences and print how well they hold.

``eval/data/rewrite_pairs.jsonl`` has pairs of sentences (a, b, same, kind);
``rewrite_stories.jsonl`` stories told several times, each sentence with the statements it makes:
two sentences of different versions tell the same where they share a statement. Logistic regression
(``eval/logistic.py``); no weight may fall below 0, as every feature grows with likeness.

Run ``python -m tools.fit_rewrite``; it rewrites ``src/retold/rewrite/data/weights.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval import logistic
from eval.logistic import Floats
from retold import annotate
from retold.model import Article, Document, article_id
from retold.rewrite.evidence import LEXICAL, VECTOR
from retold.rewrite.score import Scorer

ROOT = Path(__file__).parents[1]
DATA = ROOT / "eval" / "data"
WEIGHTS = ROOT / "src" / "retold" / "rewrite" / "data" / "weights.json"
RIDGE = 150.0
"""Strength of the ridge, on standardised features."""
PRIOR = 0.4
"""The weight of a standardised feature that the ridge draws towards: every feature counts alike
unless the data say otherwise (Dawes 1979, The robust beauty of improper linear models), as our own
pairs are few and harder than what papers print."""
FOLDS = 5

Rows = list[tuple[str, bool, tuple[float, ...], str, str]]
"""Group (never split between folds), label, features and the two sentences."""


def _lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def _statements(sentence: dict[str, object]) -> set[str]:
    found = sentence["statements"]
    return {str(name) for name in found} if isinstance(found, list) else set()


def _documents(texts: Sequence[str]) -> list[Document]:
    return annotate.annotate([Article(article_id(t, url=str(n)), t) for n, t in enumerate(texts)])


def pair_rows() -> Rows:
    """The single pairs."""
    pairs = _lines("rewrite_pairs.jsonl")
    scorer = Scorer(_documents([str(pair[side]) for pair in pairs for side in "ab"]))
    return [
        (
            f"pair {n}",
            bool(p["same"]),
            scorer.features((2 * n, 0), (2 * n + 1, 0)),
            str(p["a"]),
            str(p["b"]),
        )
        for n, p in enumerate(pairs)
    ]


def story_rows() -> Rows:
    """Every pair of sentences from two versions of one story."""
    rows: Rows = []
    sentences = _lines("rewrite_stories.jsonl")
    for story in sorted({str(s["story"]) for s in sentences}):
        mine = [s for s in sentences if s["story"] == story]
        numbers = sorted({int(str(s["version"])) for s in mine})
        versions = [[s for s in mine if s["version"] == number] for number in numbers]
        documents = _documents(["\n".join(str(s["text"]) for s in v) for v in versions])
        for document, version in zip(documents, versions, strict=True):
            if [document.text_of(s.span) for s in document.sentences] != [
                s["text"] for s in version
            ]:
                raise SystemExit(f"{story}: a line is not one sentence")
        scorer = Scorer(documents)
        rows.extend(
            (
                story,
                bool(_statements(a) & _statements(b)),
                scorer.features((x, i), (y, j)),
                str(a["text"]),
                str(b["text"]),
            )
            for x, first in enumerate(versions)
            for y, second in enumerate(versions)
            if x < y
            for i, a in enumerate(first)
            for j, b in enumerate(second)
        )
    return rows


def fit(x: Floats, y: Floats) -> tuple[float, Floats]:
    """Return intercept and weights; features whose weight would fall below 0 are left out."""
    scale = x.std(axis=0)
    kept = [n for n in range(x.shape[1]) if scale[n] > 0]
    while True:
        w = logistic.fit(x[:, kept] / scale[kept], y, RIDGE, towards=PRIOR)
        if (w[1:] >= 0).all():
            full = np.zeros(x.shape[1])
            full[kept] = w[1:] / scale[kept]
            return float(w[0]), full
        del kept[int(np.argmin(w[1:]))]


def held_out(rows: Rows, x: Floats, y: Floats) -> Floats:
    """Probabilities for each row by weights that have not seen its group."""
    groups = sorted({row[0] for row in rows})
    fold_of = {group: n % FOLDS for n, group in enumerate(groups)}
    folds = np.array([fold_of[row[0]] for row in rows])
    found = np.zeros(len(rows))
    for fold in range(FOLDS):
        intercept, weights = fit(x[folds != fold], y[folds != fold])
        found[folds == fold] = 1 / (1 + np.exp(-(intercept + x[folds == fold] @ weights)))
    return found


def report(name: str, p: Floats, y: Floats) -> None:
    """Print precision and recall at some thresholds, and how calibrated the probabilities are."""
    print(f"{name}: n {len(y)}, same {int(y.sum())}, Brier {np.mean((p - y) ** 2):.4f}")
    for threshold in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        chosen = p >= threshold
        precision = y[chosen].mean() if chosen.any() else 1.0
        recall = y[chosen].sum() / y.sum()
        print(f"  >= {threshold}: precision {precision:.3f}, recall {recall:.3f}")
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        inside = (p >= low) & (p < high)
        if inside.any():
            print(f"  said {p[inside].mean():.2f}: true {y[inside].mean():.2f} (n {inside.sum()})")


def main() -> None:
    """Fit both models, with and without vectors, and write them."""
    rows = pair_rows() + story_rows()
    y = np.array([row[1] for row in rows], float)
    features = np.array([row[2] for row in rows])
    written = {}
    for model, names in (("full", LEXICAL + VECTOR), ("lexical", LEXICAL)):
        x = features[:, : len(names)]
        p = held_out(rows, x, y)
        report(model, p, y)
        intercept, weights = fit(x, y)
        written[model] = {
            "intercept": round(intercept, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
        }
    WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    print(WEIGHTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
