"""datasketch: MinHash of word 5-grams, each article asked of the index before it is added.

With xxHash in place of the default SHA-1, as its documentation advises for speed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from datasketch import MinHash, MinHashLSH
from xxhash import xxh32_intdigest

from bench.peers.text import HASHES, JACCARD, batches, shingles, write


def main(corpus: Path, out: Path) -> None:
    """Find candidates."""
    index = MinHashLSH(threshold=JACCARD, num_perm=HASHES)
    ids: list[str] = []
    first: list[int] = []
    second: list[int] = []
    for names, texts in batches(corpus):
        sets = map(shingles, texts)
        sketches = MinHash.generator(sets, num_perm=HASHES, hashfunc=xxh32_intdigest)
        for number, sketch in enumerate(sketches, len(ids)):
            found = index.query(sketch)
            first += found
            second += [number] * len(found)
            index.insert(number, sketch, check_duplication=False)
        ids += names
    write(out, ids, first, second)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
