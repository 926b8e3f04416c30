"""Rewrites by language models and people: is the source found among all originals? (MixSet).

Of each operation up to :data:`SAMPLE` revised texts are taken, evenly over the file. The source is
looked for among all distinct originals of the folder. Baseline: TF-IDF cosine over words. Retold's
score of a pair: the mean, over the sentences of the revised text, of the best probability in the
original, for the originals that TF-IDF finds first. Finding the source is easy; so a second figure,
the AUC, asks how well the score tells a source from the nearest text that is none, over all pairs.

Where the folder ``articles_37k`` lies beside this one, the sources of all revised texts are also
looked for among all originals and all of its articles, by what ``retold scan --rewrites`` searches
with. Not all can be found: reading what is missed, seven of the texts polished by people are those
of other originals, one "rewrite" declines to rewrite, and of those completed by GPT-4 some only
carry on from an original.

And of some pairs of each operation the stemma is built: *direction told* where the one or the other
is the parent with a probability of .6, *right* where that is the original. Operations that begin
with MGT are people's, who polish what models wrote. No weight was fitted to these pairs. But that
longer words speak for rewriting was seen in them, and how often was counted; and the thresholds of
the search (``retold.config.PileConfig``) were chosen by how well it finds their sources. So the
figures are no independent check of either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt
from pathlib import Path
from typing import Any

from eval import retrieval
from eval.core import Score, auc, records, score, share
from eval.direction import Lean, lean, undated
from retold import annotate
from retold.model import Article, Document, article_id
from retold.rewrite import Scorer
from retold.text import forms

SAMPLE = 30
"""Revised texts of an operation that are looked up: the whole takes an hour."""

TURNED = 14
"""Pairs of an operation whose direction is asked for: each takes half a second."""

SHORTLIST = 10
"""Originals, by TF-IDF, that the sentences are compared with."""


def load(path: Path) -> list[dict[str, str]]:
    """Return the pairs.

    Raises:
        GoldError: the file is missing or a line is not what it should be.
    """
    return records(path / "pairs.jsonl", _pair, "not an op, an original and a revised text")


def _pair(record: Any) -> dict[str, str]:
    pair = {key: record[key] for key in ("op", "original", "revised")}
    if not all(isinstance(v, str) and v.strip() for v in pair.values()):
        raise ValueError("an empty field")
    return pair


class Tfidf:
    """Texts by the cosine of their words, weighed log(1 + tf) and log(N / df)."""

    def __init__(self, texts: list[str]) -> None:
        """Index the texts."""
        counts = [Counter(forms(text)) for text in texts]
        frequency = Counter(word for count in counts for word in count)
        self.idf = {word: log((1 + len(texts)) / n) for word, n in frequency.items()}
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for word, weight in self._weigh(count).items():
                self.postings[word].append((number, weight))

    def _weigh(self, count: Counter[str]) -> dict[str, float]:
        weights = {w: (1 + log(n)) * self.idf[w] for w, n in count.items() if w in self.idf}
        norm = sqrt(sum(v * v for v in weights.values())) or 1.0
        return {word: value / norm for word, value in weights.items()}

    def rank(self, text: str) -> list[tuple[int, float]]:
        """Return the texts with their cosines, nearest first."""
        likeness: dict[int, float] = defaultdict(float)
        for word, weight in self._weigh(Counter(forms(text))).items():
            for number, other in self.postings[word]:
                likeness[number] += weight * other
        order = sorted(likeness, key=lambda n: (-round(likeness[n], 9), n))
        return [(n, likeness[n]) for n in order]


def _told(scorer: Scorer, revised: int, original: int) -> float:
    """Mean over the revised sentences of the best probability in the original."""
    there = range(len(scorer.documents[original].sentences))
    best = [
        max((scorer.probability((revised, i), (original, j)) for j in there), default=0.0)
        for i in range(len(scorer.documents[revised].sentences))
    ]
    return sum(best) / len(best) if best else 0.0


def _directions(by_operation: Mapping[str, Sequence[dict[str, str]]]) -> list[Score]:
    """Score which of an original and its revision is taken for the parent."""
    found: dict[str, list[Lean]] = {"models": [], "people": []}
    longer: dict[str, list[bool]] = {"models": [], "people": []}
    for op, pairs in sorted(by_operation.items()):
        who = "people" if op.startswith("MGT") else "models"
        drawn = pairs[:: max(1, len(pairs) // TURNED)][:TURNED]
        read = undated([("", pair[side]) for pair in drawn for side in ("original", "revised")])
        found[who] += [lean(read[2 * n], read[2 * n + 1]) for n in range(len(drawn))]
        longer[who] += [len(pair["original"]) > len(pair["revised"]) for pair in drawn]
    scores = []
    for who, leans in found.items():
        told = [one.earlier > HALF for one in leans if one.told]
        if leans:
            scores.append(score(f"direction told, {who}", [one.told for one in leans], share))
        if told:
            name, base = f"right, of those told, {who}", share(longer[who])
            scores.append(score(name, told, share, base, "the longer is the original"))
    return scores


HALF = 0.5
"""Probability above which the original is taken for the parent."""


def evaluate(path: Path) -> list[Score]:
    """Score how often the source comes first, or among the first ten; also by operation."""
    pairs = load(path)
    originals = sorted({pair["original"] for pair in pairs})
    index = Tfidf(originals)
    by_operation = defaultdict(list)
    for pair in pairs:
        by_operation[pair["op"]].append(pair)
    chosen = [
        pair
        for op in sorted(by_operation)
        for pair in by_operation[op][:: max(1, len(by_operation[op]) // SAMPLE)][:SAMPLE]
    ]
    ranks = [index.rank(pair["revised"]) for pair in chosen]
    wanted = sorted({originals[n] for rank in ranks for n, _ in rank[:SHORTLIST]})
    texts = [*(pair["revised"] for pair in chosen), *wanted]
    articles = [Article(article_id(t, url=str(n)), t, language="en") for n, t in enumerate(texts)]
    found: dict[str, Document] = {d.id: d for d in annotate.annotate(articles)}
    scorer = Scorer([found[a.id] for a in articles])
    place = {text: len(chosen) + n for n, text in enumerate(wanted)}
    cases = []
    apart: list[tuple[float, float, float, float]] = []
    for number, (pair, rank) in enumerate(zip(chosen, ranks, strict=True)):
        cosine = {originals[n]: value for n, value in rank[:SHORTLIST]}
        short = list(cosine)
        told = {text: _told(scorer, number, place[text]) for text in short}
        best = max(short, key=lambda text: (told[text], -short.index(text)))
        first = short[0] == pair["original"]
        others = [text for text in short if text != pair["original"]]
        if others:
            apart.append(
                (
                    told.get(pair["original"], 0.0),
                    max((told[text] for text in others), default=0.0),
                    cosine.get(pair["original"], 0.0),
                    max((cosine[text] for text in others), default=0.0),
                )
            )
        cases.append((pair["op"], best == pair["original"], pair["original"] in short, first))
    scores = _directions(by_operation)
    if apart:
        columns = [(source, other) for source, other, _, _ in apart]
        plain = auc([(source, other) for _, _, source, other in apart])
        name = "AUC, source against the nearest other"
        scores.append(score(name, columns, auc, plain, "TF-IDF"))
    for op in ("", *sorted(by_operation)):
        mine = [case for case in cases if op in {"", case[0]}]
        base = sum(c[3] for c in mine) / len(mine)
        label = f" {op}" if op else ""
        scores.append(
            score(f"R@1{label}", mine, lambda c: sum(x[1] for x in c) / len(c), base, "TF-IDF")
        )
        if not op:
            ten = sum(c[2] for c in mine) / len(mine)
            scores.append(
                score("R@10", mine, lambda c: sum(x[2] for x in c) / len(c), ten, "TF-IDF")
            )
    others = retrieval.haystack(path.resolve().parent / "articles_37k")
    return scores + (retrieval.evaluate(originals, pairs, others) if others else [])
