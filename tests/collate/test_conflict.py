"""What contradicts what."""

import pytest

from retold.collate.conflict import CONTRADICTS, contradiction
from tests.collate.build import documents


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The storm flooded 87 villages in Norland.", "The storm flooded 37 villages in Norland."),
        ("Ilse Brandt was born on 3 May 1961.", "Ilse Brandt was born on 9 May 1961."),
        ("The council approved the dam.", "The council rejected the dam."),
        ("The dam was never finished.", "The dam was finished."),
        ("The guards captured the rebels.", "The rebels captured the guards."),
        ("The ferry sails from Velmora.", "The ferry sails from Torrinsk."),
        ("Velmora is a port on the Lune.", "Velmora is a mine on the Lune."),
    ],
)
def test_contradiction_is_seen(evidence, claim):
    first, second = documents(evidence, claim)
    assert contradiction(first, second) >= CONTRADICTS
    assert contradiction(first, first) < CONTRADICTS


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The storm flooded 87 villages in Norland.", "The storm flooded nearly 90 villages."),
        ("Ilse Brandt was born on 3 May 1961 in Velmora.", "Ilse Brandt was born in May 1961."),
        ("Norland troops captured Velmora.", "Velmora was captured by Norland troops."),
        ("The council rejected the dam.", "The council did not approve the dam."),
    ],
)
def test_agreement_is_seen(evidence, claim):
    first, second = documents(evidence, claim)
    assert contradiction(first, second) < CONTRADICTS


def test_nothing_contradicts_nothing():
    empty, full = documents("", "The council approved the dam.")
    assert contradiction(empty, full) == 0.0
    assert contradiction(full, empty) == 0.0
