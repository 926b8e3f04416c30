"""Sources that versions credit and that nobody collected."""

from types import SimpleNamespace

import numpy as np
import pytest

from retold.config import StemmaConfig
from retold.model import Article, Credit, CreditForm, Document, Span
from retold.stemma.arborescence import ROOT
from retold.stemma.credited import credit_sources
from retold.stemma.features import FeatureKind, Features
from retold.stemma.nodes import Evidences, Forest
from retold.stemma.witness import EARLY, observe
from tests.stemma.test_unseen import Trust


def crediting(signed=(), drawn=(), own=""):
    return SimpleNamespace(own=own, signed=signed, drawn=drawn, reports=signed or drawn)


def forest_of(*witnesses):
    """The first version at the top, the others, which have all their text from it, below."""
    n = len(witnesses)
    has = np.ones((n, 8), dtype=np.bool_)
    has[1:, 4:] = False
    kinds = np.full(8, FeatureKind.PASSAGE.value)
    features = Features(
        (), has, np.full(8, 4.0), kinds, np.zeros(n), np.zeros((n, n)), np.arange(8)
    )
    nothing = np.zeros((n, n))
    facing = np.zeros((n, n))
    facing[0], facing[1:, 0] = 4.0, -4.0
    mutual = Trust(np.ones((n, n)))
    none = np.zeros(n, dtype=np.bool_)
    forest = Forest(
        Evidences(tuple(witnesses), features, None, {}, facing, nothing, nothing, mutual, none),
        StemmaConfig(),
    )
    forest.solve()
    assert forest.children()[ROOT] == [1]
    return forest


ORLANE = crediting(signed=("Orlane",))


@pytest.mark.parametrize(
    ("top", "others", "agency"),
    [
        (crediting(signed=("Skerry",)), [ORLANE, ORLANE], "Skerry"),
        (crediting(), [ORLANE, ORLANE], "Orlane"),
        (crediting(), [ORLANE, crediting()], "Orlane"),
        (crediting(), [ORLANE, crediting(), crediting()], None),
        (crediting(), [crediting(drawn=("Orlane",))] * 2, None),
        (crediting(own="orlane"), [ORLANE, ORLANE], None),
    ],
)
def test_what_those_below_sign_they_cannot_have_from_a_version_that_is_not_the_agencys(
    top, others, agency
):
    forest = forest_of(top, *others)
    credit_sources(forest)
    assert [one.agency for one in forest.unseen] == ([agency] if agency else [])
    assert forest.children()[ROOT] == [len(others) + 2 if agency else 1]


def test_what_is_credited_in_the_middle_is_one_statement():
    text = "A crack was found in the dam wall. " * 200

    def witness(*made):
        found = tuple(Credit(Span("x", at, at + 5), name, form) for name, at, form in made)
        return observe(Document(Article("x", text, outlet="Vale Lantern"), credits=found))

    reported, told = CreditForm.REPORTED, CreditForm.TOLD
    assert witness(("Orlane", 40, reported)).reports == ("Orlane",)
    assert witness(("Orlane", len(text) - 40, reported)).reports == ("Orlane",)
    assert witness(("Orlane", len(text) // 2, reported)).reports == ()
    assert len(text) // 2 > EARLY
    assert witness(("Orlane", 40, told)).reports == ()
    assert witness(("Orlane", 40, told)).agencies == ("Orlane",)
    both = witness(("Orlane", 40, reported), ("Skerry", 0, CreditForm.BYLINE))
    assert both.reports == ("Skerry",)
