"""Attributions in the layout of PolNeAR (Newell et al. 2018), read and checked.

Contents, sources and cues are compared without marks, blanks and punctuation at their ends, as
sets of ranges (offsets into the text, half-open).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.core import GoldError

Ranges = tuple[tuple[int, int], ...]

MARKS = '"“”'
_DOUBLE = frozenset(MARKS)
_TRIM = " \t\r\n\u00a0,.;:?!…-–—'‘’" + MARKS
_ENTRY = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_EVENT = re.compile(r"E\d+\t(\S+:T\d+(?: \S+:T\d+)*) ?")


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution, gold or predicted."""

    content: Ranges
    source: Ranges
    cue: Ranges = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One text with what each of its annotators marked."""

    name: str
    text: str
    annotators: tuple[tuple[tuple[bool, Said], ...], ...]
    """For each annotator (is it direct, attribution)."""


def load(folder: Path) -> list[Case]:
    """Read and check ``text/`` and ``attributions/``; raises GoldError naming file and line."""
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
        roles: dict[str, list[tuple[int, int]]] = {"Content": [], "Source": [], "Cue": []}
        for argument in match[1].split():
            role, target = argument.split(":")
            if target not in spans:
                raise GoldError(f"{file}:{number}: {target} is not defined")
            role = role.rstrip("0123456789")
            if role in roles:
                roles[role].extend(spans[target])
        if roles["Content"]:
            inner, source, cue = (bare(text, roles[r]) for r in ("Content", "Source", "Cue"))
            direct = bool(inner) and all(_in_marks(text, s, e) for s, e in inner)
            said.append((direct, Said(inner, source, cue)))
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
