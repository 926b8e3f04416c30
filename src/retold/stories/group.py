"""From a pile and its matches to stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from retold.config import StoriesConfig
from retold.engine import Progress, silent
from retold.model import Document, Match, Merge, Story, identify, rounded
from retold.stories.divide import divide
from retold.stories.graph import Graph
from retold.stories.linkage import Guards, Joint, agglomerate, ends, join
from retold.stories.pile import Pair, Pile, read_pile
from retold.stories.reasons import explain
from retold.stories.related import relate
from retold.stories.scores import score_pairs


def group(
    documents: Iterable[Document],
    matches: Iterable[Match],
    config: StoriesConfig | None = None,
    threads: int = 1,
    progress: Progress = silent,
) -> list[Story]:
    """Put every article into exactly one story; return the stories sorted by their articles.

    ``matches`` may be of all kinds, and lie between any two of the ``documents``. A story keeps the
    matches between its own articles, and its merges in the order in which they were made. An
    article that tells what no other does is a story of one. The order of the input is of no
    account, and texts are not kept: the documents may be made as they are asked for.
    """
    config = config or StoriesConfig()
    pile = read_pile(documents, matches, config, progress)
    scores = score_pairs(pile, config, threads, progress)
    progress("stories: merges", 0, 0)
    joints, divided = joints_of(scores, config)
    told = form(range(len(pile.ids)), joints, pile, scores)
    return with_related(told, divided, pile, config, threads, progress)


def form(
    items: Iterable[int], joints: Iterable[Joint], pile: Pile, scores: Graph
) -> list[tuple[Story, tuple[int, ...]]]:
    """Return the stories that some articles of a pile make by merges, each with its members."""
    merges: dict[int, list[Merge]] = {}
    members: dict[int, tuple[int, ...]] = {at: (at,) for at in items}
    for joint in joints:
        sides = members[joint.left], members.pop(joint.right)
        members[joint.left] = tuple(sorted(sides[0] + sides[1]))
        made = _merge(joint.score, sides, pile, scores)
        merges[joint.left] = [*merges.get(joint.left, ()), *merges.pop(joint.right, ()), made]
    return [
        (_story(held, merges.get(first, ()), pile), held) for first, held in sorted(members.items())
    ]


def with_related(
    told: Sequence[tuple[Story, Sequence[int]]],
    divided: Iterable[Sequence[int]],
    pile: Pile,
    config: StoriesConfig,
    threads: int,
    progress: Progress,
) -> list[Story]:
    """Return the stories with those that each is related to.

    ``divided`` has, of each group that was divided, one member of each of its stories.
    """
    place = {at: number for number, (_, members) in enumerate(told) for at in members}
    apart = [[place[member] for member in of_one] for of_one in divided]
    members, ids = [held for _, held in told], [story.id for story, _ in told]
    near = relate(members, ids, apart, pile, config, threads, progress)
    return [replace(story, related=others) for (story, _), others in zip(told, near, strict=True)]


def joints_of(graph: Graph, config: StoriesConfig) -> tuple[list[Joint], list[list[int]]]:
    """Return the merges of all stories and, of each group that was divided, an item of each part.

    Groups are found by average link, and divided where that is sharp.
    """
    guards = Guards(config.cut, config.cohesion, config.cohesion_cap, config.straggler)
    joints = agglomerate(graph, guards)
    ended = ends(joints, graph.items)
    members: dict[int, list[int]] = {}
    for item, first in enumerate(ended):
        members.setdefault(first, []).append(item)
    apart = {
        first: parts
        for first, items in members.items()
        if len(parts := divide(graph, items, config.sharp, config.side, config.cohesion_cap)) > 1
    }
    kept = [joint for joint in joints if ended[joint.left] not in apart]
    for parts in apart.values():
        for part in parts:
            kept += join(graph, part)
    return kept, [[part[0] for part in parts] for parts in apart.values()]


def _merge(
    score: float, sides: tuple[Sequence[int], Sequence[int]], pile: Pile, scores: Graph
) -> Merge:
    """Explain a merge by the pair that speaks for it most."""
    i, j = max(
        scores.strongest(*sides), key=lambda pair: (_matched(pair, pile), -pair[0], -pair[1])
    )
    a, b = pile.ids[i], pile.ids[j]
    return Merge(
        id=identify("merge", a, b),
        a=a,
        b=b,
        score=rounded(score),
        explanation=explain((i, j), tuple(map(len, sides)), score, pile),
        matches=tuple(match.id for match in pile.matches.get((i, j), ())),
    )


def _matched(pair: Pair, pile: Pile) -> int:
    """Return how many characters of the first article the matches of a pair span."""
    return sum(match.a.end - match.a.start for match in pile.matches.get(pair, ()))


def _story(members: tuple[int, ...], merges: Sequence[Merge], pile: Pile) -> Story:
    articles = tuple(pile.ids[at] for at in members)
    inside: list[Match] = []
    for at, i in enumerate(members):
        # as the members are sorted, so are the first spans' articles
        of_one = [m for j in members[at + 1 :] for m in pile.matches.get((i, j), ())]
        inside += sorted(of_one, key=_place)
    return Story(identify("story", *articles), articles, tuple(inside), tuple(merges))


def _place(match: Match) -> tuple[str | int, ...]:
    """Sort key of the matches of one article: the spans, then kind and id."""
    a, b = match.a, match.b
    return a.start, a.end, b.article, b.start, b.end, match.kind, match.id
