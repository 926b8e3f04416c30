"""A pile of versions of one fictional story, as large as wanted, the same at every call."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from pathlib import Path

PLACES = ("Tarn Hollow", "Low Withy", "Fenwick", "Upper Isk", "Saltmarsh", "Cray Bridge", "Orlop")
PEOPLE = ("Hanne Brack", "Udo Lissom", "Mirel Tansy", "Corin Vane", "Perpetua Ash", "Bram Sollow")
TRADES = ("baker", "ferryman", "teacher", "beekeeper", "joiner", "vet", "postmistress", "miller")
THINGS = ("a boat", "two goats", "a piano", "the church silver", "a crate of hens", "old ledgers")
OWN = (
    "In {place}, {person}, a {trade}, carried {thing} up to the loft before the water came.",
    "{person} of {place} counted {number} sandbags along the wall behind the {trade}'s yard.",
    "The {trade} of {place} said that the cellar had filled within {number} minutes.",
    "“We saved {thing} and left the rest,” said {person}, a {trade} from {place}.",
    "Volunteers from {place} cooked {number} meals in the hall where the {trade} used to work.",
    "Nobody had asked {person} to open the sluice at {place}, the {trade} said on Thursday.",
)


def _stories() -> list[list[str]]:
    """The versions of the bundled story as lists of paragraphs."""
    folder = files("retold.examples") / "brannock" / "articles"
    found = []
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name[:2] > "12" or not file.name.endswith((".md", ".txt")):
            continue
        body = file.read_text(encoding="utf-8").split("\n\n")
        found.append([p.strip() for p in body[1:] if p.strip() and not p.startswith("---")])
    return found


def version(generator: random.Random, words: int) -> str:
    """Return one version: told paragraphs, lightly edited, and reporting of its own in between."""
    told = generator.choice(_STORIES)
    start = generator.randrange(0, max(1, len(told) - 4))
    paragraphs = told[start:] if generator.random() < 0.3 else list(told)
    paragraphs = [_edit(generator, p) for p in paragraphs]
    while sum(len(p.split()) for p in paragraphs) < words:
        own = " ".join(
            generator.choice(OWN).format(
                place=generator.choice(PLACES),
                person=generator.choice(PEOPLE),
                trade=generator.choice(TRADES),
                thing=generator.choice(THINGS),
                number=generator.randrange(11, 990),
            )
            for _ in range(2)
        )
        paragraphs.insert(generator.randrange(1, len(paragraphs) + 1), own)
    return "\n\n".join(paragraphs)


def _edit(generator: random.Random, paragraph: str) -> str:
    """Change or drop one word in thirty."""
    words = []
    for word in paragraph.split(" "):
        roll = generator.random()
        if roll < 0.02:
            words.append(generator.choice(("swiftly", "local", "reportedly", "new", "old")))
        if roll < 0.97:
            words.append(word)
    return " ".join(words)


def write(target: Path, versions: int, words: int = 500, seed: int = 1) -> None:
    """Write ``versions`` articles of about ``words`` words as JSON Lines."""
    generator = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with target.open("w", encoding="utf-8") as stream:
        for number in range(versions):
            record = {
                "title": f"Brannock, version {number}",
                "outlet": f"Kestrian Paper No. {number}",
                "text": version(generator, words),
            }
            if generator.random() < 0.5:
                record["published"] = f"2024-03-{14 + number % 5}T{number % 24:02}:00:00Z"
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


_STORIES = _stories()
