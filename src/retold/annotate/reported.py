"""Indirect speech: what is reported by a clause or beside "according to"."""

from __future__ import annotations

from collections.abc import Iterator

from retold.annotate import cues
from retold.annotate.clauses import Tree, can_speak, meant, noun_phrase
from retold.annotate.objects import by_adjective, by_noun, by_object
from retold.annotate.reports import (
    CLAUSE,
    OBJECT,
    PARENTHESIS,
    Report,
    act_of,
    group,
    own_end,
    relative,
    says_that,
    source_of,
    without,
)
from retold.model import Act

_ASKING = cues.word_set("ask doubt inquire know wonder")
_OURS = cues.word_set("i we you")
_LINKS = cues.word_set("and but however meanwhile nor or so still then though yet")
"""Words that join a reported sentence to the one before; the narrator's, not the source's."""


def find_reports(tree: Tree) -> Iterator[Report]:
    """Yield every indirect report, by the place of its cue."""
    reach = 0
    for i, token in enumerate(tree.tokens):
        if tree.word(i) == "according" and i + 2 < len(tree.tokens):
            report = _according(tree, i)
        elif token.pos in ("VERB", "AUX"):
            report = _by_verb(tree, i)
        elif token.pos == "NOUN":
            report = by_noun(tree, i)
        elif token.pos == "ADJ":
            report = by_adjective(tree, i)
        else:
            report = None
        part = report is not None and report.cue[1] <= reach  # "concern that" of "voiced concern"
        if report and report.content and not part and not _narrator(tree, report):
            reach = max(reach, report.cue[1])
            yield report


def _narrator(tree: Tree, report: Report) -> bool:
    """Say whether the writer or the reader is the source ("I think"): nobody is reported."""
    source = report.source
    return source is not None and source[1] - source[0] == 1 and tree.word(source[0]) in _OURS


def _by_verb(tree: Tree, verb: int) -> Report | None:
    lemma = tree.lemma(verb)
    if lemma in cues.REPORT:
        clause = tree.child(verb, "ccomp")
        if clause is None and lemma in _ASKING:
            clause = _question(tree, verb)
        if clause is not None and clause != verb:
            return _clause(tree, verb, clause)
        aside = _parenthetical(tree, verb)
        if aside:
            return aside
    return by_object(tree, verb, lemma)


def _question(tree: Tree, verb: int) -> int | None:
    """What is asked, where the parser takes "if" for a condition ("asked if the gate held")."""
    for c in tree.children[verb]:
        if c > verb and tree.tokens[c].dep == "advcl":
            return c if tree.word(tree.first[c]) in ("if", "whether") else None
    return None


def _clause(tree: Tree, verb: int, clause: int) -> Report | None:
    """Read "X said that ...", and "..., X said" where the saying is parsed as the main verb."""
    source, head = source_of(tree, verb)
    cue = group(tree, verb)
    lemma = tree.lemma(verb)
    start, end = tree.subtree(clause)
    taken = [cue] + ([source] if source else [])
    if verb < clause:
        before = relative(tree, clause, verb) or _around(tree, verb, clause, source)
        start = max(start, cue[1])
        for c in tree.children[verb]:  # the parser takes one clause for two where it is long
            if clause < c and tree.tokens[c].dep == "ccomp" and tree.first[c] - end <= 1:
                end = max(end, tree.last[c] + 1)
        end = own_end(tree, verb, clause, end)
        content = before + without(tree, start, end, taken)
    else:
        start = _after_links(tree, start, end)
        content = without(tree, start, end, taken)
    speaks = head is not None and can_speak(tree, head)
    act = act_of(lemma)
    written = head is not None and tree.lemma(meant(tree, head)) in cues.ABSTRACT
    if lemma in cues.SHOW and (written or not speaks):
        if not written:
            return None
        act = Act.EVIDENCE
    return Report(cue, source, content, CLAUSE if speaks else OBJECT, act)


def _around(
    tree: Tree, verb: int, clause: int, source: tuple[int, int] | None
) -> tuple[tuple[int, int], ...]:
    """What stands before a saying between commas ("If it rains, X says, the wall will leak")."""
    if source is None or source[1] > verb or tree.tokens[verb].head != verb:
        return ()
    first = tree.document.sentences[tree.sentence[verb]].tokens[0]
    first = _after_links(tree, first, source[0])
    between = tree.word(source[0] - 1) == "," and tree.word(verb + 1) == ","
    if not between or says_that(tree, clause) or source[0] - first < 2:
        return ()
    return without(tree, first, source[0], [])


def _after_links(tree: Tree, start: int, end: int) -> int:
    """The first token after the words that join a sentence to the one before ("But", "Still,")."""
    while start + 1 < end and (tree.word(start) in _LINKS or tree.word(start) == ","):
        start += 1
    return start


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
    start = _after_links(tree, start, end)
    content = without(tree, start, end, [tree.subtree(verb)])
    return Report(group(tree, verb), source, content, PARENTHESIS, act_of(tree.lemma(verb)))


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
        content = without(tree, source[1], sentence[1], [])
    else:
        start = _after_links(tree, *sentence)
        content = without(tree, start, sentence[1], [(i, source[1])])
    return Report((i, i + 2), source, content, CLAUSE)


def _comma(tree: Tree, start: int, end: int) -> int:
    """The end of the source from ``start``: its first comma, a name in apposition skipped."""
    comma = next((i for i in range(start + 1, end) if tree.word(i) == ","), end)
    after = comma + 1
    while after < len(tree.tokens) and tree.tokens[after].pos == "PROPN":
        after += 1
    named = comma + 1 < after < len(tree.tokens) and tree.word(after) == ","
    return after if named and tree.sentence[after] == tree.sentence[start] else comma
