"""What is explained of a version's make-up."""

import dataclasses

import pytest

from retold.model import Derivation, MakeUp, MatchKind, Passage
from retold.report.explain import explain
from tests.report.html import piles


@pytest.mark.parametrize(
    ("derivation", "decided", "sources", "expected"),
    [
        (Derivation.PARTIALLY, True, 1, "partially derived (0.90), from "),
        (Derivation.WHOLLY, False, 1, "wholly derived (0.90, undecided), from "),
        (Derivation.NOT, True, 0, "not derived (0.90)\n"),
    ],
)
def test_an_article_says_what_it_took_and_quotes_what_is_its_own(
    derivation, decided, sources, expected
):
    dossier = piles.dossier()
    (story,) = dossier.stories
    version, other = story.articles[:2]
    text = next(a.text for a in dossier.articles if a.id == version)
    passages = (Passage(0, 20, None), Passage(20, len(text), MatchKind.VERBATIM))
    parents = (other,) * sources
    made = MakeUp(version, parents, 1234, 0.75, 0, 0, 0.25, derivation, 0.9, decided, passages)
    told = dataclasses.replace(dossier, stories=(dataclasses.replace(story, makeup=(made,)),))
    said = explain(told, version)
    assert expected in said
    assert "of 1,234 words 75 % verbatim" in said
    assert ("Its own:" in said) == bool(sources)
    if sources:
        assert text[:20].split()[0] in said.split("Its own:")[1]
    assert "derived" not in explain(dossier, version)
