"""The page on input says what the code does."""

import re

from retold.model import CutKind, Reason
from retold.read import FIELDS
from retold.read.fields import USUAL, plain_name
from retold.read.furniture import kind_of
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "how-to-input.md").read_text()


def rows(heading):
    """Return the rows of the first table under a heading."""
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    table = re.findall(r"^\|(.*)\|$", part, re.MULTILINE)[2:]
    return [[cell.strip() for cell in row.split("|")] for row in table]


def test_every_reason_is_there_with_its_remedy():
    table = rows("What is left out, and what to do")
    assert [row[0].strip("`") for row in table] == [str(reason) for reason in Reason]
    assert all(example and remedy for _, example, remedy in table)


def test_every_field_is_there_with_names_that_are_known():
    table = rows("Fields")
    assert {row[0].strip("`") for row in table} == set(FIELDS)
    for field, names in table:
        known = {plain_name(name) for name in USUAL[field.strip("`")]}
        said = re.sub(r"\(.*\)|\.\.\.", "", names).split(",")
        assert {plain_name(name) for name in said if name.strip()} <= known


def test_every_kind_of_furniture_is_there_and_its_example_is_cut():
    table = rows("What is cut")
    assert {row[0].strip("`") for row in table} == {str(kind) for kind in CutKind}
    for kind, example in table:
        assert kind_of(example) is CutKind(kind.strip("`"))
