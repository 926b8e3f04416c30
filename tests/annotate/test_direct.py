"""Direct and mixed speech: quotations, whose they are, and what is none; on the seeds too."""

import pytest

from retold.annotate.attributions import find_attributions
from retold.model import Speech
from tests.annotate.saying import PEOPLE, documents, found, said


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
    ((pieces, found_cue, _, who),) = said(PEOPLE + "\n\n" + text)
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
    found = said(PEOPLE + "“It stands,” Vance said. “It leans,” Halloran replied.")
    assert [(f[0], f[3]) for f in found] == [
        (["It stands"], "Teodora Vance"),
        (["It leans"], "Osric Halloran"),
    ]


def test_a_new_cue_begins_a_new_utterance():
    found = said(PEOPLE + "“It stands,” Vance said, adding, “We will look again.”")
    assert [(f[0], f[1], f[3]) for f in found] == [
        (["It stands"], "said", "Teodora Vance"),
        (["We will look again."], "adding", "Teodora Vance"),
    ]


def test_a_free_standing_quotation_has_a_less_certain_speaker():
    text = (
        PEOPLE
        + "\n\nVance said that the wall held.\n\n“It will hold for another hundred years.”\n\nX."
    )
    (document,) = documents("“It held,” said Teodora Vance.\n\nShe left.\n\n" + text)
    framed, free = (a for a in find_attributions(document) if a.speech is Speech.DIRECT)
    assert free.cue is None
    assert free.probability < framed.probability


def test_partial_quotations_are_mixed():
    ((content, cue, _, speaker),) = said(
        PEOPLE + "Vance called the report “a complete failure.”", Speech.MIXED
    )
    assert content == ["the report “a complete failure.”"]
    assert (cue, speaker) == ("called", "Teodora Vance")
    ((content, *_),) = said(
        PEOPLE + "Vance said that the wall was “as sound as a bell” on Monday.", Speech.MIXED
    )
    assert "“as sound as a bell”" in content[0]


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
