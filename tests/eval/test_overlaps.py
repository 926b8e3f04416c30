"""Plain overlaps of two sentences."""

from eval.overlaps import NAMES, overlaps, words_held
from tests.collate.build import documents

A = "The storm flooded 87 villages in Norland."
B = "In Norland 37 villages were flooded by the storm on Tuesday."


def test_equal_texts_share_everything():
    first, _ = documents(A, B)
    found = dict(zip(NAMES, overlaps(first, first), strict=True))
    assert all(v == 1.0 for n, v in found.items() if n.endswith((", less", ", more")))
    assert not found["longer by"]
    assert not found["numbers differ"]
    assert not found["rarest alone"]


def test_overlaps_are_symmetric_and_see_numbers():
    first, second = documents(A, B)
    assert overlaps(first, second) == overlaps(second, first)
    found = dict(zip(NAMES, overlaps(first, second), strict=True))
    assert found["numbers differ"] == 1.0
    assert 0.0 < found["stems, less"] <= found["stems, more"] < 1.0


def test_words_held_are_those_of_the_first_text():
    assert words_held("The storm came.", "A storm came, and the rain.") == 1.0
    assert words_held("A storm came, and the rain.", "The storm came.") == 0.5
    assert words_held("", "A storm.") == 0.0
