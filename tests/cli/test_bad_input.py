"""A pile full of bad input: each is listed with its remedy, the rest is processed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import FIRST, Run

FINNISH = (
    "Majakka sammutettiin maanantaina, koska sen lamppu oli rikkoutunut, kertoi satamalautakunta."
    " Noin kolmekymmentä venettä odotti aamuun asti ennen kuin ne pääsivät satamaan."
)


@pytest.fixture
def bad(pile: Path) -> Path:
    """Good articles with every kind of bad company."""
    records = "\n".join(json.dumps({"text": f"{FIRST} Boat {i} was late."}) for i in range(50))
    (pile / "empty.txt").write_bytes(b"")
    (pile / "blank.txt").write_bytes(b" \n\n ")
    (pile / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (pile / "latin.txt").write_bytes(
        "The café at Gull Point closed on Monday, said its naïve owner, René Brülé, who had"
        " kept it for forty years and was now going to sea with his brother.".encode("cp1252")
    )
    (pile / "no-text.csv").write_text("colour,weight\nred,3\n")
    (pile / "lines.jsonl").write_text(
        '{"text": "broken\nnot json\n' + records.split("\n")[0] + "\n"
    )
    whole = gzip.compress(records.encode())
    (pile / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    pq.write_table(pa.table({"colour": ["red"]}), pile / "other.parquet")
    (pile / "loop").symlink_to(pile, target_is_directory=True)
    (pile / "same.txt").write_text(FIRST, encoding="utf-8")
    (pile / "finnish.txt").write_text(FINNISH, encoding="utf-8")
    (pile / "furniture.html").write_text(
        "<html><body><nav><a href='/'>Home</a></nav><p>Your email address will not be published."
        " Required fields are marked *</p><footer>© All rights reserved</footer></body></html>"
    )
    return pile


EXPECTED = {
    "empty.txt": "empty",
    "blank.txt": "empty",
    "picture.txt": "binary",
    "no-text.csv": "no-text-field",
    "cut.jsonl.gz": "damaged",
    "other.parquet": "no-text-field",
    "loop": "loop",
    "finnish.txt": "language",
    "furniture.html": "furniture-only",
}


def test_each_is_listed_and_the_rest_is_processed(run: Run, bad: Path, tmp_path: Path) -> None:
    data = tmp_path / "dossier.json"
    done = run("compare", bad, "--json", data, bad / "missing.txt")
    assert done.code == 0
    dossier = json.loads(data.read_text("utf-8"))
    reasons = {}
    for item in dossier["rejected"]:
        assert len(item["detail"]) > 20
        reasons.setdefault(Path(item["source"]).name.partition(":")[0], set()).add(item["reason"])
    for name, reason in EXPECTED.items():
        assert reason in reasons.get(name, ()), name
    assert reasons["missing.txt"] == {"missing"}
    assert reasons["lines.jsonl"] == {"bad-record"}
    assert {"duplicate"} in (reasons.get("same.txt"), reasons.get("first.txt"))
    assert dossier["run"]["rejected"] == {
        r: sum(x["reason"] == r for x in dossier["rejected"])
        for r in sorted({x["reason"] for x in dossier["rejected"]})
    }
    latin = next(a for a in dossier["articles"] if "latin" in a["source"])
    assert "naïve" in latin["text"]
    assert latin["remarks"]
    assert any("second.txt" in a["source"] for a in dossier["articles"])
    assert "left out" in done.out


def test_nothing_usable_ends_with_1_and_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("compare", tmp_path)
    assert done.code == 1
    assert "empty.txt" in done.err
    nothing = tmp_path / "folder"
    nothing.mkdir()
    assert run("compare", nothing).code == 1


def test_one_article_is_a_story_of_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(FIRST, encoding="utf-8")
    done = run("compare", tmp_path / "one.txt", "--json", "-", "--html", tmp_path / "one.html")
    assert done.code == 0
    assert len(json.loads(done.out)["stories"]) == 1
