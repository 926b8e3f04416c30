"""daft: MinHash of word 5-grams, 25 bands of 5, buckets of two articles or more."""

from __future__ import annotations

import sys
from pathlib import Path

import daft
from daft import col
from daft.functions import chunk, minhash, normalize

from bench.peers.text import SHINGLE

BANDS, ROWS = 25, 5
"""What weighs both errors alike at a Jaccard index of .5 and at most 128 hashes."""


def main(corpus: Path, out: Path) -> None:
    """Find candidates."""
    text = normalize(col("text"), remove_punct=True, lowercase=True, white_space=True)
    sketch = minhash(text, num_hashes=BANDS * ROWS, ngram_size=SHINGLE, hash_function="xxhash")
    frame = daft.read_parquet(str(corpus)).select(col("id"), sketch.alias("sketch"))
    frame = frame.select(col("id"), chunk(col("sketch"), ROWS).alias("hashes"))
    frame = frame.explode("hashes", index_column="band")
    buckets = frame.groupby("band", "hashes").agg(col("id").list_agg().alias("articles"))
    buckets = buckets.where(col("articles").list_count() > 1)
    buckets = buckets.select("articles")
    buckets.write_parquet(str(out), compression="zstd")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
