"""The drafts for fact-checkers: who, first seen, where; and never a verdict."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from retold.model import ClaimSource, Dossier, SourceKind, Span
from retold.report.export.claimreview import reviews
from tests.report.html import piles


def drafts(dossier: Dossier) -> list[dict[str, Any]]:
    made = json.loads(reviews(dossier))
    assert made["@context"] == "https://schema.org"
    return list(made["@graph"])


def test_no_draft_holds_a_verdict(dossier: Dossier) -> None:
    for draft in drafts(dossier):
        assert draft["@type"] == "ClaimReview"
        for empty in ("reviewRating", "reviewBody", "author", "datePublished", "url"):
            assert draft[empty] is None


def test_a_quotation_names_who_said_it_and_where_it_was_first_seen(plain: Dossier) -> None:
    (draft,) = [d for d in drafts(plain) if d["claimReviewed"].startswith("The owners were warned")]
    claim = draft["itemReviewed"]
    assert [a["name"] for a in claim["author"]] == ["Ilvo Brandt", "a dockers' spokeswoman"]
    assert claim["firstAppearance"]["publisher"]["name"] == "Meridian Wire"
    assert claim["datePublished"] == claim["firstAppearance"]["datePublished"]
    assert claim["firstAppearance"] in claim["appearance"]


def test_where_the_versions_differ_in_who_said_it_both_are_named(plain: Dossier) -> None:
    several = [d for d in drafts(plain) if len(d["itemReviewed"]["author"] or ()) > 1]
    assert several
    assert all("another speaker" in d["itemReviewed"]["description"] for d in several)


def test_commentary_is_left_out_and_facts_are_not(plain: Dossier) -> None:
    named = {d["identifier"] for d in drafts(plain)}
    apparatus = plain.stories[0].apparatus
    assert {q.id for q in apparatus.quotations} <= named
    assert not {c.id for c in apparatus.claims if c.commentary} & named
    assert {c.id for c in apparatus.claims if not c.commentary} & named


def test_a_claim_names_who_holds_it(plain: Dossier) -> None:
    (story, *rest) = plain.stories
    claim = next(c for c in story.apparatus.claims if not c.commentary and len(c.readings) > 1)
    first = claim.readings[0]
    span = Span(first.article, first.start, first.start + 3)
    held = ClaimSource(first.article, first.start, "Ilvo Brandt", SourceKind.PERSON, span, None)
    claims = tuple(replace(c, sources=(held,)) if c is claim else c for c in story.apparatus.claims)
    story = replace(story, apparatus=replace(story.apparatus, claims=claims))
    by_id = {d["identifier"]: d for d in drafts(replace(plain, stories=(story, *rest)))}
    assert by_id[claim.id]["itemReviewed"]["author"] == [{"name": "Ilvo Brandt"}]


def test_every_draft_lists_every_version_that_has_it(plain: Dossier) -> None:
    apparatus = plain.stories[0].apparatus
    items = {i.id: i for i in (*apparatus.claims, *apparatus.quotations)}
    for draft in drafts(plain):
        seen = {a["identifier"] for a in draft["itemReviewed"]["appearance"]}
        assert seen == {r.article for r in items[draft["identifier"]].readings}


def test_the_drafts_may_stand_in_a_page() -> None:
    text = reviews(piles.hostile())
    assert "<" not in text
    text.encode()
    addresses = [a["url"] for d in drafts(piles.hostile()) for a in d["itemReviewed"]["appearance"]]
    assert all(u is None or u.startswith(("http://", "https://")) for u in addresses)
