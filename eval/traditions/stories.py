"""The base stories: statements in many wordings, with facts that can be got wrong.

A file of ``stories/`` describes one invented event, a line a thing:

    place: Vellmar                     and ``agency:``, ``title:``
    fact ribs: 37 ~ nearly 40 ! 73     the true reading, harmless ones (rounded figures, quotations
                                       told in other words), wrong ones (slips, twisted quotations)
    =The [old|ageing] lock ...         a statement as first told, then the same statement, each in
    ~...                               several wordings: in the middle register,
    #...                               freely rewritten,
    %...                               and word for word from another language (calques)
    +...                               a report of some newsroom's own, used once in a tradition
    ?...                               words for an invented quotation

In a wording ``[a|b]`` is a choice that any editor may make otherwise, ``{ribs}`` a fact (``.last``
its last word) and ``<, the clerk said>`` an attribution that may be dropped. ``banks.txt`` holds
what fits every event: leads (L), background (B), comment (C), invented voices (V), reports of an
outlet's own (O), furniture (F).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
REGISTERS = "=~#%"
"""As first told, middle, free, calque."""

_CHOICE = re.compile(r"\[([^\]]*)\]")
_FACT = re.compile(r"\{(\w+)(\.last)?\}")
_SAID = re.compile(r"<([^>]*)>")
_START = re.compile(r'(^"?|[.!?] "?|: ")([a-z])')


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, figure or quotation that wordings refer to."""

    true: str
    soft: tuple[str, ...]
    """Readings that say the same: rounded, or in other words."""
    wrong: tuple[str, ...]

    @property
    def kind(self) -> str:
        """``quotation``, ``figure`` or ``name``."""
        if len(self.true.split()) > 5:
            return "quotation"
        return "name" if self.true[0].isupper() and not self.soft else "figure"


@dataclass(frozen=True, slots=True)
class BaseStory:
    """One invented event."""

    name: str
    place: str
    agency: str
    title: str
    facts: Mapping[str, Fact]
    statements: tuple[tuple[tuple[str, ...], ...], ...]
    """By statement and by register, in the order of ``REGISTERS``, the wordings."""
    own: tuple[str, ...]
    voices: tuple[str, ...]


@cache
def base_stories() -> tuple[BaseStory, ...]:
    """Read all base stories, in the order of their files."""
    files = sorted((HERE / "stories").glob("*.txt"))
    return tuple(_read(f.stem, f.read_text("utf-8").splitlines()) for f in files)


@cache
def bank(kind: str) -> tuple[str, ...]:
    """Return the templates of one kind that fit every event."""
    lines = (HERE / "banks.txt").read_text("utf-8").splitlines()
    return tuple(line[1:] for line in lines if line.startswith(kind))


def _read(name: str, lines: list[str]) -> BaseStory:
    head: dict[str, str] = {}
    facts: dict[str, Fact] = {}
    parts: dict[str, list[str]] = {"+": [], "?": []}
    told: list[dict[str, list[str]]] = []
    for line in lines:
        if line[0] in REGISTERS:
            if line[0] == REGISTERS[0]:
                told.append({sign: [] for sign in REGISTERS})
            told[-1][line[0]].append(line[1:].strip())
            continue
        if line[0] in parts:
            parts[line[0]].append(line[1:].strip())
            continue
        key, value = (part.strip() for part in line.split(":", 1))
        if key.startswith("fact "):
            facts[key.removeprefix("fact ")] = _fact(value)
        else:
            head[key] = value
    statements = tuple(tuple(map(tuple, wordings.values())) for wordings in told)
    own, voices = tuple(parts["+"]), tuple(parts["?"])
    return BaseStory(
        name, head["place"], head["agency"], head["title"], facts, statements, own, voices
    )


def _fact(value: str) -> Fact:
    rest, *wrong = (part.strip() for part in value.split("!"))
    true, *soft = (part.strip() for part in rest.split("~"))
    return Fact(true, tuple(soft), tuple(wrong))


def options(template: str) -> list[int]:
    """Return how many alternatives each choice of a template has."""
    return [len(m.group(1).split("|")) for m in _CHOICE.finditer(template)]


def mentions(template: str) -> frozenset[str]:
    """Return the names of the facts that a template refers to."""
    return frozenset(m.group(1) for m in _FACT.finditer(template))


def attributes(template: str) -> bool:
    """Say whether a template has an attribution that may be dropped."""
    return "<" in template


def render(
    template: str, picks: tuple[int, ...], readings: Mapping[str, str], *, attributed: bool
) -> str:
    """Return the sentence: choices made, facts filled in, the attribution kept or dropped."""
    chosen = iter(picks)
    text = _CHOICE.sub(lambda m: m.group(1).split("|")[next(chosen)], template)
    text = _SAID.sub(lambda m: m.group(1) if attributed else "", text)
    text = _FACT.sub(lambda m: readings[m[1]].split()[-1] if m[2] else readings[m[1]], text)
    text = re.sub(r"\s+([,.])", r"\1", " ".join(text.split()))
    return _START.sub(lambda m: m[1] + m[2].upper(), text).replace("..", ".")
