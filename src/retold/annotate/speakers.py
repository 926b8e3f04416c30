"""Who is meant by the words that name a source: resolved within one article.

Surnames get their full name; "he", "the president", "the former official" go to the nearest mention
that fits; sources without a name ("a resident of ...") keep their description. The method is the
classic one of recency with agreement (Hobbs 1978; Lappin & Leass 1994), over what the parse and the
names offer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from retold.annotate import cues
from retold.annotate.clauses import SUBJECTS, Tree
from retold.model import Document, NameKind

_DETERMINERS = frozenset("a an the one some another this that these those".split())
_OFFICIALS = frozenset(
    """official minister president chancellor premier secretary ambassador governor mayor senator
    commissioner general chief spokesman spokeswoman spokesperson leader politician""".split()
)
_LEADERS = frozenset(
    "president minister premier chancellor king queen chief head governor mayor".split()
)
_WIDER = {"official": _OFFICIALS, "leader": _LEADERS, "politician": _OFFICIALS}
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(slots=True)
class Person:
    """Somebody, or some body, that the article names or describes."""

    label: str
    named: bool
    plural: bool = False
    body: bool = False
    """An organisation: no "he", no "she"."""
    roles: set[str] = field(default_factory=set)
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a person: token index of its head."""

    head: int
    start: int
    person: Person
    subject: bool


class Speakers:
    """The people of one article, and who is meant where."""

    def __init__(self, tree: Tree) -> None:
        """Collect the names and the described persons of the article, with their roles."""
        self.tree = tree
        self.people: dict[str, Person] = {}
        self.mentions: list[Mention] = []
        for start, end, kind in _names(tree):
            self._add_name(start, end, kind)
        named = {m.head for m in self.mentions}
        for i, token in enumerate(tree.tokens):
            if token.pos == "NOUN" and i not in named and token.lemma.lower() in cues.SPEAKERS:
                self._add_noun(i)
        self.mentions.sort(key=lambda m: m.head)
        self.heads = [m.head for m in self.mentions]

    # ------------------------------------------------------------ collecting

    def _add_name(self, start: int, end: int, kind: NameKind) -> None:
        tree = self.tree
        first, stop = tree.at(start), tree.at(end)
        if first >= stop:
            return
        titles = []
        while first < stop - 1 and tree.word(first).strip(".") in cues.TITLES:
            titles.append(tree.word(first).strip("."))
            first += 1
        label = _POSSESSIVE.sub("", tree.text[tree.tokens[first].start : tree.tokens[stop - 1].end])
        person = self._known(label, kind)
        head = stop - 1
        for i in range(first, stop):
            if not first <= tree.tokens[i].head < stop:
                head = i
        roles = self._roles(head, first)
        person.roles |= roles | (set(titles) & cues.SPEAKERS)
        before = tree.word(first - 1).strip(".") if first else ""
        for title in (*titles, before):
            if title in cues.FEMALE_TITLES:
                person.gender = "f"
            elif title in cues.MALE_TITLES:
                person.gender = "m"
        subject = tree.tokens[head].dep in SUBJECTS
        self.mentions.append(Mention(head, tree.tokens[first].start, person, subject))

    def _known(self, label: str, kind: NameKind) -> Person:
        """The person of that name: the same words, or the last words of a longer name."""
        words = label.split()
        for person in self.people.values():
            known = person.label.split()
            if known[-len(words) :] == words:
                return person
            if (
                kind is NameKind.PERSON
                and len(known) < len(words)
                and words[-len(known) :] == known
            ):
                person.label = label
                return person
        body = kind is not NameKind.PERSON and kind is not NameKind.OTHER
        person = self.people[label] = Person(label, named=True, body=body)
        return person

    def _roles(self, head: int, first: int) -> set[str]:
        """Nouns that say what a named person is: "President X", "X, the chief of ..."."""
        tree, roles = self.tree, set()
        for c in tree.children[head]:
            token = tree.tokens[c]
            if c < first and token.pos in ("NOUN", "PROPN") and token.dep in ("compound", "nmod"):
                roles.add(token.lemma.lower())
            if token.dep == "appos" and c > head:
                roles |= {token.lemma.lower()} | {
                    tree.tokens[d].lemma.lower()
                    for d in tree.children[c]
                    if tree.tokens[d].dep in ("compound", "amod")
                }
        up = tree.tokens[head]
        if up.dep == "appos" and up.head != head and tree.tokens[up.head].pos == "NOUN":
            roles.add(tree.tokens[up.head].lemma.lower())
        for c in range(max(0, first - 4), first):
            if tree.word(c) == "former":
                roles.add("former")
        return roles

    def _add_noun(self, i: int) -> None:
        """A person known by description only ("a resident of ...")."""
        tree = self.tree
        label = self.describe(i)
        if not label:
            return
        words = {
            tree.tokens[c].lemma.lower()
            for c in tree.children[i]
            if tree.tokens[c].dep in ("amod", "compound", "nmod")
        }
        roles = words | {tree.tokens[i].lemma.lower()}
        definite = any(tree.word(c) in ("the", "this", "that") for c in tree.children[i])
        if definite and self._by_role(roles, i) is not None:
            return
        person = self.people.setdefault(
            label.lower(), Person(label, named=False, plural=tree.tokens[i].tag in ("NNS", "NNPS"))
        )
        person.roles |= roles
        self.mentions.append(
            Mention(i, tree.tokens[tree.first[i]].start, person, tree.tokens[i].dep in SUBJECTS)
        )

    def describe(self, head: int) -> str:
        """The noun phrase of ``head`` without its article and without what is loosely added."""
        tree = self.tree
        start, end = tree.subtree(head)
        for i in range(head + 1, end):
            loose = tree.tokens[i].tag in ("WP", "WDT", "VBG") or tree.word(i) in (
                ",",
                "—",
                "–",
                "(",
            )
            if loose or tree.tokens[i].dep in ("relcl", "appos"):
                end = i
                break
        while start < head and tree.word(start) in _DETERMINERS:
            start += 1
        first, stop = tree.span(start, end)
        return " ".join(tree.text[first:stop].split())

    # ------------------------------------------------------------ asking

    def who(self, source: tuple[int, int] | None, cue: int) -> tuple[str, float]:
        """Who is meant by the source (a token range), and how sure that is; ("", 1) if nobody."""
        if source is None or source[0] >= source[1]:
            return "", 1.0
        tree, (start, end) = self.tree, source
        head = self._head(start, end)
        token = tree.tokens[head]
        if token.pos == "PRON":
            return self._pronoun(tree.word(head), head, cue)
        left = bisect_left(self.heads, start)
        inside = (
            [m for m in self.mentions[left:] if m.head < end][:8] if left < len(self.heads) else []
        )
        for mention in inside:
            if mention.head == head or (
                mention.person.named and _apposed(tree, mention.head, head)
            ):
                return mention.person.label, 1.0
        if token.pos == "PROPN":
            return self._plain(start, end, head), 0.9
        roles = {token.lemma.lower()} | {
            tree.tokens[c].lemma.lower()
            for c in tree.children[head]
            if tree.tokens[c].dep in ("amod", "compound")
        }
        definite = start <= head and tree.word(start) in (
            "the",
            "this",
            "that",
            "his",
            "her",
            "their",
        )
        if definite:
            person = self._by_role(roles, head)
            if person is not None:
                return person.label, 0.8
        return self.describe(head), 1.0

    def _head(self, start: int, end: int) -> int:
        tree = self.tree
        for i in range(start, end):
            up = tree.tokens[i].head
            if (not start <= up < end or up == i) and tree.tokens[i].pos in (
                "NOUN",
                "PROPN",
                "PRON",
            ):
                return i
        return min(end, len(tree.tokens)) - 1

    def _plain(self, start: int, end: int, head: int) -> str:
        """A name that the names' list lacks: the run of proper nouns that ends in ``head``."""
        tree, first = self.tree, head
        while first > start and tree.tokens[first - 1].pos == "PROPN":
            first -= 1
        stop = head + 1
        while stop < end and tree.tokens[stop].pos == "PROPN":
            stop += 1
        while first < stop - 1 and tree.word(first).strip(".") in cues.TITLES:
            first += 1
        return tree.text[tree.tokens[first].start : tree.tokens[stop - 1].end]

    def _by_role(self, roles: set[str], before: int) -> Person | None:
        """The last person before a token who has one of the roles, as "the president" asks for."""
        nouns = roles & cues.SPEAKERS
        wider = set().union(*(_WIDER.get(noun, frozenset()) for noun in nouns))
        former = "former" in roles
        seen = [m for m in self.mentions if m.head < before]
        best = None
        for mention in seen[-200:]:
            have = mention.person.roles
            if former and "former" not in have:
                continue
            if have & nouns or (have & wider and former) or (have & wider and mention.person.named):
                best = mention.person
        return best

    def _pronoun(self, word: str, head: int, cue: int) -> tuple[str, float]:
        gender = "f" if word in cues.FEMALE else "m" if word in cues.MALE else ""
        if word in ("i", "we", "you", "it", "who", "one"):
            return "", 1.0
        tree = self.tree
        here = tree.sentence[head]
        best: Mention | None = None
        best_rank: tuple[float, int] | None = None
        position = bisect_left(self.heads, head)
        for mention in self.mentions[max(0, position - 40) : position]:
            person = mention.person
            if word == "they" and not (person.plural or person.body):
                continue
            if word != "they" and (person.plural or person.body):
                continue
            if gender and person.gender and person.gender != gender:
                continue
            distance = here - tree.sentence[mention.head]
            cost = distance - (0.75 if mention.subject else 0) - (0.5 if person.named else 0)
            cost -= 0.5 if gender and person.gender == gender else 0
            rank = (-cost, mention.head)
            if best_rank is None or rank > best_rank:
                best, best_rank = mention, rank
        if best is None:
            return "", 1.0
        if gender and best.person.named and not best.person.gender:
            best.person.gender = gender
        distance = here - tree.sentence[best.head]
        return best.person.label, 0.9 if distance <= 1 else 0.7


def _apposed(tree: Tree, name: int, head: int) -> bool:
    """Say whether a name stands beside the head as the same person's ("spokesman X", "X, a ...")."""
    up = tree.tokens[name]
    return up.head == head and up.dep in ("appos", "compound", "nmod")


def _names(tree: Tree) -> list[tuple[int, int, NameKind]]:
    """Names of persons and bodies; runs of proper nouns where the document has no names yet."""
    document: Document = tree.document
    wanted = (NameKind.PERSON, NameKind.ORGANISATION, NameKind.OTHER)
    if document.names:
        return [(n.span.start, n.span.end, n.kind) for n in document.names if n.kind in wanted]
    found, first = [], -1
    for i in range(len(tree.tokens) + 1):
        proper = i < len(tree.tokens) and tree.tokens[i].pos == "PROPN"
        if proper and first >= 0 and tree.sentence[i] != tree.sentence[first]:
            found.append((tree.tokens[first].start, tree.tokens[i - 1].end, NameKind.OTHER))
            first = i
        elif proper and first < 0:
            first = i
        elif not proper and first >= 0:
            found.append((tree.tokens[first].start, tree.tokens[i - 1].end, NameKind.OTHER))
            first = -1
    return found
