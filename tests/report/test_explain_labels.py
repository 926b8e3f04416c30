"""Names and evidence as a person reads them; hostile text cannot steer a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from retold.labels import count, label, labels, origins_label, percent, short, visible
from retold.model import Article, Origins


@given(st.text())
def test_what_is_visible_has_no_control_characters(text: str) -> None:
    shown = visible(text)
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert "\u202e" not in shown
    assert visible(shown) == shown


@given(st.text(), st.integers(2, 50))
def test_short_keeps_to_its_width(text: str, width: int) -> None:
    assert len(short(text, width)) <= width


def test_an_article_is_named_by_outlet_then_file_then_title() -> None:
    assert (
        label(Article("i", "t", title="T", outlet="The Lantern", source="a/b.txt")) == "The Lantern"
    )
    assert label(Article("i", "t", title="T", source="a/b.jsonl:12")) == "b:12"
    assert label(Article("i", "t", title="T")) == "T"
    assert label(Article("i", "t")) == "i"


def test_two_of_one_outlet_are_told_apart() -> None:
    pair = [Article(f"i{n}", "t", title=f"T{n}", outlet="The Lantern") for n in (1, 2)]
    assert set(labels(pair).values()) == {"The Lantern (T1)", "The Lantern (T2)"}
    same = [Article(f"i{n}", "t", title="T", outlet="The Lantern") for n in (1, 2)]
    assert len(set(labels(same).values())) == 2


def test_amounts() -> None:
    assert count(1, "story", "stories") == "1 story"
    assert count(2, "story", "stories") == "2 stories"
    assert origins_label(Origins(1, 1, (), "")) == "1"
    assert origins_label(Origins(1, 3, (), "")) == "1 to 3"
    assert percent(0.123) == "12 %"
