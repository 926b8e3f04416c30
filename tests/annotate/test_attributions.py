"""What is said and what is done with it: contents, cues and acts, in invented articles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.annotate.attributions import find_attributions
from retold.model import Act, Article, Document, Speech
from tests.annotate.saying import PEOPLE, documents, found, said


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Vance said that the wall was sound.", ["that the wall was sound"], "Teodora Vance"),
        (
            "According to Halloran, the wall was sound.",
            ["the wall was sound"],
            "Osric Halloran",
        ),
        ("The wall, Vance claimed, is sound.", ["The wall", "is sound"], "Teodora Vance"),
        (
            "The minister stressed the need for a new gate.",
            ["the need for a new gate"],
            "Teodora Vance",
        ),
        (
            "Halloran's claim that the bolts were old was denied.",
            ["that the bolts were old"],
            "Osric Halloran",
        ),
        ("Vance cast doubt on the plan.", ["the plan"], "Teodora Vance"),
        (
            "\n\nISK (Meridian) — The wall was sound, the minister said.",
            ["The wall was sound"],
            "Teodora Vance",
        ),
        ("Some residents warned that it would fail.", ["that it would fail"], "residents"),
    ],
)
def test_indirect_speech(text, content, speaker):
    found = said(PEOPLE + text, Speech.INDIRECT)
    assert (content, speaker) in [(f[0], f[3]) for f in found]


@pytest.mark.parametrize(
    ("text", "act", "cue", "content"),
    [
        ("Vance called for a new gate.", Act.STATEMENT, "called for", ["a new gate"]),
        ("Vance talked about the flood on Monday.", Act.TOPIC, "talked about", ["the flood"]),
        ("Vance discussed the plan.", Act.TOPIC, "discussed", ["the plan"]),
        ("Vance praised the crews on Monday.", Act.STANCE, "praised", ["the crews"]),
        (
            "Vance accused the council of hiding the report.",
            Act.STATEMENT,
            "accused",
            ["the council of hiding the report"],
        ),
        (
            "Vance criticised the council for its silence.",
            Act.STANCE,
            "criticised",
            ["the council for its silence"],
        ),
        ("Vance urged the council to act.", Act.STATEMENT, "urged", ["the council to act"]),
        ("Vance hopes to rebuild the pier.", Act.INTENTION, "hopes", ["to rebuild the pier"]),
        (
            "Vance wanted the pier to be rebuilt.",
            Act.INTENTION,
            "wanted",
            ["the pier to be rebuilt"],
        ),
        (
            "Vance made it clear that the dam was sound.",
            Act.STATEMENT,
            "made it clear",
            ["that the dam was sound"],
        ),
        (
            "Vance was aware that the wall leaked.",
            Act.BELIEF,
            "was aware",
            ["that the wall leaked"],
        ),
        (
            "Vance was reluctant to close the road.",
            Act.INTENTION,
            "was reluctant",
            ["to close the road"],
        ),
        ("Vance was unhappy with the council.", Act.BELIEF, "was unhappy with", ["the council"]),
        ("Vance believes the plan is sound.", Act.BELIEF, "believes", ["the plan is sound"]),
        (
            "Osric Halloran's attacks on the council went on.",
            Act.STANCE,
            "attacks on",
            ["the council"],
        ),
        ("The gate is expected to fail.", Act.BELIEF, "is expected", ["The gate", "to fail"]),
        (
            "The gate was described as unsafe by Teodora Vance.",
            Act.STATEMENT,
            "was described",
            ["The gate", "as unsafe"],
        ),
        ("The dam appeared to hold.", Act.APPEARANCE, "appeared", ["The dam", "to hold"]),
        ("Vance was asked about the bolts.", Act.TOPIC, "was asked about", ["the bolts"]),
        (
            "The survey showed Vance ahead of Halloran.",
            Act.EVIDENCE,
            "showed",
            ["Vance ahead of Halloran"],
        ),
        (
            "Vance issued a statement saying that the gate held.",
            Act.STATEMENT,
            "issued a statement saying",
            ["that the gate held"],
        ),
        (
            "A survey showed that the wall leaked.",
            Act.EVIDENCE,
            "showed",
            ["that the wall leaked"],
        ),
    ],
)
def test_what_a_source_does_to_a_content(text, act, cue, content):
    attributions, words = found(text)
    assert (act, cue, content) in [
        (a.act, words(a.cue), [words(s) for s in a.content]) for a in attributions if a.cue
    ]


def test_only_statements_and_beliefs_claim():
    attributions, words = found("Vance said the wall leaked. Vance supports the plan.")
    assert [words(a.cue) for a in attributions if a.claims] == ["said"]
    assert [words(a.cue) for a in attributions if not a.claims] == ["supports"]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Vance said that the wall was sound, adding that the gate was not.",
            ["that the wall was sound", "that the gate was not"],
        ),
        (
            "Teodora Vance said the wall was sound and denied that the gate leaked.",
            ["the wall was sound", "that the gate leaked"],
        ),
        (
            "Halloran said the wall was sound, while Teodora Vance claimed that it leaked.",
            ["the wall was sound", "that it leaked"],
        ),
        (
            "Vance said the wall was “as sound as a bell. We look at it daily.” She left.",
            ["the wall was “as sound as a bell. We look at it daily.”"],
        ),
        ("But the wall was sound, Osric Halloran said.", ["the wall was sound"]),
    ],
)
def test_where_a_content_ends(text, contents):
    attributions, words = found(text)
    assert [words(s) for a in attributions for s in a.content] == contents


def test_a_saying_between_commas_leaves_both_sides():
    attributions, words = found("If it rains again, Osric Halloran said, the wall will leak.")
    assert [[words(s) for s in a.content] for a in attributions] == [
        ["If it rains again", "the wall will leak"]
    ]


def test_a_relative_pronoun_belongs_to_what_is_said():
    attributions, words = found("It hit the gate, which Osric Halloran said was lost.")
    assert [[words(s) for s in a.content] for a in attributions] == [["which", "was lost"]]


def test_a_noun_within_a_cue_is_no_cue_of_its_own():
    attributions, words = found("Vance voiced the hope that the gate would hold.")
    assert [words(a.cue) for a in attributions] == ["voiced the hope"]


def test_no_text_no_attributions():
    assert find_attributions(Document(Article("sha256:0", ""))) == ()


MARKS = ["“", "”", '"', "'", "’", "‘", "«", "»", ",", ".", ":", " ", "\n", "\n\n", "— ", "(", ")"]


WORDS = ["said", "he said", "she", "Vance", "Osric Halloran", "that", "according to", "adding"]


OTHERS = [
    "The dam leaks",
    "called it",
    "as",
    "reported by",
    "the engineer",
    "\u00a0",
    "é",
    "🌊",
    "'s",
]


PIECES = st.sampled_from([*MARKS, *WORDS, *OTHERS, "\u202e"])


FRAGMENTS = st.lists(PIECES, max_size=30).map(" ".join)


@settings(max_examples=40)
@given(st.one_of(FRAGMENTS, st.text(max_size=60)))
def test_any_text_gives_valid_spans(text):
    (document,) = documents(text)
    found = find_attributions(document)
    assert list(found) == sorted(found, key=lambda a: (a.content, a.id))
    assert len({a.id for a in found}) == len(found)
    for attribution in found:
        assert attribution.content
        assert 0 < attribution.probability <= 1
        for span in (*attribution.content, attribution.cue, attribution.source):
            if span is not None:
                assert span.article == document.id
                assert 0 <= span.start < span.end <= len(text)
                assert document.text_of(span).strip()
