"""What versions truly took, on cases worked out by hand, and the task on a small tradition."""

from dataclasses import replace

import pytest

from eval.core import GoldError
from eval.tasks import makeup as task
from eval.traditions import grow, load, write
from eval.traditions.newsroom import LEVELS
from eval.traditions.stories import bank, base_stories
from eval.traditions.taken import KINDS, taken
from retold.model import Derivation

GROWN = grow(1, "light", 5)
ROOT = next(v for v in GROWN.versions if not v.parents)
ONE, TWO, *_ = ROOT.units


def told(*units):
    """What a child of the first version took, if these are its sentences."""
    child = replace(ROOT, name="child", parents=(ROOT.name,), units=units)
    return taken(replace(GROWN, versions=(ROOT, child)))["child"]


def test_a_copy_is_wholly_derived_and_verbatim():
    found = told(ONE, TWO)
    assert found.derivation is Derivation.WHOLLY
    assert dict(zip(KINDS, found.shares, strict=True))["verbatim"] == 1


def test_another_wording_is_rewritten_and_other_choices_are_near():
    story = next(b for b in base_stories() if b.name == GROWN.story)
    free = replace(ONE, template=story.statements[ONE.statement][2][0], picks=(0,) * 9, readings=())
    edited = replace(TWO, picks=tuple(1 - min(1, p) for p in TWO.picks))
    found = told(free, edited)
    verbatim, near, rewritten, own = found.shares
    assert rewritten > 0.2
    assert near > 0
    assert own == 0
    assert verbatim + near + rewritten + own == pytest.approx(1, abs=1e-3)
    assert found.derivation is Derivation.WHOLLY


def test_a_comment_makes_it_partial_but_a_lead_does_not():
    comment = replace(ONE, statement=-1, template=bank("C")[0], picks=(0,) * 9)
    lead = replace(ONE, statement=-1, template=bank("L")[0], picks=(0,) * 9)
    assert told(ONE, comment).derivation is Derivation.PARTIALLY
    assert told(lead, ONE).derivation is Derivation.WHOLLY
    assert told(lead, ONE).shares[-1] > 0


@pytest.mark.parametrize("level", sorted(LEVELS))
def test_only_the_first_is_not_derived(level):
    grown = grow(5, level, 12)
    found = taken(grown)
    roots = {v.name for v in grown.versions if not v.parents}
    assert {n for n, t in found.items() if t.derivation is Derivation.NOT} == roots
    assert all(sum(t.shares) == pytest.approx(1, abs=1e-3) for t in found.values())


def test_the_task_scores_a_tradition_that_is_written_and_read(tmp_path):
    grown = grow(3, "light", 5, 1)
    write(tmp_path / "one", grown)
    (read,) = load(tmp_path)
    assert read.taken == {v.name: taken(grown)[v.name] for v in grown.kept}
    scores = {s.name: s for s in task.evaluate(tmp_path)}
    assert scores["dates given: class"].n == 5
    assert scores["dates given: own"].value > 0.8


def test_a_tradition_without_its_truth_is_refused(tmp_path):
    write(tmp_path / "one", grow(3, "light", 5, 1))
    (tmp_path / "one" / "truth.json").unlink()
    with pytest.raises(GoldError, match="no tradition"):
        task.evaluate(tmp_path)
    (tmp_path / "one" / "truth.json").write_text('{"versions": [{"taken": 1}]}')
    with pytest.raises(GoldError, match="not the truth"):
        task.evaluate(tmp_path)
