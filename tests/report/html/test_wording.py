from hypothesis import given
from hypothesis import strategies as st

from retold.report.html.wording import Mark, around, differing, pieces, sentence, window
from retold.text import words

sentences = st.lists(
    st.sampled_from(["The", "mill", "at", "Vey", "burned", "on", "Monday,", "17", "“or”", "71"]),
    max_size=12,
).map(" ".join)


@given(sentences, sentences)
def test_what_does_not_differ_is_equal(a, b):
    in_a, in_b, alike = differing(a, b)

    def kept(text, spans):
        return [w.form for w in words(text) if not any(s <= w.start < e for s, e in spans)]

    if words(a) and words(b):
        assert kept(a, in_a) == kept(b, in_b)
        assert alike == 2 * len(kept(a, in_a)) / (len(words(a)) + len(words(b)))
        assert len(kept(a, in_a)) == longest_common(
            [w.form for w in words(a)], [w.form for w in words(b)]
        )


def longest_common(a, b):
    """The textbook table: the oracle for how many words are kept."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = (
                table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
            )
    return table[-1][-1]


@given(
    st.text("ab <&\u202e", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from("xy")), max_size=6),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_pieces_are_the_text_and_marked_where_a_mark_lies(text, marks, start, end):
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    found = pieces(text, start, end, [Mark(a, b, k) for a, b, k in marks])
    assert "".join(str(p.text) for p in found) == "".join(
        str(p.text) for p in pieces(text, start, end, [])
    )
    assert any(p.kind for p in found) == any(
        a < end and b > start and a < b for a, b, _ in marks if start < end
    )


def test_the_narrower_of_two_marks_holds():
    found = pieces("one two three", 0, 13, [Mark(0, 13, "wide"), Mark(4, 7, "narrow", was=True)])
    assert [(str(p.text), p.kind, p.was) for p in found] == [
        ("one ", "wide", False),
        ("two", "narrow", True),
        (" three", "wide", False),
    ]


@given(st.text("ab. \n”", max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_window_holds_what_it_is_opened_for(text, start, end):
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    low, high = window(text, start, end)
    assert 0 <= low <= start
    assert end <= high <= len(text)


def test_a_window_stops_at_the_sentence():
    text = "The ferry sank. Its crew of 17 swam ashore. Nobody was lost."
    at = text.index("17")
    low, high = window(text, at, at + 2)
    assert text[low:high] == "Its crew of 17 swam ashore."


def test_long_readings_are_not_compared_word_by_word():
    long = "word " * 100_000
    assert differing(long, long) == ([], [], 1.0)
    assert differing(long, long + "more") == ([], [], 0.0)


@given(
    st.text("ab. \n”", max_size=300), st.integers(0, 300), st.integers(0, 60), st.integers(0, 80)
)
def test_context_holds_the_words_and_ends_between_words(text, start, length, most):
    low = min(start, len(text))
    high = min(low + length, len(text))
    inner = sentence(text, low, high, most)
    outer = around(text, *inner, most)
    for (a, b), (c, d) in (((low, high), inner), (inner, outer)):
        assert 0 <= c <= a <= b <= d <= len(text)
        assert a - c <= most
        assert d - b <= most
    assert "\n" not in text[outer[0] : inner[0]] + text[inner[1] : outer[1]]


def test_a_sentence_is_whole_and_its_paragraph_goes_round_it():
    text = "The lamp failed.\nNobody saw it. About 30 boats waited. They left at dawn.\nEnd."
    low = text.index("30")
    start, end = sentence(text, low, low + 2)
    assert text[start:end] == "About 30 boats waited."
    start, end = around(text, start, end)
    assert text[start:end] == "Nobody saw it. About 30 boats waited. They left at dawn."
