"""Statements put into a sentence, or left out of it."""

import pytest

from retold.model import ChangeKind
from tests.collate.build import changes

K = ChangeKind
SHORT = "The storm flooded 87 villages in Norland on Tuesday."
LONG = (
    "The storm flooded 87 villages in Norland on Tuesday, "
    "and the ferryman Odo Falk was taken to a hospital with burns."
)


@pytest.mark.parametrize(
    ("before", "after", "kind"), [(SHORT, LONG, K.ADDITION), (LONG, SHORT, K.OMISSION)]
)
def test_a_statement_more_or_less(before, after, kind):
    (found,) = (c for c in changes(before, after) if c.kind in {K.ADDITION, K.OMISSION})
    assert found.kind is kind
    span = found.b if kind is K.ADDITION else found.a
    assert (found.a is None) == (kind is K.ADDITION)
    assert LONG[span.start : span.end].endswith("burns")
    assert found.probability >= 0.5


def test_without_direction_nothing_was_put_in():
    assert not changes(SHORT, LONG, directed=False)


def test_sentences_written_anew_add_nothing():
    other = "Norland's ferries stood still while Odo Falk was treated for burns in a hospital."
    assert not [c for c in changes(SHORT, other) if c.kind in {K.ADDITION, K.OMISSION}]


def test_a_source_is_no_statement():
    said = "The storm flooded 87 villages in Norland on Tuesday, Governor Ilse Brandt said."
    assert {c.kind for c in changes(SHORT, said)} <= {K.ATTRIBUTION}
