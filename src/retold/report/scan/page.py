"""The scan as one self-contained HTML page. Article text reaches it only as text."""

from __future__ import annotations

from markupsafe import Markup

from retold.corpus.results import Scan
from retold.report.html import shell
from retold.report.scan.view import build

_ROOM = "retold.report.scan"


def _style() -> str:
    return shell.asset("retold.report.html", "page.css") + shell.asset(_ROOM, "scan.css")


def _script() -> str:
    return shell.scripts(_ROOM, "scan.js")


def policy() -> str:
    """Return the page's Content-Security-Policy."""
    return shell.policy(_style(), _script())


def render(scan: Scan) -> str:
    """Return the page of a scan as one HTML document.

    The same tables give the same bytes. No text of an article, however hostile, becomes markup.

    Raises:
        ScanError: a table is damaged.
    """
    template = shell.environment(_ROOM).get_template("scan.html.j2")
    return template.render(
        page=build(scan),
        policy=policy(),
        css=Markup(_style()),  # noqa: S704 - our own files
        js=Markup(_script()),  # noqa: S704 - our own file
    )
