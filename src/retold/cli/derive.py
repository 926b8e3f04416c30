"""``retold derive``."""

from __future__ import annotations

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
    for line in _lines(found.stemma):
        click.echo(line)
    for path in graph:
        click.echo(f"written: {path}")


def _lines(stemma: Stemma) -> list[str]:
    """Return the stemma for reading, each witness indented below its source."""
    unseen = {h.id: f"an unseen source ({h.probability:.2f})" for h in stemma.hypothetical}
    first: dict[str, Edge] = {}
    for edge in sorted(stemma.edges, key=lambda e: (-e.probability, e.id)):
        first.setdefault(edge.child, edge)
    below: dict[str | None, list[str]] = {}
    for child in sorted([*first, *(h for h in unseen if h not in first)]):
        below.setdefault(first[child].parent if child in first else None, []).append(child)
    lines = []
    stack = [(node, 0) for node in reversed(below.get(None, []))]
    while stack:
        node, depth = stack.pop()
        told = unseen.get(node, node)
        if node in first and first[node].parent is not None:
            told += f"  {first[node].probability:.2f}" + _open(first[node], unseen)
        further = [e for e in stemma.edges if e.child == node and e is not first.get(node)]
        for edge in further:
            parent = unseen.get(str(edge.parent), str(edge.parent))
            told += f"  also from {parent} {edge.probability:.2f}"
        lines.append("  " * depth + told)
        stack += [(child, depth + 1) for child in reversed(below.get(node, []))]
    return lines


def _open(edge: Edge, unseen: dict[str, str]) -> str:
    if edge.decided:
        return ""
    rival = edge.runner_up
    if rival is None:
        return ", undecided"
    name = "none of these" if rival.parent is None else unseen.get(rival.parent, rival.parent)
    return f", undecided; runner-up {name} {rival.probability:.2f}"
