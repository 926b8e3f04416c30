"""Every engine keeps the promises of the four verbs, however it divides rows."""

from __future__ import annotations

import inspect
import random
from collections import Counter
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from retold.engine.base import Engine
from retold.engine.tables import TableEngine
from retold.engine.wholes import wholes
from tests.engine.conftest import needs_spark

ROWS = pa.schema([("key", pa.int64()), ("place", pa.int64()), ("word", pa.large_string())])
SUMS = pa.schema([("key", pa.int64()), ("words", pa.large_string()), ("count", pa.int64())])
BYTES = pa.schema([("n", pa.int64()), ("data", pa.large_binary()), ("some", pa.list_(pa.int32()))])
VERBS = ("map", "group", "join", "collect")


def table(count: int, keys: int, seed: int = 1) -> pa.Table:
    chance = random.Random(seed)
    rows = [
        {"key": chance.randrange(-keys, keys), "place": place, "word": f"w{chance.randrange(9)}…"}
        for place in range(count)
    ]
    return pa.Table.from_pylist(rows, schema=ROWS)


def rows(found: pa.Table) -> Counter[str]:
    return Counter(map(repr, found.to_pylist()))


def doubled(given: pa.Table) -> pa.Table:
    assert len(given)
    assert given.schema.types == ROWS.types
    twice = pa.concat_tables([given, given])
    return twice.filter(pc.not_equal(twice["key"], 0))


def joined(given: pa.Table) -> pa.Table:
    """Join the words of each group, in the order in which they come."""
    assert len(given)
    found: dict[int, list[str]] = {}
    last = None
    for row in given.to_pylist():
        assert row["key"] == last or row["key"] not in found  # a group is one run
        last = row["key"]
        found.setdefault(last, []).append(f"{row['place']}{row['word']}")
    told = [{"key": k, "words": " ".join(v), "count": len(v)} for k, v in found.items()]
    return pa.Table.from_pylist(told, schema=SUMS)


def first(given: pa.Table) -> pa.Table:
    """Keep the first two of each group."""
    kept: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(given.to_pylist(), key=lambda r: (r["key"], r["place"])):
        if len(kept.setdefault(row["key"], [])) < 2:
            kept[row["key"]].append(row)
    return pa.Table.from_pylist([row for some in kept.values() for row in some], schema=ROWS)


def first_joined(given: pa.Table) -> pa.Table:
    return joined(first(given))


@pytest.mark.parametrize("count", [0, 1, 500])
def test_map_gives_every_row_to_the_function(engine: Any, count: int) -> None:
    given = table(count, 4)
    found = engine.collect(engine.map(doubled, engine.of(given), ROWS))
    expected = doubled(given) if count else given
    assert rows(found) == rows(expected)


def test_map_gives_only_what_is_asked_for_and_takes_several(engine: Any) -> None:
    one, two = table(30, 4), table(40, 4, seed=2)
    narrow = pa.schema([("word", pa.large_string())])

    def same(given: pa.Table) -> pa.Table:
        assert given.column_names == ["word"]
        return given

    found = engine.map(same, [engine.of(one), engine.of(two)], narrow, columns=["word"])
    assert rows(engine.collect(found)) == rows(pa.concat_tables([one, two]).select(["word"]))


@pytest.mark.parametrize("keys", [1, 5, 400])
def test_group_brings_rows_together_in_order(engine: Any, keys: int) -> None:
    given = table(800, keys)
    shuffled = given.take(pa.array(random.Random(3).sample(range(800), 800)))
    data = engine.of(shuffled)
    found = engine.group(joined, data, ["key"], SUMS, order=["place"])
    expected = joined(given.sort_by([("key", "ascending"), ("place", "ascending")]))
    assert rows(engine.collect(found)) == rows(expected)


def test_group_makes_rows_fewer_where_it_may(engine: Any) -> None:
    given = table(900, 3)
    found = engine.group(
        first_joined, engine.of(given), ["key"], SUMS, order=["place"], combine=first
    )
    assert rows(engine.collect(found)) == rows(first_joined(given))


def test_group_by_several_columns(engine: Any) -> None:
    given = table(300, 3)
    counts = pa.schema([("key", pa.int64()), ("word", pa.large_string()), ("n", pa.int64())])

    def counted(rows_of: pa.Table) -> pa.Table:
        found = rows_of.group_by(["key", "word"]).aggregate([([], "count_all")])
        return pa.table([found["key"], found["word"], found["count_all"]], schema=counts)

    found = engine.group(
        counted, engine.of(given), ["key", "word"], counts, columns=["key", "word"]
    )
    assert rows(engine.collect(found)) == rows(counted(given))


def test_group_of_nothing(engine: Any) -> None:
    found = engine.group(joined, engine.of(table(0, 1)), ["key"], SUMS)
    assert engine.collect(found).num_rows == 0


def slow_join(left: pa.Table, right: pa.Table, *, without: bool) -> list[dict[str, Any]]:
    out = []
    for one in left.to_pylist():
        met = [two for two in right.to_pylist() if two["key"] == one["place"]]
        if without:
            out += [] if met else [one]
        else:
            out += [{**one, "word_b": two["word"], "place_b": two["place"]} for two in met]
    return out


@pytest.mark.parametrize("without", [False, True])
@pytest.mark.parametrize(("left", "right"), [(60, 80), (0, 5), (5, 0)])
def test_join_is_the_slow_join(engine: Any, left: int, right: int, *, without: bool) -> None:
    one, two = table(left, 9), table(right, 30, seed=5)
    columns = [] if without else ["word", "place"]
    found = engine.join(
        engine.of(one), engine.of(two), {"place": "key"}, columns=columns, suffix="_b",
        without=without,
    )  # fmt: skip
    expected = slow_join(one, two, without=without)
    assert rows(engine.collect(found)) == Counter(map(repr, expected))


def test_rows_meet_themselves(engine: Any) -> None:
    data = engine.map(doubled, engine.of(table(40, 3)), ROWS, name="themselves")
    found = engine.join(data, data, {"place": "place"}, columns=["word"], suffix="_again")
    held = engine.collect(found).to_pylist()
    assert held
    assert all(row["word"] == row["word_again"] for row in held)


def test_bytes_and_lists_come_back_as_they_went(engine: Any) -> None:
    given = pa.table([[1, 2, 3], [b"", b"\x00\xff", b"a" * 5000], [[1, 2], [], [3]]], schema=BYTES)

    def same(some: pa.Table) -> pa.Table:
        assert some.schema.field("data").type == pa.large_binary()
        return some

    found = engine.collect(engine.map(same, engine.of(given), BYTES))
    assert rows(found) == rows(given)


def test_what_has_a_name_is_computed_once(spark: Any, tmp_path: Any) -> None:
    def noted(given: pa.Table, path: str) -> pa.Table:
        with open(path, "a") as stream:  # noqa: PTH123 - in another process
            stream.write("x")
        return given

    mark = tmp_path / "mark"
    make = partial(noted, path=str(mark))
    told = set()
    for _ in range(3):
        found = spark.map(make, spark.of(table(3, 2)), ROWS, name="noted once")
        assert len(spark.collect(found)) == 3
        told.add(mark.read_text())
    assert len(told) == 1


@pytest.mark.parametrize("without", [False, True])
@pytest.mark.parametrize(("left", "right"), [(20, 400), (400, 20), (20, 20)])
def test_few_rows_meet_many(gathering: Any, left: int, right: int, *, without: bool) -> None:
    one, two = table(left, 9), table(right, 30, seed=5)
    held = gathering.of(one), gathering.of(two)
    assert [isinstance(rows, pa.Table) for rows in held] == [left == 20, right == 20]
    columns = [] if without else ["word", "place"]
    found = gathering.join(*held, {"place": "key"}, columns=columns, suffix="_b", without=without)
    assert isinstance(found, pa.Table) == (left == right)
    expected = slow_join(one, two, without=without)
    assert rows(gathering.collect(found)) == Counter(map(repr, expected))


def test_few_rows_that_grow_to_many_go_back_to_the_cluster(gathering: Any) -> None:
    one = table(60, 1)
    held = gathering.of(one)
    assert isinstance(held, pa.Table)
    found = gathering.join(held, held, {"key": "key"}, columns=["place"], suffix="_b")
    assert not isinstance(found, pa.Table)
    sizes = Counter(one["key"].to_pylist()).values()
    assert len(gathering.collect(found)) == sum(size * size for size in sizes)


def test_few_rows_and_many_are_one(gathering: Any) -> None:
    few, many, none = table(20, 4), table(400, 4, seed=2), table(0, 1)
    held = [gathering.of(some) for some in (none, few, many)]
    merged = pa.concat_tables([few, many])
    assert rows(gathering.collect(held)) == rows(merged)
    assert rows(gathering.collect(gathering.map(doubled, held, ROWS))) == rows(doubled(merged))
    ordered = merged.sort_by([("key", "ascending"), ("place", "ascending"), ("word", "ascending")])
    found = gathering.group(joined, held, ["key"], SUMS, order=["place", "word"])
    assert rows(gathering.collect(found)) == rows(joined(ordered))


def test_rows_of_a_table_with_empty_chunks_go_to_the_cluster(gathering: Any) -> None:
    few, none = table(20, 4), table(0, 1)
    frame = gathering.frame(pa.concat_tables([none, few, none, few]))
    assert rows(gathering.collect(frame)) == rows(pa.concat_tables([few, few]))


def test_of_what_was_written_few_rows_are_fetched(gathering: Any) -> None:
    many = gathering.of(table(400, 4))

    def three(given: pa.Table) -> pa.Table:
        return given.filter(pc.less(given["place"], 3))

    some = gathering.map(three, many, ROWS, name="three of them")
    assert isinstance(some, pa.Table)
    assert rows(some) == rows(three(table(400, 4)))
    assert some.schema.types == ROWS.types


@needs_spark
def test_engines_have_the_signatures_of_the_protocol() -> None:
    from retold.engine.spark import SparkEngine

    declared = [n for n, f in vars(Engine).items() if callable(f) and not n.startswith("_")]
    assert sorted(declared) == sorted(VERBS)
    for kind in (TableEngine, SparkEngine):
        assert kind.name
        for verb in VERBS:
            wanted = inspect.signature(getattr(Engine, verb)).parameters.values()
            found = inspect.signature(getattr(kind, verb)).parameters.values()
            told = [[(p.name, p.kind, p.default) for p in some] for some in (wanted, found)]
            assert told[0] == told[1], (kind, verb)


def test_a_group_larger_than_a_table_is_made_smaller_as_it_comes() -> None:
    batches = [b for seed in range(40) for b in table(50, 1, seed).to_batches()]
    merged = pa.Table.from_batches(batches)
    ordered = merged.sort_by([("key", "ascending"), ("place", "ascending")])
    parts = ordered.to_batches(max_chunksize=37)
    found = pa.concat_tables(map(first_joined, wholes(parts, ["key"], first)))
    assert rows(found) == rows(first_joined(ordered))
