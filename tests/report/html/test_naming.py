import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model import Article
from retold.report.html.naming import (
    Anchors,
    Places,
    Witness,
    clip,
    label_of,
    link,
    shown,
    siglum,
    sources,
    visible,
)

HIDDEN = "\u202e\u200b\u2066\ufeff\u00ad\x00\x1b\u200d\U000e0041\ud800\u2028"
hostile = st.text(st.one_of(st.characters(), st.sampled_from(HIDDEN + "<>&\"'")), max_size=60)


@given(hostile)
def test_shown_text_is_the_text_with_its_controls_spelt_out(text):
    markup = str(shown(text))
    plain = html.unescape(re.sub(r"<span class=\"ctl\"[^>]*>|</span>", "", markup))
    expected = "".join(f"U+{ord(c):04X}" if visible(c) != c else c for c in text)
    if "\r" not in text:  # a parser may normalise nothing else
        assert plain == expected
    assert not set(plain) & set(HIDDEN)


@given(hostile)
def test_no_text_opens_a_tag_of_its_own(text):
    tags = re.findall(r"<[^>]*>", str(shown(text)))
    assert all(t == "</span>" or t.startswith('<span class="ctl" title="') for t in tags)


@given(st.characters(categories=["Cc", "Cs"]))
def test_every_control_and_surrogate_is_made_visible(character):
    if character not in "\t\n":
        assert visible(character) == f"[U+{ord(character):04X}]"


def test_marks_heaped_on_a_letter_are_told_one_by_one():
    assert visible("Tô e\u0308\u0301" + "\u0301" * 6) == "Tô e\u0308\u0301" + "\u0301" * 6
    assert visible("e" + "\u0301" * 10) == "e" + "\u0301" * 8 + "[U+0301]" * 2
    assert shown("e" + "\u0301" * 9).endswith(">U+0301</span>")


def test_every_bidi_control_is_made_visible():
    controls = [
        chr(c)
        for c in range(0x3000)
        if unicodedata.bidirectional(chr(c))
        in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    ]
    assert len(controls) == 9
    assert all(visible(c) != c for c in [*controls, "\u200e", "\u200f", "\u061c"])


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://courier.example/a?b=1&c=2", True),
        ("http://courier.example", True),
        ("HTTPS://courier.example/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        (" https://courier.example", False),
        ("https://courier.example/\u202e", False),
        ("//courier.example", False),
        ("https://", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_become_links(url, linked):
    assert link(url) == (url if linked else "")


def test_sigla_run_on_after_z():
    assert [siglum(i) for i in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@given(st.text(max_size=80), st.integers(1, 40))
def test_clipped_text_is_one_line_of_the_width_asked_for(text, width):
    line = clip(text, width)
    assert "\n" not in line
    assert len(line) <= width + 1  # and an ellipsis


@given(st.lists(st.text(max_size=20), unique=True, max_size=20))
def test_anchors_are_safe_unique_and_lasting(names):
    anchors = Anchors()
    given_out = [anchors.of(n) for n in names]
    assert len(set(given_out)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", a) for a in given_out)
    assert [anchors.of(n) for n in names] == given_out


def test_a_place_skips_blanks_and_stays_inside_the_text():
    article = Article("id", "One.\n\n  Two.")
    places = Places({"id": Witness(article, "A", 3, "x", "", "v3")})
    assert places.at("id", 4, 12) == "v3-8"
    assert places.at("id", 99) == "v3"
    assert places.at("elsewhere", 0) == ""
    assert places.cuts["id"] == {8, 12}


def test_an_article_is_called_by_outlet_then_title_then_file():
    assert label_of(Article("id", "t", outlet="Brune Echo", title="Ice"))[0] == "Brune Echo"
    assert label_of(Article("id", "t", title="Ice", source="a/b.txt")) == ("Ice", "b.txt")
    assert label_of(Article("id", "t", source="a/b.txt"))[0] == "b.txt"
    assert label_of(Article("id", "t"))[0] == "id"


def test_a_page_does_not_say_where_on_the_disk_its_files_lay():
    a, b = (
        Article("a", "t", source="/shelf/pile/x/1.txt"),
        Article("b", "t", source="/shelf/pile/2.jsonl:4"),
    )
    assert sources([a, b]) == {"a": "x/1.txt", "b": "2.jsonl:4"}
    assert sources([a]) == {"a": "1.txt"}
    assert sources([Article("c", "t", source="pile/3.txt"), Article("d", "t")]) == {
        "c": "pile/3.txt"
    }
