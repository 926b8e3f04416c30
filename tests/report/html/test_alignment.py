"""What is laid side by side, against the slow way, and how its numbers are packed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.report.html.alignment import chosen, packed
from tests.report.html import fiction

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 8))


def unpacked(letters):
    """Read base64 VLQ the obvious way: runs of characters that end below 32, in bits."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    found, bits = [], ""
    for letter in letters:
        digit = digits.index(letter)
        bits = f"{digit % 32:05b}{bits}"
        if digit < 32:
            found.append(int(bits[:-1], 2) * (-1 if bits[-1] == "1" else 1))
            bits = ""
    assert not bits
    return found


@given(st.lists(st.integers(-100_000, 100_000)))
def test_packed_numbers_come_back(numbers):
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


@pytest.mark.browser
def test_the_alignment_data_name_stretches_inside_the_texts(show):
    page = show("plain")
    data = json.loads(page.locator(".alignment").text_content())
    lengths = page.evaluate(
        "Object.fromEntries(Array.from(document.querySelectorAll('.version'),"
        " v => [v.id.slice(1), v.id]))"
    )
    longest = max(map(len, (fiction.WIRE, fiction.COURIER, fiction.POST)))
    assert data["pairs"]
    for a, b, numbers in data["pairs"]:
        assert str(a) in lengths
        assert str(b) in lengths
        flat = unpacked(numbers)
        assert sum(flat[0::4]) + sum(flat[1::4]) <= longest
        longer = sum(number // 3 for number in flat[3::4])
        assert sum(flat[1::4]) + sum(flat[2::4]) + longer <= longest
