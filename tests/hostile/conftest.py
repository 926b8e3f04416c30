"""A desk of hostile articles and decisions and one of harmless ones, served in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from retold.desk import Desk
from retold.model import Reason, Rejected
from retold.web.app import create_app
from retold.web.settings import Settings
from tests.desk.feedsite import feed, watch
from tests.fetch.site import Site, answer, serve
from tests.hostile.attacks import ATTACKS, PLAIN, Parts, article, harmless, hostile
from tests.hostile.files import EVERYTHING, SITE, page, rss
from tests.hostile.rulings import decide
from tests.web.conftest import HOME, PORT, Served

HARMLESS = 12
"""Harmless articles: four of each story show all that a page can hold."""
LEFT_OUT = [Rejected(f"{attack[:300]}.txt", Reason.EMPTY, attack) for attack in ATTACKS.values()]


def stored(path: Path, items: list, fed: Parts, words: Sequence[str]) -> Path:
    """Make a desk of what was read and what a feed brought, with all its stories told.

    What editors decided of them stands in ``words``.
    """
    site = Site({f"/{side}": teaser_page(fed, side) for side in "ab"})
    site.answers["/feed"] = feed(rss(fed, ""))
    links = "".join(
        f"<item><title>{side}</title><link>http://{side}.example/{side}</link></item>"
        for side in "ab"
    )
    two = f"<rss version='2.0'><channel><title>{escape(fed.title)}</title>{links}</channel></rss>"
    site.answers["/two"] = feed(two.encode("utf-8", "replace"))
    end = serve(site)
    with Desk.open(path) as desk:
        for name in ("feed", "two", "none"):
            desk.add_feed(f"http://{SITE}/{name}", outlet=fed.outlet[:60] if name == "two" else "")
        watch(desk, site)
        desk.add(items, f"a folder\n{ATTACKS['script']}\x1b[31m")
        desk.work()
        decide(desk, words)
        desk.work()
    end()
    return path


def teaser_page(fed: Parts, side: str) -> bytes:
    """Return a page with a mark that only two sites have."""
    head = f'<meta name="x-site-verification" content="{escape(fed.outlet)}12345"></head>'
    made = page(fed, raw=False).replace(b"</head>", head.encode("utf-8", "replace"), 1)
    made = made.replace(b"</h1>", f"</h1><p>It is told in {side * 4} too.</p>".encode(), 1)
    return answer(made, kind="text/html; charset=utf-8")


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the desk of hostile articles."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.desk"
    return stored(path, [*map(article, hostile()), *LEFT_OUT], EVERYTHING, [*ATTACKS.values()])


@pytest.fixture(scope="session")
def harmless_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a desk of the same stories, told by authors who want nothing."""
    path = tmp_path_factory.mktemp("harmless") / "harmless.desk"
    left = Rejected("nothing.txt", Reason.EMPTY, "It holds no text.")
    told = list(harmless())[: HARMLESS + 1]
    return stored(path, [*map(article, told[:-1]), left], told[-1], [PLAIN] * len(ATTACKS))


@pytest.fixture(scope="session")
def served(hostile_path: Path) -> Iterator[Served]:
    """The hostile desk as it is served."""
    found = Served(hostile_path, Settings(port=PORT, rate=0))
    yield found
    found.desk.close()


@pytest.fixture(scope="session")
def client(served: Served) -> TestClient:
    """A browser at the hostile desk."""
    return served.client()


@pytest.fixture(scope="session")
def calm(harmless_path: Path) -> Iterator[TestClient]:
    """A browser at the harmless desk."""
    app = create_app(harmless_path, Settings(port=PORT, rate=0), lambda _: None)
    yield TestClient(app, base_url=HOME)
    app.state.desk.close()


@pytest.fixture(scope="session")
def numbers(served: Served) -> list[int]:
    """The numbers of all stories of the hostile desk."""
    return [story.number for story in served.desk.stories(limit=200).items]
