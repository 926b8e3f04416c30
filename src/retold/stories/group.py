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
    merges: dict[int, list[Merge]] = {}
    members: dict[int, tuple[int, ...]] = {at: (at,) for at in range(len(pile.ids))}
    joints, divided = _joints(scores, config)
    for joint in joints:
        sides = members[joint.left], members.pop(joint.right)
        members[joint.left] = tuple(sorted(sides[0] + sides[1]))
        made = _merge(joint.score, sides, pile, scores)
        merges[joint.left] = [*merges.get(joint.left, ()), *merges.pop(joint.right, ()), made]
    firsts = sorted(members)
    told = [_story(members[at], merges.get(at, ()), pile) for at in firsts]
    number = {at: place for place, at in enumerate(firsts)}
    apart = [[number[part[0]] for part in parts] for parts in divided]
    ids = [story.id for story in told]
    near = relate([members[at] for at in firsts], ids, apart, pile, config, threads, progress)
    return [replace(story, related=others) for story, others in zip(told, near, strict=True)]


def _joints(graph: Graph, config: StoriesConfig) -> tuple[list[Joint], list[list[list[int]]]]:
    """Return the merges of all stories, and the parts of each group that was divided.

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
    return kept, list(apart.values())


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
