"""Graphs for other programs: Graphviz, Gephi, tree viewers, and whoever reads JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from retold.errors import UsageError
from retold.report.graph import dot, gexf, graphml, newick, nodelink
from retold.report.graph.values import Graph

FORMATS: dict[str, tuple[str, Callable[[Graph], str | bytes]]] = {
    ".dot": ("Graphviz", dot.write),
    ".gv": ("Graphviz", dot.write),
    ".nwk": ("Newick, where it is a tree", newick.write),
    ".graphml": ("GraphML, for Gephi, yEd and Cytoscape", graphml.write),
    ".gexf": ("GEXF, for Gephi", gexf.write),
    ".json": ("nodes and edges as JSON, for networkx and D3", nodelink.write),
}
"""What a graph can be written as, by the ending of the file."""


def write(graph: Graph, path: Path) -> str | bytes:
    """Return the graph in the form that the ending of ``path`` names.

    Raises:
        UsageError: the ending is none of :data:`FORMATS`, or it is ``.nwk`` and nothing is a tree.
    """
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path}: name a file that ends in {', '.join(FORMATS)}")
    return FORMATS[path.suffix.lower()][1](graph)
