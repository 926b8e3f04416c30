"""What every kind of report shares: its cue, its source, the pieces of its content."""

from __future__ import annotations

from dataclasses import dataclass

from retold.annotate import cues
from retold.annotate.clauses import Tree
from retold.model import Act

CLAUSE = 0.8
"""Probability of a report by a clause or "according to". These three: how often the training part
of PolNeAR has such a report with eight tenths of its words, rounded; not all are marked there."""
PARENTHESIS = 0.6
"""The same for "as X said" and "he claimed" in the middle of a sentence."""
OBJECT = 0.5
"""The same for an object or infinitive, and where nobody is seen who could speak."""
LONGEST_SOURCE = 30
"""Tokens of a source; a longer one is cut at its first comma."""

_BEFORE = frozenset(("aux", "auxpass", "neg", "advmod"))
_SHARING = frozenset(("advcl", "xcomp", "conj", "acl", "pcomp", "prep"))


@dataclass(frozen=True, slots=True)
class Report:
    """One report: token indices of the cue, token range of the source, ranges of the content."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    """Offsets into the text."""
    sure: float
    act: Act = Act.STATEMENT


def group(tree: Tree, verb: int, end: int = 0) -> tuple[int, int]:
    """The cue: the verb with its auxiliaries and adverbs directly before it, up to ``end``."""
    start = verb
    while (
        start > 0 and tree.tokens[start - 1].head == verb and tree.tokens[start - 1].dep in _BEFORE
    ):
        start -= 1
    return start, max(verb + 1, end)


def source_of(tree: Tree, verb: int) -> tuple[tuple[int, int] | None, int | None]:
    """Token range and head of a cue verb's source; None where the text names none."""
    climbed = verb
    for _ in range(6):
        subject = tree.subject(climbed)
        passive = subject is not None and tree.tokens[subject].dep == "nsubjpass"
        agent = tree.child(climbed, "agent")
        if agent is not None and tree.children[agent]:
            head = tree.children[agent][0]
            return _source_range(tree, head), head
        if passive and climbed == verb:
            return None, None
        if subject is not None and tree.tokens[subject].tag in ("WP", "WDT"):
            head = tree.tokens[climbed].head
            if tree.tokens[climbed].dep == "relcl" and head != climbed:
                return (tree.first[head], head + 1), head
            return None, None
        if subject is not None:
            return _source_range(tree, subject), subject
        token = tree.tokens[climbed]
        if token.head == climbed or token.dep not in _SHARING:
            return None, None
        if token.dep == "acl" and tree.tokens[token.head].pos in ("NOUN", "PROPN"):
            return (tree.first[token.head], token.head + 1), token.head
        climbed = token.head
    return None, None


def _source_range(tree: Tree, head: int) -> tuple[int, int]:
    start, end = tree.subtree(head)
    if end - start > LONGEST_SOURCE:
        for i in range(head + 1, end):
            if tree.word(i) == ",":
                return start, i
    return start, end


def owner_of(tree: Tree, noun: int) -> tuple[tuple[int, int] | None, int | None]:
    """Token range and head of who has the noun ("the mayor's claim"), without the ending."""
    owner = tree.child(noun, "poss")
    if owner is None:
        return None, None
    start, end = tree.subtree(owner)
    if tree.word(end - 1) in ("'s", "’s", "'", "’"):
        end -= 1
    return (start, end), owner


def without(
    tree: Tree, start: int, end: int, taken: list[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The offsets of the tokens ``start`` to ``end`` without the ranges ``taken``."""
    pieces, position = [], start
    for first, stop in sorted(taken):
        if stop <= position or first >= end:
            continue
        pieces.append((position, first))
        position = max(position, stop)
    pieces.append((position, end))
    spans = (tree.span(first, stop) for first, stop in pieces if first < stop)
    return tuple((s, e) for s, e in spans if s < e)


def act_of(lemma: str) -> Act:
    """What the verb does to a clause or an object."""
    if lemma in cues.BELIEF:
        return Act.BELIEF
    if lemma in cues.TOPIC:
        return Act.TOPIC
    return Act.STANCE if lemma in cues.STANCE else Act.STATEMENT


def has_to(tree: Tree, verb: int) -> bool:
    """Say whether a verb is an infinitive with its particle."""
    return any(tree.tokens[c].tag == "TO" for c in tree.children[verb])


def says_that(tree: Tree, verb: int) -> bool:
    """Say whether a clause begins with "that"."""
    return any(tree.tokens[c].dep == "mark" and tree.word(c) == "that" for c in tree.children[verb])
