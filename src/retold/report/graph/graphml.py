"""GraphML: Gephi, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

from lxml import etree

from retold.report.graph.values import Field, Graph
from retold.report.graph.xml import document, put, told

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}
_LABEL = Field("label", str, "How it is called.")
_WEIGHT = Field("weight", float, "How strong it is, 0 to 1.")


def write(graph: Graph) -> bytes:
    """Return the graph; groups are told by the fields of the nodes."""
    root = etree.Element(f"{{{NAMESPACE}}}graphml", nsmap={None: NAMESPACE})
    put(root, "desc", " ".join([f"{graph.title}.", *graph.notes]))
    nodes, links = (_LABEL, *graph.node_fields), (_LABEL, _WEIGHT, *graph.link_fields)
    for kind, fields in (("node", nodes), ("edge", links)):
        for field in fields:
            key = put(
                root,
                "key",
                id=f"{kind}-{field.name}",
                for_=kind,
                attr__name=field.name,
                attr__type=_TYPES[field.type],
            )
            put(key, "desc", field.meaning)
    drawn = put(root, "graph", id="G", edgedefault="directed")
    for node in graph.nodes:
        element = put(drawn, "node", id=node.id)
        for name, value in told(nodes, {"label": node.label, **node.values}):
            put(element, "data", value, key=f"node-{name}")
    for number, link in enumerate(graph.links, 1):
        element = put(drawn, "edge", id=f"e{number}", source=link.source, target=link.target)
        values = {"label": link.label, "weight": link.weight, **link.values}
        for name, value in told(links, values):
            put(element, "data", value, key=f"edge-{name}")
    return document(root)
