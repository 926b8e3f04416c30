"""The dossier as one self-contained HTML page.

The page needs no network: style and script stand in it, each allowed by its hash in the page's
Content-Security-Policy, and nothing else is allowed. Article text reaches the page only as text.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from retold.model import Dossier
from retold.report.html.view import build


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("retold.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> str:
    """Return a style or script, which must not contain what would close its element."""
    text = (files("retold.report.html") / name).read_text("utf-8").replace("\r\n", "\n")
    assert "</" not in text, f"{name} would close its own element"
    return text


def _hash(text: str) -> str:
    """Return the CSP source expression that allows an inline block with exactly this text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy() -> str:
    """Return the page's Content-Security-Policy."""
    return (
        f"default-src 'none'; style-src {_hash(_asset('page.css'))}; "
        f"script-src {_hash(_asset('page.js'))}; base-uri 'none'; form-action 'none'"
    )


def render(dossier: Dossier) -> str:
    """Return the page of a dossier as one HTML document.

    The same dossier gives the same bytes. No text of an article, however hostile, becomes markup.
    """
    template = _environment().get_template("page.html.j2")
    return template.render(
        page=build(dossier),
        policy=policy(),
        css=Markup(_asset("page.css")),  # noqa: S704 - our own file
        js=Markup(_asset("page.js")),  # noqa: S704 - our own file
    )
