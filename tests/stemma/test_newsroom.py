"""What newsrooms leave in their copy tells which version came first."""

from math import exp

import pytest

from retold.annotate import annotate
from retold.config import StemmaConfig
from retold.model import Article, EvidenceKind, article_id
from retold.stemma.newsroom import by_codes, by_days, by_edition, lean
from retold.stemma.witness import observe
from tests.stemma.test_traditions import BASE, Telling, Tradition, cut, stemma_of

CONFIG = StemmaConfig()


def witness(text, title=""):
    return observe(annotate([Article(article_id(text, title), text, title)])[0])


@pytest.mark.parametrize("probability", [0.6, 0.8, 0.97])
def test_the_two_directions_are_as_far_apart_as_the_odds(probability):
    apart = lean(probability, forward=True) - lean(probability, forward=False)
    assert exp(apart) == pytest.approx(probability / (1 - probability))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Quarry of Velm reopens", "UPDATE 1-Quarry of Velm reopens"),
        ("UPDATE 1-Quarry of Velm reopens", "UPDATE 3-Quarry of Velm reopens"),
        ("Quarry of Velm, 1st Ld", "Quarry of Velm, 2nd Ld-Writethru"),
    ],
)
def test_a_later_edition_is_the_child(first, second):
    one, two = witness("The quarry opened.", first), witness("The quarry opened.", second)
    assert by_edition(one, two, CONFIG).weight > 0 > by_edition(two, one, CONFIG).weight
    assert by_edition(one, two, CONFIG).kind is EvidenceKind.TIME


@pytest.mark.parametrize("title", ["Update 2 Velm", "The 21st lead article", "SUPERUPDATE 3"])
def test_other_numbers_are_no_editions(title):
    one, two = witness("The quarry opened.", title), witness("The quarry opened.", "Velm")
    assert by_edition(one, two, CONFIG) is None


def test_codes_are_left_out_on_the_way():
    wire = witness("Stenholt AG <STN.VM> shut its quarry, and Orrin <ORR> bought the drills.")
    paper = witness("Stenholt AG shut its quarry, and Orrin bought the drills.")
    there = by_codes(wire, paper, CONFIG)
    assert there.weight > 0 > by_codes(paper, wire, CONFIG).weight
    text = wire.document.article.text
    assert [text[s.start : s.end] for s in there.spans] == ["<STN.VM>", "<ORR>"]
    assert by_codes(wire, wire, CONFIG) is None


@pytest.mark.parametrize("text", ["He typed <b>Velm</b> and a < b > c.", "It said <i.e. that>."])
def test_marks_of_pages_are_no_codes(text):
    assert by_codes(witness(text), witness("Velm."), CONFIG) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The stock fell in the week ended March 7.", "The stock fell in the week ended March 21."),
        ("They meet on December 30.", "They meet on January 2."),
    ],
)
def test_who_tells_of_later_days_is_the_later(before, after):
    one, two = witness(before), witness(after)
    there = by_days(one, two, CONFIG)
    assert there.weight > 0 > by_days(two, one, CONFIG).weight
    assert {s.article for s in there.spans} == {one.id, two.id}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It began on May 3.", "It began on May 3 and ended."),
        ("It began on May 3 and ends on June 9.", "It began on May 5 and ends on June 7."),
        ("It began on Monday.", "It began on Friday."),
    ],
)
def test_other_days_do_not_tell(before, after):
    assert by_days(witness(before), witness(after), CONFIG) is None


def test_a_clear_cut_leans_and_a_slight_one_does_not():
    base = Telling("base", BASE)
    clear = Tradition([base, cut(base, "cut", list(range(10)))])
    slight = Tradition([base, cut(base, "cut", list(range(len(BASE) - 1)))])
    cuts = [
        [e for e in edge.evidence if e.kind is EvidenceKind.OMISSION]
        for tradition in (clear, slight)
        for edge in stemma_of(tradition).edges
        if edge.parent is not None
    ]
    assert [len(found) for found in cuts] == [1, 0]
    assert cuts[0][0].weight == pytest.approx(lean(CONFIG.longer_first, forward=True), abs=1e-4)
