"""How near words are, pair by pair, however pairs are asked for."""

import numpy as np
import pytest

from retold.rewrite import alike, vectors
from retold.rewrite.alike import SMALL, Alike

LENGTHS = (1, 2, 5, 7, 5, 90, 31, 126)


def words(lengths=LENGTHS):
    """Vectors of words, of length 1."""
    generator = np.random.default_rng(4)
    rows = [generator.standard_normal((n, vectors.DIMENSIONS)) for n in lengths]
    return [vectors._unit(row).astype(np.float16) for row in rows]


def plainly(one, two):
    """The slow oracle: how near each word is to the likest of the other sentence."""
    likeness = one.astype(np.float64) @ two.astype(np.float64).T
    return likeness.max(axis=1), likeness.max(axis=0)


def told(found, place, sides):
    """What is said of one pair."""
    which, *near = found
    return tuple(
        side.rows(which[place : place + 1], n)[0] for side, n in zip(near, sides, strict=True)
    )


def test_every_pair_is_what_the_oracle_says():
    table = words()
    a, b = (side.ravel() for side in np.indices((len(table), len(table))))
    found = Alike(table).nearest(a, b)
    assert max(LENGTHS) ** 2 * vectors.DIMENSIONS > SMALL
    for place, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        slow = plainly(table[x], table[y])
        for fast, wanted in zip(told(found, place, map(len, slow)), slow, strict=True):
            assert fast == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("most", [0, 3, alike.KEPT])
@pytest.mark.parametrize("unpacked", [0, alike.UNPACKED])
def test_a_pair_is_the_same_to_the_last_bit_however_it_is_asked_for(most, unpacked, monkeypatch):
    monkeypatch.setattr(alike, "KEPT", most)
    monkeypatch.setattr(alike, "UNPACKED", unpacked)
    table = words()
    generator = np.random.default_rng(9)
    asked = Alike(table)
    for _ in range(6):
        a, b = generator.integers(0, len(table), (2, 12))
        found = asked.nearest(a, b)
        for place, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
            alone = Alike(table).nearest(a[place : place + 1], b[place : place + 1])
            sides = LENGTHS[x], LENGTHS[y]
            for one, two in zip(told(found, place, sides), told(alone, 0, sides), strict=True):
                assert one.tolist() == two.tolist()


def test_only_so_many_pairs_are_kept(monkeypatch):
    monkeypatch.setattr(alike, "KEPT", 10)
    asked = Alike(words())
    for x in range(len(LENGTHS)):
        others = np.arange(len(LENGTHS))
        asked.nearest(np.full(len(others), x), others)
        assert len(asked._keys) <= 10
