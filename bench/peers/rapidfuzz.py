"""rapidfuzz: the edit operations between two lists of words, pairs a second of one core's time."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench.peers.text import planted, words


def main(corpus: Path, truth: Path, count: int) -> None:
    """Align ``count`` planted pairs; print the rate."""
    pairs = [(words(a), words(b)) for a, b in planted(corpus, truth, count)]
    start = time.process_time()
    for a, b in pairs:
        Levenshtein.opcodes(a, b)
    print(len(pairs) / (time.process_time() - start))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
