"""The stemma of a collated text: known trees come back from the readings alone."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest

import retold
from retold.errors import UsageError
from retold.model import Collation
from retold.read.dot import read_dot
from retold.stemma.collated import derive


def grown(seed: int, witnesses: int = 8, places: int = 120, rate: float = 0.07) -> tuple:
    """Copy a text over and over, changing some places each time; the source of each is known."""
    chance = random.Random(seed)
    texts, sources = [[f"word{n}" for n in range(places)]], [-1]
    for copy in range(1, witnesses):
        source = chance.randrange(max(0, copy - 4), copy)
        text = [w if chance.random() > rate else f"{w}x{copy}" for w in texts[source]]
        texts.append(text)
        sources.append(source)
    sigla = tuple("ABCDEFGHIJ"[:witnesses])
    rows = tuple(tuple(t[n] for t in texts) for n in range(places))
    return Collation("grown", sigla, rows), sources


def neighbours(pairs) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in pairs}


def test_who_is_next_to_whom_comes_back() -> None:
    right = found = true = 0
    for seed in range(8):
        collation, sources = grown(seed)
        sigla = collation.witnesses
        known = neighbours((sigla[c], sigla[p]) for c, p in enumerate(sources) if p >= 0)
        stemma = derive(collation).stemma
        drawn = neighbours((e.child, e.parent) for e in stemma.edges if e.parent)
        right, found, true = right + len(known & drawn), found + len(drawn), true + len(known)
    assert right / true > 0.9
    assert right / found > 0.9


def test_what_is_decided_is_right() -> None:
    decided = right = 0
    for seed in range(20, 32):
        collation, sources = grown(seed)
        sigla = collation.witnesses
        for edge in derive(collation).stemma.edges:
            if edge.decided and edge.parent:
                decided += 1
                right += sources[sigla.index(edge.child)] == sigla.index(edge.parent)
    assert decided >= 20
    assert right / decided > 0.9


def test_a_lost_archetype_is_supposed() -> None:
    def row(place: int) -> tuple[str, ...]:
        return tuple("own" + w if place % 5 == n else "common" for n, w in enumerate("ABCDE"))

    stemma = derive(Collation("star", tuple("ABCDE"), tuple(map(row, range(100))))).stemma
    (lost,) = stemma.hypothetical
    assert {e.parent for e in stemma.edges if e.child in "ABCDE"} == {lost.id}


def test_a_copy_of_two_has_both_for_sources() -> None:
    collation, _ = grown(4, witnesses=6, places=200, rate=0.2)
    first, other = collation.witnesses[-1], collation.witnesses[-2]
    here, there = collation.witnesses.index(first), collation.witnesses.index(other)
    rows = tuple(
        (*row, row[here] if place < 100 else row[there])
        for place, row in enumerate(collation.places)
    )
    mixed = Collation("mixed", (*collation.witnesses, "M"), rows)
    parents = {e.parent for e in derive(mixed).stemma.edges if e.child == "M"}
    assert parents == {first, other}


def test_nothing_depends_on_the_order_of_the_columns() -> None:
    collation, _ = grown(5)
    order = [3, 1, 7, 0, 2, 6, 5, 4]
    turned = dataclasses.replace(
        collation,
        witnesses=tuple(collation.witnesses[n] for n in order),
        places=tuple(tuple(row[n] for n in order) for row in collation.places),
    )
    one, other = derive(collation).stemma, derive(turned).stemma
    assert {(e.child, e.parent, e.probability) for e in one.edges if len(e.child) == 1} == {
        (e.child, e.parent, e.probability) for e in other.edges if len(e.child) == 1
    }


def test_spelling_and_pointing_are_no_readings_and_spans_fit() -> None:
    collation, _ = grown(6, witnesses=5)
    loud = dataclasses.replace(
        collation,
        places=tuple((row[0].upper() + ",", *row[1:]) for row in collation.places),
    )
    plain, found = derive(collation), derive(loud)
    assert [(e.child, e.parent, e.probability) for e in found.stemma.edges] == [
        (e.child, e.parent, e.probability) for e in plain.stemma.edges
    ]
    evidence = [e for edge in plain.stemma.edges for e in edge.evidence]
    assert evidence
    for span in (s for e in evidence for s in e.spans):
        column = collation.witnesses.index(span.article)
        said = plain.text(span.article)[span.start : span.end]
        assert said in {row[column] for row in collation.places}


def test_gaps_and_omissions_are_borne() -> None:
    collation, _ = grown(7)
    holes = tuple(
        tuple(None if (n * 7 + w) % 11 == 0 else "" if (n + w) % 13 == 0 else r
              for w, r in enumerate(row))
        for n, row in enumerate(collation.places)
    )  # fmt: skip
    found = derive(dataclasses.replace(collation, places=holes))
    assert {e.child for e in found.stemma.edges} >= set(collation.witnesses)
    assert "[om.]" in found.text("A")


def test_the_api_reads_a_table_and_writes_graphs(tmp_path: Path) -> None:
    collation, _ = grown(8)
    table = tmp_path / "grown.csv"
    lines = [collation.witnesses, *collation.places]
    table.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    drawn = [tmp_path / f"grown{ending}" for ending in (".dot", ".graphml", ".gexf", ".json")]
    found = retold.derive(table, graph=drawn)
    assert found.collation == collation
    assert found.stemma == derive(collation).stemma
    parents = read_dot(drawn[0])
    for edge in found.stemma.edges:
        if edge.parent in collation.witnesses and edge.child in collation.witnesses:
            assert edge.parent in parents[edge.child]
    assert all(path.stat().st_size for path in drawn)
    with pytest.raises(UsageError, match="name a file that ends in"):
        retold.derive(table, graph=tmp_path / "grown.png")
