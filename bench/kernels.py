"""``python -m bench.kernels limit CORPUS`` and ``... align CORPUS TRUTH COUNT``.

The limit is what every such tool must do at least: read the file, split its texts into words, hash
every run of five; on two threads where there are two cores. ``align`` prints pairs a second of
one core's time.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.peers.text import planted
from retold.config import ScanConfig
from retold.corpus.survey import growth
from retold.reuse.extend import align
from retold.reuse.sketch import Hashes, shingles
from retold.reuse.stock import mark, stock
from retold.reuse.tokens import tokenise

SHINGLE = 5


def buffers(texts: pa.LargeStringArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the bytes of an Arrow array and where each text begins."""
    _, offsets, data = texts.buffers()
    begins = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, np.uint8), begins


def limit(corpus: Path) -> int:
    """Read, split, hash; return how many runs of words there are."""
    cores = len(os.sched_getaffinity(0))

    def done(group: int) -> int:
        file = pq.ParquetFile(corpus)
        texts = file.read_row_group(group, columns=["text"], use_threads=False)
        return hashed(texts.column(0).combine_chunks())

    with ThreadPoolExecutor(cores) as pool:
        return sum(pool.map(done, range(pq.ParquetFile(corpus).num_row_groups)))


def hashed(texts: pa.LargeStringArray) -> int:
    """Hash every run of five words of some texts; return how many there are."""
    words = tokenise(*buffers(texts)).words
    hashes: Hashes = np.empty(len(words), np.uint64)
    return shingles(words, SHINGLE, hashes)


def rate(corpus: Path, truth: Path, count: int) -> float:
    """Align planted pairs; return how many a second, the splitting into words left out."""
    texts = pa.array(chain.from_iterable(planted(corpus, truth, count)), pa.large_string())
    tokens = tokenise(*buffers(texts))
    pairs = np.arange(len(texts)).reshape(-1, 2)
    begins, ends = tokens.bounds[:-1], tokens.bounds[1:]
    how, words = growth(ScanConfig()), tokens.words
    nothing = mark(words, begins, ends, how.seed, stock(np.empty(0, np.uint64)))
    align(words, begins, ends, pairs[:10], how, nothing)
    start = time.process_time()
    align(words, begins, ends, pairs, how, nothing)
    return len(pairs) / (time.process_time() - start)


if __name__ == "__main__":
    if sys.argv[1] == "limit":
        print(limit(Path(sys.argv[2])))
    else:
        print(rate(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
