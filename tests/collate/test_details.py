"""Figures, dates, names and places: changed in one event, or told of another."""

import pytest

from retold.model import ChangeKind
from tests.collate.build import changes

K = ChangeKind


def alarms(before, after):
    """Return the kinds of the changes that are shown by default."""
    return {c.kind for c in changes(before, after) if c.probability >= 0.5}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        # another event: other verb, other people, other things bought
        (
            "He bought a ring for $43,000 and a cape from a shop in Velmora.",
            "Holt pleaded guilty to spending $750,000 of the party's money on himself.",
            K.FIGURE,
        ),
        (
            "The aide, Ilse Brandt, 31, wrote an open letter to the sisters on Friday.",
            "Ilse Brandt wrote in a letter that the sisters, aged 16 and 13, should apologise.",
            K.FIGURE,
        ),
        (
            "The fire killed 14 people and destroyed a mill.",
            "The fire injured 30 people and destroyed a mill.",
            K.FIGURE,
        ),
        (
            "On Saturday, Mayor Arn Holt of Velmora banned travel to Torrinsk by the city's staff.",
            "Governor Ilse Brandt announced on Monday that she would ban journeys to Torrinsk.",
            K.DATE,
        ),
        (
            "On Thursday night the clinic issued a statement saying that Holt had surgery again.",
            "In a statement on Wednesday night, the clinic said Holt had been shot in the hip.",
            K.DATE,
        ),
        (
            "Holt announced that he runs for mayor in 2032.",
            "Holt declared on Tuesday in Velmora that he would be a candidate for mayor.",
            K.DATE,
        ),
    ],
)
def test_details_of_two_events_are_no_change(before, after, kind):
    assert kind not in alarms(before, after), changes(before, after)
    assert kind not in alarms(after, before), changes(after, before)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (
            "In a 48-page indictment released on Friday, Holt is charged with theft.",
            "The plot was meant to make Holt rich, the 47-page indictment says.",
            K.FIGURE,
        ),
        (
            "Brandt has led the council since 2003.",
            "Brandt has led the council since 2002.",
            K.DATE,
        ),
        (
            "The landslide killed 12 villagers near Torrinsk, the mayor said.",
            "Twenty villagers were killed near Torrinsk when the slope gave way.",
            K.FIGURE,
        ),
    ],
)
def test_details_of_one_event_are(before, after, kind):
    assert kind in alarms(before, after), changes(before, after)
