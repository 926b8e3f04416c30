"""Copies in a corpus: planted variants of texts in an invented language, found by `retold scan`.

A folder holds ``corpus.jsonl`` and ``truth.jsonl``; the one that the floors rest on is made anew
at each measurement (``bench/corpus.py``), so it needs no other people's text. Of its 4,000
articles a quarter are variants: the same words; 5 to 20 % of the words changed; the first 70 to
40 %; two texts in one; sentences or paragraphs shuffled; and a rewrite that is cut, changed and
shuffled at once. One text has 200 light edits. Every fifth article ends with its outlet's footer.

- *recall*: the share of planted pairs, a variant and the text that it was made from, with a
  verified match. Where several articles have the same words, a match of one counts for each.
- *one large group*: the share of that text's versions that stand in one group.
- *precision*: the share of matches, and of the pairs of articles within groups, that are right:
  made from one text, or a quarter of the word 5-grams of one in the other. *merges join* counts as
  right, too, what only an article made of both texts ties together.
- *passages*: of the spans that are word for word the same, how many are found, and how many of
  their ends lie within three words of the true ones.

The simple method calls two texts versions where the Jaccard index of their word 5-grams is .5 or
more, worked out exactly: what MinHash deduplication estimates. Intervals are Wilson's.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq

from bench.corpus import KINDS, write
from bench.words import fiction
from eval import reuse
from eval.core import GoldError, Score

ARTICLES = 4_000


def make(folder: Path) -> None:
    """Write the corpus and its truth."""
    with TemporaryDirectory() as name:
        files = Path(name) / "corpus", Path(name) / "truth"
        write(*files, ARTICLES, fiction())
        for file in files:
            rows = (
                row for batch in pq.ParquetFile(file).iter_batches() for row in batch.to_pylist()
            )
            lines = (json.dumps(row, default=str, ensure_ascii=False) for row in rows)
            (folder / f"{file.name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def evaluate(path: Path) -> list[Score]:
    """Scan the corpus of a folder; score the tables.

    Raises:
        GoldError: the corpus or its truth is missing or damaged.
    """
    import retold

    told = reuse.truth(path / "truth.jsonl")
    if not (path / "corpus.jsonl").is_file():
        raise GoldError(f"{path / 'corpus.jsonl'}: no such file")
    with TemporaryDirectory() as name:
        retold.scan(path / "corpus.jsonl", name, processes=2)
        return reuse.scores(Path(name), told, Path(name), simple(Path(name), told))


def simple(scanned: Path, told: reuse.Truth) -> dict[str, float]:
    """Return, by kind, the share of planted pairs with a Jaccard index of .5 or more."""
    planted = np.isin(told.kind, KINDS)
    a, b, kind = told.article[planted], told.base[planted], told.kind[planted]
    shingles = dict(reuse.sets(scanned, told, np.unique([a, b])))
    alike = np.array(
        [
            2 * len(shingles[x] & shingles[y]) >= len(shingles[x] | shingles[y])
            for x, y in zip(a.tolist(), b.tolist(), strict=True)
        ]
    )
    shares = {str(k): float(alike[kind == k].mean()) for k in KINDS}
    return {"all kinds": float(alike.mean()), **shares}
