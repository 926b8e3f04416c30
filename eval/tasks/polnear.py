"""Quotations: attributions of direct speech in the layout of PolNeAR (Newell et al. 2018).

A folder holds ``text/*.txt`` and ``attributions/*.ann`` (brat standoff; the name of an ``.ann``
file is that of its text with ``_`` and the annotator's code appended), or a subfolder ``dev``
that does; then ``dev`` is scored. A text with several annotators counts once, its counts averaged
over them.

Direct speech is a gold attribution each of whose content spans stands right between double
quotation marks (straight, curly, or two straight single ones), punctuation at its ends and the
marks themselves set aside, whether or not the annotator took the marks into the span. Contents
are compared without marks, blanks and punctuation at their ends, as sets of ranges.

- *content exact*: F1 of attributions whose content ranges are equal.
- *content overlap*: F1 where a pair counts as much as the Dice coefficient of its characters.
- *speaker linked*: the share of gold direct attributions with a source whose content is found
  (characters' Dice coefficient of .5 or more) with a source that shares half of the shorter
  source.
- *all kinds*: content F1 of all attributions, direct, mixed and indirect, for information.

Pairs are matched one to one, greedily by falling Dice coefficient. The baseline takes everything
between double quotation marks of three words or more for an utterance, and the nearest run of
capitalised words outside the marks in the same paragraph for its speaker.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.core import GoldError, Score, f1, score
from retold.annotate import annotate
from retold.model import Article, Document, Speech, article_id

Ranges = tuple[tuple[int, int], ...]
Counts = tuple[float, float, float]

_MARKS = '"“”'
_DOUBLE = frozenset(_MARKS)
_TRIM = " \t\r\n\u00a0,.;:?!…-–—'‘’" + _MARKS
_ENTRY = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_EVENT = re.compile(r"E\d+\t(\S+:T\d+(?: \S+:T\d+)*) ?")
_QUOTED = re.compile(r"(?:[\"“]|'')((?:[^\"“”\n']|'(?!'))+)(?:[\"”]|'')")
_CAPITALS = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
FOUND = 0.5
"""Dice coefficient of contents from which a gold attribution counts as found for its speaker."""
LINKED = 0.5
"""Share of the shorter source's characters that two linked sources have in common."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution, gold or predicted."""

    content: Ranges
    source: Ranges


@dataclass(frozen=True, slots=True)
class Case:
    """One text with what each of its annotators marked."""

    name: str
    text: str
    annotators: tuple[tuple[tuple[bool, Said], ...], ...]
    """For each annotator (is it direct, attribution)."""


def load(path: Path) -> list[Case]:
    """Read and check a folder; raises GoldError that names file and line."""
    folder = path / "dev" if (path / "dev").is_dir() else path
    texts, files = folder / "text", folder / "attributions"
    for needed in (texts, files):
        if not needed.is_dir():
            raise GoldError(f"{folder}: no folder {needed.name}/")
    by_text: dict[str, list[Path]] = defaultdict(list)
    for file in sorted(files.glob("*.ann")):
        by_text[file.stem.rpartition("_")[0]].append(file)
    cases = []
    for name, annotated in sorted(by_text.items()):
        source = texts / f"{name}.txt"
        if not source.is_file():
            raise GoldError(f"{annotated[0]}: there is no text {source.name}")
        text = source.read_bytes().decode("utf-8")
        cases.append(Case(name, text, tuple(tuple(_read(file, text)) for file in annotated)))
    if not cases:
        raise GoldError(f"{files}: no .ann files")
    return cases


def _read(file: Path, text: str) -> list[tuple[bool, Said]]:
    """Read one brat file; text of an entry may run over several lines."""
    spans: dict[str, Ranges] = {}
    events: list[tuple[int, str]] = []
    for number, entry in _entries(file):
        if entry.startswith("T"):
            match = _ENTRY.fullmatch(entry)
            if match is None:
                raise GoldError(f"{file}:{number}: not a text-bound annotation: {entry[:60]!r}")
            ranges = tuple(_pair(pair) for pair in match[3].split(";"))
            marked = " ".join(text[s:e] for s, e in ranges)
            if any(e > len(text) or s >= e for s, e in ranges) or not _same(marked, match[4]):
                raise GoldError(f"{file}:{number}: the offsets hold {marked[:40]!r}, not the text")
            spans[match[1]] = ranges
        elif entry.startswith("E"):
            events.append((number, entry))
    said = []
    for number, entry in events:
        match = _EVENT.fullmatch(entry)
        if match is None:
            raise GoldError(f"{file}:{number}: not an event: {entry[:60]!r}")
        roles: dict[str, list[tuple[int, int]]] = {"Content": [], "Source": []}
        for argument in match[1].split():
            role, target = argument.split(":")
            if target not in spans:
                raise GoldError(f"{file}:{number}: {target} is not defined")
            role = role.rstrip("0123456789")
            if role in roles:
                roles[role].extend(spans[target])
        content = tuple(sorted(roles["Content"]))
        if content:
            inner = bare(text, content)
            direct = bool(inner) and all(_in_marks(text, s, e) for s, e in inner)
            said.append((direct, Said(inner, tuple(sorted(roles["Source"])))))
    return said


def _entries(file: Path) -> Iterable[tuple[int, str]]:
    """Entries with the number of their first line; other lines go on with the entry before."""
    number, entry = 0, ""
    lines = file.read_bytes().decode("utf-8").split("\n")
    for at, line in enumerate(lines, 1):
        if re.match(r"(?:[TERAM]\d+|[*#]\d*)\t", line):
            if entry:
                yield number, entry.rstrip("\r\n")
            number, entry = at, line
        elif entry:
            entry += "\n" + line
        elif line.strip():
            raise GoldError(f"{file}:{at}: begins no annotation: {line[:60]!r}")
    if entry:
        yield number, entry.rstrip("\r\n")


def _pair(pair: str) -> tuple[int, int]:
    start, end = pair.split()
    return int(start), int(end)


def _same(a: str, b: str) -> bool:
    return "".join(a.split()) == "".join(b.split())


def _in_marks(text: str, start: int, end: int) -> bool:
    """Say whether the bare range stands right between double quotation marks."""
    before = text[max(0, start - 6) : start].replace("''", '"').rstrip(" \t\u00a0.…-–—'‘’")
    after = text[end : end + 6].replace("''", '"').lstrip(" \t\u00a0,.;:?!…-–—'‘’")
    return before[-1:] in _DOUBLE and after[:1] in _DOUBLE


def bare(text: str, ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The ranges without marks, blanks and punctuation at their ends, adjacent ones joined."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        s, e = start, end
        while s < e and text[s] in _TRIM:
            s += 1
        while e > s and text[e - 1] in _TRIM:
            e -= 1
        if s >= e:
            continue
        if kept and not text[kept[-1][1] : s].strip(_TRIM):
            kept[-1] = (kept[-1][0], e)
        else:
            kept.append((s, e))
    return tuple(kept)


def dice(a: Ranges, b: Ranges) -> float:
    """Dice coefficient of the characters that two sets of ranges cover."""
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    size = sum(e - s for s, e in a) + sum(f - t for t, f in b)
    return 2 * common / size if size else 0.0


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


def linked(gold: Sequence[Said], found: Sequence[Said]) -> tuple[float, float]:
    """(Gold attributions whose speaker was found, gold attributions that have one)."""
    match = {i: j for value, i, j in pairs(gold, found) if value >= FOUND}
    hits = sum(
        1.0 for i, g in enumerate(gold) if g.source and i in match and _meet(g, found[match[i]])
    )
    return hits, float(sum(1 for g in gold if g.source))


def _meet(a: Said, b: Said) -> bool:
    sizes = [sum(e - s for s, e in said.source) for said in (a, b)]
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a.source for t, f in b.source)
    return min(sizes) > 0 and common >= LINKED * min(sizes)


def predicted(document: Document, *, direct: bool) -> list[Said]:
    """What Retold finds, in the shape of the gold data."""
    text = document.article.text
    said = []
    for attribution in document.attributions:
        if direct and attribution.speech is not Speech.DIRECT:
            continue
        ranges = bare(text, ((s.start, s.end) for s in attribution.content))
        source = attribution.source
        if ranges:
            said.append(Said(ranges, ((source.start, source.end),) if source else ()))
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


def _mean(counts: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(sum(column) / len(counts) for column in zip(*counts, strict=True))


def _share(cases: Sequence[Sequence[float]]) -> float:
    hits, all_of_them = sum(c[0] for c in cases), sum(c[1] for c in cases)
    return hits / all_of_them if all_of_them else 0.0


def _f1(cases: Sequence[Sequence[float]]) -> float:
    return f1([(c[0], c[1], c[2]) for c in cases])


def evaluate(path: Path) -> list[Score]:
    """Score the attributions that Retold finds in the texts of ``path``; n counts the texts."""
    cases = load(path)
    articles = [Article(article_id(c.text, title=c.name), c.text, title=c.name) for c in cases]
    documents = annotate(articles)
    columns: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for case, document in zip(cases, documents, strict=True):
        direct, simple = predicted(document, direct=True), baseline(case.text)
        everything = predicted(document, direct=False)
        rows: dict[str, list[Sequence[float]]] = defaultdict(list)
        for marked in case.annotators:
            spoken = [said for is_direct, said in marked if is_direct]
            every = [said for _, said in marked]
            for name, gold, found in (
                ("direct", spoken, direct),
                ("baseline", spoken, simple),
                ("all", every, everything),
                ("all baseline", every, simple),
            ):
                rows[f"{name} exact"].append(content(gold, found, exact=True))
                rows[f"{name} overlap"].append(content(gold, found, exact=False))
                rows[f"{name} speaker"].append(linked(gold, found))
        for name, row in rows.items():
            columns[name].append(_mean(row))
    marks = "all between double marks, 3 words or more"
    scores = []
    for kind, other, title in (
        ("direct", "baseline", "direct"),
        ("all", "all baseline", "all kinds"),
    ):
        for way in ("exact", "overlap"):
            floor = _f1(columns[f"{other} {way}"])
            name = f"{title}, content {way} F1"
            scores.append(score(name, columns[f"{kind} {way}"], _f1, floor, marks))
        if kind == "direct":
            scores.append(
                score(
                    "direct, speaker linked",
                    columns["direct speaker"],
                    _share,
                    _share(columns["baseline speaker"]),
                    "nearest capitalised run",
                )
            )
    return scores
