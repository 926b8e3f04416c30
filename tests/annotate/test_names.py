import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.annotate.names import find_names, join_names
from retold.annotate.namewords import given_alike, is_organisation, organisation_key, sound_key
from tests.annotate.making import bare, entities, parsed

REPORT = (
    "President Edvar Tolstrup visited Munich on Friday. Tolstrup met the Norlandic Relief Force "
    "(NRF) near Krasnoarmeysk, Volchansk and the Kharkiv region. The NRF said that the 'Heron' "
    "grouping of troops had left. Americans in the United States, the U.S. and Donbass listened to "
    "Tolstrup's speech."
)


@pytest.fixture(scope="module")
def report():
    return parsed(REPORT)


def test_the_names_of_one_thing_are_one_entity(report):
    found = entities(report)
    assert {e for text, _, e in found if "Tolstrup" in text} == {"Edvar Tolstrup"}
    assert {e for text, _, e in found if text in {"NRF", "Norlandic Relief Force"}} == {
        "Norlandic Relief Force"
    }
    same = {"Americans", "United States", "U.S."}
    assert {e for text, _, e in found if text in same} == {"United States"}


def test_spans_are_trimmed_and_kinds_told(report):
    found = {text: (kind, entity) for text, kind, entity in entities(report)}
    assert found["Edvar Tolstrup"][0] == "person"
    assert found["Tolstrup"][0] == "person"
    assert found["Krasnoarmeysk"] == ("place", "Pokrovsk")
    assert found["Volchansk"] == ("place", "Vovchansk")
    assert found["Donbass"] == ("place", "Donbas")
    assert found["'Heron' grouping of troops"][0] == "organisation"
    assert not any(text.endswith(("'s", "’s")) or text.startswith("President") for text in found)


def test_peoples_as_adjectives_are_no_places():
    found = entities(parsed("Polish farmers and Ukrainian drivers met in Poland."))
    assert [(text, e) for text, kind, e in found if kind == "place"] == [("Poland", "Poland")]


def test_names_in_headlines_are_those_of_the_article():
    text = (
        "Tolstrup’s Directive Aims to Safeguard Citizens Amid Growing Conflict\n\n"
        "President Edvar Tolstrup signed it. Critics of Edvar Tolstrup objected."
    )
    found = [n for n in entities(parsed(text)) if text.index(n[0]) < text.index("\n")]
    assert found == [("Tolstrup", "person", "Edvar Tolstrup")]


def test_coordinated_places_are_two():
    text = "Shells fell near Belgorod and Rostov."
    document = bare(text)
    parsed_document = parsed(text)
    document = type(document)(document.article, parsed_document.sentences, parsed_document.tokens)
    start = text.index("Belgorod")
    names = find_names(document, ((start, len(text) - 1, "ORG"),))
    assert [(document.text_of(n.span), str(n.kind)) for n in names] == [
        ("Belgorod", "place"),
        ("Rostov", "place"),
    ]


def test_a_surname_joins_the_only_full_name_of_the_pile():
    pile = [
        parsed("General Oskar Brenndal spoke. Reporters asked Oskar Brenndal about it."),
        parsed("Asked about it, Brenndal refused. Later Brenndal said that he would go."),
    ]
    joined = join_names(pile)
    assert {e for d in joined for text, _, e in entities(d) if "Brenndal" in text} == {
        "Oskar Brenndal"
    }


def test_a_surname_of_two_people_joins_neither():
    pile = [
        parsed("General Oskar Brenndal spoke to reporters."),
        parsed("Minister Lina Brenndal spoke to reporters."),
        parsed("Later Brenndal said that the plan was good."),
    ]
    assert {e for text, _, e in entities(join_names(pile)[2])} <= {"Brenndal"}


def test_transliterations_join_the_commonest_form():
    pile = [
        parsed("President Pavlo Vorenskyy spoke. Pavlo Vorenskyy left."),
        parsed("President Pavlo Vorenskiy spoke. Pavlo Vorenskiy left."),
        parsed("President Pavlo Vorenskyy spoke to them."),
    ]
    found = {e for d in join_names(pile) for _, kind, e in entities(d) if kind == "person"}
    assert found == {"Pavlo Vorenskyy"}


def test_an_acronym_joins_across_the_pile():
    pile = [parsed(REPORT), parsed("The NRF left the city. The NRF said that it would return.")]
    assert ("NRF", "organisation", "Norlandic Relief Force") in entities(join_names(pile)[1])


PILE = [
    parsed(REPORT),
    parsed("Tolstrup said in Kyiv that the NRF had left. Oskar Brenndal agreed with Tolstrup."),
    parsed("The Norlandic Force of Relief said that Brenndal had gone to Kiev and Paris."),
    parsed("General Oscar Brenndal and Edvar Tolstrup met in Paris, Texas."),
]


def test_joining_does_not_depend_on_order():
    expected = {d.id: d.names for d in join_names(PILE)}
    shuffler = random.Random(7)
    for _ in range(10):
        pile = list(PILE)
        shuffler.shuffle(pile)
        assert {d.id: d.names for d in join_names(pile)} == expected


def test_joining_twice_changes_nothing():
    once = join_names(PILE)
    assert join_names(once) == once


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(
            [
                "Edvar Tolstrup", "Tolstrup's", "Munich", "the U.S.", "said", "and", "(NRF)", ".",
                "\n", "‘Heron’ Group", "Dr", "PARIS", "O'Dorn/Vant", "met", "in", ",", "@vant",
                "May",
            ]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_offsets_are_valid_and_in_order(parts):
    text = " ".join(parts)
    end = 0
    for name in parsed(text).names:
        assert end <= name.span.start < name.span.end <= len(text)
        assert name.entity
        end = name.span.end


def test_organisations_have_one_key_in_all_translations():
    assert organisation_key("Unified Grouping of Troops") == organisation_key(
        "Joint Group of Forces"
    )
    assert organisation_key("Armed Forces of Poland") == organisation_key("Polish Armed Forces")
    assert organisation_key("Army of the North") != organisation_key("Army of the South")


def test_sounds():
    assert sound_key("Vorenskyy") == sound_key("Vorenskiy") == sound_key("Vorensky")
    assert sound_key("Brenndal") == sound_key("Brendal") != sound_key("Brundal")
    assert given_alike("Vladimir", "Volodymyr")
    assert given_alike("E.", "Edvar")
    assert not given_alike("Mario", "Maria")


def test_heads_of_organisations():
    assert is_organisation("Ministry of Tides")
    assert is_organisation("Harbour Board")
    assert not is_organisation("Edvar Tolstrup")


def test_tails_and_short_acronyms():
    text = "Minister Tam Dov Un met Oskar Brenndal. The U.N. and the UN spoke to Tam Dov Un of it."
    found = {text: entity for text, _, entity in entities(parsed(text))}
    assert "Tam Dov Un" not in {e for text, e in found.items() if text in {"U.N.", "UN"}}
    assert not any(name.endswith(" of") for name in found)
