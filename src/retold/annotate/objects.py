"""Attributions without a clause: by an object, an infinitive, a preposition or an adjective."""

from __future__ import annotations

from retold.annotate import cues
from retold.annotate.clauses import Tree, can_speak
from retold.annotate.cues import word_set
from retold.annotate.dateforms import MONTHS, WEEKDAYS
from retold.annotate.reports import (
    OBJECT,
    Report,
    act_of,
    group,
    has_to,
    own_end,
    owner_of,
    relative,
    says_that,
    source_of,
    without,
)
from retold.model import Act

_CIRCUMSTANCE = word_set(
    """
    after ahead amid among before because between by despite during following from per since
    through throughout under until upon via without
    """
)
"""Prepositions that say when or how it was said, after an object."""
_CLAUSAL = word_set("how that what whether why")
_PLACED = word_set("at in on")
"""Prepositions that may say so."""
_OCCASIONS = word_set(
    """
    address afternoon announcement briefing campaign column conference convention day debate email
    essay evening event forum interview letter meeting month morning night op-ed press rally release
    report speech statement stump summer television today trail tv tweet twitter week weekend winter
    year yesterday
    """
) | frozenset(name.lower() for name in (*MONTHS, *WEEKDAYS))


def by_object(tree: Tree, verb: int, lemma: str) -> Report | None:
    """The report of a cue verb that takes no clause."""
    if lemma == "ask" and source_of(tree, verb) == (None, None):
        return _phrasal(tree, verb, lemma)  # "asked about the gate, X said"
    if tree.child(verb, "nsubjpass") is not None:
        return _passive(tree, verb, lemma)
    if lemma in cues.SEEMING:
        return _seeming(tree, verb)
    infinitive = tree.child(verb, "xcomp")
    if infinitive is not None and infinitive > verb and has_to(tree, infinitive):
        thing = tree.child(verb, "dobj")
        if lemma in cues.DIRECTED and thing is not None and verb < thing < infinitive:
            return _complement(tree, verb, thing, Act.STATEMENT)
        if lemma in cues.PROMISE:
            act = Act.INTENTION if lemma in cues.INTENTION else act_of(lemma)
            return _complement(tree, verb, infinitive, act)
    if lemma in cues.WISH or lemma in cues.DIRECTED:
        clause = tree.child(verb, "ccomp")
        if clause is not None and clause > verb and has_to(tree, clause):
            act = Act.STATEMENT if lemma in cues.DIRECTED else Act.INTENTION
            return _complement(tree, verb, clause, act)
    if lemma == "make":
        clear = _made_clear(tree, verb)
        if clear:
            return clear
    if lemma in cues.LIGHT:
        light = _light(tree, verb)
        if light:
            return light
    if lemma in cues.NAME_AS:
        return _naming(tree, verb) or _phrasal(tree, verb, lemma)
    thing = tree.child(verb, "dobj")
    if thing is not None and thing > verb:
        if lemma in cues.SHOW:
            shown = _shown(tree, verb, thing)
            if shown:
                return shown
        done = _act_on_object(lemma)
        if done:
            return _complement(tree, verb, thing, done)
    return _phrasal(tree, verb, lemma)


def _act_on_object(lemma: str) -> Act | None:
    """What a verb does to its object; None where it reports nothing."""
    if lemma in cues.SAID_OF:
        return Act.STATEMENT
    if lemma in cues.STANCE or lemma in cues.TOPIC:
        return act_of(lemma)
    if lemma in cues.THOUGHT_OF:
        return Act.BELIEF
    if lemma in cues.WANTED:
        return Act.INTENTION
    return None


def _shown(tree: Tree, verb: int, thing: int) -> Report | None:
    """Read "the poll showed Vance ahead": what a document shows."""
    source, head = source_of(tree, verb)
    if head is None or tree.lemma(head) not in cues.ABSTRACT:
        return None
    end = _end(tree, verb, thing)
    for c in tree.children[verb]:  # the parser hangs "ahead of Y" on the verb
        if tree.first[c] == end and tree.tokens[c].dep in ("acomp", "advmod", "oprd", "xcomp"):
            end = tree.last[c] + 1
    content = without(tree, max(tree.first[thing], verb + 1), end, [])
    return Report(group(tree, verb), source, content, OBJECT, Act.EVIDENCE)


def _complement(tree: Tree, verb: int, thing: int, act: Act) -> Report | None:
    """Read "X stressed the need for ...": an object or infinitive of a source that can speak."""
    source, head = source_of(tree, verb)
    lemma = tree.lemma(verb)
    if head is None or not (can_speak(tree, head) or lemma in cues.HUMAN):
        return None
    start = max(tree.first[thing], verb + 1)
    end = own_end(tree, verb, thing, _end(tree, verb, thing))
    content = without(tree, start, end, [])
    return Report(group(tree, verb), source, content, OBJECT, act)


def _end(tree: Tree, verb: int, thing: int) -> int:
    """The end of an object with what the verb says of it ("the mayor of lying", "it as sound")."""
    end = tree.last[thing] + 1
    for c in tree.children[verb]:
        if tree.first[c] != end:
            continue
        dep = tree.tokens[c].dep
        told = dep == "oprd" or (dep == "xcomp" and has_to(tree, c))
        if told or (dep == "prep" and not _circumstance(tree, c)):
            end = tree.last[c] + 1
        else:
            break
    return end


def _circumstance(tree: Tree, preposition: int) -> bool:
    """Say whether a phrase says when, where or how something was said."""
    word = tree.word(preposition)
    if word in _CIRCUMSTANCE:
        return True
    if word not in _PLACED or not tree.children[preposition]:
        return False
    head = tree.children[preposition][-1]
    year = tree.tokens[head].pos == "NUM" and len(tree.word(head)) == 4
    return year or tree.word(head) in _OCCASIONS or tree.lemma(head) in _OCCASIONS


def _phrasal(tree: Tree, verb: int, lemma: str) -> Report | None:
    """Read "X called for calm", "X talked about the flood"."""
    for c in tree.children[verb]:
        if c < verb or tree.tokens[c].dep != "prep" or not tree.children[c]:
            continue
        if lemma not in cues.PHRASAL.get(tree.word(c), ()):
            continue
        source, head = source_of(tree, verb)
        if (head is None and lemma != "ask") or not (head is None or can_speak(tree, head)):
            return None
        content = without(tree, c + 1, tree.last[c] + 1, [])
        act = Act.TOPIC if tree.word(c) in ("about", "of", "on", "to") else Act.STANCE
        if tree.word(c) in ("for", "of", "against") and lemma in cues.REPORT | cues.DIRECTED:
            act = Act.STATEMENT  # "warned of floods", "called for calm"
        if lemma in cues.BELIEF or lemma in ("believe", "dream", "care"):
            act = Act.BELIEF
        beside = all(tree.tokens[i].pos in ("ADV", "ADP") for i in range(verb + 1, c))
        cue = group(tree, verb, c + 1 if beside else 0)
        return Report(cue, source, content, OBJECT, act)
    return None


def _light(tree: Tree, verb: int) -> Report | None:
    """Read "X cast doubt on ...": a light verb with a noun of saying and its complement."""
    noun = tree.child(verb, "dobj")
    if noun is None or noun < verb or tree.lemma(noun) not in cues.NOUNS:
        return None
    source, head = source_of(tree, verb)
    complement = tree.child(noun, "prep", "acl", "ccomp")
    if complement is None:
        complement = tree.child(verb, "prep", "ccomp")
    if head is None or complement is None or complement < noun or not can_speak(tree, head):
        return None
    said, end = tree.child(complement, "ccomp", "dobj"), tree.last[complement] + 1
    if tree.tokens[complement].tag == "VBG" and said is not None and said > complement:
        complement = said  # "issued a statement saying that ..."
    start = max(tree.first[complement], noun + 1)
    first = start + 1 if tree.tokens[complement].dep == "prep" else start
    cue = (group(tree, verb)[0], max(first, noun + 1))
    return Report(cue, source, without(tree, first, end, []), OBJECT)


def _made_clear(tree: Tree, verb: int) -> Report | None:
    """Read "X made (it) clear that ..."."""
    end = tree.last[verb] + 1
    clear = next((i for i in range(verb + 1, min(verb + 4, end)) if tree.word(i) == "clear"), None)
    source, head = source_of(tree, verb)
    if clear is None or head is None or not can_speak(tree, head) or clear + 2 >= end:
        return None
    for c in range(clear + 1, min(clear + 8, end)):
        if tree.word(c) in _CLAUSAL or tree.tokens[c].dep == "nsubj":
            content = without(tree, min(c, tree.first[c]), end, [])
            return Report(group(tree, verb, clear + 1), source, content, OBJECT)
    return None


def _naming(tree: Tree, verb: int) -> Report | None:
    """Read "X called it a failure": all that follows the verb within its clause."""
    source, head = source_of(tree, verb)
    labels = ("oprd", "xcomp", "ccomp", "dobj")
    if head is None or not (can_speak(tree, head) or tree.lemma(verb) in cues.HUMAN):
        return None
    parts = [c for c in tree.children[verb] if c > verb and tree.tokens[c].dep in labels]
    if not parts:
        return None
    end = max(_end(tree, verb, c) for c in parts)
    content = relative(tree, verb, verb) + without(tree, verb + 1, end, [])
    return Report(group(tree, verb), source, content, OBJECT)


def _passive(tree: Tree, verb: int, lemma: str) -> Report | None:
    """Read "X is expected to win", "X was accused of lying by Y": the subject and what is said."""
    subject = tree.child(verb, "nsubjpass")
    known = lemma in cues.HELD or lemma in cues.STANCE or lemma in cues.DIRECTED
    if subject is None or subject > verb or not known:
        return None
    agent = tree.child(verb, "agent")
    rest = [
        c
        for c in tree.children[verb]
        if c > verb
        and (
            tree.tokens[c].dep in ("xcomp", "oprd")
            or (tree.tokens[c].dep == "prep" and tree.word(c) in ("as", "for", "of", "with", "to"))
        )
    ]
    source, head = (None, None) if agent is None else source_of(tree, verb)
    if agent is None and (not rest or lemma not in cues.HELD):
        return None
    if agent is not None and (head is None or not can_speak(tree, head)):
        return None
    pieces = without(tree, *tree.subtree(subject), [])
    for c in rest:
        first = c + (tree.tokens[c].dep == "prep" and tree.word(c) not in ("as", "with"))
        if tree.tokens[c].dep != "prep":
            first = max(tree.first[c], verb + 1)
        pieces += without(tree, first, tree.last[c] + 1, [])
    act = Act.BELIEF if agent is None and lemma in cues.BELIEF else act_of(lemma)
    return Report(group(tree, verb), source, pieces, OBJECT, act)


def _seeming(tree: Tree, verb: int) -> Report | None:
    """Read "X seems to leak": the subject and what it seems to be or to do."""
    subject = tree.child(verb, "nsubj")
    rest = next(
        (
            c
            for c in tree.children[verb]
            if c > verb and tree.tokens[c].dep in ("xcomp", "oprd", "acomp", "ccomp")
        ),
        None,
    )
    if subject is None or rest is None or subject > verb:
        return None
    pieces = without(tree, max(tree.first[rest], verb + 1), tree.last[rest] + 1, [])
    if tree.word(subject) != "it" or tree.tokens[rest].dep != "ccomp":
        pieces = without(tree, *tree.subtree(subject), []) + pieces
    return Report(group(tree, verb), None, pieces, OBJECT, Act.APPEARANCE)


def by_noun(tree: Tree, noun: int) -> Report | None:
    """Read "his claim that ...", "her refusal to ...", "his attacks on ..."."""
    lemma = tree.lemma(noun)
    if lemma not in cues.NOUNS and lemma not in cues.OWNED:
        return None
    source, owner = owner_of(tree, noun)
    clause = tree.child(noun, "acl", "ccomp", "relcl")
    if clause is not None and clause > noun and says_that(tree, clause) and lemma in cues.NOUNS:
        content = without(tree, max(tree.first[clause], noun + 1), tree.last[clause] + 1, [])
        return Report((noun, noun + 1), source, content, OBJECT)
    if owner is None or lemma not in cues.OWNED or not can_speak(tree, owner):
        return None
    for c in tree.children[noun]:
        if c < noun:
            continue
        if tree.tokens[c].dep == "acl" and has_to(tree, c):
            content = without(tree, max(tree.first[c], noun + 1), tree.last[c] + 1, [])
            return Report((noun, noun + 1), source, content, OBJECT, Act.INTENTION)
        if tree.tokens[c].dep == "prep" and not _circumstance(tree, c):
            content = without(tree, c + 1, tree.last[c] + 1, [])
            return Report((noun, c + 1), source, content, OBJECT, Act.STANCE)
    return None


def by_adjective(tree: Tree, adjective: int) -> Report | None:
    """Read "X is aware that ...", "X was reluctant to ...", "X is unhappy with ..."."""
    lemma = tree.word(adjective)
    token = tree.tokens[adjective]
    if lemma not in cues.ADJECTIVES and lemma not in cues.READY:
        return None
    if token.dep not in ("acomp", "conj", "oprd", "advcl", "ROOT"):
        return None
    source, head = source_of(tree, token.head if token.dep == "acomp" else adjective)
    if head is None or not can_speak(tree, head):
        return None
    for c in tree.children[adjective]:
        if c < adjective:
            continue
        dep, first = tree.tokens[c].dep, max(tree.first[c], adjective + 1)
        if dep == "prep" and (_circumstance(tree, c) or tree.last[c] == c):
            continue
        if dep == "prep":
            first = c + 1
        elif not (dep == "ccomp" or (dep == "xcomp" and has_to(tree, c))):
            continue
        start = group(tree, token.head)[0] if token.dep == "acomp" else adjective
        cue = (min(start, adjective), first if dep == "prep" else adjective + 1)
        act = Act.INTENTION if lemma in cues.READY else Act.BELIEF
        return Report(cue, source, without(tree, first, tree.last[c] + 1, []), OBJECT, act)
    return None
