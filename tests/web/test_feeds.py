"""Feeds on the pages and by the API."""

from datetime import UTC, datetime

import pytest

from retold.fetch import Fetched, Validators
from tests.report.markup import parsed, words_of
from tests.web.conftest import PAGE, csrf_of
from tests.web.test_pages import hold_to_rules, read

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quell Bell</title>
<link>https://bell.example/</link><description>x</description></channel></rss>"""
SITE = """<html><head><title>Two feeds</title>
<link rel="alternate" type="application/rss+xml" href="/one.xml" title="One">
<link rel="alternate" type="application/rss+xml" href="/two.xml" title="Two"></head></html>"""
KINDS = {"https://bell.example/feed": ("application/rss+xml", FEED)}
KINDS["https://two.example/"] = ("text/html", SITE)


class Web:
    """A web of two addresses."""

    def get(self, url):
        from retold.fetch import Refused
        from retold.model import Reason

        if url not in KINDS:
            return Refused(url, Reason.MISSING, "Nobody answers there.")
        kind, body = KINDS[url]
        headers = (("content-type", kind),)
        now = datetime.now(UTC)
        return Fetched(url, url, url, 200, headers, body.encode(), now, Validators())


@pytest.fixture
def served(serve):
    found = serve()
    found.app.state.web = Web()
    return found


def send(client, path, **fields):
    token = csrf_of(client.get("/feeds", headers=PAGE))
    return client.post(path, data={"csrf": token, **fields}, headers=PAGE, follow_redirects=False)


def test_feeds_are_watched_shown_and_removed(served):
    client = served.client()
    assert send(client, "/feeds", url="https://bell.example/feed").status_code == 303
    page = read(client, "/feeds")
    assert "Quell Bell" in words_of(page.xpath("//table//th[@scope='row']")[0])
    assert "not asked yet" in words_of(page.xpath("//table")[0])
    several = send(client, "/feeds", url="https://two.example/")
    assert several.status_code == 422
    hold_to_rules(parsed(several.text))
    assert send(client, "/feeds", url="https://two.example/", every="1").status_code == 303
    opml = client.get("/api/v1/feeds.opml")
    assert opml.text.count("xmlUrl") == 3
    number = client.get("/api/v1/feeds").json()["items"][0]["number"]
    assert send(client, f"/feeds/{number}/remove").status_code == 303
    assert client.get(f"/api/v1/feeds/{number}").status_code == 404
    again = send(client, "/feeds/opml", opml=opml.text)
    assert again.status_code == 303
    assert len(served.desk.feeds().items) == 3


@pytest.mark.parametrize("url", ["", "x", "https://nobody.example/", "javascript:alert(1)"])
def test_what_is_no_feed_is_said(served, url):
    answer = send(served.client(), "/feeds", url=url)
    assert answer.status_code == 422
    assert words_of(parsed(answer.text).xpath("//*[@role='alert']")[0])


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY e SYSTEM "file:///etc/passwd">]><opml version="2.0"><body>
<outline xmlUrl="https://a.example/feed" text="&b;&e;"/></body></opml>"""


@pytest.mark.parametrize("opml", ["", "{}", "\x00", BOMB])
def test_what_is_no_list_is_said_and_no_entity_is_followed(served, opml):
    answer = send(served.client(), "/feeds/opml", opml=opml)
    told = read(served.client(), "/feeds")
    assert answer.status_code == 422 or opml == BOMB
    assert "root:" not in words_of(told)
    assert "aaaaaaaaaaaaaaaaaaaa" not in words_of(told)


def test_feeds_by_the_api(served):
    client = served.client()
    token = {"x-csrf-token": client.get("/api/v1/session").json()["csrf"]}
    wanted = {"url": "https://bell.example/feed", "outlet": "The Bell"}
    (made,) = client.post("/api/v1/feeds", json=wanted, headers=token).json()
    assert made["outlet"] == "The Bell"
    assert client.get("/api/v1/feeds").json()["items"] == [made]
    assert client.get("/api/v1/sites/kin").json() == []
    gone = client.delete(f"/api/v1/feeds/{made['number']}", headers=token)
    assert gone.json()["number"] == made["number"]
    none = client.post("/api/v1/feeds", json={"url": "https://x.example/"}, headers=token)
    assert none.status_code == 422
