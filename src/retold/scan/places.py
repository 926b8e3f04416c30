"""Where words stand in the texts: from counts of words to offsets of code points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from retold.engine import Progress, in_threads
from retold.reuse.candidates import Index
from retold.reuse.tokens import tokenise
from retold.scan.prepare import text_buffers
from retold.scan.store import Part

Offsets = NDArray[np.int32]


def locate(
    parts: Sequence[Part],
    articles: Index,
    first: Index,
    words: Index,
    threads: int,
    progress: Progress,
) -> tuple[Offsets, Offsets]:
    """Return where stretches of words begin and end in their texts, in code points.

    Args:
        parts: the files of articles.
        articles: of each stretch, the article's number in the store.
        first: its first word.
        words: its number of words, 1 at least.
        threads: how many work side by side.
        progress: is told how far it has come.
    """
    starts, ends = np.zeros(len(articles), np.int32), np.zeros(len(articles), np.int32)
    order = np.argsort(articles, kind="stable")
    edges = np.searchsorted(articles[order], [part.first for part in parts]).tolist()
    edges.append(len(order))
    jobs = [
        (part, order[low:high])
        for part, low, high in zip(parts, edges, edges[1:], strict=False)
        if low < high
    ]

    def one(job: tuple[Part, Index]) -> None:
        part, wanted = job
        rows, at = np.unique(articles[wanted] - part.first, return_inverse=True)
        texts = pq.read_table(part.path, columns=["text"], use_threads=False)["text"]
        tokens = tokenise(*text_buffers(texts.take(rows).combine_chunks()), places=True)
        low = tokens.bounds[at] + first[wanted]
        starts[wanted] = tokens.starts[low]
        ends[wanted] = tokens.ends[low + words[wanted] - 1]

    for done, _ in enumerate(in_threads(one, jobs, threads)):
        progress("locate", done + 1, len(jobs))
    return starts, ends
