"""Sentence pairs, paraphrase or not: the MSR Paraphrase Corpus (Dolan & Brockett 2005).

The shipped weights know nothing of this corpus, which calls pairs different that tell the same
with some news in one. So three scores are taken: with the threshold that ships; with one threshold
on the probability from the training part; and with the features, and plain overlaps
(``eval/overlaps.py``) beside them, weighed anew on the training part, in memory, which shows what
they can tell. The baseline is the share of common words, with its
threshold from the training part too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.core import GoldError, Score, accuracy, f1, score
from eval.logistic import Floats, fit
from eval.overlaps import overlaps
from retold import annotate
from retold.config import RewriteConfig
from retold.model import Article, article_id
from retold.rewrite import Scorer
from retold.text import forms

PUBLISHED = {
    "accuracy, weights from train": "0.804 (Ji & Eisenstein 2013)",
    "F1, weights from train": "0.859 (Ji & Eisenstein 2013)",
}

TRAINING = 4_076
"""Training pairs that thresholds and weights are taken from: all of them."""

RIDGE = 10.0
"""Strength of the ridge, on standardised features: many of them say much the same."""

Pair = tuple[bool, str, str]


def load(path: Path, part: str) -> list[Pair]:
    """Return the pairs of ``part`` ("train", "test"): label and both sentences.

    Raises:
        GoldError: the file is missing or a line is not what it should be.
    """
    file = path / f"{part}.tsv"
    if not file.is_file():
        raise GoldError(f"{file}: no such file")
    pairs = []
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines()[1:], start=2):
        fields = line.split("\t")
        if len(fields) != 5 or fields[0] not in {"0", "1"} or not all(fields):
            raise GoldError(f"{file}:{number}: not a label, two ids and two sentences")
        pairs.append((fields[0] == "1", fields[3], fields[4]))
    return pairs


def compare(pairs: Sequence[Pair]) -> tuple[list[float], Floats]:
    """Return the probability of each pair that both tell the same, and its features.

    Each sentence is an article. A line of the corpus may hold two sentences: the likeliest pair
    counts.
    """
    texts = [text for _, a, b in pairs for text in (a, b)]
    articles = [Article(article_id(t, url=str(n)), t, language="en") for n, t in enumerate(texts)]
    documents = {d.id: d for d in annotate.annotate(articles)}
    scorer = Scorer([documents[a.id] for a in articles])
    found, features = [], []
    for n, pair in enumerate(pairs):
        one, two = (range(len(documents[articles[2 * n + s].id].sentences)) for s in (0, 1))
        keys = [((2 * n, i), (2 * n + 1, j)) for i in one for j in two]
        best = max(keys, key=lambda key: scorer.probability(*key))
        found.append(scorer.probability(*best))
        both = [documents[articles[2 * n + s].id] for s in (0, 1)]
        plain = (overlap(pair), float(len(keys) > 1), *overlaps(*both))
        features.append((*scorer.features(*best), *plain))
    return found, np.array(features)


def overlap(pair: Pair) -> float:
    """Return the share of the words of both sentences that they have in common (Dice)."""
    a, b = set(forms(pair[1])), set(forms(pair[2]))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def threshold(values: Sequence[float], gold: Sequence[bool]) -> float:
    """Return the value from which "paraphrase" is most often right."""
    ranked = sorted(zip(values, gold, strict=True), key=lambda pair: -pair[0])
    best, right, at = sum(not g for g in gold), sum(not g for g in gold), 1.01
    for n, (value, is_same) in enumerate(ranked):
        right += 1 if is_same else -1
        if right > best and (n + 1 == len(ranked) or ranked[n + 1][0] < value):
            best, at = right, value
    return at


def _f1(cases: Sequence[tuple[object, object]]) -> float:
    return f1(
        [
            (float(bool(g) and bool(p)), float(not g and bool(p)), float(bool(g) and not p))
            for g, p in cases
        ]
    )


def evaluate(path: Path) -> list[Score]:
    """Score the test pairs of ``path``: accuracy and F1 of "paraphrase"."""
    train, test = load(path, "train")[:TRAINING], load(path, "test")
    gold = [label for label, _, _ in test]
    mine, features = compare([*train, *test])
    labels = [label for label, _, _ in train]
    fitted = threshold(mine[: len(train)], labels)
    plain = threshold([overlap(pair) for pair in train], labels)
    baseline = [(g, overlap(pair) >= plain) for g, pair in zip(gold, test, strict=True)]
    scale = features[: len(train)].std(axis=0) + 1e-9
    weights = fit(features[: len(train)] / scale, np.array(labels, float), RIDGE)
    anew = weights[0] + features[len(train) :] / scale @ weights[1:]
    shipped = mine[len(train) :]
    scores = []
    for name, values, line in (
        ("shipped threshold", shipped, RewriteConfig().accept),
        ("threshold from train", shipped, fitted),
        ("weights from train", anew.tolist(), 0.0),
    ):
        cases = [(g, p >= line) for g, p in zip(gold, values, strict=True)]
        scores.append(
            score(f"accuracy, {name}", cases, accuracy, accuracy(baseline), "word overlap")
        )
        scores.append(score(f"F1, {name}", cases, _f1, _f1(baseline), "word overlap"))
    return scores
