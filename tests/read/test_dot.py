"""Drawn stemmata are read as they are published, and as Retold writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.errors import InputError
from retold.read.dot import read_dot
from retold.report.graph import dot
from retold.report.graph.stemma import stemma_graph
from tests.report.html import piles

DRAWN = r"""
/* the herons */ strict digraph "The \"herons\"" {
  rankdir=TB; node [shape=box, label="x -> y"]
  # a comment
  0 [label="archetype"];
  0 -> A [weight=2];  0 -> "beta 1" -> {B; C} // two copies
  subgraph cluster_x { C -> D }
  A -> D:n [style=dashed]
  SubGraph { Node [color=red] C }
  B [label=<<table><tr><td>a ] b</td></tr></table>>]
}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "heron.dot"
    path.write_text(text, encoding="utf-8")
    return path


def test_who_copied_whom_is_read(tmp_path: Path) -> None:
    assert read_dot(write(tmp_path, DRAWN)) == {
        "0": (),
        "A": ("0",),
        "beta 1": ("0",),
        "B": ("beta 1",),
        "C": ("beta 1",),
        "D": ("A", "C"),
    }


def test_a_long_line_of_copies_is_read(tmp_path: Path) -> None:
    drawn = " -> ".join(f"n{n}" for n in range(20_000, 0, -1))
    found = read_dot(write(tmp_path, f"digraph {{ {drawn} }}"))
    assert found["n20000"] == ()
    assert found["n1"] == ("n2",)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=12))
def test_what_descends_from_itself_is_refused(
    tmp_path_factory: pytest.TempPathFactory, links: list[tuple[int, int]]
) -> None:
    text = "; ".join(f"{a} -> {b}" for a, b in links)
    reached = set(links)  # the slow way: all that can be reached
    for middle in range(8):
        reached |= {(a, d) for a, b in reached if b == middle for c, d in reached if c == middle}
    path = write(tmp_path_factory.mktemp("any"), f"digraph {{ {text} }}")
    if any(a == b for a, b in reached):
        with pytest.raises(InputError, match="descend from themselves"):
            read_dot(path)
    else:
        names = {str(n) for link in links for n in link}
        assert read_dot(path) == {
            n: tuple(sorted({str(a) for a, b in links if str(b) == n})) for n in names
        }


@given(st.text('digraph{}[]<>-=;,:"\\ ab\n/*#', max_size=60), st.booleans())
def test_any_text_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, begun: bool
) -> None:
    path = write(tmp_path_factory.mktemp("any"), f"digraph {{ {text}" if begun else text)
    try:
        found = read_dot(path)
    except InputError:
        return
    assert {p for parents in found.values() for p in parents} <= found.keys()


@pytest.mark.parametrize("pile", [piles.dossier, piles.hostile, lambda: piles.wide(12, 6)])
def test_what_retold_draws_is_read_back(tmp_path: Path, pile) -> None:
    graph = stemma_graph(pile())
    wanted = {n.id: () for n in graph.nodes}
    for link in graph.links:
        wanted[link.target] = tuple(sorted((*wanted[link.target], link.source)))
    assert read_dot(write(tmp_path, dot.write(graph))) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("graph { A -- B }", "not a directed graph"),
        ("digraph { A -- B }", "a line without direction"),
        ("digraph { A -> B", "a closing } is missing"),
        ("digraph { A -> ; }", "where a node should stand"),
        ("digraph { A ~ B }", ":1: not DOT at '~ B }'"),
        ("digraph { }", "no node is drawn"),
        ("digraph { A -> B -> C -> A }", "some descend from themselves, among them A, B, C"),
        ("", "not a directed graph"),
        ("digraph { " + "{" * 5_000, "nested more than"),
        ("digraph { A -> B [label=<<b>]; }", "not DOT at '<<b>]; }'"),
    ],
)
def test_what_is_no_stemma_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_dot(write(tmp_path, text))
    assert message in str(caught.value)
