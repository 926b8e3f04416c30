"""A writer that is killed at any moment; ``python -m bench kills`` does it two hundred times."""

from __future__ import annotations

from tests.desk.conftest import output


def test_nothing_that_was_acknowledged_is_lost():
    told = output("bench", "kills", "32")
    assert told.startswith("32 kills, 4 of them of desks being made")
