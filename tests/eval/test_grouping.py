"""The tasks on stories, on an invented pile; their loaders refuse bad gold data."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eval.core import GoldError
from eval.tasks import basil_stories, ecbplus
from tests.stories import texts

PILE = [
    ("vell", texts.VELL),
    ("vell", texts.VELL_COPY),
    ("vell", texts.VELL_REWRITE),
    ("orrin", texts.ORRIN),
    ("orrin", texts.ORRIN_REWRITE),
]


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "ecbplus"
    path.mkdir()
    lines = [
        {"id": str(n), "topic": 1, "subtopic": story, "sentences": [text]}
        for n, (story, text) in enumerate(PILE)
    ]
    (path / "documents.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return path


def test_stories_are_scored_alone_where_nothing_lies_beside(folder, capsys):
    scores = {s.name: s for s in ecbplus.evaluate(folder)}
    assert scores["B-cubed F1"].value == scores["stories found against labelled"].value == 1
    assert scores["B-cubed F1"].n == 2
    assert scores["B-cubed F1"].baseline is not None
    assert "no articles to mix in" in capsys.readouterr().err


def test_stories_are_scored_among_others(folder):
    other = {
        "text": texts.STRIKE,
        "title": "Ferries stand still",
        "outlet": "Harbour Post",
        "url": None,
        "published": "2031-04-0x",
    }
    beside = folder.parent / "articles_37k"
    beside.mkdir()
    pq.write_table(pa.Table.from_pylist([other]), beside / "articles.parquet")
    scores = {s.name: s.value for s in ecbplus.evaluate(folder)}
    assert scores["B-cubed F1, among 1 others"] == 1
    assert scores["stories without one of them, among 1 others"] == 1


def test_a_bad_line_is_named(tmp_path):
    (tmp_path / "documents.jsonl").write_text('{"id": "1"}\n')
    with pytest.raises(GoldError, match=r"documents\.jsonl:1"):
        ecbplus.load(tmp_path)


def test_the_stories_of_basil_are_its_events(tmp_path):
    lines = [
        {
            "triplet": story,
            "uuid": str(n),
            "source": f"outlet {n}",
            "title": "",
            "url": "",
            "date": "2031-04-09",
            "body-paragraphs": [[text]],
        }
        for n, (story, text) in enumerate(PILE)
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, lines)))
    scores = {s.name: s.value for s in basil_stories.evaluate(tmp_path)}
    assert scores["B-cubed F1"] == 1
