"""The same thing in words of another colour."""

from __future__ import annotations

from collections.abc import Iterator

from retold.collate.changes.base import Found
from retold.collate.changes.slots import same_slot
from retold.collate.changes.tables import LOADED
from retold.collate.pairs import Pair, phrase
from retold.model import ChangeKind

_COLOURS: dict[str, dict[str, str]] = {}
for _family, _by_colour in LOADED.items():
    for _colour, _words in _by_colour.items():
        for _word in _words:
            _COLOURS.setdefault(_word, {})[_family] = _colour


def loaded_changes(pair: Pair) -> Iterator[Found]:
    """Yield words of one family and different colour in the same slot."""
    for i, j, certainty in same_slot(pair, _COLOURS):
        ours = _COLOURS[pair.a.tokens[i].lemma.lower()]
        theirs = _COLOURS[pair.b.tokens[j].lemma.lower()]
        family = next((f for f in sorted(ours) if f in theirs and ours[f] != theirs[f]), None)
        if family is None or any(theirs.get(f) == colour for f, colour in ours.items()):
            continue
        a, b = pair.a.cut(i, i), pair.b.cut(j, j)
        salience = 0.35 if family == "saying" else 0.6
        yield Found(
            *(ChangeKind.LOADED_WORD, a, b, 0.85 * certainty, salience),
            pair.turn(phrase(pair.a, a), phrase(pair.b, b)),
        )
