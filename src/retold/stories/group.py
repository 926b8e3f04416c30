"""From a pile and its matches to stories."""

from __future__ import annotations

from collections.abc import Sequence

from retold.config import StoriesConfig
from retold.model import Document, Match, Merge, Story, identify, rounded
from retold.stories.divide import divide
from retold.stories.graph import Graph
from retold.stories.linkage import Guards, Joint, agglomerate, join
from retold.stories.reasons import explain
from retold.stories.scores import Pair, Pile, score_pile


def group(
    documents: Sequence[Document], matches: Sequence[Match], config: StoriesConfig | None = None
) -> list[Story]:
    """Put every article into exactly one story; return the stories sorted by their articles.

    ``matches`` may be of all kinds, and lie between any two of the ``documents``. A story keeps the
    matches between its own articles, and its merges in the order in which they were made. An
    article that tells what no other does is a story of one. The order of the input is of no
    account.
    """
    config = config or StoriesConfig()
    pile = score_pile(documents, matches, config)
    merges: dict[int, list[Merge]] = {}
    members: dict[int, tuple[int, ...]] = {at: (at,) for at in range(len(pile.documents))}
    for joint in _joints(pile.scores, config):
        first, second = joint.left[0], joint.right[0]
        members[first] = tuple(sorted(members[first] + members.pop(second)))
        merges[first] = [*merges.get(first, ()), *merges.pop(second, ()), _merge(joint, pile)]
    return [_story(members[at], merges.get(at, ()), pile) for at in sorted(members)]


def _joints(graph: Graph, config: StoriesConfig) -> list[Joint]:
    """Return the merges of all stories: groups by average link, divided where that is sharp."""
    guards = Guards(config.cut, config.cohesion, config.cohesion_cap, config.straggler)
    groups: dict[int, list[Joint]] = {}
    for joint in agglomerate(graph, guards):
        first, second = joint.left[0], joint.right[0]
        groups[first] = [*groups.get(first, ()), *groups.pop(second, ()), joint]
    kept = []
    for joints in groups.values():
        whole = sorted(joints[-1].left + joints[-1].right)
        parts = divide(graph, whole, config.sharp, config.side, config.cohesion_cap)
        kept += joints if len(parts) == 1 else [j for p in parts for j in join(graph, p)]
    return kept


def _merge(joint: Joint, pile: Pile) -> Merge:
    """Explain a merge by the pair that speaks for it most."""
    between = pile.scores.between(joint.left, joint.right)
    most = max(score for _, _, score in between)
    i, j = max(
        ((i, j) for i, j, score in between if score == most),
        key=lambda pair: (_matched(pair, pile), -pair[0], -pair[1]),
    )
    a, b = pile.documents[i].id, pile.documents[j].id
    return Merge(
        id=identify("merge", a, b),
        a=a,
        b=b,
        score=rounded(joint.score),
        explanation=explain((i, j), joint, pile),
        matches=tuple(match.id for match in pile.matches.get((i, j), ())),
    )


def _matched(pair: Pair, pile: Pile) -> int:
    """Return how many characters of the first article the matches of a pair span."""
    return sum(match.a.end - match.a.start for match in pile.matches.get(pair, ()))


def _story(members: tuple[int, ...], merges: Sequence[Merge], pile: Pile) -> Story:
    articles = tuple(pile.documents[at].id for at in members)
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
