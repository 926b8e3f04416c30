"""Drawn stemmata are read as they are published, and as Retold writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    ],
)
def test_what_is_no_stemma_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_dot(write(tmp_path, text))
    assert message in str(caught.value)
