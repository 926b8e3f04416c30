"""What newsrooms do to a text: each operation takes a text in the making and changes it in place.

A text is a list of units, one a sentence, of which each knows the statement that it tells, in which
wording, with which choices and readings. So a child inherits what its parent had, errors included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from eval.traditions.stories import (
    BaseStory,
    attributes,
    bank,
    mentions,
    options,
    render,
)

OWN = -1
"""The statement of a unit that tells none of the base story's."""


@dataclass(frozen=True, slots=True)
class Level:
    """How much one retelling rewrites."""

    name: str
    touched: tuple[float, float]
    """Least and greatest share of sentences in which choices are made anew."""
    reworded: tuple[float, float]
    """Least and greatest share of sentences that are told in another wording."""
    registers: tuple[int, ...]
    """The registers that are drawn on; the first report's never comes back."""
    translated: float = 0.0
    """Share of retellings that go through another language: every sentence becomes a calque."""


LEVELS = {
    level.name: level
    for level in (
        Level("light", (0.1, 0.5), (0.0, 0.08), (1,)),
        Level("middle", (0.3, 0.7), (0.15, 0.4), (1, 2)),
        Level("heavy", (0.6, 1.0), (0.5, 0.9), (1, 2)),
        Level("calque", (0.3, 0.7), (0.15, 0.4), (1, 3), translated=0.5),
    )
}
"""The four levels of rewriting by name."""

CALQUE = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a version. ``readings`` are those of its facts that are not the true ones."""

    statement: int
    template: str
    picks: tuple[int, ...]
    attributed: bool = True
    readings: tuple[tuple[str, str], ...] = ()

    def text(self, story: BaseStory) -> str:
        """Return the sentence."""
        known = {name: fact.true for name, fact in story.facts.items()}
        known |= {"place": story.place, **dict(self.readings)}
        return render(self.template, self.picks, known, attributed=self.attributed)

    def reading(self, fact: str, value: str) -> Unit:
        """Return the unit with another reading of a fact."""
        return replace(self, readings=tuple(sorted({**dict(self.readings), fact: value}.items())))


@dataclass(slots=True)
class Text:
    """A version in the making."""

    story: BaseStory
    outlet: str
    units: list[Unit]
    done: list[str] = field(default_factory=list)
    """The names of the operations, in their order."""


def unit(rng: Random, template: str, statement: int = OWN, **readings: str) -> Unit:
    """Return a sentence by a template, all choices made at random."""
    picks = tuple(rng.randrange(n) for n in options(template))
    return Unit(statement, template, picks, readings=tuple(sorted(readings.items())))


def first_report(rng: Random, story: BaseStory, outlet: str) -> Text:
    """Return the origin: every statement as first told."""
    told = [unit(rng, wordings[0][0], i) for i, wordings in enumerate(story.statements)]
    return Text(story, outlet, told, ["report"])


def _chance(rng: Random, bounds: tuple[float, float]) -> float:
    return rng.uniform(*bounds)


def edit(rng: Random, text: Text, level: Level) -> None:
    """Make some choices anew: a light edit."""
    share = _chance(rng, level.touched)
    for at, one in enumerate(text.units):
        counts = options(one.template)
        if counts and rng.random() < share:
            picks = list(one.picks)
            for place in rng.sample(range(len(counts)), min(len(counts), rng.choice([1, 1, 2]))):
                picks[place] = rng.randrange(counts[place])
            text.units[at] = replace(one, picks=tuple(picks))
    text.done.append("edit")


def reword(rng: Random, text: Text, level: Level) -> None:
    """Tell sentences in another wording, or all of them as calques."""
    translated = rng.random() < level.translated
    share = 1.0 if translated else _chance(rng, level.reworded)
    for at, one in enumerate(text.units):
        if one.statement == OWN or rng.random() >= share:
            continue
        wordings = text.story.statements[one.statement]
        register = CALQUE if translated else rng.choice(level.registers)
        others = [wording for wording in wordings[register] if wording != one.template]
        if others:
            template = rng.choice(others)
            new = unit(rng, template, one.statement)
            kept = tuple((f, v) for f, v in one.readings if f in mentions(template))
            text.units[at] = replace(new, attributed=one.attributed, readings=kept)
    text.done.append("translate" if translated else "reword")


def cut(rng: Random, text: Text) -> None:
    """Cut to length from the end, or drop sentences anywhere after the first."""
    count = len(text.units)
    if count < 6:
        return
    if rng.random() < 0.5:
        text.units = text.units[: max(5, round(count * rng.uniform(0.5, 0.85)))]
        text.done.append("cut to length")
        return
    keep = max(5, round(count * rng.uniform(0.6, 0.85)))
    places = [0, *sorted(rng.sample(range(1, count), keep - 1))]
    text.units = [text.units[i] for i in places]
    text.done.append("shorten")


def lead(rng: Random, text: Text) -> None:
    """Give a new first sentence: one more before it, or the old one told otherwise."""
    if rng.random() < 0.5 or text.units[0].statement == OWN:
        text.units.insert(0, unit(rng, rng.choice(bank("L"))))
    else:
        first = text.units[0]
        registers = text.story.statements[first.statement][1:CALQUE]
        others = [w for wordings in registers for w in wordings if w != first.template]
        text.units[0] = unit(rng, rng.choice(others), first.statement)
    text.done.append("new lead")


def _insert(rng: Random, text: Text, new: Unit) -> None:
    text.units.insert(rng.randrange(1, len(text.units) + 1), new)


def report(rng: Random, text: Text, left: list[str]) -> None:
    """Add reporting of its own; ``left`` are the story's own reports not yet used by anybody."""
    for _ in range(rng.choice([1, 1, 2])):
        if left and rng.random() < 0.5:
            _insert(rng, text, unit(rng, left.pop()))
        else:
            _insert(rng, text, unit(rng, rng.choice(bank("O")), outlet=text.outlet))
    text.done.append("report")


def background(rng: Random, text: Text) -> None:
    """Add stock background, of which others may take the same."""
    text.units.append(unit(rng, rng.choice(bank("B"))))
    text.done.append("background")


def comment(rng: Random, text: Text) -> None:
    """Add comment."""
    _insert(rng, text, unit(rng, rng.choice(bank("C"))))
    text.done.append("comment")


def invent(rng: Random, text: Text) -> None:
    """Add a quotation that nobody said."""
    voice = rng.choice(text.story.voices)
    _insert(rng, text, unit(rng, rng.choice(bank("V")), voice=voice))
    text.done.append("invented quotation")


def alter(rng: Random, text: Text, kinds: tuple[str, ...], *, wrong: bool) -> None:
    """Give a fact of one of these kinds another reading, wherever the version states it."""
    facts = text.story.facts
    found = sorted(
        {
            name
            for one in text.units
            for name in mentions(one.template)
            if name in facts and facts[name].kind in kinds and name not in dict(one.readings)
        }
    )
    found = [f for f in found if (facts[f].wrong if wrong else facts[f].soft)]
    if not found:
        return
    name = rng.choice(found)
    value = rng.choice(facts[name].wrong if wrong else facts[name].soft)
    for at, one in enumerate(text.units):
        if name in mentions(one.template):
            text.units[at] = one.reading(name, value)
    text.done.append(f"{'wrong' if wrong else 'altered'} {facts[name].kind}")


def unattribute(rng: Random, text: Text) -> None:
    """Drop about half of the attributions."""
    places = [i for i, u in enumerate(text.units) if u.attributed and attributes(u.template)]
    for at in places:
        if rng.random() < 0.6:
            text.units[at] = replace(text.units[at], attributed=False)
            if "attribution dropped" not in text.done:
                text.done.append("attribution dropped")


def reorder(rng: Random, text: Text) -> None:
    """Move two sentences to other places, the first sentence left alone."""
    for _ in range(2):
        _insert(rng, text, text.units.pop(rng.randrange(1, len(text.units))))
    text.done.append("reorder")


def merge(rng: Random, text: Text, other: Text) -> bool:
    """Take sentences of a second source: what the text lacks first, else its telling of the end.

    False, and nothing done, where the source has fewer than two sentences that are new.
    """
    told = {u.statement for u in text.units}
    lacking = [u for u in other.units if u.statement == OWN or u.statement not in told]
    lacking = [u for u in lacking if u not in text.units]
    if len(lacking) < 2:
        tail = [u for u in other.units[len(other.units) // 2 :] if u.statement != OWN]
        lacking = [u for u in tail if u not in text.units]
        if len(lacking) < 2:
            return False
        gone = {u.statement for u in lacking}
        text.units = [u for u in text.units if u.statement not in gone]
    count = rng.randint(2, max(2, min(6, len(lacking))))
    start = rng.randrange(len(lacking) - count + 1)
    at = rng.randrange(1, len(text.units) + 1) if text.units else 0
    text.units[at:at] = lacking[start : start + count]
    text.done.append("merge")
    return True


def furniture(rng: Random, text: Text) -> str:
    """Return what a page prints around the text, or nothing."""
    if rng.random() < 0.35:
        return unit(rng, rng.choice(bank("F")), outlet=text.outlet).text(text.story)
    return ""


def retell(rng: Random, text: Text, level: Level, left: list[str]) -> None:
    """Retell a text as a newsroom might: a few operations, drawn by how common they are."""
    if rng.random() < 0.05:
        text.done.append("copy")
        return
    if rng.random() < 0.45:
        cut(rng, text)
    edit(rng, text, level)
    reword(rng, text, level)
    steps: tuple[tuple[float, Callable[[], None]], ...] = (
        (0.35, lambda: lead(rng, text)),
        (0.35, lambda: report(rng, text, left)),
        (0.2, lambda: background(rng, text)),
        (0.2, lambda: comment(rng, text)),
        (0.12, lambda: invent(rng, text)),
        (0.2, lambda: alter(rng, text, ("quotation",), wrong=False)),
        (0.05, lambda: alter(rng, text, ("quotation",), wrong=True)),
        (0.2, lambda: alter(rng, text, ("figure",), wrong=False)),
        (0.15, lambda: alter(rng, text, ("figure",), wrong=True)),
        (0.12, lambda: alter(rng, text, ("name",), wrong=True)),
        (0.2, lambda: unattribute(rng, text)),
        (0.1, lambda: reorder(rng, text)),
    )
    for chance, step in steps:
        if rng.random() < chance:
            step()
