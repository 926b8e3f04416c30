"""A corpus as tables: the same articles whatever the format, the order and the division."""

import gzip
import json
import random
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from retold.config import ReadConfig
from retold.model import Reason
from retold.read import corpus
from retold.read.columns import SCHEMA
from tests.read.pieces import BODY, FIRST, PLAIN, SECOND, THIRD, TITLE

WHEN = datetime(2031, 2, 3, 6, 15, tzinfo=UTC)
ROWS = [
    {
        "headline": TITLE,
        "outlet": "Tarn Post",
        "url": "https://tarnpost.example/quell",
        "date": "2031-02-03T07:15:00+01:00",
        "body": BODY,
    },
    {
        "headline": "  Two\tblanks ",
        "outlet": "",
        "url": "https://www.Isk.example:80/a?b",
        "date": "3 February 2031",
        "body": f" {FIRST}\n",
    },
    {"headline": "", "outlet": "https://www.vale.example/", "url": "", "date": "", "body": SECOND},
    {"headline": "x", "outlet": "y", "url": "z", "date": "03/04/2031", "body": THIRD},
]


def gather(*paths, **options):
    """Read a corpus and return its articles as records, and what was left out."""
    inputs, rejected = corpus.inputs(paths)
    batches = [b for item in inputs for b in corpus.batches(item, ReadConfig(**options))]
    for batch in batches:
        assert batch.articles.schema == SCHEMA
        batch.articles.validate(full=True)
    articles = [row for batch in batches for row in batch.articles.to_pylist()]
    return articles, [*rejected, *(r for batch in batches for r in batch.rejected)]


def write_parquet(path, rows=ROWS, **options):
    pq.write_table(pa.Table.from_pylist(rows), path, **options)
    return path


def write_jsonl(path, rows=ROWS):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def fields(articles):
    return [{k: v for k, v in row.items() if k != "source"} for row in articles]


def check(articles):
    assert fields(articles) == [
        {
            "outlet": "Tarn Post",
            "title": TITLE,
            "url": "https://tarnpost.example/quell",
            "published": WHEN,
            "text": BODY,
        },
        {
            "outlet": "isk.example",
            "title": "Two blanks",
            "url": "https://www.Isk.example:80/a?b",
            "published": datetime(2031, 2, 3, tzinfo=UTC),
            "text": f" {FIRST}\n",
        },
        {"outlet": "vale.example", "title": "", "url": "", "published": None, "text": SECOND},
        {"outlet": "y", "title": "x", "url": "z", "published": None, "text": THIRD},
    ]


def test_parquet(tmp_path):
    path = write_parquet(tmp_path / "a.parquet")
    articles, rejected = gather(path)
    check(articles)
    assert rejected == []
    assert [row["source"] for row in articles] == [f"{path.as_posix()}:{i}" for i in (1, 2, 3, 4)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_json_lines(tmp_path, name):
    data = write_jsonl(tmp_path / "plain").read_bytes()
    path = tmp_path / name
    pack = {".gz": gzip.compress, ".zst": zstandard.compress}.get(path.suffix, bytes)
    path.write_bytes(pack(data))
    articles, rejected = gather(path)
    check(articles)
    assert rejected == []
    assert articles[3]["source"] == f"{path.as_posix()}:4"


def test_the_order_of_the_paths_does_not_matter(tmp_path):
    paths = [write_jsonl(tmp_path / "b.jsonl"), write_parquet(tmp_path / "a.parquet")]
    (tmp_path / "c.txt").write_text(PLAIN)
    paths.append(tmp_path / "c.txt")
    expected = corpus.inputs(paths)
    for _ in range(5):
        random.Random(4).shuffle(paths)
        assert corpus.inputs(paths) == expected
    assert corpus.inputs([tmp_path]) == expected


def test_missing_paths_are_listed(tmp_path):
    inputs, rejected = corpus.inputs([tmp_path / "gone.jsonl"])
    assert inputs == []
    assert [r.reason for r in rejected] == [Reason.MISSING]
