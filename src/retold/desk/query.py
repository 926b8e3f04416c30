"""What a user types to search, made into an expression that is never a syntax error."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from retold.errors import UsageError

MOST_WORDS = 64
MOST_CHARACTERS = 2_000
LEAST_BEGINNING = 3
"""Letters that a beginning has at least: shorter ones stand for half of all words."""

_TERM = re.compile(
    r"""(?P<minus>-?)
    (?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]? | (?P<word>[^\s"“”„«»]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that follow one another; ``prefix`` where the last is a beginning."""

    words: str
    prefix: bool = False

    def expression(self) -> str:
        """Return it as FTS5 reads it."""
        return f'"{self.words}"' + (" *" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Query:
    """What an article must have, all of it, and what it must not have, any of it."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]

    @property
    def open(self) -> bool:
        """Whether it asks for beginnings for which all words with them are gathered each time.

        Those of three letters have lists of their own.
        """
        terms = (*self.wanted, *self.unwanted)
        return any(term.prefix and len(term.words.split()[-1]) > LEAST_BEGINNING for term in terms)

    @property
    def words(self) -> int:
        """How many words it has, those of phrases counted."""
        return sum(len(term.words.split()) for term in (*self.wanted, *self.unwanted))

    def expression(self) -> str:
        """Return it as FTS5 reads it; empty where nothing is wanted, which finds nothing."""
        if not (self.wanted and self.unwanted):
            return self.sought()
        unwanted = " OR ".join(term.expression() for term in self.unwanted)
        return f"({self.sought()}) NOT ({unwanted})"

    def sought(self) -> str:
        """Return what must be there as FTS5 reads it."""
        return " ".join(term.expression() for term in self.wanted)


def parse(text: str) -> Query:
    """Read a query: words, ``"phrases"``, beginnings with a star (``evacuat*``), ``-without``.

    All words are sought, in any order and case, with accents or without; words joined by a hyphen
    or an apostrophe as a phrase. A beginning has three letters or more. Whatever else stands there
    counts as white space does.

    Raises:
        UsageError: it is longer than any query.
    """
    if len(text) > MOST_CHARACTERS:
        raise UsageError(f"a query has at most {MOST_CHARACTERS} characters, not {len(text)}")
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _TERM.finditer(text):
        phrase, word = found["phrase"], found["word"]
        written = phrase if word is None else word
        words = _plain(written)
        if words:
            prefix = written.endswith("*") and len(words.split()[-1]) >= LEAST_BEGINNING
            (unwanted if found["minus"] else wanted).append(Term(words, prefix))
    # the same words in a row are compared with each place of theirs: hundreds took 20 seconds
    if Query(tuple(wanted), tuple(unwanted)).words > MOST_WORDS:
        raise UsageError(
            f"a query has at most {MOST_WORDS} words, those of phrases counted; paste a longer text"
            " where the desk is asked whether it has seen it"
        )
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def _plain(written: str) -> str:
    """Return the letters, digits and marks of what was written, all else as single blanks."""
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in written)
    return " ".join("".join(kept).split())
