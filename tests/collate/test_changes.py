"""Each kind of change: what it is, and what only looks like it."""

import pytest

from retold.model import ChangeKind
from tests.collate.build import changes, kinds, pair

K = ChangeKind


@pytest.mark.parametrize(
    ("before", "after", "kind", "first", "second"),
    [
        (
            "The mayor said 87 houses burned in Velmora.",
            "The mayor said 37 houses burned in Velmora.",
            K.FIGURE,
            "87",
            "37",
        ),
        (
            "The rally in Velmora was held on 3 May 2031.",
            "The rally in Velmora was held on 9 May 2031.",
            K.DATE,
            "3 May 2031",
            "9 May 2031",
        ),
        (
            "Governor Ilse Brandt visited the harbour in Velmora.",
            "Governor Ilse Brandt visited the harbour in Torrinsk.",
            K.PLACE,
            "Velmora",
            "Torrinsk",
        ),
        (
            "The guards captured the rebels at the old mill.",
            "The rebels captured the guards at the old mill.",
            K.ROLE_SWAP,
            "guards captured the rebels",
            "rebels captured the guards",
        ),
        (
            "The guards captured the rebels at the old mill.",
            "The guards were captured by the rebels at the old mill.",
            K.ROLE_SWAP,
            "guards captured the rebels",
            "guards were captured by the rebels",
        ),
        (
            "The council approved the dam.",
            "The council did not approve the dam.",
            K.NEGATION,
            "approved",
            "did not approve",
        ),
        (
            "The council approved the dam.",
            "The council rejected the dam.",
            K.NEGATION,
            "approved",
            "rejected",
        ),
        (
            "The crew managed to repair the lighthouse.",
            "The crew failed to repair the lighthouse.",
            K.NEGATION,
            "repair",
            "failed to repair",
        ),
        (
            "Troops reportedly freed 12 hostages.",
            "Troops freed 12 hostages.",
            K.HEDGE,
            "reportedly freed",
            "freed",
        ),
        (
            "The fire may spread to the mill.",
            "The fire will spread to the mill.",
            K.HEDGE,
            "may spread",
            "will spread",
        ),
        (
            "The troops appeared to retreat from the river.",
            "The troops retreated from the river.",
            K.HEDGE,
            "appeared to retreat",
            "retreated",
        ),
        (
            "Nearly all houses in Velmora burned.",
            "All houses in Velmora burned.",
            K.HEDGE,
            "Nearly all",
            "All",
        ),
        (
            "At least 12 people died in the fire.",
            "12 people died in the fire.",
            K.HEDGE,
            "At least 12",
            "12",
        ),
        (
            "Reports spoke of troops entering Velmora.",
            "The capture of Velmora was reported.",
            K.HEDGE,
            "entering",
            "capture",
        ),
        (
            "The ministry is considering a ban on lanterns.",
            "The ministry decided on a ban on lanterns.",
            K.HEDGE,
            "considering",
            "decided",
        ),
        (
            "Mayor Arn Holt said the bridge over the Lune was closed.",
            "The bridge over the Lune was closed.",
            K.ATTRIBUTION,
            "Arn Holt",
            "closed",
        ),
        (
            "The troops liberated Velmora at dawn.",
            "The troops occupied Velmora at dawn.",
            K.LOADED_WORD,
            "liberated",
            "occupied",
        ),
        (
            "The Norland government closed the border posts.",
            "The Norland regime closed the border posts.",
            K.LOADED_WORD,
            "government",
            "regime",
        ),
        (
            "The plan gives the 'North' Grouping of Troops a border zone.",
            "The plan gives a grouping of troops to the north a border zone.",
            K.NAME,
            "the 'North' Grouping of Troops",
            "to the north",
        ),
    ],
)
def test_change_is_found_as_tight_spans(before, after, kind, first, second):
    both = pair(before, after)
    found = [c for c in changes(before, after) if c.kind is kind]
    assert found, changes(before, after)
    texts = [
        (both.a.document.text_of(c.a), both.b.document.text_of(c.b)) for c in found if c.a and c.b
    ]
    assert any(first in a and second in b for a, b in texts), texts
    assert all(len(a) <= len(first) + 12 and len(b) <= len(second) + 12 for a, b in texts)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        # voice, order and synonyms of the frame
        (
            "Norland troops captured Velmora.",
            "Velmora was captured by Norland troops.",
            K.ROLE_SWAP,
        ),
        (
            "Ilse Brandt met Arn Holt in Velmora.",
            "Arn Holt met Ilse Brandt in Velmora.",
            K.ROLE_SWAP,
        ),
        # denies nothing, or denies twice
        ("It was not merely a defensive measure.", "It was a defensive measure.", K.NEGATION),
        ("The dam is not only tall.", "The dam is tall.", K.NEGATION),
        ("The council rejected the dam.", "The council did not approve the dam.", K.NEGATION),
        ("We do not aim to judge poets.", "We aim to connect the valleys.", K.NEGATION),
        # rounding and hedging
        ("Nearly 90 villages were flooded.", "In all, 87 villages were flooded.", K.FIGURE),
        ("The dam cost 1,204 crowns.", "The dam cost about 1,200 crowns.", K.FIGURE),
        ("Some 3,000 people marched.", "Three thousand people marched.", K.FIGURE),
        # dates that include each other
        ("The dam broke last month.", "The dam broke in June.", K.DATE),
        ("The dam broke on 3 June 2031.", "The dam broke in June 2031.", K.DATE),
        # names in full and short, titles, demonyms, spelling
        ("Arn Holt, the mayor of Velmora, resigned.", "Mayor Holt resigned.", K.NAME),
        ("President Ilse Brandt signed the treaty.", "Ilse Brandt signed the treaty.", K.NAME),
        ("Viktor Zhelenski signed the treaty.", "Viktor Zhelensky signed the treaty.", K.NAME),
        # words of one colour
        ("The troops took Velmora at dawn.", "The troops captured Velmora at dawn.", K.LOADED_WORD),
        # the sequence of tenses of reported speech
        ("Holt said the dam will hold.", "Holt said the dam would hold.", K.HEDGE),
        # attributed in other words
        (
            "Mayor Arn Holt said the bridge was closed.",
            "According to Mayor Arn Holt, the bridge was closed.",
            K.ATTRIBUTION,
        ),
        # a general noun for a name, and a mere change of case
        ("The Ministry of Lanterns closed the port.", "The ministry closed the port.", K.NAME),
        ("The Harbour Service closed the port.", "The harbour service closed the port.", K.NAME),
    ],
)
def test_harmless_difference_is_no_change(before, after, kind):
    assert kind not in kinds(before, after), changes(before, after)
    assert kind not in kinds(after, before), changes(after, before)


def test_equal_sentences_show_no_change():
    text = "Mayor Arn Holt said on Monday that at least 12 houses may not be rebuilt in Velmora."
    assert changes(text, text) == []


def test_value_elsewhere_in_the_claim_is_not_missing():
    before = "The fire destroyed 12 houses. It killed 3 people."
    after = "The fire killed 3 people. It destroyed 12 houses."
    assert K.FIGURE not in kinds(before, after)


def test_undirected_wording_claims_no_order():
    found = changes("The troops liberated Velmora.", "The troops occupied Velmora.", directed=False)
    assert found
    for change in found:
        assert "became" not in change.explanation
        assert "lost" not in change.explanation
        assert "added" not in change.explanation


def test_the_nearer_the_rest_the_surer_a_change():
    copy = changes(
        "The council of Velmora approved the dam on Tuesday after a long debate.",
        "The council of Velmora reportedly approved the dam on Tuesday after a long debate.",
    )
    retelling = changes(
        "After years of quarrels over fish and money, Velmora's council approved the dam.",
        "The dam that engineers had drawn up was reportedly approved late at night.",
    )
    (near,) = (f.probability for f in copy if f.kind is K.HEDGE)
    assert near > 0.9
    assert all(f.probability < near for f in retelling if f.kind is K.HEDGE)
