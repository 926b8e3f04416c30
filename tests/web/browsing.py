"""A desk served on a free port, for a real browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from retold.web.app import create_app
from retold.web.settings import Settings
from tests.chromium import settled, window

SIZES = {"phone": (360, 740), "desk": (1280, 900)}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""JavaScript: by how much a page is wider than its window, in pixels."""


@contextmanager
def serving(path: Path, **given) -> Iterator[str]:
    """Serve a desk, with settings by name, and give its address; a 5xx of it fails the test."""
    lines: list[dict] = []
    server = uvicorn.Server(uvicorn.Config(None, port=0, log_config=None, lifespan="off"))
    listening = server.config.bind_socket()
    port = listening.getsockname()[1]
    server.config.app = app = create_app(path, Settings(port=port, rate=0, **given), lines.append)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
        app.state.desk.close()
    assert not [line for line in lines if line.get("status", 0) >= 500]


class Visits:
    """Opens pages of a desk, and notes what they say and ask for."""

    def __init__(self, browser, home: str) -> None:
        self.browser, self.home = browser, home
        self.pages, self.said, self.asked = [], [], []

    def open(self, path: str, size: str = "desk", **options):
        """Open a page in a window of its own."""
        page = window(self.browser, SIZES[size], reduced_motion="reduce", **options).new_page()
        self.pages.append(page)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(self.home + path)
        return page

    def close(self) -> None:
        """Close the windows; hold the pages to silence and to the desk's own addresses."""
        for page in self.pages:
            settled(page)
            page.context.close()
        assert self.said == []
        assert [url for url in self.asked if not url.startswith(self.home + "/")] == []
