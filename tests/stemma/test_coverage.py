"""Coverage by spans against a look at every word."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.stemma.coverage import _within

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
    assert _within(witness, VERSIONS, spans).tolist() == expected
