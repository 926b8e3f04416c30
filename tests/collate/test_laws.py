"""Laws that changes keep, whatever the sentences: on controlled edits of invented ones."""

import pytest

from eval.tasks.edits import DATA, load
from retold.collate.changes import find_changes
from retold.collate.pairs import align_pair
from retold.model import ChangeKind
from tests.collate.build import documents, views


def _of_one_sentence(edits):
    return [e for e in edits if all(len(d.sentences) == 1 for d in documents(e.before, e.after))]


EDITS = _of_one_sentence(load(DATA.parent)[::29])
MIRRORED = {
    ChangeKind.ADDITION: ChangeKind.OMISSION,
    ChangeKind.OMISSION: ChangeKind.ADDITION,
}


def _changes(before, after, *, directed):
    (a,), (b,) = map(views, documents(before, after))
    return find_changes(align_pair(a, b, directed=directed))


@pytest.mark.parametrize("edit", EDITS, ids=lambda e: e.before[:30])
@pytest.mark.parametrize("directed", [True, False])
def test_the_other_way_round_changes_are_mirrored(edit, directed):
    (ours,), (theirs,) = map(views, documents(edit.before, edit.after))
    there = find_changes(align_pair(ours, theirs, directed=directed))
    back = find_changes(align_pair(theirs, ours, directed=directed))
    mirrored = {(MIRRORED.get(f.kind, f.kind), f.b, f.a, f.probability) for f in back}
    assert {(f.kind, f.a, f.b, f.probability) for f in there} == mirrored


@pytest.mark.parametrize("edit", EDITS, ids=lambda e: e.before[:30])
def test_equal_sentences_show_no_change(edit):
    assert not _changes(edit.before, edit.before, directed=True)
