"""The loaders of the rewrite tasks refuse bad gold data; the scores are counted right."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eval import retrieval
from eval.core import GoldError
from eval.tasks import msrp, rewrites_mixset


def test_msrp_names_the_bad_line(tmp_path):
    (tmp_path / "test.tsv").write_text("Quality\tA\tB\tC\tD\n1\t2\t3\tone\ttwo\nx\t2\t3\ta\tb\n")
    with pytest.raises(GoldError, match=r"test\.tsv:3"):
        msrp.load(tmp_path, "test")
    with pytest.raises(GoldError, match="no such file"):
        msrp.load(tmp_path, "train")


@pytest.mark.parametrize(
    ("values", "gold", "line"),
    [([0.9, 0.2], [True, False], 0.9), ([0.1, 0.2], [False, False], 1.01)],
)
def test_threshold_is_where_most_are_right(values, gold, line):
    assert msrp.threshold(values, gold) == line


def test_mixset_names_the_bad_line(tmp_path):
    good = json.dumps(
        {"op": "o", "original": "The otter slept.", "revised": "Asleep was the otter."}
    )
    (tmp_path / "pairs.jsonl").write_text(good + "\n{}\n")
    with pytest.raises(GoldError, match=r"pairs\.jsonl:2"):
        rewrites_mixset.load(tmp_path)


def test_mixset_finds_the_source(tmp_path):
    sources = ["The otter of Velm slept.", "A glacier in Imber melts.", "Norrad mines copper."]
    lines = [{"op": "rewrite", "original": s, "revised": s.upper().title()} for s in sources]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    scores = {s.name: s.value for s in rewrites_mixset.evaluate(tmp_path)}
    assert scores["R@1"] == scores["R@10"] == 1.0


def test_mixset_asks_for_the_direction_of_models_and_people(tmp_path):
    plain = (
        "They dug a new pit near the town and put the old bells in it, which made the folk cross. "
        "The boss of the mine said he will pay for the harm that his men did to the church wall. "
        "Folk say the deep shaft is full of mud, and the old pump broke down when the frost came."
    )
    polished = (
        "They excavated an additional pit near the town, depositing antique bells inside it, which "
        "infuriated inhabitants. The boss of the mine promised compensation for the considerable "
        "damage that labourers inflicted upon the church wall. Inhabitants maintain the deep shaft "
        "contains accumulated mud, and the antiquated pump malfunctioned when temperatures dropped."
    )
    lines = [
        {"op": op, "original": plain, "revised": polished} for op in ("gpt4_polish", "MGT_polish")
    ]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    scores = {s.name: s for s in rewrites_mixset.evaluate(tmp_path)}
    for who in ("models", "people"):
        assert scores[f"direction told, {who}"].value == 1.0
        assert scores[f"right, of those told, {who}"].value == 1.0
        assert scores[f"right, of those told, {who}"].baseline == 0.0


def test_mixset_searches_among_the_articles_beside_it(tmp_path, capsys):
    data = tmp_path / "rewrites_mixset"
    data.mkdir()
    sources = ["The otter of Velm slept.", "A glacier in Imber melts.", "Norrad mines copper."]
    lines = [{"op": "rewrite", "original": s, "revised": s.upper().title()} for s in sources]
    (data / "pairs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert {s.name for s in rewrites_mixset.evaluate(data)} >= {"R@1"}
    assert "no articles to search among" in capsys.readouterr().err
    beside = tmp_path / "articles_37k"
    beside.mkdir()
    others = ["An otter ferry reached Dorn.", "Copper wires of Lisk.", None]
    pq.write_table(pa.table({"text": others}), beside / "articles.parquet")
    scores = {s.name: s for s in rewrites_mixset.evaluate(data)}
    for most in (1, 10):
        for op in ("", " rewrite"):
            found = scores[f"R@{most}{op}, among 3 others"]
            assert (found.value, found.baseline, found.n) == (1.0, 1.0, 3)


def test_a_source_that_is_not_found_has_no_rank():
    pairs = [{"op": "o", "original": "The otter slept.", "revised": "Copper mines."}]
    (first, ten, *_) = retrieval.evaluate(["The otter slept."], pairs, ["Copper mines of Imber."])
    assert first.value == ten.value == 0.0
