"""rensa: R-MinHash of word 5-grams in batches; candidates of an index of 32 bands of 4."""

from __future__ import annotations

import sys
from pathlib import Path

from rensa import RMinHash, RMinHashLSH

from bench.peers.text import HASHES, JACCARD, batches, shingles, write


def main(corpus: Path, out: Path) -> None:
    """Find candidates."""
    index = RMinHashLSH(JACCARD, HASHES, 32)
    ids: list[str] = []
    first: list[int] = []
    second: list[int] = []
    for names, texts in batches(corpus):
        sketches = RMinHash.from_token_sets(map(shingles, texts), HASHES, 1)
        for number, sketch in enumerate(sketches, len(ids)):
            found = index.query(sketch)
            first += found
            second += [number] * len(found)
            index.insert(number, sketch)
        ids += names
    write(out, ids, first, second)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
