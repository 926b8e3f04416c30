"""The scorer of scans, on tables made by hand, and the corpora that it is used on."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.corpus import GROUP, KINDS, TRUTH, plant, write
from bench.words import SHORTEST, Words, fiction
from eval import reuse
from eval.core import GoldError
from retold.corpus.results import path_of
from retold.corpus.tables import ARTICLES, GROUPS, MATCHES

BASE = "One two three four five six seven eight nine ten."
OTHER = "Of all the boats in the harbour only the red one sailed."


@pytest.fixture(scope="module")
def words() -> Words:
    return fiction(200_000)


@pytest.fixture
def told(tmp_path: Path) -> reuse.Truth:
    """A base, its copy, its first half, an unrelated text, a merge of both."""
    half = {"start": 0, "end": 5, "base_start": 0, "base_end": 5}
    rows = [
        ("n0", "n0", "base", 10, []),
        ("n1", "n0", "exact", 10, []),
        ("n2", "n0", "cut to 55 %", 5, [half]),
        ("n3", "n3", "base", 12, []),
        ("n4", "n0", "merge of two", 17, []),
        ("n4", "n3", "merge of two", 17, []),
    ]
    pq.write_table(
        pa.table(list(map(list, zip(*rows, strict=True))), schema=TRUTH), tmp_path / "t.parquet"
    )
    return reuse.truth(tmp_path / "t.parquet")


def scan(folder: Path, matches: list[tuple[int, int, str, bool]], group: list[int]) -> Path:
    """Write the tables of a scan; its ids run against the rows of the corpus."""
    texts = [BASE, BASE, BASE[:23], OTHER, BASE[:23] + " " + OTHER]
    folder.mkdir()
    rows = [
        {"article": f"article:{9 - n}", "source": f"corpus.parquet:{n + 1}", "text": text}
        for n, text in enumerate(texts)
    ]
    put(folder, ARTICLES.schema, "articles", rows[::-1])
    span = {"a_start": 0, "a_end": 18, "b_start": 0, "b_end": 23, "words": 4}
    put(
        folder,
        MATCHES.schema,
        "matches",
        [
            {
                "a": f"article:{9 - max(x, y)}",
                "b": f"article:{9 - min(x, y)}",
                "kind": kind,
                "verified": sure,
                "spans": [span],
            }
            for x, y, kind, sure in matches
        ],
    )
    members = [{"group": str(g), "article": f"article:{9 - n}"} for n, g in enumerate(group) if g]
    put(folder, GROUPS.schema, "groups", members)
    return folder


def put(folder: Path, schema: pa.Schema, name: str, rows: list[dict[str, object]]) -> None:
    path = path_of(folder, name)
    if not path.suffix:
        path.mkdir()
        path /= "part-000000.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def planted_all(told: reuse.Truth) -> reuse.Truth:
    """Return the truth with a pair of each kind, of articles that nothing ties together."""
    missing = [kind for kind in KINDS if kind not in told.kind]
    return reuse.Truth(
        np.append(told.article, [4] * len(missing)),
        np.append(told.base, [2] * len(missing)),
        np.append(told.kind, missing),
        told.spans,
        told.words,
        told.bases,
    )


def by_name(scores: list[reuse.Score]) -> dict[str, float]:
    return {s.name: s.value for s in scores}


def test_a_match_of_one_copy_counts_for_all(tmp_path: Path, told: reuse.Truth) -> None:
    made = scan(tmp_path / "s", [(0, 1, "exact", True), (1, 2, "near", True)], [0] * 5)
    found = reuse.scanned(made, 5)
    assert found.same.tolist() == [0, 0, 2, 3, 4]
    kinds = by_name(reuse.recall(found, planted_all(told)))
    assert kinds["recall, exact"] == kinds["recall, cut to 55 %"] == 1
    assert kinds["recall, merge of two"] == 0


def test_only_verified_matches_are_found(tmp_path: Path) -> None:
    made = scan(tmp_path / "s", [(0, 2, "near", True), (0, 4, "near", False)], [0] * 5)
    assert reuse.scanned(made, 5).pairs.tolist() == [2]


def test_what_is_planted_together(told: reuse.Truth) -> None:
    a, b = np.array([0, 1, 0, 3, 2, 0]), np.array([1, 2, 3, 4, 4, 4])
    assert reuse.together(told, a, b).tolist() == [True, True, False, True, True, True]


def test_groups_are_right_by_text_or_by_a_merge(tmp_path: Path, told: reuse.Truth) -> None:
    made = scan(tmp_path / "s", [(0, 2, "near", True)], [1, 0, 1, 1, 0])
    scores = by_name(reuse.precision(reuse.scanned(made, 5), told, made, groups=True))
    assert scores["precision, matches"] == 1
    assert scores["precision, grouped pairs"] == pytest.approx(1 / 3, abs=0.03)
    assert scores["precision, grouped pairs, merges join"] == 1


def test_ends_of_passages_are_counted_in_words(tmp_path: Path, told: reuse.Truth) -> None:
    made = scan(tmp_path / "s", [(0, 2, "near", True)], [0] * 5)
    off = reuse.ends(made, told)
    assert off["cut to 55 %"] == [(0, 1), (0, 0)]
    assert off["exact"] == []


def test_buckets_are_pairs(tmp_path: Path, told: reuse.Truth) -> None:
    pq.write_table(pa.table({"articles": [["n2", "n0"], ["n3", "n4"]]}), tmp_path / "b.parquet")
    found = reuse.bucketed(tmp_path / "b.parquet", told)
    assert found.pairs.tolist() == [2, (3 << 32) | 4]


def test_a_damaged_truth_says_so(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"article": "n0", "base": 3}\n')
    with pytest.raises(GoldError, match=r"t\.jsonl"):
        reuse.truth(tmp_path / "t.jsonl")


def test_wilson_at_the_edge() -> None:
    score = reuse.wilson("s", 20, 20)
    assert score.value == score.high == 1
    assert score.low == pytest.approx(0.839, abs=0.001)


def test_the_corpus_is_as_its_truth_says(tmp_path: Path, words: Words) -> None:
    corpus, truth = tmp_path / "c.parquet", tmp_path / "t.parquet"
    write(corpus, truth, 400, words)
    texts = [text.split() for text in pq.read_table(corpus)["text"].to_pylist()]
    rows = pq.read_table(truth).to_pylist()
    assert len(texts) == 400
    assert {row["kind"] for row in rows} == {"base", GROUP, *KINDS}
    for row in rows:
        own, base = (texts[int(row[name][1:])] for name in ("article", "base"))
        assert row["kind"] == "exact" or len(own) >= row["words"] >= SHORTEST * 0.4 - 20
        for s in row["spans"]:
            found = own[: row["words"]][s["start"] : s["end"]]
            assert found == base[s["base_start"] : s["base_end"]]


def test_footers_stand_below_a_fifth(tmp_path: Path, words: Words) -> None:
    write(tmp_path / "c", tmp_path / "t.parquet", 400, words)
    texts = pq.read_table(tmp_path / "c")["text"].to_pylist()
    told = reuse.truth(tmp_path / "t.parquet")
    longer = sum(len(t.split()) > n for t, n in zip(texts, told.words.tolist(), strict=True))
    assert longer == pytest.approx(80, abs=25)


def test_edits_are_as_many_as_they_say(words: Words) -> None:
    planted = plant(words, 400)
    for article in planted:
        for base, kind, _ in article.bases:
            if kind.startswith("edits"):
                share = int(kind.split()[1]) / 100
                text = planted[base].tokens
                kept = len(np.intersect1d(text, article.tokens)) / len(np.unique(text))
                assert kept >= 1 - share
                assert not np.array_equal(text, article.tokens)


def test_the_same_call_plants_the_same(words: Words) -> None:
    one, two = plant(words, 60), plant(words, 60)
    assert all(np.array_equal(a.tokens, b.tokens) for a, b in zip(one, two, strict=True))
