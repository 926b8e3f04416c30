import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.figures import find_figures
from tests.annotate.making import bare, figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 87 settlements were freed.", [("About 87", 87, 87, "", "settlement", "about")]),
        ("They took three inhabited localities.", [("three", 3, 3, "", "locality", "exact")]),
        ("Three populated points were lost.", [("Three", 3, 3, "", "populated point", "exact")]),
        ("The death toll rose to 14.", [("14", 14, 14, "", "death", "exact")]),
        ("Some 300 were wounded.", [("Some 300", 300, 300, "", "person", "about")]),
        ("No fewer than 12 people came.", [("No fewer than 12", 12, 12, "", "people", "at-least")]),
        ("Up to 40 cars burned.", [("Up to 40", 40, 40, "", "car", "at-most")]),
        ("Nearly 90 houses burned.", [("Nearly 90", 90, 90, "", "house", "nearly")]),
        ("More than a dozen boats sank.", [("More than a dozen", 12, 12, "", "boat", "more-than")]),
        (
            "Between 10 and 12 soldiers fell.",
            [("Between 10 and 12", 10, 12, "", "soldier", "exact")],
        ),
        ("Ten to twelve villages flooded.", [("Ten to twelve", 10, 12, "", "village", "exact")]),
        ("Prices rose 10-12 percent.", [("10-12 percent", 10, 12, "percent", "price", "exact")]),
        ("They paid $4.5 million.", [("$4.5 million", 4.5e6, 4.5e6, "usd", "", "exact")]),
        ("It cost 3.2 million euros.", [("3.2 million euros", 3.2e6, 3.2e6, "eur", "", "exact")]),
        (
            "A third of voters stayed away.",
            [("A third", 33.3333, 33.3333, "percent", "voter", "exact")],
        ),
        ("Dozens of people fled.", [("Dozens", 24, 96, "", "people", "exact")]),
        ("A 23-year-old man fell.", [("23-year-old", 23, 23, "year-old", "", "exact")]),
        (
            "It covers 1,200 square miles.",
            [("1,200 square miles", 1200, 1200, "sq mile", "", "exact")],
        ),
        (
            "It burned 2 percent to 3 percent of it.",
            [("2 percent to 3 percent", 2, 3, "percent", "", "exact")],
        ),
        ("One in five voters stayed away.", [("One in five", 20, 20, "percent", "voter", "exact")]),
        (
            "Nine out of 10 pupils passed.",
            [("Nine out of 10", 90, 90, "percent", "pupil", "exact")],
        ),
        (
            "A quarter of a million people fled.",
            [("A quarter of a million", 250_000, 250_000, "", "people", "exact")],
        ),
        ("A fine of $5,000 was paid.", [("$5,000", 5000, 5000, "usd", "fine", "exact")]),
        ("A toll of 14 was reported.", [("14", 14, 14, "", "death", "exact")]),
        ("Police put the crowd at 3,000.", [("3,000", 3000, 3000, "", "people", "exact")]),
        ("The 2,000-strong force left.", [("2,000", 2000, 2000, "", "people", "exact")]),
        (
            "They raised 3 million pounds.",
            [("3 million pounds", 3e6, 3e6, "gbp", "", "exact")],
        ),
        (
            "It ships 3 million pounds of salt.",
            [("3 million pounds", 3e6, 3e6, "pound", "salt", "exact")],
        ),
        ("It cost Rs 500 crore.", [("Rs 500 crore", 5e9, 5e9, "inr", "", "exact")]),
        ("A magnitude 6.5 quake hit it.", [("6.5", 6.5, 6.5, "magnitude", "", "exact")]),
        (
            "They voted 134-63 to pass it.",
            [("134", 134, 134, "", "vote", "exact"), ("63", 63, 63, "", "vote", "exact")],
        ),
        # a comparison with a known figure hedges nothing, nor does a denied bound
        (
            "More than the $5 million that he asked for was given.",
            [("$5 million", 5e6, 5e6, "usd", "", "exact")],
        ),
        ("He took nothing less than $5 million.", [("$5 million", 5e6, 5e6, "usd", "", "exact")]),
        (
            "Anyone aged 21 and over may vote.",
            [("21 and over", 21, 21, "year-old", "", "at-least")],
        ),
    ],
)
def test_figures(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2014 and ended on November 30.",
        "The train left at 10:30 p.m. and stopped at 5 o'clock.",
        "One of the men spoke at one point.",
        "Call +44 20 7946 0000 today.",
        "It was his 30th visit.",
        "Article 5 was invoked.",
        "The Group of Seven met.",
        "Norwick won 3-2.",
        "The two leaders met.",
        "A Vantor 737 landed.",
        "He was in his early 20s.",
        "They met one-on-one.",
        "The land was split in two.",
        "See https://example.org/12/300 for more.",
    ],
)
def test_not_figures(text):
    assert figures(text) == []


def test_from_and_to_are_two_figures_with_one_unit():
    found = figures("Temperatures rose from 10 to 12 degrees Celsius.")
    assert [(f[1], f[3]) for f in found] == [(10, "C"), (12, "C")]


@given(
    st.text(st.sampled_from("1one 2-to5,half of%$km.\n third between and some over"), max_size=80)
)
def test_offsets_are_valid_and_in_order(text):
    end = 0
    for figure in find_figures(bare(text)):
        assert end <= figure.span.start < figure.span.end <= len(text)
        assert figure.low <= figure.high
        end = figure.span.end


@pytest.mark.parametrize(
    "unit", ["1-1 ", "one and ", "1,1", "between 1 and ", "half a ", "‘A", "$"]
)
def test_long_nonsense_ends(unit):
    text = unit * 2_000
    assert all(f.span.end <= len(text) for f in find_figures(bare(text)))
