"""What the peers share: reading, words, writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

SHINGLE = 5
HASHES = 128
JACCARD = 0.5
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words of a text, lower case."""
    return _WORD.findall(text.lower())


def shingles(text: str) -> list[str]:
    """Return every run of five words; a shorter text is one."""
    found = words(text)
    runs = [" ".join(run) for run in zip(*(found[i:] for i in range(SHINGLE)), strict=False)]
    return runs or [" ".join(found)]


def batches(corpus: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield ids and texts, ten thousand at a time."""
    for batch in pq.ParquetFile(corpus).iter_batches(10_000, columns=["id", "text"]):
        yield batch.column("id").to_pylist(), batch.column("text").to_pylist()


def write(out: Path, ids: list[str], first: list[int], second: list[int]) -> None:
    """Write pairs, given as places in ``ids``."""
    names = pa.array(ids)
    columns = [names.take(pa.array(side, pa.int64())) for side in (first, second)]
    pq.write_table(pa.table(columns, names=["a", "b"]), out, compression="zstd")


def planted(corpus: Path, truth: Path, count: int) -> list[tuple[str, str]]:
    """Return the texts of ``count`` pairs of a variant and its base, of all kinds alike."""
    told = pq.read_table(truth, columns=["article", "base", "kind"])
    told = told.filter(
        pc.and_(pc.not_equal(told["kind"], "base"), pc.not_equal(told["kind"], "group"))
    )
    step = max(1, told.num_rows // count)
    chosen = told.take(list(range(0, told.num_rows, step))[:count])
    texts = pq.read_table(corpus, columns=["text"])["text"]
    rows = [pc.utf8_slice_codeunits(chosen[c], 1).cast(pa.int64()) for c in ("article", "base")]
    return list(zip(*(texts.take(side).to_pylist() for side in rows), strict=True))
