"""Draw ``docs/desk.png``: a story of the bundled example, as ``retold serve`` shows it.

``python -m tools.picture`` needs a Chromium on the machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from retold.desk import Desk
from retold.read import read

HOME = Path(__file__).parents[1]
ARTICLES = HOME / "src" / "retold" / "examples" / "brannock" / "articles"
PICTURE = HOME / "docs" / "desk.png"
SIZE: ViewportSize = {"width": 1280, "height": 960}
SERVE = (sys.executable, "-c", "from retold.cli import main; main()", "serve", "--port", "0")


def desk(path: Path) -> int:
    """Make a desk of the example; return the number of the story in most versions."""
    with Desk.open(path) as made:
        made.add(read([ARTICLES]))
        made.work()
        return made.stories("retold").items[0].number


def draw(address: str) -> None:
    """Draw the top of a page."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(address)
        page.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    """Make a desk, serve it and draw."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "retold.db"
        number = desk(path)
        command = (*SERVE, "--no-work", "--desk", str(path))
        with subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as serving:
            try:
                assert serving.stdout
                address = next(
                    word for word in serving.stdout.readline().split() if word.startswith("http")
                )
                draw(f"{address}stories/{number}")
            finally:
                serving.terminate()


if __name__ == "__main__":
    main()
