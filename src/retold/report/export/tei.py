"""The apparatus as TEI P5, for textual scholars: parallel segmentation, an entry a claim.

Retold's versions are told in different words, so that the segments are claims, quotations and
figures: each is one ``app`` with the reading of every version (TEI Guidelines, chapter 13). Its
changes are notes that point at the words, with ``cert``; the stemma is a ``listRelation``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from retold.model import Change, Claim, Dossier, Quotation, Reading
from retold.report.export.told import AnyReading, Item, Told, minute, told, utc
from retold.report.html.context import origins_text
from retold.report.html.naming import Anchors, Witness

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (its production Char)."""
_HEADS = {"claim": "Claims", "quotation": "Quotations", "figure": "Figures"}
_METHOD = (
    "Collated automatically by Retold. Each entry holds one claim, quotation or figure with the"
    " wording of every version that has it; the lemma is the wording that most versions have, and"
    " the earliest of equals; where a version has it in several places, “…” stands between them. A"
    " reading of type “absent” names the versions that do not have the"
    " entry, which does not mean that they left it out. Notes of type “change” point at the words"
    " that differ; cert is the probability that they do. A claim of subtype “commentary” reports"
    " nothing that could be checked. Offsets count Unicode code points of the article’s text."
    " Characters that XML cannot hold are written as [U+0000]."
)
_UNSEEN = "A source that nobody collected."


def legal(text: str) -> str:
    """Return ``text`` with what XML cannot hold written as ``[U+0000]``."""
    return _ILLEGAL.sub(lambda m: f"[U+{ord(m.group()):04X}]", text)


def _put(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Append an element; attributes whose value is empty are left out."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if text:
        element.text = legal(text)
    for name, value in attributes.items():
        if value:
            element.set(_ID if name == "id" else name.rstrip("_"), legal(value))
    return element


def edition(dossier: Dossier) -> bytes:
    """Return the stories of several versions as one TEI document."""
    stories = told(dossier)
    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
    _header(root, dossier, stories)
    body = _put(_put(root, "text"), "body")
    anchors = Anchors()
    for story in stories:
        division = _put(body, "div", type="story", n=str(story.number))
        _put(division, "head", story.title)
        for kind, head in _HEADS.items():
            entries = [item for name, item in story.items if name == kind]
            if entries:
                part = _put(division, "div", type=f"{kind}s")
                _put(part, "head", head)
                for number, item in enumerate(entries, 1):
                    _Entry(story, anchors, kind, item).write(part, number)
    if not stories:
        _put(body, "p", "No two articles tell the same story.")
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text


def _header(root: etree._Element, dossier: Dossier, stories: list[Told]) -> None:
    header = _put(root, "teiHeader")
    described = _put(header, "fileDesc")
    title = _put(described, "titleStmt")
    named = "; ".join(s.title for s in stories) or "No story in several versions"
    _put(title, "title", f"{named}: the versions and their apparatus")
    made = _put(title, "respStmt")
    _put(made, "resp", "collated by")
    _put(made, "name", f"Retold {dossier.run.version}")
    _put(_put(described, "publicationStmt"), "p", "Not published: made for the reader at hand.")
    source = _put(described, "sourceDesc")
    if not stories:
        _put(source, "p", "No article of this pile is told in several versions.")
    for story in stories:
        _witnesses(source, story)
    encoding = _put(header, "encodingDesc")
    _put(_put(encoding, "editorialDecl"), "p", _METHOD)
    _put(encoding, "variantEncoding", method="parallel-segmentation", location="internal")


def _key(story: Told, witness: Witness) -> str:
    """Return the xml:id of a version."""
    return f"s{story.number}-{witness.siglum}"


def _pointers(story: Told, witnesses: Iterable[Witness]) -> str:
    return " ".join(f"#{_key(story, w)}" for w in witnesses)


def _witnesses(source: etree._Element, story: Told) -> None:
    """List the versions, the sources that they presuppose, and who took it from whom."""
    listed = _put(source, "listWit")
    _put(listed, "head", story.title)
    for witness in story.versions.values():
        article = witness.article
        named = _put(listed, "witness", id=_key(story, witness), n=witness.siglum)
        described = _put(named, "bibl")
        if article.title:
            _put(described, "title", article.title)
        if article.byline:
            _put(described, "author", article.byline)
        _put(described, "publisher", article.outlet or witness.label)
        when = utc(article.published)
        if when:
            _put(described, "date", f"{minute(when)} UTC", when=when)
        if article.url:
            _put(described, "idno", article.url, type="URI")
        _put(described, "idno", article.id, type="article")
    stemma = story.story.stemma
    keys = {article: _key(story, w) for article, w in story.versions.items()}
    for number, ancestor in enumerate(stemma.hypothetical, 1):
        keys[ancestor.id] = f"s{story.number}-h{number}"
        unseen = _put(
            listed,
            "witness",
            id=keys[ancestor.id],
            n=f"h{number}",
            cert=_cert(ancestor.probability),
        )
        unseen.text = legal(f"{_UNSEEN} {ancestor.label}: {ancestor.explanation}")
    edges = [e for e in stemma.edges if e.child in keys and e.parent in keys]
    if edges:
        relations = _put(source, "listRelation", type="stemma")
    for edge in edges:
        _put(
            relations,
            "relation",
            name="derived-from",
            type="decided" if edge.decided else "undecided",
            active=f"#{keys[edge.child]}",
            passive=f"#{keys[str(edge.parent)]}",
            cert=_cert(edge.probability),
        )


def _cert(probability: float) -> str:
    """Write a probability; whatever a damaged dossier has there is brought within 0 and 1."""
    return f"{min(1.0, max(0.0, probability)):.4g}"


class _Entry:
    """One entry of the apparatus."""

    def __init__(self, story: Told, anchors: Anchors, kind: str, item: Item) -> None:
        """Gather the readings by their words, those of most versions first."""
        self._story, self._anchors, self._kind, self._item = story, anchors, kind, item
        self._id = anchors.of(f"s{story.number}-{item.id}")
        groups: dict[tuple[str, ...], dict[str, list[AnyReading]]] = {}
        by_version: dict[str, list[AnyReading]] = {}
        for reading in story.readings(item):
            by_version.setdefault(reading.article, []).append(reading)
        for article, said in by_version.items():
            groups.setdefault(tuple(r.text for r in said), {})[article] = said
        self._groups = sorted(groups.values(), key=lambda g: -len(g))  # stable: earliest of equals
        self._cuts: dict[tuple[int, int], set[int]] = {}
        for change in item.changes:
            for side in (change.before, change.after):
                self._cut(side)

    def _place(self, side: Reading) -> tuple[int, int, int, int] | None:
        """Return group, reading in it, and start and end within it, of the words of a change."""
        for n, group in enumerate(self._groups):
            for m, reading in enumerate(group.get(side.article, ())):
                if reading.start <= side.start and side.end <= reading.end:
                    return n, m, side.start - reading.start, side.end - reading.start
        return None

    def _cut(self, side: Reading | None) -> None:
        place = self._place(side) if side else None
        if place:
            self._cuts.setdefault(place[:2], set()).update(place[2:])

    def _anchor(self, group: int, reading: int, offset: int) -> str:
        return f"{self._id}-{group + 1}.{reading + 1}.{offset}"

    def write(self, part: etree._Element, number: int) -> None:
        """Append the entry to a division."""
        item = self._item
        subtype = "commentary" if isinstance(item, Claim) and item.commentary else ""
        block = _put(part, "ab", id=self._id, n=str(number), type=self._kind, subtype=subtype)
        status = item.status if isinstance(item, Quotation) else item.agreement
        app = _put(block, "app", type=str(status))
        for n, group in enumerate(self._groups):
            self._reading(app, n, group)
        have = {a for group in self._groups for a in group}
        absent = [w for article, w in self._story.versions.items() if article not in have]
        if absent:
            _put(app, "rdg", type="absent", wit=_pointers(self._story, absent))
        for n, group in enumerate(self._groups):
            self._details(app, n, group)
        for change in item.changes:
            self._change(app, change)
        origins = item.origins
        _put(app, "note", f"{origins_text(origins)}. {origins.explanation}", type="origins")

    def _reading(self, app: etree._Element, n: int, group: dict[str, list[AnyReading]]) -> None:
        wit = _pointers(self._story, (self._story.versions[a] for a in group))
        element = _put(app, "lem" if n == 0 else "rdg", id=f"{self._id}-{n + 1}", wit=wit)
        said = next(iter(group.values()))
        for m, reading in enumerate(said):
            last = 0
            if m:
                _append(element, " … ")
            for offset in sorted(self._cuts.get((n, m), ())):
                _append(element, reading.text[last:offset])
                _put(element, "anchor", id=self._anchor(n, m, offset))
                last = offset
            _append(element, reading.text[last:])

    def _details(self, app: etree._Element, n: int, group: dict[str, list[AnyReading]]) -> None:
        """Say where each version has the reading, and who is said to have said it."""
        for article, said in group.items():
            speakers = (self._story.speaker(self._item, reading) for reading in said)
            named = "; ".join(dict.fromkeys(filter(None, speakers)))
            places = ", ".join(f"{r.start}–{r.end}" for r in said)
            wit = _pointers(self._story, [self._story.versions[article]])
            target = f"#{self._id}-{n + 1}"
            _put(app, "witDetail", places, type="offsets", wit=wit, target=target)
            if named:
                _put(app, "witDetail", named, type="speaker", wit=wit, target=target)

    def _change(self, app: etree._Element, change: Change) -> None:
        starts, ends = [], []
        for side in (change.before, change.after):
            place = self._place(side) if side else None
            if place:
                group, reading, start, end = place
                starts.append(f"#{self._anchor(group, reading, start)}")
                ends.append(f"#{self._anchor(group, reading, end)}")
        order = "" if change.directed else " Which came first is not decided."
        _put(
            app,
            "note",
            f"{change.explanation}.{order}",
            type="change",
            subtype=str(change.kind),
            n=change.id,
            cert=_cert(change.probability),
            target=" ".join(starts) or f"#{self._id}",
            targetEnd=" ".join(ends),
        )


def _append(element: etree._Element, text: str) -> None:
    """Append text to mixed content."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + legal(text)
    else:
        element.text = (element.text or "") + legal(text)
