"""Claims that two outlets share: the labels, the simple methods and the scores."""

import pytest

from eval.claims import Anchor, ArticlePair, Found, Label, cosine, differ, label, layout
from eval.claimscores import by_kind, changes, claims
from retold.model import Change, ChangeKind

FIGURE, HEDGE, NAME = ChangeKind.FIGURE, ChangeKind.HEDGE, ChangeKind.NAME


def _change(kind, probability=0.9):
    return Change("", kind, None, None, False, probability, 0.5, "", ())


def _found(event, *cases, counts=(), near=0.0):
    """Found for an event with an anchor; a case: what is labelled, shown, and naively told."""
    labels = tuple(Label((n, n + 1), True, told) for n, (told, _, _) in enumerate(cases))
    shown = [(x, tuple(c[1]), False) for x, c in zip(labels, cases, strict=True)]
    naive = [(x, c[2], c[2]) for x, c in zip(labels, cases, strict=True)]
    anchor = Anchor((0, 1), labels)
    plain = {(0, 1): {x.span: near for x in labels} | {(90, 99): 0.3}}
    return Found(ArticlePair(event, "a", "b", (anchor,)), list(counts), plain, shown, naive)


def test_layout_squeezes_blanks_and_skips_what_is_empty():
    text, spans = layout([["One  two.", " "], [], ["Three."]])
    assert text == "One two.\n\nThree."
    assert [text[slice(*s)] for s in spans] == ["One two.", "Three."]


def test_label_has_its_changes():
    record = {"label": "same", "changes": [{"kind": "hedge", "real": False}]}
    assert label(record, (3, 9)) == Label((3, 9), True, ((HEDGE, False),), False)
    assert label({"label": "related"}, (3, 9)) == Label((3, 9), False)
    with pytest.raises(ValueError, match="unknown label 'alike'"):
        label({"label": "alike"}, (3, 9))
    with pytest.raises(ValueError, match="colour"):
        label({"label": "same", "changes": [{"kind": "colour", "real": True}]}, (3, 9))


def test_simple_methods():
    assert cosine("The lighthouse burned.", "The lighthouse burned.") == pytest.approx(1.0)
    assert cosine("The lighthouse burned.", "Nobody sang.") == 0.0
    assert differ("It cost 40 crowns, said Brisk.", "It cost 40 crowns.") == (True, False)
    assert differ("It cost 40 crowns.", "It cost 90 crowns.") == (True, True)


def test_claims_are_counted_by_half_and_the_threshold_is_of_the_even_one():
    even = _found(0, ((), (), False), counts=[(1, 0, 0)], near=0.8)
    odd = _found(1, ((), (), False), counts=[(1, 3, 1)], near=0.2)
    scores = {s.name: s for s in claims([even, odd], "odd events", "all")}
    assert scores["claims shared, recall, odd events"].value == 0.5
    assert scores["claims shared, precision, odd events"].value == 0.25
    assert scores["claims shared, recall, all"].value == pytest.approx(2 / 3, abs=1e-4)
    assert scores["claims shared, recall, odd events"].baseline == 0.0
    assert scores["claims shared, recall, all"].baseline == 0.5
    assert not any("even events" in name for name in scores)


def test_changes_count_alarms_and_finds():
    found = _found(
        1,
        (((FIGURE, True),), (_change(NAME),), True),
        (((HEDGE, True),), (_change(HEDGE, 0.4),), False),
        (((FIGURE, False),), (_change(FIGURE),), False),
        ((), (_change(ChangeKind.ADDITION),), True),
    )
    scores = {s.name: s for s in changes([found], "odd events")}
    facts = "figure, date, place, name, odd events"
    assert scores[f"unchanged pairs without alarm, {facts}"].value == 0.5
    assert scores[f"unchanged pairs without alarm, {facts}"].baseline == 0.5
    assert scores[f"real changes found, {facts}"].value == 1.0
    assert scores["real changes found, hedge, attribution, odd events"].value == 0.0
    assert scores["changes shown at .5, precision, odd events"].value == 0.0
    assert scores["changes shown at .5, precision, odd events"].n == 2
    assert {s.name for s in changes([found])} == {n.removesuffix(", odd events") for n in scores}


def test_a_kind_is_scored_by_itself():
    found = _found(
        1,
        (((FIGURE, True),), (_change(FIGURE),), False),
        (((FIGURE, True), (HEDGE, True)), (_change(NAME), _change(FIGURE, 0.3)), False),
        (((FIGURE, False),), (_change(FIGURE),), False),
        ((), (_change(HEDGE),), False),
        ((), (), False),
    )
    scores = {s.name: (s.value, s.n) for s in by_kind([found], "odd events")}
    assert scores["real changes found, figure, odd events"] == (0.5, 2)
    assert scores["1 - false alarms, figure, odd events"] == (pytest.approx(2 / 3, abs=1e-4), 3)
    assert scores["real changes found, hedge, odd events"] == (0.0, 1)
    assert scores["1 - false alarms, hedge, odd events"] == (0.75, 4)
    assert "real changes found, date, odd events" not in scores
