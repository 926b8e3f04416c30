"""Is the source of a rewrite found among all originals and a large pile of other articles?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from eval.core import Score, score, share
from retold.config import PileConfig
from retold.rewrite.pile import Pile, bag, pile, read_texts

PLAIN = replace(
    PileConfig(), power=1.0, terms=1 << 30, indexed=1 << 30, long=1 << 30, candidates=1_000
)
"""TF-IDF cosine over all words, by their stems: no term is left out."""


def haystack(path: Path) -> list[str]:
    """Return the texts of the Parquet files of a folder; with a message where it has none."""
    files = sorted(path.glob("*.parquet"))
    if not files:
        print(f"eval: no articles to search among, as {path} has none", file=sys.stderr)
        return []
    return [text or "" for text in pq.read_table(files, columns=["text"])["text"].to_pylist()]


def evaluate(
    originals: Sequence[str], pairs: Sequence[dict[str, str]], others: Sequence[str]
) -> list[Score]:
    """Score R@1 and R@10 over all pairs and by operation, against plain TF-IDF."""
    texts = [*originals, *others]
    place = {text: n for n, text in enumerate(originals)}
    wanted = np.array([place[pair["original"]] for pair in pairs])
    revised = [pair["revised"] for pair in pairs]
    ranks = _ranks(texts, revised, wanted, PileConfig())
    plain = _ranks(texts, revised, wanted, PLAIN)
    scores = []
    for op in ("", *sorted({pair["op"] for pair in pairs})):
        mine = np.array([op in {"", pair["op"]} for pair in pairs])
        for most in (1, 10):
            name = f"R@{most}{op and f' {op}'}, among {len(others):,} others"
            cases, base = (list(found[mine] < most) for found in (ranks, plain))
            scores.append(score(name, cases, share, share(base), "TF-IDF"))
    return scores


def _ranks(
    texts: Sequence[str], queries: Sequence[str], wanted: np.ndarray, config: PileConfig
) -> np.ndarray:
    """Return the rank, from 0, of the wanted text for each query; 10 and more where it is none."""
    held: Pile = pile(read_texts(list(texts)), config)
    asked = bag(read_texts(list(queries)), held.known, held.idf, config)
    found = held.search(asked, np.full(len(queries), -1)).texts == wanted[:, None]
    return np.where(found.any(axis=1), found.argmax(axis=1), config.neighbours)
