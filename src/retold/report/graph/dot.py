"""Graphviz: the DOT language, drawn from the top down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from retold.report.graph.values import Graph, Link, Node, Value
from retold.report.html.naming import visible

WRAP = 30
"""Columns of a label in a box."""


def quoted(text: str) -> str:
    r"""Return a DOT string that stands for exactly ``text``: nothing in it is an escape.

    In a label ``\N`` would be the node's name and ``\l`` a line break, so backslashes are doubled.
    """
    line = visible(text.replace("\n", " ")).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{line}"'


def write(graph: Graph) -> str:
    """Return the graph; each group is a cluster."""
    lines = [
        f"digraph {quoted(graph.title)} {{",
        "  rankdir=TB;",
        '  node [shape=box, fontname="sans-serif", fontsize=11];',
        '  edge [fontname="sans-serif", fontsize=9, arrowsize=0.7];',
    ]
    for number, title in enumerate(graph.groups):
        lines += [f"  subgraph cluster_{number + 1} {{", f"    label={quoted(title)};"]
        lines += [f"    {_node(n)}" for n in graph.nodes if n.group == number]
        lines.append("  }")
    lines += [f"  {_link(link)}" for link in graph.links]
    lines += [f"  // {visible(' '.join(note.split()))}" for note in graph.notes]
    return "\n".join([*lines, "}", ""])


def _node(node: Node) -> str:
    drawn = [("label", _wrapped(node.label))]
    if node.faint:
        drawn.append(("style", quoted("dashed,rounded")))
    if node.href:
        drawn.append(("URL", quoted(node.href)))
    return f"{quoted(node.id)} [{_pairs([*drawn, *_told(node.values)])}];"


def _link(link: Link) -> str:
    drawn = [
        ("label", quoted(link.label)),
        ("penwidth", f"{1 + 3 * link.weight:.3g}"),
        ("style", quoted("dashed" if link.faint else "solid")),
    ]
    if link.further:
        drawn += [("color", quoted("#b3541e")), ("constraint", "false")]
    ends = f"{quoted(link.source)} -> {quoted(link.target)}"
    return f"{ends} [{_pairs([*drawn, *_told(link.values)])}];"


def _told(values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Return what is told as attributes of our own, which Graphviz carries and does not draw."""
    return [(f"retold_{name}", quoted(plain(value))) for name, value in values.items()]


def plain(value: Value) -> str:
    """Return a value as text: ``true`` and ``false``, and numbers as short as they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name}={value}" for name, value in pairs)


def _wrapped(label: str) -> str:
    """Break a label into lines of at most ``WRAP`` columns, between words."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= WRAP:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return '"' + "\\n".join(quoted(line)[1:-1] for line in lines) + '"'
