"""The text that offsets refer to."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import ReadConfig
from retold.read import from_text
from retold.read.normal import clean, paragraphs, without_comments
from tests.read.pieces import BODY, FIRST, SECOND, THIRD, TITLE

CONFIG = ReadConfig()
WORDS = st.text(alphabet="abcdeéß’", min_size=1, max_size=12)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100])
def test_hard_wrapped_text_is_unwrapped(width):
    wrapped = "\n\n".join(
        textwrap.fill(p, width, break_on_hyphens=False) for p in (TITLE, *BODY.split("\n\n"))
    )
    assert paragraphs(wrapped, CONFIG) == [TITLE, FIRST, SECOND, THIRD]
    made = from_text(wrapped)
    assert (made.title, made.text) == (TITLE, BODY)


def test_wrapped_text_under_a_longer_title():
    title = (
        "A title that is a good deal longer than the lines below it, with no blank line under it"
    )
    body = [textwrap.fill(p, 60) for p in (FIRST, SECOND)]
    assert paragraphs("\n".join((title, "", *body)), CONFIG)[0] == title


@given(
    st.lists(st.lists(WORDS, min_size=40, max_size=80), min_size=1, max_size=4),
    st.integers(min_value=50, max_value=100),
)
def test_wrapping_at_any_width_is_undone(texts, width):
    whole = [" ".join(words) for words in texts]
    wrapped = "\n\n".join(textwrap.fill(p, width) for p in whole)
    assert paragraphs(wrapped, CONFIG) == whole


def test_a_paragraph_a_line_is_left_alone():
    assert paragraphs(BODY.replace("\n\n", "\n"), CONFIG) == [FIRST, SECOND, THIRD]


def test_lists_and_short_lines_are_left_alone():
    lines = [
        "What is shut:",
        "The Quell Bridge",
        "The north quay",
        "The pilot house and its yard",
        "Two ferries",
    ]
    assert paragraphs("\n".join(lines), CONFIG) == lines


def test_hyphens_at_the_end_of_wrapped_lines():
    text = (
        "The office has said that it will look again at the price of the second-\n"
        "hand steel that the yard in Quell has offered to the town for the two\n"
        "piers, and that it will not be hurried by anyone who has not been down\n"
        "there with a lamp."
    )
    assert "second-hand steel" in paragraphs(text, CONFIG)[0]


def test_no_other_character_is_changed():
    odd = "‘North’ is no quo\u00adtation,\u200b and «it» – 5\u00a0km – is “one…”, no?\ufeff Yes!"
    assert clean(odd).text == odd
    assert paragraphs(odd, CONFIG) == [odd]
    assert from_text(f"{FIRST} {odd}").text == f"{FIRST} {odd}"


def test_control_characters_and_surrogates_go_and_it_is_said():
    made = from_text(f"{FIRST}\0\x07 It is \ud83d not \x93open\x94.")
    assert made.text == f"{FIRST} It is \ufffd not “open”."
    assert len(made.remarks) == 3


@given(st.text(max_size=300))
def test_the_normal_form(text):
    found = paragraphs(clean(text).text, CONFIG)
    for paragraph in found:
        assert paragraph == paragraph.strip() != ""
        assert "\n" not in paragraph
        assert "\0" not in paragraph
    again = "\n\n".join(found)
    assert paragraphs(clean(again).text, CONFIG) == found
    bare = clean(text).text
    assert "".join(again.split()) == "".join(bare.split()) or "-\n" in bare.replace(" ", "")


@given(st.lists(st.sampled_from(["a", "<!--", "-->", "<!", "-", ">", "\n"]), max_size=14))
def test_comments_are_taken_out(parts):
    text = "".join(parts)
    slow = text
    while "<!--" in slow and "-->" in slow[slow.index("<!--") + 4 :]:
        start = slow.index("<!--")
        end = slow.index("-->", start + 4)
        slow = slow[:start] + "\1" + slow[end + 3 :]
    assert without_comments(text) == slow.replace("\1", "")
