# ruff: noqa: E501 - the pieces stand together, so that they can be read
"""A megabyte of one pattern: nothing blows up.

No times are asserted: a pattern that backtracks catastrophically does not come back at all. Of lines
and tags there is less, since each is a paragraph to judge.
"""

import json

import pytest

from retold.config import ReadConfig
from retold.model import Article, Rejected
from retold.read import dates, furniture, markdown, normal, plain, sniff
from retold.read.compose import compose
from retold.read.errors import UnreadableError
from retold.read.fields import Raw, flatten, resolve

PIECES = [
    "a", " ", "\n", "\r", "a ", "a\n", "a b\n", ".", ". ", "“", "” ", "'", "' ", "*", "* ", "_a", "**a", "[", "[a](", "![", "](",
    "<!--", "<p>", "</p>", "#", "# a\n", "> ", "- ", "---\n", "a:\n", "A. ", "By ", "By A", "by a ", "Read more: ", "Read also ",
    "Home > ", "Share ", "Facebook", "Facebook ", "Facebook\n", "Related\n", "advertis", "All ", "All rights reserved ", "©", "cookies ",
    "We use ", "Sign up ", "Tags: ", "1", "1:", "2031-", "May 3 2031 ", "\u00ad", "\u200b", "\0", "\x93", "\ud800", "中", "a,", '{"', "[[", "{", "text,title\n",
    "Leave a reply ", "Copyright © ", "A is a next ", "and ", "| ", "email ", "a@", "&lt;", "\u2028", "- a\n", "a-\n", "more ", "the ",
]  # fmt: skip
CONFIG = ReadConfig()


def _size(piece):
    return (
        40_000
        if len(piece.splitlines()) > 1 or piece.splitlines() != [piece] or "<" in piece
        else 1_000_000
    )


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("end", ["!"])
def test_a_megabyte_of(piece, end):
    text = piece * (_size(piece) // len(piece) - 20) + end
    made = compose(Raw(text=text), "source", CONFIG)
    assert isinstance(made, Article | Rejected)
    body = made.text if isinstance(made, Article) else ""
    assert len(body) <= 2 * len(text)


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_in_every_part(piece):
    text = piece * (_size(piece) // len(piece))
    cleaned = normal.clean(text).text
    found = normal.paragraphs(cleaned, CONFIG)
    furniture.clear(found)
    furniture.clear([cleaned])
    furniture.kind_of(cleaned)
    plain.read_head(Raw(), [cleaned, cleaned], CONFIG)
    plain.read_head(Raw(title=cleaned, byline=cleaned), [cleaned], CONFIG)
    markdown.plain(text)
    markdown.front_matter(f"---\n{text}\n---\n")
    dates.parse(text)
    dates.split(text[:20_000])
    try:
        kind, _ = sniff.sniff("a.txt", text[: 1 << 16].encode("utf-8", "replace"), marked=True)
    except UnreadableError:
        return
    assert kind in sniff.Format


def test_fields_as_long_as_texts():
    long = "By A " * 40_000
    raw = Raw(
        text="The pier stands, the office said.", title=long, byline=long, outlet=long, url=long
    )
    made = compose(raw, "source", CONFIG)
    assert isinstance(made, Article)


def test_records_of_many_fields_and_deep_objects():
    record = {f"field{i}": {"a": {"b": i}} for i in range(20_000)}
    flat = flatten(record, ())
    assert resolve(tuple(flat), ()) == {}
    deep: object = "text"
    for _ in range(500):
        deep = {"article": deep}
    assert isinstance(flatten(json.loads(json.dumps(deep)), ()), dict)
