"""Of each group one article is kept, and every other is listed with the reason."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from retold.corpus.keep import POLICIES, discard, keep
from retold.corpus.results import Scan, load_scan
from retold.corpus.tables import KEPT, LEFT_OUT
from retold.errors import RetoldError, ScanError, UsageError
from tests.corpus.fiction import Barge, Fiction, Row


def rows_of(scan: Scan, name: str) -> list[Row]:
    found: list[Row] = scan.table(name).to_table().to_pylist()
    return found


@pytest.mark.parametrize(
    ("policy", "stays"), [("earliest", "wire"), ("longest", "post"), ("central", "wire")]
)
def test_one_of_each_group_stays(scan: Scan, told: Barge, policy: str, stays: str) -> None:
    done = keep(scan, policy)
    assert done.policy == policy
    kept = [r["article"] for r in rows_of(done, "kept")]
    left = {r["article"]: r for r in rows_of(done, "left_out")}
    versions = {told.wire, told.post, told.gazette, told.late}
    assert versions & set(kept) == {getattr(told, stays)}
    assert told.alone in kept
    assert kept == sorted(kept)
    assert set(kept) | set(left) == {r["article"] for r in told.fiction.articles}
    assert not set(kept) & set(left)
    for row in rows_of(done, "kept"):
        assert row in told.fiction.articles
    for row in left.values():
        assert row["kept_instead"] in kept
        assert row["group"] in {told.barge_group, told.heron_group}


def test_the_reason_is_said_in_words(scan: Scan, told: Barge) -> None:
    left = {r["article"]: r for r in rows_of(keep(scan, "earliest"), "left_out")}
    assert left[told.post]["reason"] == (
        "The earliest of 4 versions is kept: published 2031-03-03 06:00:00 UTC, this one published"
        " 2031-03-03 08:00:00 UTC; 63 % of this one's words stand there."
    )
    assert left[told.post]["containment"] == pytest.approx(47 / 75)
    heron = left[next(h for h in told.herons if h in left)]
    assert "of 50 words, this one of 35 words; 100 % of this" in heron["reason"]
    left = {r["article"]: r for r in rows_of(keep(scan, "longest"), "left_out")}
    assert "of 75 words, this one of 57 words" in left[told.gazette]["reason"]
    left = {r["article"]: r for r in rows_of(keep(scan, "central"), "left_out")}
    assert (
        "with 3 verified matches, this one with 1 verified match;" in left[told.gazette]["reason"]
    )


def test_without_a_match_between_them_the_containment_is_null(tmp_path: Path) -> None:
    f = Fiction()
    a, b, c = (f.article("One two three.", "Post", "", h) for h in (0, 1, 2))
    f.group(a, (b, a, f.match(a, b, "One two")), (c, b, f.match(b, c, "two three")), diameter=2)
    left = rows_of(keep(load_scan(f.write(tmp_path)), "earliest"), "left_out")
    last = next(r for r in left if r["article"] == c)
    assert last["containment"] is None
    assert last["kept_instead"] == a
    assert "no match and are joined through others" in last["reason"]


def oracle(f: Fiction, policy: str) -> dict[str, str]:
    """The obvious way: of each group, sort the members."""
    by_id = {r["article"]: r for r in f.articles}
    group_of = {r["article"]: r["group"] for r in f.groups}
    found = {}
    for group in {r["group"] for r in f.groups}:
        members = [a for a, g in group_of.items() if g == group]
        degree = {
            a: sum(
                m["verified"]
                and a in (m["a"], m["b"])
                and group_of.get(m["a"]) == group_of.get(m["b"])
                for m in f.matches
            )
            for a in members
        }

        def key(a: str, degree: dict[str, int] = degree) -> tuple[object, ...]:
            when, words = by_id[a]["published"], -by_id[a]["words"]
            early = (when is None, when.timestamp() if when else 0.0)
            return {
                "earliest": (early, words, a),
                "longest": (words, early, a),
                "central": (-degree[a], early, words, a),
            }[policy]

        best = min(members, key=key)
        found |= {a: best for a in members if a != best}
    return found


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", range(8))
def test_it_chooses_as_the_obvious_way_does(tmp_path: Path, policy: str, seed: int) -> None:
    rng = random.Random(seed)
    f = Fiction()
    for _ in range(rng.randint(1, 6)):
        members = [
            f.article(
                "The ferry turned back. " + "Again. " * rng.randint(0, 2),
                f"Post {rng.randint(0, 3)}",
                "",
                rng.choice([None, 0, 1, 2]),
            )
            for _ in range(rng.randint(1, 5))
        ]
        joined = []
        for i, member in enumerate(members[1:]):
            to = members[rng.randint(0, i)]
            joined.append((member, to, f.match(to, member, "The ferry")))
        if joined:
            f.group(members[0], *joined)
    everyone = [r["article"] for r in f.articles]
    for _ in range(4):
        one, other = rng.choice(everyone), rng.choice(everyone)
        if one != other and not any({m["a"], m["b"]} == {one, other} for m in f.matches):
            f.match(one, other, "ferry turned", verified=rng.random() < 0.5)
    done = keep(load_scan(f.write(tmp_path)), policy)
    left = {r["article"]: r["kept_instead"] for r in rows_of(done, "left_out")}
    assert left == oracle(f, policy)
    assert [r["article"] for r in rows_of(done, "left_out")] == sorted(left)
    assert [r["article"] for r in rows_of(done, "kept")] == sorted(set(everyone) - set(left))


def test_the_tables_are_those_that_are_documented(scan: Scan) -> None:
    keep(scan, "earliest")
    for table in (KEPT, LEFT_OUT):
        path = scan.folder / f"{table.name}.parquet"
        assert pq.read_schema(path).equals(table.schema, check_metadata=False)
        assert pq.read_metadata(path).metadata[b"retold.policy"] == b"earliest"
    assert not [p for p in scan.folder.iterdir() if p.name.startswith(".")]


def test_the_same_scan_gives_the_same_bytes_and_is_not_written_twice(scan: Scan) -> None:
    paths = [scan.folder / "kept.parquet", scan.folder / "left_out.parquet"]
    keep(scan, "earliest")
    first = [(p.read_bytes(), p.stat().st_mtime_ns) for p in paths]
    keep(load_scan(scan.folder), "earliest")
    assert [(p.read_bytes(), p.stat().st_mtime_ns) for p in paths] == first
    assert keep(scan, "longest").policy == "longest"
    keep(scan, "earliest")
    assert [p.read_bytes() for p in paths] == [data for data, _ in first]


def test_what_was_kept_of_other_tables_is_discarded(scan: Scan, told: Barge) -> None:
    keep(scan, "earliest")
    assert discard(scan).policy == "earliest"
    told.fiction.article("One more.", "Post", "")
    changed = load_scan(told.fiction.write(scan.folder))
    assert changed.policy == "earliest"
    assert discard(changed).policy == ""
    assert not (scan.folder / "left_out.parquet").exists()


def test_a_scan_without_groups_keeps_all(tmp_path: Path) -> None:
    f = Fiction()
    f.article("One.", "Post", "")
    done = keep(load_scan(f.write(tmp_path / "one")), "central")
    assert done.counts["kept"] == 1
    assert done.counts["left_out"] == 0
    assert keep(load_scan(Fiction().write(tmp_path / "none")), "earliest").counts["kept"] == 0


def test_what_is_off_is_said(scan: Scan, told: Barge) -> None:
    with pytest.raises(UsageError, match="take one of earliest, longest, central"):
        keep(scan, "best")
    told.fiction.articles = told.fiction.articles[1:]
    broken = load_scan(told.fiction.write(scan.folder))
    with pytest.raises(ScanError, match="stands in the groups but not in the articles"):
        keep(broken, "earliest")


def test_a_full_disk_is_said_and_leaves_nothing(
    scan: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(RetoldError, match=r"left_out\.parquet: cannot be written \(No space left"):
        keep(scan, "earliest")
    assert {p.stem for p in scan.folder.iterdir()} == set(scan.counts)
