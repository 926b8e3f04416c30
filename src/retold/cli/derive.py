"""``retold derive``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from retold.cli.options import graph_option

if TYPE_CHECKING:
    from retold.model import Edge, Stemma


@click.command()
@click.argument("table", type=click.Path())
@graph_option("Write the stemma as a graph")
def command(table: str, graph: tuple[str, ...]) -> None:
    """Work out who copied whom from the collation of any text.

    TABLE is CSV (a column a witness, headed by its siglum, and a row a place; an empty cell or
    "om." omits, "?" or "lac." cannot be read) or TEI in parallel segmentation.
    """
    import retold

    found = retold.derive(table, graph=graph)
    witnesses, places = len(found.collation.witnesses), len(found.collation.places)
    click.echo(f"{witnesses} witnesses, {places} places")
    for line in _lines(found.stemma, found.collation.witnesses):
        click.echo(line)
    for path in graph:
        click.echo(f"written: {path}")


def _lines(stemma: Stemma, witnesses: Iterable[str]) -> list[str]:
    """Return the stemma for reading, each witness indented below its source."""
    from retold.labels import visible

    names = {w: visible(w) for w in witnesses}
    names |= {h.id: f"an unseen source ({h.probability:.2f})" for h in stemma.hypothetical}
    above: dict[str, list[Edge]] = {}
    for edge in sorted(stemma.edges, key=lambda e: (-e.probability, e.id)):
        above.setdefault(edge.child, []).append(edge)
    below: dict[str | None, list[str]] = {}
    for child in sorted(above.keys() | {h.id for h in stemma.hypothetical}):
        below.setdefault(above[child][0].parent if child in above else None, []).append(child)
    lines = []
    stack = [(node, 0) for node in reversed(below.get(None, []))]
    while stack:
        node, depth = stack.pop()
        told = names[node]
        edges = above.get(node, [])
        if edges and edges[0].parent is not None:
            told += f"  {edges[0].probability:.2f}" + _open(edges[0], names)
        for edge in edges[1:]:
            told += f"  also from {_named(edge.parent, names)} {edge.probability:.2f}"
        lines.append("  " * depth + told)
        stack += [(child, depth + 1) for child in reversed(below.get(node, []))]
    return lines


def _open(edge: Edge, names: Mapping[str, str]) -> str:
    if edge.decided:
        return ""
    rival = edge.runner_up
    if rival is None:
        return ", undecided"
    return f", undecided; runner-up {_named(rival.parent, names)} {rival.probability:.2f}"


def _named(parent: str | None, names: Mapping[str, str]) -> str:
    return "none of these" if parent is None else names[parent]
