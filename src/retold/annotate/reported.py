"""Indirect speech: what is reported by a clause, an infinitive or a noun phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retold.annotate import cues
from retold.annotate.clauses import Tree, can_speak, noun_phrase

CLAUSES = frozenset(("ccomp",))
CLAUSE = 0.8
"""Probability of a report by a clause or "according to". These three: how often the training part
of PolNeAR has such a report with eight tenths of its words, rounded; not all are marked there."""
PARENTHESIS = 0.6
"""The same for "as X said" and "he claimed" in the middle of a sentence."""
OBJECT = 0.5
"""The same for an object or infinitive, and where nobody is seen who could speak."""
LONGEST_SOURCE = 30
"""Tokens of a source; a longer one is cut at its first comma."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report: token indices of the cue, token range of the source, ranges of the content."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    sure: float


def find_reports(tree: Tree) -> Iterator[Report]:
    """Yield every indirect report, by the place of its cue."""
    for i, token in enumerate(tree.tokens):
        if tree.word(i) == "according" and i + 2 < len(tree.tokens):
            report = _according(tree, i)
        elif token.pos in ("VERB", "AUX"):
            report = _by_verb(tree, i)
        elif token.pos == "NOUN" and token.lemma.lower() in cues.NOUNS:
            report = _by_noun(tree, i)
        else:
            report = None
        if report and report.content:
            yield report


def _by_verb(tree: Tree, verb: int) -> Report | None:
    lemma = tree.tokens[verb].lemma.lower()
    if lemma in cues.REPORT:
        clause = tree.child(verb, *CLAUSES)
        if clause is not None and clause != verb:
            return _clause(tree, verb, clause)
        aside = _parenthetical(tree, verb)
        if aside:
            return aside
    if lemma in cues.PROMISE:
        infinitive = tree.child(verb, "xcomp")
        if infinitive is not None and infinitive > verb and _has_to(tree, infinitive):
            return _complement(tree, verb, infinitive, OBJECT)
    if lemma in cues.LIGHT:
        return _light(tree, verb)
    if lemma in cues.NAME_AS:
        return _naming(tree, verb)
    if lemma in cues.STRESS:
        thing = tree.child(verb, "dobj")
        if thing is not None and thing > verb:
            return _complement(tree, verb, thing, OBJECT)
    return None


def _has_to(tree: Tree, verb: int) -> bool:
    return any(tree.tokens[c].tag == "TO" for c in tree.children[verb])


def _group(tree: Tree, verb: int) -> tuple[int, int]:
    """The cue: the verb with its auxiliaries and adverbs directly before it."""
    start = verb
    while (
        start > 0
        and tree.tokens[start - 1].head == verb
        and tree.tokens[start - 1].dep
        in (
            "aux",
            "auxpass",
            "neg",
            "advmod",
        )
    ):
        start -= 1
    return start, verb + 1


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
        if token.head == climbed or token.dep not in (
            "advcl",
            "xcomp",
            "conj",
            "acl",
            "pcomp",
            "prep",
        ):
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


def _clause(tree: Tree, verb: int, clause: int) -> Report | None:
    """Read "X said that ...", and "..., X said" where the saying is parsed as the main verb."""
    source, head = source_of(tree, verb)
    cue = _group(tree, verb)
    start, end = tree.subtree(clause)
    taken = [cue] + ([source] if source else [])
    if verb < clause:
        start = max(start, cue[1])
    content = _without(tree, start, end, taken)
    speaks = head is not None and can_speak(tree, head)
    sure = CLAUSE if speaks else OBJECT
    shows = tree.tokens[verb].lemma.lower() in cues.SHOW
    if shows and head is not None:
        speaks = speaks and tree.tokens[head].lemma.lower() not in cues.ABSTRACT
    if shows and not speaks:
        return None
    return Report(cue, source, content, sure)


def _complement(tree: Tree, verb: int, thing: int, sure: float) -> Report | None:
    """Read "X stressed the need for ...": an object or infinitive of a source that can speak."""
    source, head = source_of(tree, verb)
    if head is None or not can_speak(tree, head):
        return None
    start, end = tree.subtree(thing)
    content = _without(tree, max(start, verb + 1), end, [])
    return Report(_group(tree, verb), source, content, sure)


def _light(tree: Tree, verb: int) -> Report | None:
    """Read "X cast doubt on ...": a light verb with a noun of saying and its complement."""
    noun = tree.child(verb, "dobj")
    if noun is None or noun < verb or tree.tokens[noun].lemma.lower() not in cues.NOUNS:
        return None
    source, head = source_of(tree, verb)
    complement = tree.child(noun, "prep", "acl", "ccomp")
    if complement is None:
        complement = tree.child(verb, "prep", "ccomp")
    if head is None or complement is None or complement < noun or not can_speak(tree, head):
        return None
    start, end = tree.subtree(complement)
    first = start + 1 if tree.tokens[complement].dep == "prep" else start
    cue = (_group(tree, verb)[0], first if first > start else noun + 1)
    return Report(cue, source, _without(tree, first, end, []), OBJECT)


def _naming(tree: Tree, verb: int) -> Report | None:
    """Read "X called it a failure": all that follows the verb within its clause."""
    source, head = source_of(tree, verb)
    name = tree.child(verb, "oprd", "xcomp", "ccomp", "prep", "dobj")
    if head is None or not can_speak(tree, head) or name is None:
        return None
    ends = [
        tree.last[c] + 1
        for c in tree.children[verb]
        if c > verb and tree.tokens[c].dep in ("oprd", "xcomp", "ccomp", "prep", "dobj")
    ]
    if not ends:
        return None
    return Report(_group(tree, verb), source, _without(tree, verb + 1, max(ends), []), OBJECT)


def _parenthetical(tree: Tree, verb: int) -> Report | None:
    """Read "This, he claimed, is ..." and "as X underscored": the clause around the saying."""
    token = tree.tokens[verb]
    as_mark = any(
        c < verb and tree.word(c) == "as" and tree.tokens[c].dep in ("mark", "advmod")
        for c in tree.children[verb]
    ) or (tree.first[verb] < verb and tree.word(tree.first[verb]) == "as")
    if token.head == verb or not (token.dep == "parataxis" or (token.dep == "advcl" and as_mark)):
        return None
    source, head = source_of(tree, verb)
    if token.dep == "advcl" and (head is None or not can_speak(tree, head)):
        return None
    start, end = tree.subtree(token.head)
    for i in range(start, end):  # a colon or semicolon bounds what the parenthesis reports
        if tree.word(i) in (":", ";"):
            start, end = (i + 1, end) if i < verb else (start, min(end, i))
    content = _without(tree, start, end, [tree.subtree(verb)])
    return Report(_group(tree, verb), source, content, PARENTHESIS)


def _according(tree: Tree, i: int) -> Report | None:
    """Read "according to X": the clause that the phrase stands in."""
    if tree.word(i + 1) != "to":
        return None
    sentence = tree.document.sentences[tree.sentence[i]].tokens
    source = noun_phrase(tree, i + 2, sentence[1])
    if source[1] > sentence[1] or i + 2 >= sentence[1]:
        return None
    if i == sentence[0]:
        # what follows the comma is the subject of the clause that is reported
        source = (source[0], _comma(tree, source[0], min(source[1] + 1, sentence[1])))
        content = _without(tree, source[1], sentence[1], [])
    else:
        content = _without(tree, *sentence, [(i, source[1])])
    return Report((i, i + 2), source, content, CLAUSE)


def _comma(tree: Tree, start: int, end: int) -> int:
    """The end of the source from ``start``: its first comma, a name in apposition skipped."""
    comma = next((i for i in range(start + 1, end) if tree.word(i) == ","), end)
    after = comma + 1
    while after < len(tree.tokens) and tree.tokens[after].pos == "PROPN":
        after += 1
    named = comma + 1 < after < len(tree.tokens) and tree.word(after) == ","
    return after if named and tree.sentence[after] == tree.sentence[start] else comma


def _by_noun(tree: Tree, noun: int) -> Report | None:
    """Read "his claim that ...": the clause that explains the noun."""
    clause = tree.child(noun, "acl", "ccomp", "relcl")
    if clause is None or clause < noun:
        return None
    that = any(
        tree.word(c) == "that" and tree.tokens[c].dep == "mark" for c in tree.children[clause]
    )
    if not that:
        return None
    owner = tree.child(noun, "poss")
    source = tree.subtree(owner) if owner is not None else None
    if owner is not None and source and tree.word(source[1] - 1) in ("'s", "’s", "'", "’"):
        source = (source[0], source[1] - 1)
    start, end = tree.subtree(clause)
    return Report((noun, noun + 1), source, _without(tree, max(start, noun + 1), end, []), OBJECT)


def _without(
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
