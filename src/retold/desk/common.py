"""Which terms of a query tell something of an article, where an index holds very many."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from retold.desk.query import LEAST_BEGINNING, Term

SAMPLE = 1_000
"""Rows, those that were stored last, by which it is judged how common a word is."""


def telling(
    connection: sqlite3.Connection, index: str, terms: Sequence[Term], most: int
) -> tuple[Term, ...]:
    """Return the terms by which finds can be ranked; all, where an index has ``most`` rows or less.

    What stands in more than half of all articles weighs nothing in a rank (BM25). So such words and
    beginnings are left out, and phrases of nothing else, which take long to go through.
    """
    # the first of a join over its articles: a maximum would be sought among all of them
    newest = connection.execute(
        f"SELECT rowid FROM {index} ORDER BY rowid DESC LIMIT 1"  # noqa: S608
    ).fetchone()
    if newest is None or newest[0] <= most:
        return tuple(terms)
    first: int = newest[0] - SAMPLE
    known: dict[str, bool] = {}

    def common(expression: str) -> bool:
        if expression not in known:
            held: int = connection.execute(
                f"SELECT count(*) FROM {index} WHERE {index} MATCH ? AND rowid > ?",  # noqa: S608
                (expression, first),
            ).fetchone()[0]
            known[expression] = held > SAMPLE / 2
        return known[expression]

    def tells(term: Term) -> bool:
        *words, last = term.words.split()
        if term.prefix and len(last) > LEAST_BEGINNING:
            # for the index to gather all words with it takes longer than to rank by it
            return True
        ending = Term(last, term.prefix)
        return not all(common(each.expression()) for each in (*map(Term, words), ending))

    return tuple(term for term in terms if tells(term))
