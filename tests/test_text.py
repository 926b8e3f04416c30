"""Words and typography."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.text import fold, form, forms, offsets, squeeze, surfaces, words

TYPOGRAPHIC = [
    ("don’t", "don't"),
    ("“so”", '"so"'),
    ("«so»", '"so"'),
    ("a–b", "a-b"),
    ("wait…", "wait..."),
    ("3\u00a0000", "3 000"),
    ("co\u00adop", "coop"),
    ("zero\u200bwidth", "zerowidth"),
    ("ﬁne", "fine"),
]


@pytest.mark.parametrize(("written", "plain"), TYPOGRAPHIC)
def test_typography_is_folded(written: str, plain: str) -> None:
    assert fold(written) == plain


def test_case_and_accents_are_kept_by_fold_but_case_not_by_form() -> None:
    assert fold("Café") == "Café"
    assert form("Café") == "café"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor’s 1,340 sheep", ["the", "mayor's", "1,340", "sheep"]),
        ("half-built", ["half", "built"]),
        ("2.5 metres.", ["2.5", "metres"]),
        ("'North' grouping", ["north", "grouping"]),
        ("東京都 is", ["東", "京", "都", "is"]),
        ("ex\u00adample", ["example"]),
        ("", []),
    ],
)
def test_words_are_split_and_folded(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@given(st.text())
def test_offsets_lead_back_to_the_word(text: str) -> None:
    found = words(text)
    assert [w.form for w in found] == forms(text)
    for word in found:
        assert form(text[word.start : word.end]) == word.form
        assert word.start < word.end
    for before, after in pairwise(found):
        assert before.end <= after.start


@given(st.text())
def test_every_letter_and_digit_lies_in_a_word(text: str) -> None:
    inside = {i for w in words(text) for i in range(w.start, w.end)}
    for i, character in enumerate(text):
        if unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo", "Nd"):
            assert i in inside


@given(st.text())
def test_fold_and_squeeze_are_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert "\n" not in squeeze(text)


@given(st.text(alphabet="ab1²é_'’ʼ.,- \u0301\u200b漢カ한½", max_size=30))
def test_words_as_they_are_written_stand_where_words_do(text: str) -> None:
    written = surfaces(text)
    found = words(text)
    assert [form(word) for word in written] == [word.form for word in found]
    assert offsets(text, written) == [word.start for word in found]


def test_the_words_of_a_long_text_are_each_callers_own() -> None:
    text = "The storm, so they say, flooded 1,340 barns. " * 40
    found = words(text)
    assert found == words(text, 0, len(text))
    found.clear()
    assert words(text) == words(text, 0, len(text))
    assert words(text + "More.")[-1].form == "more"


LETTERS = "aZé9_0.,'’ʼ -\u0301\u00ad\u200d\u4e00\u30a2가١Ж\nß½²"
ALONE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
ONE_BY_ONE = re.compile(
    rf"[{ALONE}]|\d+(?:[.,]\d+)*|[^\W_{ALONE}](?:[\w\u0300-\u036f\u00ad\u200d]|['’ʼ](?=\w))*"
)
"""Words told letter by letter, as they are defined."""


@given(st.text(st.sampled_from(LETTERS), max_size=14))
def test_words_run_as_far_as_letter_by_letter(text):
    assert surfaces(text) == ONE_BY_ONE.findall(text)
