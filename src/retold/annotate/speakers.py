"""Who is meant by the words that name a source: resolved within one article.

Surnames get their full name; "he", "the president", "the former official" go to the nearest mention
that fits; sources without a name ("a resident of ...") keep their description. The method is the
classic one of recency with agreement (Hobbs 1978; Lappin & Leass 1994), over what the parse and the
names offer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from retold.annotate import cues
from retold.annotate.clauses import SUBJECTS, Tree
from retold.annotate.credits import after_dateline
from retold.annotate.cues import word_set
from retold.model import NameKind

_DETERMINERS = word_set("a an another one some that the these this those")
_OFFICIALS = word_set(
    """
    ambassador chancellor chief commissioner general governor leader mayor minister official
    politician premier president secretary senator spokesman spokesperson spokeswoman
    """
)
_LEADERS = word_set("chancellor chief governor head king mayor minister premier president queen")
_WIDER = {"official": _OFFICIALS, "leader": _LEADERS, "politician": _OFFICIALS}
NEAR = 40
"""Mentions back that a pronoun can reach."""
FAR = 200
"""Mentions back that "the president" can reach."""


@dataclass(slots=True)
class Person:
    """Somebody, or some body, that the article names or describes."""

    label: str
    named: bool
    plural: bool = False
    body: bool = False
    """An organisation: no "he", no "she"."""
    roles: set[str] = field(default_factory=set)
    votes: Counter[str] = field(default_factory=Counter)
    """For "f" and "m": titles and pronouns that speak for it."""

    @property
    def gender(self) -> str:
        """The letter f or m, or nothing where the article does not tell."""
        return "f" if self.votes["f"] > self.votes["m"] else "m" if self.votes["m"] else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a person: token index of its head."""

    head: int
    person: Person
    subject: bool


class Speakers:
    """The people of one article, and who is meant where."""

    def __init__(self, tree: Tree) -> None:
        """Collect the names and the described persons of the article, with their roles."""
        self.tree = tree
        self.people: dict[str, Person] = {}
        self.mentions: list[Mention] = []
        position = 0
        for first, stop, label, kind in _names(tree):
            self._add_nouns(position, first)
            self._add_name(first, stop, label, kind)
            position = max(position, stop)
        self._add_nouns(position, len(tree.tokens))
        self.mentions.sort(key=lambda m: m.head)
        self.heads = [m.head for m in self.mentions]
        self.surnames: dict[str, str] = {}
        """Last word of a person's name to the whole name, the first and longest that has it."""
        for person in self.people.values():
            words = person.label.split()
            if person.named and len(words) > len(self.surnames.get(words[-1], "").split()):
                self.surnames[words[-1]] = person.label
        self._vote()

    # ------------------------------------------------------------ collecting

    def _add_name(self, first: int, stop: int, label: str, kind: NameKind) -> None:
        tree = self.tree
        titles = []
        while first < stop - 1 and tree.word(first).strip(".") in cues.TITLES:
            titles.append(tree.word(first).strip("."))
            first += 1
        person = self.people.get(label)
        if person is None:
            body = kind is NameKind.ORGANISATION
            person = self.people[label] = Person(label, named=True, body=body)
        head = stop - 1
        for i in range(first, stop):
            if not first <= tree.tokens[i].head < stop or tree.tokens[i].head == i:
                head = i
                break
        person.roles |= self._roles(head, first) | (set(titles) & cues.SPEAKERS)
        before = tree.word(first - 1).strip(".") if first else ""
        for title in {*titles, before}:
            person.votes["f"] += 3 * (title in cues.FEMALE_TITLES)
            person.votes["m"] += 3 * (title in cues.MALE_TITLES)
        self.mentions.append(Mention(head, person, tree.tokens[head].dep in SUBJECTS))

    def _add_nouns(self, first: int, stop: int) -> None:
        """Persons known by description only ("a resident of ...")."""
        for i in range(first, stop):
            token = self.tree.tokens[i]
            lemma = token.lemma.lower()
            if token.pos == "NOUN" and lemma in cues.SPEAKERS and lemma not in cues.ABSTRACT:
                self._add_noun(i)

    def _add_noun(self, i: int) -> None:
        tree = self.tree
        label = self.describe(i)
        roles = self._words(i)
        definite = any(tree.word(c) in ("the", "this", "that") for c in tree.children[i])
        if not label or (definite and self._by_role(roles, self.mentions) is not None):
            return
        plural = tree.tokens[i].tag in ("NNS", "NNPS")
        body = tree.tokens[i].lemma.lower() in cues.BODIES
        person = self.people.setdefault(
            label.lower(), Person(label, named=False, plural=plural, body=body)
        )
        person.roles |= roles
        self.mentions.append(Mention(i, person, tree.tokens[i].dep in SUBJECTS))

    def _words(self, i: int) -> set[str]:
        """The noun ``i`` and what stands before it and belongs to it, as lemmas."""
        tree = self.tree
        return {tree.tokens[i].lemma.lower()} | {
            tree.tokens[c].lemma.lower()
            for c in tree.children[i]
            if tree.tokens[c].dep in ("amod", "compound", "nmod")
        }

    def _vote(self) -> None:
        """Let each "he" and "she" near one named person only speak for that person's gender."""
        tree = self.tree
        for i, token in enumerate(tree.tokens):
            if token.pos != "PRON" or tree.word(i) not in cues.FEMALE | cues.MALE:
                continue
            stop = bisect_left(self.heads, i)
            near = {
                id(m.person): m.person
                for m in self.mentions[max(0, stop - NEAR) : stop]
                if tree.sentence[i] - tree.sentence[m.head] <= 1
                and m.person.named
                and not m.person.body
            }
            if len(near) == 1:
                (person,) = near.values()
                person.votes["f" if tree.word(i) in cues.FEMALE else "m"] += 1

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

    def describe(self, head: int) -> str:
        """The noun phrase of ``head`` without its article and without what is loosely added."""
        tree = self.tree
        start, end = tree.subtree(head)
        begin = after_dateline(tree.text, tree.tokens[start].start, tree.tokens[head].start + 1)
        start = min(head, tree.at(begin))
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
        while start < head and (
            tree.word(start) in _DETERMINERS or tree.tokens[start].tag == "PRP$"
        ):
            start += 1
        first, stop = tree.span(start, end)
        return " ".join(tree.text[first:stop].split())

    # ------------------------------------------------------------ asking

    def who(self, source: tuple[int, int] | None) -> tuple[str, float]:
        """Who is meant by the source (a token range), and how sure that is; ("", 1) if nobody."""
        if source is None or source[0] >= source[1]:
            return "", 1.0
        tree, (start, end) = self.tree, source
        head = self.head(start, end)
        token = tree.tokens[head]
        if token.pos == "PRON" and tree.word(head) not in cues.QUANTIFIERS:
            return self._pronoun(tree.word(head), head)
        left = bisect_left(self.heads, start)
        inside = self.mentions[left : min(left + 8, bisect_left(self.heads, end, left))]
        for mention in inside:
            if mention.head == head or (
                mention.person.named and _apposed(tree, mention.head, head)
            ):
                return mention.person.label, 1.0
        if token.dep == "appos":  # "X, the chief of ..., who said"
            place = bisect_left(self.heads, token.head)
            if place < len(self.heads) and self.heads[place] == token.head:
                return self.mentions[place].person.label, 0.9
        if token.pos == "PROPN" or tree.surface(head) in self.surnames:
            plain = self._plain(start, end, head)
            return self.surnames.get(plain, plain), 0.9
        if tree.word(start) in ("the", "this", "that", "his", "her", "their"):
            stop = bisect_left(self.heads, head)
            before = self.mentions[max(0, stop - FAR) : stop]
            person = self._by_role(self._words(head), before)
            if person is not None:
                return person.label, 0.8
        return self.describe(head), 1.0

    def head(self, start: int, end: int) -> int:
        """The token that a range of tokens hangs on; its last one where the parse shows none."""
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

    def _by_role(self, roles: set[str], before: list[Mention]) -> Person | None:
        """The last person who has one of the roles, as "the president" asks for."""
        nouns = roles & cues.SPEAKERS
        wider = {w for noun in nouns for w in _WIDER.get(noun, frozenset())}
        former = "former" in roles
        for mention in before[: -FAR - 1 : -1]:
            person = mention.person
            if former and "former" not in person.roles:
                continue
            if person.roles & nouns or (person.roles & wider and (former or person.named)):
                return person
        return None

    def _pronoun(self, word: str, head: int) -> tuple[str, float]:
        if word not in ("he", "she", "they", "him", "her", "them", "it"):
            return "", 1.0
        tree, gender = self.tree, "f" if word in cues.FEMALE else "m" if word in cues.MALE else ""
        stop, here = bisect_left(self.heads, head), tree.sentence[head]
        best: tuple[float, int] | None = None
        chosen: Mention | None = None
        for mention in self.mentions[max(0, stop - NEAR) : stop]:
            person = mention.person
            if word == "it":
                fits = person.body and not person.plural
            elif word in ("they", "them"):
                fits = person.plural or person.body
            else:
                fits = not (person.plural or person.body) and person.gender in ("", gender)
            if not fits:
                continue
            cost = here - tree.sentence[mention.head] - 0.75 * mention.subject - 0.5 * person.named
            cost -= 0.5 if gender and person.gender == gender else 0
            rank = (-cost, mention.head)
            if best is None or rank > best:
                best, chosen = rank, mention
        if chosen is None:
            return "", 1.0
        return chosen.person.label, 0.9 if here - tree.sentence[chosen.head] <= 1 else 0.7


def _apposed(tree: Tree, name: int, head: int) -> bool:
    """Say whether a name stands beside the head as the same person's ("X, a spokesman")."""
    up = tree.tokens[name]
    return up.head == head and up.dep in ("appos", "compound", "nmod")


def _names(tree: Tree) -> list[tuple[int, int, str, NameKind]]:
    """Names of persons and bodies as token ranges, with what they name, by place."""
    found = []
    for name in tree.document.names:
        first, stop = tree.at(name.span.start), tree.at(name.span.end)
        speaks = name.kind in (NameKind.PERSON, NameKind.ORGANISATION, NameKind.OTHER)
        if speaks and first < stop and not _dates(tree, first):
            found.append((first, stop, name.entity, name.kind))
    return sorted(found)


def _dates(tree: Tree, i: int) -> bool:
    """Say whether a token is part of a dateline, which names a place and nobody."""
    sentence = tree.document.sentences[tree.sentence[i]].span
    return tree.tokens[i].start < after_dateline(tree.text, sentence.start, sentence.end)
