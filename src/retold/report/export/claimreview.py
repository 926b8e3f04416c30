"""Drafts of schema.org ClaimReview for fact-checkers, as JSON-LD.

Retold knows who said what, where it was seen first among the versions it was given, and where else
it stands. It does not know what is true: the verdict, and everything else that only a reviewer can
say, is ``null`` in every draft.
"""

from __future__ import annotations

import json
from typing import Any

from retold.model import Claim, Dossier, Quotation
from retold.report.export.sheets import longest
from retold.report.export.told import Told, told, utc
from retold.report.html.context import AGREEMENTS, STATUSES, origins_text
from retold.report.html.naming import Witness, link, visible

Draft = dict[str, Any]

QUOTED = 0.5
"""Share of a reading from which on, where it stands in quotation marks, it is its speaker's; and
share of such readings from which on the claim is the quotation over again."""


def reviews(dossier: Dossier) -> str:
    """Return the drafts of all stories of several versions, as JSON-LD that may stand in a page."""
    graph = [draft for story in told(dossier) for draft in _drafts(story)]
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, indent=1, ensure_ascii=False
    )
    return text.replace("<", "\\u003c") + "\n"  # nothing in it can close a script element


def _drafts(story: Told) -> list[Draft]:
    """Draft the quotations, then the claims of fact that are not quotations themselves."""
    found = story.story.apparatus
    by_place: dict[str, list[tuple[int, int]]] = {}
    for quotation in found.quotations:
        for said in quotation.readings:
            spans = [(s.start, s.end) for s in said.parts] or [(said.start, said.end)]
            by_place.setdefault(said.article, []).extend(spans)
    drafts = [_draft(story, quotation, longest(quotation)) for quotation in found.quotations]
    drafts += [
        _draft(story, claim, claim.label)
        for claim in found.claims
        if not claim.commentary and not _quoted(claim, by_place)
    ]
    return drafts


def _speakers(story: Told, item: Claim | Quotation) -> list[str]:
    """Return who is said to have said it, the one whom most versions name first."""
    named = [name for r in story.readings(item) if (name := story.speaker(item, r))]
    return sorted(set(named), key=lambda name: (-named.count(name), name))


def _quoted(claim: Claim, places: dict[str, list[tuple[int, int]]]) -> bool:
    """Say whether most readings of a claim are, for the most part, somebody's quoted words."""
    quoted = 0
    for reading in claim.readings:
        inside = sum(
            max(0, min(reading.end, end) - max(reading.start, start))
            for start, end in places.get(reading.article, ())
        )
        quoted += inside >= QUOTED * (reading.end - reading.start)
    return quoted >= QUOTED * len(claim.readings)


def _draft(story: Told, item: Claim | Quotation, words: str) -> Draft:
    first = story.first(item)
    seen = _appearance(first) if first else None
    return {
        "@type": "ClaimReview",
        "identifier": item.id,
        "claimReviewed": visible(words),
        "itemReviewed": {
            "@type": "Claim",
            "identifier": item.id,
            "author": [{"name": visible(name)} for name in _speakers(story, item)] or None,
            "datePublished": seen["datePublished"] if seen else None,
            "firstAppearance": seen,
            "appearance": [_appearance(w) for w in story.carriers(item)],
            "description": _description(story, item),
        },
        "reviewRating": None,
        "reviewBody": None,
        "author": None,
        "datePublished": None,
        "url": None,
    }


def _appearance(witness: Witness) -> Draft:
    article = witness.article
    return {
        "@type": "NewsArticle",
        "identifier": article.id,
        "headline": visible(article.title) or None,
        "url": link(article.url) or None,
        "datePublished": utc(article.published) or None,
        "publisher": {"@type": "Organization", "name": visible(article.outlet)}
        if article.outlet
        else None,
    }


def _description(story: Told, item: Claim | Quotation) -> str:
    """Say in words what the versions have of it."""
    status = AGREEMENTS[item.agreement] if isinstance(item, Claim) else STATUSES[item.status]
    parts = [
        f"In {len(story.carriers(item))} of {len(story.versions)} versions ({status})",
        origins_text(item.origins),
    ]
    return "; ".join(parts) + "."
