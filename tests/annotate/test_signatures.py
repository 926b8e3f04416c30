"""Where invented pages are signed by an agency, and where its name is no signature."""

import pytest

from retold.annotate.signatures import signatures

PAGE = [
    "Dam wall cracks above Tarn Hollow",
    "You are signed in as a reader",
    "Partly cloudy, a low of 6",
    "Choose your town",
]
BODY = ["A crack was found in the dam wall above Tarn Hollow.", "Nobody was hurt, the mayor said."]


def signed(*lines, before=(), after=()):
    text = "\n\n".join([*before, *lines, *BODY, *after])
    return [(text[start:end], str(form)) for (start, end), form in sorted(signatures(text).items())]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By The Associated Press", "The Associated Press"),
        ("Posted 3:57 pm, March 4, 2041, by Reuters, Updated at 4:10 pm", "Reuters"),
        ("Nell Ode and Jon Marrow, Associated Press", "Associated Press"),
        ("by NELL ODE, JON MARROW & ANSA MERROW, The Associated Press", "The Associated Press"),
        ("Nell Ode, Associated Press Published 9:21 a.m. March 4, 2041", "Associated Press"),
        ("Nell Ode, AFP Regional Correspondent", "AFP"),
    ],
)
def test_a_byline_is_found_below_what_a_page_prints_first(line, name):
    assert signed(line, before=PAGE) == [(name, "byline")]


@pytest.mark.parametrize(
    "line",
    [
        "Nell Ode, AP",
        "Nell Ode | AP",
        "(AP Photo/Nell Ode)",
        "Photo by Nell Ode, Reuters",
        "Reuters",
        "A crane stands by the Reuters building.",
        "He reads Reuters.",
        "Tarn Hollow (Reuters)",
    ],
)
def test_what_may_be_a_photographers_is_no_signature(line):
    assert signed(line, before=PAGE) == []


def test_a_dateline_of_a_known_agency_is_found_below_furniture():
    line = "TARN HOLLOW, March 4 (Reuters) - A crack was found."
    assert signed(line, before=PAGE) == [("Reuters", "dateline")]
    assert signed("TARN HOLLOW (Meridian) - A crack was found.") == [("Meridian", "dateline")]
    assert signed("TARN HOLLOW (Meridian) - A crack was found.", before=PAGE) == []


@pytest.mark.parametrize("line", ["Nell Ode, Associated Press", "NELL ODE Reuters"])
def test_one_name_right_below_the_title_is_the_writers(line):
    assert [form for _, form in signed(line)] == ["byline"]
    assert signed(line, before=PAGE) == []
    assert signed("Nell Ode, AP") == []
    assert signed(line + " photographer") == []


def test_an_agency_alone_signs_right_below_the_title():
    assert signed("The Associated Press | Monday, March 4, 2041", before=PAGE[:1]) == [
        ("The Associated Press", "byline")
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2041 The Associated Press. All rights reserved.", "The Associated Press"),
        ("Copyright 2041 by Reuters. This material may not be published.", "Reuters"),
        ("Associated Press writers Nell Ode and Jon Marrow contributed.", "Associated Press"),
    ],
)
def test_the_end_tells_whose_report_it_is(line, name):
    assert signed(after=[line, "More stories"]) == [(name, "byline")]
    assert signed(after=["© 2041 Reuters / Getty"]) == []


def test_long_runs_of_signatures_end():
    assert len(signatures("© Reuters. All rights reserved " * 20_000)) == 1
    assert signatures("By Nell Ode and " * 20_000) == {}
    assert signatures("Copyright " * 20_000 + "Reuters") == {}


def test_outlets_that_sell_their_reports_sign_them_too():
    assert signed("By NELL ODE, CNN", before=PAGE) == [("CNN", "byline")]
    last = "Copyright 2041 by CNN NewSource. All rights reserved."
    assert signed(after=[last]) == [("CNN NewSource", "byline")]
    assert signed("She told CNN that it broke.") == []
