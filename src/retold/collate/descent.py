"""Which version comes before which, as far as the stemma has decided; and which to compare."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retold.model import Edge, Stemma


class Descent:
    """Ancestry along the decided edges of a stemma."""

    def __init__(self, stemma: Stemma) -> None:
        """Index the decided edges by child."""
        self._parents: dict[str, list[Edge]] = {}
        for edge in sorted(stemma.edges, key=lambda e: (e.child, e.parent or "")):
            if edge.decided and edge.parent is not None:
                self._parents.setdefault(edge.child, []).append(edge)
        self._ancestors: dict[str, tuple[str, ...]] = {}

    def edges(self, article: str) -> list[Edge]:
        """Return the decided edges from an article to its parents."""
        return self._parents.get(article, [])

    def ancestors(self, article: str) -> tuple[str, ...]:
        """Return all that an article descends from, nearest first, hypothetical ones too."""
        if article not in self._ancestors:
            found: dict[str, None] = {}
            queue = deque([article])
            while queue:
                for edge in self._parents.get(queue.popleft(), ()):
                    parent = edge.parent
                    if parent is not None and parent != article and parent not in found:
                        found[parent] = None
                        queue.append(parent)
            self._ancestors[article] = tuple(found)
        return self._ancestors[article]

    def before(self, first: str, second: str) -> bool:
        """Say whether ``second`` descends from ``first``."""
        return first in self.ancestors(second)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups of versions whose readings are to be compared, by index."""

    before: int
    after: int
    directed: bool
    first: str
    """The version that stands for the group ``before``: the ancestor itself where directed."""
    second: str


def plan(
    groups: Sequence[Sequence[str]],
    descent: Descent,
    all_pairs: int,
    affinity: Callable[[int, int], float],
) -> list[Comparison]:
    """Choose which distinct readings of an item are compared.

    ``groups`` lists the versions of each distinct reading. A version is compared with its nearest
    ancestor that has a reading, directed. The readings at the top of their descent are compared
    with each other: all of them up to ``all_pairs`` readings, else each with the medoid, the one
    that most versions have and that ``affinity`` (0..1, of two groups) puts nearest to the others.
    """
    home = {article: n for n, articles in enumerate(groups) for article in articles}
    directed: dict[tuple[int, int], tuple[str, str]] = {}
    top: set[int] = set()
    for article, n in sorted(home.items()):
        source = next((x for x in descent.ancestors(article) if x in home), None)
        if source is None:
            top.add(n)
        elif home[source] != n and (n, home[source]) not in directed:
            directed.setdefault((home[source], n), (source, article))
    ordered = sorted(top)
    if len(ordered) <= all_pairs:
        free = {(i, j) for i in ordered for j in ordered if i < j}
    else:
        sample = sorted(ordered, key=lambda n: (-len(groups[n]), n))[:all_pairs]
        centre = max(
            sample,
            key=lambda n: (
                len(groups[n]) + sum(affinity(n, m) for m in sample if m != n) / len(sample),
                -n,
            ),
        )
        free = {(min(n, centre), max(n, centre)) for n in ordered if n != centre}
    free -= directed.keys() | {(j, i) for i, j in directed}
    return [
        *(
            Comparison(i, j, directed=True, first=a, second=b)
            for (i, j), (a, b) in sorted(directed.items())
        ),
        *(
            Comparison(i, j, directed=False, first=min(groups[i]), second=min(groups[j]))
            for i, j in sorted(free)
        ),
    ]
