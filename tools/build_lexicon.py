"""Build the table of document frequencies that tells rare words from common ones.

    python -m tools.build_lexicon ARTICLES.parquet

Reads the column ``content`` (or ``text``) of a Parquet file of news articles and writes
``src/retold/lexicon.npz``: counts only, no text. Word pairs are kept as a count-min sketch
(Cormode & Muthukrishnan 2005) of the logarithm of their document frequency.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from retold.lexicon import PAIR_SLOTS, pair_slots
from retold.text import forms

LEAST = 4
"""Words in fewer documents are left out: names and misprints."""

PAIR_LEAST = 8
"""Word pairs in fewer documents are left out, to keep the sketch sparse and collisions rare."""


def main(path: str) -> None:
    """Count and write."""
    table = pq.read_table(path)
    column = next(c for c in ("content", "text", "body") if c in table.column_names)
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    documents = 0
    for batch in table.select([column]).to_batches(1000):
        for text in batch.column(0).to_pylist():
            if not text:
                continue
            documents += 1
            seen = forms(text)
            words.update(set(seen))
            pairs.update(set(pairwise(seen)))
        if len(pairs) > 6_000_000:
            pairs = Counter({k: v for k, v in pairs.items() if v > 1})
    kept = sorted((w, n) for w, n in words.items() if n >= LEAST)
    sketch = np.zeros((2, PAIR_SLOTS), np.uint8)
    levels: dict[int, list[tuple[str, str]]] = {}
    for pair, n in pairs.items():
        if n >= PAIR_LEAST:
            levels.setdefault(round(4 * float(np.log2(n))), []).append(pair)
    for level in sorted(levels):
        for pair in levels[level]:
            for row, slot in enumerate(pair_slots(*pair)):
                sketch[row, slot] = max(sketch[row, slot], level)
    target = Path(__file__).parents[1] / "src/retold/lexicon.npz"
    np.savez_compressed(
        target,
        documents=np.int64(documents),
        words=np.array("\n".join(w for w, _ in kept)),
        counts=np.array([n for _, n in kept], np.int32),
        pairs=sketch,
    )
    print(documents, "documents,", len(kept), "words,", sum(map(len, levels.values())), "pairs")


if __name__ == "__main__":
    main(sys.argv[1])
