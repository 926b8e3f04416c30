"""Coverage by spans against a look at every word."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.stemma.coverage import _by_sentence, _matched, _within

VERSIONS = 4


@given(
    st.lists(st.integers(1, 6), max_size=12),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(0, VERSIONS - 1))),
)
def test_a_word_is_covered_by_the_spans_that_it_begins_in(gaps, drawn):
    starts = np.cumsum(gaps, dtype=int).tolist()
    witness = SimpleNamespace(words=[SimpleNamespace(start=start) for start in starts])
    spans = [(min(a, b), max(a, b), other) for a, b, other in drawn]
    expected = [
        [any(low <= start < high and other == v for low, high, other in spans) for v in range(4)]
        for start in starts
    ]
    places = np.array(spans, dtype=np.int64).reshape(-1, 3)
    assert _within(witness, VERSIONS, places).tolist() == expected


@given(st.lists(st.integers(0, 3), max_size=5), st.data())
def test_a_sentence_is_found_where_half_of_its_words_are(lengths, data):
    sentence = [at for at, length in enumerate(lengths) for _ in range(length)] + [-1]
    flags = st.lists(st.booleans(), min_size=VERSIONS, max_size=VERSIONS)
    found_in = np.array([data.draw(flags) for _ in sentence])
    document = SimpleNamespace(sentences=lengths)
    found = _by_sentence(SimpleNamespace(document=document, sentence=sentence), found_in)
    for at, length in enumerate(lengths):
        inside = found_in[np.array(sentence) == at]
        halves = inside.mean(axis=0) >= 0.5 if length else np.zeros(VERSIONS, dtype=bool)
        assert found[at].tolist() == halves.tolist()


@given(st.lists(st.tuples(*[st.integers(0, VERSIONS), st.integers(0, 9)] * 2)))
def test_matches_are_listed_with_either_version(drawn):
    names = [SimpleNamespace(id=str(i)) for i in range(VERSIONS)]
    expected = [[] for _ in names]
    matches = []
    for a, x, b, y in drawn:
        one, two = (
            SimpleNamespace(article=str(v), start=s, end=s + 5) for v, s in ((a, x), (b, y))
        )
        matches.append(SimpleNamespace(a=one, b=two))
        if a != b and VERSIONS not in (a, b):  # the last is of another story
            expected[a].append([x, x + 5, b])
            expected[b].append([y, y + 5, a])
    found = [sorted(places.tolist()) for places in _matched(names, matches)]
    assert found == [sorted(places) for places in expected]
