"""What is said by a verb and its object."""

import pytest

from retold.annotate.dateforms import MONTHS, WEEKDAYS
from retold.model import Speech
from tests.annotate.saying import said


@pytest.mark.parametrize("when", [*(f"in {m}" for m in MONTHS), *(f"on {d}" for d in WEEKDAYS)])
def test_when_it_was_said_is_no_part_of_it(when):
    ((content, cue, source, _),) = said(
        f"Mayor Arn Holt praised the ferrymen {when}.", Speech.INDIRECT
    )
    assert (content, cue, source) == (["the ferrymen"], "praised", "Mayor Arn Holt")
