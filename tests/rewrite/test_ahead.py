"""Embedding ahead changes no vector."""

import threading

import numpy as np

from retold.rewrite import ahead, vectors
from retold.rewrite.ahead import MOST

TEXTS = ["The heron of Low Withy left on Monday.", "A gate broke.", "Nobody sails blind."]


def test_what_was_embedded_ahead_is_the_same() -> None:
    vectors._KNOWN.clear()
    plain = {t: vectors.embed(TEXTS)[t].vector for t in TEXTS}
    vectors._KNOWN.clear()
    with ahead(TEXTS):
        pass
    assert set(vectors._KNOWN) == set(TEXTS)
    assert all(np.array_equal(vectors._KNOWN[t].vector, plain[t]) for t in TEXTS)


def test_a_large_pile_is_left_alone() -> None:
    vectors._KNOWN.clear()
    with ahead([f"Boat {n} sank." for n in range(MOST + 1)]):
        assert "embed ahead" not in {t.name for t in threading.enumerate()}
    assert not vectors._KNOWN
