"""Sentences and tokens."""

from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.parse import LONGEST, parse, place, sentence_spans
from retold.model import Article


def split(text: str) -> list[str]:
    return [text[s:e] for s, e, _ in sentence_spans(text)]


def test_titles_and_numbers_end_no_sentence() -> None:
    assert split("Ms. Vance met Rep. Quillon, R-K.S., on Monday. They spoke.") == [
        "Ms. Vance met Rep. Quillon, R-K.S., on Monday.",
        "They spoke.",
    ]
    assert split("It rained at St. Orlop. Boat No. 4 sank.") == [
        "It rained at St. Orlop.",
        "Boat No. 4 sank.",
    ]


def test_a_title_at_the_end_of_a_paragraph_ends_it() -> None:
    assert split("He asked for No.\nThen he left.") == ["He asked for No.", "Then he left."]


def test_lines_are_paragraphs() -> None:
    assert [p for _, _, p in sentence_spans("One here. Two here.\n\nThree here.")] == [0, 0, 1]


@given(st.text(alphabet=st.sampled_from("ab. ?!\n“”'Mr\u00a0"), max_size=200))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    inside = {i for s, e, _ in spans for i in range(s, e)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= inside
    ends = [0, *(e for _, e, _ in spans)]
    assert all(s >= before for (s, _, _), before in zip(spans, ends, strict=False))
    assert all(s < e and not text[s].isspace() and not text[e - 1].isspace() for s, e, _ in spans)


def test_what_is_longer_than_any_sentence_is_cut() -> None:
    spans = sentence_spans("word " * 2_000)
    assert max(e - s for s, e, _ in spans) <= LONGEST
    assert max(e - s for s, e, _ in sentence_spans("x" * 5_000)) <= LONGEST


def test_odd_blanks_are_no_words_and_offsets_stay() -> None:
    text = "About 3\u00a0000\u202fboats left."
    article = Article("a", text)
    spans = sentence_spans(text)
    _, tokens, _ = place(article, spans, parse([text[s:e] for s, e, _ in spans]))
    assert [text[t.start : t.end] for t in tokens] == ["About", "3", "000", "boats", "left", "."]


def test_a_sentence_has_one_parse_wherever_it_stands() -> None:
    alone = parse(["The gate failed."])
    among = parse(["A heron left.", "The gate failed.", "Nobody sailed."])
    assert among["The gate failed."] == alone["The gate failed."]
