"""Whole scans: what is found, that it is the same however it came about, and what goes wrong."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import retold
from retold.config import Config
from retold.corpus import store as stores
from retold.corpus.results import path_of
from retold.corpus.tables import TABLES
from retold.errors import InputError, ScanError
from retold.read import corpus

SYLLABLES = ("bra", "no", "ket", "mi", "sol", "ta", "ur", "fen", "qua", "li", "dor", "pes", "ve")
FOOTER = (
    "The Saltmarsh Post is printed on Tuesdays; write to our night desk with corrections and old"
    " photographs, and read every word of it without a single advertisement for four marks"
)


class Words:
    """Invented text, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = sorted({"".join(self.random.choices(SYLLABLES, k=3)) for _ in range(3000)})

    def text(self, words: int) -> str:
        sentences, count = [], 0
        while count < words:
            size = min(self.random.randint(8, 20), words - count)
            sentences.append(" ".join(self.random.choices(self.words, k=size)).capitalize() + ".")
            count += size
        return " ".join(sentences)

    def edited(self, text: str, share: float) -> str:
        return " ".join(
            self.random.choice(self.words) if self.random.random() < share else word
            for word in text.split()
        )


def record(number: int, text: str, outlet: str = "") -> dict[str, str]:
    return {
        "title": f"Item {number}",
        "outlet": outlet or f"Paper {number % 7}",
        "published": f"2031-05-{1 + number % 28:02}T{number % 24:02}:00:00Z",
        "text": text,
    }


def pile() -> list[dict[str, str]]:
    """Thirty stories told alone, and one in many versions, with footers of one outlet."""
    words = Words(5)
    rows = [record(n, words.text(120)) for n in range(30)]
    base = words.text(200)
    half = " ".join(base.split()[:100])
    other = words.text(200)
    told = [base, base, words.edited(base, 0.1), half, words.edited(base, 0.2), other]
    told.append(half + " " + " ".join(other.split()[:100]))
    rows += [record(30 + n, text) for n, text in enumerate(told)]
    rows += [record(50 + n, f"{words.text(150)}\n\n{FOOTER}", "Saltmarsh Post") for n in range(12)]
    return rows


def written(folder: Path, rows: list[dict[str, str]], name: str = "pile.jsonl") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows_of(folder: Path, name: str) -> list[str]:
    return sorted(map(repr, pq.read_table(path_of(folder, name)).to_pylist()))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make batches so small that a pile has many."""
    monkeypatch.setattr(corpus, "BATCH_ARTICLES", 7)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> retold.Scan:
    folder = tmp_path_factory.mktemp("made")
    return retold.scan(written(folder, pile()), folder / "out")


def titles(scan: retold.Scan) -> dict[str, dict[str, object]]:
    return {row["article"]: row for row in scan.articles.to_table().to_pylist()}


def test_versions_are_found_and_others_are_not(made):
    known = titles(made)
    pairs = {
        frozenset(known[m[side]]["title"] for side in "ab"): m
        for m in made.matches.to_table().to_pylist()
        if m["verified"]
    }
    story = [f"Item {n}" for n in (30, 31, 32, 33, 34)]
    assert pairs[frozenset(story[:2])]["kind"] == "exact"
    # of two texts that are equal word for word, one stands for both
    original = story[0] if frozenset((story[0], story[2])) in pairs else story[1]
    assert {frozenset((original, s)) for s in story[2:]} <= pairs.keys()
    assert frozenset(("Item 36", "Item 35")) in pairs
    assert all(pair <= {f"Item {n}" for n in range(30, 37)} for pair in pairs)


def test_a_merge_of_two_does_not_make_them_one_group(made):
    known = titles(made)
    groups: dict[str, set[object]] = {}
    for row in made.groups.to_table().to_pylist():
        groups.setdefault(row["group"], set()).add(known[row["article"]]["title"])
        assert row["size"] >= 2
        assert (row["joined"] is None) == (row["match"] is None)
    story = next(g for g in groups.values() if "Item 30" in g)
    assert {f"Item {n}" for n in (30, 31, 32, 33, 34)} <= story
    assert "Item 35" not in story


def test_spans_are_true_to_the_texts(made):
    known = titles(made)
    for match in made.matches.to_table().to_pylist():
        for span in match["spans"]:
            a = known[match["a"]]["text"][span["a_start"] : span["a_end"]].split()
            b = known[match["b"]]["text"][span["b_start"] : span["b_end"]].split()
            assert a[0].strip(".").lower() == b[0].strip(".").lower()
            assert a[-1].strip(".").lower() == b[-1].strip(".").lower()
            assert span["words"] <= min(len(a), len(b))
            if match["kind"] in {"exact", "verbatim"}:
                assert span["words"] == len(a) == len(b)


def test_furniture_makes_no_match_and_is_listed(made):
    known = titles(made)
    post = {a for a, row in known.items() if row["outlet"] == "Saltmarsh Post"}
    assert not [m for m in made.matches.to_table().to_pylist() if {m["a"], m["b"]} <= post]
    found = [p for p in made.passages.to_table().to_pylist() if p["kind"] != "shared"]
    assert [(p["kind"], p["articles"], p["outlets"]) for p in found] == [("furniture", 12, 1)]
    text = found[0]["text"]
    assert FOOTER in text or text in FOOTER or len(set(text.split()) & set(FOOTER.split())) > 20


def test_passages_begin_with_the_first_to_have_them(made):
    known = titles(made)
    for row in made.passages.to_table().to_pylist():
        times = [known[place["article"]]["published"] for place in row["places"]]
        assert times == sorted(times)
        assert row["first"] == row["places"][0]["article"]
        start, end = row["places"][0]["start"], row["places"][0]["end"]
        assert known[row["first"]]["text"][start:end] == row["text"]


@pytest.mark.usefixtures("small")
def test_order_and_number_of_threads_do_not_matter(tmp_path, monkeypatch):
    rows = pile()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(corpus, "BUNDLE_FILES", 1)
    names = [str(written(Path("in"), rows[n::3], f"{n}.jsonl")) for n in range(3)]
    retold.scan(names, "one", processes=1)
    retold.scan(names[::-1], "two", processes=3)
    assert contents(Path("one")) == contents(Path("two"))


@pytest.mark.usefixtures("small")
def test_what_was_interrupted_goes_on_and_ends_the_same(tmp_path, monkeypatch):
    path = written(tmp_path, pile())
    retold.scan(path, tmp_path / "whole")
    add = stores.Store.add
    left = [3]

    def broken(self, *args):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        add(self, *args)

    monkeypatch.setattr(stores.Store, "add", broken)
    for _ in range(2):
        left[0] = 3
        with pytest.raises(KeyboardInterrupt):
            retold.scan(path, tmp_path / "cut")
    # what a power cut may leave behind what the ledger knows of
    store = tmp_path / "cut" / ".store"
    for name in ("words", "hashes", "records"):
        with (store / name).open("ab") as stream:
            stream.write(b"\x07" * 13)
    with (store / "ledger.jsonl").open("ab") as stream:
        stream.write(b'{"input": "abc')
    (store / "parts" / "000099.parquet").write_bytes(b"PAR1")
    left[0] = 1000
    retold.scan(path, tmp_path / "cut")
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")


def test_what_is_finished_is_not_computed_again(tmp_path, monkeypatch):
    path = written(tmp_path, pile()[:8])
    first = retold.scan(path, tmp_path / "out")
    before = contents(tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr("retold.corpus.scan.Store", None)
        assert retold.scan(path, tmp_path / "out") == first
    written(tmp_path, pile()[:9])
    assert retold.scan(path, tmp_path / "out").counts["articles"] == 9
    written(tmp_path, pile()[:8])
    retold.scan(path, tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_killed_it_goes_on(tmp_path):
    path = written(tmp_path, pile())
    script = (
        "import os, sys, retold\n"
        "from retold.read import corpus\n"
        "from retold.corpus import store\n"
        "corpus.BATCH_ARTICLES = 7\n"
        "add, left = store.Store.add, [int(sys.argv[3])]\n"
        "def one(self, *args):\n"
        "    left[0] -= 1\n"
        "    add(self, *args)\n"
        "    if not left[0]: os.kill(os.getpid(), 9)\n"
        "store.Store.add = one\n"
        "retold.scan(sys.argv[1], sys.argv[2])\n"
    )
    codes = []
    for out, kill in (("whole", "0"), ("cut", "3"), ("cut", "0")):
        command = [sys.executable, "-c", script, str(path), str(tmp_path / out), kill]
        codes.append(subprocess.run(command, check=False).returncode)
    assert codes == [0, -signal.SIGKILL, 0]
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")


def test_an_index_that_grows_tells_what_one_scan_tells(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = pile()
    first = written(Path("in"), rows[:20] + rows[31:40], "first.jsonl")
    second = written(Path("in"), rows[20:31] + rows[40:], "second.jsonl")
    retold.scan(first, "out", index="index")
    retold.scan(second, "out", index="index")
    retold.scan([first, second], "whole")
    for table in TABLES:
        if table.name != "run":
            assert rows_of(Path("out"), table.name) == rows_of(Path("whole"), table.name)
    before = {name: data for name, data in contents(Path("out")).items() if name != "run.parquet"}
    retold.scan([second, first], "out", index="index")
    assert before.items() <= contents(Path("out")).items()
    # a folder that has grown is read anew, and what is there already is not told as a duplicate
    retold.scan("in", "out", index="index")
    assert not rows_of(Path("out"), "rejected")


def test_an_index_is_asked(tmp_path):
    rows = pile()
    retold.scan(written(tmp_path, rows), tmp_path / "out", index=tmp_path / "index")
    text = "Something of our own. " + rows[30]["text"][200:700] + " And the end."
    found = retold.find(text, tmp_path / "index")
    assert found[0].title == "Item 33"  # of those that have it all, the shortest
    assert {f.title for f in found[1:4]} == {"Item 30", "Item 31", "Item 36"}
    found = [f for f in found if f.title == "Item 30"]
    for span in found[0].spans:
        here = text[span.query_start : span.query_end].lower()
        there = rows[30]["text"][span.start : span.end].lower()
        assert here == there
    assert found[0].containment_query > 0.8 > found[0].containment_article
    assert (
        retold.find("No paper of this country has ever printed any of it.", tmp_path / "index")
        == []
    )
    assert retold.find("", tmp_path / "index") == []
    assert retold.find(FOOTER, tmp_path / "index") == []


def test_no_index(tmp_path):
    with pytest.raises(ScanError, match="no finished index"):
        retold.find("text", tmp_path)


def test_the_same_article_twice_is_listed(tmp_path):
    rows = pile()[:3]
    scan = retold.scan(written(tmp_path, [*rows, rows[1]]), tmp_path / "out")
    told = scan.rejected.to_table().to_pylist()
    assert [(r["source"][-2:], r["reason"]) for r in told] == [(":4", "duplicate")]
    assert told[0]["detail"].startswith("The same text")
    assert "pile.jsonl:2" in told[0]["detail"]
    assert scan.counts["articles"] == 3


@pytest.mark.usefixtures("small")
def test_a_full_disk_is_told_and_gone_on_from(tmp_path, monkeypatch):
    path = written(tmp_path, pile())
    retold.scan(path, tmp_path / "whole")
    write = stores.write_table

    def full(table, target, *, lasting):
        if "-3" in target.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(table, target, lasting=lasting)

    with monkeypatch.context() as patch:
        patch.setattr("retold.corpus.scan.write_table", full)
        with pytest.raises(ScanError, match=r"disk is full.*goes on where it stopped"):
            retold.scan(path, tmp_path / "out")
    retold.scan(path, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_disk_that_is_full_later_is_told_too(tmp_path, monkeypatch):
    path = written(tmp_path, pile()[:8])

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for place in ("retold.corpus.survey.np.savez", "retold.corpus.scan.build"):
        with monkeypatch.context() as patch:
            patch.setattr(place, full)
            with pytest.raises(ScanError, match="disk is full"):
                retold.scan(path, tmp_path / "out", index=tmp_path / "index")
    assert retold.scan(path, tmp_path / "out", index=tmp_path / "index").counts["articles"] == 8


def test_two_at_once(tmp_path):
    with stores.Store(tmp_path, "a"), pytest.raises(ScanError, match="another scan writes"):
        stores.Store(tmp_path, "a", wait=False)
    stores.Store(tmp_path, "a", wait=False).close()


def test_an_index_of_other_thresholds(tmp_path):
    path = written(tmp_path, pile()[:5])
    retold.scan(path, tmp_path / "out", index=tmp_path / "index")
    other = retold.Config(scan=retold.config.ScanConfig(rate=4))
    assert other != Config()
    with pytest.raises(ScanError, match="other thresholds"):
        retold.scan(path, tmp_path / "out", other, index=tmp_path / "index")


def test_a_damaged_store(tmp_path):
    path = written(tmp_path, pile()[:5])
    retold.scan(path, tmp_path / "out", index=tmp_path / "index")
    (tmp_path / "index" / "words").write_bytes(b"")
    with pytest.raises(ScanError, match="shorter than it was"):
        retold.scan(path, tmp_path / "out", index=tmp_path / "index")


def test_nothing_to_read(tmp_path):
    with pytest.raises(InputError, match="no article could be read"):
        retold.scan(written(tmp_path, []), tmp_path / "out")
    with pytest.raises(InputError, match="nowhere"):
        retold.scan(tmp_path / "nowhere", tmp_path / "out")


def test_scripts_without_spaces_and_hidden_copies(tmp_path):
    chinese = (
        "北方小镇的钟楼在洪水之后开始倒转，居民们说这座钟从来没有走准过，议会决定再等一年才修理它。"
        * 2
    )
    greek = " ".join(Words(9).text(60).translate(str.maketrans("abenko", "αβενκο")).split())
    plain = Words(11).text(90)
    hidden = plain.replace("a", "а").replace("o", "о\u200b").replace("e", "e\u00ad")
    rows = [
        record(n, t)
        for n, t in enumerate((chinese, "又及：" + chinese, greek, greek + "!", plain, hidden))
    ]
    scan = retold.scan(written(tmp_path, rows), tmp_path / "out")
    known = titles(scan)
    found = {
        frozenset(known[m[s]]["title"] for s in "ab") for m in scan.matches.to_table().to_pylist()
    }
    assert found == {frozenset((f"Item {n}", f"Item {n + 1}")) for n in (0, 2, 4)}


def test_columns_are_as_documented(made):
    for table in TABLES:
        assert made.table(table.name).schema.names == [c.name for c in table.columns]
        for column in table.columns:
            assert made.table(table.name).schema.field(column.name).type == column.type
    assert pa.types.is_large_string(made.articles.schema.field("text").type)
