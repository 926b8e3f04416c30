import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reuse import containment
from tests.reuse.build import document

texts = st.lists(st.sampled_from(["grey", "owl", "dam"]), max_size=15).map(" ".join)


def slow(a, b, n):
    one, other = (
        {tuple(t.split()[i : i + n]) for i in range(len(t.split()) - n + 1)} for t in (a, b)
    )
    if not one or not other:
        return 0, 0, 0
    both = one & other
    return len(both) / len(one), len(both) / len(other), len(both) / len(one | other)


@given(texts, texts, st.integers(1, 5))
def test_containment_is_broders_definition(a, b, n):
    assert containment(document(a), document(b), n) == pytest.approx(slow(a, b, n))


@given(texts, texts)
def test_the_other_way_round_it_is_the_other_way_round(a, b):
    there, back = containment(document(a), document(b)), containment(document(b), document(a))
    assert there == (back[1], back[0], back[2])


def test_asides_are_left_out_and_nothing_reaches_across_them():
    text = "the grey owl left the old dam at dusk and nobody in Vell saw it"
    caption = "the old dam at dusk"
    plain, marked = document(text), document(text, asides=(caption,))
    assert containment(plain, plain) == (1, 1, 1)
    assert containment(marked, plain)[0] == 1
    assert containment(marked, plain)[1] == pytest.approx(2 / 11)
    assert containment(document(caption), marked) == (0, 0, 0)


def test_an_article_shorter_than_a_shingle_is_contained_in_nothing():
    assert containment(document("the grey owl"), document("the grey owl")) == (0, 0, 0)
