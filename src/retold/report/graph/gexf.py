"""GEXF 1.3, the format of Gephi."""

from __future__ import annotations

from lxml import etree

from retold.report.graph.values import Graph
from retold.report.graph.xml import document, put, told

NAMESPACE = "http://gexf.net/1.3"
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}


def write(graph: Graph) -> bytes:
    """Return the graph; groups are told by the fields of the nodes."""
    root = etree.Element(f"{{{NAMESPACE}}}gexf", version="1.3", nsmap={None: NAMESPACE})
    about = put(root, "meta")
    put(about, "creator", "Retold")
    put(about, "description", " ".join([f"{graph.title}.", *graph.notes]))
    drawn = put(root, "graph", defaultedgetype="directed", mode="static")
    for kind, fields in (("node", graph.node_fields), ("edge", graph.link_fields)):
        declared = put(drawn, "attributes", class_=kind)
        for field in fields:
            put(declared, "attribute", id=field.name, title=field.name, type=_TYPES[field.type])
    nodes = put(drawn, "nodes")
    for node in graph.nodes:
        values = put(put(nodes, "node", id=node.id, label=node.label), "attvalues")
        for name, value in told(graph.node_fields, node.values):
            put(values, "attvalue", for_=name, value=value)
    links = put(drawn, "edges")
    for number, link in enumerate(graph.links, 1):
        element = put(
            links,
            "edge",
            id=f"e{number}",
            source=link.source,
            target=link.target,
            label=link.label,
            weight=f"{link.weight:.6g}",
        )
        values = put(element, "attvalues")
        for name, value in told(graph.link_fields, link.values):
            put(values, "attvalue", for_=name, value=value)
    return document(root)
