"""Which stories of a pile have to do with each other, and in what two alike differ.

A follow-up a week later is a story of its own, and so is the other of two earthquakes; a reader of
the one wants to know of the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from retold.config import StoriesConfig
from retold.engine import Progress, silent
from retold.model import Related, rounded
from retold.reuse.compiled import compiled
from retold.stories.graph import UNITS
from retold.stories.likeness import likeness, similar
from retold.stories.pile import Pile
from retold.stories.reasons import listed, terms_in_words
from retold.stories.rows import UNDATED, Columns, Rows, Weights
from retold.stories.terms import Flags, Numbers

Members = Sequence[Sequence[int]]
"""By story, its articles as indices in the pile."""

_OWN = 4
"""How much heavier a term must be in one of two stories to be that one's own."""
_NAMED = 5
"""Terms of its own that are told of a story at most."""


def relate(
    stories: Members,
    names: Sequence[str],
    divided: Collection[Sequence[int]],
    pile: Pile,
    config: StoriesConfig,
    threads: int = 1,
    progress: Progress = silent,
) -> list[tuple[Related, ...]]:
    """Return the related stories of each.

    Args:
        stories: their members.
        names: their ids.
        divided: of each group that was divided, the numbers of its stories.
        pile: what was compared.
        config: thresholds.
        threads: how many work side by side.
        progress: is told how far it has come.
    """
    means = mean_rows(pile.weighed.rows, stories, config)
    pairs = similar(means, config.related_from - 0.5 / UNITS, threads, progress)
    apart = {(a, b) for group in divided for a in group for b in group if a < b}
    told = np.array(sorted(apart), np.int64).reshape(-1, 2)
    near = likeness(means, told[:, 0], told[:, 1]).tolist()
    others: list[list[tuple[bool, float, int]]] = [[] for _ in stories]
    found = [(*pair, True, score) for pair, score in zip(sorted(apart), near, strict=True)]
    for a, b, units in zip(*(column.tolist() for column in pairs), strict=True):
        if (a, b) not in apart:
            found.append((a, b, False, units / UNITS))
    for a, b, was_one, score in found:
        others[a].append((not was_one, -score, b))
        others[b].append((not was_one, -score, a))
    shared: dict[tuple[int, int], str] = {}

    def explain(story: int, other: int, was_one: bool) -> str:  # noqa: FBT001 - a fact of the pair
        pair = min(story, other), max(story, other)
        if pair not in shared:
            shared[pair] = _shared(means, *pair, pile)
        own = _apart(means, story, other, pile) if was_one else ""
        return shared[pair] + own

    made = []
    for story, held in enumerate(others):
        held.sort()
        siblings = sum(not free for free, _, _ in held)
        made.append(
            tuple(
                Related(
                    names[other],
                    rounded(-negative),
                    not free,
                    explain(story, other, not free),
                )
                for free, negative, other in held[: max(siblings, config.related_most)]
            )
        )
    return made


def mean_rows(rows: Rows, stories: Members, config: StoriesConfig) -> Rows:
    """Return a row for each story: the mean of those of its articles, with the day of its middle.

    The product of two is the mean likeness of their articles, whatever the days between these.
    """
    bounds = np.cumsum([0, *map(len, stories)])
    members = np.fromiter((at for story in stories for at in story), np.int64, bounds[-1])
    edges, columns, weights, proper = _means(rows, bounds, members)
    days = np.array([_middle(rows.days[list(story)]) for story in stories], np.int64)
    within = np.ones(config.related_days + 1)
    return Rows(edges, columns, weights, proper, rows.width, days, within, 0.0)


def _middle(days: Numbers) -> int:
    known = np.sort(days[days != UNDATED])
    return int(known[len(known) // 2]) if len(known) else UNDATED


@compiled
def _means(
    rows: Rows, bounds: Numbers, members: Numbers
) -> tuple[Numbers, Columns, Weights, Flags]:
    count = len(bounds) - 1
    most = np.int64(0)
    for member in members:
        most += rows.bounds[member + 1] - rows.bounds[member]
    edges = np.zeros(count + 1, np.int64)
    columns, weights = np.empty(most, np.int32), np.empty(most, np.float32)
    proper = np.empty(most, np.bool_)
    held, named = np.zeros(rows.width, np.float64), np.zeros(rows.width, np.bool_)
    met = np.empty(rows.width, np.int32)
    filled = 0
    for story in range(count):
        size = 0
        for at in range(bounds[story], bounds[story + 1]):
            for k in range(rows.bounds[members[at]], rows.bounds[members[at] + 1]):
                column = rows.columns[k]
                if held[column] == 0 and rows.weights[k] > 0:
                    met[size] = column
                    size += 1
                held[column] += rows.weights[k]
                named[column] |= rows.proper[k]
        for column in np.sort(met[:size]):
            columns[filled] = column
            weights[filled] = held[column] / (bounds[story + 1] - bounds[story])
            proper[filled] = named[column]
            held[column], named[column] = 0, False
            filled += 1
        edges[story + 1] = filled
    return edges, columns[:filled].copy(), weights[:filled].copy(), proper[:filled].copy()


def _shared(means: Rows, story: int, other: int, pile: Pile) -> str:
    """Say what two stories share."""
    columns, at, there = _common(means, story, other)
    gains = means.weights[at] * means.weights[there]
    told = terms_in_words(columns, gains, means.proper[at], pile)
    return f"Both have {listed(told, '; ')}." if told else "The two are alike."


def _apart(means: Rows, story: int, other: int, pile: Pile) -> str:
    """Say what each of two stories has of its own that were one group."""
    own, theirs = _own(means, story, other, pile), _own(means, other, story, pile)
    return (
        " They hung together as one group, which divides in two:"
        f" only this story has {listed(own) or 'nothing'}; only the other has"
        f" {listed(theirs) or 'nothing'}."
    )


def _common(means: Rows, one: int, other: int) -> tuple[NDArray[np.int32], Numbers, Numbers]:
    """Return the columns that two stories share, and where they stand in both rows."""
    low, high = means.bounds[one], means.bounds[one + 1]
    begin, end = means.bounds[other], means.bounds[other + 1]
    columns, at, there = np.intersect1d(
        means.columns[low:high], means.columns[begin:end], assume_unique=True, return_indices=True
    )
    return columns, low + at, begin + there


def _own(means: Rows, one: int, other: int, pile: Pile) -> list[str]:
    """Return the terms that are far heavier in the articles of one story than in the other's."""
    low, high = means.bounds[one], means.bounds[one + 1]
    _, at, there = _common(means, one, other)
    theirs = np.zeros(high - low, np.float32)
    theirs[at - low] = means.weights[there]
    mine = means.weights[low:high]
    able = (means.columns[low:high] < len(pile.weighed.order)) & (mine > _OWN * theirs)
    order = np.lexsort((means.columns[low:high], -(mine - theirs)))
    chosen = means.columns[low:high][order[able[order]][:_NAMED]]
    return [f"“{pile.lexis.names[pile.weighed.order[column]]}”" for column in chosen.tolist()]
