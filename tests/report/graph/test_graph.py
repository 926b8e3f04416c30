"""Every form of a graph holds all of it, and can be read back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from lxml import etree

import retold
from retold.errors import UsageError
from retold.model import Dossier, StoryDossier
from retold.report.graph import FORMATS, dot, gexf, graphml, newick, nodelink, write
from retold.report.graph.dot import plain
from retold.report.graph.stemma import LINK_FIELDS, NODE_FIELDS, stemma_graph
from retold.report.graph.values import Graph
from retold.report.html.naming import visible
from tests.report.graph import parse
from tests.report.html import piles


def tree(made: Dossier) -> Dossier:
    """Return the dossier with the first parent of each version only."""
    stories: list[StoryDossier] = []
    for story in made.stories:
        first = {}
        for edge in sorted(story.stemma.edges, key=lambda e: -e.probability):
            first.setdefault(edge.child, edge)
        stemma = dataclasses.replace(story.stemma, edges=tuple(first.values()))
        stories.append(dataclasses.replace(story, stemma=stemma))
    return dataclasses.replace(made, stories=tuple(stories))


PILES = {"plain": piles.dossier, "hostile": piles.hostile, "wide": lambda: piles.wide(12, 6)}


@pytest.fixture(params=PILES)
def graph(request: pytest.FixtureRequest) -> Graph:
    return stemma_graph(PILES[request.param]())


def line(text: str) -> str:
    return visible(" ".join(text.split()))


def test_dot_comes_back(graph: Graph) -> None:
    read = parse.dot(dot.write(graph))
    assert [(n, line(v["label"])) for n, v in read.nodes.items()] == [
        (n.id, line(n.label)) for n in graph.nodes
    ]
    assert [link[:2] for link in read.links] == [(k.source, k.target) for k in graph.links]
    for (_, _, values), link in zip(read.links, graph.links, strict=True):
        told = {f"retold_{k}": plain(v) for k, v in link.values.items()}
        assert {k: line(v) for k, v in told.items()} == {k: line(values[k]) for k in told}
        assert values["style"] == ("dashed" if link.faint else "solid")
        assert ("color" in values) == link.further
    assert len(read.clusters) == len(graph.groups)


@pytest.mark.parametrize("form", [graphml, gexf])
def test_xml_comes_back(graph: Graph, form) -> None:
    root = etree.fromstring(form.write(graph))
    space = {"x": form.NAMESPACE}
    names = {"graphml": ("data", "key"), "gexf": ("attvalue", "for")}
    tag, key = names[etree.QName(root).localname]
    for kind, wanted, fields in (
        ("node", graph.nodes, NODE_FIELDS),
        ("edge", graph.links, LINK_FIELDS),
    ):
        elements = root.findall(f".//x:{kind}", space)
        assert len(elements) == len(wanted)
        for element, one in zip(elements, wanted, strict=True):
            found = {
                e.get(key).removeprefix(f"{kind}-"): e.get("value") or e.text or ""
                for e in element.iter(f"{{{form.NAMESPACE}}}{tag}")
            }
            numbers = {f.name for f in fields if f.type in (int, float)}
            told = {k: plain(v) for k, v in one.values.items()}
            assert numbers & told.keys() == numbers & found.keys()
            assert all(float(found[n]) == float(told[n]) for n in numbers & told.keys())
            assert told.keys() <= found.keys()
        if kind == "edge":
            ends = [(e.get("source"), e.get("target")) for e in elements]
            assert ends == [(k.source, k.target) for k in graph.links]
    declared = {e.get("id") for e in root.iter() if e.get("id")}
    assert {e.get(key) for e in root.iter(f"{{{form.NAMESPACE}}}{tag}")} <= declared


def test_json_comes_back(graph: Graph) -> None:
    text = nodelink.write(graph)
    assert "<" not in text
    read = json.loads(text)
    assert read["nodes"] == [{"id": n.id, "label": n.label, **n.values} for n in graph.nodes]
    assert [e["probability"] for e in read["edges"]] == [k.weight for k in graph.links]


@pytest.mark.parametrize("pile", PILES)
def test_newick_comes_back(pile: str) -> None:
    graph = stemma_graph(tree(PILES[pile]()))
    lines = newick.write(graph).splitlines()
    trees = [row for row in lines if not row.startswith("[")]
    read = [node for row in trees for node in parse.newick(row)]
    names = {n.id: line(n.label) for n in graph.nodes}
    above = {names[k.target]: names[k.source] for k in graph.links}
    assert {(name, parent) for name, parent, _ in read} == {
        (name, above.get(name)) for name in names.values()
    }
    assert all(note.startswith("[&probability=") == bool(parent) for _, parent, note in read)


def test_what_is_no_tree_is_said_so() -> None:
    made = piles.dossier()
    with pytest.raises(UsageError, match=r"draws on several versions; write \.dot"):
        newick.write(stemma_graph(made))
    both = dataclasses.replace(made, stories=(*made.stories, *tree(made).stories))
    lines = newick.write(stemma_graph(both)).splitlines()
    assert "draws on several versions" in lines[0]
    assert lines[1].startswith("[Story 2: ")
    assert lines[2].endswith(";")


def test_the_stemma_is_told_whole() -> None:
    made = piles.dossier()
    (story,) = made.stories
    graph = stemma_graph(made)
    by_article = {str(n.values["article"]): n for n in graph.nodes}
    assert by_article.keys() == {*story.articles, *(h.id for h in story.stemma.hypothetical)}
    links = {k.values["edge"]: k for k in graph.links}
    for edge in story.stemma.edges:
        if edge.parent is None:
            root = by_article[edge.child]
            assert root.values["root"] is True
            assert root.values["root_probability"] == edge.probability
            continue
        link = links[edge.id]
        ends = (by_article[edge.parent].id, by_article[edge.child].id)
        assert (link.source, link.target) == ends
        assert link.faint is not edge.decided
        assert all(e.explanation in str(link.values["evidence"]) for e in edge.evidence)
        if edge.runner_up and edge.runner_up.parent:
            assert link.values["runner_up"] == by_article[edge.runner_up.parent].id
    assert any(k.further for k in graph.links)
    assert {n.faint for n in graph.nodes} == {True, False}
    for node in graph.nodes:
        assert node.values.keys() <= {f.name for f in NODE_FIELDS}
    for question in story.stemma.undecided:
        assert any(question.question in note for note in graph.notes)


def test_addresses_that_may_be_no_links_are_none() -> None:
    text = dot.write(stemma_graph(piles.hostile()))
    assert "URL=" not in text
    assert 'URL="https://' in dot.write(stemma_graph(piles.dossier()))


def test_every_form_of_the_api(tmp_path: Path) -> None:
    paths = [tmp_path / f"stemma{ending}" for ending in FORMATS if ending != ".nwk"]
    assert retold.export(piles.dossier(), graph=paths) == paths
    assert all(p.stat().st_size for p in paths)
    assert retold.export(piles.dossier(), graph=str(paths[0])) == paths[:1]
    with pytest.raises(UsageError, match=r"stemma\.png: name a file that ends in \.dot"):
        retold.export(piles.dossier(), graph=tmp_path / "stemma.png")


def test_nothing_is_a_graph_of_nothing() -> None:
    made = piles.dossier()
    empty = stemma_graph(dataclasses.replace(made, stories=()))
    with pytest.raises(UsageError, match="there is no graph here"):
        write(empty, Path("x.nwk"))
    assert parse.dot(str(write(empty, Path("x.dot")))).nodes == {}
