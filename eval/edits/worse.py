"""Edits that change what a sentence reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from eval.edits.base import (
    Maker,
    closing_source,
    lowered,
    put,
    quoted,
    subtree,
    swapped_words,
    text_of,
    transitive,
    without_stop,
)
from eval.edits.words import (
    BODIES,
    LOADED,
    NUMBERS,
    PEOPLE,
    PLACES,
    SOURCES,
    STRONGER,
)
from retold.annotate.dateforms import MONTHS, WEEKDAYS
from retold.collate.views import View
from retold.model import ChangeKind, NameKind


def figure(view: View, random: Random) -> Iterator[str]:
    """Put another number for a figure."""
    for found in view.figures:
        if any(d.span.overlap(found.span) for d in view.dates):
            continue
        written = text_of(view, found.span)
        digits = re.search(r"\d+", written)
        if digits:
            old = digits[0]
            first = random.choice([d for d in "123456789" if d != old[0]])
            new = first + old[1:]
            at = found.span.start + digits.start()
            yield put(view, (at, at + len(old), new))
        elif written.lower() in NUMBERS:
            new = random.choice([n for n in NUMBERS if n != written.lower()])
            yield put(view, (found.span.start, found.span.end, new))


def date(view: View, random: Random) -> Iterator[str]:
    """Put another day, month or year."""
    for found in view.dates:
        written = text_of(view, found.span)
        for names in (WEEKDAYS, MONTHS):
            old = next((n for n in names if n in written), None)
            if old is not None:
                new = random.choice([n for n in names if n != old])
                at = found.span.start + written.index(old)
                yield put(view, (at, at + len(old), new))
                return
        year = re.search(r"\b(1[89]|20)\d\d\b", written)
        if year:
            at = found.span.start + year.start()
            new = str(int(year[0]) - random.randint(2, 9))
            yield put(view, (at, at + 4, new))


def _renamed(
    view: View, random: Random, kinds: set[NameKind], pool: Sequence[str]
) -> Iterator[str]:
    for name in view.names:
        written = text_of(view, name.span)
        if name.kind not in kinds or not written[0].isupper() or "'" in written:
            continue
        others = [p for p in pool if p.split()[0] not in written and p not in view.text]
        new = random.choice(others)
        if kinds == {NameKind.PERSON} and " " not in written:
            new = new.split()[-1]
        yield put(view, (name.span.start, name.span.end, new))


def place(view: View, random: Random) -> Iterator[str]:
    """Put another place."""
    return _renamed(view, random, {NameKind.PLACE}, PLACES)


def person(view: View, random: Random) -> Iterator[str]:
    """Put another person."""
    return _renamed(view, random, {NameKind.PERSON}, PEOPLE)


def body(view: View, random: Random) -> Iterator[str]:
    """Put another company or body."""
    return _renamed(view, random, {NameKind.ORGANISATION}, BODIES)


def role_swap(view: View, _random: Random) -> Iterator[str]:
    """Let doer and object of a verb change places, where both can act."""
    animate = {NameKind.PERSON, NameKind.ORGANISATION, NameKind.PLACE}
    for _, doer, done in transitive(view):
        ends = []
        for _, last in (doer, done):
            named = any(
                n.kind in animate and n.span.start == view.tokens[last].start for n in view.names
            )
            person = view.tokens[last].tag == "NNS" or named
            ends.append(person or view.forms[last] in _ACTORS)
        if not all(ends):
            continue
        low, high = view.tokens[doer[0]].start, view.tokens[doer[1]].end
        start, end = view.tokens[done[0]].start, view.tokens[done[1]].end
        text = view.document.article.text
        before = text[low:high]
        if doer[0] == 0:
            before = lowered(view, before)
        yield put(view, (low, high, text[start:end]), (start, end, before))


_ACTORS = frozenset(
    {
        *("police", "company", "team", "army", "court", "party", "minister", "mayor", "union"),
        *("government", "president", "council", "parliament", "navy", "governor", "senator"),
        *("rival", "opponent", "champion", "captain", "king", "queen", "club", "bank"),
    }
)


def negation(view: View, _random: Random) -> Iterator[str]:
    """Deny the main statement, or affirm what was denied."""
    for i, token in enumerate(view.tokens):
        if view.forms[i] == "not" and view.forms[i - 1 : i] in (("was",), ("were",), ("is",)):
            if view.forms[i + 1 : i + 2] and view.forms[i + 1] in {"only", "merely", "just"}:
                continue
            yield put(view, (token.start - 1, token.end, ""))
            return
    for i, token in enumerate(view.tokens):
        if quoted(view, token.start) or token.dep not in {"ROOT", "ccomp", "auxpass", "aux"}:
            continue
        neighbours = view.forms[i + 1 : i + 2]
        if neighbours and neighbours[0] in {"not", "n't", "never", "only"}:
            continue
        if view.forms[i] in {"was", "were", "is", "are", "will"} and token.dep != "ccomp":
            yield put(view, (token.end, token.end, " not"))
            return
        children = {view.tokens[c].dep for c in view.children[i]}
        said = any(c.overlap(view.span) for a in view.attributions for c in a.content)
        plain = token.tag == "VBD" and token.pos == "VERB" and (not said or token.dep == "ccomp")
        if plain and not children & {"aux", "neg", "ccomp"}:
            yield put(view, (token.start, token.end, f"did not {token.lemma}"))
            return


def hedge(view: View, random: Random) -> Iterator[str]:
    """Put a hedge in front of the main verb, or take one away."""
    for i, token in enumerate(view.tokens):
        if view.forms[i] in {"reportedly", "allegedly", "apparently", "possibly", "probably"}:
            yield put(view, (token.start, token.end + 1, ""))
            return
        if view.forms[i] in {"may", "might", "could"} and token.tag == "MD":
            yield put(view, (token.start, token.end, "will"))
            return
    for i, token in enumerate(view.tokens):
        if token.dep != "ROOT" or quoted(view, token.start):
            continue
        auxiliaries = [
            c for c in view.children[i] if view.tokens[c].dep in {"aux", "auxpass"} and c < i
        ]
        word = random.choice(("reportedly", "allegedly", "apparently"))
        if token.pos == "VERB" and token.tag == "VBD" and not auxiliaries:
            if any(view.tokens[c].dep == "ccomp" for c in view.children[i]):
                continue
            yield put(view, (token.start, token.start, f"{word} "))
        elif auxiliaries and view.forms[auxiliaries[-1]] in {"was", "were", "will", "has", "have"}:
            at = view.tokens[auxiliaries[-1]].end
            yield put(view, (at, at, f" {word}"))


def escalation(view: View, _random: Random) -> Iterator[str]:
    """Put a stronger event."""
    return swapped_words(view, STRONGER, "V")


def loaded(view: View, _random: Random) -> Iterator[str]:
    """Put a word of another colour."""
    return swapped_words(view, LOADED, "NV")


def attribution_added(view: View, random: Random) -> Iterator[str]:
    """Ascribe a flat statement to a source."""
    if view.attributions or '"' in view.text or "“" in view.text or len(view.tokens) < 7:
        return
    stripped, end = without_stop(view)
    yield f"{stripped}, {random.choice(SOURCES)}{end}"


def attribution_dropped(view: View, _random: Random) -> Iterator[str]:
    """State flat what a source was said to have said at the end."""
    told = closing_source(view)
    if told is not None:
        yield put(view, (told[0], told[1], ""))


def attribution_changed(view: View, random: Random) -> Iterator[str]:
    """Ascribe what a named source said to another."""
    told = closing_source(view)
    if told is None:
        return
    written = view.document.article.text[told[0] : told[1]]
    if any(n.kind is NameKind.PERSON and told[0] <= n.span.start < told[1] for n in view.names):
        new = random.choice([p for p in PEOPLE if p not in written])
        yield put(view, (told[0], told[1], f", {new} said"))


def addition(view: View, random: Random) -> Iterator[str]:
    """Add a statement at the end."""
    if '"' in view.text or "“" in view.text or len(view.tokens) < 7:
        return
    stripped, end = without_stop(view)
    place_, person_ = random.choice(PLACES), random.choice(PEOPLE)
    yield f"{stripped}, and {person_} was taken to a hospital in {place_} with burns{end}"


def omission(view: View, _random: Random) -> Iterator[str]:
    """Leave out the second of two joined statements."""
    for i, token in enumerate(view.tokens):
        if token.dep != "conj" or token.pos != "VERB" or view.tokens[token.head].dep != "ROOT":
            continue
        joint = [c for c in view.children[token.head] if view.tokens[c].dep == "cc" and c < i]
        first, last = subtree(view, i)
        content = sum(
            view.tokens[n].pos in {"NOUN", "PROPN", "NUM"} for n in range(first, last + 1)
        )
        if (
            joint
            and content >= 2
            and last >= len(view.tokens) - 2
            and not quoted(view, token.start)
        ):
            left = view.document.article.text[view.span.start : view.tokens[joint[-1]].start]
            yield left.rstrip(" ,") + "."


HARMFUL: dict[str, Maker] = {
    "figure": figure,
    "date": date,
    "place": place,
    "person": person,
    "body": body,
    "role swap": role_swap,
    "negation": negation,
    "hedge": hedge,
    "escalation": escalation,
    "attribution added": attribution_added,
    "attribution dropped": attribution_dropped,
    "attribution changed": attribution_changed,
    "loaded word": loaded,
    "addition": addition,
    "omission": omission,
}

_K = ChangeKind
WANTED: dict[str, frozenset[ChangeKind]] = {
    "figure": frozenset({_K.FIGURE}),
    "date": frozenset({_K.DATE}),
    "place": frozenset({_K.PLACE, _K.NAME}),
    "person": frozenset({_K.NAME, _K.PLACE, _K.ATTRIBUTION}),
    "body": frozenset({_K.NAME, _K.PLACE, _K.ATTRIBUTION}),
    "role swap": frozenset({_K.ROLE_SWAP}),
    "negation": frozenset({_K.NEGATION}),
    "hedge": frozenset({_K.HEDGE}),
    "escalation": frozenset({_K.HEDGE}),
    "attribution added": frozenset({_K.ATTRIBUTION}),
    "attribution dropped": frozenset({_K.ATTRIBUTION}),
    "attribution changed": frozenset({_K.ATTRIBUTION, _K.NAME}),
    "loaded word": frozenset({_K.LOADED_WORD, _K.HEDGE}),
    "addition": frozenset({_K.ADDITION}),
    "omission": frozenset({_K.OMISSION}),
}
"""Kinds of change that tell an edit rightly. A person or body may be a source, too; a weightier
word may be told as a stronger event."""
