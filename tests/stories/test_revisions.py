"""Which articles are updates of one text, and which share no more than an address."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from retold.config import StoriesConfig
from retold.model import Article
from retold.stories import revisions
from retold.stories.revisions import address
from tests.stories import texts

CONFIG = StoriesConfig()
URL = "https://www.harbour.example/news/flood"
DAY = datetime(2031, 4, 9, 8, tzinfo=UTC)
FIRST = Article("article:1", texts.VELL, url=URL, published=DAY)
UPDATE = Article(
    "article:2",
    f"{texts.VELL} The mayor spoke again at noon.",
    url=f"{URL}/?utm_source=feed#top",
    published=DAY + timedelta(hours=4),
)


def test_the_latest_stands_for_the_earlier_whatever_the_order():
    fetched = replace(FIRST, id="article:3", text=texts.VELL_COPY, fetched=DAY + timedelta(hours=9))
    for order in permutations((FIRST, UPDATE, fetched)):
        assert revisions(order, CONFIG) == {"article:1": "article:3", "article:2": "article:3"}


def test_without_times_the_longest_stands():
    found = revisions([replace(FIRST, published=None), replace(UPDATE, published=None)], CONFIG)
    assert found == {"article:1": "article:2"}


def test_a_page_that_shows_something_else_each_day_has_no_revisions():
    other = replace(UPDATE, text=texts.STRIKE)
    assert revisions([FIRST, other], CONFIG) == {}


@pytest.mark.parametrize("url", ["", "https://harbour.example/", "http://[", "news/flood"])
def test_what_names_no_article_has_no_revisions(url):
    assert revisions([replace(FIRST, url=url), replace(UPDATE, url=url)], CONFIG) == {}


def test_addresses():
    assert address(URL) == address("http://m.harbour.example/news/flood/?fbclid=7#comments")
    assert address(f"{URL}?id=1") != address(f"{URL}?id=2")
    assert address(f"{URL}?b=1&a=2") == address(f"{URL}?a=2&b=1")
    assert address(URL) != address("https://other.example/news/flood")
