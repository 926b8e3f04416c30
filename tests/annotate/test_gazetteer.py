import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.gazetteer import (
    PlaceKind,
    bare_name,
    country_of,
    distance,
    fold_name,
    gazetteer_file,
    lookup,
)
from retold.annotate.places import resolve_places


def same_place(a, b):
    return bool({p.id for p in lookup(a)} & {p.id for p in lookup(b)})


def test_other_names_find_the_place():
    assert same_place("Munich", "München")
    assert same_place("Kyiv", "Kiev")
    assert same_place("Krasnoarmeysk", "Pokrovsk")
    assert not same_place("Kyiv", "Munich")


def test_a_region_without_its_noun_is_called_as_its_town():
    assert same_place(bare_name("Kharkiv region"), "Kharkov")
    assert same_place(bare_name("Kharkiv oblast"), bare_name("the Kharkiv Region"))
    assert not same_place(bare_name("Kharkiv region"), "Kyiv")


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("the United States", "US", PlaceKind.COUNTRY),
        ("U.S.", "US", PlaceKind.COUNTRY),
        ("Britain", "GB", PlaceKind.COUNTRY),
        ("Donbass", "UA", PlaceKind.REGION),
        ("Calif.", "US", PlaceKind.REGION),
        ("Helsinki", "FI", PlaceKind.CITY),
    ],
)
def test_lookup(name, country, kind):
    first = lookup(name)[0]
    assert (first.country, first.kind) == (country, kind)


def test_larger_places_come_first():
    populations = [p.population for p in lookup("Springfield") if p.kind is PlaceKind.CITY]
    assert len(populations) > 3
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize(
    ("word", "country"),
    [("Poles", "PL"), ("Ukrainian", "UA"), ("Frenchmen", "FR"), ("Dutch", "NL")],
)
def test_peoples(word, country):
    assert country_of(word).country == country


def test_unknown_names():
    assert lookup("Qwertzburg-on-Nowhere") == ()
    assert lookup("") == lookup("...") == ()
    assert country_of("Norlandic") is None


def test_homonyms_are_told_by_the_other_places():
    def chosen(*names, countries=()):
        return resolve_places(names, set(countries))

    assert chosen("Paris")["paris"].country == "FR"
    assert chosen("Paris", "Dallas", "Texas")["dallas"].country == "US"
    assert chosen("Krasnoarmeysk", "Volchansk", "Donbass")["krasnoarmeysk"].country == "UA"
    assert chosen("Georgia", "Atlanta", countries=["US"])["georgia"].country == "US"
    assert chosen("Georgia", "Tbilisi", countries=["GE"])["georgia"].country == "GE"


@given(st.permutations(["Georgia", "Atlanta", "Paris", "Texas", "Moscow", "Lyman", "Donbass"]))
def test_the_choice_does_not_depend_on_order(names):
    assert resolve_places(names, {"US"}) == resolve_places(sorted(names), {"US"})


def test_distance():
    berlin, munich = lookup("Berlin")[0], lookup("Munich")[0]
    assert distance(berlin, munich) == pytest.approx(504, abs=5)
    assert distance(berlin, lookup("Texas")[0]) is None


@given(st.text(max_size=30))
def test_folding_is_idempotent(name):
    folded = fold_name(name)
    assert folded.isascii()
    assert fold_name(folded) == folded


def test_the_file_is_named_for_the_record():
    file = gazetteer_file()
    assert file.name == "gazetteer"
    assert len(file.sha256) == 64
    assert json.dumps([file.version])
