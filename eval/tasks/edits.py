"""Controlled edits of our own fictional sentences: which are seen, and which raise false alarms.

``eval/data/edits.jsonl`` has pairs of sentences that differ in one known way: a figure, a date, a
name, who did what, a denial, a hedge, a source, a loaded word, a statement put in or left out; or
harmlessly: other words of one meaning, spelling, voice, order, typography, forms of numbers, dates
and names. ``tools/make_edits.py`` makes it; the project ships it.

- *seen*: the share of edits of a kind for which a change of that kind is shown, at probability .5.
- *left alone*: the share of harmless edits for which no change at all is shown at .5.
- *right of those shown*: of all changes shown, those that tell the edit that was made.

- *1 - expected calibration error*: over all changes found on edits, shown or not; right is a change
  that tells the edit. A reliability plot of them is drawn by ``python -m eval.calibration``.

The simple method alarms where the two sentences hold different numbers or capitalised words.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.calibration import calibration
from eval.core import Score, records, score, share
from eval.edits import HARMFUL, HARMLESS, WANTED, Edit, article
from retold.annotate import annotate
from retold.collate.changes import Found, find_changes
from retold.collate.pairs import align_pair
from retold.collate.views import view
from retold.config import CollateConfig
from retold.labels import POSSIBLE
from retold.model import Document

DATA = Path(__file__).parents[1] / "data" / "edits.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """An edit and the changes that were found."""

    edit: Edit
    found: tuple[Found, ...]

    @property
    def shown(self) -> tuple[Found, ...]:
        """The changes at a probability from which they are more than possible."""
        return tuple(f for f in self.found if f.probability >= POSSIBLE)

    @property
    def seen(self) -> bool:
        """Whether a shown change tells the edit."""
        return any(f.kind in self.edit.wanted for f in self.shown)


def make(folder: Path) -> None:
    """Put the edits into a folder."""
    shutil.copy(DATA, folder / DATA.name)


def evaluate(path: Path) -> list[Score]:
    """Score the edits of ``path``."""
    judged = list(examine(load(path)))
    harmful = [j for j in judged if j.edit.wanted]
    harmless = [j for j in judged if not j.edit.wanted]
    shown = [f.kind in j.edit.wanted for j in judged for f in j.shown]
    scores = [
        score("seen, all kinds", harmful, _seen, _alarmed(harmful), "other numbers or capitals"),
        score(
            *("left alone, all kinds", harmless, _left_alone),
            *(1 - _alarmed(harmless), "other numbers or capitals"),
        ),
        score("right of those shown", shown, share),
        score("1 - expected calibration error", sureness(judged), calibration),
    ]
    kinds = {kind: [j for j in judged if j.edit.kind == kind] for kind in (*HARMFUL, *HARMLESS)}
    scores += [score(f"seen, {k}", kinds[k], _seen) for k in HARMFUL if kinds[k]]
    scores += [score(f"left alone, {k}", kinds[k], _left_alone) for k in HARMLESS if kinds[k]]
    return scores


def sureness(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Return probability and rightness of each change that was found."""
    return [(f.probability, f.kind in j.edit.wanted) for j in judged for f in j.found]


def load(path: Path) -> list[Edit]:
    """Read the edits of a folder.

    Raises:
        GoldError: naming file and line, where a record is not an edit of a known kind.
    """
    return records(path / DATA.name, _edit, "no kind, before and after")


def _edit(record: Any) -> Edit:
    kind, before, after = (str(record[key]) for key in ("kind", "before", "after"))
    if kind not in HARMFUL and kind not in HARMLESS:
        raise ValueError(f"unknown kind {kind!r}")
    return Edit(kind, before, after, WANTED.get(kind, frozenset()))


def examine(edits: Sequence[Edit]) -> Iterator[Judged]:
    """Yield each edit with the changes that are found; the edited sentence is the later one."""
    for edit in edits:
        documents = annotate([article(edit.before, 0), article(edit.after, 1)])
        by_text = {d.article.text: d for d in documents}
        yield Judged(edit, tuple(changes(by_text[edit.before], by_text[edit.after])))


def changes(before: Document, after: Document) -> list[Found]:
    """Return the changes that are kept between the first sentences of two documents."""
    ours, theirs = ([view(d, s.span) for s in d.sentences] for d in (before, after))
    if not ours or not theirs:
        return []
    pair = align_pair(ours[0], theirs[0], directed=True, context_a=ours, context_b=theirs)
    least = CollateConfig().least_probability
    return [f for f in find_changes(pair) if f.probability >= least]


def _seen(cases: Sequence[Judged]) -> float:
    return share([j.seen for j in cases])


def _left_alone(cases: Sequence[Judged]) -> float:
    return share([not j.shown for j in cases])


def _alarmed(cases: Sequence[Judged]) -> float:
    return share([_marks(j.edit.before) != _marks(j.edit.after) for j in cases])


def _marks(text: str) -> Counter[str]:
    """Return the numbers of a text, and its capitalised words but for the first."""
    return Counter(re.findall(r"\d+|(?<!^)\b[A-Z]\w+", text))
