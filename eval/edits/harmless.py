"""Edits after which a sentence reports the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from eval.edits.base import (
    Maker,
    closing_source,
    lowered,
    put,
    swapped_words,
    text_of,
    transitive,
    without_stop,
)
from eval.edits.words import IRREGULAR, NUMBERS, SPELLINGS, SYNONYMS
from retold.annotate.dateforms import MONTHS, WEEKDAYS
from retold.collate.views import View
from retold.model import NameKind


def synonym(view: View, _random: Random) -> Iterator[str]:
    """Put a word of the same meaning."""
    return swapped_words(view, {k: v for k, v in SYNONYMS.items() if v.isalpha()}, "NVJRIMDC")


def synonym_of_words(view: View, _random: Random) -> Iterator[str]:
    """Put several words of the same meaning for one."""
    return swapped_words(view, {k: v for k, v in SYNONYMS.items() if not v.isalpha()})


def spelling(view: View, _random: Random) -> Iterator[str]:
    """Spell or contract otherwise."""
    both = SPELLINGS | {v: k for k, v in SPELLINGS.items()}
    for old, new in both.items():
        if re.search(rf"\b{old}\b", view.text):
            yield re.sub(rf"\b{old}\b", new, view.text)


def passive(view: View, _random: Random) -> Iterator[str]:
    """Turn an active verb into the passive."""
    for i, doer, done in transitive(view):
        if doer[0] != 0 or view.tokens[i].dep != "ROOT" or doer[1] - doer[0] > 6:
            continue
        object_ = next(c for c in view.children[i] if view.tokens[c].dep == "dobj")
        many = view.tokens[object_].tag in {"NNS", "NNPS"} or any(
            view.tokens[c].dep == "conj" for c in view.children[object_]
        )
        verb = view.forms[i]
        text = view.document.article.text
        subject = lowered(view, text[view.tokens[0].start : view.tokens[doer[1]].end])
        object_text = text[view.tokens[done[0]].start : view.tokens[done[1]].end]
        made = f"{object_text} {'were' if many else 'was'} {IRREGULAR.get(verb, verb)} by {subject}"
        yield put(view, (view.span.start, view.tokens[done[1]].end, made))


def moved(view: View, _random: Random) -> Iterator[str]:
    """Move the opening phrase of time or place to the end, or a closing one to the front."""
    stripped, end = without_stop(view)
    first, comma, rest = stripped.partition(", ")
    opening = view.tokens[0]
    short = comma and 2 <= len(first.split()) <= 8 and "," not in rest and '"' not in rest
    if short and opening.pos in {"ADP", "ADV", "SCONJ"}:
        yield f"{rest[:1].upper()}{rest[1:]} {first[:1].lower()}{first[1:]}{end}"
    for day in view.dates:
        at = view.document.article.text.rfind(" on ", view.span.start, day.span.start + 1)
        tail = view.document.article.text[day.span.end : view.span.end].strip()
        if tail in {"", "."} and at >= 0 and day.span.start - at <= 4 and '"' not in view.text:
            front = view.document.article.text[at + 1 : day.span.end]
            rest = view.document.article.text[view.span.start : at]
            yield f"{front[:1].upper()}{front[1:]}, {lowered(view, rest)}{end}"


def source_first(view: View, _random: Random) -> Iterator[str]:
    """Name the source before what it said instead of after."""
    told = closing_source(view)
    if told is not None:
        text = view.document.article.text
        source = text[told[0] + 1 : told[1]].strip()
        rest = lowered(view, text[view.span.start : told[0]])
        if source.split()[0].lower() == "according":
            yield f"{source[:1].upper()}{source[1:]}, {rest}."
        elif source.split()[-1] in {"said", "says", "reported", "announced"}:
            yield f"{source[:1].upper()}{source[1:]} that {rest}."


def typography(view: View, _random: Random) -> Iterator[str]:
    """Set other quotation marks, apostrophes, dashes, ellipses and blanks."""
    text = view.text
    curly = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’").replace(" - ", " – ")
    straight = text.translate(str.maketrans("“”‘’–", "\"\"''-"))
    for made in (curly, straight, text.replace(" ", "\u00a0", 1)):
        if made != text:
            yield made


def _otherwise(text: str, *rules: tuple[str, str]) -> Iterator[str]:
    """Yield a text as each rule, a pattern and what takes its place, writes it otherwise."""
    for pattern, new in rules:
        made = re.sub(pattern, new, text)
        if made != text:
            yield made


def number_format(view: View, _random: Random) -> Iterator[str]:
    """Write a number in another form."""
    text = view.text
    yield from _otherwise(
        text,
        (r"\b(\d{1,3}),(\d{3})\b", r"\1\2"),
        (r"\b(\d+(?:\.\d+)?) per ?cent\b", r"\1%"),
        (r"\b(\d+(?:\.\d+)?)%", r"\1 percent"),
        (r"([$€£])(\d+(?:\.\d+)?) million\b", r"\1\2m"),
        (r"\b(\d+(?:\.\d+)?) million\b", r"\1m"),
    )
    for n, word in enumerate(NUMBERS, 2):
        if re.search(rf"\b{word}\b", text) and any(
            text_of(view, f.span).lower().endswith(word) for f in view.figures
        ):
            yield re.sub(rf"\b{word}\b", str(n), text, count=1)


def date_format(view: View, _random: Random) -> Iterator[str]:
    """Write a date in another form: day and month turned round, the weekday spelt out."""
    text = view.text
    months = "|".join(MONTHS)
    yield from _otherwise(
        text,
        (rf"\b(\d{{1,2}}) ({months}) (\d{{4}})\b", r"\2 \1, \3"),
        (rf"\b(\d{{1,2}}) ({months})\b", r"\2 \1"),
        (rf"\b({months}) (\d{{1,2}})\b(?!\d)", r"\2 \1"),
    )
    for day in view.dates:
        written = text_of(view, day.span)
        after = view.document.article.text[day.span.end : day.span.end + 1]
        if day.first and day.first == day.last and written in WEEKDAYS and after != " ":
            said = f"{day.first.day} {MONTHS[day.first.month - 1]}"
            yield put(view, (day.span.start, day.span.end, said))


def alias(view: View, _random: Random) -> Iterator[str]:
    """Name a person by the surname, or without a title; name a body with its article."""
    for name in view.names:
        written = text_of(view, name.span)
        words = written.split()
        if name.kind is NameKind.PERSON and len(words) >= 2 and "'" not in written:
            yield put(view, (name.span.start, name.span.end, words[-1]))
            return


def possessive(view: View, _random: Random) -> Iterator[str]:
    """Turn "the mayor of X" into "X's mayor"."""
    held = "mayor|governor|president|capital|king|army|navy|parliament|city|port"
    found = re.search(rf"\b[Tt]he ({held}) of ([A-Z][a-z]+)\b(?! [A-Z]| and)", view.text)
    if found:
        yield view.text[: found.start()] + f"{found[2]}'s {found[1]}" + view.text[found.end() :]


HARMLESS: dict[str, Maker] = {
    "synonym": synonym,
    "synonym of several words": synonym_of_words,
    "spelling": spelling,
    "passive": passive,
    "phrase moved": moved,
    "source moved": source_first,
    "typography": typography,
    "number format": number_format,
    "date format": date_format,
    "surname alone": alias,
    "possessive": possessive,
}
