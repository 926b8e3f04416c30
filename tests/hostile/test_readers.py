"""What hostile files, pages, feeds and texts are once they are read: plain text, or nothing."""

from __future__ import annotations

import dataclasses
import re
import socket
from urllib.parse import urlsplit

import pytest

from retold.config import ReadConfig
from retold.desk import Desk
from retold.desk.values import ArticleFilter
from retold.feeds import opml
from retold.fetch.pages import from_url
from retold.fetch.sitemap import parse as parse_sitemap
from retold.model import Article, Rejected
from retold.read import read
from retold.read.errors import UnreadableError
from tests.desk.feedsite import feed, watch
from tests.fetch.site import Site, answer, serve
from tests.hostile import files
from tests.hostile.files import EVERYTHING, SITE
from tests.web.conftest import PAGE, csrf_of

NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
SECRET = "the words of a file that no article may name"


def hold_to_text(article):
    """Hold an article to what text is: no controls, no halves of characters."""
    for field in dataclasses.fields(article):
        value = getattr(article, field.name)
        if isinstance(value, str) and field.name != "source":  # the name of its file is what it is
            assert not NO_TEXT.search(value), field.name
    for name in ("title", "outlet", "byline", "url"):
        assert "\n" not in getattr(article, name)
    assert SECRET not in article.text


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return files.written(tmp_path_factory.mktemp("files"))


@pytest.fixture
def site():
    made = Site({})
    end = serve(made)
    yield made
    end()


def test_every_form_of_file_is_read_without_effect(folder, monkeypatch):
    def refuse(*_):
        raise AssertionError("a reader opened a connection")

    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", refuse)
        found = list(read([folder]))
    articles = [item for item in found if isinstance(item, Article)]
    for article in articles:
        hold_to_text(article)
        assert urlsplit(article.url).scheme in ("", "http", "https", "javascript")
    kinds = {article.source.rpartition(".")[2].partition(":")[0] for article in articles}
    assert {"txt", "md", "html", "json", "jsonl", "csv", "warc", "gz"} <= kinds
    assert all(item.detail for item in found if isinstance(item, Rejected))


def test_files_whose_names_are_no_text_are_stored_and_told(folder, tmp_path):
    with Desk.open(tmp_path / "names.desk") as desk:
        sources = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
        added = desk.add(read(sources), " ".join(map(str, sources)))
        assert (added.new, added.rejected) == (2, 1)
        (left,) = desk.rejected(added.run).items
        assert left.source.endswith("\ufffd\x1b[31m\n{forged}\u202e2.txt")
        assert "\ufffd" in desk.run(added.run).source
        values = desk.values(row.id for row in desk.articles().items).values()
        assert any("\ufffd" in value.source for value in values)
        assert desk.check() == []


@pytest.mark.parametrize("raw", [True, False], ids=["raw", "escaped"])
def test_a_page_of_the_web(site, raw):
    site.answers["/a"] = answer(files.page(EVERYTHING, raw=raw), kind="text/html; charset=utf-8")
    (found,) = from_url(site.client(), f"http://{SITE}/a", ReadConfig())
    assert isinstance(found, Article)
    hold_to_text(found)
    assert found.url == f"http://{SITE}/a"
    assert set(site.paths) == {"/robots.txt", "/a"}


def external(path):
    """Return declarations of entities within, without, and of parameters."""
    bomb = "".join(f"<!ENTITY e{n + 1} '" + f"&e{n};" * 10 + "'>" for n in range(9))
    return (
        f'<!DOCTYPE rss [<!ENTITY e0 "{SECRET}">{bomb}<!ENTITY x SYSTEM "{path.as_uri()}">'
        f'<!ENTITY % p SYSTEM "http://{SITE}/dtd"> %p;]>'
    )


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed(site, tmp_path, secret, form):
    made = {
        "rss": lambda: files.rss(EVERYTHING, external(secret)),
        "atom": lambda: files.atom(EVERYTHING),
        "json": lambda: files.json_feed(EVERYTHING),
    }
    site.answers["/feed"] = feed(made[form]())
    with Desk.open(tmp_path / "feed.desk") as desk:
        desk.add_feed(f"http://{SITE}/feed")
        assert watch(desk, site).articles == 1
        (row,) = desk.articles(ArticleFilter()).items
        article = desk.value(row.id)
        hold_to_text(article)
        assert article.url == f"https://{SITE}/{form}"
        (told,) = desk.feeds().items
        assert SECRET not in str((article, told))
        assert "javascript:" not in f"{told.url} {told.site}"
    assert set(site.paths) == {"/robots.txt", "/feed"}


def test_lists_of_feeds_and_of_pages_read_no_files_and_fetch_nothing(secret):
    entities = external(secret)
    body = f"<opml><body><outline text='&x;&e9;' xmlUrl='http://{SITE}/&x;'/></body></opml>"
    found, _ = opml.read(f"{entities}{body}".encode())
    assert SECRET not in str(found)
    pages = f"{entities}<urlset><url><loc>http://{SITE}/&x;&e9;</loc></url></urlset>"
    with pytest.raises(UnreadableError, match="declares"):
        parse_sitemap(pages.encode(), Site({}).client().config)


def test_a_text_that_is_pasted(client, served):
    held = served.desk.status().articles
    csrf = csrf_of(client.get("/seen", headers=PAGE))
    given = {"title": EVERYTHING.title, "outlet": EVERYTHING.outlet, "url": EVERYTHING.url}
    text = EVERYTHING.text.encode("utf-8", "replace").decode()
    fields = {name: value.encode("utf-8", "replace") for name, value in given.items()}
    answer = client.post("/seen", data={"csrf": csrf, "text": text, **fields}, headers=PAGE)
    assert answer.status_code == 200
    assert served.desk.status().articles == held


@pytest.mark.parametrize(
    "given",
    [
        '{"text": "\\ud800 and a lone half. "}',
        '{"text": "x", "title": "\\udfff"}',
        '{"text": ' + "[" * 100_000 + "}",
        '{"text": 1e999}',
        '{"text": "' + "W" * 1_000_001 + '"}',
        '{"text": "x", "published": "9999-99-99"}',
        '{"text": "x", "published": 1e400}',
        '{"url": "http://[::1/"}',
        '{"url": "http://\\u0000/"}',
        "\0",
        "{" * 10_000,
    ],
    ids=range(11),
)
@pytest.mark.parametrize("path", ["/api/v1/seen", "/api/v1/articles"])
def test_what_is_no_request_is_refused(client, path, given):
    token = {"x-csrf-token": client.get("/api/v1/session").json()["csrf"]}
    headers = {**token, "content-type": "application/json"}
    answer = client.post(path, content=given.encode(), headers=headers)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
