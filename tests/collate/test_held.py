"""Who holds a claim for so."""

from retold.collate.held import held_by
from retold.model import SourceKind
from tests.collate.build import documents, views


def held(text):
    (document,) = documents(text)
    return [
        (s.speaker, s.kind, document.text_of(s.source), s.start) for s in held_by(views(document))
    ]


def test_a_sentence_is_held_by_its_source():
    text = "Mayor Ilvo Brandt said the bridge of Quellmar had lost four of its bolts."
    assert [(kind, words) for _, kind, words, _ in held(text)] == [
        (SourceKind.PERSON, "Mayor Ilvo Brandt")
    ]


def test_what_the_article_says_itself_is_held_by_nobody():
    assert held("The bridge of Quellmar lost four of its bolts in the storm.") == []


def test_a_source_of_a_lesser_part_does_not_hold_the_whole():
    short = "The bridge stood closed for three days, which one engineer said was long."
    assert held(short) == []


def test_of_a_chain_the_innermost_holds_it():
    text = "Meridian Wire reported that Ilvo Brandt said the bridge had lost four of its bolts."
    assert [words for _, _, words, _ in held(text)] == ["Ilvo Brandt"]
