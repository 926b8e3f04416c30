"""Predicates with who does what to whom, whether denied, and how sure."""

from __future__ import annotations

from dataclasses import dataclass

from retold.collate.changes.tables import (
    DENIERS,
    DENYING_NOUNS,
    FOCUS,
    NEARLY_NEGATIVE,
    NEGATIVE_ADJECTIVES,
    NEGATIVES,
)
from retold.collate.views import View, per_token, per_view


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb, or what a copula says of its subject, or a noun of an event with its object."""

    token: int
    subject: int
    """Token of who acts, passive resolved; -1 where it is not said."""
    object: int
    """Token of who or what is acted upon; -1 where there is none."""


@per_view
def predicates(view: View) -> list[Predicate]:
    """Return the predicates of a sentence, in its order."""
    found = []
    for i, token in enumerate(view.tokens):
        if token.pos in {"VERB", "AUX", "NOUN"} and (token.pos != "AUX" or token.dep != "aux"):
            roles = view.arguments(i)
            subject = next((j for role, j in roles if role == "subj"), -1)
            direct = [j for role, j in roles if role == "obj"]
            if token.pos == "NOUN" and not direct:
                continue
            if subject < 0 and token.pos != "NOUN":
                subject = _inherited_subject(view, i)
            found.append(Predicate(i, subject, direct[0] if direct else -1))
    return found


def _inherited_subject(view: View, index: int) -> int:
    """Return the subject that a second verb or an infinitive shares with the verb above it."""
    for _ in range(4):
        token = view.tokens[index]
        if token.dep not in {"conj", "xcomp"} or token.head == index:
            return -1
        index = token.head
        roles = view.arguments(index)
        passive = any(view.tokens[c].dep == "nsubjpass" for c in view.children[index])
        for role, j in roles:
            if role == "subj" and not passive:
                return j
    return -1


@per_token
def negations(view: View, index: int) -> list[int]:
    """Return the tokens that deny what the token ``index`` says, innermost first.

    Counts "not", "never", "no" on an argument, "without", "failed to", "denied that". "Not merely",
    "not only" deny nothing. An even number of them affirms.
    """
    found: list[int] = []
    _own_negations(view, index, found)
    above = view.relations[index][0]
    token = view.tokens[index]
    for _ in range(4):
        if above < 0:
            break
        head = view.tokens[above]
        if token.dep == "acl" and head.lemma.lower() in DENYING_NOUNS:
            found.append(above)
            break
        if token.dep in {"xcomp", "ccomp", "pcomp", "attr", "acomp"}:
            if head.lemma.lower() in DENIERS or head.lemma.lower() in NEGATIVE_ADJECTIVES:
                found.append(above)
            elif head.pos != "AUX" and token.dep != "xcomp":
                break
            _own_negations(view, above, found)
        else:
            break
        token, index = head, above
        above = view.relations[index][0]
    return found


def _own_negations(view: View, index: int, found: list[int]) -> None:
    for child in view.children[index]:
        word, dep = view.forms[child], view.tokens[child].dep
        denies = word in NEGATIVES or word in NEARLY_NEGATIVE
        adverb = dep in {"advmod", "preconj"} or (dep == "det" and word == "no")
        if dep == "neg" or (denies and adverb):
            found.extend([child] if not _focused(view, child) else [])
        elif dep in {"nsubj", "nsubjpass", "dobj", "attr", "expl"}:
            found.extend(
                below
                for below in view.children[child]
                if view.forms[below] in {"no", "neither", "none"} and not _focused(view, below)
            )
            found.extend([child] if word in {"none", "nobody", "nothing", "neither"} else [])
    above = view.tokens[index]
    if above.dep in {"pobj", "pcomp"} and view.forms[above.head] == "without":
        found.append(above.head)


def _focused(view: View, negation: int) -> bool:
    """Say whether a focus word follows ("not only", "no mere", "not least")."""
    after = view.forms[negation + 1 : negation + 3]
    if after and after[0] in {"least", "mere", "doubt", "matter"}:
        return True
    return bool(after) and (after[0] in FOCUS or (len(after) > 1 and after[1] in FOCUS))
