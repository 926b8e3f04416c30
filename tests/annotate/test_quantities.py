import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.quantities import agree, comparable, convert, family
from retold.model import FigureMention, Hedge, Span

UNITS = ["", "percent", "usd", "km", "mile", "sq km", "sq mile", "C", "F", "kg", "pound", "hour"]


def figure(low, unit="", counted="", hedge=Hedge.EXACT, high=None):
    high = low if high is None else high
    return FigureMention(Span("sha256:0", 0, 1), low, high, unit, counted, hedge)


mentions = st.builds(
    lambda low, width, unit, counted, hedge: figure(low, unit, counted, hedge, low + width),
    st.floats(-50, 1e7),
    st.one_of(st.just(0.0), st.floats(0, 100)),
    st.sampled_from(UNITS),
    st.sampled_from(["", "person", "soldier", "village", "locality", "car"]),
    st.sampled_from(list(Hedge)),
)


@given(mentions, mentions)
def test_comparisons_are_symmetric(a, b):
    assert agree(a, b) == agree(b, a)
    assert comparable(a, b) == comparable(b, a)


@given(mentions)
def test_a_figure_agrees_with_itself(a):
    assert agree(a, a)
    assert comparable(a, a)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_counts_under_a_thousand_agree_only_when_equal(a, b):
    if max(a, b) < 1000:
        assert agree(figure(a), figure(b)) == (a == b)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (figure(87), figure(90, hedge=Hedge.NEARLY), True),
        (figure(87), figure(78), False),
        (figure(87), figure(37), False),
        (figure(14), figure(12, hedge=Hedge.AT_LEAST), True),
        (figure(10), figure(12, hedge=Hedge.AT_LEAST), False),
        (figure(1234), figure(1200), True),
        (figure(1234), figure(1300), False),
        (figure(19.6, "percent"), figure(20, "percent"), True),
        (figure(100, "km"), figure(62, "mile"), True),
        (figure(50, "km"), figure(30, "mile"), True),
        (figure(100, "km"), figure(100, "mile"), False),
        (figure(0, "C"), figure(32, "F"), True),
        (figure(10, "sq mile"), figure(26, "sq km"), True),
        (figure(5, "km"), figure(5, "hour"), False),
        (figure(24, high=96), figure(40), True),
        (figure(10, high=12), figure(11), True),
        (figure(10, high=12), figure(13), False),
    ],
)
def test_rounding_is_no_contradiction(a, b, expected):
    assert agree(a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (figure(3, counted="locality"), figure(3, counted="populated point"), True),
        (figure(3, counted="soldier"), figure(3, counted="settlement"), False),
        (figure(3, counted="people"), figure(3, counted="protester"), True),
        (figure(3, counted="soldier"), figure(3, counted="child"), False),
        (figure(3, counted=""), figure(3, counted="car"), True),
        (figure(3, "km"), figure(3, "mile"), True),
        (figure(3, "km"), figure(3, ""), False),
    ],
)
def test_what_can_be_compared(a, b, expected):
    assert comparable(a, b) is expected


def test_conversion():
    assert convert(10, "mile") == (pytest.approx(16093.44), "m")
    assert convert(212, "F") == (pytest.approx(100), "C")
    assert convert(5, "percent") == (5, "percent")


def test_families():
    assert family("Village") == family("populated area") == "locality"
    assert family("gadget") == "gadget"
