from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reuse.candidates import Postings, postings
from retold.reuse.sketch import shingles, sketch
from retold.reuse.stock import Widespread, judge, mark, stock, stock_passages
from tests.reuse.build import numbered, runs_of

N = 5
WHEN = Widespread(articles=25, one_outlet=5, samples=8, overlap=0.2, same_overlap=0.4)
hashes = st.integers(0, 60).map(lambda k: 2 * k + 1)


def hashed(text, n=N):
    out = np.empty(len(text), np.uint64)
    return out[: shingles(np.array(text, np.uint32), n, out)]


def laid(texts, kind=np.uint32):
    ends = np.cumsum([0, *map(len, texts)])
    flat = np.array([word for text in texts for word in text], kind)
    return flat, ends[:-1], ends[1:]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=40), st.lists(st.integers(0, 2**64 - 1)))
def test_stock_is_a_set(grams, others):
    known = stock(np.array(grams, np.uint64))
    for gram in [*grams, *others, 0, 1, 2**64 - 1]:
        told = bool(known.sieve[gram % len(known.sieve)]) and gram in known.grams.tolist()
        assert told == (gram in grams)


def slow_apart(a, b, usual, when):
    """Whether two sketches have little in common, or no more than what is usual."""
    common = set(a) & set(b)
    share = len(common) / max(1, min(len(a), len(b)))
    alike = 5 * len(common & usual) >= 3 * max(len(common), len(usual))
    return share < when.overlap or (share < when.same_overlap and alike)


def slow_judge(members, sketches, outlets, when):
    """Verdict on one posting, and the pair that it proposes."""
    size = len(members)
    if size < min(when.articles, when.one_outlet):
        return False, None
    if size < when.articles:
        known = [outlets[m] for m in members if outlets[m] >= 0]
        most = max(map(known.count, known), default=0)
        if 10 * most < 9 * size:
            return False, None
    step = max(2, size // when.samples)
    tried = [(members[k], members[k + 1]) for k in range(0, size - 1, step)]
    of = [(sketches[one], sketches[two]) for one, two in tried]
    usual = set(of[0][0]) & set(of[0][1])
    apart = [p for p, (a, b) in zip(tried, of, strict=True) if slow_apart(a, b, usual, when)]
    return (True, apart[0]) if 2 * len(apart) > len(tried) else (False, None)


@given(
    st.lists(st.sets(hashes, max_size=20).map(sorted), max_size=30),
    st.builds(
        Widespread,
        st.integers(2, 12),
        st.integers(2, 8),
        st.integers(1, 8),
        st.sampled_from((0.1, 0.3, 0.6)),
        st.sampled_from((0.1, 0.5, 0.9)),
    ),
    st.data(),
)
def test_postings_are_judged_as_the_slow_way(sketches, when, data):
    count = len(sketches)
    order = np.array(data.draw(st.permutations(range(count))), np.int64)
    outlets = data.draw(st.lists(st.integers(-1, 2), min_size=count, max_size=count))
    rank = np.empty(count, np.int32)
    rank[order] = np.arange(count, dtype=np.int32)
    flat, *_ = laid(sketches, np.uint64)
    bounds = np.cumsum([0, *map(len, sketches)])
    found = postings(flat, bounds, rank)
    by_rank = [sketches[number] for number in order]
    verdict, proposed = judge(found, flat, bounds, order, np.array(outlets, np.int32), when)
    slow = [
        slow_judge(found.texts[low:high].tolist(), by_rank, outlets, when)
        for low, high in pairwise(found.bounds.tolist())
    ]
    assert verdict.tolist() == [told for told, _ in slow]
    assert proposed.tolist() == sorted(map(list, {pair for _, pair in slow if pair}))


def sketched(texts):
    flat, begins, ends = laid(texts)
    bounds = np.append(begins, ends[-1:])
    hashes, places, _ = sketch(flat, bounds, N, 1, 0)
    return hashes, places, postings(hashes, places, np.arange(len(texts), dtype=np.int32))


def judged(texts, outlets=None):
    hashes, places, found = sketched(texts)
    order = np.arange(len(texts))
    outlets = np.full(len(texts), -1) if outlets is None else np.array(outlets)
    verdict, proposed = judge(found, hashes, places, order, outlets.astype(np.int32), WHEN)
    grams = hashed(numbered(0, 20))
    at = found.find(grams)
    return verdict[at[at >= 0]], proposed


FOOTER = numbered(0, 20)


def with_footer(count):
    return [numbered(1000 * k, 60) + FOOTER for k in range(1, count + 1)]


def test_a_footer_is_stock_and_an_agency_text_is_not():
    told, proposed = judged(with_footer(25))
    assert told.all()
    assert len(told) == 16
    assert proposed.tolist() == [[0, 1]]
    told, proposed = judged([FOOTER + numbered(1000 * k, 5) for k in range(1, 26)])
    assert not told.any()
    assert proposed.tolist() == []


def test_a_long_footer_under_short_items_is_stock_and_one_text_cut_in_many_ways_is_not():
    told, _ = judged([numbered(1000 * k, 40) + FOOTER for k in range(1, 26)])
    assert told.all()
    # those looked at share a third of their runs, but each pair others
    told, _ = judged(
        [
            FOOTER + numbered(100_000 + 100 * ((k - 1) // 3), 20) + numbered(1000 * k, 60)
            for k in range(1, 26)
        ]
    )
    assert len(told) == 16
    assert not told.any()


@pytest.mark.parametrize(
    ("count", "outlets", "expected"),
    [
        (24, [-1] * 24, False),
        (24, [3] * 24, True),
        (5, [3] * 5, True),
        (4, [3] * 4, False),
        (10, [3] * 9 + [1], True),
        (10, [1] + [3] * 9, True),
        (10, [3] * 8 + [1, 2], False),
        (10, [-1] * 10, False),
        (10, [3] * 9 + [-1], True),
    ],
)
def test_fewer_carriers_do_where_they_are_of_one_outlet(count, outlets, expected):
    told, _ = judged(with_footer(count), outlets)
    assert told.all() == told.any() == expected


def slow_stretches(text, grams, n):
    covered = [False] * (len(text) + 1)
    for k, gram in enumerate(hashed(text, n).tolist()):
        if gram in grams:
            covered[k : k + n] = [True] * n
    # runs that only touch are one stretch too, so the plain way is by the words covered
    edges = [k for k in range(len(text) + 1) if covered[k] != (k > 0 and covered[k - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))


@given(
    st.lists(st.lists(st.integers(2, 5), max_size=40), min_size=1, max_size=5),
    st.integers(1, 6),
    st.data(),
)
def test_stock_is_marked_as_the_slow_way_marks_it(texts, n, data):
    every = sorted({gram for text in texts for gram in hashed(text, n).tolist()})
    grams = data.draw(st.sets(st.sampled_from(every), max_size=8) if every else st.just(set()))
    marks = mark(*laid(texts), n, stock(np.array(sorted(grams), np.uint64)))
    for number, text in enumerate(texts):
        spans = marks.spans[marks.bounds[number] : marks.bounds[number + 1]]
        assert [tuple(span) for span in spans.tolist()] == slow_stretches(text, grams, n)
        assert marks.words()[number] == sum(end - start for start, end in spans.tolist())


@given(st.lists(st.lists(st.integers(2, 4), max_size=30), min_size=2, max_size=4), st.data())
def test_stock_passages_are_those_of_the_slow_way(texts, data):
    def span(text):
        low = data.draw(st.integers(0, len(text)))
        return low, data.draw(st.integers(0, len(text) - low))

    flat, begins, _ = laid(texts)
    pairs = data.draw(
        st.lists(st.permutations(range(len(texts))).map(lambda p: p[:2]), min_size=1, max_size=3)
    )
    rows = []
    for _ in range(data.draw(st.integers(0, 4))):
        pair = data.draw(st.integers(0, len(pairs) - 1))
        rows.append((pair, *span(texts[pairs[pair][0]]), *span(texts[pairs[pair][1]]), 0))
    _, _, found = sketched(texts)
    size = len(found.hashes)
    verdict = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), np.bool_)
    laid_rows = np.array(rows, np.int32).reshape(-1, 6)
    told, known = stock_passages(
        flat, begins, np.array(pairs, np.int64), laid_rows, N, found, verdict
    )
    expected, grams = [], set()
    for pair, i, wide_a, j, wide_b, _ in rows:
        a, b = (texts[number] for number in pairs[pair])
        there = runs_of(b[j : j + wide_b], N)
        shared = [run for run in runs_of(a[i : i + wide_a], N) if run in there]
        keys = {gram for run in shared for gram in hashed(run).tolist()}
        at = found.find(np.array(sorted(keys), np.uint64))
        expected.append(any(verdict[k] for k in at if k >= 0))
        grams |= keys if expected[-1] else set()
    assert told.tolist() == expected
    assert known.grams.tolist() == sorted(grams)


def test_nothing_is_stock_where_nothing_is_shared():
    nothing = Postings(np.empty(0, np.uint64), np.zeros(1, np.int64), np.empty(0, np.int32), 1)
    none = np.empty(0, np.int64)
    verdict, proposed = judge(
        nothing, np.empty(0, np.uint64), np.zeros(1, np.int64), none, none.astype(np.int32), WHEN
    )
    assert len(verdict) == 0
    assert proposed.shape == (0, 2)
    told, known = stock_passages(
        np.empty(0, np.uint32), none, proposed, np.empty((0, 6), np.int32), N, nothing, verdict
    )
    assert len(told) == len(known.grams) == 0
