"""The summary of a scan fits a screen and cannot be steered by what an article says."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from retold.corpus.results import Scan
from retold.report.scan import words
from retold.report.scan.terminal import show

Scans = dict[str, Scan]


def shown(scan: Scan, width: int = 80) -> str:
    stream = io.StringIO()
    show(scan, Console(file=stream, width=width, highlight=False))
    return stream.getvalue()


@pytest.mark.parametrize("name", ["plain", "hostile", "crowd", "empty"])
def test_it_fits_a_screen(scans: Scans, name: str) -> None:
    lines = shown(scans[name]).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_it_says_what_matters(scans: Scans) -> None:
    text = shown(scans["plain"], 200)
    for said in (
        "10 articles in, 7 compared, 6 in 2 groups of versions, 1 alone",
        "Left out: 2 empty, 1 binary",
        "5 matches of versions (3 verbatim, 2 near); 1 that share a passage and no more",
        "Groups  1 of 2, 1 of 4",
        "      4  Barge blocks the Isk  Meridian Wire, 2031-03-03 06:00",
        "2 passages in several articles",
        "      4  “Nobody was hurt.”  first Meridian Wire",
        "      2  Harbour Post carries Meridian Wire, 100 %  16 hours later",
        "      1  Low Tarn Letter shares with (no outlet), 100 %",
        "Furniture of one outlet  1 passage, left out of the matches",
        "Stock paragraphs  1 passage",
        "articles, matches, groups, passages, outlets, rejected, run",
    ):
        assert said in text, said
    assert "Fenwick Star" not in text


def test_groups_come_largest_first(scans: Scans) -> None:
    text = shown(scans["crowd"], 200)
    assert "20 of 6 to 9, 20 of 10 to 19, 12 of 20 to 49" in text
    assert text.index("    400  Ferry 0") < text.index("    200  Ferry 1")
    assert "Ferry 5" not in text


def test_hostile_text_steers_nothing(scans: Scans) -> None:
    text = shown(scans["hostile"], 200)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "[bold red]Sold[/]" in text


def test_nothing_found_is_said(scans: Scans) -> None:
    text = shown(scans["empty"])
    assert "No two articles are versions of one text." in text
    assert "0 matches of versions" in text


def test_every_group_falls_into_one_bin() -> None:
    sizes = dict.fromkeys([2, 3, 5, 6, 9, 10, 99, 100, 4999, 5000, 9999, 10_000, 70_000], 1)
    bins = words.bins(sizes)
    assert sum(n for _, n in bins) == len(sizes)
    assert bins[0] == ("2", 1)
    assert bins[-1] == ("10,000 and more", 2)
    assert words.bins({}) == []


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.01, "1 minute"),
        (-0.5, "30 minutes"),
        (1, "1 hour"),
        (3.52, "3.5 hours"),
        (480, "20 days"),
    ],
)
def test_time_spans_read_well(hours: float, said: str) -> None:
    assert words.lag(hours) == said


def test_who_was_first_is_said_only_where_times_tell() -> None:
    assert words.order(0, 0, None) == "no times"
    assert words.order(3, 1, -2.0) == "3 after, 1 before; median 2 hours earlier"
