"""What is said of a quotation's source: its sort where no name tells it, and who reports it."""

from dataclasses import replace

from retold.model import SourceKind
from retold.report.explain import explain
from tests.report.html import piles


def told(**changes):
    """The explanation of a quotation whose first reading was changed."""
    dossier = piles.dossier()
    story = dossier.stories[0]
    quotation = story.apparatus.quotations[0]
    first, *others = quotation.readings
    changed = replace(quotation, readings=(replace(first, speaker="Oda", **changes), *others))
    apparatus = replace(story.apparatus, quotations=(changed,))
    made = replace(dossier, stories=(replace(story, apparatus=apparatus),))
    return explain(made, quotation.id)


def test_a_source_without_a_name_says_what_sort_it_is():
    assert ", Oda (collective)" in told(source_kind=SourceKind.COLLECTIVE)
    assert ", Oda\n" in told(source_kind=SourceKind.PERSON)


def test_who_reports_a_quotation_is_said_and_cannot_steer_the_terminal():
    assert ", Oda, reported by TASS, reported by Argus" in told(reported_by=("TASS", "Argus"))
    assert "\x1b" not in told(reported_by=("\x1b[31mTASS",))
