"""The rules that hold for the markup of every page."""

import base64
import hashlib
import json
import re
from collections import Counter
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from retold.model import ChangeKind, Dossier
from retold.report.html import policy, render
from tests.report.html import fiction, piles
from tests.report.markup import parsed, words_of

DOSSIERS = {
    "plain": piles.dossier,
    "hostile": piles.hostile,
    "wide": lambda: piles.wide(12, 8),
    "crowd": lambda: piles.wide(32, 6),
    "large": lambda: piles.large(70),
    "empty": lambda: Dossier(fiction.run(), (), (), ()),
}


@pytest.fixture(scope="module", params=DOSSIERS)
def page(request):
    return parsed(render(DOSSIERS[request.param]()))


def name_of(element):
    label = element.get("aria-label") or words_of(element)
    if not label and element.getparent().tag == "label":
        label = words_of(element.getparent())
    return label.strip()


def test_ids_are_unique(page):
    counts = Counter(page.xpath("//@id"))
    assert [i for i, n in counts.items() if n > 1] == []


def test_every_internal_link_has_its_target(page):
    ids = set(page.xpath("//@id"))
    links = [h for h in page.xpath("//@href") if h.startswith("#")]
    assert [h for h in links if h[1:] not in ids] == []


def test_every_reference_of_a_label_has_its_target(page):
    ids = set(page.xpath("//@id"))
    for attribute in ("aria-labelledby", "aria-describedby"):
        for value in page.xpath(f"//@{attribute}"):
            assert set(value.split()) <= ids


def test_headings_come_in_order(page):
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(words_of(h) for h in page.xpath("//h1|//h2|//h3|//h4"))


def test_every_control_and_link_has_a_name(page):
    controls = page.xpath("//a|//button|//select|//input|//summary")
    assert controls
    assert [lxml_html.tostring(c) for c in controls if not name_of(c)] == []


def test_every_table_has_headers_with_a_scope(page):
    for table in page.xpath("//table"):
        assert table.xpath("./thead/tr/th")
        assert all(th.get("scope") in {"col", "row"} for th in table.xpath(".//th"))
        for row in table.xpath("./tbody/tr[not(@class='chg')]"):
            assert row[0].tag == "th"


def test_no_attribute_carries_style_or_script(page):
    for element in page.iter():
        for attribute, value in element.attrib.items():
            assert attribute != "style"
            assert not attribute.lower().startswith("on")
            assert "javascript:" not in value.lower() or attribute not in {"href", "src", "action"}
    assert page.xpath("//@src|//@srcset|//@action|//@data|//@poster") == []
    assert page.xpath("//iframe|//img|//object|//embed|//form|//base|//link") == []


def test_only_web_addresses_are_linked_and_they_give_nothing_away(page):
    for a in page.xpath("//a[@href]"):
        if not a.get("href").startswith("#"):
            assert re.match(r"https?://", a.get("href"))
            assert a.get("rel") == "noopener noreferrer nofollow"


def test_the_policy_allows_exactly_our_blocks(page):
    (content,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert content == policy()
    assert content.startswith("default-src 'none'; ")
    assert "unsafe" not in content
    for block in [*page.xpath("//style"), *page.xpath("//script[not(@type)]")]:
        digest = base64.b64encode(hashlib.sha256(block.text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in content
    assert len(page.xpath("//style")) == 1
    assert len(page.xpath("//script[not(@type)]")) == 1
    head = list(page.find("head"))
    assert [e.tag for e in head[:2]] == ["meta", "meta"]  # before anything that it must govern
    assert head[1].get("http-equiv") == "Content-Security-Policy"


def test_the_script_never_parses_markup(page):
    (script,) = page.xpath("//script[not(@type)]")
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttpRequest",
        "DOMParser",
        "localStorage",
        "createContextualFragment",
    ):
        assert way not in script.text


@pytest.mark.parametrize("name", DOSSIERS)
def test_one_dossier_gives_one_page(name):
    assert render(DOSSIERS[name]()) == render(DOSSIERS[name]())


@pytest.mark.parametrize("name", DOSSIERS)
def test_the_page_can_be_written(name):
    assert render(DOSSIERS[name]()).encode("utf-8")
    assert "\x00" not in render(DOSSIERS[name]())


def test_the_filters_know_every_row(page):
    for block in page.xpath("//script[@class='filter-data']"):
        known = json.loads(block.text)
        story = block.xpath("ancestor::article")[0]
        rows = story.xpath(".//tbody[@data-n]/@id|.//section[@class='item']/@id")
        assert sorted(known) == sorted(rows)
        for have, *changes in known.values():
            assert have == sorted(set(have))
            for kind, step, marked, concerned in changes[0] if changes else ():
                assert kind in set(ChangeKind)
                assert step in range(4)
                assert set(marked) <= set(concerned)
