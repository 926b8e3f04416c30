"""What is laid side by side, against the slow way, and how its numbers are packed."""

from hypothesis import given
from hypothesis import strategies as st

from retold.report.html.alignment import chosen, packed
from tests.report.html.test_browser import unpacked

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 8))


@given(st.lists(st.integers(-100_000, 100_000)))
def testpacked_numbers_come_back(numbers):
    assert unpacked(packed(numbers)) == numbers


@given(st.lists(st.tuples(st.integers(0, 2), SPANS, SPANS), max_size=25))
def test_the_surest_and_longest_come_first_and_none_twice(drawn):
    matches = [(k, -n, a, b, a + n, b + m) for k, (a, n), (b, m) in drawn]
    taken = []
    for match in sorted(matches):
        _, _, a, b, end_a, end_b = match
        free = all((end_a <= t[2] or t[4] <= a) and (end_b <= t[3] or t[5] <= b) for t in taken)
        if a < end_a and b < end_b and free:
            taken.append(match)
    assert chosen(matches) == sorted(taken, key=lambda m: m[2])
