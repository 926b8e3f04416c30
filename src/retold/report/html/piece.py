"""What the one-file page shows, as a piece of another page that has a shell of its own.

The piece holds no style and no script that runs: the page that takes it in serves
:func:`retold.report.html.assets.asset` as files, so its policy may forbid everything inline. What
the scripts need to know stands in the piece as JSON, which no browser runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from retold.model import Dossier
from retold.report.html import shell
from retold.report.html.assets import SCRIPTS, STYLES
from retold.report.html.links import WITHIN, Links
from retold.report.html.view import Page, build

PREFIX = "told-"
"""What the ids of a piece begin with, so that they are none of the page's."""
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*-")


@dataclass(frozen=True, slots=True)
class Body:
    """A piece of a page, and what the page must load for it."""

    title: str
    """In plain text, for the title of the page."""
    html: Markup
    skips: list[tuple[str, str]]
    """Skip links into it: where to, and their words."""
    styles: tuple[str, ...] = STYLES
    """Names of assets, in their order."""
    scripts: tuple[str, ...] = SCRIPTS
    """Names of assets, in their order; each is loaded once a page, after the piece or deferred."""

    @property
    def stories(self) -> int:
        """How many stories of several versions it tells; no text of an article has a tag."""
        return self.html.count('<article class="story"')


def body(dossier: Dossier, links: Links = WITHIN, prefix: str = PREFIX) -> Body:
    """Return all that the one-file page shows of a dossier, below its masthead.

    Its headings begin at the second level. Several pieces may stand on one page if each has a
    prefix of its own.

    Args:
        dossier: what is shown.
        links: where articles, outlets and stories lead that are not in the piece.
        prefix: what all ids begin with: ASCII letters, digits, ``_`` and ``-``, a letter first
            and a hyphen last.

    Raises:
        ValueError: the prefix cannot begin an id.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot begin an id")
    page: Page = build(dossier, links, prefix)
    html = shell.environment("retold.report.html").get_template("main.html.j2").render(page=page)
    return Body(page.title, Markup(html), page.skips)  # noqa: S704 - escaped by the template
