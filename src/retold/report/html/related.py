"""Where the page tells of the other stories that have to do with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from retold.model import Related
from retold.report.html.naming import visible


class Lead(NamedTuple):
    """Where a story stands on the page."""

    title: Markup
    href: str


class RelatedView(NamedTuple):
    """Another story, and what relates it."""

    title: Markup
    href: str
    score: str
    divided: bool
    """Whether it hung together with this one until they were divided."""
    why: str


def related_views(related: tuple[Related, ...], leads: Mapping[str, Lead]) -> list[RelatedView]:
    """Return what is told of the related stories that the page has."""
    return [
        RelatedView(*leads[r.story], f"{r.score:.2f}", r.divided, visible(r.explanation))
        for r in related
        if r.story in leads
    ]
