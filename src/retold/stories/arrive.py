"""Articles that come to a pile that is grouped already: only what they touch is grouped anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.config import StoriesConfig
from retold.engine import Progress, silent
from retold.model import Document, Match, Rulings, Story
from retold.stories.bags import Bag
from retold.stories.graph import UNITS
from retold.stories.group import form, joints_of, with_related
from retold.stories.linkage import Joint
from retold.stories.pile import read_pile
from retold.stories.ruled import ruled
from retold.stories.scores import score_pairs
from retold.stories.terms import Background


def extend(
    known: Iterable[Story],
    documents: Iterable[Document | Bag],
    matches: Iterable[Match],
    config: StoriesConfig | None = None,
    threads: int = 1,
    progress: Progress = silent,
    background: Background | None = None,
    rulings: Rulings | None = None,
) -> list[Story]:
    """Put articles that arrive into the stories that are known, or into new ones.

    The new articles, and those of every known story that one of them is alike with, are grouped as
    if they were all there is; how rare a word is, the whole of ``documents`` says, or
    ``background``. All other stories stay what they are, though new ones may be related to them.

    Args:
        known: stories that were found before. One of which not all articles are among the
            ``documents`` is left as it is: give those of the last two weeks and the undated, or
            all.
        documents: the articles of the stories that new articles may belong to, and the new ones;
            those without matches may be given as bags.
        matches: between any two of the documents.
        config: thresholds.
        threads: how many work side by side.
        progress: is told how far it has come.
        background: how common words are in all there is, where ``documents`` are only those that
            the new ones may be alike with: the stories are the same then as with all.
        rulings: what of them is together and what apart. Known stories that do not hold to it are
            grouped anew too.

    Returns:
        All stories, sorted by their articles.
    """
    config = config or StoriesConfig()
    pile = read_pile(documents, matches, config, progress, background)
    scores = score_pairs(pile, config, threads, progress)
    index = {name: at for at, name in enumerate(pile.ids)}
    away: list[Story] = []
    here: list[Story] = []
    for story in known:
        (here if all(name in index for name in story.articles) else away).append(story)
    members = [[index[name] for name in story.articles] for story in here]
    story_of = {at: number for number, of_one in enumerate(members) for at in of_one}
    absent = {index[name] for story in away for name in story.articles if name in index}
    new = [at for at in range(len(index)) if at not in story_of and at not in absent]
    near = (other for at in new for other in scores.near(at, config.cut * UNITS).tolist())
    rules = ruled(rulings or Rulings(), index)
    touched = {story_of[other] for other in near if other in story_of} | rules.broken(story_of)
    items = sorted([*new, *(at for number in touched for at in members[number])])
    progress("stories: merges", 0, 0)
    joints, parts = joints_of(scores.part(items), config, rules.part(items))
    named = (_renumbered(joint, items) for joint in joints)
    told = form(items, named, pile, scores)
    kept = [number for number in range(len(here)) if number not in touched]
    told += [(here[number], tuple(members[number])) for number in kept]
    divided = [[items[at] for at in of_one] for of_one in parts]
    first = {here[number].id: members[number][0] for number in kept}
    divided += [
        [first[here[number].id], first[other.story]]
        for number in kept
        for other in here[number].related
        if other.divided and here[number].id < other.story and other.story in first
    ]
    found = with_related(told, divided, pile, config, threads, progress)
    return sorted([*found, *away], key=lambda story: story.articles)


def _renumbered(joint: Joint, items: Sequence[int]) -> Joint:
    pair = None if joint.ruled is None else (items[joint.ruled[0]], items[joint.ruled[1]])
    return Joint(items[joint.left], items[joint.right], joint.score, pair)
