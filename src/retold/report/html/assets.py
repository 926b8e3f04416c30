"""The styles and scripts of a story by name: in the one-file page inline, elsewhere files."""

from __future__ import annotations

from typing import NamedTuple

from retold.report.html import shell

STYLES = ("page.css",)
SCRIPTS = ("print.js", "page.js", "apparatus.js", "pair.js")
"""In the order in which they must run, once the page is there (``defer`` will do)."""
_ROOM = "retold.report.html"


class Asset(NamedTuple):
    """A style or script."""

    name: str
    media_type: str
    text: str


def asset(name: str) -> Asset:
    """Return the style or script ``name``: one of ``STYLES`` or ``SCRIPTS``, nothing else.

    Raises:
        KeyError: there is none of this name.
    """
    if name in STYLES:
        return Asset(name, "text/css; charset=utf-8", shell.asset(_ROOM, name))
    if name in SCRIPTS:
        return Asset(name, "text/javascript; charset=utf-8", shell.asset(_ROOM, name))
    raise KeyError(name)


def assets() -> tuple[Asset, ...]:
    """Return all of them."""
    return tuple(asset(name) for name in (*STYLES, *SCRIPTS))
