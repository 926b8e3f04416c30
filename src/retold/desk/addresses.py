"""Where the parts of a story lead: the addresses of what a desk has pages of."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from retold.model import Article
from retold.report.html.links import Links


def links(number: Callable[[str], int | None]) -> Links:
    """Return the addresses of articles and outlets.

    Args:
        number: gives the number of an article by its id; None where the desk does not have it.
    """
    known: dict[str, str] = {}

    def article(value: Article) -> str:
        if value.id not in known:
            row = number(value.id)
            known[value.id] = "" if row is None else f"/articles/{row}"
        return known[value.id]

    return Links(article=article, outlet=outlet)


def pair(outlet: str, source: str) -> str:
    """Return the address of the page of an outlet that carries the text of another."""
    return f"/outlets/carried?outlet={quote(outlet, safe='')}&source={quote(source, safe='')}"


def outlet(name: str) -> str:
    """Return the address of the page of an outlet; nothing where it has no name."""
    return f"/outlet?name={quote(name, safe='')}" if name.strip() else ""
