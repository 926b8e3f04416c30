"""The report as a piece of another page: the same markup, ids of its own, links to elsewhere."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from retold.model import Revision
from retold.report.html import Lead, Links, body, render
from retold.report.html.assets import SCRIPTS, STYLES
from tests.report.html import piles
from tests.report.html.test_related import told
from tests.report.html.test_rules import DOSSIERS
from tests.report.markup import words_of

DESK = Links(
    article=lambda article: f"/articles/{article.id}",
    outlet=lambda name: f"/outlets/{name}",
    story=lambda story: Lead(f"<b>{story}</b>", f"/stories/{story}"),
)


@pytest.fixture(scope="module", params=DOSSIERS)
def dossier(request):
    return DOSSIERS[request.param]()


def test_the_one_file_page_shows_the_same(dossier):
    prefix = "unlikely-to-stand-in-a-text-"
    piece = body(dossier, prefix=prefix)
    assert piece.html.replace(prefix, "") in render(dossier)


def test_all_ids_are_its_own_and_nothing_runs_or_is_styled_inline(dossier):
    piece = body(dossier, DESK)
    tree = lxml_html.fragment_fromstring(piece.html, create_parent="main")
    ids = Counter(tree.xpath("//@id"))
    assert ids
    assert max(ids.values()) == 1
    assert all(i.startswith("told-") for i in ids)
    internal = [h[1:] for h in tree.xpath("//@href") if h.startswith("#")]
    assert set(internal) <= set(ids)
    assert {href[1:] for href, _ in piece.skips} <= set(ids)
    for name in ("aria-labelledby", "aria-describedby", "for"):
        assert {i for value in tree.xpath(f"//@{name}") for i in value.split()} <= set(ids)
    assert tree.xpath("//@style|//style|//link|//@src|//form|//base|//meta") == []
    assert {script.get("type") for script in tree.xpath("//script")} <= {"application/json"}
    assert not any(a.startswith("on") for e in tree.iter() for a in e.attrib)
    assert [h.tag for h in tree.xpath("//h1")] == []


def test_it_says_what_the_page_must_load():
    piece = body(piles.dossier())
    assert (piece.styles, piece.scripts) == (STYLES, SCRIPTS)


def test_what_has_a_page_elsewhere_is_linked():
    dossier = told()
    story = dossier.stories[0]
    earlier = replace(dossier.articles[0], id="sha256:0", text="Gone now.")
    dossier = replace(dossier, revisions=(Revision(earlier, story.articles[0]),))
    piece = body(replace(dossier, stories=(story,)), DESK)
    tree = lxml_html.fragment_fromstring(piece.html, create_parent="main")
    texts = tree.xpath("//details[contains(@class, 'version')]")
    pages = [t.xpath(".//p[@class='headline']/a/@href") for t in texts]
    assert sorted(pages) == sorted([f"/articles/{a}"] for a in story.articles)
    outlets = set(tree.xpath("//dl[@class='facts']//a/@href")) - {
        h for h in tree.xpath("//@href") if h.startswith("#")
    }
    named = {a.outlet for a in dossier.articles if a.id in story.articles and a.outlet}
    assert outlets == {f"/outlets/{name}" for name in named}
    assert set(tree.xpath("//dl[@class='about']//a/@href")) >= outlets
    (link,) = tree.xpath("//ul[@class='related']//a")  # the dossier has it, the piece has not
    assert link.get("href") == f"/stories/{story.related[0].story}"
    assert words_of(link) == f"<b>{story.related[0].story}</b>"
    assert "/articles/sha256:0" in tree.xpath("//details[@class='revision']//a/@href")


def test_what_the_piece_itself_holds_is_linked_within_it():
    dossier = told()
    tree = lxml_html.fragment_fromstring(body(dossier, DESK).html, create_parent="main")
    links = tree.xpath("//ul[@class='related']//a/@href")
    assert len(links) == 2
    assert all(link.startswith("#told-") for link in links)
    single = tree.xpath("//ul[@class='singles']/li/details")[0]
    (alone,) = dossier.stories[1].articles
    assert single.xpath("./p[@class='url']/a/@href")[0] == f"/articles/{alone}"


def test_addresses_are_attributes_and_nothing_else():
    evil = '"><script>window.pwned = 1</script>'
    links = Links(lambda _: evil, lambda _: evil, lambda _: Lead(evil, evil))
    dossier = told()
    piece = body(replace(dossier, stories=dossier.stories[:1]), links)
    assert "<script>window" not in piece.html
    tree = lxml_html.fragment_fromstring(piece.html, create_parent="main")
    assert evil in tree.xpath("//ul[@class='related']//a/@href")


@pytest.mark.parametrize("prefix", ["", "x", "1-", "-", "a b-", 'a"-', "é-", "a-\n"])
def test_a_prefix_must_be_able_to_begin_an_id(prefix):
    with pytest.raises(ValueError, match="cannot begin an id"):
        body(piles.dossier(), prefix=prefix)


def test_one_dossier_gives_one_piece(dossier):
    assert body(dossier, DESK) == body(dossier, DESK)
    assert not re.search(r"0x[0-9a-f]{6,}", body(dossier, DESK).html)
