"""Who carries whose text is counted rightly, and every form tells it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

import retold
from retold.corpus.results import load_scan
from retold.errors import UsageError
from retold.report.graph import dot
from retold.report.outlets.gather import of_dossier
from retold.report.outlets.graph import LINK_FIELDS, NODE_FIELDS, outlet_graph
from retold.report.outlets.page import render
from retold.report.outlets.values import Carriage, Outlet, Outlets
from tests.corpus.fiction import barge
from tests.report.graph import parse
from tests.report.outlets.conftest import two_stories


def test_a_dossier_is_counted_by_its_stemmata(found: dict[str, Outlets]) -> None:
    dossier = two_stories()
    articles = {a.id: a for a in dossier.articles}
    wanted = {}
    for edge in dossier.stories[0].stemma.edges:
        if edge.child in articles and edge.parent in articles:
            pair = (articles[edge.child].outlet, articles[edge.parent].outlet)
            if all(pair) and pair[0] != pair[1]:
                wanted[pair] = edge
    assert wanted
    by_pair = {(c.outlet, c.source): c for c in found["two"].carried}
    for pair, edge in wanted.items():
        assert edge.id in {case.edge for case in by_pair[pair].cases}
    pairs = {pair for pair in by_pair if pair[1] != "Ferrol Wire"}
    assert wanted.keys() <= pairs


def test_an_agency_that_nobody_collected_is_an_outlet(found: dict[str, Outlets]) -> None:
    made = found["two"]
    assert [o.collected for o in made.outlets if o.name == "Ferrol Wire"] == [False]
    carried = [c for c in made.carried if c.source == "Ferrol Wire"]
    named = {a.outlet for a in two_stories().articles} - {""}
    assert {c.outlet for c in carried} <= named
    assert len(carried) >= 5
    for c in carried:
        assert (c.sure, c.share, c.lag, c.stories) == (0.9, 0.5, None, 1)
        assert c.articles == len(c.cases)
        assert all(case.source == "" for case in c.cases)
    assert sum(c.undecided for c in carried) <= 1
    assert made.stories == 2


def test_stories_of_one_headline_are_two() -> None:
    made = two_stories()
    again = dataclasses.replace(made.stories[0], id="story:copy")
    twice = of_dossier(dataclasses.replace(made, stories=(made.stories[0], again)))
    assert {c.stories for c in twice.carried} == {2}


def test_lag_is_told_in_hours(found: dict[str, Outlets]) -> None:
    articles = two_stories().articles
    when = {a.outlet: a.published for a in articles if a.outlet}
    told = 0
    for c in found["two"].carried:
        first, second = when.get(c.source), when.get(c.outlet)
        if len(c.cases) == 1 and first and second and c.lag is not None:
            assert c.lag == pytest.approx((second - first).total_seconds() / 3600)
            told += 1
    assert told


def test_of_a_scan_each_pair_is_told_once_from_the_later_side(
    found: dict[str, Outlets], tmp_path: Path
) -> None:
    made = found["scan"]
    pairs = [frozenset((c.outlet, c.source)) for c in made.carried]
    assert pairs
    assert len(set(pairs)) == len(pairs)
    table = load_scan(barge().fiction.write(tmp_path)).outlets.to_table().to_pylist()
    rows = {(r["outlet"], r["other"]): r for r in table}
    for c in made.carried:
        row, back = rows[c.outlet, c.source], rows.get((c.source, c.outlet))
        assert c.articles == row["articles"]
        assert c.lag == row["median_lag"]
        if back is not None:
            assert row["later"] - row["earlier"] >= back["later"] - back["earlier"]
    assert made.by_time


@pytest.mark.parametrize("name", ["two", "hostile", "scan", "hostile scan", "crowd", "empty"])
def test_every_form_tells_all_of_it(found: dict[str, Outlets], name: str) -> None:
    graph = outlet_graph(found[name])
    read = parse.dot(dot.write(graph))
    assert len(read.nodes) == len(found[name].outlets)
    assert len(read.links) == len(found[name].carried)
    for node in graph.nodes:
        assert node.values.keys() <= {f.name for f in NODE_FIELDS}
    for link in graph.links:
        assert link.values.keys() <= {f.name for f in LINK_FIELDS}
        assert 0 <= link.weight <= 1
    page = lxml_html.document_fromstring(render(found[name]))
    rows = page.xpath("//table[@class='pairing']/tbody/tr")
    assert len(rows) == min(200, len(found[name].carried))
    assert render(found[name]) == render(found[name])


def test_many_pairs_of_outlets_that_share_with_no_other_are_drawn() -> None:
    names = [f"{side} {n:02}" for side in ("Argus", "Wire") for n in range(20)]
    carried = tuple(
        Carriage(names[n], names[20 + n], 3, 0.5, 0.5, 1.0, 0.9, 0, 1) for n in range(20)
    )
    outlets = Outlets(tuple(Outlet(n, 6) for n in names), carried, False, 20, 0)
    page = lxml_html.document_fromstring(render(outlets))
    assert len(page.xpath("//table[@class='pairing']/tbody/tr")) == 20
    assert len(page.xpath("//g[@class='lines']/path")) == 7
    assert len(page.xpath("//g[@class='names']/circle")) == 14
    assert "26 more outlets stand in the table" in page.text_content()


def test_the_api_writes_page_and_graphs(tmp_path: Path) -> None:
    drawn = [tmp_path / f"outlets{ending}" for ending in (".dot", ".graphml", ".gexf", ".json")]
    page = tmp_path / "outlets.html"
    made = retold.outlets(two_stories(), html=page, graph=drawn)
    assert page.read_text("utf-8").startswith("<!doctype html>")
    space = {"x": "http://gexf.net/1.3"}
    gexf = etree.parse(drawn[2])
    labels = {n.get("label") for n in gexf.findall(".//x:node", space)}
    assert labels == {o.name for o in made.outlets}
    assert len(json.loads(drawn[3].read_text("utf-8"))["edges"]) == len(made.carried)
    with pytest.raises(UsageError, match="draws on several"):
        retold.outlets(two_stories(), graph=tmp_path / "outlets.nwk")
