"""Which stories of the desk have to do with one: its follow-up a week later, another of its kind.

They are sought as the stories of a new article are (:mod:`retold.desk.candidates`), but over weeks;
how alike two stories are, and in what, :mod:`retold.stories.related` says as it does of a pile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from retold.desk import stories
from retold.desk.candidates import candidates
from retold.desk.reader import Reader
from retold.model import Article, Related
from retold.stories import Background
from retold.stories.pile import read_pile
from retold.stories.related import relate

SOUGHT = 3
"""Versions with which other stories are sought, at most: the first, the last and one between."""
NEAR = 40
"""Articles of other stories that each of them finds, at most."""
MOST = 24
"""Stories that are compared with one, at most."""
VERSIONS = 40
"""Versions of a story that stand for it, at most: those that were stored last."""


def sought(
    connection: sqlite3.Connection, reader: Reader, story: int, background: Background
) -> list[int]:
    """Return the stories that one is compared with, by number, the likest by rare words first."""
    own = list(stories.versions(connection, story))
    asked = reader.stored(connection, _spread(own))
    found: dict[int, None] = {}
    for each in asked.values():
        near = candidates(
            connection,
            each,
            reader.config,
            background,
            NEAR + len(own),
            days=reader.config.related_days,
        )
        homes = stories.homes(connection, near)
        found.update(dict.fromkeys(homes[row] for row in near if homes[row] != story))
    return list(found)[:MOST]


def compared(
    connection: sqlite3.Connection,
    reader: Reader,
    story: int,
    others: Iterable[int],
    background: Background,
) -> dict[int, Related]:
    """Return those of some stories that one is related to, by number, the most alike first."""
    held = stories.members(connection, [story, *others])
    kept = {number: sorted(rows)[-VERSIONS:] for number, rows in held.items()}
    bags = reader.stored(connection, (row for rows in kept.values() for row in rows))
    pile = read_pile(bags.values(), (), reader.config, background=background)
    place = {name: at for at, name in enumerate(pile.ids)}
    members = {n: sorted(place[bags[row].id] for row in rows) for n, rows in kept.items()}
    # a pile has its stories in the order of their articles
    order = sorted(members, key=members.__getitem__)
    names = [str(number) for number in order]
    told = relate([members[number] for number in order], names, (), pile, reader.config)
    return {int(r.story): r for r in (told[order.index(story)] if story in members else ())}


def warm(reader: Reader) -> None:
    """Load what comparing takes, the kernels among it: the first who asks need not wait for it."""
    bags = [reader.read(Article(name, f"A ferry from Vell sank, {name} said.")) for name in "ab"]
    alone = Background(2, lambda names: [1] * len(names))
    pile = read_pile(bags, (), reader.config, background=alone)
    relate([[0], [1]], "ab", (), pile, reader.config)


def _spread(rows: Sequence[int]) -> list[int]:
    """Return the first, the last and one between."""
    return sorted({rows[at * (len(rows) - 1) // (SOUGHT - 1)] for at in range(SOUGHT) if rows})
