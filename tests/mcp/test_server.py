"""What an assistant is told: bounded, with spans that hold, quoted, and nothing is changed."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

import retold
from retold.desk import Desk
from retold.desk.stories import store
from retold.mcp.answers import NOTICE
from tests.desk.making import DAY, article
from tests.desk.test_related import ARTICLES as FLOODS
from tests.mcp.conftest import HIDDEN, HOSTILE, Asked, Assistant
from tests.stories import texts

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to-assistant.md"
STORY = "Spillway gate fails at Brannock Dam, villages evacuated"


def quotes(value: object):
    """Yield every quote in an answer."""
    if isinstance(value, dict):
        if {"article", "start", "end", "text"} <= value.keys():
            yield value
        for each in value.values():
            yield from quotes(each)
    elif isinstance(value, list):
        for each in value:
            yield from quotes(each)


def held(desk: Desk, value: object) -> int:
    """Hold every quote of an article of the desk to its text; return how many there are."""
    found = [quote for quote in quotes(value) if quote["article"]]
    texts = desk.values({quote["article"] for quote in found})
    for quote in found:
        words = texts[quote["article"]].text[quote["start"] : quote["end"]]
        shown = quote["text"]
        assert words == shown or (shown.endswith("…") and words.startswith(shown[:-1]))
    return len(found)


def story_of(assistant: Assistant) -> int:
    return int(assistant.ask("stories").value["stories"][0]["number"])


def test_every_tool_says_what_it_takes_and_gives_and_that_it_only_reads(
    assistant: Assistant,
) -> None:
    tools = {tool.name: tool for tool in assistant.tools()}
    assert set(tools) == {
        "search", "articles", "article", "stories", "story", "compare", "seen", "explain",
    }  # fmt: skip
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema["type"] == "object"
        assert tool.annotations.read_only_hint


def test_a_search_tells_where_the_words_stand(assistant: Assistant, desk: Desk) -> None:
    found = assistant.ask("search", query='"gate bolts" OR', limit=3)
    assert not found.error
    found = assistant.ask("search", query="bolts", limit=3)
    assert len(found.value["hits"]) == 3
    assert held(desk, found.value) == 3
    for hit in found.value["hits"]:
        text = desk.value(hit["article"]["id"]).text
        assert all("bolt" in text[a:b].lower() for a, b in hit["places"])
        assert hit["article"]["title"] in found.text
        assert hit["article"]["story"] == story_of(assistant)
    more = assistant.ask("search", query="bolts", limit=3, cursor=found.value["next"])
    assert f"more: cursor={found.value['next']}" in found.text
    known = {hit["article"]["number"] for hit in found.value["hits"]}
    assert not known & {hit["article"]["number"] for hit in more.value["hits"]}


def test_quotations_figures_and_names_are_searched_too(assistant: Assistant, desk: Desk) -> None:
    for kind, query, about in (
        ("quotation", "gambled", "Osric Halloran"),
        ("figure", "3,140", "people"),
        ("name", "Halloran", "Osric Halloran"),
    ):
        hit = assistant.ask("search", query=query, kind=kind).value["hits"][0]
        assert about in hit["about"], kind
        assert held(desk, hit) == 1


def test_articles_are_listed_and_read_in_stretches(assistant: Assistant, desk: Desk) -> None:
    listed = assistant.ask("articles", outlet="Harbour Post").value["articles"]
    assert [each["outlet"] for each in listed] == ["Harbour Post"]
    whole, start = "", 0
    while start is not None:
        told = assistant.ask("article", article=listed[0]["id"], start=start, length=300).value
        whole += told["quote"]["text"]
        start = told["next_start"]
    assert whole == desk.value(listed[0]["id"]).text


def test_a_story_is_told_with_spans_and_probabilities(assistant: Assistant, desk: Desk) -> None:
    asked = assistant.ask("story", story=story_of(assistant))
    told = asked.value["told"]
    assert told["title"] == STORY
    assert (told["origins"]["least"], told["origins"]["most"]) == (1, 2)
    assert told["counts"]["versions"] == len(told["versions"]) == 15
    assert held(desk, told) > 20
    assert all(0 <= edge["probability"] <= 1 for edge in told["edges"])
    assert "undecided" in asked.text
    assert STORY in asked.text
    assert asked.size < 55_000
    assert "(cut;" not in asked.text


def test_one_question_tells_a_claims_origins_and_who_altered_it(
    assistant: Assistant, desk: Desk
) -> None:
    story = assistant.ask("search", query="1,340", limit=1).value["hits"][0]["article"]["story"]
    asked = assistant.ask("story", story=story, part="claims", words='"1,340" Forcing')
    told = asked.value["told"]
    assert (
        told["counts"]["claims"]
        < assistant.ask("story", story=story).value["told"]["counts"]["claims"]
    )
    assert held(desk, told) > 5
    claim = next(c for c in told["claims"] if any(d["kind"] == "figure" for d in c["changes"]))
    assert claim["status"] == "contradicted"
    assert (claim["origins"]["least"], claim["origins"]["most"]) == (1, 2)
    change = next(d for d in claim["changes"] if d["kind"] == "figure")
    before, after = (change[side] for side in ("before", "after"))
    assert change["directed"]
    assert (before["quote"]["text"], after["quote"]["text"]) == ("1,340", "3,140")
    names = told["names"]
    assert names[before["version"]] == "Meridian Press Agency"
    assert names[after["version"]] == "The Daily Almanac"
    # who reads only the text reads the same
    at = after["quote"]
    line = next(each for each in asked.text.splitlines() if change["id"] in each)
    assert f"figure ({change['probability']:.2f})" in line
    assert f"to {after['version']} [{at['start']}:{at['end']}]" in line
    assert f"{after['version']} The Daily Almanac" in asked.text
    assert any(
        claim["id"] in each and "1 to 2 independent origins" in each
        for each in asked.text.splitlines()
    )


def test_the_how_to_shows_what_is_answered(assistant: Assistant) -> None:
    shown = re.search(r"```text\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    assert shown
    given = {"part": "claims", "words": "evacuation 1,340", "limit": 1}
    text = assistant.ask("story", story=story_of(assistant), **given).text
    for line in filter(None, shown[1].splitlines()):
        assert line.removesuffix("...").rstrip() in text


def test_every_id_in_a_text_is_explained(assistant: Assistant) -> None:
    story = story_of(assistant)
    text = assistant.ask("story", story=story).text
    ids = sorted(set(re.findall(r"\b(?:edge|change|claim|quotation|figure|undecided):\w+", text)))
    assert {each.partition(":")[0] for each in ids} == {
        "edge", "change", "claim", "quotation", "figure", "undecided",
    }  # fmt: skip
    for answer in assistant.asks(*(("explain", {"id": each, "story": story}) for each in ids)):
        assert not answer.error, answer.text


def test_lists_say_how_to_go_on_and_where_they_end(assistant: Assistant) -> None:
    story = story_of(assistant)
    first = assistant.ask("story", story=story, part="figures", limit=2)
    assert "more: part=figures, start=2" in first.text
    behind = assistant.ask("story", story=story, part="figures", start=500)
    assert "Figures: none from 500 on, of" in behind.text
    nothing = assistant.ask("story", story=story, part="claims", words="rhubarb")
    assert "Claims: none" in nothing.text


def test_related_stories_are_told_where_asked_for(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "floods.desk") as floods:
        floods.add(FLOODS)
        floods.work(most=0)
        number = floods.story_of(FLOODS[0].id)
        asked = Assistant(floods).ask("story", story=number, part="related")
        found = {each["story"]["number"]: each["alike"] for each in asked.value["related"]}
        assert found
        assert found == {row.story.number: row.score for row in floods.related(number)}
        for each in asked.value["related"]:
            assert f"{each['alike']:.2f}: {each['why']}" in asked.text
        assert Assistant(floods).ask("story", story=number).value["related"] == []


def test_a_story_of_one_version_says_so(assistant: Assistant) -> None:
    alone = assistant.ask("search", query="ferry crews", limit=1).value["hits"][0]["article"]
    told = assistant.ask("story", story=alone["story"])
    assert "nothing to lay beside it" in told.text
    assert [each["number"] for each in told.value["versions"]] == [alone["number"]]


def test_all_claims_of_a_story_can_be_asked_for_in_parts(assistant: Assistant) -> None:
    story = story_of(assistant)
    count = assistant.ask("story", story=story).value["told"]["counts"]["claims"]
    parts = [
        assistant.ask("story", story=story, part="claims", start=start, limit=10)
        for start in range(0, count, 10)
    ]
    ids = [claim["id"] for part in parts for claim in part.value["told"]["claims"]]
    assert len(set(ids)) == count
    assert not parts[0].value["told"]["changes"]
    assert ids[0] in parts[0].text


def test_anything_with_an_id_is_explained(assistant: Assistant, desk: Desk) -> None:
    story = story_of(assistant)
    told = assistant.ask("story", story=story).value["told"]
    for name in (told["edges"][0]["id"], told["changes"][0]["id"], told["claims"][0]["id"]):
        asked = assistant.ask("explain", id=name, story=story)
        assert asked.value["explanation"] == retold.explain(desk.dossier(story), name)


def test_articles_and_texts_are_compared_and_explained(assistant: Assistant, desk: Desk) -> None:
    before = desk.status().articles
    first = desk.article(1)
    text = desk.value(first.id).text.replace("nine villages", "ten villages")
    compared = assistant.ask(
        "compare", articles=[str(first.number)], texts=[{"text": text, "outlet": "Sedge Gazette"}]
    )
    assert not compared.error, compared.text
    (story,) = compared.value["stories"]
    assert any(change["kind"] == "figure" for change in story["changes"])
    name = story["edges"][0]["id"]
    explained = assistant.ask("explain", id=name, comparison=compared.value["comparison"])
    assert "took its text from" in explained.text
    assert desk.status().articles == before


def test_a_text_is_recognised_and_not_stored(assistant: Assistant, desk: Desk) -> None:
    before = desk.status().articles
    asked = assistant.ask("seen", text={"text": desk.value(desk.article(3).id).text[:500]})
    best = asked.value["versions"][0]
    assert asked.value["story"] == story_of(assistant)
    assert best["held"] > 0.9
    assert held(desk, best["passages"]) >= 1
    unseen = assistant.ask(
        "seen",
        text={"text": "A baker won the pastry prize with a rhubarb tart on Sunday afternoon."},
    )
    assert unseen.value["versions"] == []
    assert "Not seen" in unseen.text
    assert desk.status().articles == before


def test_words_of_articles_are_quoted_as_material(assistant: Assistant) -> None:
    hit = assistant.ask("search", query="aground").value["hits"][0]
    told = assistant.ask("article", article=hit["article"]["id"])
    lines = told.text.splitlines()
    assert told.text.startswith(NOTICE)
    assert told.value["notice"] == NOTICE
    for line in HOSTILE.splitlines()[:2]:
        assert f"> {line}" in lines
    body = lines[lines.index(next(each for each in lines if each.endswith("quoted:"))) + 1 :]
    assert all(line.startswith("> ") for line in body[: len(HOSTILE.splitlines())])
    for bad in (HIDDEN, "\u202e", "\x1b"):
        assert bad not in told.text
        assert bad not in told.value["quote"]["text"]


def test_nothing_hidden_reaches_an_assistant(assistant: Assistant) -> None:
    texts = [
        {"text": HOSTILE, "title": f"Ferry{HIDDEN} aground\u202e", "outlet": "Gull\u2066 Post"},
        {
            "text": f"{HOSTILE}\nThe board \u200bwill meet on Friday{HIDDEN}.",
            "outlet": "Tarn\x1b Echo",
        },
    ]
    compared = assistant.ask("compare", texts=texts)
    comparison = compared.value["comparison"]
    ids = sorted(set(re.findall(r"\b(?:edge|change|claim|quotation|figure):\w+", compared.text)))
    assert ids
    calls = [("explain", {"id": each, "comparison": comparison}) for each in ids]
    told = assistant.asks(("seen", {"text": texts[1]}), *calls)
    for answer in (compared, *told):
        assert not answer.error, answer.text
        for character in answer.text + json.dumps(answer.value, ensure_ascii=False):
            assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Co"}


@pytest.mark.parametrize(
    ("tool", "given", "remedy"),
    [
        ("article", {"article": "99999"}, "search and articles tell ids"),
        ("article", {"article": "sha256:none"}, "search and articles tell ids"),
        ("story", {"story": 99999}, "stories tells numbers"),
        ("articles", {"cursor": "nonsense"}, "begin at the first page"),
        ("compare", {"articles": ["1"]}, "give 2 to 8"),
        ("compare", {"articles": ["1", "1"]}, "give 2 to 8"),
        ("compare", {"articles": ["1"], "texts": [{"text": "x" * 59_999}]}, "too long together"),
        ("explain", {"id": "edge:1"}, "give the story or the comparison"),
        ("explain", {"id": "edge:1", "comparison": "comparison-99"}, "compare again"),
        ("search", {"query": "bolts", "limit": 1000}, "less than or equal to 50"),
        ("seen", {"text": {"text": " "}}, "holds no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_an_error_with_its_remedy(
    assistant: Assistant, tool: str, given: dict[str, object], remedy: str
) -> None:
    asked: Asked = assistant.ask(tool, **given)
    assert asked.error
    assert remedy in asked.text
    assert "Traceback" not in asked.text


def test_a_story_without_a_dossier_tells_its_versions(tmp_path: Path, desk: Desk) -> None:
    with Desk.open(tmp_path / "new.desk") as fresh:
        fresh.add(desk.values([desk.article(number).id for number in (1, 3)]).values())
        fresh.settle()
        told = Assistant(fresh).ask("story", story=1)
    assert told.value["told"] is None
    assert len(told.value["versions"]) == 2
    assert "not worked out yet" in told.text


def together(path: Path, *told: str) -> Desk:
    """A desk with one story of some texts, whatever they tell; told."""
    fresh = Desk.open(path)
    fresh.add(article(text, outlet=f"Outlet {at}", published=DAY) for at, text in enumerate(told))
    with fresh.database.write() as connection:
        connection.execute("UPDATE article SET placed = 1")
        store(connection, {}, {}, [set(range(1, len(told) + 1))])
    fresh.work()
    return fresh


def test_a_story_whose_versions_tell_several_things_tells_them_all(tmp_path: Path) -> None:
    given = texts.VELL, texts.VELL_COPY, texts.ORRIN, texts.ORRIN_REWRITE, texts.STRIKE
    with together(tmp_path / "new.desk", *given) as fresh:
        asked = Assistant(fresh).ask("story", story=1)
        (one, *others) = (s for s in fresh.dossier(1).stories if len(s.articles) > 1)
    told = asked.value["told"], *asked.value["others"]
    assert [each["id"] for each in told] == [one.id, *(each.id for each in others)]
    assert len(told) == 2
    assert [each["outlet"] for each in asked.value["versions"]] == ["Outlet 4"]
    for each in told:
        assert each["title"] in asked.text
        assert all(entry["id"] in asked.text for entry in each["claims"])
    assert "tell the same as no other" in asked.text


def test_a_story_of_which_no_two_versions_tell_the_same_says_so(tmp_path: Path) -> None:
    with together(tmp_path / "new.desk", texts.VELL, texts.STRIKE) as fresh:
        asked = Assistant(fresh).ask("story", story=1)
    assert (asked.value["told"], asked.value["compared"]) == (None, True)
    assert [each["outlet"] for each in asked.value["versions"]] == ["Outlet 0", "Outlet 1"]
    assert "no two of its versions tell the same" in asked.text
    assert "ask again later" not in asked.text


def test_it_speaks_over_standard_input_and_output(desk: Desk) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=[
            "-c",
            "from retold.cli import main; main()",
            "mcp",
            "--desk",
            str(desk.database.path),
        ],
    )

    async def session() -> Asked:
        async with Client(stdio_client(started)) as client:
            return Asked(await client.call_tool("search", {"query": "bolts"}))

    assert anyio.run(session).value["hits"]
