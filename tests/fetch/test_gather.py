"""Files, addresses and sitemaps in one stream; what need not be fetched again is not."""

from datetime import UTC, datetime, timedelta

import pytest

from retold.config import ReadConfig
from retold.fetch.gather import gather
from retold.model import Article, Reason, Rejected
from tests.fetch.site import answer
from tests.read.archives import page
from tests.read.pieces import PLAIN

SITE = "http://news.example"
NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)


def sitemap(*entries):
    body = "".join(
        f"<url><loc>{SITE}{p}</loc>{f'<lastmod>{d}</lastmod>' if d else ''}</url>"
        for p, d in entries
    )
    return answer(f"<urlset>{body}</urlset>".encode(), kind="text/xml")


def gathered(site, *sources, **options):
    items = list(gather(sources, site.client(), ReadConfig(), **options))
    return (
        [item for item in items if isinstance(item, Article)],
        [item for item in items if isinstance(item, Rejected)],
    )


def test_files_come_first_and_each_address_once(site, tmp_path):
    (tmp_path / "a.txt").write_text(PLAIN)
    site.answers |= {"/1": answer(page(1)), "/2": answer(page(2))}
    told = []
    articles, rejected = gathered(
        site, f"{SITE}/2", str(tmp_path), f"{SITE}/1", f"{SITE}/2", f"{SITE}/3",
        progress=lambda *step: told.append(step),
    )  # fmt: skip
    assert [a.source for a in articles] == [f"{tmp_path}/a.txt", f"{SITE}/2", f"{SITE}/1"]
    assert [r.source for r in rejected] == [f"{SITE}/3"]
    assert told[-1] == ("pages", 3, 3)
    assert ("read", 0, 1) in told


def test_without_a_reader_only_files_are_read(tmp_path):
    (tmp_path / "a.txt").write_text(PLAIN)
    assert len(list(gather([str(tmp_path)], None, ReadConfig()))) == 1


@pytest.mark.parametrize(
    ("changed", "fetched", "again"),
    [
        ("", NOON, False),
        ("", None, False),
        ("2031-02-03T11:00:00Z", NOON, False),
        ("2031-02-03T13:00:00Z", NOON, True),
        ("2031-02-02", NOON, False),
        ("2031-02-03", NOON, True),  # a day alone: it may have been changed in the evening
        ("2031-02-03", NOON + timedelta(days=1), False),
        ("2031-02-03", None, False),
    ],
)
def test_a_page_is_fetched_again_where_it_may_have_changed(site, changed, fetched, again):
    site.answers |= {"/s.xml": sitemap(("/1", changed)), "/1": answer(page(1))}
    articles, rejected = gathered(
        site, f"{SITE}/s.xml", sitemap=True, stored=lambda urls: dict.fromkeys(urls, fetched)
    )
    assert bool(articles) is again
    assert [r.reason for r in rejected] == ([] if again else [Reason.DUPLICATE])


def test_the_newest_are_taken_and_the_rest_is_told(site):
    dates = [f"2031-02-{n:02d}" for n in (3, 1, 4, 2)]
    site.answers |= {"/s.xml": sitemap(*((f"/{n}", d) for n, d in enumerate(dates)))}
    site.answers |= {f"/{n}": answer(page(n)) for n in range(4)}
    articles, rejected = gathered(site, f"{SITE}/s.xml", sitemap=True, most=2)
    assert [a.url for a in articles] == [f"{SITE}/2", f"{SITE}/0"]
    assert [(r.source, "4 pages" in r.detail) for r in rejected] == [(f"{SITE}/s.xml", True)]


def test_two_sitemaps_may_name_one_page(site):
    site.answers |= {
        "/s.xml": sitemap(("/1", "")), "/t.xml": sitemap(("/1", "")), "/1": answer(page(1)),
    }  # fmt: skip
    articles, rejected = gathered(site, f"{SITE}/s.xml", f"{SITE}/t.xml", sitemap=True)
    assert (len(articles), rejected) == (1, [])
