"""Teasers are told from whole articles."""

from datetime import UTC, datetime

import pytest

from retold.config import FeedConfig, ReadConfig
from retold.feeds import Entry
from retold.feeds.whole import article, own_text
from retold.model import Article, Rejected
from tests.feeds.fiction import PARAGRAPHS, whole

NOW = datetime(2031, 6, 3, 12, tzinfo=UTC)
CONFIG = FeedConfig()


def own(content="", summary=""):
    return own_text(Entry("1", content=content, summary=summary), CONFIG)


def test_a_long_content_is_whole_and_keeps_its_paragraphs():
    found = own(whole(3), "Short.")
    assert found.whole
    assert found.text == "\n\n".join(["Ferry 3 stands still.", *PARAGRAPHS])
    assert found.words == len(found.text.split())


def test_a_long_summary_counts_where_there_is_no_content():
    assert own(summary=whole(1) + whole(2)).whole
    assert not own(summary=whole(1)).whole


@pytest.mark.parametrize(
    "end",
    [
        "<p>And then …</p>", "<p>And then...</p>", "<p>And then [&#8230;]</p>",
        "<p>And then [...]</p>",
        '<p>And then [&hellip;] <a href="x">Continue reading "Ferry" &rarr;</a></p>',
        '<p><a href="x">Read more</a></p>', "<p>Read the full story at the Harbour Post</p>",
        "<p>And then (more)</p>",
        "<p>Continue reading</p><p>The post Ferry appeared first on Post.</p>",
    ],
)  # fmt: skip
def test_what_ends_in_an_ellipsis_or_invites_to_read_on_is_a_teaser(end):
    assert not own(whole(1) + end).whole


@pytest.mark.parametrize(
    "end", ["<p>“And then …” she said.</p>", "<p>He read more than most.</p>", "<p>Full stop.</p>"]
)
def test_sentences_that_look_a_little_like_it_are_none(end):
    assert own(whole(1) + end).whole


def test_footers_of_feeds_are_cut_and_listed():
    footer = 'The post <a href="x">Ferry</a> first appeared on <a href="y">Harbour Post</a>.'
    found = own(f"{whole(1)}<p>{footer}</p>")
    assert found.whole
    assert "first appeared" not in found.text
    assert [cut.text for cut in found.cuts] == ["The post Ferry first appeared on Harbour Post."]


@pytest.mark.parametrize(
    "markup", ["", " ", "<p></p>", "<script>x()</script>", "<!--", "<p>Short.</p>"]
)
def test_next_to_nothing_is_a_teaser(markup):
    assert not own(markup).whole


def made(content):
    return article(
        own(content),
        title="Ferry",
        outlet="Harbour Post",
        byline="Jo Bell",
        url="https://harbour-post.example/1",
        published=NOW,
        fetched=NOW,
        source="feed",
        remarks=("Said.",),
        config=ReadConfig(),
    )


def test_an_article_has_the_fields_of_its_entry():
    found = made(whole(1) + "<p>The post Ferry appeared first on Post.</p>")
    assert isinstance(found, Article)
    assert (found.title, found.outlet, found.byline) == ("Ferry", "Harbour Post", "Jo Bell")
    assert (found.published, found.published_source, found.fetched) == (NOW, "feed", NOW)
    assert found.extractor.startswith("retold-feed ")
    assert found.remarks == ("Said.",)
    assert len(found.cuts) == 1


def test_what_is_no_article_is_told():
    assert isinstance(
        made("<p>Die Fähre steht still, und niemand weiß, warum sie so alt ist.</p>" * 9), Rejected
    )
    assert isinstance(made(""), Rejected)
