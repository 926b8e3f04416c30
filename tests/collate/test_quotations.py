"""The same quotation across versions: what is one, what became of it, who had it first."""

import random
from dataclasses import replace
from itertools import permutations
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate.alike import Pool, likeness
from retold.collate.apparatus import collate
from retold.collate.utterances import RowIndex, utterances
from retold.config import CollateConfig
from retold.model import ChangeKind, QuotationStatus
from tests.collate.build import collated, documents, row, stemma, story

GATES = "We never closed the sluice gates that night, although the wardens begged us to do it"
OF_QUOTES = {ChangeKind.QUOTE_WORDING, ChangeKind.QUOTE_SPEAKER}


def told(docs, *edges, rows=None):
    return collated(docs, *edges, rows=rows).quotations


def one(*texts, edges=(), rows=None):
    found = told(documents(*texts), *edges, rows=rows)
    assert len(found) == 1, [[r.text for r in q.readings] for q in found]
    return found[0]


def quoted(words, who="Mayor Arn Holt"):
    return f"“{words},” said {who}."


def wording(quotation):
    return [c for c in quotation.changes if c.kind in OF_QUOTES]


# ---------------------------------------------------------------- the same words


@pytest.mark.parametrize(
    "other",
    [
        f'"{GATES}," said Mayor Arn Holt.',
        f"‘{GATES},’ said Mayor Arn Holt.",
        f"Mayor Arn Holt said: “{GATES}.”",
        quoted(GATES.replace("We", "[W]e")),
        quoted(GATES.replace("that night", "that night [in March]")),
        quoted(GATES.replace("We", "we")),
        quoted(GATES.replace("sluice gates", "sluice\u00a0gates")),
        quoted(GATES.replace("sluice gates", "sluice-gates")),
        quoted(GATES.replace(", although", " … although")),
        "“We never closed the sluice gates that night,” said Mayor Arn Holt, “although the "
        "wardens begged us to do it.”",
    ],
)
def test_typography_and_a_cue_in_between_are_no_change(other):
    quotation = one(quoted(GATES), other, edges=[(0, 1)])
    assert quotation.status is QuotationStatus.SAME
    assert not wording(quotation)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            "The F.B.I. lost 3 files in the harbour office",
            "The FBI lost three files in the harbor office",
        ),
        ("We don't sell 40 percent of the barley", "We do not sell 40% of the barley"),
        (
            "Gen. Brandt fights counter-terrorism by lamp",
            "General Brandt fights counterterrorism by lamp",
        ),
    ],
)
def test_house_style_is_no_change(here, there):
    quotation = one(quoted(here), quoted(there), edges=[(0, 1)])
    assert quotation.status is QuotationStatus.SAME
    assert not wording(quotation)


def test_what_is_no_quotation_in_marks_makes_none():
    docs = documents("Mayor Arn Holt said that the so-called “emergency” was over by now.")
    assert not told(docs)


# ---------------------------------------------------------------- shortened, joined, split


@pytest.mark.parametrize(
    ("other", "words", "salience"),
    [
        ("We never closed the sluice gates that night", "trimmed", 0.2),
        ("Although the wardens begged us to do it", "trimmed", 0.2),
        (GATES.replace("that night, ", "… "), "marked", 0.3),
        (GATES.replace("that night, ", ""), "without a sign", 0.8),
        (GATES.replace("never ", ""), "without a sign", 0.8),
    ],
)
def test_trimmed_quotations_are_shortened(other, words, salience):
    quotation = one(quoted(GATES), quoted(other), edges=[(0, 1)])
    assert quotation.status is QuotationStatus.SHORTENED
    (change,) = wording(quotation)
    assert words in change.explanation
    assert change.salience <= salience
    assert "‘" in change.explanation


def test_words_put_in_at_the_end_tell_more_than_words_left_out():
    longer = quoted(f"{GATES}. The lake will eat this valley whole")
    (added,) = wording(one(quoted(GATES), longer, edges=[(0, 1)]))
    (lost,) = wording(one(longer, quoted(GATES), edges=[(0, 1)]))
    assert "put in" in added.explanation
    assert added.salience > lost.salience


JOINED = quoted(f"{GATES}. The lake will eat this valley. The miller will flee over the pass")
IN_TWO = (
    f"{quoted(f'{GATES}. The lake will eat this valley')}\n\nThe hall fell silent.\n\n"
    "“The miller will flee over the pass,” Holt added."
)
IN_THREE = (
    f"{quoted(GATES)}\n\nThe hall fell silent.\n\n“The lake will eat this valley,” Holt added."
    "\n\nSomebody coughed.\n\n“The miller will flee over the pass,” he said."
)


@pytest.mark.parametrize(
    ("first", "second", "edges", "told"),
    [
        (IN_TWO, JOINED, [(0, 1)], "two utterances joined into one"),
        (IN_THREE, JOINED, [(0, 1)], "three utterances joined into one"),
        (JOINED, IN_TWO, [(0, 1)], "one utterance split into two"),
    ],
)
def test_utterances_joined_or_split_are_counted(first, second, edges, told):
    quotation = one(first, second, edges=edges)
    assert quotation.status is QuotationStatus.SPLICED
    (change,) = wording(quotation)
    assert change.explanation == told


def test_utterances_are_counted_where_no_order_is_known():
    (change,) = wording(one(IN_THREE, JOINED))
    assert change.explanation in {
        "three utterances here, one there",
        "one utterance here, three there",
    }


def test_versions_that_share_no_sentence_are_in_two_quotations():
    long = "The lake will eat this valley whole. Our engineers poured gravel behind the barrier"
    docs = documents(quoted(long), *map(quoted, long.split(". ")))
    found = told(docs)
    assert sorted(len(q.readings) for q in found) == [2, 2]
    assert all(q.status is QuotationStatus.SAME for q in found)


# ---------------------------------------------------------------- reworded


def test_half_of_the_words_may_differ():
    other = "We never shut the weir doors that evening, although the rangers implored us to do it"
    docs = documents(quoted(GATES), quoted(other))
    (quotation,) = told(docs, (0, 1))
    assert quotation.status is QuotationStatus.REWORDED
    (change,) = wording(quotation)
    assert "‘closed’ became ‘shut’" in change.explanation
    assert 0.3 < change.probability < 0.9


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("mend the nets of the lake fishermen", "tax the lanterns of every chapel"),
        ("work closely with our partners in Velmora", "seek advice from the bishop's lawyers"),
    ],
)
@pytest.mark.parametrize("frame", ["We will continue to {}", "I think that we have to {}"])
def test_a_frame_alone_makes_no_quotation_one(frame, here, there):
    docs = documents(quoted(frame.format(here)), quoted(frame.format(there)))
    assert [q.status for q in told(docs)] == [QuotationStatus.SINGULAR] * 2


def test_what_one_speaker_says_twice_is_two_quotations():
    again = "We never shut the sluice gates that week, although the wardens begged us to try it"
    twice = f"{quoted(GATES)}\n\nHe went on.\n\n“{again},” Holt said."
    found = told(documents(twice, quoted(GATES)))
    assert sorted(len(q.readings) for q in found) == [1, 2]
    both = next(q for q in found if len(q.readings) == 2)
    assert both.status is QuotationStatus.SAME


def test_no_chain_of_likenesses_joins_unlike_quotations():
    steps = [
        "The old mill burned through the cold night while the brass bells of Velmora rang",
        "The old mill smouldered through the cold week while the brass drums of Velmora beat",
        "A new barn smouldered for one dry week while thirty drums near Torrin beat loudly",
    ]
    found = told(documents(*map(quoted, steps)), rows=())
    together = [{r.text.rstrip(",") for r in q.readings} for q in found]
    assert {steps[0], steps[1]} in together
    assert not any({steps[0], steps[2]} <= group for group in together)


def test_translated_by_each_for_itself():
    docs = documents(
        quoted("Wolves killed 534 lambs near Velmora this spring and the herders are leaving"),
        quoted("Nobody tends flocks around Velmora now, after 534 young beasts were torn apart"),
    )
    (quotation,) = told(docs)
    assert quotation.status is QuotationStatus.TRANSLATED
    assert quotation.probability < 0.75
    assert len(told(docs, rows=())) == 2


# ---------------------------------------------------------------- speakers


def test_the_same_words_of_somebody_else():
    quotation = one(quoted(GATES), quoted(GATES, "Governor Ilse Brandt"), edges=[(0, 1)])
    assert quotation.status is QuotationStatus.OTHER_SPEAKER
    (change,) = [c for c in quotation.changes if c.kind is ChangeKind.QUOTE_SPEAKER]
    assert change.probability >= 0.5
    assert change.explanation == "words of Arn Holt given to Ilse Brandt"


@pytest.mark.parametrize(
    "who",
    [
        "he",
        "Holt",
        "a spokesman",
        "the mayor's office",
        "Ilse Brandt, a spokeswoman for Mayor Arn Holt",
        "Arn Holt's spokeswoman Ilse Brandt",
    ],
)
def test_a_pronoun_an_office_or_a_spokesperson_is_nobody_else(who):
    quotation = one(quoted(GATES), quoted(GATES, who), edges=[(0, 1)])
    assert quotation.status is QuotationStatus.SAME
    assert not [c for c in quotation.changes if c.kind is ChangeKind.QUOTE_SPEAKER]


def test_a_pronoun_that_may_mean_either_is_undecided():
    docs = documents(
        quoted(GATES),
        f"Governor Ilse Brandt met Mayor Arn Holt at the lake. Brandt looked tired. “{GATES},” "
        "she said.",
    )
    (quotation,) = told(docs, rows=())
    assert len(quotation.readings) == 2
    assert quotation.status is not QuotationStatus.OTHER_SPEAKER
    assert all(c.probability < 0.5 for c in quotation.changes if c.kind is ChangeKind.QUOTE_SPEAKER)


def test_plain_words_of_two_speakers_are_two_quotations():
    docs = documents(quoted("We will win this"), quoted("We will win this", "Ilse Brandt"))
    assert len(told(docs, rows=())) == 2


# ---------------------------------------------------------------- reported, singular


SAID = "Mayor Arn Holt said that the ferry captain had ignored every storm warning from Velmora."
QUOTED = "“The ferry captain ignored every storm warning from Velmora,” Mayor Arn Holt said."


def test_quoted_then_reported_then_quoted_again():
    docs = documents(f"{QUOTED} It rained.", f"{SAID} It snowed.", f"{QUOTED} It froze.")
    (quotation,) = told(docs, (0, 1), (1, 2))
    lines = sorted(c.explanation.rsplit(", ", 1)[1] for c in wording(quotation))
    assert lines == ["became a quotation", "became reported speech"]
    assert quotation.status is QuotationStatus.SAME


def test_quoted_in_one_and_reported_in_the_other():
    quotation = one(QUOTED, SAID, edges=[(0, 1)])
    assert quotation.status is QuotationStatus.TURNED
    assert quotation.readings[0].speech == "direct"


def test_a_singular_quotation_tells_more_where_many_tell_its_sentence_without_it():
    other = "Mayor Arn Holt spoke about the sluice gates."
    few = documents(quoted(GATES), "It rained in Torrin.")
    many = documents(quoted(GATES), *(f"{other} Day {n} was dry." for n in range(4)))
    alone = told(few, rows=())[0].changes[0]
    first = [d.sentences[0].span for d in many]
    among = told(many, rows=(row(*first),))[0].changes[0]
    assert alone.kind is among.kind is ChangeKind.ADDITION
    assert among.salience > alone.salience
    assert "4 versions tell its sentence without it" in among.explanation


def test_words_that_stand_elsewhere_are_not_called_singular():
    docs = documents(quoted(GATES), f"{GATES}.")
    (quotation,) = told(docs, rows=())
    assert not [c for c in quotation.changes if c.kind is ChangeKind.ADDITION]
    (change,) = wording(quotation)
    assert "without them in the other" in change.explanation


# ---------------------------------------------------------------- descent, order, spans


def test_the_first_version_and_what_each_made_of_it():
    docs = documents(
        quoted(GATES),
        quoted(GATES.replace("begged", "asked")),
        quoted("We never closed the sluice gates that night"),
    )
    (quotation,) = told(docs, (0, 1), (1, 2))
    assert quotation.first == docs[0].id
    assert quotation.first_probability == pytest.approx(0.95**2, abs=1e-3)
    became = {h.after.article: h.became for h in quotation.handed}
    assert became == {
        docs[1].id: QuotationStatus.REWORDED,
        docs[2].id: QuotationStatus.SHORTENED,
    }
    (undecided,) = told(docs)
    assert undecided.first == ""
    assert undecided.handed == ()


VERSIONS = (
    quoted(GATES),
    quoted(GATES.replace("begged", "asked")),
    quoted("We never closed the sluice gates that night", "Governor Ilse Brandt"),
    quoted(f"{GATES}. The lake will eat this valley whole"),
    "“The lake will eat this valley whole before autumn,” said Arn Holt.",
)


def test_the_order_of_versions_makes_no_difference():
    docs = documents(*VERSIONS)
    expected = told(docs, rows=())
    for order in list(permutations(docs))[::17]:
        found = collate(story(docs), {d.id: d for d in order}, (), stemma(docs))
        assert found.quotations == expected


@given(st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=5), st.integers(0, 9))
def test_spans_quote_the_text_and_a_version_has_one_reading_of_each_sentence(texts, seed):
    docs = documents(*texts)
    random.Random(seed).shuffle(order := list(docs))
    text = {d.id: d.article.text for d in order}
    for quotation in told(docs):
        assert 0.0 <= quotation.probability <= 1.0
        for r in quotation.readings:
            assert text[r.article][r.start : r.end] == r.text
            assert (r.parts[0].start, r.parts[-1].end) == (r.start, r.end)
        for change in quotation.changes:
            assert change.before is None or change.before.text
            assert change.after is None or change.after.text


def a_quotation_and_its_part():
    said = "the harbour of Velmora shelters forty wooden trawlers every stormy winter"
    texts = [f"“{words},” said Mayor Arn Holt." for words in (f"In truth {said} night", said)]
    told = documents(*(text.replace("“t", "“T") for text in texts))
    by_id = {d.id: d for d in told}
    quoted, _ = utterances(tuple(sorted(by_id)), by_id, RowIndex(()))
    return [piece for (piece,) in quoted]


def likeness_of(pieces):
    pools = [Pool((one,), frozenset([one.article]), one.rows) for one in pieces]
    return likeness(*pools, CollateConfig())


def test_a_part_is_a_part_whatever_order_its_words_are_weighed_in():
    pieces = a_quotation_and_its_part()
    found = set()
    for seed in range(100):
        shuffled = []
        for piece in pieces:
            weighed = list(piece.weights.items())
            random.Random(seed).shuffle(weighed)
            shuffled.append(replace(piece, weights=dict(weighed)))
        found.add(likeness_of(shuffled))
    assert found == {0.97}


def test_a_part_is_a_part_where_weights_do_not_add_up_in_any_order():
    pieces = a_quotation_and_its_part()
    shared = len(pieces[0].weights.keys() & pieces[1].weights.keys())
    odd = next(
        w for w in (n / 10 for n in range(21, 99)) if sum([w] * shared) != fsum([w] * shared)
    )
    assert likeness_of([replace(p, weights=dict.fromkeys(p.weights, odd)) for p in pieces]) == 0.97
