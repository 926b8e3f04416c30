"""A corpus as tables: the same articles whatever the format, the order and the division."""

import csv
import gzip
import json
import random
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.config import ReadConfig
from retold.model import Reason
from retold.read import compose, corpus, dates
from retold.read.columns import SCHEMA
from retold.read.fields import as_line
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


def test_patterns_are_taken(tmp_path):
    for name in ("a/x.jsonl", "a/b/y.jsonl", "a/b/z.txt", "a/.hidden.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"text": FIRST}) + "\n")
    found = corpus.inputs([f"{tmp_path}/a/**/*.jsonl"])[0]
    names = [file.source for item in found for file in item.files]
    assert names == [f"{tmp_path.as_posix()}/a/{name}" for name in ("b/y.jsonl", "x.jsonl")]
    _, rejected = corpus.inputs([f"{tmp_path}/a/*.parquet"])
    assert [(r.source[-9:], r.reason) for r in rejected] == [("*.parquet", Reason.MISSING)]
    odd = tmp_path / "a[1].jsonl"
    odd.write_text(json.dumps({"text": FIRST}))
    assert corpus.inputs([odd])[0][0].source == odd.as_posix()


def test_small_files_are_bundled_and_large_ones_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "BUNDLE_FILES", 3)
    monkeypatch.setattr(corpus, "BUNDLE_BYTES", 5_000)
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text(PLAIN + "words " * (900 if number == 3 else 0))
    made, rejected = corpus.inputs([tmp_path])
    assert rejected == []
    assert [len(item.files) for item in made] == [3, 1, 3]
    assert [item.source.removeprefix(f"{tmp_path.as_posix()}/") for item in made] == [
        "0.txt and 2 more",
        "3.txt",
        "4.txt and 2 more",
    ]
    sizes = [sum(file.path.stat().st_size for file in item.files) for item in made]
    assert [item.bytes for item in made] == sizes
    articles, _ = gather(tmp_path)
    assert [row["source"][-5:] for row in articles] == [f"{number}.txt" for number in range(7)]


def test_the_hash_is_of_names_and_contents(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PLAIN)
    first = corpus.inputs([path])[0][0].sha256
    path.write_text(PLAIN + " ")
    second = corpus.inputs([path])[0][0].sha256
    path.rename(tmp_path / "b.txt")
    third = corpus.inputs([tmp_path])[0][0].sha256
    assert len({first, second, third}) == 3


def test_batches_end_by_articles_and_by_size_whatever_the_format(tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "BATCH_ARTICLES", 7)
    monkeypatch.setattr(corpus, "BATCH_BYTES", 900)
    sizes = [10] * 20 + [400, 400, 400, 2000, 10, 10, 899, 1, 1]
    rows = [{"text": "x" * size, "title": str(i)} for i, size in enumerate(sizes)]
    paths = [
        write_parquet(tmp_path / "a.parquet", rows, row_group_size=4),
        write_parquet(tmp_path / "b.parquet", rows),
        write_jsonl(tmp_path / "c.jsonl", rows),
    ]
    expected = [7, 7, 6 + 1, 2, 1, 2, 2, 1]
    for path in paths:
        [item] = corpus.inputs([path])[0]
        found = list(corpus.batches(item, ReadConfig()))
        assert [len(batch.articles) for batch in found] == expected
        titles = [title for batch in found for title in batch.articles["title"].to_pylist()]
        assert titles == [row["title"] for row in rows]


def test_pages_and_pieces_of_html_in_records_become_text(tmp_path):
    markup = "<p>" + BODY.replace("\n\n", "</p>\n<p>") + "</p>"
    page = f"<html><head><title>{TITLE}</title></head><body><article>{markup}</article></body>"
    rows = [
        {"text": "", "html": page, "outlet": "a"},
        {"text": markup, "html": "", "outlet": "b"},
        {"text": "1 < 2 and 3 > 2", "html": page, "outlet": "c"},
        {"text": None, "html": None, "outlet": "d"},
        {"text": "<p> and </p> only", "html": "", "outlet": "e"},
    ]
    for path in (
        write_parquet(tmp_path / "a.parquet", rows),
        write_jsonl(tmp_path / "a.jsonl", rows),
    ):
        articles, rejected = gather(path)
        assert [row["outlet"] for row in articles] == ["a", "b", "c", "e"]
        assert [row["text"] for row in articles] == [BODY, BODY, "1 < 2 and 3 > 2", "and\n\nonly"]
        assert articles[0]["title"] == TITLE
        assert [(r.source, r.reason) for r in rejected] == [(f"{path.as_posix()}:4", Reason.EMPTY)]


def test_files_of_one_article_are_cleaned_as_compare_does_but_in_any_language(tmp_path):
    russian = "Мост закрыли в понедельник. Контора порта сказала, что он закрыт до весны. " * 3
    (tmp_path / "a.txt").write_text(PLAIN)
    (tmp_path / "b.txt").write_text(russian)
    (tmp_path / "c.md").write_text(f"---\ntitle: {TITLE}\ndate: 2031-02-03\n---\n\n**{FIRST}**\n")
    articles, rejected = gather(tmp_path)
    assert rejected == []
    assert [row["text"] for row in articles] == [BODY, russian.strip(), FIRST]
    assert [row["title"] for row in articles] == [TITLE, "", TITLE]
    assert articles[2]["published"] == datetime(2031, 2, 3, tzinfo=UTC)


def test_columns_are_mapped(tmp_path):
    rows = [{"text": "A summary.", "words": BODY, "paper": "Tarn Post", "outlet": "x"}]
    for path in (
        write_parquet(tmp_path / "a.parquet", rows),
        write_jsonl(tmp_path / "a.jsonl", rows),
    ):
        [row], rejected = gather(path, fields=(("text", "words"), ("outlet", "paper")))
        assert rejected == []
        assert (row["text"], row["outlet"]) == (BODY, "Tarn Post")


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=40)
DATES = st.sampled_from(
    [
        "",
        "2031-02-03",
        "2031-02-30",
        "2031-02-03T07:15",
        "2031-02-03 07:15:16.25Z",
        "2031-02-03T07:15:16+0530",
        "2031-02-03T23:59:60Z",
        "1066-10-14",
        "2031-13-01T00:00:00Z",
        "3 Feb 2031",
        "Mon, 03 Feb 2031 07:54:28 +0200",
        "03/04/2031",
        "soon",
        "1927177200",
    ]
)
URLS = st.one_of(
    TEXTS, st.builds("{}://{}/{}".format, st.sampled_from(["http", "HTTPS", "ftp"]), TEXTS, TEXTS)
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {"text": TEXTS, "title": TEXTS, "outlet": URLS, "url": URLS, "date": DATES}
        ),
        max_size=8,
    )
)
def test_the_same_records_give_the_same_tables_in_every_format(tmp_path, rows):
    """And, field by field, what the reader of ``compare`` makes of them."""
    kept = [row for row in rows if any(map(str.strip, row.values()))]  # CSV has no empty rows
    schema = pa.schema([(name, pa.string()) for name in ("text", "title", "outlet", "url", "date")])
    pq.write_table(pa.Table.from_pylist(kept, schema), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in kept))
    with (tmp_path / "a.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, schema.names)
        writer.writeheader()
        writer.writerows(kept)
    found = {path.suffix: gather(path) for path in sorted(tmp_path.glob("a.*"))}
    tables = {ending: fields(articles) for ending, (articles, _) in found.items()}
    assert tables[".jsonl"] == tables[".parquet"]
    assert tables[".csv"] == tables[".parquet"]
    lines = [row["source"].rsplit(":", 1)[1] for row in found[".parquet"][0]]
    for line, row in zip(lines, tables[".parquet"], strict=True):
        given = kept[int(line) - 1]
        url = as_line(given["url"])
        assert row["title"] == compose.line(as_line(given["title"]))
        assert row["url"] == compose.line(url)
        assert row["outlet"] == (compose.named(given["outlet"]) or compose.host(row["url"]))
        assert row["published"] == dates.parse(given["date"]).moment
