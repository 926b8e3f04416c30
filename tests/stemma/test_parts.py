"""The parts: commonplaces, weights, directions."""

from dataclasses import replace
from datetime import UTC, datetime
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import StemmaConfig
from retold.model import (
    Article,
    Aside,
    AsideKind,
    Attribution,
    Document,
    EvidenceKind,
    Sentence,
    Span,
    Speech,
)
from retold.stemma import build
from retold.stemma.commonplaces import COMMONPLACES, mark
from retold.stemma.direction import _at_most, by_time
from retold.stemma.features import FeatureKind, extract, spread
from retold.stemma.witness import agency_key, observe, same_agency
from retold.text import forms
from tests.stemma.tradition import BASE, Telling, Tradition, document

CONFIG = StemmaConfig()


def test_commonplaces_are_sorted_folded_and_distinct():
    assert list(COMMONPLACES) == sorted(set(COMMONPLACES))
    assert all(" ".join(forms(c)) == c for c in COMMONPLACES)


@given(st.lists(st.sampled_from(["complex", "interplay", "a", "turning", "point", "gate"])))
def test_marks_are_those_of_trying_every_phrase_everywhere(words):
    marked = set()
    for start in range(len(words)):
        for phrase in COMMONPLACES:
            parts = phrase.split()
            if words[start : start + len(parts)] == parts:
                marked.update(range(start, start + len(parts)))
    assert mark(words) == [i in marked for i in range(len(words))]


def shared_wording(a, b):
    tradition = Tradition([Telling("a", a), Telling("b", b)])
    witnesses = [observe(tradition.documents[i]) for i in sorted(tradition.documents)]
    features = extract(witnesses, (), CONFIG)
    return features.common(0, 1, FeatureKind.PASSAGE, FeatureKind.WORDING)


def test_an_odd_turn_is_evidence_and_a_commonplace_is_none():
    odd = shared_wording(
        ("The gate suffered rivet fatigue last night.",),
        ("Divers blame rivet fatigue for what happened.",),
    )
    stock = shared_wording(
        ("The vote adds another layer to the complex interplay of towns.",),
        ("His letter adds another layer to the complex interplay we see.",),
    )
    assert sum(f.weight for f in odd) > 0.5
    assert sum(f.weight for f in stock) < 0.2


def test_names_are_no_evidence():
    assert not shared_wording(
        ("Yesterday Edda Lorn Quillfeather spoke first.",),
        ("Nobody saw Edda Lorn Quillfeather leave.",),
    )


def with_parts(text, **parts):
    base = document(Telling("x", (text,)))
    return replace(base, **{k: v(base) for k, v in parts.items()})


def test_quotations_and_asides_are_not_counted():
    text = "The clerk said we drained the copper basin twice over today."
    quoted = with_parts(
        text,
        attributions=lambda d: (Attribution("q", Speech.DIRECT, (Span(d.id, 15, 60),)),),
    )
    aside = with_parts(text, asides=lambda d: (Aside(Span(d.id, 0, 60), AsideKind.CAPTION),))
    assert observe(document(Telling("x", (text,)))).grams()
    assert not observe(quoted).grams()
    assert not observe(aside).grams()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Skerry", "Skerry Press Agency", True),
        ("The Courier", "Vellmar Courier", True),
        ("Skerry", "Skerry Lantern", False),
        ("Press Agency", "Skerry Press Agency", False),
        ("Lantern", "Courier", False),
        ("www.thenews.example", "The News", True),
        ("ipt.example", "Isk Post Tribune", False),
        ("iptribune.example", "Isk Post Tribune", True),
        ("en.isk-post.co.uk/world", "The Isk Post", True),
        ("skerrynews.example", "Skerry", True),
    ],
)
def test_names_of_agencies(first, second, same):
    assert same_agency(agency_key(first), agency_key(second)) is same


def test_spread_falls_with_the_number_of_holders():
    values = [spread(10, k) for k in range(2, 11)]
    assert values[0] == 1
    assert values == sorted(values, reverse=True)
    assert values[-1] > 0


def at(*moment):
    made = document(Telling("x", BASE[:2]))
    published = datetime(*moment, tzinfo=UTC)
    return observe(replace(made, article=replace(made.article, published=published)))


def test_times_are_bounded_and_days_without_a_time_tell_only_other_days():
    early, late = at(2031, 4, 8, 9, 0), at(2031, 4, 8, 15, 0)
    forth, back = by_time(early, late, CONFIG), by_time(late, early, CONFIG)
    assert forth.weight > 0 > back.weight > -3
    assert forth.kind is EvidenceKind.TIME
    assert "6 hours" in forth.explanation
    assert by_time(at(2031, 4, 8), late, CONFIG) is None
    assert by_time(at(2031, 4, 7), late, CONFIG).weight > 0
    near = by_time(at(2031, 4, 8, 9, 1), early, CONFIG)
    assert abs(near.weight) < 0.3


@given(st.integers(1, 12), st.data())
def test_the_hypergeometric_distribution(total, data):
    first, second = data.draw(st.integers(0, total)), data.draw(st.integers(0, total))
    least = max(0, first + second - total)
    overlap = data.draw(st.integers(least, min(first, second)))
    ways = sum(comb(first, k) * comb(total - first, second - k) for k in range(least, overlap + 1))
    assert _at_most(overlap, total, first, second) == pytest.approx(ways / comb(total, second))


def test_hostile_text_takes_linear_time():
    texts = ["a turning " * 15_000, "“" * 200_000, "complex interplay " * 10_000 + "x"]
    documents = {}
    for number, text in enumerate(texts):
        name = f"sha256:{number}"
        sentence = Sentence(Span(name, 0, len(text)), 0, (0, 0))
        documents[name] = Document(Article(name, text), (sentence,))
    story = replace(Tradition([Telling("a", BASE)]).story(), articles=tuple(documents))
    found = build(story, documents, ())
    assert len(found.edges) == 3
