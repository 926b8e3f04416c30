"""Reports for a soak test: many fictional stories, each in versions, some revised later.

Versions are grown by ``eval.traditions``, which has eight stories. Each story here is one of these
in other words: its names, figures and content words are exchanged for others, alike in all
versions, so that no two stories share more than the small words of English.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from eval.traditions import grow
from eval.traditions.newsroom import LEVELS
from eval.traditions.stories import base_stories
from eval.traditions.tradition import START

SIZES = (1,) * 12 + (2,) * 6 + (3,) * 4 + (4, 4, 5, 5, 6, 8, 12)
"""How many versions a story has, each as likely as the others: 2.7 in the mean."""
REVISED = 0.03
"""Share of the articles whose text changes later at the same address."""
DAYS = 14
SHORT = 4
"""Letters from which on a word is exchanged; shorter ones are small words or parts of names."""
_WORD = re.compile(r"[^\W\d_]+|\d+")


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_SMALL = _words(
    """
    about above after again against all almost already also although always among and another any
    around because been before behind being below between both came come could does down during
    each early either else enough even ever every everybody everything exactly few first four
    from full give given goes have here himself however into itself just last later least less
    like long made make many more most much must nearly need neither never next nobody none
    nothing number once only other others over people perhaps rather said same says second seen
    several shall should since some somebody something soon still such take taken than that their
    them then there these they thing things third this those three through time times today told
    took toward towards under until upon used very were what when where whether which while whom
    whose will with within without would year years your three five seven eight eleven twelve
    asked called added according Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """
)
_SYLLABLES = _words(
    """
    al ar bel bran cor dar del dun el en fal fen gar gor hal hol is jor kel kes lan lor mar mel
    mor nar nor or pel ran ros sal sel tal tar tor ul van vel vor wen wil yar zan
    """
)


@dataclass(frozen=True, slots=True)
class Report:
    """An article as it is published. One that revises another has its number and a later text."""

    number: int
    story: int
    title: str
    text: str
    published: datetime
    revision: bool = False


def reports(count: int, start: datetime, seed: int = 1) -> list[Report]:
    """Return so many articles, story after story, and after them what revises some.

    They are published in the :data:`DAYS` days from ``start`` on and a little later.
    """
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    made: list[Report] = []
    story = 0
    while len(made) < count:
        size = min(rng.choice(SIZES), count - len(made))
        level = rng.choice(sorted(LEVELS))
        base = rng.randrange(len(base_stories()))
        tradition = grow(rng.randrange(1 << 30), level, max(2, size), base)
        other = disguise(rng)
        moved = start - START + timedelta(minutes=rng.randrange(DAYS * 24 * 60))
        for version in tradition.kept[:size]:
            title, text = other(version.title), other(version.text)
            at = version.published + moved
            made.append(Report(len(made), story, title, text, at))
        story += 1
    later = [revised(rng, each) for each in rng.sample(made, round(REVISED * count))]
    return [*made, *later]


def revised(rng: random.Random, report: Report) -> Report:
    """Return what a newsroom made of its own report: a paragraph more, half an hour later."""
    more = f"The report was updated with {rng.randrange(11, 99)} words from {name(rng)} since then."
    return replace(
        report,
        text=f"{report.text}\n\n{more}",
        published=report.published + timedelta(minutes=30),
        revision=True,
    )


def disguise(rng: random.Random) -> Callable[[str], str]:
    """Return what tells a text in other words, the same for the same words."""
    words = list(vocabulary())
    shuffled = words.copy()
    rng.shuffle(shuffled)
    exchanged = dict(zip(words, shuffled, strict=True))
    known: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        word = found[0]
        if word.isdigit():
            return known.setdefault(
                word, str(rng.randrange(10 ** (len(word) - 1), 10 ** len(word)))
            )
        lower = word.lower()
        if len(word) < SHORT or lower in _SMALL or word in _SMALL:
            return word
        if lower in exchanged:
            put = exchanged[lower]
            return put.capitalize() if word[0].isupper() else put
        return known.setdefault(word, name(rng))

    return lambda text: _WORD.sub(other, text)


def name(rng: random.Random) -> str:
    """Return an invented name."""
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 3)))).capitalize()


@cache
def vocabulary() -> tuple[str, ...]:
    """Return the content words of the stories, sorted; names are left out."""
    found: set[str] = set()
    named: set[str] = set()
    for at in range(len(base_stories())):
        for level in sorted(LEVELS):
            for version in grow(at, level, 12, at).versions:
                for word in _WORD.findall(version.text):
                    (found if word.islower() else named).add(word)
    longer = {word for word in found if len(word) >= SHORT and word.isascii()}
    return tuple(
        sorted(longer.difference(_SMALL) - {word.lower() for word in named if word not in found})
    )
