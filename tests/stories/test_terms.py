import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import StoriesConfig
from retold.stories.terms import pair_similarity, similarity, terms, weights
from tests.reuse.build import document
from tests.stories import texts

CONFIG = StoriesConfig()
words = st.lists(st.sampled_from(["owl", "dam", "Vell", "73", "sluice", "the"]), max_size=12)


def slow(a, b, config):
    """Cosines by dictionaries: all terms, and numbers alone."""
    rows = [dict(zip(t.names, weights(t, config).tolist(), strict=True)) for t in (a, b)]

    def cosine(x, y):
        top = sum(x[k] * y[k] for k in x.keys() & y.keys())
        lengths = [sum(v * v for v in r.values()) ** 0.5 for r in (x, y)]
        return top / (lengths[0] * lengths[1]) if all(lengths) else 0

    numbers = [{k: v for k, v in row.items() if k[0].isdigit()} for row in rows]
    share = config.figures_weight
    return (1 - share) * cosine(*rows) + share * cosine(*numbers)


@given(st.lists(words, min_size=2, max_size=4))
def test_similarity_is_the_cosine_by_hand(pile):
    found = [terms(document(" ".join(text)), CONFIG) for text in pile]
    rows = [weights(each, CONFIG) for each in found]
    matrix = similarity(found, rows, CONFIG)
    for i, a in enumerate(found):
        for j, b in enumerate(found):
            if i != j:
                assert matrix[i, j] == pytest.approx(slow(a, b, CONFIG), abs=1e-9)
                one = pair_similarity((a, b), (rows[i], rows[j]), CONFIG)
                assert one == pytest.approx(matrix[i, j], abs=1e-9)


def test_names_weigh_more_and_common_words_nothing():
    found = terms(document("Merrow waits; the merchant waits for Merrow"), CONFIG)
    factors = dict(zip(found.names, found.factors.tolist(), strict=True))
    assert "the" not in factors
    assert "for" not in factors
    assert factors["merrow"] > factors["merchant"]


def test_a_word_with_a_capital_only_at_the_start_is_no_name():
    found = terms(document("Sluices broke. The sluices of Vell broke"), CONFIG)
    proper = dict(zip(found.names, found.proper.tolist(), strict=True))
    assert proper == {"broke": False, "sluices": False, "vell": True}


def test_the_lead_counts_more():
    text = "owls " + "quiet " * 70 + "herons"
    found = terms(document(text), CONFIG)
    row = dict(zip(found.names, (weights(found, CONFIG) / found.factors).tolist(), strict=True))
    assert row["owls"] == pytest.approx(1 + np.log(2))
    assert row["herons"] == pytest.approx(1)


def test_what_is_left_out_weighs_nothing():
    found = terms(document(texts.VELL), CONFIG)
    without = np.ones(len(found.starts), dtype=bool)
    assert weights(found, CONFIG, without).sum() == 0
