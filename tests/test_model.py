"""The values: frozen, slotted, content-addressed."""

import dataclasses
import inspect
import pickle
import pkgutil
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import model
from retold.model import Edit, MatchKind, Span, article_id, identify, make_match, rounded

VALUES = [v for _, v in inspect.getmembers(model, dataclasses.is_dataclass)]

spans = st.builds(
    lambda article, start, length: Span(article, start, start + length),
    st.sampled_from("abc"),
    st.integers(0, 30),
    st.integers(0, 10),
)


@pytest.mark.parametrize("value", VALUES, ids=lambda v: v.__name__)
def test_values_are_frozen_slotted_and_documented(value: type) -> None:
    assert value.__dataclass_params__.frozen
    assert "__slots__" in vars(value)
    assert value.__doc__
    assert not value.__doc__.startswith(f"{value.__name__}(")


def test_the_room_hands_on_every_value_once() -> None:
    public: list[str] = []
    for module in pkgutil.iter_modules(model.__path__, f"{model.__name__}."):
        values = vars(import_module(module.name))
        public += [n for n, v in values.items() if getattr(v, "__module__", "") == module.name]
    assert sorted(public) == sorted(set(model.__all__) - {"SCHEMA"})


@given(spans, spans)
def test_values_travel_between_processes(a: Span, b: Span) -> None:
    match = make_match(a, b, MatchKind.NEAR, 0.5, "test", (Edit(a, b),))
    assert pickle.loads(pickle.dumps(match)) == match


@given(spans, spans)
def test_overlap_counts_common_characters(a: Span, b: Span) -> None:
    def cells(s: Span) -> set[tuple[str, int]]:
        return {(s.article, i) for i in range(s.start, s.end)}

    assert a.overlap(b) == b.overlap(a) == len(cells(a) & cells(b))


@given(spans, spans)
def test_a_match_is_the_same_from_both_sides(a: Span, b: Span) -> None:
    one = make_match(a, b, MatchKind.NEAR, 0.5, "test", (Edit(a, b),))
    if a.article != b.article:
        assert one == make_match(b, a, MatchKind.NEAR, 0.5, "test", (Edit(b, a),))
        assert one.a.article < one.b.article


def test_ids_tell_their_parts_apart() -> None:
    assert identify("x", "ab", "c") != identify("x", "a", "bc")
    assert identify("x", "a").startswith("x:")
    assert article_id("text", title="t") != article_id("textt")
    assert article_id("text", outlet="A") != article_id("text", outlet="B")


def test_rounded_has_no_negative_zero() -> None:
    assert str(rounded(-0.00001)) == "0.0"
