"""The templates: the desk's own and those of the one-file reports, whose parts it shows."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader

from retold.desk import addresses
from retold.report.html import shell
from retold.report.html.assets import assets as told_assets
from retold.web import filters

MEDIA = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
REPORTS = ("retold.report.html", "retold.report.outlets")


@cache
def environment() -> Environment:
    """Return the templates; what is put into them is escaped."""
    found = shell.environment("retold.web").overlay(
        loader=ChoiceLoader([PackageLoader(name) for name in ("retold.web", *REPORTS)])
    )
    found.filters = {**found.filters, **filters.FILTERS}
    leads = {"asset": address, "outlet_address": addresses.outlet, "pair_address": addresses.pair}
    found.globals = {**found.globals, **leads}
    return found


def render(name: str, /, **given: Any) -> str:
    """Return a page as HTML."""
    return environment().get_template(name).render(**given)


def warm() -> None:
    """Read all templates, so that the first who asks need not wait for it."""
    for name in environment().list_templates():
        environment().get_template(name)


@cache
def assets() -> dict[str, tuple[bytes, str]]:
    """Return styles and scripts by name, with their media types.

    They are those of the one-file reports and the desk's own; a browser keeps them for good, as
    their addresses change with what they hold.
    """
    found = {a.name: (a.text.encode(), a.media_type) for a in told_assets()}
    outlets = shell.asset("retold.report.scan", "scan.css")
    own = {"outlets.css": outlets, "desk.css": _own("desk.css"), "icon.svg": _own("icon.svg")}
    return found | {n: (text.encode(), MEDIA[n.rpartition(".")[2]]) for n, text in own.items()}


def _own(name: str) -> str:
    return (files("retold.web") / "static" / name).read_text("utf-8").replace("\r\n", "\n")


@cache
def address(name: str) -> str:
    """Return where a style or script is served; it changes with what it holds."""
    digest = hashlib.sha256(assets()[name][0]).hexdigest()[:12]
    return f"/static/{digest}/{name}"
