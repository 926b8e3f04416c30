"""Speakers as editors ruled them."""

from retold.annotate import idle, speak
from retold.model import RuledSpeaker, SourceKind, Span
from tests.collate.build import documents

TEXT = (
    "TASS reported that Ebba Rusk had told the board that “nobody sails blind past Gull Point”."
    " “The lamp failed at noon,” she said. The lamp is new."
)


def place(document, words):
    start = document.article.text.index(words)
    return Span(document.id, start, start + len(words))


def speaker_of(document, words):
    """Who says some words: the attribution with the least content that has them."""
    span = place(document, words)
    held = [a for a in document.attributions if any(c.contains(span) for c in a.content)]
    return min(held, key=lambda a: sum(c.end - c.start for c in a.content))


def test_the_innermost_attribution_of_the_words_is_corrected_and_no_other():
    (document,) = documents(TEXT)
    words = "nobody sails blind past Gull Point"
    ruling = RuledSpeaker(place(document, words), "Orla Finch", "kim")
    (found,) = speak([document], [ruling])
    said = speaker_of(found, words)
    assert (said.speaker, said.ruled, said.probability) == ("Orla Finch", True, 1.0)
    assert said.source_kind is SourceKind.PERSON
    assert sum(a.ruled for a in found.attributions) == 1
    assert speaker_of(found, "The lamp failed") == speaker_of(document, "The lamp failed")
    assert idle([document], [ruling]) == []


def test_a_part_of_the_words_is_enough_and_of_two_rulings_the_later_counts():
    (document,) = documents(TEXT)
    rulings = [
        RuledSpeaker(place(document, words), name)
        for words, name in (("lamp failed", "Orla Finch"), ("The lamp failed at noon", "Ebba Rusk"))
    ]
    (found,) = speak([document], rulings)
    assert speaker_of(found, "The lamp failed").speaker == "Ebba Rusk"


def test_a_body_stays_one_and_words_of_nobody_are_of_no_account():
    (document,) = documents(TEXT)
    loose = RuledSpeaker(place(document, "The lamp is new"), "Orla Finch")
    elsewhere = RuledSpeaker(Span("sha256:x", 0, 5), "Orla Finch")
    assert speak([document], [loose, elsewhere]) == [document]
    assert len(idle([document], [loose])) == 1
    assert speak([document], []) == [document]
