"""Any dossier that can be read can be exported, whatever it holds."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from retold.model import Dossier
from retold.report.export.claimreview import reviews
from retold.report.export.sheets import sheets
from retold.report.export.tei import edition
from retold.report.html import render
from retold.report.json import dumps, loads
from tests.report.export.test_tei import SUBSET
from tests.report.html import piles

# any character of JSON, and often what files trip over
LETTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("<>&]=\"'+-@\t\r\n\x00\x0b\u202e\ufffe"),
)
WORDS = st.text(LETTERS, min_size=1, max_size=30)


def exported(dossier: Dossier) -> None:
    """Write every form and read each back."""
    SUBSET.assertValid(etree.fromstring(edition(dossier)))
    json.loads(reviews(dossier))
    for data in sheets(dossier).values():
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1


@settings(max_examples=15, deadline=None)
@given(st.lists(WORDS, min_size=7, max_size=7), WORDS)
def test_whatever_the_words_are(names: list[str], said: str) -> None:
    made = piles.dossier()
    (story,) = made.stories
    articles = [a for a in made.articles if a.id in story.articles]
    dressed = {
        a.id: dataclasses.replace(a, title=name, outlet=said, byline=name, url=f"https://{name}")
        for a, name in zip(articles, names, strict=True)
    }
    apparatus = story.apparatus
    claims = tuple(
        dataclasses.replace(
            c,
            label=said,
            changes=tuple(dataclasses.replace(x, explanation=said) for x in c.changes),
        )
        for c in apparatus.claims
    )
    quotations = tuple(
        dataclasses.replace(
            q, readings=tuple(dataclasses.replace(r, speaker=said) for r in q.readings)
        )
        for q in apparatus.quotations
    )
    changed = dataclasses.replace(
        story, apparatus=dataclasses.replace(apparatus, claims=claims, quotations=quotations)
    )
    dossier = dataclasses.replace(
        made, articles=tuple(dressed.get(a.id, a) for a in made.articles), stories=(changed,)
    )
    exported(dossier)
    assert render(dossier).startswith("<!doctype html>")
    text = dumps(dossier)
    assert loads(text) == dossier


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.from_type(Dossier))
def test_whatever_the_dossier_is(dossier: Dossier) -> None:
    exported(dossier)
