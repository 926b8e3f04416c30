"""Scholars' traditions: collation tables beside their known stemmata, as the task ``stemma`` asks.

In a folder each table (``NAME.csv``, ``NAME.tsv`` or ``NAME.xml``) has its stemma beside it as
``NAME.dot``, an arrow from each source to its copy. Nodes that the table has no witness of are
sources that nobody collected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.core import GoldError
from eval.stemmata import TOP, Graph
from retold.errors import InputError
from retold.model import Tradition
from retold.read.collation import read_collation
from retold.read.dot import read_dot
from retold.stemma.collated import derive

TABLES = (".csv", ".tsv", ".xml")


@dataclass(frozen=True, slots=True)
class Collated:
    """A collated text: its true stemma, and the one that its readings call for."""

    name: str
    truth: Graph
    found: Graph


def collated(folder: Path) -> Iterator[Collated]:
    """Yield the collated texts of a folder, by name; nothing where it holds none.

    Raises:
        GoldError: a table has no stemma beside it, or either is damaged, or they do not fit.
    """
    for table in sorted(p for p in folder.iterdir() if p.suffix.lower() in TABLES):
        drawn = table.with_suffix(".dot")
        if not drawn.exists():
            raise GoldError(f"{table}: no {drawn.name} beside it; draw its stemma there")
        try:
            collation, parents = read_collation(table), read_dot(drawn)
        except InputError as error:
            raise GoldError(str(error)) from None
        absent = sorted(set(collation.witnesses) - set(parents))
        if absent:
            raise GoldError(f"{drawn}: witness {absent[0]} of {table.name} is not in the stemma")
        truth = Graph(parents, frozenset(collation.witnesses))
        yield Collated(table.stem, truth, found(derive(collation)))


def found(tradition: Tradition) -> Graph:
    """Return a stemma that was inferred in the form in which it is scored."""
    stemma, sigla = tradition.stemma, tradition.collation.witnesses
    parents: dict[str, tuple[str, ...]] = dict.fromkeys(
        (*sigla, *(h.id for h in stemma.hypothetical)), ()
    )
    probability = {}
    for edge in stemma.edges:
        if edge.parent is not None:
            parents[edge.child] += (edge.parent,)
        if edge.child in sigla:
            probability[edge.child, edge.parent or TOP] = edge.probability
    return Graph(parents, frozenset(sigla), probability)
