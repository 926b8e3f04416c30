"""Styles and scripts by name, and nothing else by any name."""

import pytest

from retold.report.html import render
from retold.report.html.assets import SCRIPTS, STYLES, asset, assets
from tests.report.html import piles


def test_the_one_file_page_holds_exactly_them():
    page = render(piles.dossier())
    assert f"<style>{''.join(asset(n).text for n in STYLES)}</style>" in page
    assert f"<script>{''.join(asset(n).text for n in SCRIPTS)}</script>" in page
    assert {a.name for a in assets()} == {*STYLES, *SCRIPTS}


def test_each_script_is_strict_by_itself():
    for name in SCRIPTS:
        assert asset(name).text.startswith('"use strict";\n')
        assert asset(name).media_type.startswith("text/javascript")


@pytest.mark.parametrize(
    "name", ["", "view.py", "../page.css", "templates/page.html.j2", "PAGE.CSS", "page.css\x00"]
)
def test_no_other_name_reads_a_file(name):
    with pytest.raises(KeyError):
        asset(name)
