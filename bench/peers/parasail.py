"""parasail: Smith-Waterman over words with its trace, pairs a second of one core's time.

Its alphabets hold bytes, so the words of each pair are numbered in it, and those past 94 share
numbers; gains and gap costs are those of genetics scaled to words.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import parasail

from bench.peers.text import planted, words

LETTERS = "".join(map(chr, range(33, 127)))
OPENING, LENGTHENING = 3, 1


def main(corpus: Path, truth: Path, count: int) -> None:
    """Align ``count`` planted pairs; print the rate."""
    matrix = parasail.matrix_create(LETTERS, 2, -2, case_sensitive=True)
    pairs = [tuple(map(words, pair)) for pair in planted(corpus, truth, count)]
    start = time.process_time()
    for a, b in pairs:
        numbers = {word: n % len(LETTERS) for n, word in enumerate(dict.fromkeys([*a, *b]))}
        one, two = ("".join(LETTERS[numbers[word]] for word in text) for text in (a, b))
        found = parasail.sw_trace_striped_16(one, two, OPENING, LENGTHENING, matrix)
        _ = found.cigar.seq
    print(len(pairs) / (time.process_time() - start))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
