"""Figures, dates, names and places: changed in one event, or told of another."""

import pytest

from retold.model import ChangeKind
from tests.collate.build import changes

K = ChangeKind


def alarms(before, after):
    """Return the kinds of the changes that are shown by default."""
    return {c.kind for c in changes(before, after) if c.probability >= 0.5}


OF_TWO_EVENTS = [
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
]

OF_ONE_EVENT = [
    (
        "The poet, who lives in Velmora with two dogs, was born on 4 October 2001.",
        "Arn Holt was born in 1997.",
        K.DATE,
    ),
    (
        "Brandt launched a line of lanterns called Mantra in December.",
        "Three years ago Brandt, who has launched a line of lanterns called Mantra in "
        "September, said that her image was wrong and that the staff had misled her.",
        K.DATE,
    ),
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
]

OTHER_WORDS_FOR_A_NAME = [
    (
        "On Saturday, Mayor Ed Tarn of Velmora announced a ban on travel to Torrinsk by staff.",
        "Governor Jana Inker announced on Monday that she would ban journeys to Torrinsk, "
        "where a new law lets shops turn away sailors.",
        K.NAME,
    ),
    (
        "Outgoing economic adviser Lars Summer warned that failure would be dear.",
        "Lars Summer, who chairs the National Economic Council, said failure would cost much.",
        K.NAME,
    ),
    (
        "Senator Bill Harrow (D-N.Y.) resigned.",
        "Sen. William Harrow, D-R.I., resigned.",
        K.PLACE,
    ),
    (
        "WASHINGTON — Senator Bill Harrow resigned on Friday after the inquiry.",
        "U.S. Senator Bill Harrow resigned on Friday after the inquiry.",
        K.PLACE,
    ),
    ("The Kremlin rejected the plan.", "Russia rejected the plan.", K.PLACE),
    ("Moscow rejected the plan on Friday.", "Russia rejected the plan on Friday.", K.PLACE),
    ("The gates in Paris were closed.", "The gates in France were closed.", K.PLACE),
    (
        "Muammar al-Qarrafi will win the war, he said.",
        "Moammar Garrafi will win the war, he said.",
        K.NAME,
    ),
    (
        "The Federal Bureau of Tides opened an inquiry.",
        "The FBT opened an inquiry.",
        K.NAME,
    ),
    ("The Democratic Party won the vote.", "Democrats won the vote.", K.NAME),
    ("The army took Krasnoarmeysk on Friday.", "The army took Pokrovsk on Friday.", K.PLACE),
]

ANOTHER_NAME = [
    (
        "Governor Ilse Brandt opened the harbour of Velmora on Friday.",
        "Governor Maren Voss opened the harbour of Velmora on Friday.",
        K.NAME,
    ),
    (
        "Governor Ilse Brandt opened the long-awaited harbour on Friday, to the joy of many.",
        "The harbour was opened on Friday by Governor Maren Voss.",
        K.NAME,
    ),
    (
        "The army entered Pokrovsk in the Donetsk region on Friday.",
        "The army entered Pokrovsk in the Kherson region on Friday.",
        K.PLACE,
    ),
    ("The talks were held in Austria.", "The talks were held in Australia.", K.PLACE),
]


@pytest.mark.parametrize(("before", "after", "kind"), [*OF_TWO_EVENTS, *OTHER_WORDS_FOR_A_NAME])
def test_what_differs_harmlessly_raises_no_alarm(before, after, kind):
    assert kind not in alarms(before, after), changes(before, after)
    assert kind not in alarms(after, before), changes(after, before)


@pytest.mark.parametrize(("before", "after", "kind"), [*OF_ONE_EVENT, *ANOTHER_NAME])
def test_what_differs_really_raises_one(before, after, kind):
    assert kind in alarms(before, after), changes(before, after)
