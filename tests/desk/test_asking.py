"""Entries of feeds become articles, each once, from the feed or from its pages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from retold.config import FeedConfig
from retold.model import Reason
from tests.desk.feedsite import FEED, HOST, SOON, TEASER, feed, listed, only, page, watch
from tests.feeds.fiction import item, rss, whole
from tests.fetch.site import answer


def test_what_a_feed_gives_whole_becomes_an_article_without_its_page(desk, site):
    site.answers["/feed"] = feed(rss([item(1, whole(1), "Short.")]))
    number, new = desk.add_feed(FEED)
    assert new
    assert watch(desk, site).articles == 1
    row = only(desk)
    assert (row.title, row.outlet) == ("Ferry 1 stops", "Harbour Post")
    assert row.url == f"https://{HOST}/news/1"
    assert (row.published, row.published_source) == (datetime(2031, 6, 3, 1, tzinfo=UTC), "feed")
    assert "/news/1" not in site.paths
    fares = desk.feed(number)
    assert (fares.title, fares.articles, fares.waiting, fares.failures) == ("Harbour Post", 1, 0, 0)
    assert fares.brought == fares.asked
    assert fares.next > fares.asked


def test_a_teaser_leads_to_its_page(desk, site):
    site.answers["/feed"] = feed(rss([item(1, teaser=TEASER).replace("https:", "http:")]))
    site.answers["/news/1"] = page(1)
    desk.add_feed(FEED)
    found = watch(desk, site)
    assert (found.articles, found.pages) == (1, 1)
    value = desk.value(only(desk).id)
    assert "six weeks" in value.text
    assert value.extractor.startswith("trafilatura")
    assert (value.published_source, value.outlet) == ("feed", "Harbour Post")


def test_an_outlet_has_one_name_whether_feed_or_page_has_the_text(desk, site):
    items = [item(1, whole(1)), item(2, teaser=TEASER), item(3, whole(3))]
    section = rss(items, title="Harbour Post: North").replace(b"https:", b"http:")
    site.answers |= {"/feed": feed(section), "/news/2": page(2)}
    desk.add_feed(FEED)
    assert watch(desk, site).articles == 3
    assert {row.outlet for row in desk.articles().items} == {"Harbour Post"}
    assert desk.feed(1).title == "Harbour Post: North"


def test_pages_name_the_outlets_of_their_own_feed_and_site_alone(desk, site):
    other = item(4, whole(4)).replace(HOST, "tarn-echo.example")
    first = [item(2, teaser=TEASER), item(3, whole(3)), other]
    site.answers |= {
        "/feed": feed(rss(first).replace(b"https:", b"http:")),
        "/other": feed(rss([item(5, whole(5))], title="Isk Weekly").replace(b"https:", b"http:")),
        "/news/2": page(2),
    }
    desk.add_feed(FEED)
    desk.add_feed(f"http://{HOST}/other")
    watch(desk, site)
    outlets = {row.url.partition("//")[2]: row.outlet for row in desk.articles().items}
    assert outlets == {
        f"{HOST}/news/2": "Harbour Post",
        f"{HOST}/news/3": "Harbour Post",
        f"{HOST}/news/5": "Isk Weekly",
        "tarn-echo.example/news/4": "tarn-echo.example",
    }


def test_nothing_is_read_twice(desk, site):
    items = [item(1, whole(1)), item(2, teaser=TEASER).replace("https:", "http:")]
    site.answers |= {"/feed": feed(rss(items)), "/news/2": page(2)}
    desk.add_feed(FEED)
    assert watch(desk, site).articles == 2
    again = watch(desk, site)
    assert (again.asked, again.new, again.articles, again.pages) == (1, 0, 0, 0)
    assert site.paths.count("/news/2") == 1


def test_an_entry_that_was_updated_becomes_a_revision(desk, site):
    first = item(1, teaser=TEASER).replace("https:", "http:")
    site.answers |= {"/feed": feed(rss([first])), "/news/1": page(1)}
    desk.add_feed(FEED)
    watch(desk, site)
    before = only(desk)
    site.answers |= {
        "/feed": feed(rss([first.replace("in the night", "at night")])),
        "/news/1": page(1, "The chain arrived in the autumn, two months later than was promised."),
    }
    found = watch(desk, site)
    assert (found.articles, found.revised) == (1, 1)
    latest, earlier = desk.revisions(before.id)
    assert earlier.id == before.id
    assert "autumn" in desk.value(latest.id).text


def test_a_whole_text_that_was_updated_becomes_a_revision(desk, site):
    site.answers["/feed"] = feed(rss([item(1, whole(1))]))
    desk.add_feed(FEED)
    watch(desk, site)
    changed = item(1, whole(1) + "<p>The chain arrived in the autumn.</p>")
    site.answers["/feed"] = feed(rss([changed]))
    found = watch(desk, site)
    assert (found.articles, found.revised) == (1, 1)


def test_a_text_that_stays_the_same_is_no_revision_whatever_else_is_said_of_it(desk, site):
    both = [item(1, teaser=TEASER), item(2, whole(2))]
    site.answers |= {"/feed": feed(rss(both).replace(b"https:", b"http:")), "/news/1": page(1)}
    desk.add_feed(FEED)
    assert watch(desk, site).articles == 2
    before = listed(desk)
    later = rss(both).replace(b"https:", b"http:").replace(b"2031", b"2032")
    site.answers["/feed"] = feed(later)
    found = watch(desk, site)
    assert (found.new, found.pages, found.articles, found.revised) == (1, 1, 0, 0)
    assert listed(desk) == before
    assert (desk.feed(1).articles, desk.feed(1).waiting) == (2, 0)


def test_a_text_that_comes_back_is_a_revision(desk, site):
    for year, more in ((2031, ""), (2032, "<p>The chain arrived.</p>"), (2033, "")):
        body = rss([item(1, whole(1) + more)]).replace(b"2031", str(year).encode())
        site.answers["/feed"] = feed(body)
        if year == 2031:
            desk.add_feed(FEED)
        assert watch(desk, site).articles == 1
    assert [row.published.year for row in desk.articles().items] == [2033, 2032, 2031]
    assert [bool(row.latest) for row in desk.articles().items] == [False, True, True]


def test_a_page_that_did_not_change_is_not_sent_again(desk, site):
    first = item(1, teaser=TEASER).replace("https:", "http:")
    sent = []

    def give(request):
        if request.headers.get("if-none-match") == '"p"':
            return answer(b"", "304 Not Modified")
        sent.append(request)
        return page(1).replace(b"\r\n\r\n", b'\r\nETag: "p"\r\n\r\n', 1)

    site.answers |= {"/feed": feed(rss([first])), "/news/1": give}
    desk.add_feed(FEED)
    watch(desk, site)
    site.answers["/feed"] = feed(rss([first.replace("in the night", "at night")]))
    found = watch(desk, site)
    assert (found.articles, found.pages, len(sent)) == (0, 1, 1)


def test_an_entry_of_two_feeds_comes_once(desk, site):
    both = [item(1, whole(1)), item(2, teaser=TEASER).replace("https:", "http:")]
    site.answers |= {
        "/feed": feed(rss(both)),
        "/north": feed(rss(both, title="Harbour Post: North")),
        "/news/2": page(2),
    }
    desk.add_feed(FEED)
    desk.add_feed(f"http://{HOST}/north")
    found = watch(desk, site)
    assert (found.asked, found.articles, found.revised) == (2, 2, 0)
    assert site.paths.count("/news/2") == 1
    assert [row.articles for row in desk.feeds().items] == [2, 2]


def test_entries_of_one_id_are_told_apart_by_their_addresses(desk, site):
    both = [item(n, whole(n)).replace(f"post-{n}", "same") for n in (1, 2)]
    site.answers["/feed"] = feed(rss(both))
    desk.add_feed(FEED)
    assert watch(desk, site).articles == 2
    assert watch(desk, site).new == 0


def test_a_page_that_fails_is_tried_again_and_then_given_up(desk, site):
    first = item(1, teaser=TEASER).replace("https:", "http:")
    site.answers |= {"/feed": feed(rss([first])), "/news/1": answer(b"", "502 Bad Gateway")}
    number, _ = desk.add_feed(FEED)
    hasty = replace(SOON, every=60.0, page_tries=3, page_wait=0.0)
    found = watch(desk, site, config=hasty)
    assert (found.articles, found.pages) == (0, 3)
    run = desk.runs().items[0]
    assert (run.kind, run.rejected) == ("watch", 1)
    assert desk.rejected(run.number).items[0].reason is Reason.FETCH_FAILED
    assert desk.feed(number).waiting == 0


def test_a_long_entry_stands_for_a_page_that_cannot_be_read(desk, site):
    long = item(1, teaser=whole(1)).replace("https:", "http:")
    site.answers["/feed"] = feed(rss([long]))
    desk.add_feed(FEED)
    assert watch(desk, site).articles == 1
    value = desk.value(only(desk).id)
    assert value.extractor.startswith("retold-feed")
    assert any("could not be read" in remark for remark in value.remarks)


def test_what_is_left_out_is_listed(desk, site):
    german = "<p>Die Fähre steht still, und niemand weiß, warum sie so alt ist.</p>" * 40
    site.answers["/feed"] = feed(rss([item(1, german), item(2).replace("https:", "http:")]))
    desk.add_feed(FEED)
    watch(desk, site)
    reasons = sorted(r.reason for run in desk.runs().items for r in desk.rejected(run.number).items)
    assert reasons == sorted([Reason.LANGUAGE, Reason.FETCH_FAILED])
    assert watch(desk, site).new == 0


def test_entries_beyond_the_most_are_listed(desk, site):
    site.answers["/feed"] = feed(rss([item(n, whole(n)) for n in range(4)]))
    desk.add_feed(FEED)
    found = watch(desk, site, config=FeedConfig(max_entries=3, workers=2))
    assert found.articles == 3
    left = [r.detail for run in desk.runs().items for r in desk.rejected(run.number).items]
    assert left == ["Beyond the first 3, 1 entry left out."]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{'a' * 2_000_000}</p>",
        f"{whole(1)}<script>alert(1)</script><svg onload='x()'><style>p{{}}</style>",
        f"{whole(1)}<p>\u202etxet sdrawkcab\u202c \u200b\x1b[31m</p>",
        "<div>" * 20_000 + whole(1),
        f"{whole(1)}<p>&#0;&#x1F;&#xD800;&#xFFFF;</p>",
        f"{whole(1)}{'<b>' * 50_000}",
    ],
    ids=range(6),
)
def test_hostile_texts_are_stored_as_text_or_left_out(desk, site, body):
    hostile = item(1, body).replace("Ferry 1 stops", "\u202eFerry&lt;script&gt;x()&lt;/script&gt;")
    site.answers["/feed"] = feed(rss([hostile, item(2, whole(2))]))
    desk.add_feed(FEED)
    assert watch(desk, site).articles in {1, 2}
    for value in desk.values(row.id for row in desk.articles().items).values():
        assert "alert" not in value.text
        assert not any(ord(c) < 32 and c != "\n" for c in value.text + value.title)
    assert desk.feeds().items[0].waiting <= 1
    assert desk.check() == []


def test_marks_of_pages_are_kept_and_tell_kin(desk, site):
    head = '<meta name="google-site-verification" content="abcdefghijklmnop1234567890">'
    for name in ("one", "two"):
        first = item(1, teaser=TEASER).replace(f"https://{HOST}", f"http://{name}.example")
        site.answers |= {f"/{name}": feed(rss([first])), "/news/1": page(1, head=head)}
        desk.add_feed(f"http://{name}.example/{name}")
    watch(desk, site)
    (shared,) = [item for item in desk.kin_sites() if item.owned]
    assert shared.sites == ("one.example", "two.example")
    assert [kin.site for kin in desk.kin("www.one.example")] == ["two.example"]
