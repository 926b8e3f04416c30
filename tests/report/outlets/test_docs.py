"""The how-to names every field of the outlets' graph."""

from __future__ import annotations

from pathlib import Path

from retold.report.outlets.graph import LINK_FIELDS, NODE_FIELDS

HOW_TO = (Path(__file__).parents[3] / "docs" / "how-to-export.md").read_text("utf-8")


def test_every_field_is_named() -> None:
    part = HOW_TO.partition("## Who carries whose text")[2].partition("\n## ")[0]
    for field in (*NODE_FIELDS, *LINK_FIELDS):
        assert f"| `{field.name}` |" in part
