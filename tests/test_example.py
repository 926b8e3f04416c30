"""The whole job on the bundled story, held against its true stemma and its true changes."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

import retold
from retold.model import Change, ChangeKind, Dossier, QuotationStatus, StoryDossier


@pytest.fixture(scope="module")
def truth() -> Any:
    return json.loads((files("retold.examples") / "brannock" / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return retold.demo()


@pytest.fixture(scope="module")
def name(dossier: Dossier) -> dict[str, str]:
    return {a.id: a.source for a in dossier.articles}


@pytest.fixture(scope="module")
def story(dossier: Dossier) -> StoryDossier:
    return dossier.stories[0]


def changes(story: StoryDossier) -> list[Change]:
    rows = story.apparatus.claims, story.apparatus.quotations, story.apparatus.figures
    return [c for kind in rows for row in kind for c in row.changes]


def test_the_versions_come_together_and_nothing_else(
    dossier: Dossier, story: StoryDossier, name: dict[str, str], truth: Any
) -> None:
    assert {name[a] for a in story.articles} == set(truth["story"])
    assert sorted(name[s.articles[0]] for s in dossier.stories[1:]) == truth["other_stories"]
    assert not dossier.rejected


def test_one_independent_origin(story: StoryDossier) -> None:
    assert story.origins.low == 1


def test_decided_edges_are_right(story: StoryDossier, name: dict[str, str], truth: Any) -> None:
    """No decided edge contradicts the true stemma, and most versions have one."""
    wrong = []
    right = 0
    for edge in story.stemma.edges:
        if not edge.decided or edge.parent not in name or edge.child not in name:
            continue
        if name[edge.parent] in truth["parents"][name[edge.child]]:
            right += 1
        else:
            wrong.append((name[edge.child], name[edge.parent], edge.probability))
    assert not wrong
    assert right >= 9


def test_no_edge_runs_against_the_true_direction(
    story: StoryDossier, name: dict[str, str], truth: Any
) -> None:
    for edge in story.stemma.edges:
        if edge.decided and edge.parent in name:
            assert name[edge.child] not in truth["parents"][name[edge.parent]]


def test_the_version_from_two_sources_has_both(
    story: StoryDossier, name: dict[str, str], truth: Any
) -> None:
    child = "07-northshore-digest.md"
    parents = {name.get(e.parent or "") for e in story.stemma.edges if name.get(e.child) == child}
    assert parents == set(truth["parents"][child])


KINDS = {
    "figure": {ChangeKind.FIGURE},
    "attribution": {ChangeKind.ATTRIBUTION},
    "hedge": {ChangeKind.HEDGE},
    "quote-wording": {ChangeKind.QUOTE_WORDING},
    "quote-speaker": {ChangeKind.QUOTE_SPEAKER},
    "addition": {ChangeKind.ADDITION},
    "name": {ChangeKind.NAME},
}


def test_every_true_change_is_found(story: StoryDossier, name: dict[str, str], truth: Any) -> None:
    missed = []
    for wanted in truth["changes"]:
        hits = [
            c
            for c in changes(story)
            if c.kind in KINDS[wanted["kind"]]
            and wanted["in"] in {name[a] for a in c.articles}
            and _says(c, wanted["before"])
            and _says(c, wanted["after"])
        ]
        if not hits:
            missed.append(wanted)
    assert not missed


def _says(change: Change, words: str | None) -> bool:
    """Whether one side of the change and the words have a word in common (case-insensitive)."""
    if words is None:
        return True
    sides = " ".join(r.text for r in (change.before, change.after) if r).casefold()
    said = {w.strip(".,’'“”") for w in words.casefold().split()} - {"the", "of", "a", "did", "it"}
    return (
        any(w in sides for w in said) or change.explanation.casefold().find(words.casefold()) >= 0
    )


def test_the_wrong_name_is_traced_to_its_copy(story: StoryDossier, name: dict[str, str]) -> None:
    (edge,) = [e for e in story.stemma.edges if name.get(e.child) == "13-weekly-anchor.jsonl:2"]
    assert edge.parent
    assert name[edge.parent] == "13-weekly-anchor.jsonl:1"


def test_invented_quotations_stand_alone(story: StoryDossier) -> None:
    singular = [q for q in story.apparatus.quotations if q.status is QuotationStatus.SINGULAR]
    texts = " ".join(r.text for q in singular for r in q.readings)
    assert "roar like a train" in texts
    assert "gambled with our lives" in texts
    assert "wall is sound" not in texts


def test_the_quotation_given_to_someone_else(story: StoryDossier) -> None:
    (quotation,) = [
        q
        for q in story.apparatus.quotations
        if any("wall is sound" in r.text and r.speech == "direct" for r in q.readings)
    ]
    assert quotation.status is QuotationStatus.OTHER_SPEAKER
    assert {r.speaker for r in quotation.readings} >= {"Teodora Vance", "Osric Halloran"}


def test_the_rewrites_are_aligned_with_their_source(
    story: StoryDossier, name: dict[str, str], truth: Any
) -> None:
    """Each sentence told in wholly other words stands in a claim beside the agency's."""
    for rewrite in truth["rewrites"]:
        beside = [
            c
            for c in story.apparatus.claims
            if {"01-meridian.md", rewrite} <= {name[r.article] for r in c.readings}
        ]
        assert len(beside) >= 7, rewrite


def test_furniture_is_cut_and_listed(dossier: Dossier, truth: Any) -> None:
    (page,) = [a for a in dossier.articles if a.source.endswith(".html")]
    listed = " ".join(c.text for c in page.cuts)
    for piece in truth["furniture"][page.source]:
        assert piece in listed
        assert piece not in page.text
    assert "All rights reserved" not in page.text
    assert page.outlet == "Tarn Hollow Echo"
    assert page.published is not None


def test_credits(story: StoryDossier, name: dict[str, str], truth: Any) -> None:
    for agency, versions in truth["credits"].items():
        credited = {name[c.span.article] for c in story.credits if agency in c.agency}
        assert credited == set(versions)
