"""The page of a scan as markup: what can be said of it without a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from math import hypot
from typing import Any

import pytest

from retold.corpus.results import Scan
from retold.report.scan.graph import NODE, graph
from retold.report.scan.page import policy, render
from retold.report.scan.pair import Pair
from retold.report.scan.view import SHOWN, build
from tests.corpus.fiction import HERON, Barge

# the rules that hold for every page
from tests.report.html.test_rules import (  # noqa: F401
    test_every_control_and_link_has_a_name,
    test_every_internal_link_has_its_target,
    test_every_reference_of_a_label_has_its_target,
    test_every_table_has_headers_with_a_scope,
    test_headings_come_in_order,
    test_ids_are_unique,
    test_no_attribute_carries_style_or_script,
    test_only_web_addresses_are_linked_and_they_give_nothing_away,
)
from tests.report.markup import parsed, words_of

Scans = dict[str, Scan]


@pytest.fixture(scope="module", params=["plain", "hostile", "crowd", "empty"])
def page(request: pytest.FixtureRequest, scans: Scans) -> Any:
    return parsed(render(scans[request.param]))


@pytest.fixture(scope="module")
def plain(scans: Scans) -> Any:
    return parsed(render(scans["plain"]))


def test_the_policy_allows_exactly_our_blocks(page: Any) -> None:
    (content,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert content == policy()
    assert content.startswith("default-src 'none'; ")
    assert "unsafe" not in content
    for block in [*page.xpath("//style"), *page.xpath("//script")]:
        digest = base64.b64encode(hashlib.sha256(block.text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in content


def test_the_same_tables_give_the_same_page(scans: Scans) -> None:
    assert render(scans["plain"]) == render(scans["plain"])


def test_hostile_text_is_text(scans: Scans) -> None:
    text = render(scans["hostile"])
    assert "<script>window" not in text
    assert not {"\x1b", "\x07", "\u202e", "\u202c"} & set(text)
    page = parsed(render(scans["hostile"]))
    assert "{{ 7 * 7 }} &lt;b&gt; --> ]]>" in words_of(page.xpath("//blockquote")[0])
    assert page.xpath("//blockquote//*[@class='ctl']")


def test_the_sizes_are_told_by_number_and_bar(plain: Any) -> None:
    rows = [
        (words_of(r[0]), words_of(r[1]), r.xpath(".//*[local-name()='rect']/@width"))
        for r in plain.xpath("//table[@class='hist']/tbody/tr")
    ]
    assert rows == [("2", "1", ["100.0"]), ("3", "0", []), ("4", "1", ["100.0"])]


def test_a_group_says_what_joined_each_member(plain: Any, told: Barge) -> None:
    rows = plain.xpath("//*[@id='g1']//tbody/tr")
    assert [r.xpath(".//th/*[@class='hash']")[0].text for r in rows] == [
        told.wire,
        told.late,
        told.post,
        told.gazette,
    ]
    assert words_of(rows[0]).endswith("the first")
    joined = words_of(rows[2])
    for said in (
        "River blocked by grain barge",
        "Harbour Post",
        "3 March 2031, 08:00 UTC",
        "Meridian Wire, 3 March 2031, 06:00 UTC",
        "light edits",
        told.matches["post"],
        "63 %",
        "82 %",
    ):
        assert said in joined, said
    assert rows[2].xpath(".//td/a/@href") == ["#g1-1"]
    assert rows[0].xpath(".//th/a/@href") == ["https://meridian.example/isk"]
    assert told.barge_group in words_of(plain.get_element_by_id("g1"))


def test_a_passage_names_its_first_and_its_carriers(plain: Any, told: Barge) -> None:
    first = words_of(plain.get_element_by_id("p1"))
    assert "In 4 articles of 3 outlets, 3 words Nobody was hurt." in first
    assert "First in Barge blocks the Isk, Meridian Wire, 3 March 2031, 06:00 UTC" in first
    assert told.passage in first
    carriers = [words_of(c) for c in plain.xpath("//*[@id='p1']//li")]
    assert len(carriers) == 4
    assert carriers[1].startswith("Harbour Post: River blocked by grain barge 3 March 2031")
    assert carriers[1].endswith("characters 162 to 178")
    second = words_of(plain.get_element_by_id("p2"))
    assert HERON in second
    assert "Without dates; first listed in Herons return" in second


def test_picture_and_table_of_the_outlets_say_the_same(scans: Scans) -> None:
    for name in ("plain", "crowd"):
        page = parsed(render(scans[name]))
        drawn = page.xpath("//*[local-name()='g'][@class='lines']//*[local-name()='title']")
        told = page.xpath("//table[@class='pairing']/tbody/tr/th")
        assert sorted(words_of(t) for t in drawn) == sorted(words_of(t) for t in told)
        assert drawn
        arrows = page.xpath("//*[local-name()='g'][@class='lines']/*[@marker-end]")
        assert len(arrows) == sum("carries text of" in words_of(t) for t in told)


def test_who_carries_is_told_from_the_later_side(plain: Any) -> None:
    rows = [[words_of(c) for c in row] for row in plain.xpath("//table[@class='pairing']/tbody/tr")]
    later = "2 after, 0 before; median 16 hours later"
    assert rows[0] == [
        "Harbour Post carries text of Meridian Wire", "2", "100 %", "100 %", later
    ]  # fmt: skip
    assert rows[1][0] == "Low Tarn Letter shares text with (no outlet)"
    assert rows[1][4] == "no times"


def test_what_is_not_told_is_counted(scans: Scans) -> None:
    page = parsed(render(scans["crowd"]))
    said = words_of(page)
    for words in (
        "360 further versions stand in groups.parquet.",
        "40 further groups stand in groups.parquet.",
        "40 further passages stand in passages.parquet.",
        "400 further inputs stand in rejected.parquet.",
        "and 380 more",
        "Of 40 outlets that share text, the 14 that share most and their 40 strongest pairs",
    ):
        assert words in said, words
    assert len(page.xpath("//details[@class='version']")) == SHOWN.groups


def test_what_was_left_out_and_how_it_was_made_is_told(plain: Any) -> None:
    left = words_of(plain.get_element_by_id("left-out"))
    assert "2 empty, 1 binary" in left
    assert "photo.jpgbinaryIt is a picture" in left
    run = words_of(plain.get_element_by_id("run"))
    assert "Pairs aligned6" in run
    assert "shingle5" in run
    assert "news.jsonl4,096aaaa" in run


def test_nothing_found_is_said(scans: Scans) -> None:
    said = words_of(parsed(render(scans["empty"])))
    for words in (
        "No two articles are versions of one text.",
        "No passage stands in several articles.",
        "No two outlets share text.",
        "Every input was read.",
    ):
        assert words in said


def test_where_files_lie_is_nobody_elses_business(scans: Scans) -> None:
    page = build(scans["plain"])
    assert [r[0] for r in page.rejected] == ["blank.txt", "empty.txt", "photo.jpg"]
    assert str(scans["plain"].folder) not in render(scans["plain"])


@pytest.mark.parametrize("among", [2, 3, 14])
def test_dots_and_names_stand_inside_the_picture_and_apart(among: int) -> None:
    names = [f"Outlet {i}" for i in range(among)]
    pairs = [Pair(a, b, 3, 0.5, 0.5, 2, 1, 1.0) for a, b in pairwise(names)]
    drawn = graph(pairs)
    assert [n.name for n in drawn.nodes] != []
    for one in drawn.nodes:
        assert 0 < one.x < drawn.width
        assert 0 < one.label_y < drawn.height
        for other in drawn.nodes:
            assert one is other or hypot(one.x - other.x, one.y - other.y) > 4 * NODE
    for line in drawn.lines:
        assert re.fullmatch(r"M[\d.]+ [\d.]+Q[\d.]+ [\d.]+ [\d.]+ [\d.]+", line.path)
