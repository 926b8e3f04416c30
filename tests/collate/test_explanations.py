"""What the apparatus says in words: a line stands alone, and tells a difference once."""

from dataclasses import replace

import pytest

from retold.collate.changes.speaking import speaker_in
from retold.collate.commentary import is_commentary
from retold.collate.telling import most_telling
from retold.model import (
    Agreement,
    Apparatus,
    Change,
    ChangeKind,
    Claim,
    Document,
    Origins,
    Reading,
)
from tests.collate.build import changes, collated, documents, views


def apparatus(*texts: str, edges: tuple[tuple[int, int], ...] = ()) -> Apparatus:
    return collated(documents(*texts), *edges)


def lines(made: Apparatus) -> list[str]:
    return [c.explanation for q in made.quotations for c in q.changes]


def test_one_modal_becomes_another() -> None:
    (found,) = changes(
        "Engineers may open a second gate on Friday.",
        "Engineers will open a second gate on Friday.",
    )
    assert found.kind is ChangeKind.HEDGE
    assert found.explanation == "‘may open’ became ‘will open’: more certain"


@pytest.mark.parametrize(
    ("saying", "told"),
    [
        ("It was announced that", "by ‘was announced’"),
        ("The announcement that", "by ‘announcement’"),
        ("The mayor announced that", "to the mayor"),
    ],
)
def test_the_verb_or_noun_of_saying_is_no_source(saying: str, told: str) -> None:
    plain = "engineers will open a second gate at Torrinsk on Friday."
    (lost,) = changes(f"{saying} {plain}", f"E{plain[1:]}")
    assert lost.explanation.startswith(f"attribution {told} lost: ")
    (added,) = changes(f"E{plain[1:]}", f"{saying} {plain}")
    assert added.explanation.startswith(f"attribution {told} added: ")


def test_a_modal_becomes_a_weaker_one() -> None:
    (found,) = changes(
        "Engineers will open a second gate on Friday.",
        "Engineers may open a second gate on Friday.",
    )
    assert found.explanation == "‘will open’ became ‘may open’: less certain"


REPORTED = (
    "Governor Ilse Brandt said that the harbour wall at Torrinsk had stood against the autumn "
    "flood for nine days."
)
QUOTED = (
    "“The harbour wall at Torrinsk stood against the autumn flood for nine days,” "
    "Governor Ilse Brandt said."
)


def test_reported_and_quoted_speech_name_speaker_and_words() -> None:
    (line,) = lines(apparatus(REPORTED, QUOTED))
    assert line == (
        "words of Ilse Brandt (‘The harbour wall at Torrinsk stood …’) quoted in one, only "
        "reported in the other"
    )


def test_a_quotation_made_of_reported_speech_is_told_in_its_direction() -> None:
    (line,) = lines(apparatus(REPORTED, QUOTED, edges=((0, 1),)))
    assert line.endswith("only reported before, became a quotation")
    (line,) = lines(apparatus(QUOTED, REPORTED, edges=((0, 1),)))
    assert line.endswith("quoted, became reported speech")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The water came over the wall at night,” a resident of Torrinsk said.", "a resident"),
        ("“The water came over the wall at night,” residents of Torrinsk said.", "residents"),
        ("“The water came over the wall at night,” people close to the plan said.", "people close"),
        ("“The water came over the wall at night,” aides with knowledge of it said.", "aides with"),
        ("“The water came over the wall at night,” an aide with two sons said.", "an aide with"),
        ("“The water came over the wall at night,” old fishermen said.", "old fishermen"),
        ("“The water came over the wall at night,” the harbour ministry said.", "the harbour"),
        ("“The water came over the wall at night,” Ilse Brandt said.", "Ilse Brandt"),
    ],
)
def test_a_description_has_its_article(text: str, speaker: str) -> None:
    (document,) = documents(text)
    (attribution,) = document.attributions
    assert speaker_in(document, attribution).startswith(speaker)


def test_a_description_without_article_gets_one() -> None:
    (document,) = documents("“The water came over the wall at night,” one old diver said.")
    (attribution,) = document.attributions
    if attribution.speaker == "old diver":
        assert speaker_in(document, attribution) == "an old diver"


def commentary(text: str) -> bool:
    return is_commentary(views(documents(text)[0]))


@pytest.mark.parametrize(
    "text",
    [
        "The capture of Velmora, a key town, was also highlighted as a turning point.",
        "Earlier reports of troops entering Velmora added another layer of complexity.",
        "The visit of Ilse Brandt underscored the broader significance of the harbour.",
    ],
)
def test_an_event_at_a_named_place_is_no_commentary(text: str) -> None:
    assert not commentary(text)


@pytest.mark.parametrize(
    "text",
    [
        "The broader implications of the decision remain a stark reminder of uncertainty.",
        "The interplay of rhetoric and vision raises profound questions for the region.",
    ],
)
def test_assessment_without_an_event_is_commentary(text: str) -> None:
    assert commentary(text)


def test_a_source_in_the_sentence_before_is_no_lost_attribution() -> None:
    kept = (
        "Mayor Arn Holt said the bridge over the Lune was closed. "
        "The old mill beside the bridge burned on Sunday."
    )
    said = "Mayor Arn Holt said the old mill beside the bridge burned on Sunday."
    docs = documents(said, kept)
    assert _lost(docs, 0, 1) == set()
    flat = documents(said, "The sun shone over the Lune. " + kept.split(". ")[1])
    assert _lost(flat, 0, 1) == {ChangeKind.ATTRIBUTION}
    apart = documents(said, kept.replace(". The", ".\n\nThe"))
    assert _lost(apart, 0, 1) == {ChangeKind.ATTRIBUTION}


def _lost(docs: tuple[Document, ...], first: int, second: int) -> set[ChangeKind]:
    from retold.collate.changes import find_changes
    from retold.collate.pairs import align_pair

    a, b = views(docs[first])[0], views(docs[second])[1]
    return {c.kind for c in find_changes(align_pair(a, b, directed=True))}


def _change(
    name: str, kind: ChangeKind, before: tuple[str, int, str], after: tuple[str, int, str]
) -> Change:
    one, two = (Reading(a, at, at + len(text), text) for a, at, text in (before, after))
    return Change(name, kind, one, two, False, 0.9, 0.9, "", ("a", "b"))


def _claim(name: str, *found: Change) -> Claim:
    nobody = Origins(1, 1, (), "")
    return Claim(name, "", (), Agreement.SOME, found, nobody, 1.0, commentary=False)


def test_a_name_and_a_speaker_are_told_once() -> None:
    name = _change("change:2", ChangeKind.NAME, ("a", 0, "Holt"), ("b", 0, "Bolt"))
    speaker = _change(
        "change:1",
        ChangeKind.QUOTE_SPEAKER,
        ("a", 90, "Holt"),
        ("c", 70, "Bolt"),
    )
    other = _change("change:3", ChangeKind.NAME, ("a", 9, "Brandt"), ("b", 9, "Brand"))
    told = most_telling([_claim("x", name), _claim("y", speaker, other)], (), (), 5)
    assert set(told) == {"change:1", "change:3"}


def test_a_speaker_with_a_title_at_the_same_place_is_told_once() -> None:
    name = _change("change:2", ChangeKind.NAME, ("a", 6, "Holt"), ("b", 6, "Bolt"))
    speaker = _change(
        "change:1",
        ChangeKind.QUOTE_SPEAKER,
        ("b", 0, "Mayor Bolt"),
        ("a", 0, "Mayor Holt"),
    )
    assert len(most_telling([_claim("x", name, speaker)], (), (), 5)) == 1


def test_unlike_words_of_soft_kinds_stay_apart() -> None:
    one = _change("change:1", ChangeKind.HEDGE, ("a", 0, "may"), ("b", 0, "will"))
    two = _change("change:2", ChangeKind.HEDGE, ("a", 50, "may"), ("b", 50, "will"))
    assert len(most_telling([_claim("x", one, two)], (), (), 5)) == 2


def test_what_was_altered_is_told_before_what_merely_differs() -> None:
    speaker = _change("change:1", ChangeKind.QUOTE_SPEAKER, ("a", 0, "Holt"), ("b", 0, "Brandt"))
    figure = replace(
        _change("change:2", ChangeKind.FIGURE, ("a", 50, "1,340"), ("b", 50, "3,140")),
        directed=True,
        salience=0.85,
    )
    assert most_telling([_claim("x", speaker), _claim("y", figure)], (), (), 1) == ("change:2",)


def test_of_equals_the_changed_figure_is_told_first() -> None:
    speaker = _change("change:1", ChangeKind.QUOTE_SPEAKER, ("a", 0, "Holt"), ("b", 0, "Brandt"))
    figure = _change("change:2", ChangeKind.FIGURE, ("a", 50, "1,340"), ("b", 50, "3,140"))
    assert most_telling([_claim("x", speaker), _claim("y", figure)], (), (), 1) == ("change:2",)


@pytest.mark.parametrize("directed", [True, False])
def test_an_attribution_tells_what_is_attributed(directed: bool) -> None:
    said = "Mayor Arn Holt said the old mill beside the bridge burned on Sunday."
    flat = "The old mill beside the bridge burned on Sunday."
    for before, after in ((said, flat), (flat, said)):
        (found,) = changes(before, after, directed=directed)
        assert "Arn Holt" in found.explanation
        assert found.explanation.endswith(": ‘the old mill beside the bridge …’")
