import logging
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from retold.reuse.pairs import candidate_pairs
from retold.reuse.shingles import encode

piles = st.lists(st.lists(st.sampled_from("abc"), max_size=9), max_size=7)


def slow_pairs(texts, n, most):
    grams = [{tuple(t[i : i + n]) for i in range(len(t) - n + 1)} for t in texts]
    holders = {g: [at for at, held in enumerate(grams) if g in held] for g in set().union(*grams)}
    few = [held for held in holders.values() if len(held) <= most]
    return sorted({pair for held in few for pair in combinations(held, 2)})


@given(piles, st.integers(1, 3), st.integers(1, 4))
def test_pairs_are_those_that_share_a_shingle_of_few(texts, n, most):
    found = candidate_pairs([encode(t) for t in texts], n, most)
    assert [tuple(pair) for pair in found.tolist()] == slow_pairs(texts, n, most)


def test_a_cap_that_is_hit_is_said(caplog):
    texts = [encode(["the", "same", "five", "words", "here"])] * 4
    with caplog.at_level(logging.WARNING):
        assert len(candidate_pairs(texts, 5, 3)) == 0
    assert "1 shingles stand in more than 3 texts" in caplog.text


def test_a_pile_without_texts_has_no_pairs():
    assert candidate_pairs([], 5, 10).shape == (0, 2)
