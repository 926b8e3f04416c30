"""Derivations that an editor ruled out, told among the reasons of what is left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from retold.labels import labels
from retold.model import Document, Edge, Evidence, EvidenceKind, Stemma

Barred = Collection[tuple[str, str]]
"""Child and parent: the one did not take its text from the other."""


def told(stemma: Stemma, barred: Barred, documents: Mapping[str, Document]) -> Stemma:
    """Return a stemma whose edges say what was ruled out for their children."""
    children = {e.child for e in stemma.edges}
    ruled: dict[str, list[str]] = {}
    for child, parent in sorted(set(barred)):
        if child in children and parent in children:
            ruled.setdefault(child, []).append(parent)
    if not ruled:
        return stemma
    names = labels([documents[name].article for name in sorted(children & documents.keys())])
    seen: set[str] = set()
    edges: list[Edge] = []
    for edge in stemma.edges:
        if edge.child in seen or edge.child not in ruled:
            edges.append(edge)
            continue
        seen.add(edge.child)
        others = ", ".join(f"“{names[parent]}”" for parent in ruled[edge.child])
        words = f"An editor ruled that it does not derive from {others}."
        reason = Evidence(EvidenceKind.CONFLICT, 0.0, words)
        edges.append(replace(edge, evidence=(*edge.evidence, reason)))
    return replace(stemma, edges=tuple(edges))
