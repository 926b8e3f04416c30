"""Sitemaps: every form of them, and nothing that they could do to their reader."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import FetchConfig
from retold.fetch.sitemap import Entry, parse
from retold.fetch.sitemaps import pages
from retold.model import Reason
from retold.read.errors import UnreadableError
from tests.fetch.site import QUICK, answer

CONFIG = FetchConfig()
NS = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
SITE = "http://news.example"


def urlset(*entries, more=NS):
    body = "".join(f"<url>{e}</url>" for e in entries)
    return f"<?xml version='1.0' encoding='UTF-8'?><urlset {more}>{body}</urlset>".encode()


def index(*places):
    body = "".join(f"<sitemap><loc>{SITE}{p}</loc></sitemap>" for p in places)
    return f"<sitemapindex {NS}>{body}</sitemapindex>".encode()


def loc(path, day=0):
    date = f"<lastmod>2031-02-{day:02d}</lastmod>" if day else ""
    return f"<loc>{SITE}{path}</loc>{date}"


def day(number):
    return datetime(2031, 2, number, tzinfo=UTC)


def damaged(data, reason, config=CONFIG):
    with pytest.raises(UnreadableError) as stop:
        parse(data, config)
    assert stop.value.reason is reason
    return stop.value


def test_pages_come_with_their_dates():
    made = parse(urlset(loc("/a", 3), loc("/b"), "<lastmod>2031</lastmod>"), CONFIG)
    assert made.entries == (Entry(f"{SITE}/a", day(3)), Entry(f"{SITE}/b"))
    assert not made.index


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_it_may_be_packed_and_without_a_namespace(pack):
    made = parse(pack(urlset(loc("/a"), more="")), CONFIG)
    assert made.entries == (Entry(f"{SITE}/a"),)


def test_a_sitemap_of_news_says_when_it_was_published():
    news = (
        f"{loc('/a', 5)}<n:news><n:publication><n:name>Tarn Post</n:name></n:publication>"
        "<n:publication_date>2031-02-04T10:00:00+02:00</n:publication_date></n:news>"
    )
    more = f"{NS} xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    (entry,) = parse(urlset(news, more=more), CONFIG).entries
    assert entry.published == datetime(2031, 2, 4, 8, tzinfo=UTC)
    assert entry.modified == day(5)


def test_addresses_of_pictures_are_none_of_pages():
    picture = "<i:image><i:loc>http://img.example/p.jpg</i:loc></i:image>"
    film = "<v:video><v:publication_date>2031-02-01</v:publication_date></v:video>"
    more = f"{NS} xmlns:i='urn:i' xmlns:v='urn:v'"
    made = parse(urlset(picture + film + loc("/a"), picture, more=more), CONFIG)
    assert made.entries == (Entry(f"{SITE}/a"),)


def test_an_index_leads_to_sitemaps():
    made = parse(index("/1.xml", "/2.xml"), CONFIG)
    assert made.index
    assert [e.url for e in made.entries] == [f"{SITE}/1.xml", f"{SITE}/2.xml"]


def test_lines_of_addresses_are_one_too():
    made = parse(f"\ufeff{SITE}/a\r\n\n# no\nftp://x/\n {SITE}/b \n".encode(), CONFIG)
    assert [e.url for e in made.entries] == [f"{SITE}/a", f"{SITE}/b"]


@pytest.mark.parametrize(
    "data",
    [b"", b"words", b"<html><body></body></html>", b"<rss/>", b"<", b"<urlset", b"{}", b"\0" * 99],
)
def test_what_is_none_is_said(data):
    damaged(data, Reason.UNKNOWN_FORMAT)


BOMB = (
    b"<!DOCTYPE u [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    b"<!ENTITY c SYSTEM 'file:///etc/hostname'>]>"
)


@pytest.mark.parametrize("entity", ["b", "c"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_entities_are_not_followed(entity, coding):
    text = BOMB + f"<urlset><url><loc>http://x/&{entity};</loc></url></urlset>".encode()
    data = text.decode().encode(coding)
    if coding == "utf-8":
        damaged(data, Reason.DAMAGED)
        return
    try:  # the declaration is not seen in these bytes; still nothing is put in its place
        made = parse(data, CONFIG)
    except UnreadableError:
        return
    assert all(entry.url == "http://x/" for entry in made.entries)


def test_what_unpacks_to_too_much_is_refused():
    packed = gzip.compress(urlset(loc("/a")) + b" " * 5_000_000)
    damaged(packed, Reason.TOO_LARGE, FetchConfig(max_bytes=1_000_000))
    damaged(packed[:-20], Reason.DAMAGED)


def test_depth_and_size_are_bounded():
    damaged(b"<urlset>" + b"<a>" * 100_000, Reason.UNKNOWN_FORMAT)
    made = parse(urlset(*(loc(f"/{n}") for n in range(30))), FetchConfig(max_sitemap_urls=10))
    assert (len(made.entries), made.more) == (10, 20)
    made = parse(
        "\n".join(f"{SITE}/{n}" for n in range(30)).encode(), FetchConfig(max_sitemap_urls=9)
    )
    assert (len(made.entries), made.more) == (9, 21)
    assert parse(urlset(loc("/" + "a" * 3000)), CONFIG).entries == ()


def test_of_a_damaged_one_the_beginning_is_read():
    made = parse(urlset(loc("/a"), loc("/b"))[:-40], CONFIG)
    assert [e.url for e in made.entries] == [f"{SITE}/a"]
    assert made.remark


@given(st.lists(st.tuples(st.text("abc/", max_size=5), st.integers(0, 28)), max_size=8))
def test_all_that_is_written_is_read(wanted):
    made = parse(urlset(*(loc(f"/x{path}", d) for path, d in wanted)), CONFIG)
    assert made.entries == tuple(
        Entry(f"{SITE}/x{path}", day(d) if d else None) for path, d in wanted
    )


@given(
    st.binary(max_size=80), st.sampled_from([b"", b"<urlset><url>", b"\x1f\x8b", b"http://x/\n"])
)
def test_any_bytes_are_a_sitemap_or_refused(data, start):
    with suppress(UnreadableError):
        parse(start + data, CONFIG)


# whole sites


def xml(data):
    return answer(data, kind="application/xml")


def found(site, path="/", **limits):
    client = site.patient(**limits) if limits else site.client(QUICK)
    entries, rejected = pages(client, SITE + path)
    return [e.url.removeprefix(SITE) for e in entries], rejected


def test_a_site_is_asked_for_its_sitemaps(site):
    site.answers |= {
        "/robots.txt": answer(
            b"Sitemap: /one.xml\nSitemap: http://news.example/two.txt", kind="text/plain"
        ),
        "/one.xml": xml(index("/deep.xml.gz")),
        "/deep.xml.gz": answer(
            gzip.compress(urlset(loc("/a", 1), loc("/c", 3))), kind="application/gzip"
        ),
        "/two.txt": answer(f"{SITE}/b\n{SITE}/a\n".encode(), kind="text/plain"),
    }
    assert found(site) == (["/c", "/a", "/b"], [])


def test_a_site_that_names_none_is_asked_at_the_usual_place(site):
    site.answers["/sitemap.xml"] = xml(urlset(loc("/a", 1), loc("/b", 2)))
    assert found(site) == (["/b", "/a"], [])


def test_what_cannot_be_read_is_listed_and_the_rest_is_read(site):
    site.answers |= {
        "/i.xml": xml(index("/gone.xml", "/page.html", "/good.xml")),
        "/page.html": answer(b"<html></html>"),
        "/good.xml": xml(urlset(loc("/a"))),
    }
    paths, rejected = found(site, "/i.xml")
    assert paths == ["/a"]
    assert [(r.source, r.reason) for r in rejected] == [
        (f"{SITE}/gone.xml", Reason.FETCH_FAILED),
        (f"{SITE}/page.html", Reason.UNKNOWN_FORMAT),
    ]


def test_circles_end(site):
    site.answers |= {"/i.xml": xml(index("/j.xml", "/i.xml")), "/j.xml": xml(index("/i.xml"))}
    assert found(site, "/i.xml") == ([], [])
    assert site.paths.count("/i.xml") == 1


def test_indexes_within_indexes_are_followed_so_far(site):
    site.answers |= {f"/{n}.xml": xml(index(f"/{n + 1}.xml")) for n in range(9)}
    _, rejected = found(site, "/0.xml")
    assert [(r.source, r.reason) for r in rejected] == [(f"{SITE}/2.xml", Reason.LOOP)]


def test_the_number_of_files_is_bounded(site):
    site.answers["/i.xml"] = xml(index(*(f"/{n}.xml" for n in range(20))))
    site.answers |= {f"/{n}.xml": xml(urlset(loc(f"/p{n}"))) for n in range(20)}
    paths, rejected = found(site, "/i.xml", max_sitemaps=5)
    assert len(paths) == 4
    assert (rejected[-1].reason, "16 that were named" in rejected[-1].detail) == (
        Reason.TOO_LARGE,
        True,
    )
