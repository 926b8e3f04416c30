from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reuse.align import Limits, aligned, columns, passages
from retold.reuse.align import texts as prepare
from retold.reuse.shingles import encode
from tests.reuse.build import edited, prose

LIMITS = Limits(seed=5, gap=12, near_share=0.6, repeats=1 << 20)
texts = st.lists(st.sampled_from("abcd"), max_size=40)


def find(a, b, limits=LIMITS, telling=lambda _: True):
    gains = [np.ones(len(a)), np.ones(len(b))]
    one, other = prepare([encode(a), encode(b)], gains, limits.seed)
    return passages(one, other, limits, telling)


def slow_lcs(a, b):
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = row
        row = [0]
        for j, y in enumerate(b):
            row.append(before[j] + 1 if x == y else max(before[j + 1], row[j]))
    return row[-1]


def slow_local_score(a, b):
    """Best local alignment by full dynamic programming (Smith & Waterman 1981): +1 and -1."""
    best, row = 0, [0] * (len(b) + 1)
    for x in a:
        before, row = row, [0]
        for j, y in enumerate(b):
            score = max(0, before[j] + (1 if x == y else -1), before[j + 1] - 1, row[j] - 1)
            row.append(score)
            best = max(best, score)
    return best


def score(passage):
    return sum(da if da > 0 else min(da, db) for da, db in passage.ops)


def check(passage, a, b):
    """The operations lead through both texts; what they call equal is equal."""
    i, j = passage.i, passage.j
    for da, db in passage.ops:
        if da > 0:
            assert da == db
            assert a[i : i + da] == b[j : j + da]
        else:
            assert db <= 0
            assert da + db < 0
        i, j = i + abs(da), j + abs(db)
    assert (i, j) == (passage.i + passage.words_a, passage.j + passage.words_b)
    assert passage.ops[0][0] > 0
    assert passage.ops[-1][0] > 0
    assert passage == aligned(passage.i, passage.j, passage.ops)
    assert passage.share >= LIMITS.near_share


@given(st.text("abcd", max_size=40), st.text("abcd", max_size=40))
def test_columns_keep_as_many_equal_words_as_can_be(a, b):
    ops = columns(a, b)
    assert sum(da for da, _ in ops if da > 0) == slow_lcs(a, b)
    assert sum(abs(da) for da, _ in ops) == len(a)
    assert sum(abs(db) for _, db in ops) == len(b)


@given(texts, texts)
def test_passages_hold_and_cover_no_word_twice(a, b):
    covered_a, covered_b = [0] * len(a), [0] * len(b)
    for passage in find(a, b):
        check(passage, a, b)
        for place in range(passage.i, passage.i + passage.words_a):
            covered_a[place] += 1
        for place in range(passage.j, passage.j + passage.words_b):
            covered_b[place] += 1
    assert max(covered_a, default=0) <= 1
    assert max(covered_b, default=0) <= 1


@given(texts, texts)
def test_nothing_is_left_that_a_seed_could_grow_from(a, b):
    taken_a, taken_b = set(), set()
    for p in find(a, b):
        taken_a.update(range(p.i, p.i + p.words_a))
        taken_b.update(range(p.j, p.j + p.words_b))
    for i in range(len(a) - 4):
        for j in range(len(b) - 4):
            if a[i : i + 5] == b[j : j + 5]:
                assert taken_a & set(range(i, i + 5)) or taken_b & set(range(j, j + 5))


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.1])
def test_a_copy_scores_as_with_full_dynamic_programming(rate):
    random = Random(7)
    reached, best = [], []
    for _ in range(20):
        text = prose(random, 80)
        copy = [*prose(random, 15), *edited(random, text, rate), *prose(random, 15)]
        around = [*prose(random, 10), *text, *prose(random, 20)]
        reached.append(max(score(p) for p in find(around, copy)))
        best.append(slow_local_score(around, copy))
    assert all(r <= b for r, b in zip(reached, best, strict=True))
    assert sum(reached) >= 0.99 * sum(best)


def test_a_long_stretch_without_counterpart_ends_a_passage():
    random = Random(3)
    text, other = prose(random, 40), prose(random, 13)
    apart = find(text, [*text[:20], *other, *text[20:]])
    assert [(p.i, p.words_a) for p in apart] == [(0, 20), (20, 20)]
    joined = find(text, [*text[:20], *other[:11], *text[20:]])
    assert [(p.i, p.words_a, p.words_b) for p in joined] == [(0, 40, 51)]


def test_a_passage_with_too_little_in_common_is_divided_at_its_longest_change():
    random = Random(4)
    x, y = prose(random, 60), prose(random, 60)
    text = [*x[:6], *x[10:18], *x[30:36]]
    copy = [*x[:6], *y[:5], *x[10:18], *y[10:19], *x[30:36]]
    strict = Limits(seed=5, gap=12, near_share=0.7, repeats=16)
    assert [(p.i, p.equal) for p in find(text, copy, strict)] == [(0, 14), (14, 6)]


def test_moved_passages_are_found_both():
    random = Random(5)
    one, two, three = (prose(random, 30) for _ in range(3))
    found = find([*one, *two, *three], [*three, *two, *one])
    assert [(p.i, p.j, p.equal) for p in found] == [(0, 60, 30), (30, 30, 30), (60, 0, 30)]


def test_what_is_not_telling_covers_nothing():
    random = Random(6)
    text = prose(random, 12)
    assert find(text, text, telling=lambda p: p.equal > 12) == []


def test_a_text_of_one_word_repeated_is_one_passage():
    text = ["drum"] * 3000
    found = find(text, text[:2000], Limits(seed=5, gap=12, near_share=0.6, repeats=16))
    assert [(p.i, p.j, p.equal) for p in found] == [(0, 0, 2000)]


@given(st.lists(st.lists(st.sampled_from("abcde"), max_size=6), max_size=5))
def test_letters_are_equal_where_words_are_in_any_two_texts(pile):
    made = prepare([encode(t) for t in pile], [np.ones(len(t)) for t in pile], 5)
    for x, one in enumerate(pile):
        for y, other in enumerate(pile):
            if x != y:
                for i, word in enumerate(one):
                    for j, word_there in enumerate(other):
                        assert (made[x].letters[i] == made[y].letters[j]) == (word == word_there)
