"""Asides in invented articles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.asides import find_asides
from retold.model import Article, Document


def asides(text):
    document = Document(Article("sha256:0", text))
    return [(str(a.kind), document.text_of(a.span)) for a in find_asides(document)]


STORY = "The gate of the dam broke on Wednesday and nine villages were cleared."


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("The water is here, friends — Nell Ode (@nell_ode) March 14, 2024", "embedded-post"),
        ("Look at this pic.twitter.com/a1B2c3", "embedded-post"),
        ("FILE - The dam in an earlier year.", "caption"),
        ("Photo: Nell Ode", "caption"),
        ("The dam seen from the air. (Bram Sedge/Meridian)", "caption"),
        ("The dam seen from the air, on Thursday. Nell Ode/Getty Images", "caption"),
        ("This story has been updated with a comment from the operator.", "boilerplate"),
        ("Editor's note: the number of villages was corrected.", "boilerplate"),
        ("Meridian writer Nell Ode contributed to this report.", "boilerplate"),
        ("Additional reporting by Bram Sedge; editing by Nell Ode", "boilerplate"),
        ("Sign up for our morning letter", "boilerplate"),
        ("READ MORE: What we know of the dam", "list"),
        ("https://meridian.example/brannock-dam", "list"),
    ],
)
def test_asides(paragraph, kind):
    assert asides(f"{STORY}\n\n{paragraph}\n\n{STORY}") == [(kind, paragraph)]


def test_a_photo_line_within_a_paragraph():
    assert asides(f"{STORY} (Photo: Nell Ode) {STORY}") == [("caption", "(Photo: Nell Ode)")]


def test_a_list_of_links_is_three_lines_or_more():
    items = ["• The night at Tarn Hollow", "• What the engineer wrote", "• Schools stay shut"]
    assert asides("\n".join([STORY, *items])) == [("list", item) for item in items]
    assert asides("\n".join([STORY, *items[:2], STORY])) == []
    assert asides("\n".join([STORY, *(item + "." for item in items)])) == []


def test_about_the_author_stands_at_the_end():
    about = "Nell Ode is a reporter in Port Almery."
    assert asides(f"{STORY}\n\n{about}") == [("boilerplate", about)]
    assert asides(f"{about}\n\n{STORY}") == []


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "“We follow the river,” said Nell Ode (52), a baker.",
        "The photo shows the dam. Images of the valley were shared widely.",
        "Reporting to the council, the engineer said the bolts were old.",
        "The update came at noon (see below), and the file was closed.",
        "More: that was all the children asked for, and they got it in the end.".replace(":", ""),
    ],
)
def test_text_is_no_aside(text):
    assert asides(text) == []


@given(st.lists(st.sampled_from(["— X (@x)", "\n", "Photo:", "(", ")", "• a", "READ:", " ", "é."])))
def test_asides_are_sorted_and_do_not_overlap(pieces):
    text = "".join(pieces)
    found = find_asides(Document(Article("sha256:0", text)))
    spans = [a.span for a in found]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("pattern", ["• a\n", "(photo ", "— (@a) ", "\n\n", "Photo: x\n"])
def test_long_runs_end(pattern):
    find_asides(Document(Article("sha256:0", pattern * 20_000)))
