"""How articles, parents and amounts are named wherever a person reads them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from retold.model import Article, Derivation, Origins, Stemma

LABEL = 40
"""Characters of a label; longer ones are cut with an ellipsis."""
POSSIBLE = 0.5
"""Probability below which a change is called possible."""
DERIVATIONS = {
    Derivation.WHOLLY: "wholly derived",
    Derivation.PARTIALLY: "partially derived",
    Derivation.NOT: "not derived",
}


def visible(text: str) -> str:
    """Return ``text`` on one line, with control and bidi characters made visible or dropped.

    Article text is hostile: it may hold terminal escapes, or turn the reading direction around.
    """
    shown = []
    for character in text:
        if character in "\n\t\r":
            shown.append(" ")
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            if character != "\u00ad":
                shown.append("\ufffd")
        else:
            shown.append(character)
    return " ".join("".join(shown).split())


def short(text: str, width: int) -> str:
    """Return ``text`` made visible and cut to ``width`` characters."""
    text = visible(text)
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def label(article: Article, width: int = LABEL) -> str:
    """Name an article: by its outlet, else by its file, else by its title."""
    file, _, record = PurePosixPath(article.source).name.partition(":")
    stem = PurePosixPath(file).stem + (f":{record}" if record else "")
    return short(article.outlet or stem or article.title or article.id, width)


def labels(articles: Sequence[Article], width: int = LABEL) -> dict[str, str]:
    """Name every article (id to label), those of one outlet told apart by date, file or number."""
    plain = {a.id: label(a, width) for a in articles}
    often = Counter(plain.values())
    made: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for a in sorted(articles, key=lambda a: a.id):
        name = plain[a.id]
        if often[name] > 1:
            more = a.published.date().isoformat() if a.published else ""
            more = more or short(a.title or a.source.rpartition("/")[2], 24)
            name = f"{name} ({more})" if more else name
        taken[name] += 1
        made[a.id] = name if taken[name] == 1 else f"{name} #{taken[name]}"
    return made


def parent_label(parent: str | None, stemma: Stemma, names: Mapping[str, str]) -> str:
    """Name the parent of an edge: an article, a hypothetical ancestor, or none."""
    if parent is None:
        return "no other version"
    for ancestor in stemma.hypothetical:
        if ancestor.id == parent:
            return visible(ancestor.label)
    return names.get(parent, parent)


def origins_label(origins: Origins) -> str:
    """Return "1", or "1 to 3" where the evidence does not decide."""
    return str(origins.low) if origins.low == origins.high else f"{origins.low} to {origins.high}"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return "1 story", "2 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """Return a share as "12 %"."""
    return f"{100 * share:.0f} %"
