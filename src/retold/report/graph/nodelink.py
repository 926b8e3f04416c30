"""Nodes and edges as JSON, as ``networkx.node_link_graph`` and D3 read them."""

from __future__ import annotations

import json

from retold.report.graph.values import Graph


def write(graph: Graph) -> str:
    """Return the graph; ``<`` is escaped, so that it may stand in a web page."""
    made = {
        "directed": True,
        "multigraph": False,
        "graph": {
            "title": graph.title,
            "groups": list(graph.groups),
            "notes": list(graph.notes),
        },
        "nodes": [{"id": n.id, "label": n.label, **n.values} for n in graph.nodes],
        "edges": [
            {"source": k.source, "target": k.target, "weight": k.weight, **k.values}
            for k in graph.links
        ],
    }
    text = json.dumps(made, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    # a lone surrogate cannot be encoded; as an escape it stands for itself
    return text.encode("utf-8", "backslashreplace").decode() + "\n"
