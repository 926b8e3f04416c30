"""Stories whose quotations are retold in known ways: three versions each, made anew by a seed.

Version 0 is the first report. Version 1 retells each of its quotations in one way (``KINDS``);
version 2 repeats some of them word for word with the typography of another house.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

_BANK = json.loads(Path(__file__).with_name("data").joinpath("sayings.json").read_text("utf-8"))
SAYINGS, FRAMES, TOPICS, TOLD = (_BANK[k] for k in ("sayings", "frames", "topics", "told"))
MATTERS, PLACES, PEOPLE, DAYS = (_BANK[k] for k in ("matters", "places", "people", "days"))

STATUS = {
    "verbatim": "same",
    "trimmed at the start": "shortened",
    "trimmed at the end": "shortened",
    "trimmed within, no sign": "shortened",
    "trimmed within, ellipsis": "shortened",
    "joined": "spliced",
    "split around a cue": "same",
    "20 % of words changed": "reworded",
    "35 % of words changed": "reworded",
    "50 % of words changed": "reworded",
    "translated": "translated",
    "other speaker": "other-speaker",
    "reported": "turned",
    "one frame": "singular",
    "one topic": "singular",
    "said twice": "same",
    "dropped": "singular",
    "added": "singular",
}
"""How each kind of retelling is to be told."""

KINDS = tuple(STATUS)
WIDTH = 72
"""Characters at which every third story's later versions are wrapped, as in an e-mail."""

_TURNS = re.compile(
    r" (?=(?:because|although|until|so|while|which|before|through|where|and|but)\b)"
)
_SLOT = re.compile(r"\{([^{}|]+)\|([^{}]+)\}")


class Place(TypedDict):
    """Where an article quotes something: half-open, in code points, without the marks."""

    start: int
    end: int
    quote: str
    """Which quotation it is: equal in all versions that tell it."""
    kind: str
    """One of :data:`KINDS`."""


class Quote(Place):
    """The same, with the number of the version."""

    version: int


class Entry(TypedDict):
    """An article; ``published`` is a date in ISO 8601."""

    text: str
    outlet: str
    published: str


class Row(TypedDict):
    """A story with its truth, as a line of the file."""

    story: int
    articles: list[Entry]
    quotes: list[Quote]


@dataclass
class Version:
    """One article in the making, with the places of its quotations."""

    text: str = ""
    quotes: list[Place] = field(default_factory=list)

    def say(self, pattern: str, said: str, quote: str, kind: str, style: Style) -> None:
        """Add a paragraph; ``pattern`` has ``{q}`` where the quoted words stand, in marks."""
        before, after = pattern.split("{q}")
        self.text += "\n\n" if self.text else ""
        self.text += before + style.marks[0]
        start = len(self.text)
        self.text += style.of(said)
        self.quotes.append({"start": start, "end": len(self.text), "quote": quote, "kind": kind})
        self.text += after.replace("”", style.marks[1])

    def tell(self, sentence: str) -> None:
        """Add a paragraph without a quotation."""
        self.text += ("\n\n" if self.text else "") + sentence


@dataclass
class Style:
    """The typography of a house."""

    marks: tuple[str, str]
    of: Callable[[str], str]


HOME = Style(("“", "”"), lambda said: said)


def foreign(generator: random.Random, *, whole: bool) -> Style:
    """Return another house's typography; ``whole``: with wraps, insertions and lower case too."""

    def of(said: str) -> str:
        said = said.replace("’", "'").replace(" – ", generator.choice((" — ", " - ", "—", " -- ")))
        words = said.split(" ")
        n = generator.randrange(2, max(3, len(words) - 2))
        turn = generator.randrange(5) if whole else 0
        if turn == 1:
            words[n] = "\u00a0".join(words[n : n + 2])
            del words[n + 1]
        elif turn == 2:
            words.insert(n, generator.choice(("[as planned]", "[in the valley]", "[sic]")))
        elif turn == 3:
            words[0] = words[0][0].lower() + words[0][1:] if words[0] != "I" else words[0]
        elif turn == 4:
            words[n] = "\u2009".join(words[n : n + 2])
            del words[n + 1]
        return " ".join(words)

    return Style(generator.choice((('"', '"'), ("‘", "’"), ("“", "”"))), of)


def wrapped(text: str) -> str:
    """Return a text whose lines are broken at ``WIDTH``; no place in it changes."""
    lines = []
    for paragraph in text.split("\n\n"):
        found = re.sub(rf"(.{{1,{WIDTH}}})(?: (?![-–—])|$)", lambda m: m.group(1) + "\n", paragraph)
        lines.append(found[: len(paragraph)])
    return "\n\n".join(lines)


def filled(generator: random.Random, saying: str) -> str:
    """Fill in places and numbers."""
    place, number = generator.choice(PLACES), str(generator.randrange(11, 980))
    saying = saying.replace("{P}", place).replace("{N}", number)
    return saying.replace(", and ", " – and ", 1) if generator.random() < 0.3 else saying


def plain(saying: str) -> str:
    """Return a saying in its first words."""
    return _SLOT.sub(r"\1", saying)


def changed(generator: random.Random, saying: str, share: float) -> str:
    """Return a saying with about ``share`` of its words replaced by synonyms."""
    slots = list(_SLOT.finditer(saying))
    wanted = share * len(plain(saying).split())
    generator.shuffle(slots)
    chosen, count = set(), 0
    for slot in slots:
        if count >= wanted - 0.5:
            break
        chosen.add(slot.start())
        count += len(slot.group(1).split())
    return _SLOT.sub(lambda m: m.group(2 if m.start() in chosen else 1), saying)


def cue(generator: random.Random, who: str) -> str:
    """Return a pattern for a quotation."""
    return generator.choice(
        (f"{{q}},” said {who}.", f"{{q}},” {who} told reporters.", f"{who} said: {{q}}.”")
    )


class Story:
    """One story: its speakers, its articles, its quotations."""

    def __init__(self, seed: int) -> None:
        """Choose who speaks and what is said; the same for the same seed."""
        self.generator = random.Random(seed)  # noqa: S311 - no secret
        self.seed = seed
        self.versions = (Version(), Version(), Version())
        self.people = self.generator.sample(PEOPLE, 8)
        self.sayings = self.generator.sample(SAYINGS, 12)
        self.named: list[set[str]] = [set(), set(), set()]

    def who(self, version: int, person: int) -> str:
        """Return how a version names a speaker: in full at first, later by surname."""
        name, role = map(str, self.people[person])
        if name in self.named[version]:
            return name.split()[-1]
        self.named[version].add(name)
        return f"{name}, {role}," if self.generator.random() < 0.5 else name

    def say(self, version: int, person: int, said: str, kind: str, quote: int | str) -> None:
        """Quote a speaker in a version."""
        who = self.who(version, person)
        pattern = cue(self.generator, who).replace(",.", ".").replace(",:", ":")
        style = HOME
        if version:
            style = foreign(self.generator, whole=kind == "verbatim" or version == 2)
        self.versions[version].say(pattern, said, f"{self.seed}/{quote}", kind, style)

    def make(self, kinds: tuple[str, ...]) -> Row:
        """Write the versions, with one retelling of each of ``kinds``."""
        g = self.generator
        matter, day = g.choice(MATTERS), g.choice(DAYS)
        told = [
            filled(g, t).replace("{matter}", matter).replace("{D}", day).replace(" – and", ", and")
            for t in g.sample(TOLD, len(TOLD))
        ]
        for number, kind in enumerate(kinds):
            for version in self.versions:
                if number < len(told) and (version is self.versions[0] or g.random() < 0.7):
                    version.tell(told[number])
            self.item(number, kind)
        if self.seed % 3 == 0:
            for version in self.versions[1:]:
                version.text = wrapped(version.text)
        return {
            "story": self.seed,
            "articles": [
                {"text": v.text, "outlet": f"Outlet {n}", "published": f"2031-07-0{n + 1}"}
                for n, v in enumerate(self.versions)
            ],
            "quotes": [{"version": n, **q} for n, v in enumerate(self.versions) for q in v.quotes],
        }

    def item(self, number: int, kind: str) -> None:
        """Write one quotation and its retelling."""
        g = self.generator
        person = number % len(self.people)
        saying, foreign_words = self.sayings[number]
        place, count = g.choice(PLACES), str(g.randrange(11, 980))
        saying, foreign_words = (
            s.replace("{P}", place).replace("{N}", count) for s in (saying, foreign_words)
        )
        said = plain(saying)
        if g.random() < 0.3:
            said = said.replace(", and ", " – and ", 1)
        if kind in {"one frame", "one topic"}:
            self.pair(person, kind, number)
            return
        if kind != "added":
            self.say(0, person, said, kind, number)
        again = kind not in {"reported", "added", "dropped", "said twice", "joined"}
        self.retell(number, kind, person, saying, said, foreign_words)
        if again and g.random() < 0.6:
            self.say(2, person, said, kind, number)

    def pair(self, person: int, kind: str, number: int) -> None:
        """Write two quotations that share a frame or a topic only."""
        g = self.generator
        if kind == "one frame":
            frame, (one, two) = g.choice(FRAMES)
            pair = [frame.format(one), frame.format(two)]
        else:
            one, two = g.choice(TOPICS)
            place, count = g.choice(PLACES), str(g.randrange(3, 90))
            pair = [s.replace("{P}", place).replace("{N}", count) for s in (one, two)]
        self.say(0, person, pair[0], kind, f"{number}a")
        self.say(1, person, pair[1], kind, f"{number}b")

    def retell(
        self, number: int, kind: str, person: int, saying: str, said: str, foreign_words: str
    ) -> None:
        """Write version 1's retelling."""
        g = self.generator
        words = said.split(" ")
        if kind == "verbatim":
            self.say(1, person, said, kind, number)
        elif kind == "trimmed at the end":
            self.say(1, person, trimmed(said, end=True), kind, number)
        elif kind == "trimmed at the start":
            self.say(1, person, trimmed(said, end=False), kind, number)
        elif kind.startswith("trimmed within"):
            at, gone = g.randrange(5, len(words) - 6), g.randrange(2, 5)
            sign = [g.choice(("…", "..."))] if "ellipsis" in kind else []
            self.say(1, person, " ".join(words[:at] + sign + words[at + gone :]), kind, number)
        elif kind == "joined":
            more = plain(self.sayings[-1][0]).replace("{P}", "Hask").replace("{N}", "31")
            self.versions[0].tell("The audience applauded.")
            self.say(0, person, more, kind, number)
            self.say(1, person, f"{said}. {more}", kind, number)
        elif kind == "split around a cue":
            self.split(number, kind, person, said)
        elif kind.endswith("words changed"):
            share = int(kind.partition(" ")[0]) / 100
            self.say(1, person, changed(g, saying, share), kind, number)
        elif kind == "translated":
            self.say(1, person, foreign_words, kind, number)
        elif kind == "other speaker":
            self.say(1, (person + 3) % len(self.people), said, kind, number)
        elif kind == "reported":
            who = self.who(1, person).rstrip(",")
            self.versions[1].tell(f"{who} said that {said[0].lower() + said[1:]}.")
        elif kind == "said twice":
            self.versions[0].tell("The meeting went on for another hour.")
            self.say(0, person, changed(g, saying, 0.35), kind, f"{number}b")
            self.say(1, person, said, kind, number)
        elif kind == "added":
            self.say(1, person, said, kind, number)

    def split(self, number: int, kind: str, person: int, said: str) -> None:
        """Write a quotation with its cue in between."""
        head, tail = halves(said)
        who = self.who(1, person).rstrip(",")
        version = self.versions[1]
        version.text += "\n\n“" if version.text else "“"
        start = len(version.text)
        version.text += f"{head.rstrip(',')},” {who} said, “{tail}"
        end, quote = len(version.text), f"{self.seed}/{number}"
        version.quotes.append({"start": start, "end": end, "quote": quote, "kind": kind})
        version.text += ".”"


def halves(said: str) -> tuple[str, str]:
    """Cut a sentence in two at a turn near its middle."""
    turns = [m.start() for m in _TURNS.finditer(said)] or [said.index(" ", len(said) // 2)]
    at = min(turns, key=lambda n: abs(n - len(said) // 2))
    return said[:at], said[at + 1 :]


def trimmed(said: str, *, end: bool) -> str:
    """Leave out the end or the start of a sentence, at a turn of it."""
    head, tail = halves(said)
    if end:
        return head.rstrip(",–- ")
    tail = tail.removeprefix("and ").removeprefix("but ")
    return tail[0].upper() + tail[1:]


def stories(count: int, seed: int = 0) -> list[Row]:
    """Return ``count`` stories of six retellings each, every kind as often as any other."""
    made = []
    for n in range(count):
        kinds = tuple(KINDS[(6 * n + k) % len(KINDS)] for k in range(6))
        made.append(Story(1_000 * seed + n).make(kinds))
    return made
