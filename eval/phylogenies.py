"""Simple ways to a stemma, which stand beside Retold's in the task ``stemma``.

All see the words only as runs of three, and the times as they are shown. What ties is settled by a
hash of the text, so that no order of the files helps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
from Bio.Phylo.BaseTree import Clade
from Bio.Phylo.TreeConstruction import DistanceMatrix, DistanceTreeConstructor
from numpy.typing import NDArray

from eval.stemmata import Graph
from eval.traditions import Text
from retold.stemma.arborescence import best_tree
from retold.text import forms

Table = NDArray[np.float64]

NEVER = datetime.max.replace(tzinfo=UTC)

MERGED = 0.1
"""Length of a leaf's branch up to which neighbour joining takes it for the node that it hangs on:
the share of runs of words in which a version differs from what was made from it, halved."""


def contained(texts: Sequence[Text]) -> Table:
    """Return ``[a, b]``: the share of b's runs of three words that a has."""
    grams = [_grams(t.text) for t in texts]
    return np.array([[len(a & b) / max(1, len(b)) for b in grams] for a in grams])


def _grams(text: str) -> set[tuple[str, ...]]:
    words = list(forms(text))
    return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


def _resemblance(texts: Sequence[Text]) -> Table:
    grams = [_grams(t.text) for t in texts]
    return np.array([[len(a & b) / max(1, len(a | b)) for b in grams] for a in grams])


def _shuffled(texts: Sequence[Text]) -> list[Text]:
    return sorted(texts, key=lambda t: hashlib.sha256((t.text + t.outlet).encode()).hexdigest())


def _graph(texts: Sequence[Text], parents: Sequence[int]) -> Graph:
    """``parents`` are places in ``texts``, -1 for none."""
    names = [t.name for t in texts]
    above = {t.name: (names[p],) if p >= 0 else () for t, p in zip(texts, parents, strict=True)}
    return Graph(above, frozenset(names))


def _after(ordered: Sequence[Text]) -> Graph:
    """Each goes back to the most alike of those before it."""
    alike = _resemblance(ordered)
    return _graph(ordered, [int(alike[at, :at].argmax()) if at else -1 for at in range(len(alike))])


def by_date(texts: Sequence[Text]) -> Graph:
    """Take the most alike of the earlier ones; what has no date comes last."""
    return _after(sorted(_shuffled(texts), key=lambda t: t.published or NEVER))


def by_length(texts: Sequence[Text]) -> Graph:
    """Take the most alike of the longer ones."""
    return _after(sorted(_shuffled(texts), key=lambda t: -len(t.text)))


def arborescence(texts: Sequence[Text]) -> Graph:
    """Take the tree in which children have least that their parents lack (Marmerola et al. 2016).

    That is the minimum spanning arborescence on an asymmetric dissimilarity, over all roots; where
    both have a date no child is before its parent.
    """
    texts = _shuffled(texts)
    scores = np.full((len(texts) + 1, len(texts) + 1), -np.inf)
    scores[1:, 1:] = contained(texts) - 1
    scores[0, 1:] = -2.0 * len(texts)  # so dear that there is one root
    for p, parent in enumerate(texts, 1):
        for c, child in enumerate(texts, 1):
            if parent.published and child.published and parent.published > child.published:
                scores[p, c] = -np.inf
    return _graph(texts, [p - 1 for p in best_tree(scores)[1:]])


def neighbours(texts: Sequence[Text]) -> Graph:
    """Join neighbours on shared readings (Saitou & Nei 1987); Biopython's trees.

    Readings are runs of three words. The tree is rooted at the earliest version where there are
    dates, else at its midpoint; a leaf on a short branch is taken for the node that it hangs on.
    """
    texts = _shuffled(texts)
    names = [t.name for t in texts]
    unlike = 1 - _resemblance(texts)
    lower = [[float(x) for x in row[: at + 1]] for at, row in enumerate(unlike)]
    tree = DistanceTreeConstructor().nj(DistanceMatrix(names, lower))
    dated = [t for t in texts if t.published]
    if dated:
        tree.root_with_outgroup(min(dated, key=lambda t: t.published or NEVER).name)
    elif len(texts) > 2:
        tree.root_at_midpoint()
    above: dict[str, tuple[str, ...]] = {}
    _descend(tree.root, (), above, frozenset(names))
    return Graph(above, frozenset(names))


def _descend(
    clade: Clade, parent: tuple[str, ...], above: dict[str, tuple[str, ...]], names: frozenset[str]
) -> None:
    children = list(clade.clades)
    if clade.name in names:
        name = clade.name
    else:
        leaves = [c for c in children if c.name in names and not c.clades]
        here = min(leaves, key=lambda c: c.branch_length or 0.0, default=None)
        if here is not None and (here.branch_length or 0.0) <= MERGED:
            children.remove(here)
            name = here.name
        else:
            name = f"inner {len(above)}"
    above[name] = parent
    for child in children:
        _descend(child, (name,), above, names)


BASELINES: dict[str, Callable[[Sequence[Text]], Graph]] = {
    "earlier and nearest": by_date,
    "longer and nearest": by_length,
    "arborescence": arborescence,
    "neighbour joining": neighbours,
}
"""The simple ways by name. The first needs dates."""
