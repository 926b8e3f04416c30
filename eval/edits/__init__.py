"""Controlled edits: a sentence altered in one known way, for worse or harmlessly.

Each maker takes an annotated sentence and yields wordings that differ from it in one thing. Those
of :data:`HARMFUL` change what is reported, by kind; those of :data:`HARMLESS` do not. They work on
any English sentence that the parser reads well; what they cannot edit safely they leave alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from eval.edits.harmless import HARMLESS
from eval.edits.worse import HARMFUL, WANTED
from retold.collate.views import View
from retold.model import Article, ChangeKind, article_id

__all__ = ["HARMFUL", "HARMLESS", "WANTED", "Edit", "article", "edits"]

PUBLISHED = datetime(2031, 7, 23, tzinfo=UTC)
"""When the sentences are taken to have been published."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence and what was made of it."""

    kind: str
    """A kind of :data:`HARMFUL` or :data:`HARMLESS`."""
    before: str
    after: str
    wanted: frozenset[ChangeKind]
    """Kinds of change that tell it rightly; empty where it is harmless."""


def article(text: str, number: int) -> Article:
    """Return a text as an article of an outlet of its own."""
    outlet = f"Outlet {number}"
    return Article(
        article_id(text, outlet=outlet, published=PUBLISHED),
        text,
        outlet=outlet,
        language="en",
        published=PUBLISHED,
    )


def edits(view: View, random: Random) -> Iterator[Edit]:
    """Yield at most one edit of each kind of the sentence."""
    for makers, harmful in ((HARMFUL, True), (HARMLESS, False)):
        for kind, maker in makers.items():
            found = next((t for t in maker(view, random) if t and t != view.text), None)
            if found is not None:
                wanted = WANTED[kind] if harmful else frozenset()
                yield Edit(kind, view.text, found, wanted)
