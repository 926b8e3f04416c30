"""What every page stands in: its templates, its style and script, and the policy that names them.

A page needs no network: style and script stand in it, each allowed by its hash in the page's
Content-Security-Policy, and nothing else is allowed.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the numbers at the top of a page: the figure, what it counts, a line of detail."""

    value: str
    label: str
    detail: str


@cache
def environment(package: str) -> Environment:
    """Return the templates of a package; what is put into them is escaped."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def asset(package: str, name: str) -> str:
    """Return a style or script, which must not contain what would close its element."""
    text = (files(package) / name).read_text("utf-8").replace("\r\n", "\n")
    assert "</" not in text, f"{name} would close its own element"
    return text


def scripts(package: str, *names: str) -> str:
    """Return the scripts of a page, with the one that all pages have."""
    return asset("retold.report.html", "print.js") + "".join(asset(package, name) for name in names)


def _hash(text: str) -> str:
    """Return the CSP source expression that allows an inline block with exactly this text."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(css: str, js: str) -> str:
    """Return the Content-Security-Policy of a page with this style and script."""
    return (
        f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(js)}; "
        "base-uri 'none'; form-action 'none'"
    )
