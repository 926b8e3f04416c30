"""``retold check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import retold
from tests.cli.conftest import FIRST, SECOND, Run


def test_what_is_not_borne_out_is_said_with_the_change_and_the_place(run: Run, pile: Path) -> None:
    done = run("check", pile / "second.txt", pile / "first.txt")
    assert done.code == 0
    assert "change of figure" in done.out
    assert "“About 30 boats waited" in done.out
    assert "1 of 3 sentences" in done.out


def test_json_has_every_sentence(run: Run, pile: Path) -> None:
    done = run("check", pile / "second.txt", pile / "first.txt", "--json")
    found = json.loads(done.out)
    spans = [s["span"] for s in found["sentences"]]
    assert [SECOND[s["start"] : s["end"]][:5] for s in spans] == ["The l", "About", "“Nobo"]
    assert found["source"]["text"] == FIRST


def test_articles_may_be_given_too() -> None:
    one, other = retold.article(SECOND), retold.article(FIRST)
    assert retold.check(one, other).sentences[0].probability < 0.5


def test_a_file_of_several_articles_is_told(run: Run, pile: Path, tmp_path: Path) -> None:
    several = tmp_path / "two.jsonl"
    rows = ({"title": t[:9], "text": t, "outlet": t[:5]} for t in (FIRST, SECOND))
    several.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run("check", several, pile / "first.txt")
    assert done.code == 2
    assert "give a file with one" in done.err


def test_a_record_that_cannot_be_read_is_not_dropped_in_silence(
    run: Run, pile: Path, tmp_path: Path
) -> None:
    several = tmp_path / "two.jsonl"
    several.write_text(json.dumps({"text": FIRST}) + '\n{"text": ""}\n', encoding="utf-8")
    done = run("check", several, pile / "first.txt")
    assert done.code == 2
    assert "two.jsonl:2" in done.err
    assert "give a file with one" in done.err


def test_an_empty_file_is_told(run: Run, pile: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").write_text("", encoding="utf-8")
    done = run("check", tmp_path / "nothing.txt", pile / "first.txt")
    assert done.code == 1
    assert "nothing.txt" in done.err


@pytest.mark.parametrize("text", ["\x1b[31m Rusk said that no boat had waited at all.", "…"])
def test_hostile_text_is_shown_as_text(run: Run, pile: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.txt").write_text(f"{FIRST} {text}", encoding="utf-8")
    done = run("check", tmp_path / "odd.txt", pile / "first.txt")
    assert done.code == 0
    assert "\x1b" not in done.out
