"""How rare words and word pairs are."""

from hypothesis import given
from hypothesis import strategies as st

from retold.lexicon import PAIR_SLOTS, document_frequency, idf, pair_rarity, pair_slots


def test_common_words_weigh_less_than_rare_ones() -> None:
    assert idf("the") < 0.2 < idf("government") < idf("reservoir") < idf("zzyzxqq")


def test_unknown_words_have_no_frequency_and_the_highest_weight() -> None:
    assert document_frequency("zzyzxqq") == 0
    assert idf("zzyzxqq") > 9


def test_common_pairs_weigh_less_than_odd_ones() -> None:
    assert pair_rarity("of", "the") < 0.3
    assert pair_rarity("prime", "minister") < pair_rarity("minister", "prime")
    assert pair_rarity("combat", "interaction") > 8


@given(st.text(), st.text())
def test_any_pair_has_slots_in_range(first: str, second: str) -> None:
    assert all(0 <= slot < PAIR_SLOTS for slot in pair_slots(first, second))
    assert pair_rarity(first, second) >= 0


def test_the_two_rows_of_the_sketch_are_independent() -> None:
    slots = [pair_slots(f"a{i}", f"b{i}") for i in range(20_000)]
    assert len(set(slots)) == len(slots)
    assert len({s % 64 for s, _ in slots}) == 64
    same_first: dict[int, set[int]] = {}
    for first, second in slots:
        same_first.setdefault(first, set()).add(second)
    assert max(len(seconds) for seconds in same_first.values()) > 1
