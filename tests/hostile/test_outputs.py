"""What hostile articles are in the API, reports, exports, the terminal, logs and for assistants."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter

import pytest
from click.testing import CliRunner
from lxml import etree

from retold.cli import group
from retold.desk.export import export_list, export_outlets, export_story
from retold.report.html import render
from retold.web.guard import logs
from retold.web.guard.headers import ALWAYS
from tests.hostile.attacks import ATTACKS
from tests.hostile.test_pages import OWN, hold_to_text, shapes
from tests.mcp.conftest import Assistant
from tests.report.html import piles
from tests.report.markup import parsed
from tests.web.conftest import PAGE

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
COMPUTED = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet computes."""


def hold_to_sight(text, besides="\n\t"):
    """Hold text to what is seen: nothing that moves a cursor, hides or turns the direction."""
    hidden = Counter(c for c in text if unicodedata.category(c) in HIDDEN and c not in besides)
    assert not hidden, {f"U+{ord(c):04X}": n for c, n in hidden.items()}


# ------------------------------------------------------------------ API


def test_the_api_answers_in_json_whatever_is_asked_for(client, numbers):
    lists = ("stories", "articles", "outlets", "outlets/carried", "decisions", "feeds", "runs")
    stories = [f"stories/{n}{rest}" for n in numbers for rest in ("", "/dossier")]
    searches = [f"search?kind={kind}&q=sail" for kind in ("text", "quotation", "figure", "name")]
    ids = [row["number"] for row in client.get("/api/v1/articles?limit=200").json()["items"]]
    whole = [f"articles/{n}{rest}" for n in ids for rest in ("", "/value", "/revisions")]
    made = [f"decisions/{row['number']}" for row in client.get("/api/v1/decisions").json()["items"]]
    for address in (*lists, *stories, *searches, *whole, *made, "runs/1/rejected"):
        answer = client.get(f"/api/v1/{address}", headers=PAGE)
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == "application/json"
        assert ALWAYS.items() <= dict(answer.headers).items()
        answer.json()


@pytest.mark.parametrize("name", ATTACKS)
def test_whatever_is_asked_is_answered(client, name):
    asked = ATTACKS[name][:400].encode("utf-8", "replace").decode()
    for kind in ("text", "quotation", "figure", "name"):
        answer = client.get("/api/v1/search", params={"q": asked, "kind": kind})
        assert answer.status_code in (200, 400), answer.text
    assert client.get("/api/v1/outlet", params={"name": asked}).status_code == 404
    page = client.get("/search", params={"q": asked}, headers=PAGE)
    assert page.status_code in (200, 400)
    hold_to_text(parsed(page.text))


def test_no_header_and_no_log_holds_a_word_of_an_article(served, client, numbers):
    for number in numbers:
        answer = client.get(f"/stories/{number}/report.html")
        assert all("taken" not in value for value in answer.headers.values())
    client.get("/search", params={"q": ATTACKS["lines"]}, headers=PAGE)
    client.get("/%0d%0aSet-Cookie:%20taken=1%0a{forged}", headers={"x-forged": "taken"})
    keys = {"time", "method", "route", "status", "ms"}
    assert all(set(line) == keys for line in served.lines)
    told = json.dumps(served.lines)
    assert not [word for word in ("taken", "forged", "evil", "Almery") if word in told]


def test_a_line_of_the_log_is_one_line(capsys):
    logs.write({"told": ATTACKS["lines"] + ATTACKS["controls"] + ATTACKS["separators"]})
    told = capsys.readouterr().err
    assert told.splitlines() == [told.removesuffix("\n")]
    hold_to_sight(told)


# ------------------------------------------------------------------ the one-file report


def test_the_report_of_a_story_is_made_of_what_that_of_a_harmless_one_is(client, calm, numbers):
    allowed = shapes(parsed(render(piles.dossier())))
    for story in calm.get("/api/v1/stories").json()["items"]:
        allowed |= shapes(parsed(calm.get(f"/stories/{story['number']}/report.html").text))
    for number in numbers:
        answer = client.get(f"/stories/{number}/report.html")
        page = parsed(answer.text)
        hold_to_text(page)
        assert shapes(page) - allowed - OWN == set()
        for data in page.xpath("//script[@type='application/json']"):
            json.loads(data.text)
        # script and style are the project's own: each is allowed by its hash, nothing else is
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy


# ------------------------------------------------------------------ exports


LISTS = (
    "articles",
    "texts",
    "stories",
    "versions",
    "outlets",
    "hits",
    "decisions",
    "feeds",
    "runs",
)


@pytest.mark.parametrize("what", LISTS)
def test_tables_compute_nothing_and_keep_their_rows(served, tmp_path, what):
    asked = {"query": "sail*"} if what == "hits" else {}
    number = export_list(served.desk, what, tmp_path / "a.csv", **asked)
    assert number
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == number + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(COMPUTED)]
    assert "\0" not in text
    assert export_list(served.desk, what, tmp_path / "a.jsonl", **asked) == number
    lines = (tmp_path / "a.jsonl").read_bytes().split(b"\n")[:-1]
    assert len([json.loads(line) for line in lines]) == number
    assert export_list(served.desk, what, tmp_path / "a.parquet", **asked) == number


def tags(tree):
    return {node.tag for node in tree.iter()}


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".xml"])
def test_graphs_and_editions_are_xml_of_their_own_elements(served, numbers, tmp_path, ending):
    for number in numbers[:4]:
        path = tmp_path / f"{number}{ending}"
        export_story(served.desk, number, path)
        data = path.read_bytes()
        assert b"<!DOCTYPE" not in data
        assert b"<!ENTITY" not in data
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        assert all(str(tag).startswith("{") for tag in tags(tree))  # of their namespace, all
        assert len({str(tag).partition("}")[0] for tag in tags(tree)}) <= 2
        names = {str(tag).rpartition("}")[2].lower() for tag in tags(tree)}
        assert not names & {"script", "img", "svg", "b", "iframe", "style", "math"}


@pytest.mark.parametrize("ending", [".dot", ".nwk", ".json"])
def test_other_graphs_are_text(served, numbers, tmp_path, ending):
    for number in numbers[:4]:
        export_story(served.desk, number, tmp_path / f"a{ending}")
        text = (tmp_path / f"a{ending}").read_text("utf-8")
        if ending == ".json":
            json.loads(text)
            continue
        hold_to_sight(text)
        for address in re.findall(r'\bURL="([^"]*)', text):
            assert address.startswith(("http://", "https://")), address


def test_outlets_as_page_and_graph(served, tmp_path):
    for ending in (".html", ".graphml", ".gexf", ".dot", ".json"):
        export_outlets(served.desk, tmp_path / f"a{ending}")
    hold_to_text(parsed((tmp_path / "a.html").read_text("utf-8")))
    for ending in (".graphml", ".gexf"):
        etree.fromstring((tmp_path / f"a{ending}").read_bytes())


# ------------------------------------------------------------------ terminal, assistants


@pytest.mark.parametrize(
    "words",
    [
        "desk articles", "desk stories", "desk runs", "desk status", "desk search sail",
        "desk story {number}", "desk decisions", "desk feed list", "desk kin",
    ],
)  # fmt: skip
def test_the_terminal_shows_and_obeys_nothing(hostile_path, numbers, words):
    command = words.format(number=numbers[0]).split()
    done = CliRunner().invoke(group, [*command, "--desk", str(hostile_path)])
    assert done.exit_code == 0, done.output
    hold_to_sight(done.output)
    assert not [line for line in done.output.splitlines() if line.startswith('{"time"')]


def test_an_assistant_is_told_plain_text(served, numbers):
    assistant = Assistant(served.desk)
    ids = [row.id for row in served.desk.articles(limit=200).items]
    asked = [
        ("search", {"query": "sail"}),
        ("articles", {"limit": 50}),
        ("stories", {}),
        *(("story", {"story": number}) for number in numbers),
        *(("article", {"article": name, "length": 2000}) for name in ids),
        ("seen", {"text": {"text": f"{ATTACKS['script']} The lighthouse at Gull Point."}}),
    ]
    for answer in assistant.asks(*asked):
        assert not answer.error, answer.text
        hold_to_sight(answer.text)
