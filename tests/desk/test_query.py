"""Queries as users type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.desk import Desk
from retold.desk.query import MOST_CHARACTERS, MOST_WORDS, Query, Term, parse
from retold.desk.values import SearchFilter
from retold.errors import UsageError
from tests.desk.making import numbered


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("ferry fog", ["ferry", "fog"], []),
        ('"thick fog" ferry', ["thick fog", "ferry"], []),
        ("“thick fog”", ["thick fog"], []),
        ("„dichter Nebel“ «brouillard épais»", ["dichter Nebel", "brouillard épais"], []),
        ('"thick fog', ["thick fog"], []),
        ("evac* ferr*", ["evac*", "ferr*"], []),
        ('"thick fo*"', ["thick fo"], []),
        ('"thick fog*"', ["thick fog*"], []),
        ("a* of*", ["a", "of"], []),
        ("ferry -fog -“Gull Point” -evac*", ["ferry"], ["fog", "Gull Point", "evac*"]),
        ("harbour-master Rusk's", ["harbour master", "Rusk s"], []),
        ("1,340 a.m.", ["1 340", "a m"], []),
        ("fog ferry fog -x -x", ["fog", "ferry"], ["x"]),
        ("AND OR NOT NEAR", ["AND", "OR", "NOT", "NEAR"], []),
        ("title:ferry (fog) ^x {y} + ;", ["title ferry", "fog", "x", "y"], []),
        ('--fog - -- * "" -"" \'\'', [], ["fog"]),
        ("", [], []),
        ("🚢 \x00 \ud800 ferry\x00fog", ["ferry fog"], []),
    ],
)
def test_what_is_read(typed: str, wanted: list[str], unwanted: list[str]):
    def terms(words: list[str]) -> tuple[Term, ...]:
        return tuple(Term(word.removesuffix("*"), word.endswith("*")) for word in words)

    assert parse(typed) == Query(terms(wanted), terms(unwanted))


def test_queries_are_bounded():
    parse("x " * MOST_WORDS)
    with pytest.raises(UsageError, match="64 words"):
        parse("x " * (MOST_WORDS + 1))
    with pytest.raises(UsageError, match="64 words"):
        parse(f'"{"of the " * MOST_WORDS}"')
    with pytest.raises(UsageError, match="characters"):
        parse("x" * (MOST_CHARACTERS + 1))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as desk:
        desk.add(numbered(n) for n in range(30))
        yield desk


hostile = st.text(
    st.sampled_from(list("ab\"'*-()^:{}+,.;~\\%_“”«»\x00\ud800é́ß中あ🚢 \n")) | st.characters(),
    max_size=40,
)
words = st.lists(
    st.sampled_from(
        ['"', "ferry", "NOT", "OR", "AND", "NEAR(", ")", "-", "*", "text:", "^", "boar*"]
    ),
    max_size=12,
).map(" ".join)


@given(hostile | words, st.sampled_from(["best", "published"]))
def test_no_query_is_an_error_of_syntax(filled, typed, order):
    found = filled.search(typed, wanted=SearchFilter(order=order), limit=3)
    assert found.total == 0 or parse(typed).wanted
