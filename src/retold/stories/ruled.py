"""What editors ruled on stories, brought into the groups that were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from retold.model import Rulings
from retold.parting import Pair, connected, part
from retold.stories.graph import UNITS, Graph
from retold.stories.linkage import Joint, ends, join

Key = TypeVar("Key", str, int)


class Ruled(NamedTuple):
    """Pairs of items that belong together, and that do not."""

    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()

    def part(self, items: Sequence[int]) -> Ruled:
        """Return what is ruled of some items alone, numbered in their order."""
        place = {item: at for at, item in enumerate(items)}
        return Ruled(_placed(self.together, place), _placed(self.apart, place))

    def broken(self, story_of: Mapping[int, int]) -> set[int]:
        """Return which known stories, by item, do not hold to what is ruled."""
        found: set[int] = set()
        for pairs, wanted in ((self.together, True), (self.apart, False)):
            for pair in pairs:
                told = [story_of.get(item) for item in pair]
                same = told[0] is not None and told[0] == told[1]
                if same != wanted:
                    found |= {story for story in told if story is not None}
        return found


def ruled(rulings: Rulings, index: Mapping[str, int]) -> Ruled:
    """Return what rulings say of articles, as items."""
    return Ruled(_placed(rulings.together, index), _placed(rulings.apart, index))


def _placed(pairs: Iterable[tuple[Key, Key]], place: Mapping[Key, int]) -> tuple[Pair, ...]:
    return tuple((place[a], place[b]) for a, b in pairs if a in place and b in place)


def abide(
    graph: Graph, joints: list[Joint], divided: list[list[int]], rules: Ruled
) -> tuple[list[Joint], list[list[int]]]:
    """Return joints and divisions by which the rules hold; see :func:`joints_of` for the two.

    Groups that a pair joins become one; a group that holds two that are apart is divided where the
    evidence is weakest. Groups that no rule touches stay what they are.
    """
    if not (rules.together or rules.apart):
        return joints, divided
    ended = ends(joints, graph.items)
    touched = sorted({ended[item] for pair in (*rules.together, *rules.apart) for item in pair})
    place = {first: at for at, first in enumerate(touched)}
    members: dict[int, list[int]] = {first: [] for first in touched}
    for item, first in enumerate(ended):
        if first in place:
            members[first].append(item)
    more, gone = list[Joint](), set[int]()
    told = [list(group) for group in divided]
    linked = [(place[ended[a]], place[ended[b]]) for a, b in rules.together]
    for numbers in connected(len(touched), linked):
        groups = {touched[at] for at in numbers}
        items = sorted(item for first in groups for item in members[first])
        within = rules.part(items)
        if within.apart:
            gone |= groups
            parts = [
                [items[at] for at in one]
                for one in part(graph.dense(items), within.together, within.apart)
            ]
            for one in parts:
                inner = join(graph, one)
                more += inner + _forced(graph, one, inner, rules)
            told.append([one[0] for one in parts])
        elif len(groups) > 1:
            before = [joint for joint in joints if ended[joint.left] in groups]
            more += _forced(graph, items, before, rules)
    return [joint for joint in joints if ended[joint.left] not in gone] + more, told


def _forced(
    graph: Graph, items: Sequence[int], joints: Iterable[Joint], rules: Ruled
) -> list[Joint]:
    """Return joints that make one group of items which others leave in several.

    Pairs that are ruled together come first; what is left is joined to the group of the first item.
    """
    home = {item: item for item in items}
    members = {item: [item] for item in items}

    def merge(left: int, right: int) -> None:
        for item in members[right]:
            home[item] = left
        members[left] += members.pop(right)

    for joint in joints:
        merge(joint.left, joint.right)
    made = []
    inside = [pair for pair in rules.together if pair[0] in home and pair[1] in home]
    for one, other in (*inside, *((items[0], item) for item in items)):
        left, right = sorted((home[one], home[other]))
        if left != right:
            both = graph.dense([*members[left], *members[right]])
            size = len(members[left])
            mean = float(np.mean(both[:size, size:])) / UNITS
            made.append(Joint(left, right, mean, (min(one, other), max(one, other))))
            merge(left, right)
    return made
