"""Rulings of editors made one: the newer go before the older, and what is not there counts not."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import accumulate

from retold.labels import labels
from retold.model import Article, RuledDate, RuledSpeaker, Ruling, RulingKind, Rulings, Span

RULED = "ruled"
"""``Article.published_source`` of a date that an editor ruled."""
_WORD = re.compile(r"\S+")
_ID = re.compile(r"sha256:[0-9a-f]+")


def settle(given: Iterable[Ruling]) -> Rulings:
    """Return what rulings come to, given the oldest first.

    Each counts as far as no newer one contradicts it; ``overruled`` lists those that do not wholly.
    The result does not depend on the order of rulings that do not contradict each other.
    """
    rulings = list(given)
    blocks, overruled = _Blocks(), list[str]()
    for ruling in reversed(rulings):
        if not _hold(blocks, ruling):
            overruled.append(_contradicted(ruling))
    derived = {r.articles[:2] for r in rulings if r.kind is RulingKind.NOT_DERIVED}
    differing = {r.spans[:2] for r in rulings if r.kind is RulingKind.NOT_SAME}
    speakers: dict[Span, RuledSpeaker] = {}
    dates: dict[str, RuledDate] = {}
    for ruling in rulings:
        if ruling.kind is RulingKind.SPEAKER:
            span = ruling.spans[0]
            if span in speakers and speakers[span].speaker != ruling.speaker:
                overruled.append(
                    f"An older ruling on who spoke, {speakers[span].speaker}, is contradicted by a"
                    f" newer one: {ruling.speaker}."
                )
            speakers.pop(span, None)
            speakers[span] = RuledSpeaker(span, ruling.speaker, ruling.by)
        elif ruling.kind is RulingKind.DATE:
            name = ruling.articles[0]
            if name in dates and dates[name].published != ruling.published:
                overruled.append(
                    f"An older ruling on the date of {name} is contradicted by a newer one."
                )
            dates[name] = RuledDate(name, ruling.published, ruling.by)
    return Rulings(
        together=blocks.together(),
        apart=blocks.apart(),
        not_derived=_pairs(derived),
        not_same=tuple(sorted((min(pair), max(pair)) for pair in differing)),
        # of one article in the order of time: other words may be of the same attribution
        speakers=tuple(sorted(speakers.values(), key=lambda one: one.span.article)),
        dates=tuple(dates[name] for name in sorted(dates)),
        overruled=tuple(sorted(overruled)),
    )


def contradicted(given: Sequence[Ruling]) -> dict[int, int]:
    """Return the places of rulings that newer ones contradict, each with that of one which holds.

    ``given`` has the oldest first. Where it takes several newer ones, it is the oldest that it
    takes.
    """
    blocks, found = _Blocks(), dict[int, int]()
    newest: dict[object, int] = {}
    for place in range(len(given) - 1, -1, -1):
        ruling = given[place]
        if not _hold(blocks, ruling):
            found[place] = _against(given, place)
        if ruling.kind in {RulingKind.SPEAKER, RulingKind.DATE}:
            last = newest.setdefault((ruling.kind, ruling.spans or ruling.articles), place)
            held = given[last]
            if (held.speaker, held.published) != (ruling.speaker, ruling.published):
                found[place] = last
    return found


def _against(given: Sequence[Ruling], place: int) -> int:
    """Return the place of the newest ruling down to which all newer ones contradict another."""

    def contradict(since: int) -> bool:
        blocks = _Blocks()
        for newer in reversed(given[since:]):
            _hold(blocks, newer)
        return not _hold(blocks, given[place])

    few, many = place + 1, len(given) - 1  # the more are held, the more is contradicted
    while few < many:
        middle = (few + many + 1) // 2
        few, many = (middle, many) if contradict(middle) else (few, middle - 1)
    return few


def followed(span: Span, text: Article, later: Article) -> Span | None:
    """Return where the words of a span stand in a later text, whatever white space parts them.

    Words that stand in both as often are followed one by one; else nobody could say which are
    meant, and there is None.
    """
    words = text.text[span.start : span.end]
    before, after = (_places(words.split(), one.text) for one in (text, later))
    first = span.start + len(words) - len(words.lstrip())
    at = next((n for n, (start, _) in enumerate(before) if start == first), None)
    return None if at is None or len(after) != len(before) else Span(later.id, *after[at])


def _places(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Return where words follow one another in a text, as half-open offsets."""
    pieces = [piece.span() for piece in _WORD.finditer(text)]
    plain = " ".join(text[start:end] for start, end in pieces)
    begins = [0, *accumulate(end - start + 1 for start, end in pieces)]

    def there(place: int) -> int:
        piece = bisect_right(begins, place) - 1
        return pieces[piece][0] + place - begins[piece]

    wanted, found = " ".join(words), list[tuple[int, int]]()
    place = plain.find(wanted) if words else -1
    while place >= 0:
        found.append((there(place), there(place + len(wanted) - 1) + 1))
        place = plain.find(wanted, place + 1)
    return found


def carried(ruling: Ruling, stands: Mapping[str, str], follow: Callable[[Span], Span]) -> Ruling:
    """Return a ruling as one on the articles that stand for its own, and on words as followed.

    A date stays: a later text may give another, and rightly so.
    """
    if ruling.kind is RulingKind.DATE:
        return ruling

    def now(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(stands.get(name, name) for name in names)

    return replace(
        ruling,
        articles=now(ruling.articles),
        others=now(ruling.others),
        spans=tuple(map(follow, ruling.spans)),
    )


def among(
    rulings: Rulings, articles: Collection[str], earlier: Mapping[str, str] | None = None
) -> Rulings:
    """Return what rulings say of some articles, by id; what else they say is left out.

    Of articles that others stand for, as ``earlier`` says (:func:`retold.stories.revisions`), what
    is said of the whole is said of those; what is said of their words falls away.
    """
    if not rulings:
        return rulings
    stands, held = earlier or {}, set(articles)

    def now(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(stands.get(a, a), stands.get(b, b)) for a, b in pairs]

    blocks, overruled = _Blocks(), list(rulings.overruled)
    pairs = [Ruling(RulingKind.TOGETHER, pair) for pair in now(rulings.together)]
    pairs += [Ruling(RulingKind.APART, (a,), (b,)) for a, b in now(rulings.apart) if a != b]
    overruled += [_contradicted(ruling) for ruling in reversed(pairs) if not _hold(blocks, ruling)]
    derived = {(a, b) for a, b in now(rulings.not_derived) if a != b and {a, b} <= held}
    return Rulings(
        together=blocks.together(held),
        apart=blocks.apart(held),
        not_derived=_pairs(derived),
        not_same=tuple(
            sorted({(min(p), max(p)) for p in rulings.not_same if {s.article for s in p} <= held})
        ),
        speakers=tuple(one for one in rulings.speakers if one.span.article in held),
        dates=tuple(one for one in rulings.dates if one.article in held),
        overruled=tuple(overruled),
    )


def dated(articles: Iterable[Article], rulings: Rulings) -> dict[str, Article]:
    """Return articles by id, each with the date that is ruled, if any; ids stay what they are."""
    known = {one.article: one.published for one in rulings.dates}
    return {
        a.id: replace(a, published=known[a.id], published_source=RULED) if a.id in known else a
        for a in articles
    }


def configuration(digest: str, rulings: Rulings) -> str:
    """Return the digest of a configuration under rulings; its own where there are none."""
    if not rulings:
        return digest
    held = json.dumps(asdict(rulings), default=_moment, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(f'{digest} {held}'.encode()).hexdigest()}"


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()


def told(rulings: Rulings) -> list[str]:
    """Return what a run under rulings says of them: how many of which kind, and what fell away."""
    if not rulings:
        return []
    counts = (
        (rulings.together, "articles put together"),
        (rulings.apart, "articles taken apart"),
        (rulings.not_derived, "derivation ruled out"),
        (rulings.not_same, "readings that are not the same"),
        (rulings.speakers, "speaker corrected"),
        (rulings.dates, "date corrected"),
    )
    parts = [f"{len(held)} × {what}" for held, what in counts if held]
    return [f"Editors ruled on this: {', '.join(parts)}.", *rulings.overruled]


def named(sentences: Sequence[str], articles: Iterable[Article]) -> list[str]:
    """Return sentences that have the ids of articles with the names that reports give these."""
    if not any(map(_ID.search, sentences)):
        return list(sentences)
    names = {name: f"“{label}”" for name, label in labels(list(articles)).items()}
    return [_ID.sub(lambda one: names.get(one[0], one[0]), told) for told in sentences]


def ruled_by(rulings: Rulings | None, span: Span, speaker: str) -> str:
    """Return ", as NAME ruled" where an editor ruled that these are the words of a speaker."""
    for one in rulings.speakers if rulings else ():
        if one.speaker == speaker and one.span.overlap(span):
            return f", as {one.by or 'an editor'} ruled"
    return ""


def _pairs(found: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((one, other) for one, other in found))


def _hold(blocks: _Blocks, ruling: Ruling) -> bool:
    """Take a ruling on stories in; say whether nothing that is held contradicts it."""
    if ruling.kind is RulingKind.TOGETHER:
        return blocks.join(ruling.articles)
    if ruling.kind is RulingKind.APART:
        return blocks.part(ruling.articles, ruling.others)
    return True


def _contradicted(ruling: Ruling) -> str:
    if ruling.kind is RulingKind.TOGETHER:
        what = f"that {_few(ruling.articles)} tell one story"
    else:
        what = f"that {_few(ruling.articles)} and {_few(ruling.others)} do not tell one story"
    return f"An older ruling {what} is contradicted by newer ones."


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


class _Blocks:
    """Articles that are held together, and which of them are held apart."""

    def __init__(self) -> None:
        self._block: dict[str, set[str]] = {}
        self._foes: dict[str, set[str]] = {}

    def _of(self, name: str) -> set[str]:
        return self._block.setdefault(name, {name})

    def _opposed(self, one: str, other: str) -> bool:
        few, many = sorted((self._of(one), self._of(other)), key=len)
        return any(not many.isdisjoint(self._foes.get(name, ())) for name in few)

    def join(self, names: Iterable[str]) -> bool:
        """Hold articles together as far as none are held apart; say whether all are."""
        heads: list[str] = []
        for name in sorted(set(names)):
            head = next((h for h in heads if not self._opposed(h, name)), None)
            if head is None:
                heads.append(name)
            elif name not in self._of(head):
                few, many = sorted((self._of(head), self._of(name)), key=len)
                many |= few
                self._block.update(dict.fromkeys(few, many))
        return len(heads) <= 1

    def part(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Hold two sides apart as far as they are not held together; say whether all are."""
        wholly = True
        sides = sorted(set(ours)), sorted(set(theirs))
        for one in sides[0]:
            for other in sides[1]:
                if other in self._of(one):
                    wholly = False
                else:
                    self._foes.setdefault(one, set()).add(other)
                    self._foes.setdefault(other, set()).add(one)
        return wholly

    def together(self, held: Collection[str] | None = None) -> tuple[tuple[str, str], ...]:
        """Return pairs that hold each block together, of the articles ``held``."""
        blocks = {id(block): block for block in self._block.values()}.values()
        found = []
        for block in blocks:
            first, *rest = sorted(block if held is None else block & set(held)) or [""]
            found += [(first, other) for other in rest]
        return _pairs(found)

    def apart(self, held: Collection[str] | None = None) -> tuple[tuple[str, str], ...]:
        """Return the pairs that are apart; of those not ``held`` another of their block stands."""
        found = set()
        for one, foes in self._foes.items():
            for other in foes:
                a, b = self._present(one, held), self._present(other, held)
                if a and b:
                    found.add((min(a, b), max(a, b)))
        return _pairs(found)

    def _present(self, name: str, held: Collection[str] | None) -> str:
        if held is None or name in held:
            return name
        return min((n for n in self._of(name) if n in held), default="")
