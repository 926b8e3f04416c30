"""What the page tells of the other stories that have to do with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from retold.model import Related
from retold.report.html.links import Lead, Links
from retold.report.html.naming import shown, visible


class RelatedView(NamedTuple):
    """Another story, and what relates it."""

    title: Markup
    href: str
    score: str
    divided: bool
    """Whether it hung together with this one until they were divided."""
    why: str


def related_views(
    related: tuple[Related, ...], leads: Mapping[str, Lead], links: Links
) -> list[RelatedView]:
    """Return what is told of the related stories that the page has, or of which it knows where."""
    found = ((r, leads.get(r.story) or links.story(r.story)) for r in related)
    return [
        RelatedView(
            shown(lead.title), lead.href, f"{r.score:.2f}", r.divided, visible(r.explanation)
        )
        for r, lead in found
        if lead
    ]
