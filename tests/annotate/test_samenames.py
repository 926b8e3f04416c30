import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.samenames import government, is_acronym_of, may_contain, same_name

ONE = [
    ("Pavlo Vorenskyy", "Pavlo Vorenskiy"),
    ("Muammar al-Qarrafi", "Moammar Garrafi"),
    ("Chris Tarn", "Christopher J. Tarn"),
    ("Bill Harrow", "William Harrow"),
    ("Joe Harrow", "Joseph R. Harrow Jr."),
    ("President Vorenskyy", "Vorenskyy"),
    ("Tam Dov Un", "Tam Dov-un"),
    ("F.B.T.", "Federal Bureau of Tides"),
    ("MoT", "Norwegian Ministry of Tides"),
    ("Ministry of Defence", "Defense Ministry"),
    ("Democrats", "Democratic Party"),
    ("GOP", "Republicans"),
    ("Russians", "Russia"),
    ("Kremlin", "Moscow"),
    ("Beijing", "China"),
    ("Londoners", "London"),
    ("Norlander", "Norland"),
    ("Krasnoarmeysk", "Pokrovsk"),
    ("Supreme Court", "U.S. Supreme Court"),
]
TWO = [
    ("Maria Lopez", "Mario Lopez"),
    ("Arn H. Holt", "Arn W. Holt"),
    ("Arn Holt", "Arn Holt Jr."),
    ("Peter Holm", "Peter Holt"),
    ("Austria", "Australia"),
    ("Niger", "Nigeria"),
    ("North Korea", "South Korea"),
    ("North Carolina", "South Carolina"),
    ("Velm", "Velmora"),
    ("Democrats", "Republicans"),
    ("House Budget Committee", "Senate Budget Committee"),
    ("Ministry of Tides", "Ministry of Trade"),
    ("Kharkiv", "Kherson"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_names_of_one_thing(a, b):
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(("a", "b"), TWO)
def test_names_of_two_things(a, b):
    assert not same_name(a, b)
    assert not same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Paris", "France", True),
        ("Africa", "Kenya", True),
        ("Lyon", "Spain", False),
        ("Kenya", "Spain", False),
        ("Pokrovsk", "Donetsk region", True),
    ],
)
def test_places_within_places(a, b, expected):
    assert may_contain(a, b) is expected
    assert may_contain(b, a) is expected


def test_who_a_name_stands_for():
    assert government("Kremlin") == government("the Russians") == government("Moscow") == "RU"
    assert government("Torrinsk") == ""


def test_acronyms():
    assert is_acronym_of("fbt", ("federal", "bureau", "of", "tides"))
    assert not is_acronym_of("fbt", ("federal", "bureau", "of", "maps"))


@given(st.text("abc .-'é", max_size=12), st.text("abc .-'é", max_size=12))
def test_sameness_is_symmetric(a, b):
    assert same_name(a, b) == same_name(b, a)
    assert may_contain(a, b) == may_contain(b, a)
