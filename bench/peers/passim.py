"""passim 2 (Smith et al. 2015, github.com/dasmiq/passim): passages, by Spark and Python.

With its own settings, up to the passages of all pairs: its clusters of passages, which come after,
need a package of Spark's. Every article is a series of its own.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xxhash

SPANS = ("a_start", "a_end", "b_start", "b_end")
PARTS = 8
_SEED = 42
"""That of Spark's xxhash64, by which passim names articles."""


def main(corpus: Path, out: Path) -> None:
    """Find passages; write them in the layout of a scan's tables."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from passim import seriatim

    (out / "articles").mkdir(parents=True)
    table = pq.read_table(corpus, columns=["id", "text"])
    ids, texts = (table[name].to_pylist() for name in ("id", "text"))
    given = out / "given"
    given.mkdir()
    # in as many files as its work is to be divided into
    for part in range(PARTS):
        with (given / f"{part}.json").open("w") as stream:
            for name, text in zip(ids[part::PARTS], texts[part::PARTS], strict=True):
                stream.write(json.dumps({"id": name, "series": name, "text": text}) + "\n")
    asked = ("--all-pairs", "--fields", "xxhash64(series) as gid", "--filterpairs", "gid < gid2")
    seriatim.main([*asked, "--to-extents", "--log-level", "ERROR", str(given), str(out / "passim")])
    names = {_uid(name): name for name in ids}
    found = pq.read_table(out / "passim" / "tmp" / "extents.parquet")
    pairs = defaultdict(list)
    columns = ("uid", "uid2", "begin", "end", "begin2", "end2")
    for a, b, *span in zip(*(found[name].to_pylist() for name in columns), strict=True):
        pairs[names[a], names[b]].append(dict(zip(SPANS, span, strict=True)))
    firsts, seconds = zip(*pairs, strict=True) if pairs else ((), ())
    kind = pa.list_(pa.struct([(name, pa.int32()) for name in SPANS]))
    spans = pa.array(list(pairs.values()), kind)
    pq.write_table(
        pa.table([firsts, seconds, spans], names=["a", "b", "spans"]), out / "matches.parquet"
    )
    sources = [f"{corpus.name}:{row}" for row in range(1, len(ids) + 1)]
    articles = pa.table([ids, sources, table["text"]], names=["article", "source", "text"])
    pq.write_table(articles, out / "articles" / "part.parquet")


def _uid(name: str) -> int:
    number = int(xxhash.xxh64_intdigest(name.encode(), _SEED))
    return number - (1 << 64) if number >> 63 else number


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
