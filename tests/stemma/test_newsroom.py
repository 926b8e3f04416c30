"""What newsrooms leave in their copy tells which version came first."""

from itertools import product
from math import exp
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate import annotate
from retold.config import StemmaConfig
from retold.model import Article, EvidenceKind, article_id
from retold.stemma.coverage import Coverage
from retold.stemma.direction import ENOUGH, by_polish, compared
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


PLAIN = (
    "They dug a new pit near the town and put the old bells in it, which made the folk cross.",
    "The boss of the mine said he will pay for the harm that his men did to the church wall.",
    "Folk say the deep shaft is full of mud and that the pump broke down when the frost came.",
    "Two lads told the guards that they had seen ropes, lamps, a torn map and a dead goat lie in "
    "the cold barn, next to a sack of fake stamps and coins.",
)
POLISHED = (
    "Excavation commenced adjacent to the settlement, whereupon antique bells were deposited, "
    "considerably irritating inhabitants.",
    "Management acknowledged responsibility for compensating damage inflicted upon ecclesiastical "
    "masonry by labourers.",
    "Residents maintain that accumulated sediment obstructs the underground passage following "
    "mechanical malfunction during freezing temperatures.",
    "Investigators subsequently interviewed apprentices, discovering abandoned equipment together "
    "with forged certificates beneath the refrigerated storehouse.",
)


def test_who_rewrites_takes_longer_words():
    plain, polished = Telling("plain", PLAIN), Telling("polished", POLISHED)
    tradition = Tradition([plain, polished])
    one, two = (tradition.documents[tradition.ids[n]] for n in ("plain", "polished"))
    witnesses = (observe(one), observe(two))
    told = [np.ones((4, 2), dtype=np.bool_)] * 2
    coverage = Coverage(tuple(told), np.ones((2, 2)), ())
    counted = compared(witnesses, coverage)
    there = by_polish(counted, 0, 1, CONFIG)
    back = by_polish(counted, 1, 0, CONFIG)
    assert there.weight == pytest.approx(lean(CONFIG.polished_later, forward=True), abs=1e-4)
    assert back.weight == pytest.approx(lean(CONFIG.polished_later, forward=False), abs=1e-4)
    assert by_polish(counted, 0, 1, StemmaConfig(polished_later=0.5)) is None


def test_what_only_one_tells_shows_no_rewriting():
    tradition = Tradition([Telling("plain", PLAIN), Telling("polished", POLISHED)])
    witnesses = tuple(observe(tradition.documents[tradition.ids[n]]) for n in tradition.ids)
    none = tuple(np.zeros((4, 2), dtype=np.bool_) for _ in range(2))
    counted = compared(witnesses, Coverage(none, np.zeros((2, 2)), ()))
    assert by_polish(counted, 0, 1, CONFIG) is None


@given(st.integers(2, 5), st.integers(0, 6), st.integers(0, 1000))
def test_lengths_and_comments_are_counted_of_every_two(versions, sentences, seed):
    random = np.random.default_rng(seed)
    witnesses, tables = [], []
    for _ in range(versions):
        telling = tuple((int(a), int(b)) for a, b in random.integers(0, 40, size=(sentences, 2)))
        commentary = tuple(bool(c) for c in random.random(sentences) < 0.5)
        witnesses.append(SimpleNamespace(telling=telling, commentary=commentary))
        tables.append(random.random((sentences, versions)) < 0.5)
    found = compared(witnesses, Coverage(tuple(tables), np.zeros((versions, versions)), ()))
    for a, b in product(range(versions), repeat=2):
        shared = [t for t, also in zip(witnesses[a].telling, tables[a][:, b], strict=True) if also]
        letters, words = sum(t[0] for t in shared), sum(t[1] for t in shared)
        assert found.length[a, b] == pytest.approx(letters / words if words >= ENOUGH else 0.0)
        alone = [c and not tables[a][at, b] for at, c in enumerate(witnesses[a].commentary)]
        assert found.comments[a, b] == sum(alone)
