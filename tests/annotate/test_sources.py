"""Who is said to have said it: kinds of sources, who is meant, and who reports whom."""

from dataclasses import replace

import pytest

from retold.annotate.attributions import find_attributions
from retold.annotate.sources import nest, reporters
from retold.model import Attribution, SourceKind, Span, Speech
from tests.annotate.saying import PEOPLE, documents, found, said


@pytest.mark.parametrize(
    ("source", "kind", "speaker"),
    [
        ("Teodora Vance", SourceKind.PERSON, "Teodora Vance"),
        ("Residents of Isk", SourceKind.COLLECTIVE, "Residents of Isk"),
        ("Western officials", SourceKind.COLLECTIVE, "Western officials"),
        ("Most", SourceKind.COLLECTIVE, "Most"),
        ("A resident of Isk", SourceKind.UNNAMED, "resident of Isk"),
        ("A spokesperson", SourceKind.UNNAMED, "spokesperson"),
        ("TASS", SourceKind.OUTLET, "TASS"),
        ("The Isk Valley Herald", SourceKind.OUTLET, "Isk Valley Herald"),
        ("The newspaper", SourceKind.OUTLET, "newspaper"),
        ("The ministry", SourceKind.BODY, "ministry"),
        ("Moscow", SourceKind.BODY, "Moscow"),
        ("The report", SourceKind.DOCUMENT, "report"),
        ("Two of the reports", SourceKind.DOCUMENT, "reports"),
        ("Some of the engineers", SourceKind.COLLECTIVE, "Some of the engineers"),
        ("They", SourceKind.UNRESOLVED, ""),
    ],
)
def test_sources_have_a_kind(source, kind, speaker):
    (attribution,), _ = found(f"{source} said that the wall leaked.", lead="It rained.")
    assert (attribution.source_kind, attribution.speaker) == (kind, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "None of its gates showed that the wall leaked.",
        "Most of it suggests that the wall was old.",
        "The order left them no chance to blame the wall.",
        "The strategy touting the wall had failed.",
        "The dam had asked for repairs.",
    ],
)
def test_what_cannot_speak_is_no_source(text):
    assert not found(text)[0]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("None of them showed that the wall leaked.", "None of them"),
        ("Two of the documents show that the wall was old.", "Two of the documents"),
        ("A letter saying that the wall leaked was found.", "A letter"),
        ("An engineer sent to blame the wall left.", "An engineer"),
        ("Nobody had asked for repairs.", "Nobody"),
        ("The opposition asked for repairs.", "The opposition"),
    ],
)
def test_who_speaks_within_a_group_or_beside_a_participle(text, source):
    (attribution,), words = found(text)
    assert words(attribution.source) == source


@pytest.mark.parametrize(
    ("text", "source", "speaker", "content"),
    [
        (
            "PORT ALMERY, Kestria — The captain of a ferry that turned over in the strait on Sunday"
            " night, killing nine people, has told investigators that a lamp was lit.",
            "The captain of a ferry that turned over in the strait on Sunday night, killing nine"
            " people",
            "captain of a ferry",
            "that a lamp was lit",
        ),
        ("PORT ALMERY, March 3 - “It leaks,” the mayor said.", "the mayor", "mayor", "It leaks"),
        ("LOW WITHY -- It leaks, the mayor said.", "the mayor", "mayor", "It leaks"),
        ("NATO — and nobody else — said it leaked.", "NATO — and nobody else", "NATO", "it leaked"),
    ],
)
def test_a_dateline_is_nobody_and_nothing_that_is_said(text, source, speaker, content):
    (attribution,), words = found(text, lead="It rained.")
    assert (words(attribution.source), attribution.speaker) == (source, speaker)
    assert [words(span) for span in attribution.content] == [content]


def test_a_pronoun_has_the_kind_of_who_it_stands_for():
    attributions, words = found("She said the wall leaked. It was said that the gate held.")
    assert [(words(a.cue), a.source_kind, a.speaker) for a in attributions] == [
        ("said", SourceKind.PERSON, "Teodora Vance"),
        ("was said", SourceKind.UNSTATED, ""),
    ]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "The Argus reported that Teodora Vance had said that the wall was sound.",
            ("reported", ["that Teodora Vance had said that the wall was sound"]),
            ("had said", ["that the wall was sound"]),
        ),
        (
            "“It leaks,” Osric Halloran told friends, according to Teodora Vance.",
            ("according to", ["“It leaks,” Osric Halloran told friends"]),
            ("told", ["It leaks"]),
        ),
    ],
)
def test_who_reports_whom(text, outer, inner):
    attributions, words = found(text)
    by_cue = {(words(a.cue), tuple(words(s) for s in a.content)): a for a in attributions}
    above, below = (by_cue[cue, tuple(content)] for cue, content in (outer, inner))
    assert (above.within, below.within) == ("", above.id)


def test_the_reporters_of_a_source_are_named_the_nearest_first():
    text = (
        PEOPLE
        + "The Argus reported that Teodora Vance had said that Halloran denied that it leaked."
    )
    (document,) = documents(text)
    document = replace(document, attributions=find_attributions(document))
    by_cue = {document.text_of(a.cue): a for a in document.attributions if a.cue}
    assert reporters(document, by_cue["denied"]) == ("Teodora Vance", "Argus")
    assert reporters(document, by_cue["reported"]) == ()


def test_nobody_reports_themselves():
    (document,) = documents("Teodora Vance said that she believes that the wall is sound.")
    document = replace(document, attributions=find_attributions(document))
    by_cue = {document.text_of(a.cue): a for a in document.attributions if a.cue}
    assert by_cue["believes"].speaker == "Teodora Vance"
    assert reporters(document, by_cue["believes"]) == ()


def test_no_two_attributions_hold_each_other():
    a = Attribution("a:1", Speech.INDIRECT, (Span("x", 0, 30),), Span("x", 40, 44))
    b = Attribution("a:2", Speech.INDIRECT, (Span("x", 10, 60),), Span("x", 5, 9))
    assert [n.within for n in nest([a, b])] == ["a:2", ""]


def test_a_joined_verb_has_the_source_of_the_first():
    attributions, _ = found("Teodora Vance said the wall was sound and denied that it leaked.")
    assert [a.speaker for a in attributions] == ["Teodora Vance", "Teodora Vance"]


def test_what_is_named_by_a_participle_is_no_source():
    assert found("A website called Isk Today opened at noon.")[0] == ()
    assert found("A man accused of theft fled at noon.")[0] == ()


def test_who_is_asked_does_not_ask():
    attributions, words = found("Asked if the gate held, Vance said that it did.")
    assert [(words(a.cue), a.speaker) for a in attributions] == [
        ("Asked", ""),
        ("said", "Teodora Vance"),
    ]


def test_the_writer_is_no_source():
    assert found("I think that the wall was sound.")[0] == ()


def test_figures_that_show_are_no_speakers():
    assert said("The repairs highlighted the weakness of the wall.", Speech.INDIRECT) == []


def test_who_is_meant():
    text = (
        "Former premier Orla Quint met Bram Sedge, a spokesman for the union. Mr. Sedge was late. "
        "“I waited,” she said. “I ran,” he said. “We agreed,” the spokesman said. "
        "The former official left. “Never again,” the former official said."
    )
    assert [f[3] for f in said(text)] == ["Orla Quint", "Bram Sedge", "Bram Sedge", "Orla Quint"]


def test_somebody_nobody_named_keeps_the_description():
    text = "The former premier of Kestria spoke on Monday. “It leaks,” the former official said."
    assert [f[3] for f in said(text)] == ["former premier of Kestria"]


def test_an_unknown_speaker_stays_empty():
    assert [f[3] for f in said("“It leaks a little,” he said.")] == [""]
