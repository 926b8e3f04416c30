"""A corpus of made-up words that has all a scan tells of."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pyarrow as pa

from retold.config import Config
from retold.flow.articles import sketched
from retold.read import corpus

SYLLABLES = ("ba", "co", "du", "fe", "gi", "ho", "ju", "ka", "le", "mi", "no", "pu", "ra", "se")
OUTLETS = ("Quellmar Echo", "Sedge Courier", "Isk Valley Post", "")


class Writer:
    """Writes texts of made-up words, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def words(self, count: int) -> list[str]:
        return ["".join(self.random.choices(SYLLABLES, k=3)) for _ in range(count)]

    def edited(self, words: list[str], every: int) -> list[str]:
        """Replace a word in so many."""
        return [self.words(1)[0] if not self.random.randrange(every) else word for word in words]


def records(seed: int = 1, story: int = 40) -> list[dict[str, object]]:
    """Return records: copies, versions, a large story, furniture, stock, and what cannot be read.

    ``story`` is the number of versions of the largest.
    """
    writer = Writer(seed)
    chance = writer.random
    texts: list[tuple[str, str]] = []
    for _ in range(12):  # stories of a few versions
        base = writer.words(120)
        for _ in range(chance.randrange(1, 5)):
            cut = base[chance.randrange(30) :] if chance.random() < 0.4 else base
            texts.append((chance.choice(OUTLETS), " ".join(writer.edited(cut, 25))))
        if chance.random() < 0.5:
            # the same words, written otherwise
            texts.append((chance.choice(OUTLETS), ", ".join(base)))
            texts.append((chance.choice(OUTLETS), " ".join(base).upper()))
    base = writer.words(150)  # one that very many carry
    texts += [(chance.choice(OUTLETS), " ".join(writer.edited(base, 60))) for _ in range(story)]
    footer, paragraph = writer.words(25), writer.words(40)
    texts += [("Sedge Courier", " ".join(writer.words(90) + footer)) for _ in range(9)]
    texts += [(chance.choice(OUTLETS), " ".join(writer.words(90) + paragraph)) for _ in range(30)]
    two = writer.words(60), writer.words(60)  # an article made of two stories
    texts += [("Quellmar Echo", " ".join(part)) for part in (*two, two[0] + two[1])]
    made: list[dict[str, object]] = [
        {
            "text": text,
            "outlet": outlet,
            "title": f"Title {number % 7}",
            "published": f"2031-03-{number % 27 + 1:02}T06:00:00Z" if number % 5 else None,
        }
        for number, (outlet, text) in enumerate(texts)
    ]
    made += [dict(made[3]), {"text": "!!! …"}, {"title": "No text"}, {"text": ""}]
    chance.shuffle(made)
    return made


def write(path: Path, told: list[dict[str, object]]) -> Path:
    """Write records as JSON Lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in told), "utf-8")
    return path


def read(path: Path, config: Config) -> pa.Table:
    """Read a corpus as rows of :data:`retold.flow.rows.READ`."""
    items, _ = corpus.inputs([path])
    return pa.concat_tables(
        [sketched(b, config.scan) for item in items for b in corpus.batches(item, config.read)]
    )
