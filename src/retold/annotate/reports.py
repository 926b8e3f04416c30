"""What every kind of report shares: its cue, its source, the pieces of its content."""

from __future__ import annotations

from dataclasses import dataclass

from retold.annotate import cues
from retold.annotate.clauses import SHARING, Tree, can_speak, meant
from retold.annotate.credits import after_dateline
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

_SAYING = (cues.REPORT | cues.SAID_OF | cues.STANCE) - cues.BELIEF
_CONTRAST = cues.word_set("although though whereas while")
_BEFORE = frozenset(("aux", "auxpass", "neg", "advmod"))


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
        if climbed == verb and (passive or _reduced(tree, verb)):
            return None, None
        if subject is not None and tree.tokens[subject].tag in ("WP", "WDT"):
            head = tree.tokens[climbed].head
            if tree.tokens[climbed].dep == "relcl" and head != climbed:
                return (tree.first[head], head + 1), head
            return None, None
        token = tree.tokens[climbed]
        if subject is not None:
            above = _reporting(tree, climbed, subject)
            if above is None:
                return _source_range(tree, subject), subject
            climbed = above
            continue
        if token.head == climbed or token.dep not in SHARING:
            return None, None
        if token.dep == "acl" and tree.tokens[token.head].pos in ("NOUN", "PROPN"):
            if not says(tree, token.head):
                return None, None
            return (tree.first[token.head], token.head + 1), token.head
        climbed = token.head
    return None, None


def says(tree: Tree, noun: int) -> bool:
    """Say whether a participle or infinitive of saying beside a noun can be its.

    Persons, bodies and what they write say things ("a letter saying"); where any other noun stands
    there ("no plans to endorse", "the strategy touting"), the text does not tell who would.
    """
    return can_speak(tree, noun) or tree.lemma(meant(tree, noun)) in cues.ABSTRACT


def _reduced(tree: Tree, verb: int) -> bool:
    """Say whether a participle is passive: "a man accused of fraud", "asked about the dam, X"."""
    token = tree.tokens[verb]
    if token.tag != "VBN" or token.dep not in ("acl", "advcl"):
        return False
    return not any(tree.tokens[c].dep == "aux" for c in tree.children[verb])


def _reporting(tree: Tree, verb: int, subject: int) -> int | None:
    """The verb of saying whose subject a joined verb shares ("X said it held and denied that ...").

    The parser joins "denied" to "held"; what cannot speak denies nothing.
    """
    token = tree.tokens[verb]
    if token.dep != "conj" or can_speak(tree, subject):
        return None
    clause = tree.tokens[token.head]
    above = clause.head
    joined = clause.dep == "ccomp" and tree.tokens[above].tag == token.tag
    return above if joined and tree.lemma(above) in cues.REPORT else None


def _source_range(tree: Tree, head: int) -> tuple[int, int]:
    start, end = tree.subtree(head)
    start = tree.at(after_dateline(tree.text, tree.tokens[start].start, tree.tokens[end - 1].end))
    if end - start > LONGEST_SOURCE:
        for i in range(head + 1, end):
            if tree.word(i) == ",":
                return start, i
    return start, end


def relative(tree: Tree, head: int, verb: int) -> tuple[tuple[int, int], ...]:
    """The pronoun before a cue that belongs to what is said ("which X said was lost")."""
    for c in tree.children[head]:
        if c < verb and tree.tokens[c].tag in ("WDT", "WP") and tree.first[c] == c:
            return without(tree, c, c + 1, [])
    return ()


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


def own_end(tree: Tree, verb: int, root: int, end: int) -> int:
    """The end of a content with the head ``root``, before what is said by a new verb of saying.

    "X said that it leaks, adding that ...", "X said that it leaks and denied that ...", "X said
    that it leaks, while Y claimed that ...", "X dismissed the idea, saying that ...".
    """
    for i in range(root + 1, end):
        token = tree.tokens[i]
        if token.pos != "VERB" or tree.lemma(i) not in _SAYING:
            continue
        first = tree.first[i]
        alone = tree.child(i, "nsubj", "nsubjpass") is None
        if token.tag == "VBG" and token.dep in ("advcl", "acl") and alone:
            if _set_off(tree, i) and tree.child(i, "ccomp", "dobj") is not None:
                return _cut(tree, root, i, end)
        elif token.head == root and token.dep == "conj":
            same = token.tag == tree.tokens[verb].tag
            if same if alone else _set_off(tree, first):
                return _cut(tree, root, i if alone else first, end)
        elif token.head == root and token.dep == "advcl" and tree.word(first) in _CONTRAST:
            return _cut(tree, root, first, end)
    return end


def _set_off(tree: Tree, i: int) -> bool:
    """Say whether a comma or dash stands before a token, a conjunction set aside."""
    i -= tree.tokens[i - 1].pos == "CCONJ" or tree.tokens[i - 1].pos == "ADV"
    return tree.word(i - 1) in (",", "—", "–", "-", "--")


def _cut(tree: Tree, root: int, stop: int, end: int) -> int:
    """The end of a content before token ``stop`` and what joins that to it."""
    while stop > root + 1 and tree.tokens[stop - 1].pos in ("CCONJ", "PUNCT", "ADV"):
        stop -= 1
    return min(end, stop)


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
