"""Is a desk sound? Whatever is done to its file is told."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from retold.desk import Desk, check
from tests.desk.making import DAY, article, damage, numbered
from tests.desk.test_revisions import texts
from tests.stories.texts import STRIKE, VELL, VELL_COPY


@pytest.fixture
def filled(path: Path) -> Path:
    """A desk of some articles, closed."""
    with Desk.open(path) as desk:
        desk.add([*(numbered(n) for n in range(40)), *texts()])
    return path


def problems(path: Path) -> list[str]:
    """Check a desk; every problem is told on one line."""
    with Desk.open(path) as desk:
        found = desk.check()
    assert all(problem and "\n" not in problem for problem in found)
    return found


def execute(path: Path, *statements: str) -> None:
    """Change a desk behind its back, with none of its rules."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_a_sound_desk_has_no_problems(filled: Path):
    assert problems(filled) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE article_body SET text = text || '!' WHERE row = 3", "article 3 is not what was"),
        ("UPDATE article SET published = 5 WHERE row = 4", "article 4 is not what was stored"),
        ("UPDATE article SET outlet = 'X' WHERE row = 4", "article 4 is not what was stored"),
        ("DELETE FROM article_body WHERE row = 3", "article 3 has no text"),
        ("DELETE FROM run", "row 1 of article refers to a row of run that is not there"),
        ("UPDATE article SET latest = 1 WHERE row = 2", "article 2: the text that is to stand"),
        ("UPDATE article SET latest = 43 WHERE row = 43", "article 43: the text that is to stand"),
        ("DELETE FROM article_text WHERE rowid = 3", "index article_text does not fit"),
        ("UPDATE article SET title = 'X' WHERE row = 5", "index article_text does not fit"),
        (
            "INSERT INTO article_text (rowid, title, text) VALUES (900, 'a', 'b')",
            "index article_text does not fit",
        ),
    ],
)
def test_what_was_changed_is_told(filled: Path, change: str, told: str):
    execute(filled, change)
    assert told in "\n".join(problems(filled))


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with story 1 of one version and story 2 of two, one of them revised, closed."""
    path = tmp_path_factory.mktemp("desk") / "retold.db"
    said = "“Nobody may stay below the mill,” mayor Teodora Quill said."
    pile = [
        article(f"{VELL} {said}", title="Vell", outlet="A", url="https://a.example/v"),
        article(f"{VELL} {said} It was late.", title="Vell", outlet="A", url="https://a.example/v"),
        article(VELL_COPY, title="Vell again", outlet="B"),
        article(STRIKE, title="Strike", outlet="C"),
    ]
    with Desk.open(path) as desk:
        desk.add(replace(each, fetched=DAY + timedelta(hours=at)) for at, each in enumerate(pile))
        desk.work()
        assert [story.versions for story in desk.stories().items] == [2]
        assert desk.check() == []
    return path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM story_article WHERE article = 4", "article 4 is in no story, and does not"),
        ("INSERT INTO story_article VALUES (1, 1)", "article 1 is in a story, though a later text"),
        ("UPDATE story_article SET story = 1", "story 2 has no article"),
        ("INSERT INTO story_moved VALUES (2, 1)", "story 2 is there, though it is said to have"),
        ("UPDATE story SET versions = 3 WHERE row = 1", "story 1 is not as its articles are: vers"),
        ("UPDATE story SET outlets = 9 WHERE row = 1", "story 1 is not as its articles are: outl"),
        ("UPDATE story SET title = 'X' WHERE row = 2", "story 2 is not as its articles are: title"),
        ("UPDATE story SET first = 0, last = 9", "story 1 is not as its articles are: first, last"),
        ("DELETE FROM dossier", "story 2 has no dossier, and does not wait for one"),
        ("UPDATE dossier SET story = 1", "story 1 has a dossier, though it has one version"),
        ("UPDATE story SET altered = NULL WHERE row = 2", "story 2 is listed with what no dossier"),
        ("UPDATE story SET altered = 3 WHERE row = 1", "story 1 is listed with what no dossier"),
        ("UPDATE dossier SET body = x'2a'", "the dossier of story 2 cannot be read"),
        ("UPDATE dossier SET body = substr(body, 1, 900)", "the dossier of story 2 cannot be read"),
        ("UPDATE story_article SET story = 2", "the dossier of story 2 is not of its versions"),
        ("UPDATE article SET latest = NULL", "the dossier of story 2 is not of its versions"),
        ("UPDATE carried SET story = 1", "story 1 is said to carry text, though it has no dossier"),
        ("UPDATE mention SET start = start + 1", "article 2 does not say what was found in it"),
        ("UPDATE mention SET shown = shown || '!'", "article 2 does not say what was found in it"),
        ("UPDATE mention SET about = 'Nobody'", "the index mention_text does not fit"),
        ("DELETE FROM term WHERE name = (SELECT min(name) FROM term)", "1 words are in more or"),
        ("UPDATE term SET articles = articles + 1", "words are in more or fewer articles"),
        ("INSERT INTO term VALUES ('zyzzyva', 1)", "1 words are in more or fewer articles"),
    ],
)
def test_what_does_not_fit_the_articles_is_told(worked: Path, path: Path, change: str, told: str):
    shutil.copy(worked, path)
    execute(path, change)
    assert told in "\n".join(problems(path))


def test_settling_puts_right_what_is_said_to_be(worked: Path, path: Path):
    shutil.copy(worked, path)
    left = "DELETE FROM story_article WHERE article = 3"
    execute(path, left, "DELETE FROM term WHERE articles > 1")
    assert len(problems(path)) > 2
    with Desk.open(path) as desk:
        desk.settle()
        desk.work()
    assert problems(path) == []


def test_what_waits_is_no_problem(worked: Path, path: Path):
    shutil.copy(worked, path)
    early = article(f"{VELL} First.", title="Vell", outlet="A", url="https://a.example/v")
    more = article(f"{VELL_COPY} More.", title="Vell", outlet="D")
    with Desk.open(path) as desk:
        desk.add([replace(early, fetched=DAY - timedelta(hours=1)), more])
        assert desk.waiting().articles == 2
        assert desk.check() == []
        desk.work(most=0)
        assert desk.waiting().dossiers == 1
        assert desk.check() == []
        desk.work()
        assert desk.check() == []


@pytest.mark.parametrize("table", ["article_body", "article_by_moment", "article_text_data"])
def test_damaged_pages_are_told(filled: Path, table: str):
    damage(filled, table)
    assert "damaged" in "\n".join(problems(filled))


def test_of_many_problems_some_are_told_and_all_counted(
    filled: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(check, "TOLD", 4)
    execute(filled, "UPDATE article_body SET text = text || ' more' WHERE row <= 10")
    told = [problem for problem in problems(filled) if "article_text" not in problem]
    assert told[-1] == "and 6 more of that kind"
    assert len(told) == 5


def test_checking_tells_how_far_it_is(filled: Path):
    steps: list[tuple[str, int, int]] = []
    with Desk.open(filled) as desk:
        desk.check(lambda *step: steps.append(step))
    assert {step for step, _, _ in steps} == {"copy", "check"}
    assert steps[-1][1] == steps[-1][2]


def test_others_write_while_a_desk_is_checked(filled: Path):
    added: list[int] = []
    with Desk.open(filled) as desk:
        found = desk.check(lambda *_: added.append(desk.add([numbered(100 + len(added))]).new))
    assert found == []
    assert len(added) > 5
    assert [file.name for file in filled.parent.iterdir()] == ["retold.db"]
