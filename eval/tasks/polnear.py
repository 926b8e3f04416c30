"""Attributions and quotations in the layout of PolNeAR (Newell et al. 2018).

A folder holds ``text/*.txt`` and ``attributions/*.ann`` (brat standoff; the name of an ``.ann``
file is that of its text with ``_`` and the annotator's code appended), or a subfolder ``dev``
that does; then ``dev`` is scored. A text with several annotators counts once, its counts averaged
over them.

Direct speech is a gold attribution each of whose content spans stands right between double
quotation marks (straight, curly, or two straight single ones), punctuation at its ends and the
marks themselves set aside, whether or not the annotator took the marks into the span. All kinds
are direct, mixed and indirect. Contents, sources and cues are compared without marks, blanks and
punctuation at their ends, as sets of ranges.

- *content exact*: F1 of attributions whose content ranges are equal.
- *content overlap*: F1 where a pair counts as much as the Dice coefficient of its characters.
- *content words*: F1 of the words inside contents, as Citron (Newell et al. 2018) defines its
  overlap: long contents weigh more than short ones. Words are counted once a pair, not once for
  every attribution that they stand in, so that it cannot go above one.
- *source* and *cue*, *exact* and *overlap*: the same of the sources and cues of paired
  attributions; one that has none is not counted on its side.
- *link exact*: content, source and cue are all equal. *link overlap*: the Dice coefficient of the
  characters of all three.
- *speaker linked*: the share of gold direct attributions with a source whose content is found
  (characters' Dice coefficient of .5 or more) with a source that shares half of the shorter
  source.
- *human*: the same figures of one annotator against another, over all ordered pairs, on the texts
  that several annotated (of the folder and, where it is there, of ``train`` beside ``dev``).

Pairs are matched one to one, greedily by falling Dice coefficient of their contents. The gold
marks only the outermost attribution: none of its contents holds another attribution. So what
Retold finds inside the content of another is left out here, and chains ("the agency reported that
the minister had said") cannot be scored on these data. The baseline takes everything between
double quotation marks of three words or more for an utterance, and the nearest run of capitalised
words outside the marks in the same paragraph for its speaker; it names no cue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from pathlib import Path

from eval.core import Score, f1, score
from eval.polnear import MARKS, Case, Ranges, Said, bare
from eval.polnear import load as read
from retold.annotate import annotate
from retold.model import Article, Document, Speech, article_id

PUBLISHED = {
    "all kinds, content exact F1": "0.593 (Citron, on another set)",
    "all kinds, content words F1": "0.833 (Citron, on another set, by its own count)",
}

Counts = tuple[float, float, float]
Measure = Callable[[str, Sequence[Said], Sequence[Said]], Sequence[float]]

_QUOTED = re.compile(rf"(?:[\"“]|'')((?:[^{MARKS}\n']|'(?!'))+)(?:[\"”]|'')")
_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_WORD = re.compile(r"\w+")
FOUND = 0.5
"""Dice coefficient of contents from which a gold attribution counts as found for its speaker."""
LINKED = 0.5
"""Share of the shorter source's characters that two linked sources have in common."""
SIMPLE = "all between double marks, 3 words or more"
NEAREST = "nearest capitalised run"


def load(path: Path) -> list[Case]:
    """Read and check a folder, or its subfolder ``dev``; GoldError names file and line."""
    return read(path / "dev" if (path / "dev").is_dir() else path)


def dice(a: Ranges, b: Ranges) -> float:
    """Dice coefficient of the characters that two sets of ranges cover."""
    common = _common(a, b)
    size = sum(e - s for s, e in a) + sum(f - t for t, f in b)
    return 2 * common / size if size else 0.0


def _common(a: Ranges, b: Ranges) -> int:
    return sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)


def pairs(gold: Sequence[Said], found: Sequence[Said]) -> list[tuple[float, int, int]]:
    """Match gold and found one to one, greedily by Dice coefficient: (coefficient, gold, found)."""
    rated = [
        (value, i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if (value := dice(g.content, f.content)) > 0
    ]
    taken_gold, taken_found, kept = set(), set(), []
    for value, i, j in sorted(rated, key=lambda r: (-r[0], r[1], r[2])):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            kept.append((value, i, j))
    return kept


def content(gold: Sequence[Said], found: Sequence[Said], *, exact: bool) -> Counts:
    """(True positives, false positives, false negatives) of the contents."""
    if exact:
        keys = {g.content for g in gold}
        hits = float(len(keys & {f.content for f in found}))
        return hits, len({f.content for f in found}) - hits, len(keys) - hits
    hits = sum(value for value, _, _ in pairs(gold, found))
    return hits, len(found) - hits, len(gold) - hits


def words(text: str, gold: Sequence[Said], found: Sequence[Said]) -> Counts:
    """The same counts of the words in the contents of paired attributions, and of all others."""

    def covered(said: Said) -> set[int]:
        return {m.start() for s, e in said.content for m in _WORD.finditer(text, s, e)}

    ours, theirs = [covered(g) for g in gold], [covered(f) for f in found]
    hits = float(sum(len(ours[i] & theirs[j]) for _, i, j in pairs(gold, found)))
    return hits, sum(map(len, theirs)) - hits, sum(map(len, ours)) - hits


def parts(part: str, gold: Sequence[Said], found: Sequence[Said], *, exact: bool) -> Counts:
    """The same counts of the sources or cues of paired attributions."""
    hits = 0.0
    for _, i, j in pairs(gold, found):
        a, b = getattr(gold[i], part), getattr(found[j], part)
        hits += bool(a) * (a == b) if exact else dice(a, b)
    ours, theirs = (sum(1 for s in side if getattr(s, part)) for side in (gold, found))
    return hits, theirs - hits, ours - hits


def link(gold: Sequence[Said], found: Sequence[Said], *, exact: bool) -> Counts:
    """The same counts of whole attributions: content, source and cue."""
    hits = 0.0
    for _, i, j in pairs(gold, found):
        a, b = gold[i], found[j]
        if exact:
            hits += a == b
            continue
        both = [(a.content, b.content), (a.source, b.source), (a.cue, b.cue)]
        size = sum(e - s for pair in both for ranges in pair for s, e in ranges)
        hits += 2 * sum(_common(x, y) for x, y in both) / size
    return hits, len(found) - hits, len(gold) - hits


def linked(gold: Sequence[Said], found: Sequence[Said]) -> tuple[float, float]:
    """(Gold attributions whose speaker was found, gold attributions that have one)."""
    match = {i: j for value, i, j in pairs(gold, found) if value >= FOUND}
    hits = sum(
        1.0 for i, g in enumerate(gold) if g.source and i in match and _meet(g, found[match[i]])
    )
    return hits, float(sum(1 for g in gold if g.source))


def _meet(a: Said, b: Said) -> bool:
    sizes = [sum(e - s for s, e in said.source) for said in (a, b)]
    return min(sizes) > 0 and _common(a.source, b.source) >= LINKED * min(sizes)


def predicted(document: Document, *, direct: bool) -> list[Said]:
    """What Retold finds, in the shape of the gold data: the outermost of nested attributions."""
    text = document.article.text
    said = []
    for attribution in document.attributions:
        if attribution.within or (direct and attribution.speech is not Speech.DIRECT):
            continue
        ranges = bare(text, ((s.start, s.end) for s in attribution.content))
        source, cue = (
            bare(text, [(span.start, span.end)] if span else [])
            for span in (attribution.source, attribution.cue)
        )
        if ranges:
            said.append(Said(ranges, source, cue))
    return said


def baseline(text: str) -> list[Said]:
    """All between double marks of three words or more; the nearest capitalised run speaks."""
    said = []
    for match in _QUOTED.finditer(text):
        if len(match[1].split()) < 3:
            continue
        begin = text.rfind("\n", 0, match.start()) + 1
        stop = text.find("\n", match.end())
        stop = len(text) if stop < 0 else stop
        names = [m.span() for m in _CAPITALS.finditer(text, match.end(), stop)][:1]
        names += [m.span() for m in _CAPITALS.finditer(text, begin, match.start())][-1:]
        nearest = (
            min(
                names,
                key=lambda n: n[0] - match.end() if n[0] >= match.end() else match.start() - n[1],
            )
            if names
            else None
        )
        said.append(Said(bare(text, [match.span(1)]), (nearest,) if nearest else ()))
    return said


MEASURES: Mapping[str, Measure] = {
    "content exact F1": lambda _, g, f: content(g, f, exact=True),
    "content overlap F1": lambda _, g, f: content(g, f, exact=False),
    "content words F1": words,
    "source exact F1": lambda _, g, f: parts("source", g, f, exact=True),
    "source overlap F1": lambda _, g, f: parts("source", g, f, exact=False),
    "cue exact F1": lambda _, g, f: parts("cue", g, f, exact=True),
    "cue overlap F1": lambda _, g, f: parts("cue", g, f, exact=False),
    "link exact F1": lambda _, g, f: link(g, f, exact=True),
    "link overlap F1": lambda _, g, f: link(g, f, exact=False),
    "speaker linked": lambda _, g, f: linked(g, f),
}
"""What is counted, by the name of its score; all but the last are F1."""


def _mean(counts: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(sum(column) / len(counts) for column in zip(*counts, strict=True))


def _share(cases: Sequence[Sequence[float]]) -> float:
    hits, all_of_them = sum(c[0] for c in cases), sum(c[1] for c in cases)
    return hits / all_of_them if all_of_them else 0.0


def _f1(cases: Sequence[Sequence[float]]) -> float:
    return f1([(c[0], c[1], c[2]) for c in cases])


def _statistic(name: str) -> Callable[[Sequence[Sequence[float]]], float]:
    return _f1 if name.endswith("F1") else _share


def _kinds(direct: Sequence[Said], every: Sequence[Said]) -> dict[str, Sequence[Said]]:
    return {"direct": direct, "all kinds": every}


def evaluate(path: Path) -> list[Score]:
    """Score the attributions that Retold finds in the texts of ``path``; n counts the texts."""
    cases = load(path)
    articles = [Article(article_id(c.text, title=c.name), c.text, title=c.name) for c in cases]
    columns: dict[tuple[str, str, str], list[tuple[float, ...]]] = defaultdict(list)
    for case, document in zip(cases, annotate(articles), strict=True):
        simple = baseline(case.text)
        ours = _kinds(predicted(document, direct=True), predicted(document, direct=False))
        sides = {"ours": ours, "simple": _kinds(simple, simple)}
        for side, by_kind in sides.items():
            for kind, found in by_kind.items():
                for name, measure in MEASURES.items():
                    counts = [
                        measure(case.text, _kinds(*_gold(marked))[kind], found)
                        for marked in case.annotators
                    ]
                    columns[side, kind, name].append(_mean(counts))
    scores = []
    for kind in ("direct", "all kinds"):
        for name in MEASURES:
            if name == "speaker linked" and kind != "direct":
                continue
            statistic = _statistic(name)
            has_floor = not name.startswith(("cue", "link"))
            floor = statistic(columns["simple", kind, name]) if has_floor else None
            simple_name = NEAREST if name.startswith(("speaker", "source")) else SIMPLE
            title, rows = f"{kind}, {name}", columns["ours", kind, name]
            scores.append(score(title, rows, statistic, floor, simple_name if has_floor else ""))
    return scores + _human(path, cases)


def _gold(marked: Sequence[tuple[bool, Said]]) -> tuple[list[Said], list[Said]]:
    """One annotator's direct attributions, and all of them."""
    return [said for direct, said in marked if direct], [said for _, said in marked]


def _human(path: Path, cases: Sequence[Case]) -> list[Score]:
    """How well one annotator's marks score against another's; nothing where nobody marked twice."""
    train = path / "train"
    others = read(train) if train.is_dir() and (path / "dev").is_dir() else []
    twice = [case for case in (*cases, *others) if len(case.annotators) > 1]
    if not twice:
        return []
    scores = []
    for kind in ("direct", "all kinds"):
        for name, measure in MEASURES.items():
            if name == "speaker linked" and kind != "direct":
                continue
            rows = [
                _mean(
                    [
                        measure(case.text, _kinds(*_gold(a))[kind], _kinds(*_gold(b))[kind])
                        for a, b in permutations(case.annotators, 2)
                    ]
                )
                for case in twice
            ]
            scores.append(score(f"human, {kind}, {name}", rows, _statistic(name)))
    return scores
