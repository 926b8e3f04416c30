"""Deciding and undoing, on pages and by the API."""

import pytest

from tests.report.markup import parsed, words_of
from tests.web.conftest import PAGE, csrf_of
from tests.web.test_pages import hold_to_rules, read


@pytest.fixture
def story(filled):
    (found,) = filled.desk.stories().items
    return found.number


def decide(client, story, **fields):
    token = csrf_of(client.get(f"/stories/{story}/decide", headers=PAGE))
    return client.post(
        f"/stories/{story}/decide",
        data={"csrf": token, **fields},
        headers=PAGE,
        follow_redirects=False,
    )


def options(page, kind, name):
    """Return what a form offers for a field, by what is shown."""
    form = page.xpath("//form[input[@name='kind'][@value=$k]]", k=kind)[0]
    return form.xpath(f".//*[@name='{name}']/option/@value | .//input[@name='{name}']/@value")


def test_everything_can_be_decided_shown_and_undone(filled, story):
    client = filled.client()
    page = read(client, f"/stories/{story}/decide")
    claim = page.xpath("//select[@name='claim']/option/@value")[0]
    readings = read(client, f"/stories/{story}/decide?claim={claim}")
    child, parent = options(page, "not-derived", "article")[:2]
    other = next(n for n in range(1, 9) if n != story and filled.desk.story(n))
    made = [
        {"kind": "note", "note": "Ask <b>Edda</b>"},
        {"kind": "split", "article": options(page, "split", "article")[:2], "note": "of the ferry"},
        {"kind": "merge", "other": str(other)},
        {"kind": "not-derived", "article": child, "other": parent},
        {"kind": "date", "article": child, "value": "2031-04-09T08:00"},
        {"kind": "date", "article": child, "value": ""},
        {"kind": "speaker", "span": options(page, "speaker", "span")[0], "value": "Oswin Hallam"},
        {"kind": "not-same", "span": options(readings, "not-same", "span")[:2]},
    ]
    for fields in made:
        answer = decide(client, story, **fields)
        assert answer.status_code == 303, (fields, words_of(parsed(answer.text)))
        assert answer.headers["location"] == f"/stories/{story}#decided"
    page = read(client, f"/stories/{story}")
    shown = page.xpath("//section[@id='decided']/ul/li")
    assert len(shown) == len(made)
    assert "Ask <b>Edda</b>" in words_of(shown[-1])
    assert "local" in words_of(shown[-1])
    sides = shown[-2].xpath("./p[a]")
    assert [len(side.xpath("./a")) for side in sides] == [2, 12]
    assert words_of(sides[1]).startswith("than ")
    assert words_of(sides[1]).endswith(" and 1 more")
    assert "9 April 2031, 08:00 UTC" in words_of(shown[3])
    assert words_of(page.xpath("//*[@role='status']")[0]).startswith("What is shown here lags")
    for form in page.xpath("//section[@id='decided']//form"):
        fields = {f.get("name"): f.get("value") for f in form.xpath(".//input")}
        back = client.post(form.get("action"), data=fields, follow_redirects=False)
        assert back.headers["location"] == f"/stories/{story}#decided"
    page = read(client, "/decisions")
    assert len(page.xpath("//li[@class='undone']")) == len(made)
    assert not page.xpath("//main//form")


def test_what_is_decided_while_a_story_becomes_part_of_another_is_kept(filled, story):
    client = filled.client()
    token = csrf_of(client.get(f"/stories/{story}/decide", headers=PAGE))
    with filled.desk.database.write() as connection:
        connection.execute("INSERT INTO story_moved VALUES (99, ?)", (story,))
    note = {"csrf": token, "kind": "note", "note": "Read again."}
    answer = client.post("/stories/99/decide", data=note, headers=PAGE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/stories/{story}#decided")
    assert filled.desk.decisions(story).items[0].decision.note == "Read again."
    assert client.post("/stories/98/decide", data=note, headers=PAGE).status_code == 404


def test_a_split_is_honoured_and_undone(filled, story):
    client, leaving = filled.client(), filled.desk.versions(story)[0].id
    decide(client, story, kind="split", article=leaving)
    filled.desk.work()
    assert filled.desk.story_of(leaving) != story
    read(client, "/decisions")
    number = filled.desk.decisions().items[0].number
    token = {"x-csrf-token": client.get("/api/v1/session").json()["csrf"]}
    undone = client.post(f"/api/v1/decisions/{number}/undo", headers=token).json()
    assert undone["undone_by"] == "local"
    filled.desk.work()
    assert filled.desk.story_of(leaving) == story


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "split"},
        {"kind": "merge", "other": "x"},
        {"kind": "merge", "other": "9" * 18},
        {"kind": "note", "note": "  "},
        {"kind": "date", "article": "sha256:0"},
        {"kind": "speaker", "span": "x:1-2", "value": "Una"},
        {"kind": "speaker", "span": "x", "value": "Una"},
        {"kind": "anything"},
    ],
)
def test_what_cannot_be_decided_is_said(filled, story, fields):
    answer = decide(filled.client(), story, **fields)
    assert answer.status_code == 422
    page = parsed(answer.text)
    hold_to_rules(page)
    assert words_of(page.xpath("//*[@role='alert']")[0])
    assert not filled.desk.decisions().items


def test_decisions_by_the_api(filled, story):
    client = filled.client()
    token = {"x-csrf-token": client.get("/api/v1/session").json()["csrf"]}
    v1 = "/api/v1/decisions"
    note = {"kind": "note", "articles": ["1"], "note": "read again"}
    made = client.post(v1, json=note, headers=token)
    assert made.status_code == 201
    assert made.json()["decision"]["articles"] == [filled.desk.article(1).id]
    lone = next(n for n in range(1, 9) if n != story and filled.desk.story(n))
    merge = {"stories": [story, lone]}
    assert client.post(f"{v1}/merge", json=merge, headers=token).status_code == 201
    split = {"story": story, "articles": [filled.desk.versions(story)[0].id]}
    assert client.post(f"{v1}/split", json=split, headers=token).status_code == 201
    assert [d["number"] for d in client.get(v1).json()["items"]] == [3, 2, 1]
    assert [d["overruled"] for d in client.get(v1).json()["items"]] == [None, 3, None]
    parted = {"kind": "apart", "articles": ["1"], "others": ["2"]}
    joined = {"kind": "together", "articles": ["1", "2"]}
    for made in (parted, joined):
        assert client.post(v1, json=made, headers=token).status_code == 201
    assert client.get(f"{v1}/4").json()["overruled"] == 5
    shown = client.get("/decisions", headers={"accept": "text/html"}).text
    assert '<a href="#decision-5">decision 5</a> holds' in shown
    assert shown.count("A newer one says otherwise") == 3
    for number in (5, 4):
        assert client.post(f"{v1}/{number}/undo", headers=token).status_code == 200
    assert [d["number"] for d in client.get(f"{v1}?article=1").json()["items"]][-1] == 1
    assert client.get(f"{v1}/2").json()["by"] == "local"
    assert client.get(f"{v1}/99").status_code == 404
    assert client.post(f"{v1}/1/undo", headers=token).status_code == 200
    assert client.post(f"{v1}/1/undo", headers=token).status_code == 400
    bad = {"kind": "speaker", "spans": [{"article": "1", "start": 0, "end": 9**9}], "value": "U"}
    assert client.post(v1, json=bad, headers=token).status_code == 400


def test_readers_see_decisions_and_make_none(filled, serve, tmp_path):
    from retold.desk.people import People, Role

    people = People(filled.desk.database)
    people.add("Rhona", Role.READER, "long enough 1")
    headers = {"authorization": f"Bearer {people.make_token('Rhona')}"}
    client = filled.client(headers=headers)
    assert "Only editors decide" in words_of(read(client, "/stories/1/decide"))
    assert client.post("/stories/1/decide", data={"kind": "note"}).status_code == 403
    assert client.post("/api/v1/decisions", json={"kind": "note"}).status_code == 403
