"""A document's dependency trees, with the subtrees' edges and what clauses need of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from retold.annotate import cues
from retold.model import Document, NameKind, Token

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
SHARING = frozenset(("advcl", "xcomp", "conj", "acl", "pcomp", "prep"))
"""Relations over which a verb shares the subject of the verb above it."""
_LEMMAS = {"hop": "hope", "retweete": "retweet"}
"""Lemmas that the parser gets wrong; nobody hops in the news."""


class Tree:
    """The parses of all sentences of one document. Tokens are named by their index."""

    def __init__(self, document: Document) -> None:
        """Index ``document``, linear in its tokens."""
        self.document = document
        self.text = document.article.text
        self.tokens = document.tokens
        self.starts = [t.start for t in self.tokens]
        self.sentence_starts = [s.span.start for s in document.sentences]
        self.surnames = {
            self.text[n.span.start : n.span.end].split()[-1]
            for n in document.names
            if n.kind is NameKind.PERSON and n.span.start < n.span.end
        }
        """Last words of the persons' names; the tagger takes some of them for common nouns."""
        self.children: list[list[int]] = [[] for _ in self.tokens]
        self.sentence = [0] * len(self.tokens)
        """For each token the index of its sentence."""
        self.first = list(range(len(self.tokens)))
        """For each token the leftmost token of its subtree."""
        self.last = list(range(len(self.tokens)))
        for number, sentence in enumerate(document.sentences):
            for i in range(*sentence.tokens):
                self.sentence[i] = number
        for i, token in enumerate(self.tokens):
            if token.head != i:
                self.children[token.head].append(i)
        self._edges()

    def _edges(self) -> None:
        order = [i for i, t in enumerate(self.tokens) if t.head == i]
        for i in order:  # grows while it is walked: parents before children
            order.extend(self.children[i])
        for i in reversed(order):
            head = self.tokens[i].head
            self.first[head] = min(self.first[head], self.first[i])
            self.last[head] = max(self.last[head], self.last[i])

    def word(self, i: int) -> str:
        """The token's characters, in lower case."""
        token = self.tokens[i]
        return self.text[token.start : token.end].lower()

    def lemma(self, i: int) -> str:
        """The token's lemma in lower case, put right where the parser is known to cut it short."""
        lemma = self.tokens[i].lemma.lower()
        return _LEMMAS.get(lemma, lemma)

    def surface(self, i: int) -> str:
        """The token's characters."""
        return self.text[self.tokens[i].start : self.tokens[i].end]

    def at(self, offset: int) -> int:
        """Index of the first token that starts at ``offset`` or later."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """Index of the last token that starts before ``offset``; -1 where there is none."""
        return bisect_left(self.starts, offset) - 1

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that covers ``offset`` or is the last to start before it."""
        return max(0, bisect_right(self.sentence_starts, offset) - 1)

    def child(self, i: int, *labels: str) -> int | None:
        """The first child of ``i`` with one of the dependency labels."""
        for c in self.children[i]:
            if self.tokens[c].dep in labels:
                return c
        return None

    def subject(self, i: int) -> int | None:
        """The subject of the verb ``i``: its own, or the one it shares with the verb above it."""
        for _ in range(8):
            for c in self.children[i]:
                if self.tokens[c].dep in SUBJECTS:
                    return c
            token = self.tokens[i]
            if token.dep not in ("conj", "xcomp") or token.head == i:
                return None
            i = token.head
        return None

    def subtree(self, i: int) -> tuple[int, int]:
        """The token range, half-open, from the first to the last token below ``i``."""
        return self.first[i], self.last[i] + 1

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Offsets of the tokens ``first`` to ``end`` (exclusive), outer punctuation left out."""
        while first < end and self.is_edge(self.tokens[first]):
            first += 1
        while end > first and self.is_edge(self.tokens[end - 1]):
            end -= 1
        if first >= end:
            return 0, 0
        return self.tokens[first].start, self.tokens[end - 1].end

    def is_edge(self, token: Token) -> bool:
        """Say whether a token at the edge of a phrase is no part of it."""
        return token.pos in ("PUNCT", "SPACE")


def meant(tree: Tree, i: int) -> int:
    """The noun whose members a quantifier or number picks out ("none of the gates"), else ``i``."""
    word = tree.word(i)
    if not (tree.tokens[i].pos == "NUM" or {word, tree.lemma(i)} & cues.QUANTIFIERS):
        return i
    of = next((c for c in tree.children[i] if c > i and tree.word(c) == "of"), None)
    picked = None if of is None else tree.child(of, "pobj")
    return i if picked is None else picked


def can_speak(tree: Tree, i: int) -> bool:
    """Say whether the noun ``i`` names somebody, or some body, that can say things."""
    picked = meant(tree, i)
    if picked != i and tree.tokens[picked].pos == "PRON":
        return tree.word(picked) not in cues.THINGS
    i = picked
    token = tree.tokens[i]
    if token.pos == "PRON":
        return tree.word(i) in cues.PRONOUNS | cues.QUANTIFIERS and tree.word(i) != "it"
    if token.pos in ("PROPN", "NUM") or tree.surface(i) in tree.surnames:
        return True
    lemma = token.lemma.lower()
    if lemma in cues.QUANTIFIERS or tree.word(i) in cues.QUANTIFIERS:
        return True
    return lemma in cues.SPEAKERS or tree.word(i) in cues.SPEAKERS


def noun_phrase(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """The noun phrase that starts at token ``start``, with what belongs to it, up to ``end``."""
    head = start
    # climb from the first token to the highest noun that still starts here
    for _ in range(40):
        up = tree.tokens[head].head
        if up == head or up < start or up >= end or tree.first[up] < start:
            break
        if tree.tokens[up].pos in ("VERB", "AUX"):
            break
        head = up
    stop = min(tree.last[head] + 1, end)
    return start, max(stop, start + 1)
