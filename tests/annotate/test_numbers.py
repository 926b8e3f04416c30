import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.numbers import numbers
from tests.annotate.spelling import in_digits, in_words

values = st.one_of(st.integers(1, 999), st.integers(1, 10**6), st.integers(1, 10**12 - 1))


def only(text):
    found = list(numbers(text))
    assert len(found) == 1, (text, found)
    return found[0]


@given(values, st.booleans(), st.booleans())
def test_words_are_read_as_they_are_rendered(value, conjunction, hyphen):
    words = in_words(value, conjunction=conjunction, hyphen=hyphen)
    text = f"There were {words} of them."
    number = only(text)
    assert text[number.start : number.end] == words
    assert number.low == number.high == value


@given(values, st.sampled_from(["", ",", "\u202f"]))
def test_digits_are_read_as_they_are_rendered(value, separator):
    digits = in_digits(value, separator)
    text = f"There were {digits} of them."
    number = only(text)
    assert text[number.start : number.end] == digits
    assert number.low == value


@given(st.integers(0, 999), st.integers(1, 99), st.sampled_from(["million", "billion", "bn"]))
def test_decimals_with_a_scale(whole, part, scale):
    number = only(f"It cost {whole}.{part:02d} {scale} in all.")
    factor = 10**6 if scale == "million" else 10**9
    assert number.low == pytest.approx((whole + part / 100) * factor)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("half a million", 5e5, 5e5),
        ("two and a half million", 2.5e6, 2.5e6),
        ("a hundred and five", 105, 105),
        ("three dozen", 36, 36),
        ("dozens", 24, 96),
        ("hundreds of thousands", 2e5, 999_999),
        ("tens of thousands", 2e4, 99_999),
        ("several hundred", 300, 900),
        ("a couple of thousand", 2000, 2000),
        ("$5m", 5e6, 5e6),
        ("10k", 1e4, 1e4),
        ("two-thirds", 200 / 3, 200 / 3),
        ("a third of them", 100 / 3, 100 / 3),
        ("half of them", 50, 50),
    ],
)
def test_forms(text, low, high):
    number = only(text)
    assert (number.low, number.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("text", ["a third man", "half-time", "v2", "B52", "tens", "a few"])
def test_no_numbers(text):
    assert list(numbers(text)) == []


def test_two_numbers_in_a_row_stay_two():
    assert [n.low for n in numbers("in twenty twenty")] == [20, 20]


@given(
    st.text(
        st.sampled_from("one two,hundred and a half third-1.5,000 million$k\u202f of"), max_size=60
    )
)
def test_numbers_lie_in_order_within_the_text(text):
    end = 0
    for number in numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert number.low <= number.high
        end = number.end
