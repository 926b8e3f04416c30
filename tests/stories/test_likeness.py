"""What is alike, and how much: the index and the graph beside cosines by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.config import StoriesConfig
from retold.stories.graph import UNITS, build
from retold.stories.likeness import likeness, similar
from retold.stories.linkage import Guards, agglomerate
from retold.stories.rows import UNDATED, nearness_by_days, weigh
from retold.stories.terms import Lexis, terms
from tests.reuse.build import document

CONFIG = StoriesConfig()
FADE = nearness_by_days(CONFIG)
words = st.lists(st.sampled_from(["owl", "dam", "Vell", "73", "sluice", "the"]), max_size=12)
days = st.one_of(st.just(UNDATED), st.integers(100, 150))
piles = st.lists(st.tuples(words, days), min_size=2, max_size=7)


def weighed(pile):
    lexis = Lexis(CONFIG)
    found = [terms(document(" ".join(text)), lexis, CONFIG) for text, _ in pile]
    return found, lexis, weigh(found, [day for _, day in pile], lexis, CONFIG)


def by_hand(pile):
    """Cosines by dictionaries: all terms, and numbers alone; no days."""
    found, lexis, made = weighed(pile)
    rows = []
    for article in found:
        row = {}
        for number, frequency, proper in zip(
            article.numbers.tolist(), article.frequency, article.proper, strict=True
        ):
            name = lexis.names[number]
            lift = CONFIG.number_weight if name[0].isdigit() else 1
            lift *= CONFIG.name_weight if proper else 1
            row[name] = frequency * lift * made.rarity[number]
        rows.append(row)

    def cosine(x, y):
        top = sum(x[k] * y[k] for k in x.keys() & y.keys())
        lengths = [sum(v * v for v in r.values()) ** 0.5 for r in (x, y)]
        return top / (lengths[0] * lengths[1]) if all(lengths) else 0

    numbers = [{k: v for k, v in row.items() if k[0].isdigit()} for row in rows]
    share, count = CONFIG.figures_weight, len(pile)
    return [
        [
            (1 - share) * cosine(rows[i], rows[j]) + share * cosine(numbers[i], numbers[j])
            for j in range(count)
        ]
        for i in range(count)
    ]


def near(a, b):
    """What a likeness counts, given two days."""
    if UNDATED in (a, b):
        return 1.0
    return float(FADE[abs(a - b)]) if abs(a - b) < len(FADE) else 0.0


@pytest.mark.parametrize("reach", [0.05, 0.13])
@given(pile=piles)
def test_what_is_alike_is_the_cosine_by_hand(reach, pile):
    rows = weighed(pile)[2].rows
    expected = by_hand(pile)
    pairs = similar(rows, reach)
    found = {(a, b): u / UNITS for a, b, u in zip(*map(np.ndarray.tolist, pairs), strict=True)}
    assert len(found) == len(pairs.a)
    held = build(len(pile), *pairs, rows)
    for j in range(len(pile)):
        for i in range(j):
            alike = expected[i][j]
            assert likeness(rows, np.array([i]), np.array([j]))[0] == pytest.approx(alike, abs=1e-5)
            alike *= near(pile[i][1], pile[j][1])
            if alike >= reach + 1e-4:
                assert found[i, j] == pytest.approx(alike, abs=1e-4)
            elif alike < reach - 1e-4:
                assert (i, j) not in found
            if abs(alike - CONFIG.least_alike) > 1e-4:
                alike *= alike >= CONFIG.least_alike
                assert held.score(i, j) == pytest.approx(alike, abs=1e-4)


@pytest.mark.parametrize("cut", [0.1, 0.3])
@settings(max_examples=60)
@given(pile=st.lists(st.tuples(words, days), min_size=2, max_size=12))
def test_scores_that_are_worked_out_join_as_those_that_are_told(cut, pile):
    rows = weighed(pile)[2].rows
    guards = Guards(cut, 0.45, 0.45, 0.5)
    few = build(len(pile), *similar(rows, cut - 0.5 / UNITS), rows)
    table = few.dense(range(len(pile)))
    a, b = np.nonzero(np.triu(table, 1))
    every = build(len(pile), a, b, table[a, b])
    assert len(few.others) <= len(every.others)
    assert agglomerate(few, guards) == agglomerate(every, guards)


@given(pile=piles)
def test_threads_and_blocks_make_no_difference(pile):
    rows = weighed(pile * 200)[2].rows
    one, two = similar(rows, 0.1, 1), similar(rows, 0.1, 2)
    assert all((a == b).all() for a, b in zip(one, two, strict=True))


def test_a_likeness_fades_with_the_days():
    assert FADE[: CONFIG.same_days + 1].tolist() == [1.0] * (CONFIG.same_days + 1)
    assert FADE[CONFIG.same_days + int(CONFIG.days_to_half)] == pytest.approx(0.5)
    assert FADE.tolist() == sorted(FADE, reverse=True)
    assert FADE[-1] > 1 / 20 > FADE[-1] * 0.5 ** (1 / CONFIG.days_to_half)
    rows = weighed([(["owl"], 100), (["owl"], 100 + len(FADE))])[2].rows
    assert len(similar(rows, 0.05).a) == 0
    assert build(2, *similar(rows, 0.05), rows).score(0, 1) == 0
