from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.reuse.shingles import encode, exact_runs, places, shared_places, shingle_hashes

texts = st.lists(st.sampled_from("abc"), max_size=25)


def slow_runs(a, b, n):
    """Every maximal common run of n words or more, by trying all places."""
    found = set()
    for i, j in product(range(len(a)), range(len(b))):
        if i and j and a[i - 1] == b[j - 1]:
            continue
        length = 0
        while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
            length += 1
        if length >= n:
            found.add((i, j, length))
    return found


@given(texts, texts, st.integers(1, 5))
def test_exact_runs_are_all_the_maximal_ones(a, b, n):
    runs = exact_runs(places(encode(a), n), places(encode(b), n), n, repeats=1 << 20)
    assert {tuple(run) for run in runs.tolist()} == slow_runs(a, b, n)


@given(texts, texts)
def test_runs_are_the_same_from_either_side(a, b):
    one, other = places(encode(a), 2), places(encode(b), 2)
    there = {(i, j, n) for i, j, n in exact_runs(one, other, 2, repeats=3).tolist()}
    back = {(i, j, n) for j, i, n in exact_runs(other, one, 2, repeats=3).tolist()}
    assert there == back


def test_work_stays_linear_on_a_text_that_repeats_itself():
    drums = places(encode(["drum"] * 5000), 5)
    i, j = shared_places(drums, drums, repeats=16)
    assert len(i) == 4996
    assert (i == j).all()
    assert exact_runs(drums, drums, 5, repeats=16).tolist() == [[0, 0, 5000]]


@given(texts, st.integers(1, 4))
def test_shingles_are_equal_where_the_words_are(a, n):
    hashes = shingle_hashes(encode(a), n)
    grams = [tuple(a[i : i + n]) for i in range(len(a) - n + 1)]
    assert len(hashes) == len(grams)
    for (x, one), (y, other) in product(zip(hashes, grams, strict=True), repeat=2):
        assert (x == y) == (one == other)


def test_word_order_counts():
    one, other = encode(["dam", "breach"]), encode(["breach", "dam"])
    assert shingle_hashes(one, 2) != shingle_hashes(other, 2)


def test_hashes_do_not_change_between_processes():
    assert encode(["brannock"]).tolist() == [7820707215041499981]


def test_a_text_shorter_than_a_shingle_has_none():
    assert shingle_hashes(encode(["one", "two"]), 5).shape == (0,)
    short, none = places(encode(["one"]), 5), places(encode([]), 5)
    assert exact_runs(short, none, 5, repeats=16).shape == (0, 3)
    long = places(encode(list("abcdef")), 5)
    assert exact_runs(short, long, 5, repeats=16).shape == (0, 3)
    assert exact_runs(long, short, 5, repeats=16).shape == (0, 3)
    assert encode([]).dtype == np.uint64
