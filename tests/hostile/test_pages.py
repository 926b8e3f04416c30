"""What hostile articles are on every page: text, and nothing that the templates did not write."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from retold.report.html.links import Links
from retold.report.html.piece import body
from tests.report.html import piles
from tests.report.markup import parsed, words_of
from tests.web.conftest import PAGE
from tests.web.test_pages import reach

OWN = {
    ("span", ("class", "title")),  # stands where a character is that would not be seen
    ("h2", ()),  # stands above the stories of a dossier that tells several
    ("li", ("class", "id")),  # a change that is told with little probability
}
"""What the templates write in few cases, and may not stand in a harmless page."""
LEADS = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "ping")


def shapes(page):
    """Return the kinds of elements of a page, each with the names of its attributes."""
    return {
        (element.tag, tuple(sorted(element.attrib)))
        for element in page.iter()
        if isinstance(element.tag, str)
    }


def hold_to_text(page):
    """Hold a page to what no article may bring: a place to load from, a comment, a command."""
    assert not page.xpath("//comment() | //processing-instruction()")
    for element in page.iter():
        for name in LEADS:
            if name in element.attrib:
                parts = urlsplit(element.get(name))
                assert parts.scheme in ("", "http", "https"), element.attrib
                assert element.tag == "a" or not parts.netloc, element.attrib
    assert words_of(page.xpath("//title")[0]) != "taken"
    assert "1337" not in words_of(page)  # what the templates in the articles would give


def kinds(client, start="/"):
    """Return all shapes of the pages that can be reached, by the kind of page."""
    found = {}
    for address in sorted(reach(client, start)):
        page = parsed(client.get(address, headers=PAGE).text)
        found.setdefault(re.sub(r"\d+|\?.*", "", address), []).append((address, page))
    return found


@pytest.fixture(scope="module")
def allowed(calm):
    """What the harmless pages are made of, with that of a story that has all kinds of parts."""
    found = {k: set.union(*(shapes(p) for _, p in v)) for k, v in kinds(calm).items()}
    told = body(piles.dossier(), Links(article=lambda _: "/a", outlet=lambda _: "/o"))
    found["/stories/"] |= shapes(parsed(told.html))
    return found


def test_every_page_is_made_of_what_the_page_of_a_harmless_article_is_made_of(client, allowed):
    found = kinds(client)
    assert set(found) == set(allowed)
    for kind, pages in found.items():
        for address, page in pages:
            hold_to_text(page)
            assert shapes(page) - allowed[kind] - OWN == set(), address
