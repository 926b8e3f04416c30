"""Pages as files, to be opened in a browser."""

import pytest

from retold.report.html import render
from tests.report.html import piles


@pytest.fixture(scope="package")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "plain": piles.dossier(),
        "hostile": piles.hostile(),
        "wide": piles.wide(),
        "large": piles.large(),
        "unsure": piles.unsure(),
    }
    found = {}
    for name, dossier in made.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(render(dossier), encoding="utf-8")
    return found
