"""The tables: what a spreadsheet reads of them, and that it computes nothing."""

from __future__ import annotations

import csv
import dataclasses
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model import Dossier
from retold.report.export.sheets import SHEETS, STORY, cell, sheets


def table(dossier: Dossier, name: str) -> list[dict[str, str]]:
    text = sheets(dossier)[f"{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def everything(dossier: Dossier) -> dict[str, Any]:
    story = dossier.stories[0].apparatus
    items = (*story.claims, *story.quotations, *story.figures)
    return {i.id: i for i in items} | {c.id: c for i in items for c in i.changes}


def test_every_table_has_its_columns_and_opens_in_excel(dossier: Dossier) -> None:
    for name, data in sheets(dossier).items():
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        (sheet,) = [s for s in SHEETS if f"{s.name}.csv" == name]
        assert rows[0] == [*STORY, *sheet.columns]
        assert {len(row) for row in rows} == {len(rows[0])}


def test_nothing_is_computed_and_nothing_is_hidden(dossier: Dossier) -> None:
    for data in sheets(dossier).values():
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            for text in row:
                assert not text.startswith(("=", "+", "@", "\t", "\r"))
                assert not text.startswith("-")
                assert not any(c in text for c in "\x00\u202e\u200b\ufeff")


@given(st.text())
def test_a_cell_of_text_never_begins_a_formula(text: str) -> None:
    written = cell(text)
    written.encode()
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    if text.isascii() and text.isprintable():
        assert written.removeprefix("'") == text.removeprefix("'")


def test_a_formula_in_an_article_stays_text(plain: Dossier) -> None:
    bad = tuple(
        dataclasses.replace(a, title='=HYPERLINK("http://evil.example","x")', outlet="@SUM(1+1)")
        for a in plain.articles
    )
    rows = table(dataclasses.replace(plain, articles=bad), "versions")
    assert {r["title"] for r in rows} == {'\'=HYPERLINK("http://evil.example","x")'}
    assert {r["outlet"] for r in rows} == {"'@SUM(1+1)"}


def test_every_item_and_change_is_one_row(plain: Dossier) -> None:
    apparatus = plain.stories[0].apparatus
    for name in ("claims", "quotations", "figures"):
        rows = table(plain, name)
        assert [r["id"] for r in rows] == [i.id for i in getattr(apparatus, name)]
        assert [int(r["number"]) for r in rows] == list(range(1, len(rows) + 1))
    found = everything(plain)
    changes = table(plain, "changes")
    assert sorted(r["id"] for r in changes) == sorted(k for k in found if k.startswith("change:"))
    for row in changes:
        change = found[row["id"]]
        assert row["kind"] == change.kind
        assert row["explanation"] == change.explanation
        assert float(row["probability"]) == change.probability
        assert (row["possible"] == "yes") == (change.probability < 0.5)
        assert all(change in found[item].changes for item in row["items"].split())


def test_the_most_telling_changes_come_first(plain: Dossier) -> None:
    told = [r for r in table(plain, "changes") if r["telling"]]
    assert [r["id"] for r in told] == list(plain.stories[0].apparatus.telling)
    assert told == table(plain, "changes")[: len(told)]


def test_offsets_lead_to_the_words(plain: Dossier) -> None:
    texts = {a.id: a.text for a in plain.articles}
    readings = table(plain, "readings")
    assert len(readings) > 20
    for row in readings:
        assert texts[row["article"]][int(row["start"]) : int(row["end"])] == row["text"]
    for row in table(plain, "changes"):
        for side in ("before", "after"):
            if row[f"{side}_text"]:
                start, end = int(row[f"{side}_start"]), int(row[f"{side}_end"])
                assert texts[row[f"{side}_article"]][start:end] == row[f"{side}_text"]


def test_versions_are_named_as_on_the_page(plain: Dossier) -> None:
    versions = {r["version"]: r for r in table(plain, "versions")}
    assert versions["A"]["outlet"] == "Meridian Wire"
    claims = table(plain, "claims")
    assert claims[0]["versions"].split()[0] == claims[0]["first"] == "A"
    assert claims[0]["first_published"] == "2031-03-03 09:15"
    assert set(" ".join(c["versions"] for c in claims).split()) <= set(versions)


def test_the_same_dossier_gives_the_same_bytes(plain: Dossier) -> None:
    assert sheets(plain) == sheets(plain)


def test_stories_are_told_apart(two_stories: Dossier) -> None:
    assert {r["story"] for r in table(two_stories, "claims")} == {"1", "2"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.name)
def test_every_column_says_what_it_means(sheet: Any) -> None:
    assert all(meaning.endswith(".") for meaning in (sheet.meaning, *sheet.columns.values()))
