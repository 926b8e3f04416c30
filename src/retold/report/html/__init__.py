"""The dossier as one self-contained HTML page. Article text reaches it only as text."""

from __future__ import annotations

from markupsafe import Markup

from retold.model import Dossier
from retold.report.html import shell
from retold.report.html.assets import SCRIPTS, STYLES, asset
from retold.report.html.links import Lead, Links
from retold.report.html.piece import Body, body
from retold.report.html.view import build

__all__ = ["Body", "Lead", "Links", "asset", "body", "policy", "render"]


def _style() -> str:
    return "".join(asset(name).text for name in STYLES)


def _script() -> str:
    return "".join(asset(name).text for name in SCRIPTS)


def policy() -> str:
    """Return the page's Content-Security-Policy."""
    return shell.policy(_style(), _script())


def render(dossier: Dossier) -> str:
    """Return the page of a dossier as one HTML document.

    The same dossier gives the same bytes. No text of an article, however hostile, becomes markup.
    """
    template = shell.environment(__name__).get_template("page.html.j2")
    return template.render(
        page=build(dossier),
        policy=policy(),
        css=Markup(_style()),  # noqa: S704 - our own file
        js=Markup(_script()),  # noqa: S704 - our own file
    )
