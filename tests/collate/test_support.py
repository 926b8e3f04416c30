"""What a text bears out of a sentence, thing by thing."""

import pytest

from retold.collate.conflict import FEATURES, FREE, contradiction, weights
from retold.collate.support import Place, evidence_of, support
from tests.collate.build import documents, views

TEXT = (
    "The storm flooded 87 villages in Norland on Tuesday. Governor Ilse Brandt visited the harbour "
    "in Velmora. The council secretly approved a huge dam. Fishermen lost forty boats."
)


def _held(sentence):
    evidence, claim = documents(TEXT, sentence)
    found = support(evidence_of(evidence), views(claim)[0])
    return {claim.article.text[h.unit.start : h.unit.end]: h for h in found.held}


def test_what_stands_there_is_near():
    held = _held("The storm flooded 87 villages in Norland.")
    assert {h.place for h in held.values()} == {Place.NEAR}
    assert not any(h.disagrees or h.opposite for h in held.values())


def test_another_figure_disagrees():
    held = _held("The storm flooded 37 villages in Norland.")
    assert held["37"].disagrees
    assert held["37"].place is not Place.NEAR


def test_meanings():
    held = _held("The council openly approved a small dam.")
    assert held["small"].opposite
    assert not held["small"].like
    assert _held("The council secretly approved a vast dam.")["vast"].like


def test_unknown_names_are_nowhere():
    assert _held("Governor Odo Falk visited the harbour.")["Odo Falk"].place is Place.NOWHERE


def test_only_rewording_may_speak_against_a_contradiction():
    assert all(weights()[name] >= 0 for name in FEATURES if name not in FREE)


@pytest.mark.parametrize("sentence", TEXT.split(". "))
def test_a_text_does_not_contradict_what_it_says(sentence):
    evidence, claim = documents(TEXT, sentence.rstrip(".") + ".")
    assert contradiction(evidence, claim) < 0.5
