import numpy as np
import pytest

from retold import lexicon
from retold.config import StoriesConfig
from retold.stories.terms import Lexis, frequencies, lifts, placed, terms
from tests.reuse.build import document
from tests.stories import texts

CONFIG = StoriesConfig()


def by_name(lexis, numbers, values):
    return {lexis.names[n]: v for n, v in zip(numbers.tolist(), values.tolist(), strict=True)}


def test_names_weigh_more_and_common_words_nothing():
    lexis = Lexis(CONFIG)
    found = terms(document("Merrow waits 73 days; the merchant waits for Merrow"), lexis, CONFIG)
    lifted = lifts(found.proper, lexis.numeric()[found.numbers], CONFIG)
    weights = by_name(lexis, found.numbers, lifted)
    assert "the" not in weights
    assert "for" not in weights
    assert weights["merrow"] > weights["73"] > weights["merchant"] == 1


def test_a_word_with_a_capital_only_at_the_start_is_no_name():
    lexis = Lexis(CONFIG)
    found = terms(document("Sluices broke. The sluices of Vell broke"), lexis, CONFIG)
    proper = by_name(lexis, found.numbers, found.proper)
    assert proper == {"broke": False, "sluices": False, "vell": True}


def test_the_lead_counts_more():
    lexis = Lexis(CONFIG)
    found = terms(document("owls " + "quiet " * 70 + "herons"), lexis, CONFIG)
    row = by_name(lexis, found.numbers, found.frequency)
    assert row["owls"] == pytest.approx(1 + np.log(2))
    assert row["herons"] == pytest.approx(1)


def test_what_is_left_out_weighs_nothing():
    found, where = placed(document(texts.VELL), Lexis(CONFIG), CONFIG)
    none = np.zeros(len(where.starts), dtype=bool)
    assert frequencies(where, len(found.numbers), CONFIG, none).sum() == 0


@pytest.mark.parametrize("text", [texts.VELL, texts.ORRIN_REWRITE, texts.STRIKE, "", "the of"])
def test_the_quick_way_reads_what_the_other_does(text):
    lexis = Lexis(CONFIG)
    quick = terms(document(text), lexis, CONFIG)
    slow, where = placed(document(text), lexis, CONFIG)
    for one, other in (
        (quick.numbers, slow.numbers),
        (quick.frequency, slow.frequency),
        (quick.proper, slow.proper),
    ):
        assert one.tolist() == other.tolist()
    assert where.counted.all()


def test_a_name_counts_by_its_canonical_form():
    lexis = Lexis(CONFIG)
    base = document("Pokrel fell on Monday", names=("Pokrel",))
    other = document("Pokrel fell on Monday")
    found, plain = (terms(each, lexis, CONFIG) for each in (base, other))
    assert by_name(lexis, found.numbers, found.proper)["pokrel"]
    assert found.numbers.tolist() == plain.numbers.tolist()


def test_a_word_that_the_pile_is_full_of_is_less_rare():
    lexis = Lexis(CONFIG)
    number = lexis.number("sluices")
    few = lexis.rarity(np.array([3]), 3, CONFIG)[number]
    many = lexis.rarity(np.array([3000]), 3000, CONFIG)[number]
    assert 0 <= many < 1
    assert 6 < few < lexicon.idf("sluices")
