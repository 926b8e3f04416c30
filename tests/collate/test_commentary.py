"""Commentary: opinion, outlook and scenes are told from what can be checked."""

import pytest

from retold.collate.commentary import is_commentary
from tests.collate.build import documents, views


def _commentary(text):
    return is_commentary(views(documents(text)[0]))


@pytest.mark.parametrize(
    "text",
    [
        "Henrik Vale represents the harbour district of Velmora.",
        "Henrik Vale echoed the view of his colleague.",
        "She represents the villages along the northern shore of Velmora.",
    ],
)
def test_what_a_person_does_is_no_assessment(text):
    assert not _commentary(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Okafor paused, gazing over the grey water.",
        "The old harbour glimmered below.",
        "Henrik Vale smiled and shrugged.",
    ],
)
def test_a_look_or_an_air_is_a_scene(text):
    assert _commentary(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Okafor paused the works at the harbour and dismissed the builder.",
        "Henrik Vale smiled as police arrested the miller of Velmora.",
        "Henrik Vale nodded when the council voted on 4 March.",
    ],
)
def test_an_event_beside_a_look_is_none(text):
    assert not _commentary(text)
