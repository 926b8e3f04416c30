"""Every row of a scan is explained, by its id or a beginning of it."""

from __future__ import annotations

import pytest

from retold.corpus import rows
from retold.corpus.results import Scan
from retold.errors import UsageError
from retold.report.scan.explain import explain, pair_name
from tests.corpus.fiction import CUT, WIRE, Barge

Scans = dict[str, Scan]


@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_every_row_is_explained_without_a_control(scans: Scans, name: str) -> None:
    scan = scans[name]
    ids = {
        row[key]
        for key, table in (
            ("article", scan.articles),
            ("match", scan.matches),
            ("group", scan.groups),
            ("passage", scan.passages),
        )
        for row in rows.rows(table, [key])
    }
    ids |= {
        pair_name(r["outlet"], r["other"]) for r in rows.rows(scan.outlets, ["outlet", "other"])
    }
    for each in ids:
        said = explain(scan, each)
        assert said.startswith(each)
        assert explain(scan, each[:-1]) == said
        assert not {"\x1b", "\x07", "\u202e"} & set(said)


def test_an_article_names_its_group_and_its_matches(scans: Scans, told: Barge) -> None:
    said = explain(scans["plain"], told.post)
    for words in (
        "Article: Harbour Post, 2031-03-03 08:00",
        "read from: news.jsonl:2",
        f"In {told.barge_group}, 4 versions; joined to Meridian Wire, 2031-03-03 06:00"
        f" ({told.wire}) by {told.matches['post']}",
        f"- {told.matches['post']}, light edits, versions of one text: 63 % of it stands in",
        "a passage shared and no more: 4 % of it stands in Quellmar Gazette",
    ):
        assert words in said, words
    assert "the first of them" in explain(scans["plain"], told.wire)
    alone = explain(scans["plain"], told.alone)
    assert "In no group" in alone
    assert "Shares no passage" in alone
    assert "published: unknown" in explain(scans["plain"], told.herons[0])


def test_a_match_shows_both_wordings_with_offsets(scans: Scans, told: Barge) -> None:
    said = explain(scans["plain"], told.matches["post"])
    local = "[37:346] “A grain barge"
    assert local in said
    assert f"[0:{len(WIRE)}] “A grain barge" in said
    assert "has ‘70’" in said
    assert "has ‘40’" in said
    assert "[0:37] “The quay at Sedge Mouth stayed open.”" in said
    assert "nothing" in said
    cut = explain(scans["plain"], told.matches["gazette"])
    assert "only" not in cut
    assert f"[{len(CUT)}:" in cut


def test_a_group_says_what_joined_each(scans: Scans, told: Barge) -> None:
    said = explain(scans["plain"], told.barge_group)
    assert "Group of 4 versions; at most 2 matches between two of them" in said
    assert said.index(told.wire) < said.index(told.late) < said.index(told.gazette)
    assert f"joined to Meridian Wire, 2031-03-03 06:00 by {told.matches['gazette']}" in said
    largest = next(rows.rows(scans["crowd"].groups, ["group"], most=1))["group"]
    assert "- and 200 more: see the groups" in explain(scans["crowd"], largest)


def test_a_passage_names_its_carriers(scans: Scans, told: Barge) -> None:
    said = explain(scans["plain"], told.passage)
    assert "in 4 articles of 3 outlets" in said
    assert f"First appears in Meridian Wire, 2031-03-03 06:00 ({told.wire})" in said
    assert said.index(f"({told.wire})") < said.index(f"({told.post})") < said.index(told.late)
    assert "Furniture of an outlet" in explain(scans["plain"], told.footer)
    assert "Stock paragraph" in explain(scans["plain"], told.stock)
    crowded = next(rows.rows(scans["crowd"].passages, ["passage"], most=1))["passage"]
    assert "- and 300 more" in explain(scans["crowd"], crowded)


def test_outlets_are_explained_by_name(scans: Scans) -> None:
    said = explain(scans["plain"], "outlet:Harbour Post / Meridian Wire")
    assert "2 articles of Harbour Post, 100 % of all its articles" in said
    assert "2 after, 0 before; median 16 hours later" in said
    assert "The other way:\n1 article of Meridian Wire" in said
    both = explain(scans["plain"], "outlet:Meridian Wire")
    assert "outlet:Meridian Wire / Harbour Post" in both
    assert "outlet:Meridian Wire / Quellmar Gazette" in both
    assert "no times" in explain(scans["plain"], "outlet:(no outlet) /")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("match:none", "no such id in this scan; it has ids of article"),
        ("", "no such id"),
        ("outlet:Nobody", "no such id"),
        ("\udcff", "no such id"),
        ("match", "fits several ids .*give more of it"),
        ("outlet:M", "fits several ids"),
        ("\x1b[1m", "no such id"),
    ],
)
def test_what_fits_none_or_several_is_said(scans: Scans, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        explain(scans["plain"], name)
    assert "\x1b" not in str(error.value)


def test_a_word_that_begins_a_great_many_ids_is_refused(scans: Scans) -> None:
    with pytest.raises(UsageError, match=r"fits several ids \(article:.* \.\.\.\); give more"):
        explain(scans["crowd"], "a")
