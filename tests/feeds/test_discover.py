"""A page's feeds are found where it names them."""

from retold.feeds import FeedLink, feeds_of_page

PAGE = """<!doctype html><html><head><base href="/de/">
<link rel="stylesheet" href="x.css"><link REL="Alternate" TYPE="application/rss+xml; charset=utf-8"
 title="All &amp; more" href="feed.xml">
<link rel="alternate" type="application/atom+xml" href="https://other.example/atom">
<link rel="alternate" type="application/atom+xml" href="https://other.example/atom">
<link rel="alternate" hreflang="fr" type="text/html" href="/fr">
<link rel="alternate" type="application/feed+json" href="javascript:x">
<link rel="alternate nofollow" type="application/feed+json" href="?json">
</head><body>Fähre</body></html>"""


def test_alternates_of_the_kinds_of_feeds_are_found_in_order():
    found = feeds_of_page(PAGE.encode("latin-1"), url="https://a.example/news")
    assert found == (
        FeedLink("https://a.example/de/feed.xml", "All & more"),
        FeedLink("https://other.example/atom"),
        FeedLink("https://a.example/de/?json"),
    )
