from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retold.reuse.sketch import shingles, sketch
from tests.reuse.build import runs_of

U64 = (1 << 64) - 1
FACTOR = 0x9E3779B97F4A7C15
words = st.one_of(st.integers(2, 5), st.integers(2, 60), st.integers(0, 2**32 - 1))
texts = st.lists(st.lists(words, max_size=60), max_size=6)


def slow_mixed(key):
    key = (key ^ key >> 30) * 0xBF58476D1CE4E5B9 & U64
    key = (key ^ key >> 27) * 0x94D049BB133111EB & U64
    return key ^ key >> 31


def slow_hash(run):
    key = 0
    for word in run:
        key = key * FACTOR + word + 1 & U64
    return slow_mixed(key) | 1


def slow_sketch(text, n, rate, floor):
    every = sorted({slow_hash(run) for run in runs_of(text, n)})
    kept = [each for each in every if each < (1 << 64) // rate - 1]
    return kept if len(kept) >= floor else every[:floor]


def slow_whole(text):
    key = len(text)
    for word in text:
        key = key * FACTOR + word + 1 & U64
    return slow_mixed(key)


def laid(texts):
    flat = np.array([word for text in texts for word in text], np.uint32)
    return flat, np.cumsum([0, *map(len, texts)])


def sketched(texts, n=5, rate=8, floor=8):
    hashes, bounds, _ = sketch(*laid(texts), n, rate, floor)
    return [hashes[a:b].tolist() for a, b in pairwise(bounds)]


@given(st.lists(words, max_size=40), st.integers(1, 7))
def test_runs_are_hashed_as_one_by_one(text, n):
    out = np.zeros(len(text), np.uint64)
    count = shingles(np.array(text, np.uint32), n, out)
    assert out.tolist() == [slow_hash(run) for run in runs_of(text, n)] + [0] * (len(text) - count)


@given(texts, st.integers(1, 6), st.sampled_from((1, 2, 3, 8, 1000)), st.sampled_from((0, 1, 3, 8)))
@example([[2, 3] * 30, [2] * 9], 2, 2, 8)
def test_sketches_are_those_of_the_slow_way(texts, n, rate, floor):
    hashes, bounds, whole = sketch(*laid(texts), n, rate, floor)
    assert bounds.tolist()[0] == 0
    assert sketched(texts, n, rate, floor) == [slow_sketch(t, n, rate, floor) for t in texts]
    assert len(hashes) == bounds[-1]
    assert whole.tolist() == [slow_whole(text) for text in texts]


def test_a_text_that_repeats_a_line_keeps_as_many_runs_as_any_other():
    # one run that is kept anyhow, many times, does not stand for the floor
    for line in range(40):
        text = [100 + line] * 30 + list(range(1000, 1012))
        assert len(sketched([text], rate=4)[0]) >= 8


def test_every_run_may_be_kept():
    text = list(range(2, 3002))
    assert len(sketched([text, text], rate=1)[1]) == 2996
    # a text made of runs that the sample keeps, one word each
    kept = [word for word in range(2, 40_000) if slow_hash([word]) < (1 << 64) // 8 - 1]
    assert sketched([kept], n=1) == [sorted(slow_hash([word]) for word in kept)]


def test_texts_with_fewer_words_than_a_run_have_no_sketch():
    assert sketched([[], [5], [5, 6, 7, 8], [5, 6, 7, 8, 9], []]) == [
        [],
        [],
        [],
        [slow_hash([5, 6, 7, 8, 9])],
        [],
    ]
    assert sketched([]) == []


@pytest.mark.parametrize("rate", [4, 8])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_containment_can_be_read_off(rate, part):
    random = np.random.default_rng(7)
    off = []
    for _ in range(20):
        text = random.integers(2, 1 << 32, 2000, np.uint32).tolist()
        low = int(part * 2000)
        other = text[:low] + random.integers(2, 1 << 32, 5000, np.uint32).tolist()
        one, two = map(set, sketched([text, other], rate=rate))
        off.append(len(one & two) / len(one) - part)
    assert abs(np.mean(off)) < 0.02
    assert np.std(off) < 2 * (part * (1 - part) * rate / 2000) ** 0.5


def test_word_order_and_length_tell_texts_apart():
    _, _, whole = sketch(*laid([[2, 3], [3, 2], [2, 3], [2], [], [0], [0, 0]]), 5, 8, 8)
    assert len(set(whole.tolist())) == 6
    assert whole[0] == whole[2]
