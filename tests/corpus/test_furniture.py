from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.corpus.furniture import carriers, within
from retold.reuse.candidates import postings
from retold.reuse.sketch import shingles, sketch
from retold.reuse.stock import mark, stock
from tests.reuse.build import numbered

N = 5
LEAST = 10


def laid(texts):
    bounds = np.cumsum([0, *map(len, texts)])
    return np.array([word for text in texts for word in text], np.uint32), bounds


def hashed(text, n=N):
    out = np.empty(len(text), np.uint64)
    return out[: shingles(np.array(text, np.uint32), n, out)]


def carried(texts, rows, pairs=((0, 1),), least=LEAST):
    """Stretches of stock, where every run that two texts share is stock."""
    words, bounds = laid(texts)
    hashes, places, _ = sketch(words, bounds, N, 1, 0)
    found = postings(hashes, places, np.arange(len(texts), dtype=np.int32))
    held = Counter(gram for text in texts for gram in set(hashed(text).tolist()))
    shared = np.array([gram for gram, count in held.items() if count > 1], np.uint64)
    marks = mark(words, bounds[:-1], bounds[1:], N, stock(shared))
    every = carriers(
        words, bounds[:-1], np.array(pairs, np.int64), np.array(rows, np.int32).reshape(-1, 6),
        found, np.ones(len(found.hashes), np.bool_), marks, N, least,
    )  # fmt: skip
    return list(zip(*(column.tolist() for column in every), strict=True))


FOOTER = numbered(0, 30)


def test_all_carriers_are_told_wherever_it_stands():
    texts = [numbered(1000 * k, 40 + k) for k in range(1, 9)]
    for k in range(6):
        texts[k] = texts[k][: 5 * k] + FOOTER + texts[k][5 * k :]
    rows = [(0, 0, 30, 5, 30, 30)]
    assert carried(texts, rows) == [(0, k, 5 * k, 30) for k in range(6)]


def test_a_part_of_it_is_told_where_it_is_long_enough():
    texts = [FOOTER + numbered(1000, 9), FOOTER, FOOTER[:9], FOOTER[4:20] + numbered(2000, 20)]
    assert carried(texts, [(0, 0, 30, 0, 30, 30)]) == [(0, 0, 0, 30), (0, 1, 0, 30), (0, 3, 0, 16)]


def test_what_a_longer_one_holds_is_told_once():
    texts = [FOOTER, FOOTER, FOOTER[:20], FOOTER[:20]]
    pairs = [(0, 1), (2, 3)]
    rows = [(1, 0, 20, 0, 20, 20), (0, 0, 30, 0, 30, 30)]
    told = carried(texts, rows, pairs)
    assert {number for number, *_ in told} == {0}
    assert len(told) == 4
    other = numbered(500, 25)
    texts += [other, other]
    told = carried(texts, [*rows, (2, 0, 25, 0, 25, 25)], [*pairs, (4, 5)])
    assert [row for row in told if row[0] == 1] == [(1, 4, 0, 25), (1, 5, 0, 25)]


def test_nothing_is_told_of_what_is_no_stock():
    assert carried([numbered(0, 30), numbered(100, 30)], [(0, 0, 30, 0, 30, 30)]) == []
    assert carried([FOOTER, FOOTER], []) == []


def slow_within(text, grams, n, usual):
    """The stretch of at most one and a half times the usual length with most of the runs."""
    hits = [k for k, gram in enumerate(hashed(text, n).tolist()) if gram in grams]
    best = (0, 0, 0)
    for high in range(len(hits)):
        inside = [k for k in hits[: high + 1] if hits[high] + n - k <= usual + usual // 2]
        if len(inside) > best[0]:
            best = (len(inside), inside[0], hits[high] + n - inside[0])
    return best[1:]


@given(
    st.lists(st.lists(st.integers(2, 4), max_size=40), min_size=1, max_size=4),
    st.integers(1, 5),
    st.integers(0, 20),
    st.data(),
)
def test_stretches_are_those_of_the_slow_way(texts, n, more, data):
    every = sorted({gram for text in texts for gram in hashed(text, n).tolist()})
    grams = data.draw(st.sets(st.sampled_from(every), max_size=8) if every else st.just(set()))
    words, bounds = laid(texts)
    numbers, asked = np.arange(len(texts)), np.array(sorted(grams), np.uint64)
    marks = mark(words, bounds[:-1], bounds[1:], n, stock(asked))
    first, size = within(words, bounds[:-1], *marks, numbers, asked, n, n + more)
    assert list(zip(first.tolist(), size.tolist(), strict=True)) == [
        slow_within(text, grams, n, n + more) for text in texts
    ]
