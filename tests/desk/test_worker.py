"""Whoever works on a desk may be killed at any moment."""

from __future__ import annotations

from tests.desk.conftest import output


def test_what_was_killed_again_and_again_ends_as_if_nobody_was():
    assert output("tests.desk.killed", "12") == "12 kills: 12 articles, 5 stories\n"
