"""A text beside its source."""

import pytest

from retold.collate import check
from retold.collate.conflict import contradiction
from retold.model import ChangeKind
from tests.collate.build import documents

SOURCE = (
    "The ferry Halcyon sank off Port Almery on Monday with 87 people aboard.\n\n"
    "Rescuers pulled 61 people from the water, the coast guard of Kestria said."
)


def checked(text):
    told, source = documents(text, SOURCE)
    return check(told, source)


def test_what_stands_in_the_source_word_for_word_is_borne_out():
    found = checked("Rescuers pulled 61 people from the water, the coast guard of Kestria said.")
    (sentence,) = found.sentences
    assert sentence.probability == 0.0
    assert sentence.changes == ()


def test_another_figure_is_not_borne_out_and_is_named():
    (sentence,) = checked(
        "The ferry Halcyon sank off Port Almery on Monday with 37 people aboard."
    ).sentences
    assert sentence.probability >= 0.5
    (change,) = [c for c in sentence.changes if c.kind is ChangeKind.FIGURE]
    assert change.before is not None
    assert change.after is not None
    assert "87" in change.before.text
    assert "37" in change.after.text


def test_a_text_is_doubted_more_than_a_copy_of_its_source():
    wrong = checked("The ferry Halcyon never sank.\n\nRescuers pulled 16 people from the water.")
    assert wrong.probability > checked(SOURCE).probability
    assert [s.probability for s in checked(SOURCE).sentences] == [0.0, 0.0]


def test_each_sentence_shows_the_nearest_of_the_source():
    told, source = documents("The coast guard said 61 people were pulled from the water.", SOURCE)
    (sentence,) = check(told, source).sentences
    assert source.text_of(sentence.near[0]).startswith("Rescuers pulled")


@pytest.mark.parametrize("text", ["The ferry Halcyon never sank.", SOURCE.replace("61", "16"), ""])
def test_the_whole_is_judged_as_the_text_beside_its_source(text):
    told, source = documents(text, SOURCE)
    assert check(told, source).probability == contradiction(source, told)


def test_a_source_without_a_sentence_bears_nothing_out_and_contradicts_nothing():
    told, source = documents("The ferry Halcyon sank.", "")
    found = check(told, source)
    assert found.probability == 0.0
    assert [(s.probability, s.near, s.changes) for s in found.sentences] == [(0.0, (), ())]
