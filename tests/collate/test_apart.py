"""Changes between texts that were written apart from each other."""

import json
from importlib.resources import files

import pytest

from eval.claims import report
from eval.tasks.reports import DATA
from retold.annotate import annotate
from retold.collate.changes import apart, dates, figures, find_changes
from retold.collate.changes.attributed import answered, evidence
from retold.collate.changes.ties import tie
from retold.collate.nearness import Nearness, rows_of, views_of
from retold.collate.pairs import align_pair
from retold.model import ChangeKind
from retold.rewrite import vectors
from tests.collate.build import documents, pair, views

DOCTORS = "Three of the injured miners died on Monday, a doctor at the hospital in Velmora said."
OWNERS = "According to the owners of the pit, the accident had cost five workers their lives."
FLAT = "By Monday the accident in the pit had cost five workers their lives, and nine were missing."


def far(one, two):
    (a,), (b,) = (views_of(d)[:1] for d in documents(one, two))
    return align_pair(a, b)


def of_reports(number):
    """The pairs of sentences of an event that share a claim."""
    record = json.loads(DATA.read_text("utf-8").splitlines()[number])
    (one, _), (two, _) = (
        report(a["paragraphs"], a["title"], a["outlet"], a["published"]) for a in record["articles"]
    )
    read = {d.id: d for d in annotate([one, two])}
    ours, theirs = views_of(read[one.id]), views_of(read[two.id])
    same = [p for p in record["pairs"] if p["label"] == "same"]
    return [(ours[p["a"]], theirs[p["b"]]) for p in same if p["a"] < len(ours)]


def test_words_that_mean_alike_are_near():
    (a,), (b,) = (views_of(d) for d in documents("Nine miners died.", "Nine workers were killed."))
    near = Nearness(a, b)
    died, killed, workers = a.forms.index("died"), b.forms.index("killed"), b.forms.index("workers")
    assert near.of(died, killed) > near.of(died, workers)
    assert near.best(died) == pytest.approx(near.of(died, killed))
    assert near.best(killed, of_b=True) >= near.of(died, killed)
    for token in rows_of(a):
        assert near.best(token) == max(near.of(token, other) for other in rows_of(b))
    for token in rows_of(b):
        assert near.best(token, of_b=True) == max(near.of(other, token) for other in rows_of(a))


def test_every_telling_word_has_its_row():
    (view,) = views_of(documents("The old harbour of Velmora, the old harbour, was shut.")[0])
    rows = rows_of(view)
    assert [view.embedded.forms[row] for row in rows.values()] == [view.forms[t] for t in rows]
    assert sorted(rows.values()) == list(rows.values())
    assert len(set(rows.values())) == len(view.embedded.forms)


def test_without_vectors_nothing_is_near():
    (a,), (b,) = map(views, documents("Nine miners died.", "Nine miners died."))
    near = Nearness(a, b)
    assert not near.known
    assert near.of(0, 0) == near.best(0) == 0.0
    assert near.around(2, 2) == (0.0, 0.0)


def test_a_copy_is_not_written_apart_and_a_report_is():
    assert not pair(DOCTORS, DOCTORS.replace("Three", "Four")).apart
    assert far(DOCTORS, OWNERS).apart


def test_what_is_told_within_a_longer_sentence_is_no_text_apart():
    short = "Nine miners died in Velmora."
    long = (
        "Nine miners died in Velmora, the owners of the pit told the ministry on Monday, and "
        "experts from three provinces had begun to look for gas in the lower galleries."
    )
    assert not pair(short, long).apart


def test_another_source_is_told_by_what_both_share():
    two = far(DOCTORS, OWNERS)
    (found,) = (f for f in find_changes(two) if f.kind is ChangeKind.ATTRIBUTION)
    assert found.explanation == (
        "source: ‘a doctor at the hospital in Velmora’ here, ‘the owners of the pit’ there"
    )


def test_a_source_that_only_one_names_is_told():
    one = far(DOCTORS, FLAT)
    (found,) = (f for f in find_changes(one) if f.kind is ChangeKind.ATTRIBUTION)
    assert found.explanation.startswith(
        "attributed to a doctor at the hospital in Velmora here only"
    )


def test_who_answers_for_nothing_that_is_shared_is_no_source():
    other = "The owners, who said that they would sell the pit, were silent about it."
    two = far(FLAT, other)
    assert answered(two, first=True).attribution is None
    assert 0.0 <= answered(two, first=False).share <= 1.0


@pytest.mark.parametrize("number", [0, 7])
def test_evidence_is_the_same_either_way_round(number):
    for a, b in of_reports(number):
        there, back = align_pair(a, b), align_pair(b, a)
        ours = evidence(there, answered(there, first=True), answered(there, first=False))
        theirs = evidence(back, answered(back, first=True), answered(back, first=False))
        if answered(there, first=True).share != answered(there, first=False).share:
            assert ours == pytest.approx(theirs, abs=1e-5)


@pytest.mark.parametrize("number", [0, 7])
def test_changes_are_the_same_either_way_round(number):
    def details(one, two):
        return {
            (frozenset([f.a, f.b]), f.kind, round(f.probability, 4))
            for f in find_changes(align_pair(one, two))
            if f.kind in {ChangeKind.FIGURE, ChangeKind.DATE}
        }

    for a, b in of_reports(number):
        assert details(a, b) == details(b, a)


def test_each_kind_has_a_model_with_and_without_vectors():
    raw = json.loads(files("retold.collate").joinpath("data/apart.json").read_text("utf-8"))
    kinds = {"attribution", "date", "figure"}
    assert raw["models"].keys() == kinds | {f"{kind}, words alone" for kind in kinds}


@pytest.mark.skipif(bool(vectors.fault()), reason="the sentence model is missing")
@pytest.mark.parametrize(
    ("number", "other"),
    [
        ("Nine miners died in the pit of Velmora on Monday.", "Twelve miners"),
        ("The old harbour of Velmora was opened by the king in 1931.", "in 1936"),
    ],
)
def test_the_models_weigh_nothing_where_one_text_is_the_other(number, other):
    words = number.split()
    near = [other, *words[2:]] if other[0].isupper() else [*words[:-2], f"{other}."]
    for kept in (pair(number, " ".join(near)), pair(" ".join(near), number)):
        told = [figures.evidence(kept, a, b) for a, b in figures.candidates(kept)]
        told += [dates.evidence(kept, u, v, tie(kept, u, v)) for u, v in dates.candidates(kept)]
        assert told
        assert not any(told)


def test_the_more_is_near_the_surer_two_figures_are_one():
    two = far("Three miners died.", "Five workers were killed in Velmora on Monday by gas.")
    told = dict.fromkeys(("linked", "kept", "core", "fate", "ratio", "known", "noun"), 0.0)
    told |= {"own": 0.0, "nearest": 0.0, "verb": 0.0, "clash": 0.0}
    low, high = (apart.probability("figure", told | {"around": a}, two) for a in (0.1, 0.6))
    assert low < high
