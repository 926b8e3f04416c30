"""The numbers of stories, which stay while stories grow, merge and are divided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which number each group of articles has."""

    numbers: tuple[int | None, ...]
    """By group; None for one that is a new story."""
    moved: Mapping[int, int]
    """Numbers that end, and the group that they lead to from now on."""
    ended: tuple[int, ...]
    """Numbers that end and lead nowhere: no article of theirs is left."""


def number(before: Iterable[tuple[int, int]], after: Sequence[Collection[int]]) -> Numbering:
    """Give groups of articles the numbers of the stories that they go on with.

    A story goes on in the group with most of its articles; of equals, in the one with the lowest
    article. Where several go on in one group it has the lowest of their numbers, and the others
    lead to it.

    Args:
        before: articles and the numbers of their stories. An article may come several times, where
            it stands for others too.
        after: the groups, no article in two.
    """
    group_of = {article: at for at, group in enumerate(after) for article in group}
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for article, story in before:
        held = shared[story]
        if article in group_of:
            held[group_of[article]] += 1
    lowest = [min(group, default=0) for group in after]
    heirs = {
        story: min(counts, key=lambda at: (-counts[at], lowest[at]))
        for story, counts in shared.items()
        if counts
    }
    numbers: dict[int, int] = {}
    for story, at in sorted(heirs.items()):
        numbers.setdefault(at, story)
    return Numbering(
        tuple(numbers.get(at) for at in range(len(after))),
        {story: at for story, at in sorted(heirs.items()) if numbers[at] != story},
        tuple(sorted(shared.keys() - heirs.keys())),
    )
