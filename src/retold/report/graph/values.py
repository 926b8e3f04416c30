"""A graph as any format is given it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | bool | int | float


@dataclass(frozen=True, slots=True)
class Field:
    """What is told of each node or link: a name, the type of its values, what it means."""

    name: str
    type: type[Value]
    meaning: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node. What is not known of it has no entry in ``values``."""

    id: str
    label: str
    values: Mapping[str, Value]
    group: int = 0
    """Which of the graph's groups it stands in."""
    faint: bool = False
    """Drawn with a broken line."""
    href: str = ""
    """An address that may be a link, or empty."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one node to another."""

    source: str
    target: str
    weight: float
    """0 to 1: how thick it is drawn."""
    label: str
    values: Mapping[str, Value]
    length: float | None = None
    """How much the target departs from the source, where a tree has lengths."""
    faint: bool = False
    """Drawn with a broken line."""
    further: bool = False
    """Beyond the link by which the target stands in the tree."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and links, in the order in which they are written."""

    title: str
    groups: tuple[str, ...]
    """The titles of what the graph is made of: stories, say."""
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    node_fields: tuple[Field, ...]
    link_fields: tuple[Field, ...]
    notes: tuple[str, ...] = ()
    """What must be known to read it, a sentence each."""
