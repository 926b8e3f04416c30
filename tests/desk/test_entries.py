"""Whatever feeds answer, wherever it is broken off: each text is stored once and none is lost."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.config import Config, FeedConfig
from retold.desk import Desk, feeds
from retold.desk.asking import Asker
from retold.fetch import Fetched, Refused, Validators
from retold.model import Reason
from tests.desk.feedsite import page
from tests.feeds.fiction import item, rss, whole

HOST = "harbour-post.example"
TEASER = "The ferry stopped …"

Answer = list[tuple[int, int]]
"""Entries of a feed: number and version. Even numbers are whole, odd ones are teasers."""


class Client:
    """Stands for the web: two feeds with what they answer next, and a page for each entry."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.versions: dict[int, int] = {}
        self.asked: list[str] = []

    def get(self, url: str, *, kinds=None, known=None) -> Fetched | Refused:
        self.asked.append(url)
        if "/feed" in url:
            body = rss([_item(*entry) for entry in self.answers[url]], title="Harbour Post")
        elif (number := int(url.rpartition("/")[2])) in self.versions:
            answered = page(number, _told(self.versions[number]))
            body = answered.partition(b"\r\n\r\n")[2]
        else:
            return Refused(url, Reason.FETCH_FAILED, "It is not there.", 404)
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Fetched(url, url, url, 200, headers, body, datetime.now(UTC), Validators())


def _told(version: int) -> str:
    return f"The harbour office counted {version} boats in the morning after that night."


def _item(number: int, version: int) -> str:
    if number % 2:
        return item(number, teaser=f"{version} {TEASER}")
    return item(number, f"{whole(number)}<p>{_told(version)}</p>")


entry = st.tuples(st.integers(0, 5), st.integers(0, 2))
answers = st.lists(entry, max_size=5, unique_by=lambda pair: pair[0])
steps = st.lists(
    st.tuples(st.sampled_from("ab"), answers, st.integers(0, 6)), min_size=1, max_size=6
)


@settings(max_examples=12)
@given(steps)
def test_each_text_is_stored_once_wherever_it_is_broken_off(steps):
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db") as desk:
        client = Client()
        asker = Asker(desk.database, Config(), FeedConfig(), client)
        for name in "ab":
            desk.add_feed(f"https://{HOST}/feed/{name}")
        wanted: set[tuple[int, int]] = set()
        for name, answer, events in steps:
            client.answers = {f"https://{HOST}/feed/{other}": [] for other in "ab"}
            client.answers[f"https://{HOST}/feed/{name}"] = answer
            client.versions |= dict(answer)
            with desk.database.write() as connection:
                feeds.make_due(connection)
            going = asker.host(HOST)
            for _ in zip(range(events), going, strict=False):
                pass
            going.close()  # as if killed
            _finish(asker)
            wanted |= set(answer)
        texts = [value.text for value in desk.values(_ids(desk)).values()]
        assert len(texts) == len(set(texts))
        stored = {(_number(text), _version(text)) for text in texts}
        assert len(stored) == len(texts)
        # of two feeds that know different versions, the one that was read last may stand for both
        assert stored <= wanted
        assert {number for number, _ in stored} == {number for number, _ in wanted}
        assert all(row.waiting == 0 for row in desk.feeds().items)


@settings(max_examples=12)
@given(st.lists(answers, min_size=1, max_size=6))
def test_every_version_that_one_feed_tells_is_stored(told):
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db") as desk:
        client = Client()
        asker = Asker(desk.database, Config(), FeedConfig(), client)
        url = f"https://{HOST}/feed/a"
        desk.add_feed(url)
        for answer in told:
            client.answers = {url: answer}
            client.versions |= dict(answer)
            with desk.database.write() as connection:
                feeds.make_due(connection)
            _finish(asker)
        texts = [value.text for value in desk.values(_ids(desk)).values()]
        stored = sorted((_number(text), _version(text)) for text in texts)
        assert stored == sorted({pair for answer in told for pair in answer})


def _finish(asker: Asker) -> None:
    while list(asker.host(HOST)):
        pass


def _ids(desk: Desk) -> list[str]:
    return [row.id for row in desk.articles(limit=200).items]


def _number(text: str) -> int:
    return int(text.partition("Ferry ")[2].partition(" ")[0])


def _version(text: str) -> int:
    return int(text.partition("office counted ")[2].partition(" ")[0])
