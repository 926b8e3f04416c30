"""From a pile and its matches to stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from retold.config import StoriesConfig
from retold.engine import Progress, silent
from retold.model import Document, Match, Merge, Rulings, Story, identify, rounded
from retold.stories.bags import Bag
from retold.stories.divide import divide
from retold.stories.graph import Graph
from retold.stories.linkage import Guards, Joint, agglomerate, ends, join
from retold.stories.pile import Pair, Pile, read_pile
from retold.stories.reasons import explain
from retold.stories.related import relate
from retold.stories.ruled import Ruled, abide, ruled
from retold.stories.scores import score_pairs
from retold.stories.terms import Background


def group(
    documents: Iterable[Document | Bag],
    matches: Iterable[Match],
    config: StoriesConfig | None = None,
    threads: int = 1,
    progress: Progress = silent,
    background: Background | None = None,
    rulings: Rulings | None = None,
) -> list[Story]:
    """Put every article into exactly one story; return the stories sorted by their articles.

    ``matches`` may be of all kinds, and lie between any two of the ``documents``. A story keeps the
    matches between its own articles, and its merges in the order in which they were made. An
    article that tells what no other does is a story of one. The order of the input is of no
    account, and texts are not kept: the documents may be made as they are asked for.
    How rare a word is, the documents say, or the ``background`` that they are a part of. What
    ``rulings`` say of together and apart holds, whatever the scores are.
    """
    config = config or StoriesConfig()
    pile = read_pile(documents, matches, config, progress, background)
    scores, joints, divided = _joined(pile, config, threads, progress, rulings)
    told = form(range(len(pile.ids)), joints, pile, scores)
    return with_related(told, divided, pile, config, threads, progress)


def members(
    documents: Iterable[Document | Bag],
    config: StoriesConfig | None = None,
    threads: int = 1,
    progress: Progress = silent,
    rulings: Rulings | None = None,
) -> list[tuple[str, ...]]:
    """Return only the articles of each story that :func:`group` would find, in its order.

    In half the time: nothing is explained, and no related stories are sought.
    """
    config = config or StoriesConfig()
    pile = read_pile(documents, (), config, progress)
    _, joints, _ = _joined(pile, config, threads, progress, rulings)
    held: dict[int, list[str]] = {}
    for name, first in zip(pile.ids, ends(joints, len(pile.ids)), strict=True):
        held.setdefault(first, []).append(name)
    return sorted(map(tuple, held.values()))


def _joined(
    pile: Pile,
    config: StoriesConfig,
    threads: int,
    progress: Progress,
    rulings: Rulings | None,
) -> tuple[Graph, list[Joint], list[list[int]]]:
    """Return the scores of a pile and, as :func:`joints_of` does, what they make of it."""
    scores = score_pairs(pile, config, threads, progress)
    progress("stories: merges", 0, 0)
    rules = ruled(rulings or Rulings(), {name: at for at, name in enumerate(pile.ids)})
    return scores, *joints_of(scores, config, rules)


def form(
    items: Iterable[int], joints: Iterable[Joint], pile: Pile, scores: Graph
) -> list[tuple[Story, tuple[int, ...]]]:
    """Return the stories that some articles of a pile make by merges, each with its members."""
    merges: dict[int, list[Merge]] = {}
    members: dict[int, tuple[int, ...]] = {at: (at,) for at in items}
    for joint in joints:
        sides = members[joint.left], members.pop(joint.right)
        members[joint.left] = tuple(sorted(sides[0] + sides[1]))
        made = _merge(joint, sides, pile, scores)
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


def joints_of(
    graph: Graph, config: StoriesConfig, rules: Ruled
) -> tuple[list[Joint], list[list[int]]]:
    """Return the merges of all stories and, of each group that was divided, an item of each part.

    Groups are found by average link, and divided where that is sharp; then the rules are applied.
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
    return abide(graph, kept, [[part[0] for part in parts] for parts in apart.values()], rules)


def _merge(
    joint: Joint, sides: tuple[Sequence[int], Sequence[int]], pile: Pile, scores: Graph
) -> Merge:
    """Explain a merge by the pair that speaks for it most, or that an editor's ruling names."""
    i, j = joint.ruled or max(
        scores.strongest(*sides), key=lambda pair: (_matched(pair, pile), -pair[0], -pair[1])
    )
    a, b = pile.ids[i], pile.ids[j]
    sizes = (1, 1) if joint.ruled else tuple(map(len, sides))
    explanation = explain((i, j), sizes, joint.score, pile)
    if joint.ruled:
        explanation = f"An editor ruled so. {explanation}" if joint.score else "An editor ruled so."
    return Merge(
        id=identify("merge", a, b),
        a=a,
        b=b,
        score=rounded(joint.score),
        explanation=explanation,
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
