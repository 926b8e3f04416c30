"""How the meanings of two words lie to each other."""

import pytest

from retold.collate.senses import Meaning, meaning


@pytest.mark.parametrize(
    ("first", "second", "pos", "other", "expected"),
    [
        ("begin", "start", "VERB", "VERB", Meaning.SAME),
        ("invade", "invasion", "VERB", "NOUN", Meaning.SAME),
        ("street", "road", "NOUN", "NOUN", Meaning.KIND),
        ("huge", "small", "ADJ", "ADJ", Meaning.OPPOSITE),
        ("win", "lose", "VERB", "VERB", Meaning.OPPOSITE),
        ("monday", "friday", "NOUN", "NOUN", Meaning.SISTER),
        ("mayor", "ferry", "NOUN", "NOUN", Meaning.OTHER),
        ("velmora", "mayor", "NOUN", "NOUN", Meaning.UNKNOWN),
        ("mayor", "mayor", "NOUN", "NOUN", Meaning.SAME),
    ],
)
def test_meaning_is_symmetric(first, second, pos, other, expected):
    assert meaning(first, second, pos, other) is expected
    assert meaning(second, first, other, pos) is expected
