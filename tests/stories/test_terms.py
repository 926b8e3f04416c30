from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import lexicon
from retold.config import StoriesConfig
from retold.stories.likeness import UNDATED, nearness, similarity
from retold.stories.terms import pair_similarity, rarities, terms, weights
from tests.reuse.build import document
from tests.stories import texts

CONFIG = StoriesConfig()
ALIKE = defaultdict(lambda: 1.0)
"""Every term is as rare."""
words = st.lists(st.sampled_from(["owl", "dam", "Vell", "73", "sluice", "the"]), max_size=12)


def slow(a, b, rarity, config):
    """Cosines by dictionaries: all terms, and numbers alone."""
    rows = [dict(zip(t.names, weights(t, rarity, config).tolist(), strict=True)) for t in (a, b)]

    def cosine(x, y):
        top = sum(x[k] * y[k] for k in x.keys() & y.keys())
        lengths = [sum(v * v for v in r.values()) ** 0.5 for r in (x, y)]
        return top / (lengths[0] * lengths[1]) if all(lengths) else 0

    numbers = [{k: v for k, v in row.items() if k[0].isdigit()} for row in rows]
    share = config.figures_weight
    return (1 - share) * cosine(*rows) + share * cosine(*numbers)


@given(
    st.lists(
        st.tuples(words, st.one_of(st.just(UNDATED), st.integers(100, 150))),
        min_size=2,
        max_size=6,
    )
)
def test_similarity_is_the_cosine_by_hand(pile):
    found = [terms(document(" ".join(text)), CONFIG) for text, _ in pile]
    days = [day for _, day in pile]
    rarity = rarities(found, CONFIG)
    rows = [weights(each, rarity, CONFIG) for each in found]
    pairs = similarity(found, rows, days, CONFIG)
    likeness = {
        (a, b): value
        for a, b, value in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.likeness, strict=True)
    }
    assert len(likeness) == len(pairs.a)
    for i, a in enumerate(found):
        for j, b in enumerate(found[:i]):
            expected = slow(a, b, rarity, CONFIG)
            one = pair_similarity((a, b), (rows[i], rows[j]), CONFIG)
            assert one == pytest.approx(expected, abs=1e-9)
            expected *= nearness(days[i], days[j], CONFIG)
            if expected >= CONFIG.least_alike + 1e-6:
                assert likeness[j, i] == pytest.approx(expected, abs=1e-6)
            elif expected < CONFIG.least_alike - 1e-6:
                assert (j, i) not in likeness


def test_a_likeness_fades_with_the_days():
    near = [nearness(100, 100 + days, CONFIG) for days in range(60)]
    assert near[: CONFIG.same_days + 1] == [1.0] * (CONFIG.same_days + 1)
    assert near[CONFIG.same_days + int(CONFIG.days_to_half)] == pytest.approx(0.5)
    assert near == sorted(near, reverse=True)
    assert near[-1] == 0
    assert nearness(UNDATED, 100, CONFIG) == nearness(160, UNDATED, CONFIG) == 1


def test_a_word_that_the_pile_is_full_of_is_less_rare():
    pile = [terms(document(f"Sluices {word}"), CONFIG) for word in ("owl", "heron", "tern")]
    few = rarities(pile, CONFIG)
    many = rarities(pile * 1000, CONFIG)
    assert many["sluices"] < 1
    assert 6 < few["sluices"] < lexicon.idf("sluices")
    assert all(value >= 0 for value in many.values())


def test_names_weigh_more_and_common_words_nothing():
    found = terms(document("Merrow waits 73 days; the merchant waits for Merrow"), CONFIG)
    lifts = dict(zip(found.names, found.lifts.tolist(), strict=True))
    assert "the" not in lifts
    assert "for" not in lifts
    assert lifts["merrow"] > lifts["73"] > lifts["merchant"] == 1


def test_a_word_with_a_capital_only_at_the_start_is_no_name():
    found = terms(document("Sluices broke. The sluices of Vell broke"), CONFIG)
    proper = dict(zip(found.names, found.proper.tolist(), strict=True))
    assert proper == {"broke": False, "sluices": False, "vell": True}


def test_the_lead_counts_more():
    text = "owls " + "quiet " * 70 + "herons"
    found = terms(document(text), CONFIG)
    row = dict(zip(found.names, weights(found, ALIKE, CONFIG).tolist(), strict=True))
    assert row["owls"] == pytest.approx(1 + np.log(2))
    assert row["herons"] == pytest.approx(1)


def test_what_is_left_out_weighs_nothing():
    found = terms(document(texts.VELL), CONFIG)
    without = np.ones(len(found.starts), dtype=bool)
    assert weights(found, ALIKE, CONFIG, without).sum() == 0
