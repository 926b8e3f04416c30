"""Matching of quotation marks, against texts whose quotations are known because they were built."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.quotations import MARKS, Family, find_quotes


def quoted(text, depth=None, *, closed=None):
    return [
        " / ".join(text[s:e] for s, e in q.parts)
        for q in find_quotes(text)
        if (depth is None or q.depth == depth) and (closed is None or q.closed == closed)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The quay is gone,” she said.", ["The quay is gone,"]),
        ('"The quay is gone," she said.', ["The quay is gone,"]),
        ("‘The quay is gone,’ she said.", ["The quay is gone,"]),
        ("'The quay is gone,' she said.", ["The quay is gone,"]),
        ("''The quay is gone,'' she said.", ["The quay is gone,"]),
        ("``The quay is gone,'' she said.", ["The quay is gone,"]),
        ("«The quay is gone», she said.", ["The quay is gone"]),
        ("« The quay is gone », she said.", ["The quay is gone"]),
        ("»The quay is gone«, she said.", ["The quay is gone"]),
        ("„The quay is gone“, she said.", ["The quay is gone"]),
        ("‚The quay is gone‘, she said.", ["The quay is gone"]),
        ("“The quay,” she said, “is gone.”", ["The quay,", "is gone."]),
        ('(“yes”)—“no”—she said: "well"', ["yes", "no", "well"]),
    ],
)
def test_each_kind_of_mark(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘It’s the sailors’ pay,’ he said. ‘Fine.’", ["It’s the sailors’ pay,", "Fine."]),
        ("'It's the sailors' pay,' he said. 'Fine.'", ["It's the sailors' pay,", "Fine."]),
        ("‘We’re not talkin’ about it,’ he said.", ["We’re not talkin’ about it,"]),
        ("The ‘Wolves’ group said: ‘We are here.’", ["Wolves", "We are here."]),
        ("The sailors’ union and the dockers’ fund met.", []),
        ("The ’90s, '80s rock 'n' roll, ‘em and 'tis.", []),
        ("He is 6'2\" tall and the plank is 5' 11\" long.", []),
        ("the Isk Valley Union’s (IVU’s) and the ships’) end", []),
    ],
)
def test_apostrophes_and_measures_are_no_marks(text, expected):
    assert quoted(text) == expected


def test_a_quotation_over_paragraphs_is_one():
    text = "“One wall.\n\n“Two walls.\n\n“Three,” he said.\n\n“Four.”"
    assert quoted(text) == ["One wall. / Two walls. / Three,", "Four."]


def test_nested_quotations_have_a_depth():
    text = "“He told me ‘go “home” now,’ and left,” she said."
    assert quoted(text, 0) == ["He told me ‘go “home” now,’ and left,"]
    assert quoted(text, 1) == ["go “home” now,"]
    assert quoted(text, 2) == ["home"]
    assert quoted('"I heard "no" twice," he said.', 0) == ['I heard "no" twice,']


def test_a_missing_mark_reaches_to_the_end_of_its_paragraph():
    text = "“It never closes, he said.\n\nAnother paragraph. “Closed,” she said."
    assert quoted(text, closed=False) == ["It never closes, he said."]
    assert quoted(text, closed=True) == ["Closed,"]
    assert quoted("“It never closes. “Closed,” she said.") == ["It never closes.", "Closed,"]


def test_a_mark_turned_the_wrong_way_still_closes():
    assert quoted("“They can see that. “\n\nNext “one.”") == ["They can see that.", "one."]


# ---------------------------------------------------------------- built texts: the oracle


@dataclass
class Built:
    """A text under construction, with the quotations that were put into it."""

    text: str = ""
    quotes: list = None

    def __post_init__(self):
        self.quotes = []


PAIRS = [
    (Family.DOUBLE, "“", "”"),
    (Family.DOUBLE, '"', '"'),
    (Family.DOUBLE, "„", "“"),
    (Family.SINGLE, "‘", "’"),
    (Family.GUILLEMET, "«", "»"),
]
WORDS = st.sampled_from(["quay", "it’s", "walls", "Isk", "don't", "sea", "O’Dell", "1,340", "tide"])


@st.composite
def quotation(draw, depth=0, outer=None):
    """Nested (pair, children): a child is a word or a quotation of another family."""
    pair = draw(st.sampled_from([p for p in PAIRS if p[0] is not outer]))
    child = WORDS if depth == 2 else st.one_of(WORDS, WORDS, quotation(depth + 1, pair[0]))
    return pair, draw(st.lists(child, min_size=1, max_size=4))


def write(built, node, depth):
    if isinstance(node, str):
        built.text += node
        return
    (family, opening, closing), children = node
    place = len(built.quotes)
    built.quotes.append(None)
    start = len(built.text)
    built.text += opening
    for number, child in enumerate([*children, "end"]):
        built.text += " " if number else ""
        write(built, child, depth + 1)
    built.text += "." if depth == 0 else ""
    end = len(built.text)
    built.text += closing
    built.quotes[place] = (start, len(built.text), ((start + 1, end),), family, depth, True)


@given(st.lists(st.lists(st.one_of(WORDS, quotation()), min_size=1, max_size=4), max_size=4))
def test_built_quotations_are_found_again(paragraphs):
    built = Built()
    for paragraph in paragraphs:
        for node in paragraph:
            write(built, node, 0)
            built.text += " so "
        built.text += "it ended.\n\nThen "
    found = [
        (q.open, q.close, q.parts, q.family, q.depth, q.closed) for q in find_quotes(built.text)
    ]
    assert found == sorted(built.quotes)


# ---------------------------------------------------------------- any text


ANY = st.text(alphabet=st.sampled_from(list(MARKS + "`aAs .,:\n\n-5é(\u00a0")), max_size=60)


@given(st.one_of(ANY, st.text(max_size=80)))
def test_offsets_are_valid_and_quotations_nest(text):
    quotes = find_quotes(text)
    for quote in quotes:
        assert 0 <= quote.open < quote.start < quote.end <= quote.close <= len(text)
        for start, end in quote.parts:
            words = text[start:end]
            assert words
            assert words == words.strip()
            assert "\n" not in words
        around = [q for q in quotes if q.open < quote.open and q.close > quote.open]
        assert all(q.close >= quote.close for q in around)
        assert quote.depth == len(around)
    assert [q.open for q in quotes] == sorted({q.open for q in quotes})


@given(ANY, ANY)
def test_a_paragraph_does_not_change_the_next(first, second):
    """A quotation goes on only where the next paragraph repeats the mark."""
    alone = find_quotes("Tide. " + second)
    shift = len(first) + 2
    both = [q for q in find_quotes(first + "\n\nTide. " + second) if q.open >= shift]
    assert [(q.open - shift, q.close - shift, q.closed) for q in both] == [
        (q.open, q.close, q.closed) for q in alone
    ]


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ('"', 0),
        ("“", 0),
        ("’", 0),
        ("“‘«", None),
        ("a' ", 0),
        ("‘a’ “b\n", None),
        ("“a” ", 20_000),
        ("“a\n", 1),
    ],
)
def test_long_runs_of_marks_end(pattern, count):
    """Twenty thousand of each; over a megabyte the matcher takes seconds, a quadratic one hours."""
    found = find_quotes(pattern * 20_000)
    assert count is None or len(found) == count
