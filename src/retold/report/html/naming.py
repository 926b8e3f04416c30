"""What the page calls things: sigla, labels, anchors, and text in which nothing stays hidden."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from pathlib import PurePath
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from retold.model import Article, StoryDossier

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_UNSEEN = (
    # C0 and C1 controls but tab and line feed; soft hyphen; zero-width and bidi controls; the
    # tag and variation-selector planes' tags; lone surrogates and noncharacters
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
_ODD = re.compile(f"[{_MARKS}{_UNSEEN}]")
# of marks those that are heaped on a letter beyond what any language writes: they would cover the
# lines around them
_HIDDEN = re.compile(f"[{_UNSEEN}]|(?<=[{_MARKS}]{{8}})[{_MARKS}]")
_UNSAFE_ID = re.compile(r"[^A-Za-z0-9_-]+")
_INK = re.compile(r"\S")
_FILE = re.compile(r"[^/\\]+$")


def visible(text: str) -> str:
    """Return ``text`` with each invisible control as ``[U+202E]``, for attributes and titles."""
    return _HIDDEN.sub(lambda m: f"[U+{ord(m.group()):04X}]", text)


@cache
def _boxed(control: str) -> Markup:
    """Return the box that stands for a control."""
    name = unicodedata.name(control, "control or unassigned character")
    return Markup('<span class="ctl" title="{}">U+{:04X}</span>').format(name, ord(control))


def shown(text: str) -> Markup:
    """Return ``text`` as safe markup, every invisible control replaced by a boxed code point.

    The control itself is taken out, so it can neither reorder nor hide what stands around it.
    """
    if _ODD.search(text) is None:
        return escape(text)
    pieces: list[Markup] = []
    last = 0
    for found in _HIDDEN.finditer(text):
        pieces.append(escape(text[last : found.start()]))
        pieces.append(_boxed(found.group()))
        last = found.end()
    pieces.append(escape(text[last:]))
    return Markup("").join(pieces)


def clip(text: str, width: int) -> str:
    """Return ``text`` on one line, at most ``width`` columns wide (wide characters count two)."""
    line = " ".join(visible(text).split())
    used = 0
    for index, character in enumerate(line):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return line[: max(0, index - 1)].rstrip(" ,.;:–-") + "…"
    return line


def moment(when: datetime | None) -> str:
    """Return a date for reading, in UTC; without the time where that is midnight sharp."""
    if when is None:
        return ""
    utc = when.astimezone(UTC) if when.tzinfo else when
    day = f"{utc.day} {utc:%B} {utc.year}"
    return day if (utc.hour, utc.minute) == (0, 0) else f"{day}, {utc:%H:%M} UTC"


def day(when: datetime) -> str:
    """Return a date in little room, in UTC."""
    utc = when.astimezone(UTC) if when.tzinfo else when
    return f"{utc.day} {utc:%b} {utc.year}, {utc:%H:%M}"


def link(url: str) -> str:
    """Return ``url`` if it may be a link (http or https, with a host), else an empty string."""
    if _HIDDEN.search(url) or any(c.isspace() for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def siglum(index: int) -> str:
    """Return the letter, or letters, for the version at ``index``: A to Z, then AA, AB, ..."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Witness:
    """How the page names a version."""

    article: Article
    siglum: str
    """A letter, within the story."""
    number: int
    """Number within the dossier: what anchors and the side-by-side data are built from."""
    label: str
    """Outlet, or short title, or file name."""
    detail: str
    """What tells it from others with one label: date, title or file name."""
    anchor: str
    """Id of its reading view."""

    @property
    def name(self) -> str:
        """Siglum and label, for a sentence."""
        return f"{self.siglum} ({self.label})"


def filename(source: str) -> str:
    """Return the last part of a path, or the whole where there is none."""
    found = _FILE.search(source)
    return found.group() if found else source


def sources(articles: Iterable[Article]) -> dict[str, str]:
    """Return, by article id, where each was read from, below the folder that all share.

    A page is handed on; where its files lie on somebody's disk is nobody else's business.
    """
    paths = {a.id: PurePath(a.source) for a in articles if a.source}
    absolute = [path.parent.parts for path in paths.values() if path.is_absolute()]
    levels = zip(*absolute, strict=False)
    shared = sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))
    return {
        a: str(PurePath(*path.parts[shared:])) if path.is_absolute() else str(path)
        for a, path in paths.items()
    }


def label_of(article: Article) -> tuple[str, str]:
    """Return label and detail of an article, controls made visible."""
    names = [article.outlet, article.title, filename(article.source)]
    present = [" ".join(visible(n).split()) for n in names if n.strip()] or [article.id]
    details = [moment(article.published), *present[1:2]]
    return present[0], next((d for d in details if d), "")


def chronology(article: Article) -> tuple[bool, str, str, str]:
    """Key that sorts versions: dated ones first, then by date, source and id."""
    when = article.published
    return when is None, when.isoformat() if when else "", article.source, article.id


def witnesses(
    story: StoryDossier, articles: dict[str, Article], first: int, prefix: str = ""
) -> list[Witness]:
    """Name the versions of a story, in the order of their dates, numbered from ``first``.

    Their anchors begin with ``prefix``.
    """
    found = []
    ordered = sorted((articles[a] for a in story.articles if a in articles), key=chronology)
    for index, article in enumerate(ordered):
        label, detail = label_of(article)
        number = first + index
        anchor = f"{prefix}v{number}"
        found.append(
            Witness(article, siglum(index), number, clip(label, 48), clip(detail, 90), anchor)
        )
    return found


def title_of(story: StoryDossier, versions: list[Witness]) -> str:
    """Return the title of a story: that of its earliest version that has one."""
    titled = next((w.article.title for w in versions if w.article.title), None)
    if titled:
        return titled
    claims = story.apparatus.claims
    return claims[0].label if claims else versions[0].label


class Anchors:
    """Ids for the page: safe for a URL fragment, unique, the same for the same dossier."""

    def __init__(self, prefix: str = "") -> None:
        """Start with no id given out; all will begin with ``prefix``."""
        self.prefix = prefix
        self._by_name: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """Return the anchor of the thing whose id in the dossier is ``name``."""
        if name not in self._by_name:
            own = name.removeprefix(self.prefix)  # of a part: the anchor of the whole, then its id
            base = f"{self.prefix}x-" + _UNSAFE_ID.sub("-", own)[:60].strip("-")
            anchor, count = base, 1
            while anchor in self._taken:
                count += 1
                anchor = f"{base}-{count}"
            self._taken.add(anchor)
            self._by_name[name] = anchor
        return self._by_name[name]


class Places:
    """Positions in the versions' texts that something on the page points to.

    The reading views are cut at every position asked for, so each link has its target.
    """

    def __init__(self, versions: dict[str, Witness]) -> None:
        """Know the versions by article id."""
        self._versions = versions
        self.cuts: dict[str, set[int]] = {a: set() for a in versions}
        self.targets: dict[str, set[int]] = {a: set() for a in versions}
        """Those of the cuts that a link leads to."""

    def at(self, article: str, start: int, end: int | None = None) -> str:
        """Return the anchor of a stretch; empty where the article is not on the page."""
        witness = self._versions.get(article)
        if witness is None:
            return ""
        text = witness.article.text
        length = len(text)
        found = _INK.search(text, min(max(0, start), length))
        if found is None:
            return witness.anchor
        place = found.start()
        self.cuts[article].add(place)
        self.targets[article].add(place)
        if end is not None:
            self.cuts[article].add(min(max(place, end), length))
        return f"{witness.anchor}-{place}"
