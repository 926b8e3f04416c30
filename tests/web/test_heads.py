"""HEAD is answered as GET is, without the body."""

import http.client

import pytest

from tests.web.browsing import serving
from tests.web.conftest import PAGE, TOKEN

WHAT = ("/", "/articles/1", "/articles/99", "/nowhere", "/api/v1/articles", "/healthz")
LASTING = ("content-type", "content-length", "content-security-policy", "cache-control")


@pytest.mark.parametrize("path", WHAT)
def test_it_has_the_headers_of_get_and_no_body(filled, path):
    client = filled.client()
    client.get("/seen", headers=PAGE)  # the browser has its cookie
    got, asked = (client.request(method, path, headers=PAGE) for method in ("GET", "HEAD"))
    assert asked.status_code == got.status_code
    assert asked.content == b""
    assert [asked.headers.get(n) for n in LASTING] == [got.headers.get(n) for n in LASTING]
    assert filled.lines[-1]["method"] == "HEAD"
    assert filled.lines[-1]["route"] == filled.lines[-2]["route"]


def test_who_may_not_read_may_not_ask_for_heads(serve):
    client = serve(token=TOKEN).client()
    assert client.head("/api/v1/articles").status_code == 401
    assert client.head("/metrics").status_code == 401


def test_what_changes_something_has_none(client):
    assert client.head("/logout").status_code == 405


def test_over_the_network_too(stock, tmp_path):
    (tmp_path / "0.desk").write_bytes(stock.read_bytes())
    with serving(tmp_path / "0.desk") as address:
        connection = http.client.HTTPConnection(address.removeprefix("http://"))
        for _ in range(2):  # the connection is as it was
            connection.request("HEAD", "/articles")
            answer = connection.getresponse()
            assert answer.status == 200
            assert int(answer.headers["content-length"]) > 1000
            assert answer.read() == b""
        connection.close()
