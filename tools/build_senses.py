"""Build the table of word senses by which collation tells synonyms from opposites.

    python -m tools.build_senses DICT

DICT is the folder ``dict`` of WordNet 3.0 (Fellbaum 1998), as its database files come. Writes
``src/retold/collate/data/senses.json.gz``: for words that news uses, their commonest senses, what
these senses are kinds of, which adjectives are alike, and which words are opposites.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from retold.lexicon import document_frequency

TABLE = Path(__file__).parents[1] / "src/retold/collate/data/senses.json.gz"

LEAST = 4
"""Articles of the lexicon that a word stands in at least."""

SENSES = 5
"""Senses of a word that are kept, the commonest first."""

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}

Sense = tuple[str, str]
"""Part of speech and offset."""


def rows(folder: Path, kind: str, part: str) -> Iterator[list[str]]:
    """Yield the fields of each line that is no licence."""
    for line in (folder / f"{kind}.{PARTS[part]}").read_text("latin-1").splitlines():
        if not line.startswith("  "):
            yield line.split(" | ")[0].split()


def main(folder: Path) -> None:
    """Read, cut down, number anew and write."""
    senses: dict[str, dict[str, list[str]]] = {part: {} for part in PARTS}
    for part in PARTS:
        for fields in rows(folder, "index", part):
            word = fields[0]
            if word.isalpha() and document_frequency(word) >= LEAST:
                offsets = fields[-int(fields[2]) :]
                senses[part][word] = offsets[:SENSES]
    words: dict[Sense, list[str]] = {}
    above: dict[Sense, list[Sense]] = defaultdict(list)
    alike: dict[Sense, list[Sense]] = defaultdict(list)
    opposite: set[tuple[str, str, str]] = set()
    derived: set[tuple[str, str, str, str]] = set()
    lexical: list[tuple[str, Sense, Sense, str]] = []
    for part in PARTS:
        for fields in rows(folder, "data", part):
            sense = part, fields[0]
            many = int(fields[3], 16)
            words[sense] = [fields[4 + 2 * n].split("(")[0].lower() for n in range(many)]
            at = 4 + 2 * many
            for n in range(int(fields[at])):
                symbol, offset, other, places = fields[at + 1 + 4 * n : at + 5 + 4 * n]
                target: Sense = ("a" if other == "s" else other, offset)
                if symbol in {"@", "@i"}:
                    above[sense].append(target)
                elif symbol in {"&", "$"}:
                    alike[sense].append(target)
                elif symbol in {"!", "+", "\\"}:
                    lexical.append((symbol, sense, target, places))
    for symbol, sense, target, places in lexical:
        first, second = (int(part, 16) for part in (places[:2], places[2:]))
        if not first or not second:
            continue
        one, two = words[sense][first - 1], words[target][second - 1]
        if one not in senses[sense[0]] or two not in senses[target[0]]:
            continue
        if symbol == "!":
            opposite.add((sense[0], min(one, two), max(one, two)))
        elif sense[1] in senses[sense[0]][one] and target[1] in senses[target[0]][two]:
            derived.add((sense[0], one, target[0], two))
    kept = {(p, s) for p, by_word in senses.items() for found in by_word.values() for s in found}
    queue = list(kept)
    while queue:
        held = queue.pop()
        for up in above[held] + alike[held]:
            if up not in kept:
                kept.add(up)
                queue.append(up)
    number = {sense: n for n, sense in enumerate(sorted(kept))}
    table = {
        "senses": {
            p: {w: [number[p, s] for s in found] for w, found in sorted(by_word.items())}
            for p, by_word in senses.items()
        },
        "above": [[number[o] for o in above[s]] for s in sorted(kept)],
        "alike": {number[s]: [number[o] for o in alike[s]] for s in sorted(kept) if alike[s]},
        "opposite": sorted(opposite),
        "derived": sorted(derived),
    }
    raw = json.dumps(table, separators=(",", ":")).encode()
    with TABLE.open("wb") as stream, gzip.GzipFile("", "wb", 9, stream, mtime=0) as packed:
        packed.write(raw)
    print(f"{len(number):,} senses, {len(opposite):,} opposites, {TABLE.stat().st_size:,} B")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
