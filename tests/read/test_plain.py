"""Title lines, bylines and dates in plain text and Markdown."""

from datetime import UTC, datetime

import pytest

from retold.config import ReadConfig
from retold.read import from_text
from retold.read.markdown import front_matter, plain
from retold.read.plain import is_title
from tests.read.pieces import BODY, FIRST, SECOND, THIRD, TITLE, one

DAY = datetime(2031, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        "QUELL BRIDGE CLOSED",
        "Quell bridge closed after crack is found",
        "‘We Would Rather Lose a Season’: Harbour Chief on the Quell Bridge",
        "“We would rather lose a season,” harbour chief says",
        "Is the Quell Bridge Safe?",
        "Is the Quell Bridge safe?",
        "Bridge shut: 340 households cut off in Tarnmouth",
        "Harbour Office Closes the Largest Bridge in the U.K.",
        "Tarnmouth’s Directive to Close Bridge Aims to Protect Ferries Amid Ongoing Search for "
        "More Cracks",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_title_lines(line, gap):
    made = from_text(f"{line}{gap}{FIRST}{gap}{SECOND}")
    assert made.title == line
    assert made.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "The harbour office of Tarnmouth closed the Quell Bridge on Monday.",
        "In the quiet hours of the morning, divers found a crack in the second pier of the bridge.",
        "TARNMOUTH, 3 Feb (Quell News) - The harbour office closed the Quell Bridge",
        "He left.",
        "“We would rather lose a season than a ferry.”",
        "which is why the bridge was closed",
        "Divers found a crack in the bridge, and then they found another, and when they came up "
        "they told the pilots and the office and the council and everyone who would hear of it "
        "that it was shut",
        "— Odd Brisk",
        "3:15 p.m.",
    ],
)
def test_first_sentences(line):
    made = from_text(f"{line}\n\n{FIRST}\n\n{SECOND}")
    assert made.title == ""
    assert made.text.startswith(line)


def test_a_text_of_one_paragraph_has_no_title():
    assert from_text(TITLE).title == ""
    assert from_text(TITLE).text == TITLE
    assert not is_title([TITLE], ReadConfig())


def test_the_lines_before_the_body():
    made = from_text(
        f"{TITLE}\nA standfirst without a full stop\nBy Odd Brisk and Ilsabet Orrin\nPublished: 3 "
        f"February 2031\n\n{BODY}"
    )
    assert made.title == TITLE
    assert made.byline == "Odd Brisk and Ilsabet Orrin"
    assert made.published == DAY
    assert made.published_source == "published"
    assert made.text == f"A standfirst without a full stop\n\n{BODY}"


def test_labelled_lines():
    made = from_text(
        f"Title: Quell: a bridge, closed\nAuthor: Odd Brisk\nSource: Tarn Post\nURL: "
        f"https://tarnpost.example/1\nDate: 2031-02-03\n\n{BODY}"
    )
    assert (made.title, made.byline, made.outlet, made.url) == (
        "Quell: a bridge, closed",
        "Odd Brisk",
        "Tarn Post",
        "https://tarnpost.example/1",
    )
    assert (made.published, made.text) == (DAY, BODY)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Odd Brisk", "Odd Brisk"),
        ("by ODD BRISK, Tarn Post", "ODD BRISK, Tarn Post"),
        ("By Quell News", "Quell News"),
        ("Written by Odd van der Brisk", "Odd van der Brisk"),
        ("By Odd Brisk | 3 February 2031", "Odd Brisk"),
    ],
)
def test_bylines(line, byline):
    made = from_text(f"{TITLE}\n{line}\n{BODY}")
    assert (made.title, made.byline, made.text) == (TITLE, byline, BODY)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the water had reached the second pier of the bridge.",
        "By the time they came up, it was dark",
        "By far the worst winter, she said.",
    ],
)
def test_sentences_that_open_with_by(line):
    made = from_text(f"{line}\n\n{FIRST}\n\n{SECOND}")
    assert made.byline == ""
    assert line in (made.title, made.text.split("\n\n")[0])


def test_fields_that_are_given_are_kept():
    made = from_text(
        f"{TITLE}\nBy Odd Brisk\n3 February 2031\n\n{BODY}",
        title=TITLE.upper(),
        byline="Odd Brisk",
        published="2031-02-02",
    )
    assert made.title == TITLE.upper()
    assert made.text == BODY
    assert made.published == datetime(2031, 2, 2, tzinfo=UTC)
    assert [cut.text for cut in made.cuts] == ["3 February 2031"]


def test_another_byline_than_the_given_one_stays_in_the_text():
    assert from_text(f"By Odd Brisk\n\n{BODY}", title="X", byline="Someone Else").text.startswith(
        "By Odd Brisk"
    )


def test_a_title_that_stands_twice_is_taken_once():
    assert from_text(f"{TITLE}\n\n{TITLE}\n\n{BODY}").text == BODY


def test_datelines_stay():
    text = f"TARNMOUTH, 3 Feb (Quell News) - {FIRST}"
    assert from_text(f"{TITLE}\n\n{text}\n\n{SECOND}").text == f"{text}\n\n{SECOND}"


MARKDOWN = f"""---
title: "{TITLE}"
authors:
  - Odd Brisk
  - Ilsabet Orrin
date: 2031-02-03
site: Tarn Post
tags: [bridge, harbour]
---

# {TITLE}

{FIRST.replace("closed", "**closed**").replace("Quell Bridge", "[Quell Bridge](a.html 'it')")}

![A picture](a.png)

> {SECOND}

---

## What it costs

* {THIRD}

<!-- a note
to self -->
"""


def test_markdown_with_front_matter(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN.replace("'it'", '"it"'))
    article = one(path)
    assert article.title == TITLE
    assert article.byline == "Odd Brisk, Ilsabet Orrin"
    assert article.outlet == "Tarn Post"
    assert (article.published, article.published_source) == (DAY, "date")
    assert article.text == f"{FIRST}\n\n{SECOND}\n\nWhat it costs\n\n{THIRD}"


def test_front_matter_in_a_text_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"---\ntitle: Other\noutlet: Tarn Post\n---\n{BODY}")
    article = one(path)
    assert (article.title, article.outlet, article.text) == ("Other", "Tarn Post", BODY)


@pytest.mark.parametrize(
    "text", ["---\nno keys here\n---\nBody.", "---\ntitle: open", "--- \n", "", "title: x\n---"]
)
def test_what_is_no_front_matter(text):
    assert front_matter(text) == ({}, text)


def test_headings_of_markdown():
    assert plain(f"{TITLE}\n=====\n\nText.")[0] == TITLE
    assert plain(f"# {TITLE} #\n\nText.") == (TITLE, "\nText.")
    title, text = plain("Text.\n\n# Not the title\n\nMore.")
    assert title == ""
    assert "Not the title" in text


@pytest.mark.parametrize(
    "line",
    ["2 * 3 * 4 is 24", "a_b_c and snake_case_names", "5 > 3", "He said *what", "[brackets] stay"],
)
def test_what_only_looks_like_marks_stays(line):
    assert plain(line)[1] == line
