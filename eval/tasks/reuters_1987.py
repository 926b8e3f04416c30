"""Which of two updates came first, with the times hidden: agency items of 1987 (Reuters-21578).

The folder holds a ``*.parquet`` with ``text``, ``title`` and ``published`` to the second. A pair
are two items that differ and of which the shorter has at least half of its runs of five words, 20
or more, in the longer; 300 pairs are drawn by a seed. Their stemma is built without a date.

- *told*: one direction has a probability of .6 or more, of those in which one is the parent.
- *right, of those told*: it is the direction that the times give. The simple method takes the
  longer for the earlier, where lengths differ.
- *decided*: the stemma decides on a parent.

How often lengths, days and codes tell the order was measured on the same set (it is written at each
in ``src/retold/config/stemma.py``), so that this is no independent check of these figures. Most
pairs more than a day apart are forms that are filled in every week, and derive from none.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from eval.core import GoldError, Score, score, share
from eval.direction import Lean, lean, undated

GRAM = 5
CONTAINED = 0.5
FEWEST = 20
"""Runs of words that the shorter must have."""
MOST = 60
"""Items that a run may stand in: the words of forms and tables stand in hundreds."""
DRAWN = 300
DAY = 86_400.0
_STAMP = re.compile(r"\s*(\d+)-(\w+)-(\d+)\s+(\d+):(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Item:
    """One agency item."""

    title: str
    text: str
    published: datetime


Case = tuple[Item, Item]
"""Two items, the earlier first."""


def evaluate(path: Path) -> list[Score]:
    """Score the direction of a sample of pairs.

    Raises:
        GoldError: ``path`` holds no such items.
    """
    cases = pairs(load(path))
    drawn = random.Random(1987).sample(cases, min(DRAWN, len(cases)))  # noqa: S311 - no secret
    return [*scores(drawn, leans(drawn))]


def load(path: Path) -> list[Item]:
    """Read the items.

    Raises:
        GoldError: there is no ``*.parquet``, or it lacks a column.
    """
    files = sorted(path.glob("*.parquet"))
    if not files:
        raise GoldError(f"{path}: no .parquet file")
    found = []
    for file in files:
        try:
            table = pq.read_table(file, columns=["title", "text", "published"]).to_pylist()
        except (pa.ArrowException, KeyError) as error:
            raise GoldError(f"{file}: no items with title, text and published ({error})") from None
        for row in table:
            published = _moment(row["published"] or "")
            if published is not None:
                found.append(Item(row["title"] or "", row["text"] or "", published))
    return found


def _moment(stamp: str) -> datetime | None:
    """Read a time; a few are damaged."""
    parts = _STAMP.match(stamp)
    if parts is None:
        return None
    day, month, year, *clock = parts.groups()
    when = f"{day} {month.title()} {year} {':'.join(clock)} +0000"
    try:
        return datetime.strptime(when, "%d %b %Y %H:%M:%S %z")
    except ValueError:
        return None


def pairs(items: Sequence[Item]) -> list[Case]:
    """Return the pairs, in the order of the items."""
    grams = []
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        words = re.findall(r"\w+", item.text.lower())
        runs = set(zip(*(words[k:] for k in range(GRAM)), strict=False))
        grams.append(runs)
        for run in runs:
            holders[run].append(n)
    common: Counter[tuple[int, int]] = Counter()
    for having in holders.values():
        if len(having) <= MOST:
            common.update((i, j) for at, i in enumerate(having) for j in having[at + 1 :])
    found = []
    for (i, j), count in sorted(common.items()):
        one, two = items[i], items[j]
        least = min(len(grams[i]), len(grams[j]))
        alike = least >= FEWEST and count >= CONTAINED * least and one.text != two.text
        if alike and one.published != two.published:
            found.append((one, two) if one.published < two.published else (two, one))
    return found


def leans(cases: Sequence[Case]) -> list[Lean]:
    """Build the stemma of each pair, all dates hidden."""
    read = undated([(item.title, item.text) for case in cases for item in case])
    return [lean(read[2 * n], read[2 * n + 1]) for n in range(len(cases))]


def scores(cases: Sequence[Case], found: Sequence[Lean]) -> list[Score]:
    """Score what was found, over all pairs and over those within a day."""
    result = []
    near = [(b.published - a.published).total_seconds() <= DAY for a, b in cases]
    for name, chosen in (("", [True] * len(cases)), (", within a day", near)):
        mine = [(c, f) for c, f, yes in zip(cases, found, chosen, strict=True) if yes]
        told = [(c, f) for c, f in mine if f.told]
        lengths = [len(a.text) > len(b.text) for (a, b), _ in mine if len(a.text) != len(b.text)]
        if not mine:
            continue
        result.append(score(f"direction told{name}", [f.told for _, f in mine], share))
        if told:
            right = [f.earlier > LEAST_RIGHT for _, f in told]
            base = (share(lengths), "the longer is the earlier") if lengths else ()
            result.append(score(f"right, of those told{name}", right, share, *base))
        decided = [f.decided for _, f in mine]
        result.append(score(f"direction decided{name}", [d != 0 for d in decided], share))
        if any(decided):
            right = [d > 0 for d in decided if d]
            result.append(score(f"right, of those decided{name}", right, share))
    return result


LEAST_RIGHT = 0.5
"""Probability above which the earlier is taken for the parent."""
