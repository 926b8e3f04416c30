from dataclasses import replace
from itertools import chain, pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retold.reuse import extend
from retold.reuse.extend import Growth, align
from retold.reuse.seeds import MOST_WORDS
from retold.reuse.sketch import shingles
from retold.reuse.stock import mark, stock
from tests.reuse.build import numbered, runs_of

HOW = Growth(
    seed=5, repeats=16, opening=2.0, lengthening=0.5, drop=10.0, gap=20, share=0.5, least=10
)
NOTHING = stock(np.empty(0, np.uint64))


def laid(texts):
    """Several lists of numbers as one array of words, and where each begins and ends."""
    ends = np.cumsum([len(text) for text in texts])
    words = np.array([word for text in texts for word in text], np.uint32)
    return words, np.concatenate(([0], ends[:-1])).astype(np.int64), ends


def joined(texts):
    return list(chain.from_iterable(texts))


def found(texts, pairs=((0, 1),), how=HOW, known=NOTHING):
    marks = mark(*laid(texts), how.seed, known)
    rows = align(*laid(texts), np.array(pairs, np.int64).reshape(-1, 2), how, marks)
    return [tuple(row[:6]) for row in rows.tolist()]


def edited(random, text, rate):
    """A copy with a share of its words replaced, dropped, or followed by one more."""
    copy = []
    for word in text:
        chance = random.random()
        if chance >= rate:
            copy.append(word)
        elif chance < rate / 3:
            copy.append(random.randint(10**6, 10**7))
        elif chance < 2 * rate / 3:
            copy += [word, random.randint(10**6, 10**7)]
    return copy


def slow_lcs(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        before, row = row, [0]
        for j, y in enumerate(b):
            row.append(before[j] + 1 if x == y else max(before[j + 1], row[j]))
    return row[-1]


def check(row, a, b, how=HOW):
    """A passage begins and ends with equal words and has as many of them as it says."""
    _, i, wide_a, j, wide_b, equal = row
    x, y = a[i : i + wide_a], b[j : j + wide_b]
    assert len(x) == wide_a
    assert len(y) == wide_b
    assert x[0] == y[0]
    assert x[-1] == y[-1]
    assert how.least <= equal <= slow_lcs(x, y)
    assert equal >= how.share * max(wide_a, wide_b)
    if wide_a == wide_b == equal:
        assert x == y
    assert any(x[k : k + how.seed] in runs_of(y, how.seed) for k in range(wide_a))


def check_all(rows, a, b, how=HOW):
    for row in rows:
        check(row, a, b, how)
    assert rows == sorted(rows)
    for first, words in ((1, 2), (3, 4)):
        spans = sorted((row[first], row[first] + row[words]) for row in rows)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@st.composite
def related(draw):
    """A text, and another made of edited pieces of it in any order, between words of its own."""
    random = Random(draw(st.integers(0, 2**32)))
    many = draw(st.sampled_from((6, 60, 2000)))
    a = [random.randint(2, 1 + many) for _ in range(draw(st.integers(0, 220)))]
    b = []
    for _ in range(draw(st.integers(0, 4))):
        low = random.randint(0, len(a))
        piece = a[low : low + random.randint(1, 120)]
        b += edited(random, piece, draw(st.sampled_from((0, 0.05, 0.2, 0.5))))
        b += [random.randint(2, 1 + many) for _ in range(random.randint(0, 25))]
    return a, b


limits = st.builds(
    Growth,
    seed=st.integers(1, 8),
    repeats=st.integers(1, 16),
    opening=st.sampled_from((1.0, 2.0)),
    lengthening=st.sampled_from((0.5, 1.0)),
    drop=st.sampled_from((0.0, 4.0, 10.0)),
    gap=st.integers(1, 20),
    share=st.sampled_from((0.3, 0.5, 0.9, 1.0)),
    least=st.integers(1, 15),
)


@given(related(), limits)
@example(([2], [2]), replace(HOW, seed=1, least=1))
@example(([2] * 40, [2] * 90), HOW)
def test_passages_are_sound_and_cover_no_word_twice(texts, how):
    rows = found(texts, how=how)
    check_all(rows, *texts, how)


def test_a_passage_does_not_lead_across_another():
    one, moved, two = numbered(0, 11), numbered(100, 13), numbered(200, 11)
    a, b = one + moved + two, moved + numbered(300, 30) + one + two
    assert found([a, b]) == [
        (0, 0, 11, 43, 11, 11),
        (0, 11, 13, 0, 13, 13),
        (0, 24, 11, 54, 11, 11),
    ]


def test_a_copy_is_one_passage():
    text = numbered(0, 300)
    assert found([text, text]) == [(0, 0, 300, 0, 300, 300)]


@pytest.mark.parametrize(("low", "high"), [(0, 10), (0, 170), (40, 50), (100, 300), (290, 300)])
def test_a_cut_copy_is_one_passage(low, high):
    text = numbered(0, 300)
    assert found([text, text[low:high]]) == [(0, low, high - low, 0, high - low, high - low)]
    assert found([text[low:high], text]) == [(0, 0, high - low, low, high - low, high - low)]


def test_what_is_too_short_is_none():
    text = numbered(0, 9)
    assert found([text, text]) == []
    assert found([text, text], how=replace(HOW, least=9)) == [(0, 0, 9, 0, 9, 9)]


def test_moved_blocks_are_found_where_they_stand():
    blocks = [numbered(1000 * k, 30 + k) for k in range(6)]
    order = [3, 0, 5, 1, 4, 2]
    a, b = joined(blocks), joined(blocks[k] for k in order)
    rows = found([a, b])
    assert [(row[1], row[2], row[5]) for row in rows] == [
        (sum(map(len, blocks[:k])), 30 + k, 30 + k) for k in range(6)
    ]
    for k, row in enumerate(rows):
        assert row[3] == sum(len(blocks[m]) for m in order[: order.index(k)])


def test_a_merge_of_two_texts_shares_with_both():
    one, two = numbered(0, 200), numbered(1000, 200)
    merged = one[:80] + two[50:150] + one[120:]
    rows = found([one, two, merged], [(0, 2), (1, 2)])
    assert rows == [
        (0, 0, 80, 0, 80, 80),
        (0, 120, 80, 180, 80, 80),
        (1, 50, 100, 80, 100, 100),
    ]


def test_light_edits_stay_in_one_passage():
    text = numbered(0, 120)
    copy = [*text[:30], 7, *text[31:60], *text[63:90], 8, 9, *text[90:]]
    assert found([text, copy]) == [(0, 0, 120, 0, 119, 116)]


def test_a_difference_longer_than_the_gap_divides():
    text = numbered(0, 120)
    for more, rows in ((12, 1), (30, 2)):
        copy = text[:60] + numbered(5000, more) + text[60:]
        assert len(found([text, copy])) == rows


@pytest.mark.parametrize("rate", [0.03, 0.1, 0.15])
def test_most_of_an_edited_copy_is_found_from_either_side(rate):
    random = Random(4)
    for _ in range(5):
        a = [random.randint(2, 3000) for _ in range(400)]
        b = edited(random, a, rate)
        there, back = found([a, b]), found([b, a])
        check_all(there, a, b)
        equal = sum(row[5] for row in there)
        assert equal >= 0.9 * slow_lcs(a, b)
        assert 0.9 * equal <= sum(row[5] for row in back) <= equal / 0.9


def covered(rows, first, words):
    return {k for row in rows for k in range(row[first], row[first] + row[words])}


@given(related())
def test_swapping_the_texts_finds_nearly_the_same(texts):
    a, b = (list(dict.fromkeys(text)) for text in texts)  # of repeated words either may be taken
    there, back = found([a, b]), found([b, a])
    one, other = covered(there, 1, 2), covered(back, 3, 4)
    assert len(one & other) >= 0.9 * max(len(one), len(other)) - 2 * HOW.least


def test_nothing_depends_on_the_other_pairs_or_their_order():
    random = Random(9)
    base = [random.randint(2, 500) for _ in range(200)]
    texts = [edited(random, base, 0.1 * k) for k in range(5)] + [[], [5], numbered(0, 30)]
    pairs = [(a, b) for a in range(8) for b in range(8) if a != b]
    alone = {pair: [row[1:] for row in found(texts, [pair])] for pair in pairs}
    for _ in range(3):
        random.shuffle(pairs)
        rows = found(texts, pairs)
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        assert [(pairs[row[0]], row[1:]) for row in rows] == [
            (pair, row) for pair in pairs for row in alone[pair]
        ]


def test_the_room_for_rows_grows(monkeypatch):
    blocks = [numbered(1000 * k, 12) for k in range(40)]
    a, b = joined(blocks), joined(blocks[::-1])
    pairs = [(0, 1), (1, 0), (0, 0), (1, 1), (0, 1)]
    whole = found([a, b], pairs)
    assert len(whole) == 40 + 40 + 1 + 1 + 40
    monkeypatch.setattr(extend, "_ROOM", 1)
    assert found([a, b], pairs) == whole


def hashed(text):
    out = np.empty(len(text), np.uint64)
    return out[: shingles(np.array(text, np.uint32), HOW.seed, out)].tolist()


def known_of(*texts):
    return stock(np.array([gram for text in texts for gram in hashed(text)], np.uint64))


def test_stock_begins_no_passage_but_may_stand_within_one():
    ours, stocked, rest = numbered(0, 40), numbered(100, 12), numbered(200, 40)
    known = known_of(stocked)
    assert found([stocked, stocked], known=known) == []
    text = ours + stocked + rest
    assert counted([text, text], known) == [(0, 0, 92, 0, 92, 92, 80)]
    other = numbered(400, 40) + stocked + numbered(500, 40)
    assert found([text, other], known=known) == []


def test_what_is_no_stock_must_be_enough_for_a_passage():
    stocked = numbered(100, 30)
    known = known_of(stocked)
    for own, rows in ((9, 0), (10, 1)):
        text = numbered(0, own) + stocked
        assert len(counted([text, text], known)) == rows


def counted(texts, known):
    """Passages with the number of their equal words that are no stock."""
    marks = mark(*laid(texts), HOW.seed, known)
    rows = align(*laid(texts), np.array([[0, 1]], np.int64), HOW, marks)
    return [tuple(row) for row in rows.tolist()]


@given(related(), st.data())
def test_words_that_are_no_stock_are_counted(texts, data):
    a, b = texts
    low = data.draw(st.integers(0, len(a)))
    known = known_of(a[low : low + 40])
    rows = counted([a, b], known)
    check_all([row[:6] for row in rows], a, b)
    grams = set(known.grams.tolist())
    stocked = {k + m for k, gram in enumerate(hashed(a)) if gram in grams for m in range(HOW.seed)}
    for _, i, wide_a, _, wide_b, equal, told in rows:
        assert HOW.least <= told <= equal
        inside = len(stocked & set(range(i, i + wide_a)))
        assert equal - told <= inside
        if wide_a == wide_b == equal:
            assert equal - told == inside


def test_of_a_run_that_stands_often_the_first_places_are_followed():
    line = numbered(0, 12)
    a = joined(line + numbered(100 + 30 * k, 25) for k in range(6))
    for repeats in (1, 3):
        rows = found([a, line * 6], how=replace(HOW, repeats=repeats))
        assert [row[1] for row in rows] == [37 * k for k in range(repeats)]


def test_words_that_are_equal_to_none():
    text = numbered(0, 20)
    assert found([[*text[:10], 0, *text[10:]], [*text[:10], 0, *text[10:]]]) == [
        (0, 0, 10, 0, 10, 10),
        (0, 11, 10, 11, 10, 10),
    ]


def test_empty_and_tiny_texts():
    texts = [[], [5], [5, 6, 7, 8], numbered(0, 50)]
    assert found(texts, []) == []
    assert found(texts, [(a, b) for a in range(4) for b in range(4)]) == [(15, 0, 50, 0, 50, 50)]


def test_texts_that_repeat_themselves_take_no_quadratic_time():
    # 60,000 words: the square of it would be looked at for minutes
    a = [2, 3, 4] * 20_000
    rows = found([a, [*a[:30_000], 9, *a[30_000:], *numbered(100, 40)]])
    assert rows[0][5] == len(a)
    text = numbered(100, 40)
    rows = found([a + text, [*a[:-1], 9, *text]])
    assert covered(rows, 1, 2) >= set(range(len(a), len(a) + 40))


def test_the_end_of_a_giant_text_is_left_alone():
    size = MOST_WORDS
    begins, ends = np.array([0, 3]), np.array([size + 50, 60])
    words = np.random.default_rng(3).integers(2, 1 << 32, size + 50, np.uint32)
    pairs = np.array([[0, 1], [1, 0]])
    nothing = mark(words, begins, ends, HOW.seed, NOTHING)
    assert align(words, begins, ends, pairs, HOW, nothing)[:, :6].tolist() == [
        [0, 3, 57, 0, 57, 57],
        [1, 0, 57, 3, 57, 57],
    ]
    begins, ends = np.array([0, size - 20]), np.array([size + 50, size + 50])
    assert align(words, begins, ends, pairs, HOW, nothing)[:, :6].tolist() == [
        [0, size - 20, 20, 0, 20, 20],
        [1, 0, 20, size - 20, 20, 20],
    ]
