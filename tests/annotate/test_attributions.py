"""Attributions in invented articles, and on the seeds where they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.annotate.attributions import find_attributions
from retold.annotate.names import find_names
from retold.annotate.parse import parse, place, sentence_spans
from retold.model import Article, Document, Speech, article_id


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
