"""The JSON API."""

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from retold.desk.paging import cursor
from tests.web.conftest import HOME, TOKEN

V1 = "/api/v1"
HALF = "\ud800"
"""Half of a surrogate pair, which JSON can hold and no file can."""


@pytest.fixture
def api(filled):
    return filled.client()


def all_of(client, path, **params):
    """Return everything that a list holds, page by page."""
    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = client.get(f"{V1}{path}", params={**params, **more}).json()
        assert set(page) == {"items", "next", "total"}
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def test_lists_come_page_by_page(api):
    whole = all_of(api, "/articles", limit=200)
    assert len(whole) == 17
    assert all_of(api, "/articles", limit=4) == whole
    some = all_of(api, "/articles", outlet=whole[3]["outlet"])
    assert some == [a for a in whole if a["outlet"] == whole[3]["outlet"]]


def test_an_article_by_number_and_by_id(api):
    row = all_of(api, "/articles")[0]
    for key in (row["number"], row["id"]):
        assert api.get(f"{V1}/articles/{key}").json() == row
        value = api.get(f"{V1}/articles/{key}/value").json()
        assert value["id"] == row["id"]
        assert value["text"].startswith(row["opening"][:40])
        assert row in api.get(f"{V1}/articles/{key}/revisions").json()
        story = api.get(f"{V1}/articles/{key}/story").json()["number"]
        assert row in api.get(f"{V1}/stories/{story}/articles").json()


@pytest.mark.parametrize("key", ["0", "999", "9" * 19, "9" * 60, "sha256:0", "%00", "²"])
def test_an_article_that_is_not_there(api, key):
    assert api.get(f"{V1}/articles/{key}").status_code == 404


def test_search_tells_where(api):
    page = api.get(f"{V1}/search", params={"q": "Brannock dam*"}).json()
    assert page["total"] == len(page["items"]) > 0
    for hit in page["items"]:
        text = api.get(f"{V1}/articles/{hit['article']['id']}/value").json()["text"]
        for span in hit["spans"]:
            assert text[span["start"] : span["end"]].lower().startswith(("brannock", "dam"))


def test_runs_and_what_they_left_out(api):
    (run,) = all_of(api, "/runs")
    assert run["source"] == "the example"
    assert run["new"] == 17
    (left,) = all_of(api, f"/runs/{run['number']}/rejected")
    assert left["reason"] == "missing"
    assert api.get(f"{V1}/runs/99").status_code == 404


def test_articles_are_added(api):
    token = {"x-csrf-token": api.get(f"{V1}/session").json()["csrf"]}
    given = {"text": "The harbour at Quell was closed on Monday. " * 20, "outlet": "The Quell Bell"}
    answer = api.post(f"{V1}/articles", json=given, headers=token)
    assert (answer.status_code, answer.json()["new"]) == (201, 1)
    assert api.post(f"{V1}/articles", json=given, headers=token).json()["known"] == 1
    assert all_of(api, "/articles", outlet="The Quell Bell")[0]["words"] == 160
    empty = api.post(f"{V1}/articles", json={"text": "  "}, headers=token)
    assert empty.status_code == empty.json()["status"] == 422
    plain = api.post(f"{V1}/articles", content=b"{}", headers=token)
    assert plain.status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles?limit=0", 422),
        ("/articles?limit=1000", 422),
        ("/articles?since=yesterday", 422),
        ("/articles?cursor=x", 400),
        ("/runs?cursor=", 400),
        ("/search", 422),
        ("/search?q=" + "x" * 3000, 422),
        ("/runs/x", 422),
        (f"/outlets?cursor={cursor('outlets', (-1, HALF))}", 400),
    ],
)
def test_what_is_off_is_named(api, path, status):
    answer = api.get(V1 + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["detail"]
    if status == 422:
        assert told["errors"][0]["where"].split("/")[0] in ("query", "path")


def test_half_a_character_names_no_article(api):
    token = {"x-csrf-token": api.get(f"{V1}/session").json()["csrf"]}
    about = {"kind": "note", "articles": [HALF], "note": "x"}
    told = {"content": json.dumps(about), "headers": {"content-type": "application/json"} | token}
    assert api.post(f"{V1}/decisions", **told).status_code == 404


def test_the_description_tells_of_problems(api):
    told = api.get(f"{V1}/openapi.json").json()
    assert not {"HTTPValidationError", "ValidationError"} & set(told["components"]["schemas"])
    for path, operations in told["paths"].items():
        assert path.startswith(V1)
        for operation in operations.values():
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            assert operation["description"]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_lists_are_given_as_files(api, form):
    answer = api.get(f"{V1}/export/articles?form={form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="articles.{form}"'
    if form == "jsonl":
        assert len(answer.text.splitlines()) == 17


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("hits?q=Brannock+gate", "search?q=Brannock+gate"),
        ("hits?q=Brannock&kind=name", "search?q=Brannock&kind=name"),
        ("stories?order=retold", "stories?order=retold"),
        *((name, name) for name in ("articles", "outlets", "feeds", "decisions", "runs")),
        ("articles?outlet=Harbour+Post", "articles?outlet=Harbour+Post"),
        ("rejected?run=1", "runs/1/rejected"),
    ],
)
def test_whatever_is_listed_is_given_narrowed_as_the_list_is(api, asked, listed):
    what, _, query = asked.partition("?")
    answer = api.get(f"{V1}/export/{what}?form=jsonl&{query}")
    assert answer.status_code == 200, answer.text
    path, _, narrowed = listed.partition("?")
    items = all_of(api, f"/{path}", **dict(parse_qsl(narrowed)))
    assert [json.loads(line) for line in answer.text.splitlines()] == items


def test_texts_and_versions_are_given(api):
    (line,) = api.get(f"{V1}/export/texts?form=jsonl&outlet=Harbour+Post").text.splitlines()
    whole = api.get(f"{V1}/articles/{json.loads(line)['number']}/value").json()
    assert json.loads(line)["text"] == whole["text"]
    (story,) = api.get(f"{V1}/stories").json()["items"]
    versions = api.get(f"{V1}/export/versions?form=jsonl").text.splitlines()
    assert {json.loads(line)["story"] for line in versions} == {story["number"]}
    assert len(versions) == story["versions"]


@pytest.mark.parametrize("asked", ["hits", "rejected", "runs?outlet=X", "stories?order=none"])
def test_a_list_that_cannot_be_asked_so_is_said_and_leaves_no_file(api, asked, monkeypatch):
    made = []

    class Watched(TemporaryDirectory):
        def __init__(self):
            super().__init__()
            made.append(Path(self.name))

    monkeypatch.setattr("retold.web.api.exports.TemporaryDirectory", Watched)
    assert api.get(f"{V1}/export/{asked}").status_code == 400
    assert api.get(f"{V1}/export/runs").status_code == 200
    assert len(made) == 2
    assert not any(path.exists() for path in made)


def test_graphs_are_given_as_files(api):
    number = api.get(f"{V1}/stories").json()["items"][0]["number"]
    for path in (f"stories/{number}", "outlets-carried"):
        answer = api.get(f"{V1}/export/{path}?form=gexf")
        assert answer.headers["content-type"] == "application/gexf+xml"
        assert answer.text.startswith("<?xml")
    assert api.get(f"{V1}/export/stories/99").status_code == 404
    assert api.get(f"{V1}/export/secrets").status_code == 422


# ------------------------------------------------------------------ asked by a machine

CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_nothing_that_is_asked_breaks_it(stock, serve, tmp_path, mode):
    shutil.copy(stock, tmp_path / "0.desk")
    client = serve(token=TOKEN, rate=0).client(headers={"authorization": f"Bearer {TOKEN}"})
    schema = schemathesis.openapi.from_dict(client.app.openapi())

    def ask(case):
        asked = case.as_transport_kwargs(base_url=HOME)
        del asked["cookies"]
        if isinstance(asked.get("data"), bytes | str):  # a body that is no JSON
            asked["content"] = asked.pop("data")
        case.validate_response(client.request(**asked), checks=CHECKED)

    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not [*operation.iter_parameters(), *operation.body]:
            continue
        run = given(operation.as_strategy(generation_mode=mode))(ask)
        settings(max_examples=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck))(
            run
        )()
