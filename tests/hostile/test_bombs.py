"""What unpacks, nests or repeats without end is left out or read, within bounds of time and memory.

All of it is read by a process whose time and memory the system itself bounds.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile

import pytest
import zstandard

from tests.hostile.attacks import STORIES
from tests.read.archives import response, warc

resource = pytest.importorskip("resource")  # not on Windows
SECONDS, MEMORY = 60, 3 << 30
"""Of processor time and of address space: many times what is needed, far less than bombs take."""
BODY = "\n\n".join(line.format(figure=40) for line in STORIES[0][1:])
LOT = b"word by word. " * 80_000
MEGABYTES = 200
READ = """
import json, resource, sys
from pathlib import Path
from retold.desk import Desk
from retold.feeds import feeds_of_page, parse
from retold.model import Article
from retold.read import read
folder, desk, seconds, memory = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
paths = sorted(Path(folder).iterdir())
found = {path.name: [] for path in paths}
with Desk.open(desk) as held:
    for path in paths:
        items = list(read([path]))
        held.add(items, path.name)
        found[path.name] = [
            len(item.text) if isinstance(item, Article) else item.reason for item in items
        ]
        if path.suffix == ".xml":
            data = path.read_bytes()
            parse(data, url="http://x.example/")
            feeds_of_page(data, url="http://x.example/")
print(json.dumps(found))
"""


def packed(pack):
    """Return so many megabytes of one line, packed piece by piece."""
    made = io.BytesIO()
    with pack(made) as stream:
        for _ in range(MEGABYTES):
            stream.write(LOT)
    return made.getvalue()


def zipped(data):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc", data)
    return made.getvalue()


def zip_bomb():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("datapackage.json", "{}")
        with archive.open("archive/data.warc", "w") as stream:
            for _ in range(MEGABYTES):
                stream.write(LOT)
    return made.getvalue()


@pytest.fixture(scope="module")
def read_within(tmp_path_factory):
    """What came of each file, read by a process of which time and memory are bounded."""
    folder = tmp_path_factory.mktemp("bombs")
    gz = packed(lambda made: gzip.GzipFile(fileobj=made, mode="wb", compresslevel=1))
    zst = packed(lambda made: zstandard.ZstdCompressor(level=1).stream_writer(made, closefd=False))
    word, tags = "W" * (10 << 20), "<div>" * 100_000
    entities = "".join(f"<!ENTITY e{n + 1} '" + f"&e{n};" * 10 + "'>" for n in range(12))
    doctype = f"<!DOCTYPE rss [<!ENTITY e0 'word'>{entities}]>"
    made = {
        "bomb.jsonl.gz": gz,
        "bomb.txt.gz": gz,
        "bomb.warc.gz": gz,
        "twice.jsonl.gz": gzip.compress(gz),
        "bomb.jsonl.zst": zst,
        "bomb.wacz": zip_bomb(),
        "packed.warc": warc(response(0, body=gz, Content_Encoding="gzip"), response(1)),
        "nested.wacz": zipped(zipped(zipped(gz))),
        "word.txt": f"{BODY}\n\n{word}".encode(),
        "word.html": f"<article><h1>A</h1><p>{BODY}</p><p>{word[: 5 << 20]}</p></article>".encode(),
        "word.jsonl": json.dumps({"text": f"{BODY} {word}"}).encode(),
        "title.jsonl": json.dumps({"text": BODY, "title": word, "outlet": word}).encode(),
        "short.txt": f"{BODY}\n\n{word[:900_000]}".encode(),
        "tags.html": f"<html><body>{tags}<p>{BODY}</p></body></html>".encode(),
        "tags.txt": f"{BODY}\n\n{tags}".encode(),
        "spans.html": ("<p>" + "<b><i>" * 100_000 + BODY).encode(),
        "deep.json": b"[" * 200_000,
        "deep.jsonl": b'{"text":' * 100_000,
        "laughs.xml": f"{doctype}<rss><channel><title>&e12;</title></channel></rss>".encode(),
        "laughs.html": f"{doctype}<html><body><p>{BODY} &e12;</p></body></html>".encode(),
        "marks.txt": f"{BODY}\n\nZ{chr(0x301) * 500_000}".encode(),
        "columns.csv": (",".join(["text"] * 50_000) + "\n" + "x," * 50_000).encode(),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    desk = tmp_path_factory.mktemp("bombed") / "a.desk"
    words = [sys.executable, "-c", READ, folder, desk, SECONDS, MEMORY]
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr[-3000:])
    return json.loads(done.stdout)


def test_what_is_too_much_is_left_out_with_a_reason(read_within):
    for name, found in read_within.items():
        if name.startswith(("bomb", "twice", "word.txt", "word.jsonl")):
            assert found, name
            assert not any(isinstance(item, int) for item in found), (name, found)


def test_the_rest_is_read(read_within):
    for name in ("short.txt", "tags.txt", "marks.txt", "packed.warc"):
        assert any(isinstance(item, int) for item in read_within[name]), (name, read_within[name])
    assert all(read_within.values())
