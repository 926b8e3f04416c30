"""Attributions in invented articles, and on the seeds where they are."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.annotate.attributions import find_attributions
from retold.annotate.names import find_names
from retold.annotate.parse import parse, place, sentence_spans
from retold.annotate.sources import nest, reporters
from retold.model import (
    Act,
    Article,
    Attribution,
    Document,
    SourceKind,
    Span,
    Speech,
    article_id,
)


def documents(*texts):
    articles = [Article(article_id(text), text) for text in texts]
    spans = {a.id: sentence_spans(a.text) for a in articles}
    parsed = parse([a.text[s:e] for a in articles for s, e, _ in spans[a.id]])
    for article in articles:
        sentences, tokens, entities = place(article, spans[article.id], parsed)
        document = Document(article, sentences, tokens)
        yield Document(article, sentences, tokens, names=find_names(document, entities))


def said(text, *kinds):
    """(content pieces, cue, source, speaker) of each attribution of the given kinds."""
    (document,) = documents(text)
    return [
        (
            [document.text_of(s) for s in a.content],
            a.cue and document.text_of(a.cue),
            a.source and document.text_of(a.source),
            a.speaker,
        )
        for a in find_attributions(document)
        if a.speech in (kinds or (Speech.DIRECT,))
    ]


INTRO = "Interior Minister Teodora Vance met Osric Halloran, the chief engineer of the dam. "


@pytest.mark.parametrize(
    ("text", "content", "cue", "speaker"),
    [
        ("“The wall is sound,” Vance said.", ["The wall is sound"], "said", "Teodora Vance"),
        ("“The wall is sound,” said Vance.", ["The wall is sound"], "said", "Teodora Vance"),
        ('"The wall is sound," she said.', ["The wall is sound"], "said", "Teodora Vance"),
        ("‘The wall’s sound,’ Halloran said.", ["The wall’s sound"], "said", "Osric Halloran"),
        ("Vance said: “The wall is sound.”", ["The wall is sound."], "said", "Teodora Vance"),
        ("Vance added, “The wall is sound.”", ["The wall is sound."], "added", "Teodora Vance"),
        (
            "“The wall,” Vance said, “is sound.”",
            ["The wall", "is sound."],
            "said",
            "Teodora Vance",
        ),
        (
            "“The wall is sound,” Halloran said on Monday. “The gate is not.”",
            ["The wall is sound", "The gate is not."],
            "said",
            "Osric Halloran",
        ),
        (
            "“The wall is sound,” said one resident of Isk, who stayed.",
            ["The wall is sound"],
            "said",
            "resident of Isk",
        ),
        (
            "“The wall is sound,” the engineer told reporters.",
            ["The wall is sound"],
            "told",
            "Osric Halloran",
        ),
        (
            "“One wall stands.\n\n“The other does not,” Vance said.",
            ["One wall stands.", "The other does not"],
            "said",
            "Teodora Vance",
        ),
        (
            "“This one never closes, Vance said.\n\nThe river rose all night.",
            ["This one never closes"],
            "said",
            "Teodora Vance",
        ),
        (
            "“He told me ‘go home’ and left,” Vance said.",
            ["He told me ‘go home’ and left"],
            "said",
            "Teodora Vance",
        ),
    ],
)
def test_direct_speech(text, content, cue, speaker):
    ((pieces, found_cue, _, who),) = said(INTRO + "\n\n" + text)
    assert (pieces, found_cue, who) == (content, cue, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "The ‘North’ Squadron met the “Harbour Kings” group at noon.",
        "The so-called “republic” of Isk raised its flag.",
        "The film “The Long Tide” opened in Port Almery.",
        "Nell Ode, known as “Nel”, runs the “Isk Valley Herald”.",
        "The sailors’ union and the dockers’ fund met.",
        "The plank is 5' 11\" long.",
    ],
)
def test_names_titles_and_scare_quotes_are_no_quotations(text):
    assert said(text, Speech.DIRECT, Speech.MIXED) == []


def test_two_speakers_in_one_paragraph_stay_apart():
    found = said(INTRO + "“It stands,” Vance said. “It leans,” Halloran replied.")
    assert [(f[0], f[3]) for f in found] == [
        (["It stands"], "Teodora Vance"),
        (["It leans"], "Osric Halloran"),
    ]


def test_a_new_cue_begins_a_new_utterance():
    found = said(INTRO + "“It stands,” Vance said, adding, “We will look again.”")
    assert [(f[0], f[1], f[3]) for f in found] == [
        (["It stands"], "said", "Teodora Vance"),
        (["We will look again."], "adding", "Teodora Vance"),
    ]


def test_a_free_standing_quotation_has_a_less_certain_speaker():
    text = (
        INTRO
        + "\n\nVance said that the wall held.\n\n“It will hold for another hundred years.”\n\nX."
    )
    (document,) = documents("“It held,” said Teodora Vance.\n\nShe left.\n\n" + text)
    framed, free = (a for a in find_attributions(document) if a.speech is Speech.DIRECT)
    assert free.cue is None
    assert free.probability < framed.probability


def test_partial_quotations_are_mixed():
    ((content, cue, _, speaker),) = said(
        INTRO + "Vance called the report “a complete failure.”", Speech.MIXED
    )
    assert content == ["the report “a complete failure.”"]
    assert (cue, speaker) == ("called", "Teodora Vance")
    ((content, *_),) = said(
        INTRO + "Vance said that the wall was “as sound as a bell” on Monday.", Speech.MIXED
    )
    assert "“as sound as a bell”" in content[0]


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
    found = said(INTRO + text, Speech.INDIRECT)
    assert (content, speaker) in [(f[0], f[3]) for f in found]


PEOPLE = "Interior Minister Teodora Vance met Osric Halloran, the chief engineer of the dam. "


def found(text, lead=PEOPLE):
    """The attributions of a text that follows on two people, and a reader of spans."""
    (document,) = documents(f"{lead}\n\n{text}")
    return find_attributions(document), document.text_of


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
        ("They", SourceKind.UNRESOLVED, ""),
    ],
)
def test_sources_have_a_kind(source, kind, speaker):
    (attribution,), _ = found(f"{source} said that the wall leaked.", lead="It rained.")
    assert (attribution.source_kind, attribution.speaker) == (kind, speaker)


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


def test_a_joined_verb_has_the_source_of_the_first():
    attributions, _ = found("Teodora Vance said the wall was sound and denied that it leaked.")
    assert [a.speaker for a in attributions] == ["Teodora Vance", "Teodora Vance"]


def test_a_saying_between_commas_leaves_both_sides():
    attributions, words = found("If it rains again, Osric Halloran said, the wall will leak.")
    assert [[words(s) for s in a.content] for a in attributions] == [
        ["If it rains again", "the wall will leak"]
    ]


def test_a_relative_pronoun_belongs_to_what_is_said():
    attributions, words = found("It hit the gate, which Osric Halloran said was lost.")
    assert [[words(s) for s in a.content] for a in attributions] == [["which", "was lost"]]


def test_what_is_named_by_a_participle_is_no_source():
    assert found("A website called Isk Today opened at noon.")[0] == ()
    assert found("A man accused of theft fled at noon.")[0] == ()


def test_a_noun_within_a_cue_is_no_cue_of_its_own():
    attributions, words = found("Vance voiced the hope that the gate would hold.")
    assert [words(a.cue) for a in attributions] == ["voiced the hope"]


def test_who_is_asked_does_not_ask():
    attributions, words = found("Asked if the gate held, Vance said that it did.")
    assert [(words(a.cue), a.speaker) for a in attributions] == [
        ("Asked", ""),
        ("said", "Teodora Vance"),
    ]


def test_the_writer_is_no_source():
    assert found("I think that the wall was sound.")[0] == ()


def test_a_name_after_a_dash_signs_a_quotation():
    attributions, words = found("“It leaks all night and nobody comes.” — Nell Ode, Port Almery")
    assert [(words(a.source), a.speaker) for a in attributions] == [("Nell Ode", "Nell Ode")]
    attributions, _ = found("“It leaks all night and nobody comes.” — and so it did")
    assert [a.cue for a in attributions if a.speech is Speech.DIRECT] == []


def test_who_is_reported_on_did_not_say_the_quotation():
    text = "Teodora Vance, citing “the weight of the water,” said the gate would stay shut."
    attributions, words = found(text)
    assert "the gate" not in [words(a.source) for a in attributions if a.source]
    assert "the gate would stay shut" in [words(s) for a in attributions for s in a.content]


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


def test_no_text_no_attributions():
    assert find_attributions(Document(Article("sha256:0", ""))) == ()


# ---------------------------------------------------------------- any text

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


# ---------------------------------------------------------------- the seeds


def test_the_seeds_hold_twelve_utterances(seeds):
    texts = []
    for file in sorted(seeds.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        # the reader takes the title line off; 002 has none
        texts.append(text if file.name.startswith("002") else text.partition("\n")[2])
    direct = [
        [a for a in find_attributions(d) if a.speech is Speech.DIRECT] for d in documents(*texts)
    ]
    assert [len(found) for found in direct] == [0, 0, 4, 0, 8]
    assert all(a.speaker and a.cue and a.source for found in direct for a in found)
    assert sum(len(a.content) == 2 for a in direct[2]) == 1


def test_the_seeds_name_no_group_as_quotation(seeds):
    texts = [f.read_text(encoding="utf-8").partition("\n")[2] for f in sorted(seeds.glob("*.txt"))]
    mixed = [a for d in documents(*texts) for a in find_attributions(d) if a.speech is Speech.MIXED]
    assert mixed == []
