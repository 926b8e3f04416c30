from collections import Counter, defaultdict
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reuse import candidates
from retold.reuse.candidates import Pairing, by_text, pairs, postings, sorted_keys, spread

U64 = (1 << 64) - 1
SPREAD = 0x9E3779B97F4A7C15
INVERSE = pow(SPREAD, -1, 1 << 64)


def unspread(key):
    """The hash that is spread to ``key``."""
    return key * INVERSE & U64


# spread over all 64 bits, so that all buckets are filled; some next to the edges between them
hashes = st.one_of(
    st.integers(0, 30).map(lambda k: unspread(k << 59)),
    st.builds(
        lambda part, off: unspread(((part << 64) // 7 + off) & U64),
        st.integers(0, 7),
        st.integers(-40, 40),
    ),
    st.integers(0, U64),
)
sketches = st.lists(st.lists(hashes, max_size=12, unique=True), max_size=25)


def laid(sketches):
    flat = np.array([each for sketch in sketches for each in sketch], np.uint64)
    return flat, np.cumsum([0, *map(len, sketches)])


def numbers(texts):
    return np.arange(texts, dtype=np.int32)


def slow_postings(sketches, rank, bits):
    held = defaultdict(set)
    for sketch, number in zip(sketches, rank, strict=True):
        for each in sketch:
            if number >= 0:
                held[(each * SPREAD & U64) >> bits].add(number)
    return {key: sorted(texts) for key, texts in sorted(held.items()) if len(texts) > 1}


def listed(found):
    return {
        key: found.texts[low:high].tolist()
        for key, (low, high) in zip(
            found.hashes.tolist(), pairwise(found.bounds.tolist()), strict=True
        )
    }


def slow_pairs(held, stock, how):
    """Count by sets; ``stock`` are keys."""
    counts = Counter()
    for key, texts in held.items():
        if key in stock:
            continue
        lead = texts[: how.leaders] if len(texts) > how.long else texts
        counts.update((a, b) for a, b in combinations(texts, 2) if a in lead)
    return sorted(pair for pair, count in counts.items() if count >= how.shared)


@pytest.mark.parametrize("bucket", [1 << 25, 5, 1])
@given(sketches, st.data())
def test_postings_are_those_of_sets(bucket, sketches, data):
    ranks = data.draw(st.permutations(range(len(sketches))))
    out = data.draw(st.sets(st.integers(0, 24), max_size=4))
    rank = [-1 if number in out else number for number in ranks]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_BUCKET", bucket)
        found = postings(*laid(sketches), np.array(rank, np.int32))
    held = slow_postings(sketches, rank, found.bits)
    assert listed(found) == held
    assert found.hashes.tolist() == sorted(held)
    asked = [*(each for sketch in sketches for each in sketch), 5, U64]
    places = {key: place for place, key in enumerate(held)}
    assert found.find(np.array(asked, np.uint64)).tolist() == [
        places.get((each * SPREAD & U64) >> found.bits, -1) for each in asked
    ]


@pytest.mark.parametrize("bucket", [1 << 25, 5])
@given(sketches)
def test_keys_are_sorted_over_all_shares(bucket, sketches):
    bits = max(1, len(sketches).bit_length())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_BUCKET", bucket)
        keys = [key for part in sorted_keys(*laid(sketches), bits) for key in part.tolist()]
    assert keys == sorted(
        (each * SPREAD & U64) >> bits << bits | number
        for number, sketch in enumerate(sketches)
        for each in sketch
    )


def test_what_is_equal_once_cut_off_is_not_parted_by_the_edge_of_a_bucket(monkeypatch):
    monkeypatch.setattr(candidates, "_BUCKET", 1)
    edge = (1 << 64) // 3
    sketches = [[unspread(edge)], [unspread(edge - 1)], [7]]
    found = postings(*laid(sketches), numbers(3))
    assert listed(found) == {edge >> 2: [0, 1]}
    keys = np.concatenate(list(sorted_keys(*laid(sketches), 2))).tolist()
    assert keys == sorted(keys)


@given(sketches)
def test_by_text_turns_postings_round(sketches):
    found = postings(*laid(sketches), numbers(len(sketches)))
    begins, held = by_text(found.bounds, found.texts, len(sketches))
    of = listed(found).values()
    for text in range(len(sketches)):
        assert held[begins[text] : begins[text + 1]].tolist() == [
            number for number, texts in enumerate(of) if text in texts
        ]
    assert begins[-1] == len(held)


@given(
    st.lists(st.sets(st.integers(1, 20), max_size=10), max_size=25),
    st.builds(Pairing, st.integers(1, 4), st.integers(2, 8), st.integers(1, 3)),
    st.sets(st.integers(1, 20), max_size=4),
    st.integers(0, 25),
)
def test_pairs_are_those_of_sets(shared, how, stocked, cut):
    sketches = [[unspread(each << 57) for each in sorted(sketch)] for sketch in shared]
    texts = len(sketches)
    found = postings(*laid(sketches), numbers(texts))
    held = listed(found)
    keys = {(each << 57) >> found.bits for each in stocked}
    verdict = np.array([key in keys for key in held], np.bool_)
    turned = by_text(found.bounds, found.texts, texts)
    every = pairs(found, turned, verdict, 0, texts, how)
    assert [tuple(pair) for pair in every.tolist()] == slow_pairs(held, keys, how)
    cut = min(cut, texts)
    parts = [pairs(found, turned, verdict, *span, how) for span in ((0, cut), (cut, texts))]
    assert np.concatenate(parts).tolist() == every.tolist()
    assert pairs(found, turned, verdict, cut, cut, how).shape == (0, 2)


def test_more_pairs_than_there_is_room_for():
    # of 400 texts all share three runs: 79,800 pairs, and the room begins with 4,096
    sketches = [[1, 3, 5]] * 400
    found = postings(*laid(sketches), numbers(400))
    turned = by_text(found.bounds, found.texts, 400)
    stock = np.zeros(3, np.bool_)
    every = pairs(found, turned, stock, 0, 400, Pairing(3, 1000, 3))
    assert every.tolist() == [list(pair) for pair in combinations(range(400), 2)]
    led = pairs(found, turned, stock, 0, 400, Pairing(3, 32, 3))
    assert led.tolist() == [[a, b] for a, b in combinations(range(400), 2) if a < 3]
    assert pairs(found, turned, stock, 0, 400, Pairing(4, 1000, 3)).tolist() == []


def test_a_text_is_no_pair_of_its_own():
    # hashes of one text that are equal once the low bits are cut off
    alike = [unspread((9 << 50) + k) for k in range(4)]
    sketches = [alike, alike[:1], [], *[[]] * 12]
    found = postings(*laid(sketches), numbers(len(sketches)))
    assert found.bits == 4
    assert listed(found) == {9 << 46: [0, 1]}
    turned = by_text(found.bounds, found.texts, len(sketches))
    stock = np.zeros(1, np.bool_)
    found = pairs(found, turned, stock, 0, len(sketches), Pairing(1, 32, 3))
    assert found.tolist() == [[0, 1]]


def test_no_sketches():
    found = postings(*laid([]), numbers(0))
    assert listed(found) == {}
    assert found.find(np.array([1, 2], np.uint64)).tolist() == [-1, -1]
    turned = by_text(found.bounds, found.texts, 0)
    assert pairs(found, turned, np.zeros(0, np.bool_), 0, 0, Pairing(3, 32, 3)).shape == (0, 2)


def test_spreading_loses_nothing():
    some = np.array([1, 3, 5, U64], np.uint64)
    assert [unspread(key) for key in spread(some).tolist()] == some.tolist()
