"""Near copies take the vectors of one sentence, and which one depends on the words alone."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.rewrite import copies, vectors
from retold.rewrite.copies import is_copy, models
from retold.text import forms

LONG = (
    "The ferry Maren Dawl left the harbour of Ostrel before dawn on Monday with {} people on board"
    " and a crew of twelve, the coast guard of the province said in a statement."
)


def common(one, two):
    """Length of the longest common subsequence, as plain as can be."""
    row = [0] * (len(two) + 1)
    for a in one:
        diagonal = 0
        for n, b in enumerate(two, 1):
            diagonal, row[n] = row[n], diagonal + 1 if a == b else max(row[n], row[n - 1])
    return row[-1]


WORDS = st.lists(st.sampled_from("abcd"), max_size=30)


@given(WORDS, WORDS)
def test_a_copy_has_nearly_all_words_in_common(one, two):
    if is_copy(one, two):
        assert 2 * common(one, two) >= copies.EQUAL * (len(one) + len(two)) - 1e-9
        assert is_copy(two, one)


@pytest.mark.parametrize(
    ("before", "after", "copy"),
    [
        ("212", "37", True),
        ("on Monday", "on the Monday", True),
        ("of Ostrel", "of Fenwick Bergholm", False),
        ("left the", "never left the", False),
        ("left the", "did n't leave the", False),
    ],
)
def test_what_counts_as_a_copy(before, after, copy):
    one = LONG.format(212)
    assert is_copy(forms(one), forms(one.replace(before, after))) == copy


@given(st.integers(0, 10**6))
def test_models_depend_on_the_words_alone(seed):
    generator = random.Random(seed)
    words = forms(LONG.format(212))
    texts = set()
    for _ in range(12):
        drawn = [w for w in words if generator.random() > 0.04]
        texts.add(" ".join(drawn[generator.randrange(6) :]))
    shuffled = sorted(texts, key=lambda _: generator.random())
    found = models(frozenset(texts))
    models.cache_clear()
    assert models(frozenset(shuffled)) == found
    for text, model in found.items():
        assert found[model] == model
        assert text == model or is_copy(forms(text), forms(model))


def test_a_copy_has_the_vectors_of_its_model_and_no_word_it_lacks(monkeypatch):
    monkeypatch.setattr(copies, "FEWEST", 0)
    monkeypatch.setattr(vectors, "_KNOWN", {})
    one, two = LONG.format(212), LONG.format(37).replace(" of twelve", "")
    found = copies.embed([two, one])
    assert np.array_equal(found[one].words, found[two].words)
    assert found[one].vector is found[two].vector
    for text in (one, two):
        told = Counter(form for form in found[text].forms if form)
        assert not told - Counter(forms(text))
    assert len(vectors._KNOWN) == 1


def test_a_small_pile_has_no_copies(monkeypatch):
    monkeypatch.setattr(vectors, "_KNOWN", {})
    texts = [LONG.format(n) for n in (212, 37)]
    assert copies.embed(texts).keys() == set(texts)
    assert len(vectors._KNOWN) == 2
