"""The loaders of the rewrite tasks refuse bad gold data; the scores are counted right."""

import json

import pytest

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
