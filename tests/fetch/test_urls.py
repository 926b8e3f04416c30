"""Only plain addresses of pages are asked for, each in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.fetch import urls
from retold.fetch.errors import UnfetchedError
from retold.model import Reason


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ("HTTP://News.Example:80/a", "http://news.example/a"),
        ("https://news.example:443/a?b=c#d", "https://news.example/a?b=c"),
        ("https://news.example./a", "https://news.example/a"),
        (" https://bücher.example/ä b ", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("http://[2620:FE::9]:8080/", "http://[2620:fe::9]:8080/"),
    ],
)
def test_an_address_has_one_form(given, form):
    assert str(urls.checked(given)) == form


@pytest.mark.parametrize(
    "given",
    [
        "ftp://news.example/a", "file:///etc/passwd", "javascript:alert(1)", "gopher://x/", "//x/y",
        "http:///a", "", "http://user:word@news.example/", "http://news.example\\@other.example/",
        "http://news.example:22/", "http://news.example:6379x/", "http://news.example:6667/",
        "http://a b/", "http://a\tb/", "http://[fe80::1%25eth0]/", "http://[nonsense]/",
        "http://１２７.0.0.1/", "http://-/", f"http://{'a' * 300}.example/",
        f"http://news.example/{'a' * 9000}", "http://xn--/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(given):
    with pytest.raises(UnfetchedError) as stop:
        urls.checked(given)
    assert stop.value.reason is Reason.FORBIDDEN_ADDRESS
    assert stop.value.detail.endswith(".")


@pytest.mark.parametrize(
    "target", ["ftp://x/", "http://u@x/", "http://x:22/", "http://[", "a" * 9000]
)
def test_a_redirect_is_judged_like_an_address(target):
    with pytest.raises(UnfetchedError):
        urls.joined(urls.checked("https://news.example/a/b"), target)


def test_a_redirect_may_be_relative():
    base = urls.checked("https://news.example/a/b")
    assert str(urls.joined(base, "../c?d#e")) == "https://news.example/c?d"
    assert str(urls.joined(base, "//other.example")) == "https://other.example"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    for given_ in (text, f"http://{text}", f"https://news.example/{text}"):
        try:
            found = urls.checked(given_)
        except UnfetchedError:
            continue
        assert str(found).isascii()
        assert str(urls.checked(str(found))) == str(found)


@pytest.mark.parametrize("text", ["https://news.example", "HTTP://x/", "ftp://x/", "file:///a"])
def test_an_address_is_told_from_a_path(text):
    assert urls.is_url(text)


@pytest.mark.parametrize("text", ["a.txt", "/a/b", "./a://b", "C:\\a", "news.example", "//x"])
def test_a_path_is_told_from_an_address(text):
    assert not urls.is_url(text)
