"""A text beside its source."""

import pytest

from retold.collate import check
from retold.collate.conflict import contradiction
from retold.model import ChangeKind, Doubt, ModelFile
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


class Recorded:
    """A judge that doubts what holds "never", and keeps what it was asked."""

    file = ModelFile("recorded", "1", "0" * 64)
    doubt = Doubt.CONTRADICTED

    def __init__(self):
        self.asked = []

    def judge(self, pairs):
        self.asked = list(pairs)
        return {pair: 0.9 if "never" in pair[1] else 0.2 for pair in self.asked}


def test_another_judge_reads_the_nearest_sentences_in_their_order():
    judge = Recorded()
    copied = "Rescuers pulled 61 people from the water, the coast guard of Kestria said."
    claims = (
        "The coast guard said 61 people aboard the Halcyon were pulled from the water.",
        "The ferry Halcyon never sank.",
    )
    told, source = documents("\n\n".join((claims[0], copied, claims[1])), SOURCE)
    found = check(told, source, judge)
    ferry, rescuers = SOURCE.split("\n\n")
    assert judge.asked == [(f"{ferry} {rescuers}", claims[0]), (ferry, claims[1])]
    assert [s.probability for s in found.sentences] == [0.2, 0.0, 0.9]
    assert found.probability == 0.9
    assert (found.judge, found.doubt) == (judge.file, judge.doubt)
    first, _, last = found.sentences
    assert source.text_of(first.near[0]).startswith("Rescuers")
    assert [len(s.near) for s in (first, last)] == [2, 1]


def test_our_own_judge_is_named():
    found = checked(SOURCE)
    assert found.judge.name == "retold-judge"
    assert len(found.judge.sha256) == 64
    assert found.doubt is Doubt.UNSUPPORTED


@pytest.mark.parametrize("texts", [("", SOURCE), ("The ferry Halcyon sank.", "")])
def test_another_judge_is_not_asked_about_nothing(texts):
    judge = Recorded()
    assert check(*documents(*texts), judge).probability == 0.0
    assert judge.asked == []


def test_a_source_without_a_sentence_bears_nothing_out_and_contradicts_nothing():
    told, source = documents("The ferry Halcyon sank.", "")
    found = check(told, source)
    assert found.probability == 0.0
    assert [(s.probability, s.near, s.changes) for s in found.sentences] == [(0.0, (), ())]
