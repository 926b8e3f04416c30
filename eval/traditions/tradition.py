"""Grow a tradition: versions that retell one another, of which some are lost afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from eval.traditions.newsroom import (
    LEVELS,
    Level,
    Text,
    Unit,
    first_report,
    furniture,
    merge,
    retell,
)
from eval.traditions.stories import BaseStory, base_stories, options, render

START = datetime(2041, 3, 4, 5, 30, tzinfo=UTC)

CONTAMINATED = 0.1
"""Share of versions that draw on two."""

LOST = 0.12
"""Versions that are lost for each that is kept."""

_FIRST = (
    "Amber", "Bellwether", "Cinder", "Dover Lane", "Eastmoor", "Fallow", "Gullwing", "Hazel",
    "Ironbark", "Juniper", "Kestrel", "Lowland", "Marrow", "Northgate", "Orchard", "Pewter",
)  # fmt: skip
_LAST = (
    "Almanac", "Bugle", "Chronicle", "Dispatch", "Echo", "Examiner", "Gazette", "Herald", "Journal",
    "Ledger", "Mercury", "Observer", "Post", "Register", "Sentinel", "Tribune",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """One version: a node of the true stemma. Lost ones have a text too, which nobody sees."""

    name: str
    parents: tuple[str, ...]
    """No one for the root, two for a version that draws on two; the main one first."""
    title: str
    outlet: str
    text: str
    published: datetime
    operations: tuple[str, ...]
    units: tuple[Unit, ...]
    """Its sentences, in their order, without credit and furniture."""
    lost: bool = False

    @property
    def statements(self) -> tuple[int, ...]:
        """The base story's statements that it tells, in its order; -1 for what is its own."""
        return tuple(unit.statement for unit in self.units)


@dataclass(frozen=True, slots=True)
class Tradition:
    """A story in versions with its true stemma; lost versions without two branches are gone."""

    name: str
    story: str
    level: str
    seed: int
    versions: tuple[Version, ...]

    @property
    def kept(self) -> tuple[Version, ...]:
        """The versions that were collected."""
        return tuple(v for v in self.versions if not v.lost)

    @property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """The true parents by name, of lost versions too."""
        return {v.name: v.parents for v in self.versions}


def grow(seed: int, level: str, size: int, story: int | None = None) -> Tradition:
    """Return a tradition of ``size`` collected versions, the same for the same arguments.

    ``story`` is the place of a base story, drawn by the seed where it is not given.
    """
    if level not in LEVELS:
        raise ValueError(f"no level {level!r}; there are: {', '.join(LEVELS)}")
    if size < 2:
        raise ValueError(f"a tradition has at least two versions, not {size}")
    rng = Random(f"{seed} {level} {size}")  # noqa: S311 - the same for everybody, on purpose
    bases = base_stories()
    base = bases[rng.randrange(len(bases)) if story is None else story % len(bases)]
    gone = round(size * LOST + rng.random() * 0.8 - 0.4)
    versions = _lose(rng, _retold(rng, base, LEVELS[level], size + gone), gone)
    name = f"{base.name}-{level}-{size}-{seed}"
    return Tradition(name, base.name, level, seed, versions)


def _retold(rng: Random, base: BaseStory, level: Level, count: int) -> list[Version]:
    outlets = [f"The {first} {last}" for first in _FIRST for last in _LAST]
    rng.shuffle(outlets)
    left = list(base.own)
    rng.shuffle(left)
    texts = [first_report(rng, base, base.agency)]
    made = [_version(rng, "v000", texts[0], (), START)]
    weights = [2.0]
    for number in range(1, count):
        source = rng.choices(range(number), weights)[0]
        outlet = outlets[(number - 1) % len(outlets)]
        text = Text(base, outlet, list(texts[source].units))
        retell(rng, text, level, left)
        parents = [source]
        if number > 2 and rng.random() < CONTAMINATED:
            other = rng.choice([i for i in range(number) if i != source])
            if merge(rng, text, texts[other]):
                parents.append(other)
        since = max(made[p].published for p in parents)
        published = since + timedelta(minutes=round(rng.lognormvariate(4.6, 1.0)) + 2)
        name = f"v{number:03}"
        names = tuple(made[p].name for p in parents)
        texts.append(text)
        made.append(_version(rng, name, text, names, published))
        weights[source] += 0.5
        weights.append(1.0)
    return made


def _version(
    rng: Random, name: str, text: Text, parents: tuple[str, ...], published: datetime
) -> Version:
    base = text.story
    picks = tuple(rng.randrange(n) for n in options(base.title))
    title = render(base.title, picks, {}, attributed=True)
    sentences = [unit.text(base) for unit in text.units]
    if not parents:
        sentences[0] = f"{base.place.upper()} ({base.agency}) - {sentences[0]}"
    paragraphs = []
    while sentences:
        size = rng.choice([1, 1, 2, 2, 3])
        paragraphs.append(" ".join(sentences[:size]))
        sentences = sentences[size:]
    if parents[:1] == ("v000",) and rng.random() < 0.4:
        paragraphs.append(f"With reporting by {base.agency}.")
        text.done.append("credit")
    page = furniture(rng, text)
    if page:
        paragraphs.append(page)
        text.done.append("furniture")
    body = "\n\n".join(paragraphs)
    done, units = tuple(text.done), tuple(text.units)
    return Version(name, parents, title, text.outlet, body, published, done, units)


def _lose(rng: Random, versions: list[Version], count: int) -> tuple[Version, ...]:
    """Lose ``count`` versions that have children; keep as hypothetical what still joins branches.

    A lost version with one child left leaves no trace: the child goes back to what it had.
    """
    for _ in range(count):
        inner = sorted({p for v in versions for p in v.parents})
        choice = [v.name for v in versions if v.name in inner and not v.lost]
        gone = rng.choice(choice or [v.name for v in versions[1:] if not v.lost])
        versions = [replace(v, lost=True) if v.name == gone else v for v in versions]
    while True:
        idle = next((v for v in versions if v.lost and _children(versions, v.name) < 2), None)
        if idle is None:
            return tuple(versions)
        versions = [
            replace(v, parents=_instead(v.parents, idle)) for v in versions if v is not idle
        ]


def _children(versions: list[Version], name: str) -> int:
    return sum(name in v.parents for v in versions)


def _instead(parents: tuple[str, ...], gone: Version) -> tuple[str, ...]:
    found: list[str] = []
    for parent in parents:
        found += gone.parents if parent == gone.name else [parent]
    return tuple(dict.fromkeys(found))[:2]


DATES = ("given", "hidden", "wrong")
"""What is known of the times: all, none, or all with one in five moved and one in twenty gone."""


def clocks(times: Mapping[str, datetime], dates: str, seed: int) -> dict[str, datetime | None]:
    """Return the times as they are shown under a regime of ``DATES``, the same for one seed."""
    if dates not in DATES:
        raise ValueError(f"dates are {', '.join(DATES)}, not {dates!r}")
    rng = Random(f"{seed} {dates}")  # noqa: S311
    shown: dict[str, datetime | None] = {}
    for name, time in sorted(times.items()):
        draw, hours = rng.random(), rng.uniform(-48, 48)
        moved = dates == "wrong" and draw < 0.2
        missing = dates == "hidden" or (dates == "wrong" and draw > 0.95)
        at = (time + timedelta(hours=hours)).replace(microsecond=0) if moved else time
        shown[name] = None if missing else at
    return shown
