"""Collation tables: CSV, a column a witness and a row a place, and TEI parallel segmentation."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from lxml import etree

from retold.errors import InputError
from retold.model import Collation

OMITTED = frozenset({"", "-", "–", "—", "om", "om."})
"""What stands in a cell for words that the witness leaves out."""
LOST = frozenset({"?", "lac", "lac.", "[lac]", "[lac.]", "lacuna"})
"""What stands in a cell where the witness cannot be read."""
PLACES = frozenset({"", "#", "id", "n", "no", "place", "locus", "line", "verse"})
"""Heads of a first column that numbers the places, in any case; but a capital N is a siglum."""
LEAST = 3
"""Witnesses without which there is no question of descent among them."""
_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ASIDE = frozenset({"note", "witDetail", "fw", "figDesc", "teiHeader"})
_READINGS = (f"{_TEI}lem", f"{_TEI}rdg")
_BREAKS = {"lacunaStart": True, "witEnd": True, "lacunaEnd": False, "witStart": False}
"""Marks from which on a witness is lost, or is there again."""


def read_collation(path: Path) -> Collation:
    """Read a collation table; what begins with ``<`` is taken for TEI, all else for CSV.

    Raises:
        InputError: the file cannot be read or holds no collation; the message says where and why.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        witnesses, places = _tei(data, path)
    else:
        witnesses, places = _csv(data, path)
    if len(witnesses) < LEAST:
        raise InputError(
            f"{path}: {len(witnesses)} witnesses; a stemma takes {LEAST}, a column each"
            " (in TEI: an @wit each)"
        )
    if not any(len(set(row) - {None}) > 1 for row in places):
        raise InputError(f"{path}: the witnesses agree throughout; nothing tells them apart")
    return Collation(path.stem, tuple(witnesses), tuple(places))


Table = tuple[list[str], list[tuple[str | None, ...]]]


def _csv(data: bytes, path: Path) -> Table:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    head = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True
    )
    try:
        numbered = [(reader.line_num, row) for row in reader if any(c.strip() for c in row)]
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: not CSV ({error})") from None
    if not numbered:
        raise InputError(f"{path}: empty; give a row of sigla, then a row a place")
    witnesses = [" ".join(cell.split()) for cell in numbered[0][1]]
    skip = int(witnesses[0].lower() in PLACES and witnesses[0] != "N")
    witnesses = witnesses[skip:]
    twice = next((w for w in witnesses if witnesses.count(w) > 1), None)
    if "" in witnesses:
        raise InputError(f"{path}:1: column {witnesses.index('') + 1 + skip} has no siglum")
    if twice is not None:
        raise InputError(f"{path}:1: two columns are called {twice}; give each witness its own")
    places = []
    for line, row in numbered[1:]:
        if len(row) != len(witnesses) + skip:
            raise InputError(
                f"{path}:{line}: {len(row)} cells where the head has {len(witnesses) + skip}; put"
                " readings with commas into quotation marks"
            )
        places.append(tuple(_cell(cell) for cell in row[skip:]))
    return witnesses, places


def _cell(cell: str) -> str | None:
    reading = " ".join(cell.split())
    if reading.lower() in LOST:
        return None
    return "" if reading.lower() in OMITTED else reading


def _tei(data: bytes, path: Path) -> Table:
    # nothing is fetched, and no entity but XML's own is put in
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: not XML ({error.msg})") from None
    listed = [w for w in root.iter(f"{_TEI}witness") if w.get(_ID)]
    names = [w.get(_ID) for w in listed]
    groups = {
        group.get(_ID): [w.get(_ID) for w in group.iter(f"{_TEI}witness") if w.get(_ID)]
        for group in root.iter(f"{_TEI}listWit")
        if group.get(_ID)
    }
    apps = list(root.iter(f"{_TEI}app"))
    outer = [a for a in apps if next(a.iterancestors(f"{_TEI}app"), None) is None]
    if not outer:
        raise InputError(f"{path}: no <app> of TEI ({_TEI.strip('{}')}); nothing is collated")
    read = _Apparatus(names, groups, path)
    for app in apps:
        for reading in _readings(app):
            read.note(reading)
    places = [read.place(app) for app in outer]
    kept = [n for n, w in enumerate(read.witnesses) if w in read.named]
    return (
        [read.witnesses[n] for n in kept],
        [tuple(row[n] for n in kept) for row in places],
    )


def _readings(app: etree._Element) -> list[etree._Element]:
    """Return the readings of an app, also those in groups, but not those of an app within."""
    return [r for r in app.iter(*_READINGS) if next(r.iterancestors(f"{_TEI}app")) is app]


class _Apparatus:
    """The witnesses of a TEI document, and which of them are lost at the place that is read."""

    def __init__(self, names: list[str], groups: dict[str, list[str]], path: Path) -> None:
        self.witnesses, self._groups, self._path = list(names), groups, path
        self._known = bool(names)
        self.named: set[str] = set()
        self._lost: set[str] = set()

    def of(self, reading: etree._Element) -> list[str]:
        """Return the witnesses of a reading, groups opened."""
        found: list[str] = []
        for pointer in (reading.get("wit") or "").split():
            name = pointer.removeprefix("#")
            found += self._groups.get(name, [name])
        return found

    def note(self, reading: etree._Element) -> None:
        """Take the witnesses of a reading down.

        Raises:
            InputError: the document lists its witnesses, and one of these is not among them.
        """
        for name in self.of(reading):
            if name not in self.witnesses:
                if self._known:
                    raise InputError(
                        f"{self._path}:{reading.sourceline}: witness {name} is not listed; give it"
                        ' a <witness xml:id="…"> in <listWit>'
                    )
                self.witnesses.append(name)
            self.named.add(name)

    def place(self, app: etree._Element) -> tuple[str | None, ...]:
        """Return the reading of each witness; where a lemma names none, of all that are left."""
        said: dict[str, str | None] = {}
        for reading in _readings(app):
            for name in self.of(reading):
                said.setdefault(name, self._text(reading, name))
        for reading in _readings(app):
            if reading.tag == f"{_TEI}lem" and not reading.get("wit"):
                for name in self.witnesses:
                    said.setdefault(name, self._text(reading, name))
        row = tuple(None if w in self._lost else said.get(w) for w in self.witnesses)
        for mark in app.iter(*(_TEI + name for name in _BREAKS)):
            lost = _BREAKS[mark.tag.removeprefix(_TEI)]
            for name in self._concerned(mark):
                (self._lost.add if lost else self._lost.discard)(name)
        return row

    def _concerned(self, mark: etree._Element) -> list[str]:
        """Return whose text breaks off or sets in at a mark: who it names, or its reading does."""
        holders = (mark, *mark.iterancestors(*_READINGS))
        return self.of(next((h for h in holders if h.get("wit")), mark))

    def _text(self, element: etree._Element, witness: str) -> str | None:
        """Return what a witness reads; None for nothing but a gap, which cannot be read."""
        read = " ".join("".join(self._pieces(element, witness)).split())
        return None if not read and next(element.iter(f"{_TEI}gap"), None) is not None else read

    def _pieces(self, element: etree._Element, witness: str) -> list[str]:
        found = [element.text or ""]
        for child in element:
            name = child.tag.removeprefix(_TEI) if isinstance(child.tag, str) else "note"
            if name == "app":
                inner = _readings(child)
                own = [r for r in inner if witness in self.of(r)] or [
                    r for r in inner if not r.get("wit")
                ]
                found += self._pieces(own[0], witness) if own else []
            elif name not in _ASIDE:
                found += self._pieces(child, witness)
            found.append(child.tail or "")
        return found
