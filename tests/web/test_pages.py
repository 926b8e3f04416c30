"""The pages: what they show, their markup, and that no article becomes more than text."""

import csv
import html
import io
import itertools
import json
import re
from collections import Counter
from urllib.parse import quote, urljoin, urlsplit

import pytest
import zstandard

from retold.desk import finding
from retold.desk.stories import store
from retold.model import Reason, Rejected
from retold.report.html import render
from retold.report.html.piece import Body
from retold.web.kept import Kept
from tests.desk.making import DAY, article
from tests.report.markup import parsed, words_of
from tests.stories import texts
from tests.web import hostile
from tests.web.conftest import HOME, PAGE, csrf_of


def read(client, address):
    """Return a page as a tree; hold it to the rules that hold for all."""
    answer = client.get(address, headers=PAGE)
    assert answer.status_code == 200, (address, answer.status_code)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = parsed(answer.text)
    hold_to_rules(page)
    return page


def hold_to_rules(page):
    ids = Counter(page.xpath("//@id"))
    assert not [i for i, n in ids.items() if n > 1]
    assert not page.xpath("//@style")
    assert not page.xpath("//style")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    for script in page.xpath("//script"):
        assert script.get("src", "").startswith("/static/") or "json" in script.get("type", "")
    for link in page.xpath("//a/@href | //form/@action"):
        assert urlsplit(link).scheme in ("", "http", "https"), link
    for fragment in page.xpath("//a/@href[starts-with(., '#')]"):
        assert fragment[1:] in ids, fragment
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main[@id='main']")) == 1
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), levels
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = field.get("aria-label") or words_of(field.getparent())
        assert named or page.xpath("//label[@for=$i]", i=field.get("id")), field.attrib
    for nav in page.xpath("//nav | //section"):
        assert nav.get("aria-label") or nav.get("aria-labelledby")
    assert page.xpath("/html/@lang")
    assert words_of(page.xpath("//title")[0])


def reach(client, start="/", most=400):
    """Read every page that links lead to, from the first; return their addresses."""
    seen, ahead = {start}, [start]
    while ahead and len(seen) < most:
        address = ahead.pop()
        for link in read(client, address).xpath("//main//a/@href | //header//a/@href"):
            target = urlsplit(urljoin(HOME + address, link))
            if f"{target.scheme}://{target.netloc}" != HOME or target.path.startswith("/api/"):
                continue
            if target.path.endswith(".html"):
                continue
            found = target.path + (f"?{target.query}" if target.query else "")
            if found not in seen:
                seen.add(found)
                ahead.append(found)
    return seen


def test_every_link_leads_to_a_page_that_keeps_the_rules(filled):
    seen = reach(filled.client())
    shapes = {re.sub(r"\d+|\?.*", "", address) for address in seen}
    assert {"/", "/stories/", "/articles/", "/outlet", "/outlets", "/seen", "/compare"} <= shapes


def test_an_article_is_shown_whole(filled):
    client = filled.client()
    row = filled.desk.articles().items[0]
    page = read(client, f"/articles/{row.number}")
    assert words_of(page.xpath("//h1")[0]) == row.title
    body = " ".join(words_of(p) for p in page.xpath("//div[@class='body']/p"))
    assert body == " ".join(filled.desk.value(row.id).text.split())


def test_search_marks_what_was_found(filled):
    page = read(filled.client(), "/search?q=spillway+gate*")
    marks = {words_of(mark).lower() for mark in page.xpath("//main//mark")}
    assert marks
    assert all(mark.startswith(("spillway", "gate")) for mark in marks)
    none = read(filled.client(), "/search?q=zeppelin")
    assert "Nothing has these words" in words_of(none)


def test_very_many_finds_are_said_to_be_so(filled, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    told = words_of(read(filled.client(), "/search?q=dam"))
    assert "More than 2 finds. Those that were stored last are listed, those in titles" in told
    told = words_of(read(filled.client(), "/search?q=dam&order=published"))
    assert "More than 2 finds." in told
    assert "are listed" not in told


def test_what_a_run_left_out_is_told(filled):
    page = read(filled.client(), "/runs/1")
    assert "nothing.txt" in words_of(page.xpath("//table")[0])


@pytest.mark.parametrize(
    "address", ["/articles/99", "/articles/x", "/runs/99", "/nowhere", "/runs/x", "/articles?run=x"]
)
def test_what_is_not_there_is_said_on_a_page(filled, address):
    answer = filled.client().get(address, headers=PAGE)
    assert answer.status_code in (404, 422)
    assert "<h1>" in answer.text


def test_an_empty_desk_has_pages_too(client):
    for address in ("/", "/articles", "/outlets", "/seen", "/compare", "/runs", "/search"):
        read(client, address)


# ------------------------------------------------------------------ stories


@pytest.fixture
def number(filled):
    """The number of the example's one story of several versions."""
    (story,) = filled.desk.stories().items
    return story.number


def test_stories_in_every_order(filled, number):
    for order in ("new", "growing", "retold", "altered"):
        page = read(filled.client(), f"/?order={order}")
        assert [words_of(h) for h in page.xpath("//h2")] == [filled.desk.story(number).title]


def test_a_story_has_all_that_the_one_file_report_has(filled, number):
    page = read(filled.client(), f"/stories/{number}")
    report = parsed(render(filled.desk.dossier(number)))
    for shape in ("//section/@class", "//h3", "//h4", "//tbody", "//details", "//svg//path"):
        assert len(page.xpath("//main" + shape)) == len(report.xpath("//main" + shape)), shape
    said = [words_of(mark) for mark in report.xpath("//main//mark")]
    assert [words_of(mark) for mark in page.xpath("//main//mark")] == said
    assert page.xpath("//script/@src")
    assert not page.xpath("//script[not(@src)][not(@type)]")


def test_its_articles_and_outlets_lead_to_their_pages(filled, number):
    page = read(filled.client(), f"/stories/{number}")
    links = page.xpath("//main//a/@href")
    assert {f"/articles/{row.number}" for row in filled.desk.versions(number)} <= set(links)
    assert any(link.startswith("/outlet?name=") for link in links)


def test_the_report_is_a_file_to_keep(filled, number):
    answer = filled.client().get(f"/stories/{number}/report.html")
    assert answer.headers["content-disposition"] == f'attachment; filename="story-{number}.html"'
    assert answer.text == render(filled.desk.dossier(number))


def test_a_story_without_a_dossier_shows_its_versions(filled):
    lone = next(n for n in range(1, 9) if filled.desk.story(n).versions == 1)
    page = read(filled.client(), f"/stories/{lone}")
    assert words_of(page.xpath("//main//h2")[0]) == "1 version"
    assert filled.client().get(f"/stories/{lone}/report.html", headers=PAGE).status_code == 404


def test_a_story_whose_dossier_another_retold_wrote_waits_for_its_own(filled, number):
    with filled.desk.database.write() as connection:
        body = zstandard.compress(b'{"schema": "0"}')
        connection.execute("UPDATE dossier SET body = ?", (body,))
    client = filled.client()
    page = read(client, f"/stories/{number}")
    assert words_of(page.xpath("//*[@role='status']")[0]) == "Its versions wait to be compared."
    assert words_of(page.xpath("//main//h2")[0]) == "15 versions"
    assert filled.desk.story(number).waits
    for rest in ("stories/{}/decide", "api/v1/stories/{}"):
        assert client.get(f"/{rest.format(number)}").status_code == 200
    for rest in ("stories/{}/report.html", "api/v1/stories/{}/dossier"):
        assert client.get(f"/{rest.format(number)}").status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            (texts.VELL, texts.VELL_COPY, texts.ORRIN, texts.ORRIN_REWRITE),
            "Laid beside each other, its versions tell 2 things: each is told by itself.",
        ),
        (
            (texts.VELL, texts.STRIKE),
            "Its versions are alike among all articles of the desk, but laid beside each other no"
            " two tell the same.",
        ),
    ],
)
def test_a_story_that_divides_when_it_is_told_says_so(serve, given, said):
    served = serve()
    desk = served.desk
    desk.add(article(text, title=f"Title {at}", published=DAY) for at, text in enumerate(given))
    with desk.database.write() as connection:
        connection.execute("UPDATE article SET placed = 1")
        store(connection, {}, {}, [set(range(1, len(given) + 1))])
    desk.work()
    page = read(served.client(), "/stories/1")
    assert words_of(page.xpath("//h1")[0]) == "Title 0"
    assert words_of(page.xpath("//*[@class='said-so']")[0]) == said


def test_a_story_that_is_one_has_no_such_word(filled, number):
    page = read(filled.client(), f"/stories/{number}")
    assert not page.xpath("//*[@class='said-so']")
    assert words_of(page.xpath("//h1")[0]) == f"Story {number}"


def test_a_story_that_moved_leads_to_where_it_went(filled, number):
    with filled.desk.database.write() as connection:
        connection.execute("INSERT INTO story_moved VALUES (99, ?)", (number,))
    client = filled.client()
    answer = client.get("/stories/99", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/stories/{number}")
    answer = client.get("/api/v1/stories/99", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/api/v1/stories/{number}")
    for rest in ("articles", "dossier"):
        answer = client.get(f"/api/v1/stories/99/{rest}", follow_redirects=False)
        assert answer.headers["location"] == f"/api/v1/stories/{number}/{rest}"
        assert client.get(f"/api/v1/stories/98/{rest}").status_code == 404
    answer = client.get("/stories/99/report.html", follow_redirects=False)
    assert answer.headers["location"] == f"/stories/{number}/report.html"


def test_what_is_kept_is_made_anew_when_the_dossier_is(filled, number):
    client = filled.client()
    read(client, f"/stories/{number}")
    read(client, f"/stories/{number}")
    assert len(filled.app.state.kept.held) == 1
    with filled.desk.database.write() as connection:
        connection.execute("UPDATE dossier SET renewed = renewed + 1")
    read(client, f"/stories/{number}")
    assert len(filled.app.state.kept.held) == 2


def test_pieces_that_are_kept_are_bounded():
    kept = Kept(most=10)
    for n in range(9):
        kept.get(n, lambda: Body("", "x" * 4, []))
    assert list(kept.held) == [7, 8]
    assert kept.size == 8


# ------------------------------------------------------------------ outlets


def test_outlets_lead_to_whose_text_they_carry(filled):
    page = read(filled.client(), "/outlets")
    assert page.xpath("//svg[contains(@class, 'tree')]")
    one = next(o for o in filled.desk.outlets().items if o.carries)
    shown = read(filled.client(), f"/outlet?name={quote(one.name)}")
    assert words_of(shown.xpath("//h1")[0]) == one.name
    assert len(shown.xpath("//table")) >= 1
    assert filled.client().get("/outlet?name=Nobody", headers=PAGE).status_code == 404


def test_a_pair_of_outlets_names_its_articles(filled):
    client, pair = filled.client(), filled.desk.carried().items[0]
    page = read(client, "/outlets/carried")
    (row,) = page.xpath("//tbody/tr[1]")
    named = row.xpath("td/a/@href")
    assert words_of(row).startswith(f"{pair.outlet} carries text of {pair.source}")
    shown = read(client, named[0])
    articles = shown.xpath("//main//li/h2/a/@href")
    taken = filled.desk.cases(pair.outlet, pair.source).items
    assert articles == [f"/articles/{t.article}" for t in taken]
    assert len(articles) == pair.articles
    assert shown.xpath("//main//li//a[starts-with(@href, '/stories/')]")
    none = client.get("/outlets/carried?outlet=Nobody&source=None", headers=PAGE)
    assert none.status_code == 404


# ------------------------------------------------------------------ seen before?


def ask(client, path, **fields):
    token = csrf_of(client.get("/seen", headers=PAGE))
    return client.post(path, data={"csrf": token, **fields}, headers=PAGE, follow_redirects=False)


def test_a_text_that_was_seen_leads_to_its_story(filled, number):
    client, row = filled.client(), filled.desk.article(1)
    answer = ask(client, "/seen", text=filled.desk.value(row.id).text)
    page = parsed(answer.text)
    hold_to_rules(page)
    assert words_of(page.xpath("//h1")[0]) == f"Yes: it belongs to story {number}"
    assert f"/articles/{row.number}" in page.xpath("//main//a/@href")
    assert page.xpath("//q")
    assert filled.desk.status().articles == 17


def test_a_text_that_was_not_seen_can_be_stored(filled):
    client, text = (
        filled.client(),
        "Beetles were counted in an empty museum. " * 20 + hostile.SCRIPT,
    )
    page = parsed(ask(client, "/seen", text=text).text)
    hold_to_rules(page)
    assert words_of(page.xpath("//h1")[0]) == "No: the desk has nothing like it"
    fields = {
        f.get("name"): f.get("value") for f in page.xpath("//form[@action='/articles']//input")
    }
    assert fields["text"] == text
    stored = client.post("/articles", data=fields, follow_redirects=False)
    assert stored.status_code == 303
    page = read(client, stored.headers["location"])
    assert "script" in words_of(page.xpath("//div[@class='body']")[0])
    assert filled.desk.status().articles == 18


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Give a text"),
        ({"text": " \n "}, "Give a text"),
        ({"url": "file:///etc/passwd"}, "http"),
        ({"url": "http://127.0.0.1/"}, "no public address"),
        ({"url": "http://169.254.169.254/"}, "no public address"),
        ({"url": "<script>"}, "https://"),
        ({"text": "Это предложение написано на другом языке. " * 20}, "language"),
    ],
)
def test_what_cannot_be_asked_about_is_said(filled, fields, told):
    answer = ask(filled.client(), "/seen", **fields)
    assert answer.status_code == 422
    page = parsed(answer.text)
    hold_to_rules(page)
    assert told in words_of(page.xpath("//*[@role='alert']")[0])


# ------------------------------------------------------------------ compared by hand


def test_articles_are_compared_by_hand(filled):
    client = filled.client()
    page = read(client, "/compare?article=1&article=2&article=1")
    assert page.xpath("//input[@type='checkbox']/@value") == ["1", "2"]
    answer = ask(client, "/compare", article=["1", "2, 3"])
    page = parsed(answer.text)
    hold_to_rules(page)
    assert words_of(page.xpath("//h1")[0]) == "3 articles compared"
    assert page.xpath("//section[contains(@class, 'apparatus')]")


@pytest.mark.parametrize(("keys", "status"), [(["x"], 404), (["1" * 90], 404)])
def test_what_cannot_be_compared_is_said(filled, keys, status):
    assert ask(filled.client(), "/compare", article=keys).status_code == status


# ------------------------------------------------------------------ hostile articles


@pytest.fixture
def hostile_desk(serve):
    served = serve()
    served.desk.add(hostile.articles(), "<b>hostile</b>")
    served.desk.work()
    return served


def test_hostile_articles_stay_text(hostile_desk):
    client = hostile_desk.client()
    for address in reach(client):
        page = read(client, address)  # the rules: no handlers, no styles, no scripts of theirs
        shown = words_of(page)
        assert not page.xpath("//main//@*[starts-with(., 'javascript')]")
        assert "49" not in words_of(page.xpath("//h1")[0])
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u200d\ufeff\u00ad]", shown), address


def test_what_is_hidden_in_a_text_is_shown(hostile_desk):
    row = next(r for r in hostile_desk.desk.articles().items if r.title.startswith("bidi"))
    page = read(hostile_desk.client(), f"/articles/{row.number}")
    boxes = [words_of(b) for b in page.xpath("//div[@class='body']//span[@class='ctl']")]
    assert boxes == ["U+202E", "U+202C", "U+2066", "U+2069"]


def test_what_is_searched_for_stays_text(client):
    page = read(client, "/search?q=" + '"><script>alert(1)</script>'.replace(" ", "+"))
    assert page.xpath("//input[@name='q']/@value") == ['"><script>alert(1)</script>'] * 2


@pytest.mark.parametrize(
    ("path", "room", "number"),
    [
        *(("/?order=retold", "stories", "number"), ("/outlets", "", ""), ("/feeds", "", "")),
        ("/articles?outlet=Harbour+Post&order=arrived", "articles", "number"),
        ("/search?q=Brannock+%26+gate&order=published", "articles", "article_number"),
        ("/search?q=Hallam&kind=name", "articles", "article_number"),
        *(("/decisions", "", ""), ("/runs", "", ""), ("/runs/2", "", "")),
    ],
)
def test_what_a_page_lists_can_be_had_as_a_table(filled, path, room, number):
    """The whole list, narrowed and ordered as the page is."""
    client, desk = filled.client(), filled.desk
    desk.note(desk.article(1).id, "Read again.", "Edda")
    desk.add_feed("https://quell-bell.example/feed")
    desk.add([Rejected("in/x.txt", Reason.EMPTY, "It holds nothing.")])
    page = read(client, path)
    (address,) = page.xpath("//main//a[@download][contains(., 'as a table')]/@href")
    answer = client.get(address)
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows
    if room:
        shown = page.xpath("//main//li//h2/a/@href")
        assert [f"/{room}/{row[number]}" for row in rows] == shown


def test_the_list_of_articles_is_narrowed_as_the_api_does(filled):
    client = filled.client()
    rows = client.get("/api/v1/articles", params={"limit": 200}).json()["items"]
    day = sorted(row["published"] for row in rows if row["published"])[len(rows) // 2][:10]
    for asked in (
        {"since": day},
        {"until": day},
        {"outlet": rows[0]["outlet"], "standing": "true"},
        {"language": "en", "order": "arrived"},
        {"language": "xx"},
    ):
        expected = client.get("/api/v1/articles", params={**asked, "limit": 200}).json()["items"]
        # a form sends what was left empty, too
        sent = {"outlet": "", "language": "", "since": "", "until": "", **asked}
        answer = client.get("/articles", params=sent, headers=PAGE)
        assert answer.status_code == 200
        picked = re.findall(r'name="article" value="(\d+)"', answer.text)
        assert picked == [str(row["number"]) for row in expected]
        if picked:
            export = re.search(r'href="(/api/v1/export/articles[^"]*)"', answer.text).group(1)
            told = client.get(html.unescape(export).replace("csv", "jsonl")).text.splitlines()
            assert [json.loads(line)["number"] for line in told] == list(map(int, picked))
        else:
            assert "None is of this kind" in answer.text
    assert client.get("/articles?since=soon", headers=PAGE).status_code == 422
