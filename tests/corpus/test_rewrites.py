"""``retold scan --rewrites``: planted rewrites are found, and nothing depends on how they were."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

import retold
from retold.config import Config, PileConfig
from retold.corpus import rewrites as rewriting
from retold.corpus.results import path_of
from retold.corpus.spelling import spell
from retold.corpus.store import alone
from retold.errors import ScanError, UsageError
from retold.text import forms
from tests.corpus.test_scan import FOOTER, Words, contents, record, written

PAIRS = 4
CONFIG = Config()


def retelling(words: Words, text: str) -> str:
    """Most telling words of a text, in another order and among words of its own."""
    kept = text.replace(".", "").split()
    words.random.shuffle(kept)
    kept = [w if words.random.random() < 0.75 else words.random.choice(words.words) for w in kept]
    return f"{' '.join(kept).capitalize()}."


def pile() -> list[dict[str, str]]:
    """Sixty stories alone; four retold; one of these copied; one outlet with a footer."""
    words = Words(11)
    alone = [words.text(160) for _ in range(60)]
    rows = [record(n, text) for n, text in enumerate(alone)]
    told = [retelling(words, text) for text in alone[:PAIRS]]
    rows += [record(100 + n, text) for n, text in enumerate(told)]
    rows += [record(200, alone[0] + " " + words.text(20)), record(300, told[0])]
    rows += [record(400 + n, f"{words.text(150)}\n\n{FOOTER}", "Saltmarsh Post") for n in range(8)]
    return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> retold.Scan:
    folder = tmp_path_factory.mktemp("rewrites")
    return retold.scan(written(folder, pile()), folder / "out", rewrites=True, processes=2)


def table(scan: retold.Scan) -> list[dict[str, object]]:
    return pq.read_table(path_of(scan.folder, "rewrites")).to_pylist()


def articles(scan: retold.Scan) -> dict[str, dict[str, str]]:
    return {row["article"]: row for row in scan.articles.to_table().to_pylist()}


def number(title: str) -> int:
    return int(title.split()[1])


def test_planted_rewrites_are_found_and_nothing_else(made):
    known = articles(made)
    # of a group one member stands for all
    stands = {0: 0, 200: 0, 100: 100, 300: 100}
    found = {
        tuple(sorted(stands.get(n, n) for n in (number(known[r[s]]["title"]) for s in "ab")))
        for r in table(made)
    }
    assert found == {(n, 100 + n) for n in range(PAIRS)}
    assert len(table(made)) == PAIRS


def test_each_pair_shows_terms_where_they_stand(made):
    known = articles(made)
    for row in table(made):
        assert row["a"] < row["b"]
        assert 0.5 <= row["probability"] <= 1
        assert row["rewrite"] == f"rewrite:{row['a'][8:18]}{row['b'][8:18]}"
        assert len(row["terms"]) == PileConfig().shown
        for term in row["terms"]:
            one, two = (
                known[row[side]]["text"][term[f"{side}_start"] : term[f"{side}_end"]].casefold()
                for side in "ab"
            )
            assert one
            assert one[:4] == two[:4]
            assert term["weight"] > 0
        places = [term["a_start"] for term in row["terms"]]
        assert places == sorted(places)


def test_the_table_is_the_same_however_it_came_about(made, tmp_path):
    rows = pile()
    random.Random(2).shuffle(rows)
    for place, threads in (("one", 1), ("three", 3)):
        again = retold.scan(
            written(tmp_path / place, rows), tmp_path / place / "out", rewrites=True,
            processes=threads,
        )  # fmt: skip
        assert table(again) == table(made)


def test_it_can_be_asked_for_later_and_goes_when_the_tables_change(tmp_path):
    path = written(tmp_path / "in", pile())
    plain = retold.scan(path, tmp_path / "out")
    with pytest.raises(UsageError, match="--rewrites"):
        _ = plain.rewrites
    asked = retold.scan(path, tmp_path / "out", rewrites=True)
    assert asked.counts["rewrites"] == PAIRS
    before = contents(tmp_path / "out")
    retold.scan(path, tmp_path / "out", rewrites=True)
    assert contents(tmp_path / "out") == before
    assert "rewrites" in retold.scan(path, tmp_path / "out").counts
    path = written(tmp_path / "in", pile()[:70])
    assert "rewrites" not in retold.scan(path, tmp_path / "out").counts


def test_an_interrupted_search_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(rewriting, "_LEAST_CHUNK", 10)
    path = written(tmp_path / "in", pile())
    whole = table(retold.scan(path, tmp_path / "whole", rewrites=True))
    searched: list[int] = []
    near = rewriting.Pile.near

    def broken(self, first, last):
        searched.append(first)
        if len(searched) == 4:
            raise KeyboardInterrupt
        return near(self, first, last)

    monkeypatch.setattr(rewriting.Pile, "near", broken)
    with pytest.raises(KeyboardInterrupt):
        retold.scan(path, tmp_path / "out", rewrites=True)
    assert not path_of(tmp_path / "out", "rewrites").exists()
    kept = searched[:3]
    searched.clear()
    searched += [-1] * 4
    found = retold.scan(path, tmp_path / "out", rewrites=True)
    assert table(found) == whole
    assert not set(kept) & set(searched)
    assert not (tmp_path / "out" / ".rewrites").exists()


def test_one_search_at_a_time(tmp_path):
    path = written(tmp_path / "in", pile()[:8])
    found = retold.scan(path, tmp_path / "out")
    with alone(found.folder / ".rewrites"), pytest.raises(ScanError, match="wait for its end"):
        retold.scan(path, tmp_path / "out", rewrites=True)
    assert retold.scan(path, tmp_path / "out", rewrites=True).counts["rewrites"] == 0
    assert not (found.folder / ".rewrites").exists()


def test_furniture_counts_for_nothing(made, tmp_path):
    assert "furniture" in made.passages.to_table()["kind"].to_pylist()
    found = spell(made, tmp_path / "words", CONFIG.scan.shingle)
    known = articles(made)
    footed = [known[i]["text"].endswith(FOOTER) for i in found.ids.to_pylist()]
    assert sum(footed) == 8
    for foot, low, high in zip(footed, found.read.begins, found.read.ends, strict=True):
        taken = np.flatnonzero(found.read.words[low:high] == 0)
        expected = len(forms(FOOTER)) if foot else 0
        assert len(taken) == expected
        assert list(taken) == list(range(high - low - expected, high - low))


def test_words_are_spelled_as_they_stand(made, tmp_path):
    found = spell(made, tmp_path / "words", CONFIG.scan.shingle)
    known = articles(made)
    places, told = [], []
    for name, low in zip(found.ids.to_pylist(), found.read.begins.tolist(), strict=True):
        run = forms(known[name]["text"])
        places += [low, low + 7]
        told += [run[0], run[7]]
    order = random.Random(4).sample(range(len(places)), len(places))
    spelled = found.read.spelled(np.array([places[n] for n in order]))
    assert spelled == [told[n] for n in order]


def test_pairs_of_one_outlet_are_left_out(tmp_path):
    rows = pile()
    for row in rows:
        row["outlet"] = "Saltmarsh Post" if number(row["title"]) % 100 < 2 else ""
    found = retold.scan(written(tmp_path, rows), tmp_path / "out", rewrites=True)
    known = articles(found)
    assert {number(known[r["a"]]["title"]) % 100 for r in table(found)} == {2, 3}


def test_one_article_and_texts_without_words(tmp_path):
    rows = [record(0, "…"), record(1, "Only this stands here.")]
    found = retold.scan(written(tmp_path, rows[1:]), tmp_path / "out", rewrites=True)
    assert found.counts["rewrites"] == 0


def test_thresholds_count(tmp_path):
    path = written(tmp_path, pile())
    strict = replace(Config(), pile=replace(PileConfig(), least=1.0, shown=3))
    assert retold.scan(path, tmp_path / "out", strict, rewrites=True).counts["rewrites"] == 0
    few = replace(Config(), pile=replace(PileConfig(), shown=3))
    found = retold.scan(path, tmp_path / "out", few, rewrites=True)
    assert {len(row["terms"]) for row in table(found)} == {3}


def test_a_damaged_table_is_named(made, tmp_path):
    found = retold.scan(written(tmp_path, pile()), tmp_path / "out", rewrites=True)
    path_of(found.folder, "rewrites").write_bytes(b"PAR1 no")
    with pytest.raises(ScanError, match=r"rewrites\.parquet"):
        retold.load_scan(found.folder)


def test_explain_tells_pairs_and_articles(made):
    row = table(made)[0]
    told = retold.explain(made, row["rewrite"][:14])
    assert f"probability {row['probability']:.2f}" in told
    assert all(row[side] in told for side in "ab")
    assert told.count("- weight") == len(row["terms"])
    assert row["rewrite"] in retold.explain(made, row["a"])
    lone = next(a for a in articles(made) if not any(a in (r["a"], r["b"]) for r in table(made)))
    assert "rewrite:" not in retold.explain(made, lone)
