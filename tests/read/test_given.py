"""What a caller gives becomes articles, each once, and nothing of it goes in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retold.config import ReadConfig
from retold.errors import InputError, UsageError
from retold.model import Article, Reason
from retold.read import from_text
from retold.read.given import pile, single

TEXT = "The lighthouse at Gull Point was switched off on Monday after its lamp failed at night."


def test_paths_and_articles_come_together_each_once(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "two.txt").write_text(f"{TEXT} Nobody was hurt.", encoding="utf-8")
    (tmp_path / "none.txt").write_text("", encoding="utf-8")
    held = from_text(TEXT, source="held")
    for given in ([tmp_path, held], [held, tmp_path]):
        articles, rejected = pile(given, ReadConfig())
        assert articles[0] == held
        assert [Path(a.source).name for a in articles[1:]] == ["two.txt"]
        reasons = {Path(r.source).name: r.reason for r in rejected}
        assert reasons == {"one.txt": Reason.DUPLICATE, "none.txt": Reason.EMPTY}


def test_a_single_path_is_a_pile(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    assert [a.text for a in pile(str(tmp_path), ReadConfig())[0]] == [TEXT]


@pytest.mark.parametrize("number", [1, 25])
def test_why_there_is_nothing_is_said(tmp_path: Path, number: int) -> None:
    for n in range(number):
        (tmp_path / f"{n:02}.txt").write_text("", encoding="utf-8")
    for ask in (pile, single):
        with pytest.raises(InputError, match=r"00\.txt: The file is empty") as told:
            ask(tmp_path, ReadConfig())
        assert ("and 5 more" in str(told.value)) == (number > 20)


def test_a_single_article_is_taken_as_it_is() -> None:
    held = Article("article:1", TEXT)
    assert single(held, ReadConfig()) is held


@pytest.mark.parametrize(("other", "told"), [(TEXT[4:], "2 articles"), ("", "cannot be read")])
def test_of_several_records_none_is_chosen(tmp_path: Path, other: str, told: str) -> None:
    path = tmp_path / "two.jsonl"
    rows = [json.dumps({"text": text}) for text in (TEXT, other)]
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        single(path, ReadConfig())
