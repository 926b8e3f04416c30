"""Where things lead that have pages of their own, of which a single file knows nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from retold.model import Article


class Lead(NamedTuple):
    """Where a story is told."""

    title: str
    href: str


def _nowhere(_: Article | str) -> str:
    return ""


def _unknown(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of what has a page of its own; as it stands, nothing has.

    What the page itself holds is linked within it, whatever these say.
    """

    article: Callable[[Article], str] = _nowhere
    """Address of an article's page, or nothing."""
    outlet: Callable[[str], str] = _nowhere
    """Address of the page of an outlet, by its name, or nothing."""
    story: Callable[[str], Lead | None] = _unknown
    """Title and address of a story, by its id, if it is known."""


WITHIN = Links()
"""Of a page that stands alone."""


def linked(href: str, text: str) -> Markup:
    """Return ``text`` as a link where there is an address."""
    return Markup('<a href="{}">{}</a>').format(href, text) if href else escape(text)
